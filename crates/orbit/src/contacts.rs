//! Contacts of a spacecraft with places on the Earth: rise, culmination, set.

use std::f64::consts::FRAC_PI_2;
use std::ops::Range;

use timeline::Interval;

use crate::frames::EARTH_RATE_RAD_S;
use crate::horizon::{Aspect, Course, Horizon, Site};
use crate::search::{Sample, root_with_slope};
use crate::track::{Cursor, Motion, Piece, Track};

/// A stretch during which a spacecraft stands above a site's mask.
///
/// A contact that is cut by an end of the track (or a gap in it) begins or ends above the mask.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Contact {
    /// Where it comes above the mask.
    pub rise: Aspect,
    /// Where it stands highest.
    pub culmination: Aspect,
    /// Where it goes below the mask.
    pub set: Aspect,
    /// The shortest distance, km.
    pub least_range_km: f64,
}

impl Contact {
    /// From rise to set.
    #[must_use]
    pub fn during(&self) -> Option<Interval> {
        Interval::new(self.rise.time, self.set.time)
    }
}

/// The contacts of `station` with `site`, in order of time.
///
/// Elevations are geometric, without refraction. Times are found to 0.1 ms of the track; contacts shorter than that
/// may be missed, no others: between two states of the track the culmination is sought too.
#[must_use]
pub fn contacts(station: &Track, site: &Site) -> Vec<Contact> {
    let horizon = Horizon::new(site);
    station.pieces().iter().flat_map(|piece| contacts_of_piece(piece, &horizon)).collect()
}

fn contacts_of_piece(piece: &Piece, horizon: &Horizon) -> Vec<Contact> {
    let reach_rad = horizon.reach_rad(piece.greatest_radius_km);
    // While a step is flown the turning Earth carries the site by this much at most.
    let carried_rad = EARTH_RATE_RAD_S * piece.step_s;
    let sin_reach = (reach_rad + carried_rad).min(FRAC_PI_2).sin();
    let mut scan = Scan { horizon, sin_reach, piece, cursor: piece.cursor(), open: None, found: Vec::new() };
    for steps in piece.steps_near(horizon.toward, reach_rad) {
        scan.steps(steps);
    }
    scan.found
}

/// A knot of the walk: seconds, and the course there.
#[derive(Clone, Copy)]
struct Knot {
    at_s: f64,
    course: Course,
    rising_km3_s: f64,
}

impl Knot {
    fn new(at_s: f64, course: Course) -> Self {
        Self { at_s, course, rising_km3_s: course.rising_km3_s() }
    }
}

/// A walk along the steps near a site that opens and closes contacts.
struct Scan<'a> {
    horizon: &'a Horizon,
    /// Sine of the angle from the site beyond which no great circle of a step comes above the mask.
    sin_reach: f64,
    piece: &'a Piece,
    cursor: Cursor<'a>,
    open: Option<Opening>,
    found: Vec<Contact>,
}

/// A contact that has begun: when it rose, and the highest so far.
struct Opening {
    rise: Aspect,
    highest: Knot,
}

