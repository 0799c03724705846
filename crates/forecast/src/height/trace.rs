use timeline::{Interval, Profile, ProfileError, Time, Unit};

/// A burn that raised the station.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Burn {
    /// When; burns are taken as instants.
    pub at: Time,
    /// The change of speed that was wanted, m/s.
    pub wanted_m_s: f64,
    /// The change of speed that was made, m/s: less when there was not enough to burn.
    pub delta_v_m_s: f64,
    /// What was burned from stores, kg.
    pub burned_kg: f64,
    /// What visitors burned of their own, kg.
    pub visitors_kg: f64,
    /// Mean height before, km above the equatorial radius.
    pub from_km: f64,
    /// Mean height after, km.
    pub to_km: f64,
}

/// Heights and burns as they came.
#[derive(Clone, PartialEq, Debug, Default)]
pub(crate) struct HeightTrace {
    /// When, how high, and how fast it rises from there, km/s; in order of time. Nothing where nobody asks.
    lines: Option<Vec<(Time, f64, f64)>>,
    pub(crate) burns: Vec<Burn>,
    /// Since when it costs how much propellant a day to stay up, by the mean from burn to burn; in order of time.
    pub(super) upkeep_kg_d: Vec<(Time, f64)>,
    /// Since when nothing keeps it up.
    pub(crate) lost: Option<Time>,
}

impl HeightTrace {
    /// With lines, and room for so many.
    pub(super) fn with_lines(count: usize) -> Self {
        Self { lines: Some(Vec::with_capacity(count)), ..Self::default() }
    }

    pub(super) fn sink(&mut self, from: Time, from_km: f64, to: Time, to_km: f64) {
        if let Some(lines) = &mut self.lines {
            lines.push((from, from_km, (to_km - from_km) / (to - from).seconds()));
        }
    }

    /// `env.altitude_km`, `propulsion.delta_v_m_s` and `propulsion.burned_kg`; the last two count from the beginning of the span.
    pub(crate) fn profiles(&self, span: Interval) -> Result<[Profile; 3], ProfileError> {
        let lines = self.lines.as_deref().unwrap_or_default();
        let begun = lines.partition_point(|line| line.0 <= span.start()).saturating_sub(1);
        // What came down stays where nothing keeps it up.
        let down = self.lost.filter(|&lost| lost < span.end()).map(|lost| lost.max(span.start()));
        let until = down.unwrap_or(span.end());
        let last = lines.last();
        let lines = lines[begun..].iter().take_while(|line| line.0.max(span.start()) < until);
        let lines = lines.map(|&(since, km, rise_km_s)| {
            let at = since.max(span.start());
            (at, km + rise_km_s * (at - since).seconds(), rise_km_s)
        });
        let down_km = last
            .zip(self.lost)
            .map_or(0.0, |(&(since, km, rise_km_s), lost)| km + rise_km_s * (lost - since).seconds());
        let points = lines.chain(down.map(|lost| (lost, down_km, 0.0)));
        let altitude = Profile::linear("env.altitude_km", Unit::KILOMETRE, span, points)?;
        let speed = Unit::METRE.per(&Unit::SECOND);
        Ok([
            altitude,
            self.summed("propulsion.delta_v_m_s", speed, span, |burn| burn.delta_v_m_s)?,
            self.summed("propulsion.burned_kg", Unit::KILOGRAM, span, |burn| burn.burned_kg)?,
        ])
    }

    /// What it costs to stay up, kg a day; 0 where nothing was reckoned.
    pub(crate) fn upkeep(&self, span: Interval) -> Result<Profile, ProfileError> {
        let begun = self.upkeep_kg_d.partition_point(|step| step.0 <= span.start()).saturating_sub(1);
        let within = self.upkeep_kg_d[begun.min(self.upkeep_kg_d.len())..].iter();
        let within = within.take_while(|step| step.0 < span.end());
        let mut steps: Vec<(Time, f64)> =
            within.map(|&(since, kg_d)| (since.max(span.start()), kg_d)).collect();
        if steps.first().is_none_or(|step| step.0 > span.start()) {
            steps.insert(0, (span.start(), 0.0));
        }
        Profile::step("", Unit::KILOGRAM.per(&Unit::DAY), span, steps)
    }

    /// Since when it costs how much propellant a day to stay up, in order of time.
    pub(crate) fn upkeep_steps(&self) -> &[(Time, f64)] {
        &self.upkeep_kg_d
    }

    /// The burns of a span; one at its very beginning is in the levels that it begins with.
    pub(crate) fn burns_in(&self, span: Interval) -> impl Iterator<Item = &Burn> {
        self.burns.iter().filter(move |burn| span.start() < burn.at && burn.at < span.end())
    }

    fn summed(
        &self,
        name: &str,
        unit: Unit,
        span: Interval,
        of: impl Fn(&Burn) -> f64,
    ) -> Result<Profile, ProfileError> {
        let mut steps = vec![(span.start(), 0.0)];
        for burn in self.burns_in(span) {
            let sum = steps.last().map_or(0.0, |step| step.1) + of(burn);
            match steps.last_mut() {
                Some(last) if last.0 == burn.at => last.1 = sum,
                _ => steps.push((burn.at, sum)),
            }
        }
        Profile::step(name, unit, span, steps)
    }
}
