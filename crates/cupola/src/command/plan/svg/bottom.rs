//! What stands round the timeline: the legend, and the strip of shares.

use super::super::names::is_nobodys;
use super::super::overview::hours;
use super::super::sheet::Sheet;
use super::{MARGIN, WIDTH, class, escaped, put};

const LINE: i64 = 22;
/// Where the bars of shares begin and end.
const TRACK: (i64, i64) = (560, WIDTH - MARGIN);

/// What colours, patterns and signs mean, in one line at `y`.
pub(super) fn legend(sheet: &Sheet, y: i64) -> String {
    let mut text = String::new();
    let mut x = MARGIN;
    let mut entry = |kind: &str, mark: &str, name: &str| {
        put(
            &mut text,
            format_args!(
                "<svg class=\"bar swatch {kind}\" x=\"{x}\" y=\"{}\" width=\"26\" height=\"16\">\
                 <rect class=\"fill\" width=\"26\" height=\"16\" rx=\"2\"/><rect class=\"strip\" y=\"11\" width=\"26\" height=\"5\"/>\
                 <text x=\"3\" y=\"10\"><tspan class=\"letter\">{mark}</tspan></text></svg>\
                 <text x=\"{}\" y=\"{y}\">{}</text>\n",
                y - 12,
                x + 32,
                escaped(name)
            ),
        );
        x += 58 + 7 * i64::try_from(name.chars().count()).unwrap_or_default();
    };
    for partner in &sheet.names.partners {
        let kind = format!("p{}", class(&sheet.names, partner));
        entry(&kind, &partner.mark.to_string(), &partner.short);
    }
    if sheet.plan.activities.values().any(is_nobodys) {
        entry("none", "", "nobody's own");
    }
    put(
        &mut text,
        format_args!(
            "<text class=\"faint end\" x=\"{}\" y=\"{y}\">grey: everybody's day · ■ locked ▶ begun ✓ done ✗ skipped</text>\n",
            WIDTH - MARGIN
        ),
    );
    text
}

/// Each partner's part of each pool against what it is entitled to, from `top` down; where it ends.
pub(super) fn shares(sheet: &Sheet, top: i64, text: &mut String) -> i64 {
    if sheet.shares.is_empty() {
        return top;
    }
    put(
        text,
        format_args!(
            "<g><text class=\"day\" x=\"{MARGIN}\" y=\"{}\">Shares of crew time</text>\
             <text class=\"faint num\" x=\"300\" y=\"{0}\">entitled %</text><text class=\"faint num\" x=\"370\" y=\"{0}\">part %</text>\
             <text class=\"faint num\" x=\"455\" y=\"{0}\">planned h</text><text class=\"faint num\" x=\"530\" y=\"{0}\">asked h</text>\
             <text class=\"faint end\" x=\"{}\" y=\"{0}\">bar: part · stroke: entitled</text>\n",
            top + 15,
            TRACK.1
        ),
    );
    let mut y = top + LINE;
    for share in &sheet.shares {
        let partner = sheet.names.partner(&share.partner);
        let kind = partner.map_or("none".to_owned(), |one| format!("p{}", class(&sheet.names, one)));
        let mark = partner.map_or(' ', |partner| partner.mark);
        let at = |part: f64| (part.clamp(0.0, 1.0) * (TRACK.1 - TRACK.0) as f64).round() as i64;
        let (part, entitled) = (share.part(), share.share.percent());
        let cell =
            |x: i64, value: &str| format!("<text class=\"num\" x=\"{x}\" y=\"{}\">{value}</text>", y + 14);
        put(
            text,
            format_args!(
                "<text x=\"{MARGIN}\" y=\"{}\"><tspan class=\"letter\">{mark}</tspan> {} <tspan class=\"faint\">{}</tspan></text>{}{}{}{}",
                y + 14,
                escaped(sheet.names.short(&share.partner)),
                escaped(share.pool.as_str()),
                cell(300, &format!("{entitled:.1}")),
                cell(370, &part.map_or("–".to_owned(), |part| format!("{:.1}", part * 100.0))),
                cell(455, &hours(share.planned_min)),
                cell(530, &hours(share.asked_min)),
            ),
        );
        let width = at(part.unwrap_or_default());
        put(
            text,
            format_args!(
                "<rect class=\"track\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"16\" rx=\"2\"/>\
                 <svg class=\"bar {kind}\" x=\"{}\" y=\"{}\" width=\"{width}\" height=\"16\"><rect class=\"fill\" width=\"100%\" \
                 height=\"16\" rx=\"2\"/><rect class=\"strip\" y=\"11\" width=\"100%\" height=\"5\"/></svg>\
                 <path class=\"entitled\" d=\"M{} {}v20\"/>\n",
                TRACK.0,
                y + 2,
                TRACK.1 - TRACK.0,
                TRACK.0,
                y + 2,
                TRACK.0 + at(entitled / 100.0),
                y
            ),
        );
        y += LINE;
    }
    text.push_str("</g>\n");
    y
}
