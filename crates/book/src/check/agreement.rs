//! Who decides what: everybody named is there, every touch has a clause, every clause a use, every question an end.

use std::collections::BTreeSet;

use partnership::{
    Agreement, Body, Clause, Decides, Otherwise, PartnerKind, Term, TouchKind, Urgency, Voice, Whose,
};
use record::{Sourced, Word};

use super::references::Naming;
use super::{Report, must};
use crate::book::Book;

pub(super) fn agreement(book: &Book, report: &mut Report) {
    names(book, report);
    let agreement = book.agreed.agreement();
    for body in &book.agreed.bodies {
        members(body, book, report);
        end(body, &agreement, book, report);
    }
    terms(&book.agreed.terms, report);
    voices(book, report);
    leads(book, report);
    for clause in &book.agreed.clauses {
        decides(clause, &agreement, report);
    }
    if book.agreed.is_whole() && !book.agreed.clauses.is_empty() {
        coverage(book, &agreement, report);
    }
    arrangements(book, report);
}

fn names(book: &Book, report: &mut Report) {
    let agreed = &book.agreed;
    for body in &agreed.bodies {
        let one = Naming { record: body, subject: body.id.as_str() };
        for member in body.members.iter().chain(&body.chair) {
            one.names(member, &book.partners, report);
        }
        one.may_name(body.refers_to.as_ref(), &agreed.bodies, report);
    }
    for term in &agreed.terms {
        Naming { record: term, subject: term.body.as_str() }.names(&term.body, &agreed.bodies, report);
    }
    for voice in &agreed.voices {
        let one = Naming { record: voice, subject: voice.partner.as_str() };
        one.names(&voice.partner, &book.partners, report);
        one.names(&voice.centre, &book.centres, report);
        for kind in &voice.kinds {
            one.names(kind, &book.activity_kinds, report);
        }
    }
    for lead in &agreed.leads {
        Naming { record: lead, subject: lead.centre.as_str() }.names(&lead.centre, &book.centres, report);
    }
    for clause in &agreed.clauses {
        let one = Naming { record: clause, subject: clause.id.as_str() };
        one.may_name(clause.body.as_ref(), &agreed.bodies, report);
    }
    for arrangement in &agreed.arrangements {
        let one = Naming { record: arrangement, subject: arrangement.id.as_str() };
        for partner in &arrangement.between {
            one.names(partner, &book.partners, report);
        }
        for element in &arrangement.elements {
            one.names(element, &book.elements, report);
        }
        for pool in &arrangement.pools {
            one.names(pool, &book.pools, report);
        }
    }
}

fn members(body: &Sourced<Body>, book: &Book, report: &mut Report) {
    let id = body.id.as_str();
    if body.members.is_empty() {
        let message = format!("`{id}` has no members, so that nothing would need a word there");
        report.add(must(body, "body-empty", message).about(id).mend("give `members`"));
    }
    let once: BTreeSet<_> = body.members.iter().collect();
    if once.len() < body.members.len() {
        let message = format!("`{id}` names a member twice");
        report.add(must(body, "member-twice", message).about(id).mend("name each once"));
    }
    for member in &body.members {
        if book.partners.get(member).is_some_and(|partner| partner.kind == PartnerKind::Guest) {
            let message = format!("`{member}` is a guest, and a member of `{id}`");
            let finding = must(body, "member-guest", message).about(id).about(member.as_str());
            report.add(finding.mend("only partners decide: take it out, or make it a partner"));
        }
    }
}

