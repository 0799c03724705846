//! Every answer has the fields that docs/api.md promises.

use serde_json::Value;

use crate::client::{books, first_station, get, of_iss, settings, start};

/// Paths with fields that their answer must have; a dot goes deeper, `[]` into a list, some of which must have it.
pub(crate) const PROMISED: [(&str, &[&str]); 23] = [
    (
        "/api/v1/book",
        &[
            "digest",
            "id",
            "title",
            "summary",
            "began",
            "known_until",
            "now",
            "ages.elements.age_days",
            "ages.flights.age_days",
            "ages.levels.age_days",
            "ages.clock",
            "qualities.flights",
            "partners[].short",
            "partners[].colour",
            "centres[].short",
            "elements[].where",
            "elements[].where[].parent",
            "elements[].source",
            "elements[].quality",
            "ports[].direction",
            "ports[].mechanism",
            "vehicles[].seats_down",
            "people[].family_name",
            "sites[].lat_deg",
            "relays[].lon_deg",
            "antennas[].network",
            "supplies[].lines_days",
            "stores[].capacity_kg",
            "processes[].name",
            "activity_kinds[].id",
            "resources[].name",
            "pools[].parts[].share_pct",
        ],
    ),
    (
        "/api/v1/stays",
        &["[].person", "[].name", "[].up", "[].down", "[].from", "[].to", "[].quality", "[].note"],
    ),
    (
        "/api/v1/flights",
        &[
            "[].id",
            "[].vehicle",
            "[].partner",
            "[].kind",
            "[].is_planned",
            "[].launched",
            "[].ended",
            "[].outcome",
            "[].dockings[].port",
            "[].dockings[].planned_to",
            "[].crew_up",
            "[].crew_up_segments",
            "[].cargo",
            "[].source",
        ],
    ),
    (
        "/api/v1/history",
        &[
            "aboard[].count",
            "spacewalks[].duration_min",
            "assembly[].what",
            "near_misses[].title",
            "near_misses[].source",
            "near_misses[].kind",
            "moments[].text",
            "moments[].source",
            "least[].days",
            "least[].at",
        ],
    ),
    (
        "/api/v1/status",
        &[
            "time",
            "shown",
            "aboard[].flight_up",
            "docked[].port",
            "presence.days",
            "next[].what",
            "position.lat_deg",
            "elements_age_days",
        ],
    ),
    ("/api/v1/presence", &["since", "days", "gaps", "person_days.nasa"]),
    ("/api/v1/presence?at=2010-01-01", &["time", "count", "aboard[].name"]),
    ("/api/v1/orbit/state", &["frame", "position_km", "velocity_km_s", "error_km", "warning"]),
    (
        "/api/v1/track",
        &["from", "to", "step_s", "lat_deg[]", "lon_deg[]", "height_km[]", "sunlit[]", "source", "age_days"],
    ),
    ("/api/v1/events", &["[].kind", "[].start", "[].end", "[].error_km"]),
    ("/api/v1/contacts", &["[].site", "[].rise.azimuth_deg", "[].culmination.elevation_deg"]),
    ("/api/v1/passes?site=paris&from=2026-05-16&to=2026-05-30", &["[].magnitude", "[].text", "[].appears"]),
    ("/api/v1/profiles/names", &["[].name", "[].unit", "[].kind", "[].group", "[].from", "[].to"]),
    ("/api/v1/profiles?name=supply.water.days", &["[].name", "[].unit", "[].form", "[].points"]),
    (
        "/api/v1/profiles?name=power.1a.charge_low&from=2010-01-01&pixels=50",
        &["[].from", "[].min[]", "[].max[]", "[].mean[]", "[].first[]", "[].last[]"],
    ),
    (
        "/api/v1/forecast",
        &[
            "as_of",
            "reserve[].days_left",
            "reserve[].quality",
            "reserve[].lines",
            "crew_limit[].binds",
            "arrivals[].certainty",
            "assumptions",
        ],
    ),
    (
        "/api/v1/flows",
        &[
            "at",
            "processes[].name",
            "processes[].flows[].store",
            "processes[].flows[].kg_d",
            "loads[].name",
            "loads[].channels",
            "loads[].kw",
            "channels[].kw",
        ],
    ),
    (
        "/api/v1/losses",
        &["verdict", "statement", "secure_until", "crewed_until", "losses[].verdict", "repairs"],
    ),
    (
        "/api/v1/findings?from=2026-01-01",
        &["[].rule", "[].title", "[].severity", "[].start", "[].message", "[].mend"],
    ),
    ("/api/v1/rules", &["[].id", "[].text", "[].source", "[].file", "[].line", "[].standing"]),
    ("/api/v1/rules?from=2026-01-01", &["[].standing", "[].breaches", "[].why"]),
    ("/api/v1/plans", &["[].id", "[].title", "[].from", "[].made", "[].state"]),
    ("/api/v1/session", &["name", "partner", "role", "accounts", "may[]", "expires"]),
];

