//! How the drawing looks: colours of paper and ink, light and dark, and each partner's colour and pattern.

use super::super::names::Names;
use super::{escaped, put};

/// Ink on paper, and the same at night. Bars are tinted paper, so that titles are read in the same ink everywhere.
const PLAIN: &str = "\
svg{--paper:#fcfcfa;--ink:#1d232b;--faint:#66707c;--line:#e3e5e6;--block:#eceeef;--night:#dfe3e8;--holds:#c9a227;--tint:.30}\n\
@media (prefers-color-scheme:dark){svg{--paper:#12161b;--ink:#e8ebee;--faint:#929ca8;--line:#262d35;--block:#1f262d;\
--night:#192230;--holds:#8f7a2e;--tint:.42}}\n\
text{font:11px system-ui,-apple-system,'Segoe UI',Roboto,'Liberation Sans',Arial,sans-serif;fill:var(--ink)}\n\
:root{background:var(--paper)}.page{fill:var(--paper)}.head{font-size:20px;font-weight:600}.day{font-size:13px;font-weight:600}\n\
.faint,.hour,.band-name{fill:var(--faint)}.end,.band-name{text-anchor:end}.hour{text-anchor:middle}\n\
.faint,.hour,.num{font-variant-numeric:tabular-nums}.num{text-anchor:end}.band-name{font-size:9px}\n\
.name{font-size:12px}.mark,.letter{font-weight:700}.sub{font-weight:600}\n\
.grid{stroke:var(--line);stroke-width:1;fill:none}.holds{fill:var(--holds);opacity:.75}\n\
.unknown{fill:none;stroke:var(--faint);stroke-width:.6;stroke-dasharray:2 2}\n\
.block .fill{fill:var(--block)}.night .fill{fill:var(--night)}.block text,.night text{fill:var(--faint)}\n\
.none .fill{fill:var(--faint);fill-opacity:.25}.none .strip{fill:var(--faint)}\n\
.locked .fill{stroke:var(--ink);stroke-width:2}.over .fill{stroke:var(--faint);stroke-width:2;stroke-dasharray:4 2}\n\
.skipped{opacity:.5}.skipped text{text-decoration:line-through}.entitled{stroke:var(--ink);stroke-width:2}\n\
.track{fill:var(--block)}.swatch .fill{stroke:none}\n";

/// The style and the partners' patterns.
pub(super) fn sheet(names: &Names) -> String {
    let mut text = format!("<style>\n{PLAIN}");
    for (index, partner) in names.partners.iter().enumerate() {
        let colour = if is_colour(&partner.colour) { partner.colour.as_str() } else { "var(--faint)" };
        put(
            &mut text,
            format_args!(
                ".p{index} .fill{{fill:{colour};fill-opacity:var(--tint)}}.p{index} .strip{{fill:url(#w{index})}}\
                 #w{index} .ground,#w{index} .figure{{fill:{colour}}}#w{index} .ground{{opacity:{}}}\n",
                if index == 0 { "1" } else { ".35" }
            ),
        );
    }
    text += "</style>\n<defs>\n";
    for (index, partner) in names.partners.iter().enumerate() {
        put(
            &mut text,
            format_args!(
                "<pattern id=\"w{index}\" width=\"10\" height=\"5\" patternUnits=\"userSpaceOnUse\" patternTransform=\"translate(0 1)\">\
                 <desc>{}</desc><rect class=\"ground\" width=\"10\" height=\"5\"/><path class=\"figure\" d=\"{}\"/></pattern>\n",
                escaped(&partner.short),
                figure(index)
            ),
        );
    }
    text + "</defs>\n"
}

/// A figure for each partner: full, slant, dots, uprights, a line, the other slant, dashes, and again.
const fn figure(index: usize) -> &'static str {
    match index % 7 {
        0 => "M0 0h10v5h-10z",
        1 => "M0 5l5-5h4l-5 5z",
        2 => "M3 1h3v3h-3zM8 1h3v3h-3z",
        3 => "M1 0h2v5h-2zM6 0h2v5h-2z",
        4 => "M0 0h10v2h-10z",
        5 => "M0 0l5 5h4l-5-5z",
        _ => "M0 0h6v5h-6z",
    }
}

/// `#rrggbb` and nothing else: it goes into the style as it is.
fn is_colour(text: &str) -> bool {
    let hex = text.strip_prefix('#').unwrap_or_default();
    hex.len() == 6 && hex.chars().all(|digit| digit.is_ascii_hexdigit())
}
