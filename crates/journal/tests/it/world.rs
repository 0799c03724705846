//! Centres that write and exchange records, and an agreement of the simplest kind.

use std::collections::{BTreeMap, BTreeSet};

use journal::{
    Agreement, Asked, ChangeRequest, Digest, Entry, Head, Journals, Key, Known, Matter, Ruled, Signed, State,
    Terms, Urgency, Verdict, Word, Words, Writer, fold,
};
use record::{BodyId, CentreId};
use timeline::{Duration, Time};

/// Names of centres, in order.
pub(crate) const CENTRES: [&str; 5] = ["east", "north", "south", "up", "west"];

pub(crate) fn centre(at: usize) -> CentreId {
    CENTRES[at].parse().unwrap()
}

pub(crate) fn key(seed: u8) -> Key {
    Key::from_seed(&[seed; 32])
}

pub(crate) fn second(second: i64) -> Time {
    Time::EPOCH + Duration::SECOND * second
}

/// Each line of a request's edits touches what it names; `east/…` is the east's, and whoever owns a thing that is touched decides.
pub(crate) struct OwnersDecide;

impl Agreement for OwnersDecide {
    fn touches(&self, request: &ChangeRequest) -> BTreeSet<String> {
        String::from_utf8_lossy(&request.edits).lines().map(str::to_owned).collect()
    }

    fn asks(&self, matter: &Matter<'_>) -> BTreeMap<CentreId, Asked> {
        let owners: BTreeSet<&str> =
            matter.touches.iter().filter_map(|touch| touch.split('/').next()).collect();
        let how = |name: &str| if owners.contains(name) { Asked::Decide } else { Asked::Inform };
        let all = CENTRES.iter().filter(|name| **name != matter.author.as_str());
        all.map(|name| (name.parse().unwrap(), how(name))).collect()
    }

    /// The north is the chair of the board, and may decide a minute after the request.
    fn may_rule(&self, matter: &Matter<'_>, centre: &CentreId, body: &BodyId, time: Time) -> bool {
        centre.as_str() == "north" && body.as_str() == "board" && time >= matter.time + Duration::MINUTE
    }

    fn verdict(&self, matter: &Matter<'_>, words: &Words<'_>) -> Verdict {
        if let Some(ruling) = words.rulings.values().next() {
            return if ruling.word == Word::Rejected { Verdict::Rejected } else { Verdict::Approved };
        }
        let words = &words.centres;
        let mut wanted = self
            .asks(matter)
            .into_iter()
            .filter(|(_, asked)| *asked == Asked::Decide)
            .map(|(centre, _)| centre);
        if words.values().any(|said| said.word == Word::Rejected) {
            Verdict::Rejected
        } else if wanted.all(|centre| words.contains_key(&centre)) {
            Verdict::Approved
        } else {
            Verdict::Open
        }
    }
}

/// Five centres, each with its journal and with what it holds of the others'.
pub(crate) struct World {
    pub(crate) writers: Vec<Writer>,
    pub(crate) views: Vec<Journals>,
    pub(crate) terms: Terms,
}

impl World {
    /// Five journals that have begun; nobody has heard of the others.
    pub(crate) fn new() -> Self {
        let begun: Vec<(Writer, Signed)> = (0..CENTRES.len())
            .map(|at| Writer::found(&centre(at), key(at as u8 + 1), second(at as i64)).unwrap())
            .collect();
        let roots =
            begun.iter().map(|(writer, _)| (writer.standing().centre().clone(), writer.key())).collect();
        let views = begun.iter().map(|(_, first)| [first.clone()].into_iter().collect()).collect();
        let writers = begun.into_iter().map(|(writer, _)| writer).collect();
        Self { writers, views, terms: Terms { roots, quorum: 3 } }
    }

    /// The centre numbered `at` writes, later than all that it has seen.
    pub(crate) fn write(&mut self, at: usize, entry: Entry) -> Signed {
        let seen = self.views[at].iter().map(|signed| signed.record().time).max().unwrap();
        let signed = self.writers[at].append(seen + Duration::SECOND, entry).unwrap();
        self.views[at].add(signed.clone());
        signed
    }

    /// A request that `at` makes on what it holds now.
    pub(crate) fn request(&mut self, at: usize, edits: &str, replaces: &[Digest]) -> Digest {
        let number = self.writers[at].standing().number();
        let name = format!("75-{}-{number:04}", CENTRES[at]);
        let request = self.draft(at, &name, edits, replaces);
        self.write(at, Entry::Request(request)).digest()
    }

    pub(crate) fn draft(&self, at: usize, name: &str, edits: &str, replaces: &[Digest]) -> ChangeRequest {
        let state = self.state(at);
        let replaces: BTreeSet<Digest> = replaces.iter().copied().collect();
        ChangeRequest {
            name: name.to_owned(),
            urgency: Urgency::Routine,
            baseline: state.baseline_digest(),
            seen: state.heads(),
            replaces: replaces.into_iter().collect(),
            edits: edits.as_bytes().to_vec(),
            rationale: "so that it is done".to_owned(),
        }
    }

    pub(crate) fn approve(&mut self, at: usize, request: Digest) -> Digest {
        self.write(at, Entry::Approval { request }).digest()
    }

    pub(crate) fn reject(&mut self, at: usize, request: Digest) -> Digest {
        self.write(at, Entry::Rejection { request, text: "not like this".to_owned() }).digest()
    }

    pub(crate) fn withdraw(&mut self, at: usize, request: Digest) -> Digest {
        self.write(at, Entry::Withdrawal { request, text: "no longer wanted".to_owned() }).digest()
    }

    /// A ruling for the board.
    pub(crate) fn rule(&mut self, at: usize, request: Digest, ruled: Ruled) -> Digest {
        let (body, text) = ("board".parse().unwrap(), "time is over".to_owned());
        self.write(at, Entry::Ruling { request, body, ruled, text }).digest()
    }

    /// `to` gets all that `from` holds.
    pub(crate) fn send(&mut self, from: usize, to: usize) {
        let sent = self.views[from].clone();
        self.views[to].extend(sent.iter().cloned());
    }

    /// Everybody gets everything.
    pub(crate) fn heal(&mut self) {
        let all = self.all();
        self.views.iter_mut().for_each(|view| *view = all.clone());
    }

    pub(crate) fn all(&self) -> Journals {
        self.views.iter().flat_map(|view| view.iter().cloned()).collect()
    }

    pub(crate) fn state(&self, at: usize) -> State<'_> {
        fold(&self.views[at], &self.terms, &OwnersDecide)
    }

    /// What everybody knows: whose key is whose, up to `latest`.
    pub(crate) fn known(&self, heads: Vec<Head>, latest: Option<Time>) -> Known {
        let keys = self.writers.iter().flat_map(|writer| {
            writer.standing().keys().keys().map(|key| (*key, writer.standing().centre().clone()))
        });
        Known { keys: keys.collect(), heads, latest }
    }
}