#[test]
fn every_promised_field_is_there() {
    let address = of_iss();
    for (path, fields) in PROMISED {
        let response = get(address, path);
        let json = response.json();
        assert_eq!(response.status, 200, "{path}: {json}");
        for field in fields {
            assert!(has(&json, field), "{path} has no {field}");
        }
    }
}

/// Whether a field is there, be it null.
fn has(value: &Value, path: &str) -> bool {
    let Some((first, rest)) = step(path) else { return true };
    match first {
        "[]" => value.as_array().is_some_and(|list| list.iter().any(|one| has(one, rest))),
        name => value.get(name).is_some_and(|inner| has(inner, rest)),
    }
}

fn step(path: &str) -> Option<(&str, &str)> {
    let path = path.strip_prefix('.').unwrap_or(path);
    if path.is_empty() {
        return None;
    }
    match path.strip_prefix("[]") {
        Some(rest) => Some(("[]", rest)),
        None => Some(path.split_at(path.find(['.', '[']).unwrap_or(path.len()))),
    }
}

#[test]
fn any_book_answers_or_says_why_not() {
    let running = start(first_station(), settings());
    for (path, _) in PROMISED {
        let response = get(running.address, path);
        match response.status {
            200 | 304 => {
                response.json();
            }
            400 | 422 => {
                response.problem();
            }
            other => panic!("{path}: {other} {}", response.json()),
        }
    }
}

#[test]
fn answers_agree_with_each_other() {
    let address = of_iss();
    let history = get(address, "/api/v1/history").json();
    let last = history["aboard"].as_array().and_then(|steps| steps.last()).expect("somebody was aboard");
    let by_partner: u64 =
        last["count"].as_object().expect("by partner").values().filter_map(Value::as_u64).sum();
    let status = get(address, "/api/v1/status").json();
    assert_eq!(status["shown"], "last-known");
    let aboard = status["aboard"].as_array().map_or(0, Vec::len) as u64;
    assert_eq!(by_partner, aboard);
    let crew = get(address, "/api/v1/profiles?name=crew.aboard&from=1998-11-20&to=2026-05-30").json();
    let points = crew[0]["points"].as_array().expect("it has few changes");
    assert_eq!(points.last().and_then(|point| point[1].as_f64()), Some(aboard as f64));
    let flights = get(address, "/api/v1/flights").json();
    let flights = flights.as_array().expect("a list");
    assert!(
        flights.iter().any(|flight| flight["is_planned"] == true && flight["dockings"][0]["port"].is_null())
    );
    let launched = |flight: &Value| flight["launched"].as_str().map(str::to_owned);
    assert!(flights.iter().filter_map(launched).is_sorted(), "flights are in order of launch");
}

