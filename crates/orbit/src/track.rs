use std::f64::consts::PI;
use std::ops::Range;

use glam::DVec3;
use timeline::{Duration, Interval, Time};

use crate::frames::{EARTH_RATE_RAD_S, teme_to_itrf_by};
use crate::{EarthOrientation, Ephemeris, Itrf, OrbitError, Orientation, State, Teme};

/// Where something is over a stretch of time, in the Earth-fixed frame: states at equal steps and a quintic between
/// them.
///
/// Every search for events reads tracks: the station, the relays and the Sun are all paths above a turning Earth.
/// Where the source of states has a gap the track is split into pieces, and no event is ever claimed between two
/// pieces.
///
/// Between two states the path is the quintic that meets position, velocity and acceleration at both ends;
/// accelerations come from the states beside (fourth order), so nothing is assumed about the forces. With `φ` the
/// angle flown in a step, in radians, and `r` the radius the error is at most about `φ⁶ r / 9,000`, in the first and
/// last step of a piece `φ⁶ r / 4,000`: for a low orbit 3 m at the usual 350 s, or 0.4 ms of the flight.
#[derive(Clone, Debug)]
pub struct Track {
    pieces: Vec<Piece>,
}

/// One unbroken piece of a [`Track`]; times inside are seconds from its start.
#[derive(Clone, Debug)]
pub(crate) struct Piece {
    pub(crate) start: Time,
    /// The instant of the last state.
    pub(crate) end: Time,
    pub(crate) step_s: f64,
    pub(crate) nodes: Vec<Motion>,
    pub(crate) greatest_radius_km: f64,
    /// The greatest angle flown in half a step round the Earth's centre, radians.
    half_step_rad: f64,
    /// Unit vectors from the Earth's centre to each node, by component, so that the compiler can compare many at
    /// once.
    toward: [Vec<f32>; 3],
}

/// A sampled state with the acceleration found from its neighbours, km, km/s, km/s², ITRF.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Motion {
    pub(crate) position_km: DVec3,
    pub(crate) velocity_km_s: DVec3,
    pub(crate) acceleration_km_s2: DVec3,
}

impl Motion {
    /// Position and velocity.
    pub(crate) fn state(&self) -> (DVec3, DVec3) {
        (self.position_km, self.velocity_km_s)
    }
}

impl Track {
    /// Samples `state` over each interval of `coverage`, which must be sorted and disjoint, at least every `step`.
    ///
    /// Each interval becomes one piece whose first and last state stand on its ends; [`step_for`] says which step
    /// suits an orbit.
    ///
    /// # Errors
    /// The first error of `state`.
    ///
    /// # Panics
    /// When `step` is not positive, or `coverage` is not sorted and disjoint.
    pub fn sample<E>(
        coverage: &[Interval],
        step: Duration,
        mut state: impl FnMut(Time) -> Result<State<Itrf>, E>,
    ) -> Result<Self, E> {
        assert!(step > Duration::ZERO, "a step must be positive");
        assert!(coverage.is_sorted_by(|a, b| a.end() <= b.start()), "coverage must be sorted and disjoint");
        let pieces = coverage
            .iter()
            .map(|&stretch| sample_piece(stretch, step, &mut state))
            .collect::<Result<_, E>>()?;
        Ok(Self { pieces })
    }

    /// The track of an object over as much of `span` as its source covers, with the step of [`step_for`].
    ///
    /// Each stretch of [`Ephemeris::coverage`] becomes a piece; what is shorter than a second is left out.
    ///
    /// # Errors
    /// The first error of the source; [`OrbitError::OutsideSpan`] when `span` lies wholly outside it.
    pub fn of(
        ephemeris: &dyn Ephemeris,
        span: Interval,
        orientation: &EarthOrientation,
    ) -> Result<Self, OrbitError> {
        let mut turn = turning(orientation);
        let outside = || OrbitError::OutsideSpan {
            source_name: ephemeris.source().to_owned(),
            span: ephemeris.span(),
            time: span.start(),
        };
        let known = ephemeris.span().intersection(span).ok_or_else(outside)?;
        let stretches = ephemeris.coverage().into_iter().filter_map(|stretch| stretch.intersection(known));
        let mut pieces = Vec::new();
        for stretch in stretches.filter(|stretch| stretch.duration() >= Duration::SECOND) {
            // At its very end the source may already speak of the next stretch, of another element set.
            let last = stretch.end() - Duration::NANOSECOND;
            let mut state = |at: Time| Ok(turn(&ephemeris.state(at.min(last))?));
            let step = step_for(&state(stretch.start())?);
            pieces.push(sample_piece(stretch, step, &mut state)?);
        }
        Ok(Self { pieces })
    }

