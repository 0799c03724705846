use crate::books::{book, forecast, scenario, time};

#[test]
fn explore() {
    let iss = book("iss");
    let forecast = forecast(&iss, &scenario(&iss, "2000-11-03", "2026-05-30"));
    let burns = forecast.burns();
    println!("{} burns", burns.len());
    let level = |name: &str, at: timeline::Time| forecast.store(name).unwrap().at(at).unwrap();
    let alt = forecast.profile("env.altitude_km").unwrap();
    for year in 2000..2026 {
        let from = time(&format!("{}-01-01", year.max(2001)));
        let from = if year == 2000 { time("2000-11-04") } else { from };
        let to = time(&format!("{}-01-01", year + 1));
        let days = (to - from).days();
        let of: Vec<_> = burns.iter().filter(|b| from <= b.at && b.at < to).collect();
        let kg: f64 = of.iter().map(|b| b.burned_kg).sum();
        let dv: f64 = of.iter().map(|b| b.delta_v_m_s).sum();
        let want = of.iter().filter(|b| b.delta_v_m_s < b.wanted_m_s).count();
        println!(
            "{year}: burns {} short {want} dv {dv:.1} kg {kg:.0} = {:.1} kg/d alt {:.0}-{:.0} ships {:.0} zarya {:.0} zvezda {:.0}",
            of.len(),
            kg / days,
            alt.minimum(timeline::Interval::new(from, to).unwrap()).unwrap().value,
            alt.maximum(timeline::Interval::new(from, to).unwrap()).unwrap().value,
            level("propellant-ships", to),
            level("propellant-zarya", to),
            level("propellant-zvezda", to)
        );
    }
    for s in forecast.shortfalls() {
        println!("{s:?}");
    }
    for set in &iss.element_sets {
        if set.epoch > time("2000-12-01") {
            let h = orbit::MeanOrbit::of(set).altitude_km;
            if let Some(f) = alt.at(set.epoch) {
                print!("{} {h:.0}/{f:.0}; ", set.epoch.date());
            }
        }
    }
    for total in forecast.totals() {
        println!("{total:?}");
    }
}