/// What comes of a question on which the members do not agree.
fn end(body: &Sourced<Body>, agreement: &Agreement, book: &Book, report: &mut Report) {
    let id = body.id.as_str();
    let mut add = |rule: &str, message: String, mend: &str| {
        report.add(must(body, rule, message).about(id).mend(mend));
    };
    match (body.otherwise, &body.chair, &body.refers_to) {
        (Otherwise::Chair, None, _) => {
            let message = format!("the chair of `{id}` may decide, and it has none");
            add("chair-missing", message, "give `chair`, or write `otherwise = \"open\"`");
        }
        (Otherwise::Refer, _, None) => {
            let message = format!("`{id}` refers to another body, and names none");
            add("refer-missing", message, "give `refers_to`, or write `otherwise = \"open\"`");
        }
        (Otherwise::Chair | Otherwise::Open, _, Some(to)) => {
            let message = format!("`{id}` names `{to}` in `refers_to`, but does not refer to it");
            add("refer-idle", message, "write `otherwise = \"refer\"`, or leave `refers_to` out");
        }
        _ => {}
    }
    if let Some(chair) = body.chair.as_ref().filter(|chair| !body.members.contains(chair)) {
        let message = format!("`{chair}` has the chair of `{id}`, and is no member");
        add("chair-not-member", message, "add it to `members`, or name a member");
    }
    if circles(body, agreement) {
        let message = format!("from `{id}` a question comes back to a body that has had it");
        add("refer-circle", message, "let one of them decide, or write `otherwise = \"open\"`");
    }
    if body.otherwise != Otherwise::Open && book.agreed.is_whole() {
        let missing: Vec<&str> = Urgency::ALL
            .iter()
            .filter(|urgency| agreement.term(&body.id, **urgency).is_none())
            .map(|urgency| urgency.word())
            .collect();
        if !missing.is_empty() {
            let message = format!("`{id}` has no term for {}", missing.join(", "));
            add("term-missing", message, "add a [[term]] for each: how long its members have");
        }
    }
}

fn circles(body: &Body, agreement: &Agreement) -> bool {
    let mut seen = BTreeSet::from([&body.id]);
    let mut next = body.refers_to.as_ref();
    while let Some(id) = next {
        if !seen.insert(id) {
            return true;
        }
        next = agreement.body(id).and_then(|body| body.refers_to.as_ref());
    }
    false
}

fn terms(terms: &[Sourced<Term>], report: &mut Report) {
    for (at, term) in terms.iter().enumerate() {
        let is_same = |other: &&Sourced<Term>| other.body == term.body && other.urgency == term.urgency;
        if let Some(first) = terms[..at].iter().find(is_same) {
            let message =
                format!("`{}` has a term for {} at {} already", term.body, term.urgency, first.place);
            let finding = must(term, "term-twice", message).about(term.body.as_str());
            report.add(finding.mend("leave one of the two; the first counts"));
        }
    }
}

/// Each partner is heard, by one centre for each thing, and by one of its own.
fn voices(book: &Book, report: &mut Report) {
    let voices = &book.agreed.voices;
    for (at, voice) in voices.iter().enumerate() {
        let subject = voice.partner.as_str();
        if let Some(first) = voices[..at].iter().find(|first| meet(first, voice)) {
            let message = format!("`{}` and `{}` both speak for `{subject}`", first.centre, voice.centre);
            let finding = must(voice, "voice-twice", message).about(subject);
            report.add(finding.mend("leave it to one of the two, or give the kinds for which one speaks"));
        }
        let is_known = |id: &record::PartnerId| book.partners.get(id).is_some();
        let of_another = book.centres.get(&voice.centre).filter(|centre| {
            centre.partner != voice.partner && is_known(&centre.partner) && is_known(&voice.partner)
        });
        if let Some(centre) = of_another {
            let message = format!("`{}` is a centre of `{}`", centre.id, centre.partner);
            let finding = must(voice, "voice-of-another", message).about(subject);
            report.add(finding.mend(format!("name a centre of `{subject}`")));
        }
    }
    if !book.agreed.is_whole() || book.agreed.clauses.is_empty() {
        return;
    }
    for partner in book.partners.iter().filter(|partner| partner.kind == PartnerKind::Partner) {
        if !voices.iter().any(|voice| voice.partner == partner.id && voice.kinds.is_empty()) {
            let message = format!("no centre speaks for `{}`, so that it could never agree", partner.id);
            let finding = must(partner, "voice-missing", message).about(partner.id.as_str());
            report.add(finding.mend("add a [[voice]] without `kinds` to agreement.toml"));
        }
    }
}

fn meet(a: &Voice, b: &Voice) -> bool {
    let is_on_one =
        a.kinds.is_empty() && b.kinds.is_empty() || a.kinds.iter().any(|kind| b.kinds.contains(kind));
    a.partner == b.partner && is_on_one
}

fn leads(book: &Book, report: &mut Report) {
    for pair in book.agreed.leads.windows(2) {
        if pair[1].from <= pair[0].from {
            let message =
                format!("`{}` leads from {}, not after `{}`", pair[1].centre, pair[1].from, pair[0].centre);
            let finding = must(&pair[1], "out-of-order", message).about(pair[1].centre.as_str());
            report.add(finding.mend("list the leads by time"));
        }
    }
}

