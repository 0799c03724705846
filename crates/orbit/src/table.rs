use glam::DVec3;
use timeline::{Duration, Interval, Time};

use crate::arc::Arc;
use crate::celestial::{PolePath, eme2000_to_gcrf};
use crate::{
    EarthOrientation, Eme2000, Ephemeris, Gcrf, Growth, Itrf, OrbitError, State, Teme, itrf_to_teme,
};

/// A published trajectory: states in a table, and arcs between them.
///
/// Steps may be of any length and change at will. Nothing is extrapolated, and no arc crosses the border of a segment or a
/// gap. A gap is a step in which the object flies more than 0.75 radians (11 minutes in a low orbit), or one more than three
/// times as long as the usual step, which is the step that half of the segment's time has at most.
#[derive(Clone, Debug)]
pub struct Tabulated {
    source: String,
    issued: Time,
    /// In order of time, at least one.
    pieces: Vec<Piece>,
    span: Interval,
    growth: Growth,
}

/// One stretch of a trajectory that its maker computed in one go, turned into TEME.
#[derive(Clone, PartialEq, Debug)]
pub struct Segment {
    states: Vec<State<Teme>>,
}

/// Arcs without a gap.
#[derive(Clone, Debug)]
struct Piece {
    covers: Interval,
    arcs: Vec<Arc>,
}

/// Steps this many times the usual one are gaps.
const GAP_STEPS: i64 = 3;
/// Steps in which so much is flown are gaps, radians: the arcs would be metres off.
const GAP_RAD: f64 = 0.75;

impl Segment {
    /// A segment of states in TEME.
    #[must_use]
    pub const fn of_teme(states: Vec<State<Teme>>) -> Self {
        Self { states }
    }

    /// A segment of states in GCRF.
    #[must_use]
    pub fn of_gcrf(states: &[State<Gcrf>]) -> Self {
        let times = || states.iter().map(|state| state.time);
        let span = times().min().zip(times().max()).and_then(|(first, last)| Interval::new(first, last));
        let pole = span.map(PolePath::over);
        let turn = |state: &State<Gcrf>| match &pole {
            Some(pole) => pole.gcrf_to_teme(state),
            None => crate::gcrf_to_teme(state),
        };
        Self { states: states.iter().map(turn).collect() }
    }

    /// A segment of states in EME2000, as NASA publishes them.
    #[must_use]
    pub fn of_eme2000(states: &[State<Eme2000>]) -> Self {
        Self::of_gcrf(&states.iter().map(eme2000_to_gcrf).collect::<Vec<_>>())
    }

    /// A segment of Earth-fixed states.
    #[must_use]
    pub fn of_itrf(states: &[State<Itrf>], orientation: &EarthOrientation) -> Self {
        Self { states: states.iter().map(|state| itrf_to_teme(state, orientation)).collect() }
    }
}

impl Tabulated {
    /// A trajectory from its segments, which follow each other in time and may touch.
    ///
    /// `source` is what it is called to people; `issued` is when its maker made it, from where its age counts.
    ///
    /// # Errors
    /// When states or segments are not in order, a number is not finite, or no segment has two states.
    pub fn new(source: &str, issued: Time, segments: &[Segment]) -> Result<Self, OrbitError> {
        check(source, segments)?;
        let pieces: Vec<Piece> = segments.iter().flat_map(|segment| unbroken(&segment.states)).collect();
        let ends = pieces.first().zip(pieces.last());
        let span = ends.and_then(|(first, last)| Interval::new(first.covers.start(), last.covers.end()));
        let empty = || OrbitError::Empty {
            source_name: source.to_owned(),
            needed: "two states that follow each other",
        };
        let (source, span) = (source.to_owned(), span.ok_or_else(empty)?);
        Ok(Self { source, issued, pieces, span, growth: Growth::STATION_TRAJECTORY_KM })
    }

    /// The same with errors that grow in another way, in km, from its issue on.
    #[must_use]
    pub fn with_growth(self, growth: Growth) -> Self {
        Self { growth, ..self }
    }

