//! How fast the station sinks, against NASA's trajectories and against what element sets print; with what the book says of it and
//! the space weather observed.

use std::fs;
use std::path::{Path, PathBuf};

use book::Book;
use forecast::{Flying, draft};
use formats::oem::{self, States};
use orbit::{Eme2000, MeanAir, MeanOrbit, SpaceWeather, State};
use timeline::{Duration, Time};

use crate::books::{book, scenario, time};

/// The book's flying from its beginning, with the air it flies in.
struct Sky {
    flying: Flying,
    air: MeanAir,
}

impl Sky {
    fn of(book: &Book) -> Self {
        let flying = draft(book, &scenario(book, "2000-11-03", "2026-05-30")).draft.flying.unwrap();
        Self { air: MeanAir::new(flying.inclination_deg, 200.0, 450.0), flying }
    }

    /// How fast the model sinks, m a day.
    fn sinks_m_d(&self, at: Time, height_km: f64) -> f64 {
        let drag_m2_kg =
            self.flying.drag_coefficient * held(&self.flying.areas, at) / held(&self.flying.masses, at);
        let weather: SpaceWeather = held(&self.flying.weather, at);
        self.air.slowing(height_km, self.air.on(at, &weather), drag_m2_kg).rate_km_d * 1e3
    }
}

fn held<T: Copy>(steps: &[(Time, T)], at: Time) -> T {
    steps.iter().rev().find(|step| step.0 <= at).unwrap_or(&steps[0]).1
}

/// A time without burns in a trajectory: middles of revolutions, and their mean heights, km.
type Stretch = Vec<(Time, f64)>;

/// The trajectories of 2021: mass in their headers, kg, and their stretches; none, with a word, when they are absent.
fn trajectories() -> Vec<(f64, Vec<Stretch>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/oem");
    let Ok(entries) = fs::read_dir(&folder) else {
        println!("skipped: {} is absent", folder.display());
        return Vec::new();
    };
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.file_name().is_some_and(|name| name.to_string_lossy().contains("OEM_2021")));
    paths.sort();
    paths
        .iter()
        .map(|path| {
            let oem = oem::read_xml("trajectory", &fs::read_to_string(path).unwrap()).records.remove(0);
            let segment = &oem.segments[0];
            let States::Eme2000(states) = &segment.states else { panic!("NASA writes EME2000") };
            let burns = oem::events(segment).into_iter().filter(|event| event.delta_v_m_s > 0.0);
            let burns: Vec<Time> = burns.map(|event| event.time).collect();
            (oem::facts(segment).mass_kg.unwrap(), stretches(states, &burns))
        })
        .collect()
}

/// Cuts a trajectory at its burns, some hours round each left out.
fn stretches(states: &[State<Eme2000>], burns: &[Time]) -> Vec<Stretch> {
    let revolution = Duration::SECOND * 5_570;
    let burn_near =
        |at: Time| burns.iter().any(|&burn| burn - Duration::HOUR * 3 < at && at < burn + Duration::HOUR * 8);
    let mut stretches: Vec<Stretch> = vec![Vec::new()];
    let mut first = 0;
    while let Some(length) =
        states[first..].iter().position(|state| state.time - states[first].time >= revolution)
    {
        let one = &states[first..=first + length];
        let middle = states[first].time + revolution * 1 - Duration::from_seconds(revolution.seconds() / 2.0);
        if burn_near(middle) {
            stretches.push(Vec::new());
        } else if let Some(stretch) = stretches.last_mut() {
            stretch.push((middle, mean_height_km(one)));
        }
        first += length;
    }
    // Less than two days do not show how fast it sinks.
    stretches.retain(|stretch| stretch.len() > 30);
    stretches
}

/// Mean over a revolution of the semi-major axis that the energy has without the Earth's flattening, above the equatorial radius.
fn mean_height_km(states: &[State<Eme2000>]) -> f64 {
    let (gravity, flattening, radius_km) = (398_600.441_8, 1.082_635_9e-3, 6_378.137);
    let axis_km = |state: &State<Eme2000>| {
        let distance_km = state.position_km.length();
        let sine = state.position_km.z / distance_km;
        let ratio = radius_km / distance_km;
        let potential =
            gravity / distance_km * (1.0 - flattening * ratio * ratio * (1.5 * sine * sine - 0.5));
        gravity / (2.0 * potential - state.velocity_km_s.length_squared())
    };
    let parts = states.windows(2).map(|pair| {
        let days = (pair[1].time - pair[0].time).days();
        (days, days * (axis_km(&pair[0]) + axis_km(&pair[1])) / 2.0)
    });
    let (days, sum) = parts.fold((0.0, 0.0), |(days, sum), part| (days + part.0, sum + part.1));
    sum / days - radius_km
}