#[test]
fn the_words_of_history_are_the_book_s() {
    let history = get(of_iss(), "/api/v1/history").json();
    let text = std::fs::read_to_string(books().join("iss/moments.toml")).expect("the book tells of moments");
    let moments = history["moments"].as_array().expect("a list");
    assert_eq!(moments.len(), text.matches("[[moment]]").count());
    for moment in moments {
        assert!(text.contains(moment["text"].as_str().expect("it has a text")), "{moment}");
    }
    let misses = history["near_misses"].as_array().expect("a list");
    let food = misses.iter().find(|miss| miss["rule"] == "food-leave").expect("2004 was near");
    assert_eq!((food["moment"].as_str(), food["kind"].as_str()), (Some("food-2004"), Some("near-miss")));
    assert!(
        misses.iter().any(|miss| miss["kind"] == "data-fault"),
        "what the data got wrong is said to be so"
    );
    let least = history["least"].as_array().expect("a list");
    let food = least.iter().find(|one| one["supply"] == "food").expect("food is a supply");
    assert!(food["days"].as_f64().is_some_and(|days| days < 15.0), "{food}");
    assert!(food["at"].as_str().is_some_and(|at| at.starts_with("2004-12")), "{food}");
}

#[test]
fn another_future_is_another_answer() {
    let address = of_iss();
    let path = "/api/v1/profiles?name=supply.food_kg&from=2026-06-01&to=2026-10-01&pixels=20";
    let planned = get(address, path).json();
    let without = get(address, &format!("{path}&without=spx-35")).json();
    let last = |json: &Value| {
        let of_columns = json[0]["last"].as_array().and_then(|all| all.last());
        let of_points = json[0]["points"].as_array().and_then(|all| all.last()).map(|point| &point[1]);
        of_columns.or(of_points).and_then(Value::as_f64).expect("a number")
    };
    assert!(last(&without) < last(&planned) - 100.0, "CRS-35 was to bring food");
}

#[test]
fn a_flight_that_slips_is_another_future() {
    let address = of_iss();
    let list = |path: &str| get(address, &format!("/api/v1/{path}")).json();
    let level = |slip: &str| {
        let path = format!("profiles?name=store.food-us_kg&from=2026-09-20&to=2026-09-21{slip}");
        list(&path)[0]["points"][0][1].as_f64().expect("a number")
    };
    let (planned, slipped) = (level(""), level("&slip=spx-35%2B60d"));
    assert!(slipped < planned - 100.0, "CRS-35 was to bring food: {slipped} of {planned} kg");
    let arrives = |slip: &str| {
        let arrivals =
            list(&format!("forecast?slip={slip}"))["arrivals"].as_array().cloned().expect("a list");
        let found = arrivals.into_iter().find(|one| one["flight"] == "spx-35").expect("it comes");
        found["at"].as_str().expect("a time").to_owned()
    };
    assert_eq!(arrives("spx-35@2026-11-03"), "2026-11-03T00:00:00Z");
    // A plus that nobody encoded comes as a blank.
    assert_eq!(arrives("spx-35+60d"), arrives("spx-35%2B60d"));
    let losses = list("losses?slip=spx-35@2026-11-03");
    let of = |loss: &&Value| loss["of"] == "spx-35" && loss["loss"] == "lost";
    let lost = losses["losses"].as_array().and_then(|all| all.iter().find(of)).expect("it can be lost");
    assert!(lost["known"].as_str() > Some("2026-11-01"), "it is launched later as well: {lost}");
    // Without the ships of half a year the reserves of food break rules that the plan keeps.
    let broken = |slip: &str| list(&format!("findings?{slip}")).as_array().map_or(0, Vec::len);
    let none = broken("slip=spx-35%2B0d");
    let late = ["spx-35", "progress-ms-35", "ng-25", "htv-x2", "progress-ms-36"];
    let late: Vec<String> = late.iter().map(|flight| format!("slip={flight}%2B300d")).collect();
    assert!(broken(&late.join("&")) > none, "{none}");
}

