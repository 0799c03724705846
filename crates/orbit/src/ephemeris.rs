use timeline::{Duration, Interval, Time};

use crate::{EarthOrientation, Itrf, OrbitError, State, Teme, teme_to_itrf};

/// Where an object is, from one source: an element set, an archive of them, or a published trajectory.
///
/// All sources answer in TEME. SGP4 is native there, the way from there to the turning Earth is one cheap rotation, and a
/// source in another frame pays its slow rotation once, when it is built.
pub trait Ephemeris: Send + Sync {
    /// What the numbers come from, in words for a person.
    fn source(&self) -> &str;

    /// The times for which [`Ephemeris::state`] can answer.
    fn span(&self) -> Interval;

    /// The stretches of the span without a gap, in order; one, for most sources.
    fn coverage(&self) -> Vec<Interval> {
        vec![self.span()]
    }

    /// Position and velocity at `time`.
    ///
    /// # Errors
    /// When `time` is outside the span or in a gap, or the model breaks down there. Nothing is extrapolated.
    fn state(&self, time: Time) -> Result<State<Teme>, OrbitError>;

    /// `count` states from `start` on, `step` apart; sources that can do it faster than one by one override this.
    ///
    /// # Errors
    /// As [`Ephemeris::state`], for the first time that has no answer.
    fn states(&self, start: Time, step: Duration, count: usize) -> Result<Vec<State<Teme>>, OrbitError> {
        (0..count).map(|index| self.state(sample_time(start, step, index))).collect()
    }

    /// How old the data behind the answer at `time` is: the distance to the observation it rests on.
    fn age(&self, time: Time) -> Duration;

    /// Expected error of the position at `time`, km, one standard deviation, nearly all of it along the track.
    fn error_km(&self, time: Time) -> f64;
}

/// `count` Earth-fixed states from `start` on, `step` apart: the bulk path for contacts, ground tracks and eclipses.
///
/// # Errors
/// As [`Ephemeris::state`], for the first time that has no answer.
pub fn states_itrf(
    ephemeris: &dyn Ephemeris,
    start: Time,
    step: Duration,
    count: usize,
    orientation: &EarthOrientation,
) -> Result<Vec<State<Itrf>>, OrbitError> {
    let states = ephemeris.states(start, step, count)?;
    Ok(states.iter().map(|state| teme_to_itrf(state, orientation)).collect())
}

/// The time of sample `index` of a run; saturates at the end of representable time.
pub(crate) fn sample_time(start: Time, step: Duration, index: usize) -> Time {
    start + step * i64::try_from(index).unwrap_or(i64::MAX)
}
