//! People, seats and ports as profiles.

use std::collections::BTreeMap;

use book::Book;
use people::{Aboard, Role};
use station::Scale;
use timeline::{Interval, Profile, Time, Unit};

/// The unit of people and of the seats they need.
pub(crate) fn persons() -> Unit {
    "persons".parse().unwrap_or(Unit::NONE)
}

/// All profiles of a book over `within`.
pub(crate) fn of_book(book: &Book, within: Interval) -> Vec<Profile> {
    let mut profiles = vec![book.crew_profile(within)];
    let partners = book.partners.iter().map(|partner| Scale::Partner(partner.id.clone()));
    let segments = segments(book).into_iter().map(Scale::Segment);
    profiles.extend(partners.chain(segments).map(|scale| book.crew_profile_of(&scale, within)));
    profiles.push(expedition(book, within, |_| true).named("crew.expedition"));
    profiles.extend(seats(book, within));
    profiles.extend(docked(book, within));
    let dockings = book.dockings.iter().map(|docking| &docking.value);
    profiles.extend(traffic::port_profiles(dockings, within));
    profiles.extend(shares(book, within));
    profiles
}

/// The segments on whose stores people live.
pub(crate) fn segments(book: &Book) -> Vec<String> {
    let mut segments: Vec<String> =
        book.partners.iter().filter_map(|partner| partner.segment.clone()).collect();
    segments.sort_unstable();
    segments.dedup();
    segments
}

/// The families of vehicles.
pub(crate) fn families(book: &Book) -> Vec<String> {
    let mut families: Vec<String> = book.vehicles.iter().map(|vehicle| vehicle.family.clone()).collect();
    families.sort_unstable();
    families.dedup();
    families
}

/// Those of the expedition aboard, without visitors.
fn expedition(book: &Book, within: Interval, counts: impl Fn(&Aboard<'_>) -> bool) -> Profile {
    let mut aboard = book.aboard();
    aboard.retain(|one| one.stay.role != Role::Visitor && counts(one));
    people::crew_profile(&aboard, within)
}

/// Seats of the vehicles that are here, from first docking to last undocking: one that moves to another port still has its crew,
/// one that is unfit takes nobody home.
fn seats(book: &Book, within: Interval) -> Vec<Profile> {
    let visits = traffic::visits(book.dockings.iter().map(|docking| &docking.value));
    let (mut up, mut down) = (Vec::new(), Vec::new());
    for (flight, visit) in visits {
        let Some(vehicle) = book.vehicle_of(flight) else { continue };
        let Some(inside) = visit.intersection(within) else { continue };
        up.extend([
            (inside.start(), f64::from(vehicle.seats.up)),
            (inside.end(), -f64::from(vehicle.seats.up)),
        ]);
        let steps = traffic::seats_of_visit(vehicle.seats.down, inside, &book.fitness_of(flight));
        let changes = traffic::seat_changes(&steps, inside.end());
        down.extend(changes.into_iter().map(|(at, seats)| (at, seats as f64)));
    }
    let of = |name: &str, changes| Profile::from_changes(name, persons(), within, 0.0, changes).ok();
    [of("seats.up", up), of("seats.down", down)].into_iter().flatten().collect()
}

/// How many vehicles of each family are here, and how many that carry crew.
fn docked(book: &Book, within: Interval) -> Vec<Profile> {
    let visits = traffic::visits(book.dockings.iter().map(|docking| &docking.value));
    let mut changes: BTreeMap<String, Vec<(Time, f64)>> = BTreeMap::new();
    for family in families(book) {
        changes.insert(family, Vec::new());
    }
    changes.insert("crewed".to_owned(), Vec::new());
    for (flight, visit) in visits {
        let Some(vehicle) = book.vehicle_of(flight) else { continue };
        let Some(inside) = visit.intersection(within) else { continue };
        let both = [(inside.start(), 1.0), (inside.end(), -1.0)];
        changes.entry(vehicle.family.clone()).or_default().extend(both);
        if vehicle.crewed {
            changes.entry("crewed".to_owned()).or_default().extend(both);
        }
    }
    let profile = |(family, changes): (String, Vec<(Time, f64)>)| {
        Profile::from_changes(format!("docked.{family}"), vehicles(), within, 0.0, changes).ok()
    };
    changes.into_iter().filter_map(profile).collect()
}

/// The unit of `docked.*`.
pub(crate) fn vehicles() -> Unit {
    "vehicles".parse().unwrap_or(Unit::NONE)
}

/// What part each partner has of the expedition's crew that lives on its segment: `share.<partner>.crew`.
fn shares(book: &Book, within: Interval) -> Vec<Profile> {
    let mut profiles = Vec::new();
    for partner in &book.partners {
        let Some(segment) = partner.segment.as_deref() else { continue };
        let all = expedition(book, within, |one| book.segment_of(one.stay) == Some(segment));
        let own = expedition(book, within, |one| one.stay.partner == partner.id);
        let share = own.combine(&all, Unit::NONE, |own, all| if all > 0.0 { own / all } else { 0.0 });
        profiles.extend(share.ok().map(|share| share.named(format!("share.{}.crew", partner.id))));
    }
    profiles
}
