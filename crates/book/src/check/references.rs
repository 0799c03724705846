//! Every id that a record names is the id of a record.

use std::collections::BTreeSet;

use record::{Id, Sourced};
use timeline::{Finding, did_you_mean};

use super::{Report, must};
use crate::book::Book;
use crate::table::{Named, Table};

pub(super) fn references(book: &Book, report: &mut Report) {
    ground(book, report);
    structure(book, report);
    people(book, report);
    traffic(book, report);
    stocks(book, report);
    power(book, report);
    segments(book, report);
    for rule in &book.rules {
        Naming { record: rule, subject: rule.id.as_str() }.names(&rule.owner, &book.partners, report);
    }
}

fn ground(book: &Book, report: &mut Report) {
    for centre in &book.centres {
        let one = Naming { record: centre, subject: centre.id.as_str() };
        one.names(&centre.partner, &book.partners, report);
        one.may_name(centre.site.as_ref(), &book.sites, report);
    }
    for site in &book.sites {
        Naming { record: site, subject: site.id.as_str() }.may_name(
            site.partner.as_ref(),
            &book.partners,
            report,
        );
    }
    for relay in &book.relays {
        Naming { record: relay, subject: relay.id.as_str() }.names(&relay.partner, &book.partners, report);
    }
    for antenna in &book.antennas {
        let one = Naming { record: antenna, subject: antenna.id.as_str() };
        one.names(&antenna.partner, &book.partners, report);
        for relay in &antenna.relays {
            one.names(relay, &book.relays, report);
        }
    }
}

fn structure(book: &Book, report: &mut Report) {
    for element in &book.elements {
        let one = Naming { record: element, subject: element.id.as_str() };
        one.names(&element.owner, &book.partners, report);
        one.may_name(element.flight.as_ref(), &book.flights, report);
        for placement in &element.placements {
            one.may_name(placement.parent.as_ref(), &book.elements, report);
        }
        for share in &element.uses {
            one.names(&share.partner, &book.partners, report);
        }
    }
    for port in &book.ports {
        let one = Naming { record: port, subject: port.id.as_str() };
        one.names(&port.element, &book.elements, report);
        one.may_name(port.adapter.as_ref(), &book.elements, report);
        for blocked in &port.blocks {
            one.names(blocked, &book.ports, report);
        }
    }
    for vehicle in &book.vehicles {
        Naming { record: vehicle, subject: vehicle.id.as_str() }.names(
            &vehicle.partner,
            &book.partners,
            report,
        );
    }
}

fn people(book: &Book, report: &mut Report) {
    for person in &book.people {
        Naming { record: person, subject: person.id.as_str() }.names(&person.partner, &book.partners, report);
    }
    for stay in &book.stays {
        let one = Naming { record: stay, subject: stay.person.as_str() };
        one.names(&stay.person, &book.people, report);
        one.names(&stay.up, &book.flights, report);
        one.may_name(stay.down.as_ref(), &book.flights, report);
        one.names(&stay.partner, &book.partners, report);
    }
    for walk in &book.spacewalks {
        let one = Naming { record: walk, subject: walk.id.as_str() };
        for person in &walk.crew {
            one.names(person, &book.people, report);
        }
        if let people::Exit::Element(element) = &walk.exit {
            one.names(element, &book.elements, report);
        }
    }
}

fn traffic(book: &Book, report: &mut Report) {
    for flight in &book.flights {
        let one = Naming { record: flight, subject: flight.id.as_str() };
        one.names(&flight.vehicle, &book.vehicles, report);
        for element in &flight.elements {
            one.names(element, &book.elements, report);
        }
    }
    for plan in &book.plans {
        Naming { record: plan, subject: plan.flight.as_str() }.names(&plan.vehicle, &book.vehicles, report);
    }
    for docking in &book.dockings {
        let one = Naming { record: docking, subject: docking.flight.as_str() };
        one.names(&docking.flight, &book.flights, report);
        one.names(&docking.port, &book.ports, report);
    }
    for fitness in &book.fitness {
        let one = Naming { record: fitness, subject: fitness.flight.as_str() };
        one.names(&fitness.flight, &book.flights, report);
    }
    for cargo in &book.cargo {
        Naming { record: cargo, subject: cargo.flight.as_str() }.names(&cargo.flight, &book.flights, report);
    }
}