impl Scan<'_> {
    /// Walks along neighbouring steps; before the first and after the last the site is out of reach, or the piece
    /// ends.
    fn steps(&mut self, steps: Range<usize>) {
        let last = steps.end;
        let mut here = self.node(steps.start);
        if here.course.above_km(self.horizon.sin_mask) > 0.0 {
            self.open = Some(Opening { rise: self.aspect(here.at_s), highest: here });
        }
        for step in steps {
            let next = self.node(step + 1);
            if (here.rising_km3_s > 0.0) == (next.rising_km3_s > 0.0) {
                self.span(here, next, Shape::Slope);
            } else if self.open.is_some() || self.may_rise(step) {
                let turn = self.turn(here, next);
                self.span(here, turn, Shape::Climb);
                self.span(turn, next, Shape::Fall);
            }
            here = next;
        }
        if self.open.is_some() {
            let end = self.aspect(last as f64 * self.piece.step_s);
            self.close(end);
        }
    }

    fn node(&self, index: usize) -> Knot {
        Knot::new(index as f64 * self.piece.step_s, self.horizon.course(self.piece.nodes[index].state()))
    }

    fn knot(&mut self, at_s: f64) -> Knot {
        Knot::new(at_s, self.horizon.course(self.cursor.state(at_s)))
    }

    /// Whether the great circle along which a step begins comes near enough to the site at all.
    fn may_rise(&self, step: usize) -> bool {
        let Motion { position_km, velocity_km_s, .. } = self.piece.nodes[step];
        let across = position_km.cross(velocity_km_s);
        self.horizon.toward.dot(across).abs() < self.sin_reach * across.length()
    }

    /// The knot where the elevation turns, between two of which one rises and one falls.
    fn turn(&mut self, here: Knot, next: Knot) -> Knot {
        let (horizon, cursor) = (self.horizon, &mut self.cursor);
        let rising = |t: f64| {
            let motion = cursor.motion(t);
            let course = horizon.course(motion.state());
            (course.rising_km3_s(), course.rising_rate_km3_s2(horizon, &motion))
        };
        let [a, b] = [here, next].map(|knot| (knot.at_s, knot.rising_km3_s));
        // The range is shortest very near there, and its square falls and grows evenly.
        let (leave, arrive) = (here.course.leave_km2_s, next.course.leave_km2_s);
        let guess = here.at_s + (next.at_s - here.at_s) * leave / (leave - arrive);
        let at_s = root_with_slope(rising, a, b, guess);
        self.knot(at_s)
    }

    /// Looks at a stretch in which the elevation only climbs or only falls.
    fn span(&mut self, here: Knot, next: Knot, shape: Shape) {
        let mask = self.horizon.sin_mask;
        let (above, next_above) = (here.course.above_km(mask), next.course.above_km(mask));
        if above <= 0.0 && next_above > 0.0 {
            self.open = Some(Opening { rise: self.crossing(here, next, shape), highest: next });
        } else if let Some(open) = &mut self.open {
            if next.course.sin_elevation() > open.highest.course.sin_elevation() {
                open.highest = next;
            }
            if next_above <= 0.0 {
                let set = self.crossing(here, next, shape);
                self.close(set);
            }
        }
    }

    /// Where something stands when it crosses the mask between two knots.
    fn crossing(&mut self, here: Knot, next: Knot, shape: Shape) -> Aspect {
        let (horizon, cursor) = (self.horizon, &mut self.cursor);
        let mask = horizon.sin_mask;
        let above = |t: f64| {
            let course = horizon.course(cursor.state(t));
            (course.above_km(mask), course.above_rate_km_s(mask))
        };
        let [a, b] = [here, next].map(|knot| (knot.at_s, knot.course.above_km(mask)));
        let at_s = root_with_slope(above, a, b, shape.guess(a, b));
        self.aspect(at_s)
    }

    fn aspect(&mut self, at_s: f64) -> Aspect {
        self.horizon.aspect(self.piece.time(at_s), self.cursor.position_km(at_s))
    }

    fn close(&mut self, set: Aspect) {
        let Some(Opening { rise, highest }) = self.open.take() else { return };
        if rise.time < set.time {
            let (culmination, nearest_km) = (self.aspect(highest.at_s), self.nearest_km(&highest));
            let least_range_km = nearest_km.min(rise.range_km).min(set.range_km);
            self.found.push(Contact { rise, culmination, set, least_range_km });
        }
    }

    /// The least range near the culmination: the range there less what a parabola in time still falls.
    fn nearest_km(&mut self, culmination: &Knot) -> f64 {
        let Course { range_km, leave_km2_s, .. } = culmination.course;
        let motion = self.cursor.motion(culmination.at_s);
        let sight = motion.position_km - self.horizon.position_km;
        let bend_km2_s2 = motion.velocity_km_s.length_squared() + sight.dot(motion.acceleration_km_s2);
        if bend_km2_s2 <= 0.0 {
            return range_km;
        }
        (range_km * range_km - leave_km2_s * leave_km2_s / bend_km2_s2).max(0.0).sqrt()
    }
}

/// How the height above the mask runs along a stretch, for a first guess of where it is zero.
#[derive(Clone, Copy)]
enum Shape {
    /// Straight.
    Slope,
    /// Half a parabola that ends at its top.
    Climb,
    /// Half a parabola that begins at its top.
    Fall,
}

impl Shape {
    fn guess(self, a: Sample, b: Sample) -> f64 {
        let part = match self {
            Self::Slope => a.1 / (a.1 - b.1),
            Self::Climb => 1.0 - (b.1 / (b.1 - a.1)).max(0.0).sqrt(),
            Self::Fall => (a.1 / (a.1 - b.1)).max(0.0).sqrt(),
        };
        a.0 + part * (b.0 - a.0)
    }
}
