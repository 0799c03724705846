use orbit::{Air, MeanAir};
use timeline::{Duration, Interval, Time};

use crate::ForecastError;
use crate::flying::Flying;
use crate::network::{Network, number};

/// Everything about the height that is known before it is computed: the air and the drag of every day, floors, engines.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct HeightModel {
    pub(super) air: MeanAir,
    /// In order of time; the first has no beginning.
    pub(super) pieces: Vec<Piece>,
    pub(super) begins: Time,
    pub(super) height_km: f64,
    pub(super) lowest_km: f64,
    pub(super) engines: Vec<EngineNode>,
}

/// A time during which all but the height is constant.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Piece {
    pub(super) since: Time,
    pub(super) air: Air,
    /// Drag coefficient × area / mass.
    pub(super) drag_m2_kg: f64,
    pub(super) mass_kg: f64,
    pub(super) floor_km: f64,
    pub(super) target_km: f64,
    /// The height that was measured when it begins.
    pub(super) measured_km: Option<f64>,
}

#[derive(Clone, PartialEq, Debug)]
pub(super) struct EngineNode {
    pub(super) specific_impulse_s: f64,
    pub(super) store: Option<usize>,
    pub(super) during: Vec<Interval>,
}

impl EngineNode {
    pub(super) fn can_burn(&self, at: Time) -> bool {
        self.during.iter().any(|during| during.contains(at))
    }
}

/// The longest piece, and the longest line of a trace: the half-yearly swing of the air hardly moves meanwhile, and a straight line
/// keeps within a metre of the true height.
pub(super) const LONGEST: Duration = Duration::from_nanoseconds(7 * Duration::DAY.nanoseconds());

/// A floor that is never reached.
const NO_FLOOR_KM: f64 = f64::NEG_INFINITY;

impl HeightModel {
    /// Checks and compiles how a station flies from `begins` on.
    pub(crate) fn of(flying: &Flying, begins: Time, network: &Network) -> Result<Self, ForecastError> {
        check(flying)?;
        let tops_km = flying.bands.iter().map(|band| band.target_km);
        let heights_km = flying.heights.iter().map(|height| height.1).chain([flying.height_km]);
        let highest_km = tops_km.chain(heights_km).fold(flying.lowest_km, f64::max);
        let air = MeanAir::new(flying.inclination_deg, flying.lowest_km, highest_km);
        let pieces = pieces(flying, begins, &air);
        let mut engines = Vec::with_capacity(flying.engines.len());
        for engine in &flying.engines {
            let unknown = |name: &String| ForecastError::Unknown {
                by: format!("engine `{}`", engine.name),
                what: "store",
                name: name.clone(),
            };
            let store = engine.store.as_ref();
            engines.push(EngineNode {
                specific_impulse_s: engine.specific_impulse_s,
                store: store.map(|name| network.store(name).ok_or_else(|| unknown(name))).transpose()?,
                during: engine.during.clone(),
            });
        }
        Ok(Self { air, pieces, begins, height_km: flying.height_km, lowest_km: flying.lowest_km, engines })
    }

    /// The store that is emptied first.
    pub(crate) fn first_store(&self) -> Option<usize> {
        self.engines.iter().find_map(|engine| engine.store)
    }

    /// Whether an engine empties this store.
    pub(crate) fn burns_from(&self, store: usize) -> bool {
        self.engines.iter().any(|engine| engine.store == Some(store))
    }
}