    /// When it was made.
    #[must_use]
    pub const fn issued(&self) -> Time {
        self.issued
    }

    fn gap(&self, before: usize, time: Time) -> OrbitError {
        OrbitError::Gap {
            source_name: self.source.clone(),
            before: self.pieces[before].covers.end(),
            after: self.pieces[before + 1].covers.start(),
            time,
        }
    }
}

impl Ephemeris for Tabulated {
    fn source(&self) -> &str {
        &self.source
    }

    /// From the first state to the last; the last state can be asked for too.
    fn span(&self) -> Interval {
        self.span
    }

    fn coverage(&self) -> Vec<Interval> {
        self.pieces.iter().map(|piece| piece.covers).collect()
    }

    fn state(&self, time: Time) -> Result<State<Teme>, OrbitError> {
        if time < self.span.start() || time > self.span.end() {
            return Err(OrbitError::OutsideSpan { source_name: self.source.clone(), span: self.span, time });
        }
        let piece = self.pieces.partition_point(|piece| piece.covers.start() <= time) - 1;
        let Piece { covers, arcs } = &self.pieces[piece];
        if time > covers.end() {
            return Err(self.gap(piece, time));
        }
        let arc = arcs.partition_point(|arc| arc.start() <= time) - 1;
        Ok(arcs[arc].state(time))
    }

    fn age(&self, time: Time) -> Duration {
        (time - self.issued).abs()
    }

    /// As its growth says, by default that of NASA's trajectories of the space station. Before its issue the trajectory rests on
    /// tracking.
    fn error_km(&self, time: Time) -> f64 {
        self.growth.after(time - self.issued)
    }
}

fn check(source: &str, segments: &[Segment]) -> Result<(), OrbitError> {
    let finite = |vector: DVec3| vector.is_finite();
    let states = || segments.iter().flat_map(|segment| &segment.states);
    if let Some(state) = states().find(|state| !finite(state.position_km) || !finite(state.velocity_km_s)) {
        return Err(OrbitError::NotFinite { source_name: source.to_owned(), time: state.time });
    }
    let order = |before: Time, time: Time| OrbitError::Order { source_name: source.to_owned(), before, time };
    for pair in segments.iter().flat_map(|segment| segment.states.windows(2)) {
        if pair[0].time >= pair[1].time {
            return Err(order(pair[0].time, pair[1].time));
        }
    }
    for pair in segments.windows(2) {
        if let (Some(last), Some(first)) = (pair[0].states.last(), pair[1].states.first())
            && last.time > first.time
        {
            return Err(order(last.time, first.time));
        }
    }
    Ok(())
}

/// The pieces of a row of states between its gaps; a state with a gap to both sides is left out.
fn unbroken(states: &[State<Teme>]) -> Vec<Piece> {
    let Some(longest) = usual_step(states).map(|usual| usual * GAP_STEPS) else { return Vec::new() };
    states
        .chunk_by(|a, b| b.time - a.time <= longest && flown_rad(a, b) <= GAP_RAD)
        .filter_map(piece)
        .collect()
}

fn flown_rad(from: &State<Teme>, to: &State<Teme>) -> f64 {
    let rate_rad_s = |state: &State<Teme>| state.velocity_km_s.length() / state.position_km.length();
    rate_rad_s(from).max(rate_rad_s(to)) * (to.time - from.time).seconds()
}

fn piece(states: &[State<Teme>]) -> Option<Piece> {
    let covers = Interval::new(states.first()?.time, states.last()?.time)?;
    let arcs = (0..states.len() - 1).map(|index| Arc::after(states, index)).collect();
    Some(Piece { covers, arcs })
}

/// The step that half of the time has at most: not the median, for a burn's hundred short steps last no time.
fn usual_step(states: &[State<Teme>]) -> Option<Duration> {
    let mut steps: Vec<Duration> = states.windows(2).map(|pair| pair[1].time - pair[0].time).collect();
    steps.sort_unstable();
    let half = steps.iter().copied().sum::<Duration>() / 2;
    let mut passed = Duration::ZERO;
    steps.into_iter().find(|&step| {
        passed += step;
        passed >= half
    })
}
