//! Arithmetic: two profiles to one, on the time that both have.

use super::{Kind, Profile, ProfileError, Segment};
use crate::{Interval, Time, Unit};

impl Profile {
    /// The sum, where both have values.
    ///
    /// # Errors
    /// When the units differ, the two share no time, or a sum is not finite.
    pub fn add(&self, other: &Self) -> Result<Self, ProfileError> {
        self.combine_linearly(other, |a, b| a + b)
    }

    /// The difference, where both have values.
    ///
    /// # Errors
    /// When the units differ, the two share no time, or a difference is not finite.
    pub fn sub(&self, other: &Self) -> Result<Self, ProfileError> {
        self.combine_linearly(other, |a, b| a - b)
    }

    /// The product with a step profile, where both have values; its unit is the product of the units.
    ///
    /// # Errors
    /// When `factor` is not a step profile, the two share no time, or a product is not finite.
    pub fn mul(&self, factor: &Self) -> Result<Self, ProfileError> {
        let unit = self.unit.times(&factor.unit);
        self.times_steps(factor, unit, |value, by| value * by)
    }

    /// The quotient by a step profile, where both have values; its unit is the quotient of the units.
    ///
    /// ```
    /// use timeline::{Duration, Interval, Profile, Time, Unit};
    /// let day = |d| Time::EPOCH + Duration::DAY * d;
    /// let month = Interval::new(day(0), day(30)).unwrap();
    /// let food = Profile::constant("store.food", Unit::KILOGRAM, month, 450.0)?;
    /// let eaten = Profile::constant("use.food", "kg/d".parse().unwrap(), month, 10.0)?;
    /// let days_left = food.div(&eaten)?;
    /// assert_eq!((days_left.at(day(0)), days_left.unit()), (Some(45.0), &Unit::DAY));
    /// # Ok::<(), timeline::ProfileError>(())
    /// ```
    ///
    /// # Errors
    /// When `divisor` is not a step profile or is zero somewhere, the two share no time, or a quotient is not finite.
    pub fn div(&self, divisor: &Self) -> Result<Self, ProfileError> {
        let unit = self.unit.per(&divisor.unit);
        self.times_steps(divisor, unit, |value, by| value / by)
    }

    /// The lower of the two at every instant, where both have values; lines are split where they cross.
    ///
    /// # Errors
    /// When the units differ or the two share no time.
    pub fn min(&self, other: &Self) -> Result<Self, ProfileError> {
        self.check_unit(other)?;
        match self.kind_with(other) {
            Kind::Step => self.combine(other, self.unit.clone(), f64::min),
            Kind::Linear => {
                self.combine_lines(other, |lines, at, a, b| pick(lines, at, [a, b], |lead| lead > 0.0))
            }
        }
    }

    /// The higher of the two at every instant, where both have values; lines are split where they cross.
    ///
    /// # Errors
    /// When the units differ or the two share no time.
    pub fn max(&self, other: &Self) -> Result<Self, ProfileError> {
        self.check_unit(other)?;
        match self.kind_with(other) {
            Kind::Step => self.combine(other, self.unit.clone(), f64::max),
            Kind::Linear => {
                self.combine_lines(other, |lines, at, a, b| pick(lines, at, [a, b], |lead| lead < 0.0))
            }
        }
    }

    /// Every value times `factor`; the unit stays.
    ///
    /// # Errors
    /// When a product is not finite.
    pub fn scale(&self, factor: f64) -> Result<Self, ProfileError> {
        self.convert(factor, self.unit.clone())
    }

    /// The same quantity in another unit: one of the old is `factor` of the new.
    ///
    /// # Errors
    /// When a product is not finite.
    pub fn convert(&self, factor: f64, unit: Unit) -> Result<Self, ProfileError> {
        let scaled = |numbers: &[f64]| numbers.iter().map(|number| number * factor).collect();
        let mut profile =
            self.derived(self.domain, self.starts.clone(), scaled(&self.values), scaled(&self.slopes_per_s));
        profile.unit = unit;
        profile.checked_finite()
    }

    /// Every value with the other sign.
    #[must_use]
    pub fn negate(&self) -> Self {
        let negated = |numbers: &[f64]| numbers.iter().map(|number| -number).collect();
        self.derived(self.domain, self.starts.clone(), negated(&self.values), negated(&self.slopes_per_s))
    }

    /// Any function of the values of two step profiles, where both have values. `unit` is what the function returns.
    ///
    /// The result has a segment wherever either profile has one, even if the value stays; [`Profile::simplify`] drops
    /// those.
    ///
    /// ```
    /// use timeline::{Duration, Interval, Profile, Time, Unit};
    /// let day = |d| Time::EPOCH + Duration::DAY * d;
    /// let month = Interval::new(day(0), day(30)).unwrap();
    /// let aboard = Profile::step("crew.aboard", Unit::NONE, month, [(day(0), 7.0), (day(5), 11.0)])?;
    /// let seats = Profile::constant("crew.seats", Unit::NONE, month, 7.0)?;
    /// let stranded = aboard.combine(&seats, Unit::NONE, |crew, seats| (crew - seats).max(0.0))?;
    /// assert_eq!(stranded.values(), [0.0, 4.0]);
    /// # Ok::<(), timeline::ProfileError>(())
    /// ```
    ///
    /// # Errors
    /// When one is not a step profile, the two share no time, or the function returns something not finite.
    pub fn combine(
        &self,
        other: &Self,
        unit: Unit,
        function: impl Fn(f64, f64) -> f64,
    ) -> Result<Self, ProfileError> {
        self.check_step()?;
        other.check_step()?;
        let common = self.common_domain(other)?;
        let bound = self.starts.len() + other.starts.len();
        let (mut starts, mut values) = (Vec::with_capacity(bound), Vec::with_capacity(bound));
        walk(self, other, common, |start, _, i, j| {
            starts.push(start);
            values.push(function(self.values[i], other.values[j]));
        });
        let name = self.name.clone();
        Self { name, unit, domain: common, starts, values, slopes_per_s: Vec::new() }.checked_finite()
    }

