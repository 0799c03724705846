//! Antennas: they speak with relays that are there, turn the right way round, and have a link of their own.

use partnership::Antenna;
use record::Sourced;

use super::service::dates;
use super::{Report, must};
use timeline::did_you_mean;

use crate::book::Book;

pub(super) fn antennas(book: &Book, report: &mut Report) {
    for antenna in &book.antennas {
        network(antenna, book, report);
        zones(antenna, report);
        link(antenna, book, report);
        dates(antenna, antenna.from, antenna.until, report);
    }
}

/// The network has a relay, and the relays named are of it.
fn network(antenna: &Sourced<Antenna>, book: &Book, report: &mut Report) {
    let known = book.relays.iter().map(|relay| relay.network.as_str());
    if book.relays.is_whole() && !known.clone().any(|network| network == antenna.network) {
        let message =
            format!("`{}` names the network `{}`, to which no relay belongs", antenna.id, antenna.network);
        let mend = did_you_mean(&antenna.network, known, "name the network of a relay, or add its relays");
        report.add(must(antenna, "network-unknown", message).about(antenna.id.as_str()).mend(mend));
        return;
    }
    for relay in antenna.relays.iter().filter_map(|relay| book.relays.get(relay)) {
        if relay.network != antenna.network {
            let message =
                format!("`{}` speaks with `{}`, but `{}` does not", antenna.id, antenna.network, relay.id);
            let finding = must(antenna, "relay-of-other-network", message).about(antenna.id.as_str());
            report.add(finding.about(relay.id.as_str()).mend("name relays of the antenna's network only"));
        }
    }
}

/// A zone of which nothing is left blocks nothing, and was meant otherwise.
fn zones(antenna: &Sourced<Antenna>, report: &mut Report) {
    for zone in &antenna.blocked {
        for (what, from, to) in [
            ("along", zone.along_from_deg, zone.along_to_deg),
            ("across", zone.across_from_deg, zone.across_to_deg),
        ] {
            if from >= to {
                let message =
                    format!("a blocked zone of `{}` reaches {what} from {from}° to {to}°", antenna.id);
                let finding = must(antenna, "zone-reversed", message).about(antenna.id.as_str());
                report.add(finding.mend("give the lesser angle first, forward and starboard positive"));
            }
        }
    }
}

/// Relays and sites have profiles by the same kind of name.
fn link(antenna: &Sourced<Antenna>, book: &Book, report: &mut Report) {
    let id = antenna.id.as_str();
    let is_site = book.sites.iter().any(|site| site.id.as_str() == id);
    if id == "relay" || is_site || book.relays.iter().any(|relay| relay.id.as_str() == id) {
        let message = format!("the profile `link.{id}` would be of the antenna and of another");
        report.add(must(antenna, "link-twice", message).about(id).mend("give the antenna another id"));
    }
}