fn decides(clause: &Sourced<Clause>, agreement: &Agreement, report: &mut Report) {
    let id = clause.id.as_str();
    let mut add = |rule: &str, message: String, mend: &str| {
        report.add(must(clause, rule, message).about(id).mend(mend));
    };
    if clause.touches.is_empty() {
        add("clause-idle", format!("`{id}` is about nothing"), "say in `touches` what it is about");
    }
    match (clause.decides, &clause.body) {
        (Decides::Body, None) => {
            add("body-missing", format!("by `{id}` a body decides, and none is named"), "give `body`");
        }
        (Decides::Owner | Decides::AllPartners | Decides::Lead, Some(body)) => {
            let message = format!("`{id}` names `{body}`, which does not decide by it");
            add("body-idle", message, "write `decides = \"body\"`, or leave `body` out");
        }
        _ => {}
    }
    let ownerless = clause.touches.iter().find(|touch| !touch.has_owner());
    if let (Decides::Owner, Some(touch)) = (clause.decides, ownerless) {
        let message = format!("by `{id}` the owner decides on {touch}, which is nobody's alone");
        add("owner-missing", message, "let a body decide on it, by a clause of its own");
    }
    if let (Some(Whose::Own), Some(touch)) = (clause.whose, ownerless) {
        let message = format!("`{id}` is about one's own {touch}, which is nobody's alone");
        add("owner-missing", message, "leave `whose` out, in a clause of its own");
    }
    if clause.decides == Decides::Lead && agreement.leads.is_empty() {
        add("lead-missing", format!("by `{id}` the lead decides, and nobody leads"), "add a [[lead]]");
    }
}

/// Every touch by whomever and however soon has one clause, and every clause something that no other has.
fn coverage(book: &Book, agreement: &Agreement, report: &mut Report) {
    let mut used = BTreeSet::new();
    let mut missing: Vec<String> = Vec::new();
    for &kind in TouchKind::ALL {
        let owners: &[Whose] = if kind.has_owner() { Whose::ALL } else { &[Whose::Others] };
        for &whose in owners {
            for &urgency in Urgency::ALL {
                match agreement.clause_on(kind, whose, urgency) {
                    Some(clause) => drop(used.insert(clause.id.clone())),
                    None if kind.has_owner() => missing.push(format!("{kind} ({whose}, {urgency})")),
                    None => missing.push(format!("{kind} ({urgency})")),
                }
            }
        }
    }
    if let Some(first) = book.agreed.clauses.iter().next().filter(|_| !missing.is_empty()) {
        let message = format!("no clause says who decides on {}", missing.join(", "));
        report.add(must(first, "touch-uncovered", message).mend("add it to `touches` of a clause"));
    }
    for clause in &book.agreed.clauses {
        if !used.contains(&clause.id) && !clause.touches.is_empty() {
            let message =
                format!("`{}` decides nothing: other clauses come before it wherever it fits", clause.id);
            let finding = must(clause, "clause-idle", message).about(clause.id.as_str());
            report.add(finding.mend("take it out, or let it name an urgency or whose it is"));
        }
    }
}

fn arrangements(book: &Book, report: &mut Report) {
    for arrangement in &book.agreed.arrangements {
        let id = arrangement.id.as_str();
        if arrangement.between.is_empty() {
            let message = format!("`{id}` is between nobody");
            report.add(must(arrangement, "arrangement-alone", message).about(id).mend("give `between`"));
        }
        if arrangement.kind != partnership::ArrangementKind::Accommodation {
            continue;
        }
        for element in arrangement.elements.iter().filter_map(|id| book.elements.get(id)) {
            let users: BTreeSet<_> = element.uses.iter().map(|part| &part.partner).collect();
            let named: BTreeSet<_> = arrangement.between.iter().collect();
            // Two parts of one partner are a fault of the element's own.
            if users != named && users.len() == element.uses.len() {
                let message =
                    format!("`{id}` is not between those who have parts in the use of `{}`", element.id);
                let finding =
                    must(arrangement, "accommodation-differs", message).about(id).about(element.id.as_str());
                report.add(finding.mend("make `between` and the element's `use` name the same partners"));
            }
        }
    }
}
