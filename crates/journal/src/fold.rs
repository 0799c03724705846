use std::collections::{BTreeMap, BTreeSet};

use record::{BodyId, CentreId};

use crate::agreement::{Agreement, Asked, Matter, Said, Verdict, Word, Words};
use crate::chain::{Chain, chains};
use crate::fault::Why;
use crate::state::{Contradiction, Place, Requested, State, Status};
use crate::{ChangeRequest, Digest, Entry, Head, Journals, PublicKey, Ruled, Seal, Signed, clash, seals};

/// What all centres have agreed on before the first record.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Terms {
    /// The key with which each centre's journal begins. Journals of others do not count.
    pub roots: BTreeMap<CentreId, PublicKey>,
    /// How many centres must write a checkpoint before it settles anything: more than half of them.
    pub quorum: usize,
}

/// What the records in `journals` come to: a function of which they are, not of how or when they came.
///
/// Signatures are not looked at: a [`Signed`] has been. A request is approved with the first record, by time, after which the
/// agreement says so; words after that change nothing and are shown as contradictions.
#[must_use]
pub fn fold<'a>(journals: &'a Journals, terms: &Terms, agreement: &impl Agreement) -> State<'a> {
    let (chains, seals) = counted(journals, terms);
    let (mut requests, loose) = requested(&chains, agreement);
    let mut contradictions = BTreeSet::new();
    for (digest, requested) in &mut requests {
        decide(*digest, requested, agreement, &mut contradictions);
    }
    let baseline = baseline(&mut requests);
    clash::clashes(&chains, &requests, &baseline, &mut contradictions);
    clash::names(&requests, &mut contradictions);
    contradictions
        .extend(chains.values().flat_map(|chain| chain.forks.iter().cloned().map(Contradiction::Fork)));
    let missing = views(&chains, &seals, &mut contradictions);
    let contradictions = contradictions.into_iter().collect();
    State { chains, requests, baseline, contradictions, seals, missing, loose }
}

/// The chains that count. Forks are settled by seals from journals as far as they have no fork: settling by what was itself
/// settled could go in circles.
fn counted<'a>(journals: &'a Journals, terms: &Terms) -> (BTreeMap<CentreId, Chain<'a>>, Vec<Seal>) {
    let undisputed = chains(journals, &terms.roots, &[]);
    let seals = seals(&undisputed, terms.quorum);
    if seals.is_empty() || undisputed.values().all(|chain| chain.forks.is_empty()) {
        return (undisputed, seals);
    }
    let sealed: Vec<Head> = seals.iter().flat_map(|seal| seal.heads.iter().cloned()).collect();
    (chains(journals, &terms.roots, &sealed), seals)
}

/// All requests with what was said of them, and what was said of others.
fn requested<'a>(
    chains: &BTreeMap<CentreId, Chain<'a>>,
    agreement: &impl Agreement,
) -> (BTreeMap<Digest, Requested<'a>>, Vec<&'a Signed>) {
    let records = || chains.values().flat_map(|chain| chain.records.iter().copied());
    let asked: BTreeMap<Digest, (&Signed, &ChangeRequest, BTreeSet<String>)> = records()
        .filter_map(|signed| match &signed.record().entry {
            Entry::Request(request) => Some((signed.digest(), (signed, request, agreement.touches(request)))),
            _ => None,
        })
        .collect();
    let mut requests: BTreeMap<Digest, Requested<'a>> = asked
        .iter()
        .map(|(digest, (signed, request, _))| (*digest, ask(signed, request, &asked, agreement)))
        .collect();
    let mut loose = Vec::new();
    for signed in records() {
        let entry = &signed.record().entry;
        let about = if let Entry::Comment { about, .. } = entry { Some(*about) } else { entry.request() };
        match about.map(|about| requests.get_mut(&about)) {
            Some(Some(requested)) => requested.said.push(signed),
            Some(None) if entry.request().is_some() => loose.push(signed),
            _ => {}
        }
    }
    for requested in requests.values_mut() {
        requested.said.sort_by_cached_key(|signed| Place::of(signed));
    }
    (requests, loose)
}