    /// The stretches of time the track knows about, in order.
    #[must_use]
    pub fn coverage(&self) -> Vec<Interval> {
        self.pieces.iter().filter_map(|piece| Interval::new(piece.start, piece.end)).collect()
    }

    /// The state at `at`, or nothing in a gap and outside; where two pieces touch, that of the later.
    #[must_use]
    pub fn state(&self, at: Time) -> Option<State<Itrf>> {
        let begun = self.pieces.partition_point(|piece| piece.start <= at);
        let piece = self.pieces[..begun].last().filter(|piece| at <= piece.end)?;
        let at_s = (at - piece.start).seconds();
        let (position_km, velocity_km_s) = piece.cursor_at(at_s).state(at_s);
        Some(State::new(at, position_km, velocity_km_s))
    }

    /// The unbroken pieces in order of time.
    pub(crate) fn pieces(&self) -> &[Piece] {
        &self.pieces
    }
}

/// From TEME to ITRF with the Earth's orientation looked up once an hour, in which UT1 drifts by 0.04 ms or 2 cm.
fn turning(orientation: &EarthOrientation) -> impl FnMut(&State<Teme>) -> State<Itrf> {
    let mut held: Option<(Time, Orientation)> = None;
    move |state| {
        let hour = state.time.floor_to(Duration::HOUR);
        let at = match held {
            Some((since, at)) if since == hour => at,
            _ => orientation.at(state.time),
        };
        held = Some((hour, at));
        teme_to_itrf_by(state, &at)
    }
}

/// The step that keeps the error of a [`Track`] through `state` near `φ⁶ r / 9,000` with `φ` = 0.4 rad at perigee.
///
/// 350 s for a low orbit, 91 min for a geostationary one and for the Sun, which the turning Earth carries along. It
/// is found from the osculating ellipse, so one state is enough as long as the orbit does not change its kind.
#[must_use]
pub fn step_for(state: &State<Itrf>) -> Duration {
    let inertial_km_s = state.velocity_km_s + EARTH_RATE_RAD_S * state.position_km.z_cross();
    let momentum = state.position_km.cross(inertial_km_s).length();
    let energy = inertial_km_s.length_squared() / 2.0 - GRAVITY_KM3_S2 / state.position_km.length();
    let parameter_km = momentum * momentum / GRAVITY_KM3_S2;
    let eccentricity = (1.0 + 2.0 * energy * parameter_km / GRAVITY_KM3_S2).max(0.0).sqrt();
    let perigee_km = parameter_km / (1.0 + eccentricity);
    let rate_rad_s = (momentum / (perigee_km * perigee_km)).max(EARTH_RATE_RAD_S);
    Duration::from_seconds((STEP_RAD / rate_rad_s).max(1.0).floor())
}

/// Angle flown in a step, radians.
const STEP_RAD: f64 = 0.40;

/// GM of the Earth, km³/s² (IERS Conventions 2010, table 1.1).
pub(crate) const GRAVITY_KM3_S2: f64 = 398_600.441_8;

/// What turning with the Earth adds to a velocity: `ω × r` for a unit rate about the polar axis.
pub(crate) trait ZCross {
    fn z_cross(self) -> DVec3;
}

impl ZCross for DVec3 {
    fn z_cross(self) -> DVec3 {
        DVec3::new(-self.y, self.x, 0.0)
    }
}

fn sample_piece<E>(
    stretch: Interval,
    step: Duration,
    state: &mut impl FnMut(Time) -> Result<State<Itrf>, E>,
) -> Result<Piece, E> {
    let length_s = stretch.duration().seconds();
    let steps = (length_s / step.seconds()).ceil().max(2.0);
    let step_s = length_s / steps;
    let mut nodes = Vec::with_capacity(steps as usize + 1);
    for index in 0..=steps as usize {
        let at = (stretch.start() + Duration::from_seconds(index as f64 * step_s)).min(stretch.end());
        let State { position_km, velocity_km_s, .. } = state(at)?;
        nodes.push(Motion { position_km, velocity_km_s, acceleration_km_s2: DVec3::ZERO });
    }
    accelerate(&mut nodes, step_s);
    Ok(finish_piece(stretch, step_s, nodes))
}

