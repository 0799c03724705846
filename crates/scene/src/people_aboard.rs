//! Stays, spacewalks and outages as cases.

use std::collections::BTreeMap;

use book::Book;
use people::Exit;
use rules::Case;

use crate::flights::or_known;

pub(crate) fn cases(book: &Book) -> Vec<Case> {
    let mut cases = stays(book);
    cases.extend(spacewalks(book));
    cases.extend(outages(book));
    cases
}

fn stays(book: &Book) -> Vec<Case> {
    let mut counted: BTreeMap<String, u32> = BTreeMap::new();
    let mut cases = Vec::new();
    for one in book.aboard() {
        let stay = one.stay;
        let name = format!("{}.stay-{}", stay.person, stay.up);
        let times = counted.entry(name.clone()).or_default();
        *times += 1;
        let id = if *times == 1 { name } else { format!("{name}-{times}") };
        let until = or_known(book, Some(one.interval.end()));
        let mut case = Case::new(id, "stay", one.interval.start(), until)
            .with("person", stay.person.as_str())
            .with("partner", stay.partner.as_str())
            .with("role", stay.role.to_string())
            .with("up", stay.up.as_str());
        if let Some(down) = &stay.down {
            case = case.with("down", down.as_str());
        }
        if let Some(vehicle) = book.vehicle_of(&stay.up) {
            case = case.with("family", vehicle.family.clone());
        }
        if let Some(segment) = book.segment_of(stay) {
            case = case.with("segment", segment);
        }
        cases.push(case);
    }
    cases
}

fn spacewalks(book: &Book) -> Vec<Case> {
    let aboard = book.aboard();
    let of_walk = |walk: &people::Spacewalk| {
        let airlock = match &walk.exit {
            Exit::Element(element) => element.as_str(),
            Exit::Shuttle => "shuttle",
        };
        let outside = walk.crew.iter().map(record::PersonId::as_str);
        let owner = match &walk.exit {
            Exit::Element(element) => book.elements.get(element).map(|element| element.owner.to_string()),
            Exit::Shuttle => None,
        };
        let partners = aboard
            .iter()
            .filter(|one| one.interval.contains(walk.start) && walk.crew.contains(&one.stay.person))
            .map(|one| one.stay.partner.as_str());
        let case = Case::new(format!("{}.spacewalk", walk.id), "spacewalk", walk.start, walk.end)
            .with_all("person", outside)
            .with("airlock", airlock)
            .with_all("partner", partners);
        owner.into_iter().fold(case, |case, owner| case.with("owner", owner))
    };
    book.spacewalks.iter().map(|walk| of_walk(walk)).collect()
}

fn outages(book: &Book) -> Vec<Case> {
    let mut cases = Vec::new();
    for (at, outage) in book.outages.iter().enumerate() {
        if let Some(interval) = outage.interval() {
            let end = or_known(book, Some(interval.end()));
            let case =
                Case::new(format!("{}.outage-{}", outage.process, at + 1), "outage", interval.start(), end);
            cases.push(case.with("process", outage.process.as_str()));
        }
    }
    cases
}