fn ask<'a>(
    signed: &'a Signed,
    request: &'a ChangeRequest,
    all: &BTreeMap<Digest, (&Signed, &ChangeRequest, BTreeSet<String>)>,
    agreement: &impl Agreement,
) -> Requested<'a> {
    let mut touches = all.get(&signed.digest()).map(|(_, _, touches)| touches.clone()).unwrap_or_default();
    let mut status = Status::Open;
    for replaced in &request.replaces {
        match all.get(replaced) {
            Some((_, _, theirs)) => touches.extend(theirs.iter().cloned()),
            None => status = Status::Waiting,
        }
    }
    let asked = match status {
        Status::Waiting => BTreeMap::new(),
        _ => agreement.asks(&matter(signed, request, &touches)),
    };
    Requested { signed, request, touches, asked, said: Vec::new(), status, decided: None }
}

fn matter<'a>(signed: &'a Signed, request: &'a ChangeRequest, touches: &'a BTreeSet<String>) -> Matter<'a> {
    Matter { author: &signed.record().centre, time: signed.record().time, request, touches }
}

/// Takes the words on a request by time until it is approved or withdrawn, and looks at what was said afterwards.
fn decide(
    digest: Digest,
    requested: &mut Requested<'_>,
    agreement: &impl Agreement,
    contradictions: &mut BTreeSet<Contradiction>,
) {
    let author = &requested.signed.record().centre;
    let matter = matter(requested.signed, requested.request, &requested.touches);
    let mut words = Words::default();
    let (mut status, mut decided) = (requested.status, None);
    for signed in std::iter::once(&requested.signed).chain(&requested.said) {
        let (centre, record) = (&signed.record().centre, signed.digest());
        if centre != author && signed.record().time <= requested.signed.record().time {
            contradictions.insert(Contradiction::Clock { record, seen: digest });
        }
        let says = Says::of(signed, author, &requested.asked, |body| {
            agreement.may_rule(&matter, centre, body, signed.record().time)
        });
        contradictions.extend(says.contradiction(digest, record, decided.is_some()));
        if decided.is_some() || matches!(status, Status::Waiting | Status::Withdrawn) {
            continue;
        }
        match says {
            Says::Withdrawn => status = Status::Withdrawn,
            Says::Asked | Says::Word(_) | Says::Ruling(..) => {
                let time = signed.record().time;
                if let Says::Word(word) = says {
                    words.centres.insert(centre, Said { word, time });
                }
                if let Says::Ruling(body, word) = says {
                    words.rulings.insert(body, Said { word, time });
                }
                status = agreement.verdict(&matter, &words).into();
                decided = (status == Status::Approved).then(|| Place::of(signed));
            }
            Says::NotAuthor | Says::NotChair | Says::Nothing => {}
        }
    }
    if decided.is_none() {
        let used = requested
            .said
            .iter()
            .filter(|signed| matches!(signed.record().entry, Entry::Implementation { .. }));
        contradictions.extend(
            used.map(|signed| Contradiction::NotApproved { request: digest, record: signed.digest() }),
        );
    }
    (requested.status, requested.decided) = (status, decided);
}

/// What a record does to the request that it is about.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Says<'a> {
    Asked,
    Word(Word),
    Ruling(&'a BodyId, Word),
    Withdrawn,
    NotAuthor,
    NotChair,
    Nothing,
}