fn stocks(book: &Book, report: &mut Report) {
    for store in &book.stores {
        let one = Naming { record: store, subject: store.id.as_str() };
        one.may_name(store.supply.as_ref(), &book.supplies, report);
        one.names(&store.owner, &book.partners, report);
    }
    for level in &book.levels {
        Naming { record: level, subject: level.store.as_str() }.names(&level.store, &book.stores, report);
    }
    for process in &book.processes {
        let one = Naming { record: process, subject: process.id.as_str() };
        for flow in process.inputs.iter().chain(&process.outputs) {
            one.names(&flow.store, &book.stores, report);
            one.may_name(flow.of.as_ref(), &book.commodities, report);
        }
        one.may_name(process.hold.as_ref().map(|hold| &hold.store), &book.stores, report);
        one.may_name(process.batch.as_ref().map(|batch| &batch.store), &book.stores, report);
        one.may_name(process.part_of.as_ref().map(|part| &part.store), &book.stores, report);
        let spare = process.repair.as_ref().and_then(|repair| repair.spare.as_ref());
        one.may_name(spare.map(|spare| &spare.0), &book.stores, report);
        for need in &process.needs {
            one.names(need, &book.processes, report);
        }
        for channel in &process.channels {
            one.names(channel, &book.power.channels, report);
        }
    }
    for delivery in &book.deliveries {
        for share in &delivery.into {
            Naming { record: delivery, subject: &delivery.family }.names(&share.store, &book.stores, report);
        }
    }
    for engine in &book.flying.engines {
        if let station::Tank::Store(store) = &engine.tank {
            Naming { record: engine, subject: engine.id.as_str() }.names(store, &book.stores, report);
        }
    }
    for measure in &book.policy {
        let one = Naming { record: measure, subject: measure.id.as_str() };
        for supply in measure.call.iter().flat_map(|call| &call.supplies) {
            one.names(supply, &book.supplies, report);
        }
        if let station::Response::Stop { processes } | station::Response::Leave { processes, .. } =
            &measure.does
        {
            for process in processes {
                one.names(process, &book.processes, report);
            }
        }
    }
    for outage in &book.outages {
        let one = Naming { record: outage, subject: outage.process.as_str() };
        one.names(&outage.process, &book.processes, report);
    }
}

fn power(book: &Book, report: &mut Report) {
    let power = &book.power;
    for channel in &power.channels {
        Naming { record: channel, subject: channel.id.as_str() }.names(
            &channel.owner,
            &book.partners,
            report,
        );
    }
    for wing in &power.wings {
        Naming { record: wing, subject: wing.id.as_str() }.names(&wing.channel, &power.channels, report);
    }
    for battery in &power.batteries {
        let one = Naming { record: battery, subject: battery.id.as_str() };
        one.names(&battery.channel, &power.channels, report);
    }
    for load in &power.loads {
        for channel in &load.channels {
            Naming { record: load, subject: load.id.as_str() }.names(channel, &power.channels, report);
        }
    }
    for transfer in &power.transfers {
        for channel in transfer.giving.iter().chain([&transfer.to]) {
            Naming { record: transfer, subject: transfer.id.as_str() }.names(
                channel,
                &power.channels,
                report,
            );
        }
    }
    for cooling in &power.loops {
        for channel in &cooling.channels {
            Naming { record: cooling, subject: cooling.id.as_str() }.names(channel, &power.channels, report);
        }
    }
}

