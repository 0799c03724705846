//! The names that rules of a book may use.

use book::Book;
use rules::Lexicon;
use timeline::Unit;

use crate::profiles::{families, persons, segments, vehicles};

const FLIGHT: [&str; 9] =
    ["flight", "vehicle", "family", "partner", "mechanism", "carries", "crew", "outcome", "person"];
const AT_PORT: [&str; 6] = ["port", "port-mechanism", "join", "element", "segment", "owner"];
/// What every planned activity may say.
const ACTIVITY: [&str; 10] =
    ["person", "device", "element", "partner", "owner", "approved", "skill", "segment", "activity", "hold"];

/// The names, types and units of a book: what its files say there can be, whether or not it happens.
#[must_use]
pub fn lexicon(book: &Book) -> Lexicon {
    let mut lexicon = cases(Lexicon::default());
    lexicon = words(lexicon, book);
    for kind in &book.activity_kinds {
        let own: Vec<&str> = kind.attributes.iter().map(String::as_str).chain(ACTIVITY).collect();
        lexicon = lexicon.kind(kind.id.as_str(), &own);
    }
    lexicon = people_and_ports(lexicon, book);
    lexicon = stocks(lexicon, book);
    surroundings(lexicon, book)
}

fn cases(mut lexicon: Lexicon) -> Lexicon {
    for kind in ["flight", "launch", "landing", "visit", "free-flight"] {
        lexicon = lexicon.kind(kind, &FLIGHT);
    }
    for kind in ["docking", "arrival", "relocation", "undocking", "departure", "port-use"] {
        lexicon = lexicon.kind(kind, &FLIGHT).kind(kind, &AT_PORT);
    }
    lexicon
        .number("flight", "life", Unit::DAY)
        .kind("stay", &["person", "partner", "role", "up", "down", "family", "segment"])
        .kind("spacewalk", &["person", "partner", "airlock", "owner"])
        .kind("outage", &["process"])
        .kind("activity", &ACTIVITY)
}

/// A unit of the forecast's.
fn unit(text: &str) -> Unit {
    text.parse().unwrap_or(Unit::NONE)
}

fn words(lexicon: Lexicon, book: &Book) -> Lexicon {
    let vehicles = book.vehicles.iter().map(|vehicle| vehicle.id.to_string());
    let partners = || book.partners.iter().map(|partner| partner.id.to_string());
    let elements = || book.elements.iter().map(|element| element.id.to_string());
    let mut segments: Vec<String> = book.elements.iter().map(|element| element.segment.clone()).collect();
    segments.sort_unstable();
    segments.dedup();
    lexicon
        .words("vehicle", vehicles)
        .words("family", families(book))
        .words("partner", partners())
        .words("owner", partners())
        .words("approved", partners())
        .words("carries", ["crew", "cargo"])
        .words("crew", ["none", "visitors", "expedition"])
        .words("join", ["dock", "berth"])
        .words("outcome", ["success", "partial", "lost", "planned"])
        .words("role", ["commander", "flight-engineer", "visitor"])
        .words("port", book.ports.iter().map(|port| port.id.to_string()))
        .words("element", elements())
        .words("airlock", elements().chain(["shuttle".to_owned()]))
        .words("segment", segments)
        .words("process", book.processes.iter().map(|process| process.id.to_string()))
}

fn people_and_ports(mut lexicon: Lexicon, book: &Book) -> Lexicon {
    let segments = segments(book).into_iter().map(|segment| format!("segment.{segment}"));
    let partners = book.partners.iter().map(|partner| partner.id.to_string());
    let groups = ["aboard".to_owned(), "expedition".to_owned()];
    for group in groups.into_iter().chain(partners).chain(segments) {
        lexicon = lexicon.profile(format!("crew.{group}"), persons());
    }
    for partner in book.partners.iter().filter(|partner| partner.segment.is_some()) {
        lexicon = lexicon.profile(format!("share.{}.crew", partner.id), Unit::NONE);
    }
    for family in families(book).into_iter().chain(["crewed".to_owned()]) {
        lexicon = lexicon.profile(format!("docked.{family}"), vehicles());
    }
    for port in &book.ports {
        lexicon = lexicon.profile(format!("port.{}", port.id), Unit::NONE);
    }
    lexicon.profile("seats.up", persons()).profile("seats.down", persons())
}

/// The profiles that a forecast makes; `forecast::Forecast` says what they are.
fn stocks(mut lexicon: Lexicon, book: &Book) -> Lexicon {
    let per_day = Unit::KILOGRAM.per(&Unit::DAY);
    for store in &book.stores {
        lexicon = lexicon.profile(format!("store.{}_kg", store.id), Unit::KILOGRAM);
        lexicon = lexicon.profile(format!("cabin.{}_kpa", store.id), unit("kPa"));
    }
    for process in &book.processes {
        lexicon = lexicon.profile(format!("process.{}.run", process.id), Unit::NONE);
    }
    for supply in &book.supplies {
        let name = |what: &str| format!("supply.{}{what}", supply.id);
        lexicon = lexicon.profile(name("_kg"), Unit::KILOGRAM).profile(name(".days"), Unit::DAY);
        lexicon = lexicon.profile(name(".use_kg_d"), per_day.clone());
    }
    for channel in &book.power.channels {
        let name = |what: &str| format!("power.{}.{what}", channel.id);
        for what in ["load_kw", "output_kw", "capability_kw"] {
            lexicon = lexicon.profile(name(what), Unit::KILOWATT);
        }
        lexicon = lexicon.profile(name("charge_low"), Unit::NONE).profile(name("charge_high"), Unit::NONE);
    }
    for what in ["load_kw", "capability_kw", "margin_kw"] {
        lexicon = lexicon.profile(format!("power.{what}"), Unit::KILOWATT);
    }
    lexicon.profile("propulsion.delta_v_m_s", unit("m/s")).profile("propulsion.burned_kg", Unit::KILOGRAM)
}

/// The profiles of `orbit::low_orbit`.
fn surroundings(mut lexicon: Lexicon, book: &Book) -> Lexicon {
    for name in ["env.known", "env.sunlit", "env.saa", "link.relay"] {
        lexicon = lexicon.profile(name, Unit::NONE);
    }
    let relays = book.relays.iter().map(|relay| relay.id.to_string());
    let sites = book.sites.iter().map(|site| site.id.to_string());
    let antennas = book.antennas.iter().map(|antenna| antenna.id.to_string());
    for id in relays.chain(sites).chain(antennas) {
        lexicon = lexicon.profile(format!("link.{id}"), Unit::NONE);
    }
    lexicon.profile("env.beta_deg", Unit::DEGREE).profile("env.altitude_km", Unit::KILOMETRE)
}
