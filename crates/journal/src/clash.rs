use std::collections::{BTreeMap, BTreeSet};

use record::CentreId;

use crate::state::{Contradiction, Requested, Status};
use crate::{Chain, Digest};

/// For each centre, the numbers of its words that decided a request, rising, and those requests.
type Deciders<'a> = BTreeMap<&'a CentreId, Vec<(u64, Digest)>>;

/// Approved requests that touch the same, of which the later was made without knowing that the earlier was approved.
///
/// For each touch and centre the requests that the centre's words decided stand in order of those words, so that what a request has
/// not seen is what comes after the last word it has: only the first of it is told, which keeps the work within what is approved.
pub(crate) fn clashes(
    chains: &BTreeMap<CentreId, Chain<'_>>,
    requests: &BTreeMap<Digest, Requested<'_>>,
    baseline: &[Digest],
    contradictions: &mut BTreeSet<Contradiction>,
) {
    let mut before: BTreeMap<&str, Deciders<'_>> = BTreeMap::new();
    for digest in baseline {
        let requested = &requests[digest];
        let Some(place) = &requested.decided else { continue };
        let seen = seen(chains, requested);
        for touch in &requested.touches {
            let deciders = before.entry(touch).or_default();
            let unseen: Vec<Digest> = deciders
                .iter()
                .filter_map(|(centre, decided)| {
                    let known = seen.get(centre).copied().unwrap_or(0);
                    decided
                        .get(decided.partition_point(|(number, _)| *number <= known))
                        .map(|(_, first)| *first)
                })
                .collect();
            if !unseen.is_empty() {
                contradictions.insert(Contradiction::Clash {
                    touch: touch.clone(),
                    request: *digest,
                    unseen,
                });
            }
            deciders.entry(&place.centre).or_default().push((place.number, *digest));
        }
    }
}

/// How far the author of a request held each journal: what it says, where that is what counts; its own up to the request.
fn seen<'a>(
    chains: &BTreeMap<CentreId, Chain<'_>>,
    requested: &'a Requested<'_>,
) -> BTreeMap<&'a CentreId, u64> {
    let held = requested.request.seen.iter().filter(|head| {
        chains.get(&head.centre).is_some_and(|chain| chain.digest(head.number) == Some(head.digest))
    });
    let mut seen: BTreeMap<&CentreId, u64> = held.map(|head| (&head.centre, head.number)).collect();
    let record = requested.signed.record();
    seen.insert(&record.centre, record.number);
    seen
}

/// Requests of one name, none of which is withdrawn or replaced by another of them.
pub(crate) fn names(
    requests: &BTreeMap<Digest, Requested<'_>>,
    contradictions: &mut BTreeSet<Contradiction>,
) {
    let mut by_name: BTreeMap<&str, Vec<Digest>> = BTreeMap::new();
    for (digest, requested) in requests {
        if requested.status != Status::Withdrawn {
            by_name.entry(&requested.request.name).or_default().push(*digest);
        }
    }
    for (name, mut named) in by_name.into_iter().filter(|(_, named)| named.len() > 1) {
        let replaced: BTreeSet<Digest> =
            named.iter().flat_map(|digest| requests[digest].request.replaces.iter().copied()).collect();
        named.retain(|digest| !replaced.contains(digest));
        if named.len() > 1 {
            contradictions.insert(Contradiction::SameName { name: name.to_owned(), requests: named });
        }
    }
}
