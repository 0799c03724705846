//! The element sets and tables of `orbit/`: of the right object, in order, within the book's time.

use orbit::ElementSet;
use timeline::{Finding, Severity, Time};

use super::{Report, should};
use crate::book::Book;
use crate::text::place;

pub(super) fn orbit(book: &Book, report: &mut Report) {
    station(book, report);
    relays(book, report);
    in_order("orbit/elements.json", "epoch", book.element_sets.iter().map(|set| set.epoch), report);
    in_order("orbit/space_weather.csv", "date", book.space_weather.iter().map(|day| day.date), report);
    in_order("orbit/sun_distance.csv", "date", book.sun_distances.iter().map(|one| one.date), report);
    in_order(
        "orbit/earth_orientation.csv",
        "date",
        book.earth_orientation.iter().map(|day| day.date),
        report,
    );
}

fn station(book: &Book, report: &mut Report) {
    for set in &book.element_sets {
        if let Some(number) = book.about.catalogue_number.filter(|&number| number != set.catalogue_number) {
            let message = format!(
                "the element set of {} is of object {}, the station is {number}",
                set.epoch, set.catalogue_number
            );
            report.add(whole_file("orbit/elements.json", "wrong-object", message).mend("take it away"));
        }
        if set.epoch < book.about.began {
            let message = format!("the element set of {} is before the station began", set.epoch);
            report
                .add(whole_file("orbit/elements.json", "epoch-too-early", message).mend("look its epoch up"));
        }
    }
}

/// Element sets are found by catalogue number; a relay without one has only its mean longitude.
fn relays(book: &Book, report: &mut Report) {
    let is_listed = |set: &ElementSet| {
        book.relays.is_empty()
            || book.relays.iter().any(|relay| relay.catalogue_number == Some(set.catalogue_number))
    };
    for set in book.relay_element_sets.iter().filter(|set| !is_listed(set)) {
        let message = format!("`{}` ({}) is no relay of relays.toml", set.name, set.catalogue_number);
        report.add(
            whole_file("orbit/relays.json", "wrong-object", message).mend("take it away, or add the relay"),
        );
    }
    if book.relay_element_sets.is_empty() {
        return;
    }
    for relay in &book.relays {
        let number = relay.catalogue_number;
        if number.is_some() && !book.relay_element_sets.iter().any(|set| Some(set.catalogue_number) == number)
        {
            let message = format!("`{}` has no element set in orbit/relays.json", relay.id);
            let finding = should(relay, "relay-without-elements", message).about(relay.id.as_str());
            report.add(finding.mend("add its element set; until then its mean longitude serves"));
        }
    }
}

/// Whoever interpolates or chooses the nearest needs them in order, each once.
fn in_order(file: &str, what: &str, times: impl Iterator<Item = Time> + Clone, report: &mut Report) {
    for (before, time) in times.clone().zip(times.skip(1)) {
        if time <= before {
            let message = format!("the {what} {time} follows {before}");
            report.add(whole_file(file, "out-of-order", message).mend(format!("sort by {what}, each once")));
        }
    }
}

/// These records do not know their line.
fn whole_file(file: &str, rule: &str, message: String) -> Finding {
    Finding::new(rule, Severity::Must, message).at(place(file, 1, 0))
}