fn finish_piece(stretch: Interval, step_s: f64, nodes: Vec<Motion>) -> Piece {
    let mut toward = [(); 3].map(|()| Vec::<f32>::with_capacity(nodes.len()));
    let (mut greatest_radius_km, mut greatest_rate) = (0.0_f64, 0.0_f64);
    for node in &nodes {
        let radius_km = node.position_km.length();
        greatest_radius_km = greatest_radius_km.max(radius_km);
        greatest_rate = greatest_rate.max(node.velocity_km_s.length() / radius_km);
        let unit = (node.position_km / radius_km).as_vec3().to_array();
        toward.iter_mut().zip(unit).for_each(|(component, value)| component.push(value));
    }
    // A hundredth more, because between two nodes the path may be a little higher and faster than at any.
    let half_step_rad = 1.01 * greatest_rate * step_s / 2.0;
    let (start, end) = (stretch.start(), stretch.end());
    Piece { start, end, step_s, nodes, greatest_radius_km: 1.01 * greatest_radius_km, half_step_rad, toward }
}

/// Fills in the accelerations: the second derivative of the quintic through three neighbouring positions and
/// velocities.
fn accelerate(nodes: &mut [Motion], step_s: f64) {
    let last = nodes.len() - 1;
    for i in 1..last {
        let (before, here, after) = (nodes[i - 1], nodes[i], nodes[i + 1]);
        let positions = before.position_km - 2.0 * here.position_km + after.position_km;
        let velocities = after.velocity_km_s - before.velocity_km_s;
        nodes[i].acceleration_km_s2 = 2.0 * positions / (step_s * step_s) - velocities / (2.0 * step_s);
    }
    nodes[0].acceleration_km_s2 = end_acceleration([nodes[0], nodes[1], nodes[2]], step_s);
    nodes[last].acceleration_km_s2 =
        end_acceleration([nodes[last], nodes[last - 1], nodes[last - 2]], -step_s);
}

fn end_acceleration([end, next, third]: [Motion; 3], step_s: f64) -> DVec3 {
    let positions = -11.5 * end.position_km + 8.0 * next.position_km + 3.5 * third.position_km;
    let velocities = 6.0 * end.velocity_km_s + 8.0 * next.velocity_km_s + third.velocity_km_s;
    positions / (step_s * step_s) - velocities / step_s
}

impl Piece {
    /// From first to last state, seconds.
    pub(crate) fn length_s(&self) -> f64 {
        (self.nodes.len() - 1) as f64 * self.step_s
    }

    /// The instant `seconds` after the start; never after the end, as seconds in a float might be in a piece of years.
    pub(crate) fn time(&self, seconds: f64) -> Time {
        (self.start + Duration::from_seconds(seconds)).min(self.end)
    }

    /// The runs of neighbouring steps during which the direction from the Earth's centre may come within `angle_rad`
    /// of the unit vector `toward`; step `k` lies between nodes `k` and `k + 1`.
    ///
    /// Conservative: half a step's motion is added, so before and after each run the direction is certainly farther.
    pub(crate) fn steps_near(&self, toward: DVec3, angle_rad: f64) -> Vec<Range<usize>> {
        // 1e-5 covers the rounding of single precision.
        let threshold = (angle_rad + self.half_step_rad).min(PI).cos() as f32 - 1e-5;
        let mut runs: Vec<Range<usize>> = Vec::new();
        let last = self.nodes.len() - 1;
        each_near(&self.toward, toward.as_vec3().to_array(), threshold, |node| {
            let (from, to) = (node.saturating_sub(1), (node + 1).min(last));
            match runs.last_mut() {
                Some(run) if run.end >= from => run.end = to,
                _ => runs.push(from..to),
            }
        });
        runs
    }

    /// A reader that remembers the arc it read last.
    pub(crate) fn cursor(&self) -> Cursor<'_> {
        self.cursor_at(0.0)
    }

    /// The same, already turned to the arc that holds `seconds`.
    fn cursor_at(&self, seconds: f64) -> Cursor<'_> {
        let step = self.step_at(seconds);
        Cursor { piece: self, step, arc: self.arc(step) }
    }

    /// The step that holds `seconds`; the first or last one for times beside the piece.
    fn step_at(&self, seconds: f64) -> usize {
        ((seconds / self.step_s).max(0.0) as usize).min(self.nodes.len() - 2)
    }

    fn arc(&self, step: usize) -> Quintic {
        Quintic::new(&self.nodes[step], &self.nodes[step + 1], self.step_s)
    }
}