impl<'a> Says<'a> {
    fn of(
        signed: &'a Signed,
        author: &CentreId,
        asked: &BTreeMap<CentreId, Asked>,
        may_rule: impl FnOnce(&BodyId) -> bool,
    ) -> Self {
        let centre = &signed.record().centre;
        let word =
            |word| if asked.get(centre) == Some(&Asked::Decide) { Self::Word(word) } else { Self::Nothing };
        match &signed.record().entry {
            Entry::Request(_) => Self::Asked,
            Entry::Approval { .. } => word(Word::Approved),
            Entry::ApprovalWithComment { .. } => word(Word::ApprovedWithComment),
            Entry::Rejection { .. } => word(Word::Rejected),
            Entry::Withdrawal { .. } if centre == author => Self::Withdrawn,
            Entry::Withdrawal { .. } => Self::NotAuthor,
            Entry::Ruling { body, .. } if !may_rule(body) => Self::NotChair,
            Entry::Ruling { body, ruled: Ruled::Approved, .. } => Self::Ruling(body, Word::Approved),
            Entry::Ruling { body, ruled: Ruled::Rejected, .. } => Self::Ruling(body, Word::Rejected),
            _ => Self::Nothing,
        }
    }

    /// What of it does not go together with what was before.
    fn contradiction(self, request: Digest, record: Digest, is_decided: bool) -> Option<Contradiction> {
        let is_no =
            matches!(self, Says::Withdrawn | Says::Word(Word::Rejected) | Says::Ruling(_, Word::Rejected));
        match self {
            Self::NotAuthor => Some(Contradiction::NotAuthor { request, record }),
            Self::NotChair => Some(Contradiction::NotChair { request, record }),
            _ => (is_decided && is_no).then_some(Contradiction::AfterApproval { request, record }),
        }
    }
}

impl From<Verdict> for Status {
    fn from(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Open => Self::Open,
            Verdict::Approved => Self::Approved,
            Verdict::Rejected => Self::Rejected,
        }
    }
}

/// The approved requests in the order in which they were decided, without those that one of them replaces.
fn baseline(requests: &mut BTreeMap<Digest, Requested<'_>>) -> Vec<Digest> {
    let mut approved: Vec<(Place, Digest)> = requests
        .iter()
        .filter_map(|(digest, requested)| requested.decided.clone().map(|place| (place, *digest)))
        .collect();
    approved.sort();
    for (_, by) in &approved {
        for replaced in requests[by].request.replaces.clone() {
            if let Some(requested) = requests.get_mut(&replaced)
                && !matches!(requested.status, Status::Replaced(_) | Status::Withdrawn)
            {
                requested.status = Status::Replaced(*by);
            }
        }
    }
    approved.retain(|(_, digest)| requests[digest].status == Status::Approved);
    approved.into_iter().map(|(_, digest)| digest).collect()
}

/// What writers say they have seen, against what counts; what is not there at all is returned.
fn views(
    chains: &BTreeMap<CentreId, Chain<'_>>,
    seals: &[Seal],
    contradictions: &mut BTreeSet<Contradiction>,
) -> BTreeSet<Head> {
    let mut missing: BTreeSet<Head> = BTreeSet::new();
    let mut lacks = |head: &Head| {
        if matches!(differs(chains, head), Some(Why::Truncated(_))) {
            missing.insert(head.clone());
        }
    };
    seals.iter().flat_map(|seal| &seal.heads).for_each(&mut lacks);
    for signed in chains.values().flat_map(|chain| chain.records.iter()) {
        let heads = match &signed.record().entry {
            Entry::Request(request) => &request.seen,
            Entry::Checkpoint { heads } => heads,
            _ => continue,
        };
        for head in heads {
            lacks(head);
            if let Some(Why::Split(held, _)) = differs(chains, head) {
                contradictions.insert(Contradiction::View {
                    teller: signed.digest(),
                    told: head.clone(),
                    held,
                });
            }
            if let Some(seen) = chains.get(&head.centre).and_then(|chain| chain.get(head))
                && head.centre != signed.record().centre
                && seen.record().time >= signed.record().time
            {
                contradictions.insert(Contradiction::Clock { record: signed.digest(), seen: head.digest });
            }
        }
    }
    missing
}

fn differs(chains: &BTreeMap<CentreId, Chain<'_>>, head: &Head) -> Option<Why> {
    chains.get(&head.centre)?.differs(head)
}