#[test]
fn what_flows_at_a_moment_explains_how_stores_change() {
    let address = of_iss();
    let flows = get(address, "/api/v1/flows?at=2026-06-10").json();
    let into = |store: &str| -> f64 {
        let processes = flows["processes"].as_array().expect("processes");
        let all = processes.iter().filter_map(|one| one["flows"].as_array()).flatten();
        all.filter(|flow| flow["store"] == store).filter_map(|flow| flow["kg_d"].as_f64()).sum()
    };
    // Within a quiet day a store changes by what flows into it, less what flows out; half a day is short against any change of rates.
    for store in ["water-us", "water-ru", "urine-us", "cabin-co2", "cabin-oxygen", "food-us", "food-ru"] {
        let path = format!(
            "profiles?name=store.{store}_kg&from=2026-06-10&to=2026-06-10T12:00Z&as_of=2026-05-30T12:25Z"
        );
        let points = get(address, &format!("/api/v1/{path}")).json()[0]["points"].clone();
        let value = |point: Option<&Value>| point.and_then(|point| point[1].as_f64()).expect("a level");
        let points = points.as_array().expect("points");
        let changed = (value(points.last()) - value(points.first())) * 2.0;
        assert!(
            (into(store) - changed).abs() < 0.05,
            "{store}: flows {} kg/d, changes {changed}",
            into(store)
        );
    }
    let sum = |list: &str, share: &dyn Fn(&Value) -> f64| -> f64 {
        let all = flows[list].as_array().expect("a list").iter();
        all.map(|one| one["kw"].as_f64().expect("kW") * share(one)).sum()
    };
    let profile = get(address, "/api/v1/profiles?name=power.load_kw&from=2026-06-10&to=2026-06-11").json();
    let told = profile[0]["points"][0][1].as_f64().expect("a load");
    let given = sum("channels", &|_| 1.0);
    assert!((given - told).abs() < 0.001, "{given} of {told} kW");
    // What the US channels give beyond their own loads arrives in the Russian segment, but for a tenth that the converters of the book lose.
    let is_russian = |one: &Value| f64::from(u8::from(one["channel"] == "ru"));
    let on_russian = |one: &Value| f64::from(u8::from(one["channels"][0] == "ru"));
    let lacking = sum("loads", &on_russian) - sum("channels", &is_russian);
    let beyond = given - sum("loads", &|_| 1.0) + lacking;
    assert!(lacking > 1.0 && (beyond * 0.9 - lacking).abs() < 0.01, "{beyond} kW sent, {lacking} kW wanted");
}

#[test]
fn a_reserve_says_how_well_it_is_known() {
    let quality = |asked: &str, store: &str| {
        let forecast = get(of_iss(), &format!("/api/v1/forecast{asked}")).json();
        let found =
            forecast["reserve"].as_array().and_then(|all| all.iter().find(|one| one["store"] == store));
        found.map(|one| one["quality"].clone()).expect("it is there")
    };
    let (book, _) = crate::client::iss();
    let of_water =
        book.stores.iter().filter(|store| store.supply.as_ref().is_some_and(|one| one.as_str() == "water"));
    let levels =
        of_water.map(|store| book.level_at(&store.id, book.about.known_until).expect("it was counted"));
    let worst = levels.map(|level| level.provenance.quality).max().expect("water has stores");
    assert_eq!(quality("", "water"), record::Word::word(worst));
    let set = "?set=store.water-us_kg%3D100@2026-05-30T12:25:00Z";
    assert_eq!((quality(set, "water-us"), quality(set, "water")), ("assumed".into(), "assumed".into()));
}

#[test]
fn peaks_are_kept() {
    let address = of_iss();
    let path = "/api/v1/profiles?name=crew.aboard&from=2000-11-02&to=2026-05-30";
    let exact = get(address, &format!("{path}&pixels=4000")).json();
    let few = get(address, &format!("{path}&pixels=30")).json();
    let points = exact[0]["points"].as_array().expect("exact");
    let most = points.iter().filter_map(|point| point[1].as_f64()).fold(0.0, f64::max);
    let columns = few[0]["max"].as_array().expect("columns");
    assert!(columns.len() <= 30);
    assert_eq!(columns.iter().filter_map(Value::as_f64).fold(0.0, f64::max), most);
}
