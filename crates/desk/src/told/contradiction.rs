use journal::{Contradiction, Digest, State};

fn short(digest: Digest) -> String {
    digest.to_string()[..12].to_owned()
}

/// A contradiction in a sentence.
#[must_use]
pub fn sentence(contradiction: &Contradiction, state: &State<'_>) -> String {
    let name = |digest: &Digest| match state.requests.get(digest) {
        Some(requested) => super::clean_name(&requested.request.name),
        None => short(*digest),
    };
    match contradiction {
        Contradiction::Fork(fork) => {
            let settled = match fork.settled {
                Some(digest) => format!("a co-signed checkpoint says that {} counts", short(digest)),
                None => {
                    "no co-signed checkpoint says which counts, so that nothing from there on does".to_owned()
                }
            };
            format!("{} has {} records of number {}; {settled}", fork.centre, fork.digests.len(), fork.number)
        }
        Contradiction::View { teller, told, held } => format!(
            "record {} saw record {} of {} as {}, and here it is {}",
            name(teller),
            told.number,
            told.centre,
            short(told.digest),
            short(*held)
        ),
        Contradiction::Clash { touch, request, unseen } => format!(
            "{} and {} both touch {touch}, and the later was made without knowing that the earlier was approved",
            unseen.iter().map(name).collect::<Vec<_>>().join(", "),
            name(request)
        ),
        Contradiction::AfterApproval { request, record } => {
            format!("{} had been approved when record {} spoke against it", name(request), short(*record))
        }
        Contradiction::NotApproved { request, .. } => {
            format!("{} was put to use without having been approved", name(request))
        }
        Contradiction::NotAuthor { request, record } => {
            format!("record {} withdraws {}, and is not by its author", short(*record), name(request))
        }
        Contradiction::SameName { name, requests } => {
            format!("{} requests are called {name}, and none stands in the other's place", requests.len())
        }
        Contradiction::Clock { record, seen } => {
            format!(
                "record {} is no later than {}, which its writer had seen: a clock is behind",
                name(record),
                name(seen)
            )
        }
        Contradiction::NotChair { request, record } => format!(
            "record {} decides {} for a body, and is not by its chair or came before the members' time was over; it does not count",
            short(*record),
            name(request)
        ),
    }
}

/// The requests that a contradiction has to do with.
pub(super) fn concerns(contradiction: &Contradiction) -> Vec<Digest> {
    match contradiction {
        Contradiction::Fork(_) => Vec::new(),
        Contradiction::View { teller, .. } => vec![*teller],
        Contradiction::Clash { request, unseen, .. } => unseen.iter().chain([request]).copied().collect(),
        Contradiction::AfterApproval { request, .. }
        | Contradiction::NotApproved { request, .. }
        | Contradiction::NotAuthor { request, .. }
        | Contradiction::NotChair { request, .. } => vec![*request],
        Contradiction::SameName { requests, .. } => requests.clone(),
        Contradiction::Clock { record, seen } => vec![*record, *seen],
    }
}