    /// The same for lines: `each` writes the segments for one stretch in which neither profile changes.
    fn combine_lines(
        &self,
        other: &Self,
        each: impl Fn(&mut Lines, Interval, Segment, Segment),
    ) -> Result<Self, ProfileError> {
        let common = self.common_domain(other)?;
        let mut lines = Lines::with_capacity(self.starts.len() + other.starts.len());
        walk(self, other, common, |start, end, i, j| {
            let stretch = Interval::new(start, end).expect("a stretch is never empty");
            each(&mut lines, stretch, self.segment(i), other.segment(j));
        });
        self.derived(common, lines.starts, lines.values, lines.slopes_per_s).checked_finite()
    }

    /// A sum or a difference: what `function` does to the values it also does to the slopes.
    fn combine_linearly(
        &self,
        other: &Self,
        function: impl Fn(f64, f64) -> f64,
    ) -> Result<Self, ProfileError> {
        self.check_unit(other)?;
        match self.kind_with(other) {
            Kind::Step => self.combine(other, self.unit.clone(), function),
            Kind::Linear => self.combine_lines(other, |lines, at, a, b| {
                let value = function(a.value_at(at.start()), b.value_at(at.start()));
                lines.push(at.start(), value, function(a.slope_per_s, b.slope_per_s));
            }),
        }
    }

    /// A product with or a quotient by steps: what `function` does to the values it also does to the slopes.
    fn times_steps(
        &self,
        steps: &Self,
        unit: Unit,
        function: impl Fn(f64, f64) -> f64,
    ) -> Result<Self, ProfileError> {
        steps.check_step()?;
        match self.kind() {
            Kind::Step => self.combine(steps, unit, function),
            Kind::Linear => {
                let mut profile = self.combine_lines(steps, |lines, at, line, step| {
                    let value = function(line.value_at(at.start()), step.value);
                    lines.push(at.start(), value, function(line.slope_per_s, step.value));
                })?;
                profile.unit = unit;
                Ok(profile)
            }
        }
    }

    fn kind_with(&self, other: &Self) -> Kind {
        if self.kind() == Kind::Step { other.kind() } else { Kind::Linear }
    }

    fn common_domain(&self, other: &Self) -> Result<Interval, ProfileError> {
        self.domain.intersection(other.domain).ok_or_else(|| ProfileError::Apart {
            name: self.name.clone(),
            domain: self.domain,
            other: other.domain,
        })
    }

    fn check_unit(&self, other: &Self) -> Result<(), ProfileError> {
        if self.unit == other.unit {
            return Ok(());
        }
        Err(ProfileError::Units {
            left: self.name.clone(),
            left_unit: self.unit.clone(),
            right: other.name.clone(),
            right_unit: other.unit.clone(),
        })
    }

    pub(super) fn check_step(&self) -> Result<(), ProfileError> {
        match self.kind() {
            Kind::Step => Ok(()),
            Kind::Linear => Err(ProfileError::NotStep { name: self.name.clone() }),
        }
    }
}

/// Segments on their way into a linear profile.
struct Lines {
    starts: Vec<Time>,
    values: Vec<f64>,
    slopes_per_s: Vec<f64>,
}

impl Lines {
    fn with_capacity(segments: usize) -> Self {
        let numbers = || Vec::with_capacity(segments);
        Self { starts: Vec::with_capacity(segments), values: numbers(), slopes_per_s: numbers() }
    }

    fn push(&mut self, start: Time, value: f64, slope_per_s: f64) {
        self.starts.push(start);
        self.values.push(value);
        self.slopes_per_s.push(slope_per_s);
    }
}

/// Writes the second of two lines while `leads` says so of the first minus the second, else the first.
fn pick(lines: &mut Lines, at: Interval, [first, second]: [Segment; 2], leads: impl Fn(f64) -> bool + Copy) {
    let start = at.start();
    let lead = Segment {
        start,
        end: at.end(),
        value: first.value_at(start) - second.value_at(start),
        slope_per_s: first.slope_per_s - second.slope_per_s,
    };
    let (now, then) = if leads(lead.value) { (second, first) } else { (first, second) };
    lines.push(start, now.value_at(start), now.slope_per_s);
    if let Some(crossing) = lead.flip(at, 0.0, leads) {
        lines.push(crossing, then.value_at(crossing), then.slope_per_s);
    }
}

/// Calls `each` for every stretch of `common` in which neither profile changes, with its start, its end and the index of the
/// segment of each profile.
///
/// The step to the next stretch moves both indices by a comparison's outcome instead of branching on it, which no
/// processor could predict.
fn walk(left: &Profile, right: &Profile, common: Interval, mut each: impl FnMut(Time, Time, usize, usize)) {
    let next_start = |starts: &[Time], index: usize| starts.get(index + 1).map_or(Time::MAX, |&start| start);
    let (mut i, mut j) = (left.index_at(common.start()), right.index_at(common.start()));
    let mut start = common.start();
    while start < common.end() {
        let (next_left, next_right) = (next_start(&left.starts, i), next_start(&right.starts, j));
        let next = next_left.min(next_right).min(common.end());
        each(start, next, i, j);
        i += usize::from(next_left == next);
        j += usize::from(next_right == next);
        start = next;
    }
}