/// Segments have no records of their own: they are what the elements say.
fn segments(book: &Book, report: &mut Report) {
    if !book.elements.is_whole() {
        return;
    }
    let known: BTreeSet<&str> = book.elements.iter().map(|element| element.segment.as_str()).collect();
    for partner in &book.partners {
        if let Some(segment) = &partner.segment {
            Naming { record: partner, subject: partner.id.as_str() }.lies_in(segment, &known, report);
        }
    }
    for channel in &book.power.channels {
        Naming { record: channel, subject: channel.id.as_str() }.lies_in(&channel.segment, &known, report);
    }
    for plan in &book.plans {
        for segment in plan.up.iter().chain(&plan.down) {
            Naming { record: plan, subject: plan.flight.as_str() }.lies_in(segment, &known, report);
        }
    }
    for store in &book.stores {
        Naming { record: store, subject: store.id.as_str() }.lies_in(&store.segment, &known, report);
    }
    of_planning(book, &known, report);
}

fn of_planning(book: &Book, known: &BTreeSet<&str>, report: &mut Report) {
    for pool in &book.pools {
        if let Some(segment) = &pool.segment {
            Naming { record: pool, subject: pool.id.as_str() }.lies_in(segment, known, report);
        }
    }
    for day in &book.planning.days {
        for segment in &day.segments {
            Naming { record: day, subject: day.id.as_str() }.lies_in(segment, known, report);
        }
    }
    for holiday in &book.planning.holidays {
        for segment in &holiday.segments {
            let subject = holiday.day.to_string();
            Naming { record: holiday, subject: &subject }.lies_in(segment, known, report);
        }
    }
    for block in &book.planning.blocks {
        for segment in &block.segments {
            Naming { record: block, subject: block.id.as_str() }.lies_in(segment, known, report);
        }
    }
    for request in &book.requests {
        for segment in request.crew.iter().flat_map(|role| &role.segments) {
            Naming { record: request, subject: request.id.as_str() }.lies_in(segment, known, report);
        }
    }
    for kind in &book.activity_kinds {
        for also in &kind.also {
            Naming { record: kind, subject: kind.id.as_str() }.names(also, &book.activity_kinds, report);
        }
    }
}

/// A record that names others.
pub(super) struct Naming<'a, T> {
    pub(super) record: &'a Sourced<T>,
    pub(super) subject: &'a str,
}

impl<T> Naming<'_, T> {
    pub(super) fn names<O: Named>(&self, id: &O::Id, table: &Table<O>, report: &mut Report) {
        if !table.knows(id.as_str()) {
            let known: Vec<&str> = table.ids().map(Id::as_str).collect();
            let message =
                format!("`{}` names the {} `{id}`, which the book does not have", self.subject, O::Id::WHAT);
            let finding = must(self.record, "id-unknown", message).about(self.subject);
            report.add(unknown(finding, O::Id::WHAT, id.as_str(), &known));
        }
    }

    pub(super) fn lies_in(&self, segment: &str, known: &BTreeSet<&str>, report: &mut Report) {
        if known.contains(segment) {
            return;
        }
        let message =
            format!("`{}` names the segment `{segment}`, to which no element belongs", self.subject);
        let mend = did_you_mean(segment, known.iter().copied(), "name a segment of elements.toml");
        report.add(must(self.record, "segment-unknown", message).about(self.subject).mend(mend));
    }

    pub(super) fn may_name<O: Named>(&self, id: Option<&O::Id>, table: &Table<O>, report: &mut Report) {
        if let Some(id) = id {
            self.names(id, table, report);
        }
    }
}

/// Apart from [`Naming::names`], of which there is one for every kind of record and of what it names.
fn unknown(finding: Finding, what: &str, id: &str, known: &[&str]) -> Finding {
    let add = format!("add the {what} `{id}`, or name another");
    finding.about(id).mend(did_you_mean(id, known.iter().copied(), &add))
}