/// Calls `found` with the index of every unit vector whose product with `toward` is above `threshold`.
///
/// Sixteen at a time: nearly all blocks are far away and cost one comparison.
fn each_near([x, y, z]: &[Vec<f32>; 3], toward: [f32; 3], threshold: f32, mut found: impl FnMut(usize)) {
    const BLOCK: usize = 16;
    let blocks = x.chunks(BLOCK).zip(y.chunks(BLOCK)).zip(z.chunks(BLOCK));
    for (block, ((x, y), z)) in blocks.enumerate() {
        let mut cosines = [f32::MIN; BLOCK];
        for (cosine, ((x, y), z)) in cosines.iter_mut().zip(x.iter().zip(y).zip(z)) {
            *cosine = x * toward[0] + y * toward[1] + z * toward[2];
        }
        if cosines.iter().fold(false, |any, &cosine| any | (cosine > threshold)) {
            let near = cosines.iter().enumerate().filter(|&(_, &cosine)| cosine > threshold);
            near.for_each(|(lane, _)| found(block * BLOCK + lane));
        }
    }
}

/// Reads positions off a piece; quick when the times asked for lie close together.
#[derive(Clone)]
pub(crate) struct Cursor<'a> {
    piece: &'a Piece,
    step: usize,
    arc: Quintic,
}

impl Cursor<'_> {
    /// Position at `seconds` from the piece's start, km.
    pub(crate) fn position_km(&mut self, seconds: f64) -> DVec3 {
        let local_s = self.seek(seconds);
        self.arc.position_km(local_s)
    }

    /// Position, velocity and acceleration at `seconds` from the piece's start, km, km/s, km/s².
    pub(crate) fn motion(&mut self, seconds: f64) -> Motion {
        let local_s = self.seek(seconds);
        Motion {
            position_km: self.arc.position_km(local_s),
            velocity_km_s: self.arc.velocity_km_s(local_s),
            acceleration_km_s2: self.arc.acceleration_km_s2(local_s),
        }
    }

    /// Position and velocity at `seconds` from the piece's start, km and km/s.
    pub(crate) fn state(&mut self, seconds: f64) -> (DVec3, DVec3) {
        let local_s = self.seek(seconds);
        (self.arc.position_km(local_s), self.arc.velocity_km_s(local_s))
    }

    /// Turns to the arc that holds `seconds` and returns the seconds from its beginning.
    fn seek(&mut self, seconds: f64) -> f64 {
        let step_s = self.piece.step_s;
        let begin_s = self.step as f64 * step_s;
        if seconds >= begin_s && seconds <= begin_s + step_s {
            return seconds - begin_s;
        }
        self.step = self.piece.step_at(seconds);
        self.arc = self.piece.arc(self.step);
        seconds - self.step as f64 * step_s
    }
}

/// The quintic of one step, by powers of the seconds from its beginning.
#[derive(Clone, Copy)]
struct Quintic([DVec3; 6]);

impl Quintic {
    fn new(from: &Motion, to: &Motion, h: f64) -> Self {
        let (r, v, a) = (from.position_km, from.velocity_km_s, from.acceleration_km_s2);
        let per_h = h.recip();
        let per_h2 = per_h * per_h;
        let position = (to.position_km - r - h * (v + 0.5 * h * a)) * (per_h * per_h2);
        let velocity = (to.velocity_km_s - v - h * a) * per_h2;
        let acceleration = (to.acceleration_km_s2 - a) * (0.5 * per_h);
        Self([
            r,
            v,
            0.5 * a,
            10.0 * position - 4.0 * velocity + acceleration,
            (-15.0 * position + 7.0 * velocity - 2.0 * acceleration) * per_h,
            (6.0 * position - 3.0 * velocity + acceleration) * per_h2,
        ])
    }

    fn position_km(&self, t: f64) -> DVec3 {
        let [c0, c1, c2, c3, c4, c5] = self.0;
        c0 + t * (c1 + t * (c2 + t * (c3 + t * (c4 + t * c5))))
    }

    fn acceleration_km_s2(&self, t: f64) -> DVec3 {
        let [_, _, c2, c3, c4, c5] = self.0;
        2.0 * c2 + t * (6.0 * c3 + t * (12.0 * c4 + t * (20.0 * c5)))
    }

    fn velocity_km_s(&self, t: f64) -> DVec3 {
        let [_, c1, c2, c3, c4, c5] = self.0;
        c1 + t * (2.0 * c2 + t * (3.0 * c3 + t * (4.0 * c4 + t * (5.0 * c5))))
    }
}
