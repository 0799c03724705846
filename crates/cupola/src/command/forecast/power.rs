//! The page's lines on power, heat and height.

use forecast::power::{Shedding, SheddingReason};
use timeline::{Extreme, Profile};

use super::Page;
use super::page::date;
use crate::text::{Align, Ink, WIDTH, table, wrap};

/// Loads that are named below the table; more would push the rest off the screen.
const NAMED_SHEDDINGS: usize = 6;

impl Page<'_> {
    /// What is off and when it began; nothing where all is on.
    pub(super) fn power_verdict(&self, ink: Ink) -> String {
        let sheddings = self.forecast.sheddings();
        let Some(first) = sheddings.first() else { return String::new() };
        let others = match sheddings.len() - 1 {
            0 => String::new(),
            others => format!(", and {others} more times something is"),
        };
        let text = format!(
            "▲ {} is switched off on {} GMT{others}: {}.",
            first.load,
            first.during.start().gmt(),
            reason(&first.reason)
        );
        ink.warning(&wrap(&text, WIDTH, 0))
    }

    /// When nothing keeps it up any more; nothing while something does.
    pub(super) fn height_verdict(&self, ink: Ink) -> String {
        let lost = self.forecast.shortfalls().iter().find(|one| one.process == forecast::CAME_DOWN);
        lost.map_or_else(String::new, |lost| {
            let text = format!("▲ It has sunk too low to be kept up on {} GMT.", lost.during.start().gmt());
            ink.warning(&wrap(&text, WIDTH, 0))
        })
    }

    /// What each channel carries and could carry, and what is off; nothing where the book says nothing of power.
    pub(super) fn power_lines(&self, ink: Ink) -> String {
        let named = self.forecast.profiles().iter().filter_map(|profile| {
            let name = profile.name().strip_prefix("power.")?.strip_suffix(".load_kw")?;
            Some((name, profile))
        });
        let rows: Vec<Vec<String>> = named.filter_map(|(name, load)| self.channel(name, load)).collect();
        if rows.is_empty() {
            return String::new();
        }
        let heads = [
            ("  channel", Align::Left),
            ("load kW", Align::Right),
            ("could carry", Align::Right),
            ("least margin", Align::Right),
            ("on", Align::Left),
            ("lowest charge", Align::Right),
            ("on", Align::Left),
        ];
        format!("\n{}\n{}{}", ink.bold("POWER"), table(ink, &heads, &rows), self.shedding_lines(ink))
    }

    /// Mean load, least capability, least margin and lowest charge; nothing for a channel that neither carries nor could.
    fn channel(&self, name: &str, load: &Profile) -> Option<Vec<String>> {
        let of = |what: &str| self.forecast.profile(&format!("power.{name}.{what}"));
        let could = of("capability_kw")?;
        let margin = could.sub(load).ok()?.minimum(self.span)?;
        let mean_kw = load.mean(self.span)?;
        if mean_kw == 0.0 && could.maximum(self.span)?.value == 0.0 {
            return None;
        }
        let charge = of("charge_low").or(of("charge_kwh")).and_then(|charge| charge.minimum(self.span));
        let (charged, when) = match (charge, of("charge_low").is_some()) {
            (Some(Extreme { time, value }), true) => (format!("{:.0} %", value * 100.0), date(Some(time))),
            (Some(Extreme { time, value }), false) => (format!("{value:.1} kWh"), date(Some(time))),
            (None, _) => ("–".to_owned(), "–".to_owned()),
        };
        let sign = if self.sheds_for(name) { '▲' } else { ' ' };
        Some(vec![
            format!("{sign} {name}"),
            format!("{mean_kw:.1}"),
            format!("{:.1}", could.minimum(self.span)?.value),
            format!("{:.1}", margin.value),
            date(Some(margin.time)),
            charged,
            when,
        ])
    }

    fn sheds_for(&self, channel: &str) -> bool {
        let of_channel = |one: &Shedding| one.reason == SheddingReason::Charge(channel.to_owned());
        self.forecast.sheddings().iter().any(of_channel)
    }

    fn shedding_lines(&self, ink: Ink) -> String {
        let sheddings = self.forecast.sheddings();
        let told = sheddings.iter().take(NAMED_SHEDDINGS).map(|one| {
            let ends = if one.during.end() < self.span.end() {
                date(Some(one.during.end()))
            } else {
                "the end".to_owned()
            };
            format!(
                "▲ {} is off from {} to {ends}: {}.\n",
                one.load,
                one.during.start().gmt(),
                reason(&one.reason)
            )
        });
        let mut text: String = told.map(|line| ink.warning(&line)).collect();
        if sheddings.len() > NAMED_SHEDDINGS {
            text += &ink.faint(&format!("and {} more times\n", sheddings.len() - NAMED_SHEDDINGS));
        }
        text
    }

    /// Where it flies and what that takes; nothing where no air slows it.
    pub(super) fn height_lines(&self, ink: Ink) -> String {
        let Some(height) = self.forecast.profile("env.altitude_km") else { return String::new() };
        let (Some(lowest), Some(highest)) = (height.minimum(self.span), height.maximum(self.span)) else {
            return String::new();
        };
        let burns = self.forecast.burns();
        // The sum of no numbers is −0, which would be shown.
        let raised = burns.iter().fold(0.0, |sum, burn| sum + burn.delta_v_m_s);
        let burned = burns.iter().fold(0.0, |sum, burn| sum + burn.burned_kg);
        let next = burns.first().map_or_else(String::new, |burn| {
            format!(", the first on {} by {:.2} m/s", burn.at.gmt(), burn.delta_v_m_s)
        });
        let lines = format!(
            "From {:.1} to {:.1} km high; {} reboosts, {raised:.1} m/s and {burned:.0} kg of propellant{next}.",
            lowest.value,
            highest.value,
            burns.len()
        );
        format!("\n{}\n{}", ink.bold("HEIGHT"), wrap(&lines, WIDTH, 0))
    }
}

fn reason(reason: &SheddingReason) -> String {
    match reason {
        SheddingReason::Charge(channel) => format!("the batteries of {channel} cannot carry it"),
        SheddingReason::Heat(cooling) => format!("{cooling} cannot carry its heat away"),
        SheddingReason::NoChannel => "no channel that carries it is in service".to_owned(),
    }
}