/// Cuts time wherever something changes. What holds is found by going through all lists at once.
fn pieces(flying: &Flying, begins: Time, air: &MeanAir) -> Vec<Piece> {
    let mut weather = Steps::new(flying.weather.iter().copied());
    let mut masses = Steps::new(flying.masses.iter().copied());
    let mut areas = Steps::new(flying.areas.iter().copied());
    let mut bands = Steps::new(flying.bands.iter().map(|band| (band.since, *band)));
    let mut heights = Steps::new(flying.heights.iter().copied());
    let mut pieces: Vec<Piece> = Vec::new();
    let mut at = begins;
    loop {
        let (day, mass_kg, area_m2) = (weather.hold(at), masses.hold(at), areas.hold(at));
        let (band, height) = (bands.hold(at), heights.hold(at));
        let band = band.filter(|(since, _)| *since <= at).map(|(_, band)| band);
        let (Some((_, weather_now)), Some((_, mass_kg)), Some((_, area_m2))) = (day, mass_kg, area_m2) else {
            return pieces;
        };
        pieces.push(Piece {
            since: at,
            air: air.on(at, &weather_now),
            drag_m2_kg: flying.drag_coefficient * area_m2 / mass_kg,
            mass_kg,
            floor_km: band.map_or(NO_FLOOR_KM, |band| band.floor_km),
            target_km: band.map_or(NO_FLOOR_KM, |band| band.target_km),
            measured_km: height.filter(|(since, _)| *since == at && at > begins).map(|(_, km)| km),
        });
        let changes =
            [weather.after(at), masses.after(at), areas.after(at), bands.after(at), heights.after(at)];
        match changes.into_iter().flatten().min() {
            Some(next) => at = next.min(at + LONGEST),
            None => return pieces,
        }
    }
}

/// Values that hold since their times, gone through in order.
struct Steps<T> {
    steps: Vec<(Time, T)>,
    now: usize,
}

impl<T: Copy> Steps<T> {
    fn new(steps: impl Iterator<Item = (Time, T)>) -> Self {
        let mut steps: Vec<(Time, T)> = steps.collect();
        steps.sort_by_key(|step| step.0);
        Self { steps, now: 0 }
    }

    /// The last that began by `at`, or the first of all.
    fn hold(&mut self, at: Time) -> Option<(Time, T)> {
        while self.steps.get(self.now + 1).is_some_and(|step| step.0 <= at) {
            self.now += 1;
        }
        self.steps.get(self.now).copied()
    }

    /// When the next begins, after `at` was held.
    fn after(&self, at: Time) -> Option<Time> {
        self.steps[self.now..].iter().map(|step| step.0).find(|&since| since > at)
    }
}

fn check(flying: &Flying) -> Result<(), ForecastError> {
    let positive = |what: &'static str, value: f64| match value {
        value if value.is_finite() && value > 0.0 => Ok(()),
        value => Err(number("the flight", what, value, "more than 0")),
    };
    positive("the drag coefficient", flying.drag_coefficient)?;
    positive("the lowest height", flying.lowest_km)?;
    for &(_, height_km) in flying.heights.iter().chain([&(Time::MIN, flying.height_km)]) {
        if !height_km.is_finite() || height_km <= flying.lowest_km {
            return Err(number("the flight", "a height", height_km, "above the lowest"));
        }
    }
    for (what, steps) in [("a mass", &flying.masses), ("an area", &flying.areas)] {
        if steps.is_empty() {
            return Err(number("the flight", what, f64::NAN, "known at least once"));
        }
        steps.iter().try_for_each(|step| positive(what, step.1))?;
    }
    for band in &flying.bands {
        if !(flying.lowest_km < band.floor_km && band.floor_km < band.target_km && band.target_km.is_finite())
        {
            return Err(number(
                "the flight",
                "a floor",
                band.floor_km,
                "between the lowest height and its target",
            ));
        }
    }
    for engine in &flying.engines {
        if !engine.specific_impulse_s.is_finite() || engine.specific_impulse_s <= 0.0 {
            let value = engine.specific_impulse_s;
            return Err(number(&engine.name, "the specific impulse", value, "more than 0"));
        }
    }
    if flying.weather.is_empty() {
        return Err(number("the flight", "the solar flux", f64::NAN, "known at least once"));
    }
    for (_, day) in &flying.weather {
        positive("the solar flux", day.f107_sfu)?;
        positive("the mean solar flux", day.f107_81day_sfu)?;
        if !day.ap.is_finite() || day.ap < 0.0 {
            return Err(number("the flight", "Ap", day.ap, "0 or more"));
        }
    }
    Ok(())
}