/// By how much a stretch falls a day, m: the slope of the straight line with the least squares.
fn falls_m_d(stretch: &Stretch) -> f64 {
    let count = stretch.len() as f64;
    let days = |point: &(Time, f64)| (point.0 - stretch[0].0).days();
    let mean_day = stretch.iter().map(days).sum::<f64>() / count;
    let mean_km = stretch.iter().map(|point| point.1).sum::<f64>() / count;
    let over: f64 = stretch.iter().map(|point| (days(point) - mean_day) * (point.1 - mean_km)).sum();
    let under: f64 = stretch.iter().map(|point| (days(point) - mean_day).powi(2)).sum();
    -over / under * 1e3
}

/// Nine trajectories of August to November 2021, about 15 days each. They are NASA's own forecasts beyond their first day, each with another
/// drag coefficient, so that single ones differ by a third; the drag of the book rests on other data.
#[test]
fn it_sinks_as_fast_as_nasa_flew_it_in_2021() {
    let trajectories = trajectories();
    if trajectories.is_empty() {
        return;
    }
    assert_eq!(trajectories.len(), 9);
    let sky = Sky::of(&book("iss"));
    let (mut days, mut flown_m, mut model_m) = (0.0, 0.0, 0.0);
    for (mass_kg, stretches) in &trajectories {
        for stretch in stretches {
            let length = (stretch[stretch.len() - 1].0 - stretch[0].0).days();
            let rates = stretch.iter().map(|&(at, km)| sky.sinks_m_d(at, km));
            let model_m_d = rates.sum::<f64>() / stretch.len() as f64;
            let own_kg = held(&sky.flying.masses, stretch[0].0);
            println!(
                "{}, {length:.1} d: {:.1} m/d, model {model_m_d:.1}; {:.1} t, book {:.1} t",
                stretch[0].0.date(),
                falls_m_d(stretch),
                mass_kg / 1e3,
                own_kg / 1e3
            );
            assert!((own_kg / mass_kg - 1.0).abs() < 0.03, "{own_kg} kg for {mass_kg} kg");
            days += length;
            flown_m += falls_m_d(stretch) * length;
            model_m += model_m_d * length;
        }
    }
    println!("mean: {:.2} m/d, model {:.2} m/d over {days:.0} days", flown_m / days, model_m / days);
    assert!((model_m / flown_m - 1.0).abs() < 0.15, "{}", model_m / flown_m);
}

/// The decay that element sets print, by years, against the model at their heights. Single sets are off by a third and more; the
/// book's drag coefficient is fitted to all of them at once.
#[test]
fn it_sinks_as_fast_as_element_sets_say() {
    let iss = book("iss");
    let sky = Sky::of(&iss);
    let mut ratios: Vec<f64> = Vec::new();
    let mut years: Vec<f64> = Vec::new();
    for year in 2000..=2026 {
        let (from, to) = (time(&format!("{year}-01-01")), time(&format!("{}-01-01", year + 1)));
        let of_year = iss.element_sets.iter().filter(|set| (from..to).contains(&set.epoch));
        let mut found: Vec<(f64, f64)> = Vec::new();
        // Before the first level of its stores the book's masses do not go.
        for set in of_year.filter(|set| set.epoch > time("2000-11-02")) {
            let height_km = MeanOrbit::of(set).altitude_km;
            // Half the change of mean motion is printed; the axis falls by two thirds of its part.
            let printed_m_d = 2.0 / 3.0 * (6_378.137 + height_km) * 1e3 * 2.0 * set.mean_motion_dot
                / set.mean_motion_rev_day;
            found.push((printed_m_d, sky.sinks_m_d(set.epoch, height_km)));
        }
        if found.is_empty() {
            continue;
        }
        let ratio = median(found.iter().map(|(printed, model)| printed / model).collect());
        println!(
            "{year}: {:2} sets, printed {:4.0} m/d, model {:4.0}, median of ratios {ratio:.2}",
            found.len(),
            median(found.iter().map(|one| one.0).collect()),
            median(found.iter().map(|one| one.1).collect())
        );
        ratios.extend(found.iter().map(|(printed, model)| printed / model));
        years.push(ratio);
    }
    let (of_sets, of_years) = (median(ratios), median(years));
    println!("median of all sets {of_sets:.2}, of all years {of_years:.2}");
    assert!((0.9..1.15).contains(&of_sets) && (0.9..1.15).contains(&of_years), "{of_sets}, {of_years}");
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    if values.len() % 2 == 1 { values[middle] } else { (values[middle - 1] + values[middle]) / 2.0 }
}
