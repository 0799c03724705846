use std::collections::{BTreeMap, BTreeSet};

use book::Book;
use partnership::{PartnerKind, Pool};
use people::Stay;
use record::{CentreId, ElementId, KindId, PartnerId, PersonId, PortId, RequestId};
use timeline::{Interval, Time};

use crate::Touch;

/// Whose is what, by the book on which all journals begin. It never changes with what is approved: whoever could change whose a thing is
/// could then change the thing.
#[derive(Clone, PartialEq, Debug)]
pub struct Founding {
    partners: BTreeSet<PartnerId>,
    guests: BTreeSet<PartnerId>,
    pub(crate) centres: BTreeMap<CentreId, PartnerId>,
    elements: BTreeMap<ElementId, PartnerId>,
    ports: BTreeMap<PortId, ElementId>,
    requests: BTreeMap<RequestId, (PartnerId, KindId)>,
    /// Kinds with all that they also are.
    kinds: BTreeMap<KindId, BTreeSet<KindId>>,
    people: BTreeMap<PersonId, Person>,
    pools: Vec<Pool>,
}

/// One person's rights to be aboard.
#[derive(Clone, PartialEq, Debug)]
struct Person {
    partner: PartnerId,
    stays: Vec<Right>,
}

/// Under whose right somebody flies in a stay, and on which segment they live.
#[derive(Clone, PartialEq, Debug)]
struct Right {
    during: Interval,
    partner: Option<PartnerId>,
    segment: Option<String>,
}

impl Founding {
    /// What the book says.
    #[must_use]
    pub fn of(book: &Book) -> Self {
        let of_kind = |kind| {
            let own = book.partners.iter().filter(move |partner| partner.kind == kind);
            own.map(|partner| partner.id.clone()).collect()
        };
        Self {
            partners: of_kind(PartnerKind::Partner),
            guests: of_kind(PartnerKind::Guest),
            centres: book.centres.iter().map(|one| (one.id.clone(), one.partner.clone())).collect(),
            elements: book.elements.iter().map(|one| (one.id.clone(), one.owner.clone())).collect(),
            ports: book.ports.iter().map(|one| (one.id.clone(), one.element.clone())).collect(),
            requests: book
                .requests
                .iter()
                .map(|one| (one.id.clone(), (one.partner.clone(), one.kind.clone())))
                .collect(),
            kinds: book.activity_kinds.ids().map(|id| (id.clone(), closure(id, book))).collect(),
            people: people(book),
            pools: book.pools.iter().map(|pool| pool.value.clone()).collect(),
        }
    }

    /// The partners who hold rights, in order.
    #[must_use]
    pub const fn partners(&self) -> &BTreeSet<PartnerId> {
        &self.partners
    }

    /// What all that a kind of activity is: itself, and what each of it also is.
    pub(crate) fn kinds_of<'a>(&'a self, kind: &'a KindId) -> Vec<&'a str> {
        let also = self.kinds.get(kind).into_iter().flatten().map(KindId::as_str);
        std::iter::once(kind.as_str()).chain(also).collect()
    }

    /// Everything there is: what a change touches that cannot be read.
    #[must_use]
    pub fn everything(&self) -> BTreeSet<Touch> {
        let mut all = BTreeSet::from([
            Touch::FlightPlan,
            Touch::CrewRotation,
            Touch::Rules,
            Touch::Agreement,
            Touch::Common,
            Touch::Guest,
        ]);
        for partner in &self.partners {
            all.insert(Touch::People(partner.clone()));
            all.insert(Touch::Element(partner.clone()));
            all.extend(self.pools.iter().map(|pool| Touch::Share(pool.id.clone(), partner.clone())));
            all.extend(self.kinds.keys().map(|kind| Touch::Activity(partner.clone(), kind.clone())));
        }
        all
    }

    /// A touch of something of `owner`: of a guest's it is use by a non-partner, and of somebody's whom the book does not know it may be
    /// anybody's.
    pub(crate) fn owned(
        &self,
        owner: Option<&PartnerId>,
        touch: impl Fn(PartnerId) -> Touch,
    ) -> BTreeSet<Touch> {
        match owner {
            Some(owner) if self.partners.contains(owner) => BTreeSet::from([touch(owner.clone())]),
            Some(owner) if self.guests.contains(owner) => BTreeSet::from([Touch::Guest]),
            _ => self.partners.iter().cloned().map(touch).collect(),
        }
    }

    /// Whose an element is.
    pub(crate) fn element(&self, element: &str) -> Option<&PartnerId> {
        self.elements.get(element)
    }

    /// Which element a port is on.
    pub(crate) fn port(&self, port: &str) -> Option<&ElementId> {
        self.ports.get(port)
    }

    /// Who asked for something, and of which kind it was.
    pub(crate) fn request(&self, request: &str) -> Option<&(PartnerId, KindId)> {
        self.requests.get(request)
    }

    /// The time of a person between two instants: that of the partners under whose right they are aboard then, or, when they are not, ever.
    pub(crate) fn person(&self, person: &PersonId, from: Time, to: Time) -> BTreeSet<Touch> {
        let Some(known) = self.people.get(person) else { return self.owned(None, Touch::People) };
        let then: Vec<&Right> = known.during(from, to).collect();
        let rights = if then.is_empty() { known.stays.iter().collect() } else { then };
        let mut touches: BTreeSet<Touch> =
            rights.iter().flat_map(|right| self.owned(right.partner.as_ref(), Touch::People)).collect();
        if known.during(from, to).next().is_none() && self.partners.contains(&known.partner) {
            touches.insert(Touch::People(known.partner.clone()));
        }
        if touches.is_empty() { self.owned(None, Touch::People) } else { touches }
    }

    /// The pools to which the working time of a person on such an activity counts.
    pub(crate) fn pools(&self, person: &PersonId, kind: &KindId, from: Time, to: Time) -> Vec<&Pool> {
        let segments: Option<BTreeSet<&str>> = self.people.get(person).and_then(|known| {
            let segments: BTreeSet<Option<&str>> =
                known.during(from, to).map(|right| right.segment.as_deref()).collect();
            let named: BTreeSet<&str> = segments.iter().copied().flatten().collect();
            (!named.is_empty() && named.len() == segments.len()).then_some(named)
        });
        // Where somebody lives whom the book does not know is not known: it may be anywhere.
        let lives = |pool: &&Pool| match (&segments, pool.segment.as_deref()) {
            (Some(own), Some(segment)) => own.contains(segment),
            _ => true,
        };
        self.pools
            .iter()
            .filter(|pool| pool.is_crew_time() && pool.kinds.contains(kind))
            .filter(lives)
            .collect()
    }
}

impl Person {
    fn during(&self, from: Time, to: Time) -> impl Iterator<Item = &Right> {
        self.stays.iter().filter(move |right| {
            right.during.start() < to.max(from + timeline::Duration::SECOND) && right.during.end() > from
        })
    }
}

fn closure(kind: &KindId, book: &Book) -> BTreeSet<KindId> {
    let mut found = BTreeSet::new();
    let mut ahead = vec![kind];
    while let Some(next) = ahead.pop() {
        if found.insert(next.clone()) {
            ahead.extend(book.activity_kinds.get(next).into_iter().flat_map(|kind| &kind.also));
        }
    }
    found
}

fn people(book: &Book) -> BTreeMap<PersonId, Person> {
    let mut people: BTreeMap<PersonId, Person> = book
        .people
        .iter()
        .map(|one| (one.id.clone(), Person { partner: one.partner.clone(), stays: Vec::new() }))
        .collect();
    for aboard in book.aboard() {
        if let Some(person) = people.get_mut(&aboard.stay.person) {
            let segment = book.segment_of(aboard.stay).map(str::to_owned);
            let partner = right(aboard.stay, book);
            person.stays.push(Right { during: aboard.interval, partner, segment });
        }
    }
    people
}

/// Under whose right somebody flies: the partner of the stay, or, for a guest, the one whose ship brought them.
fn right(stay: &Stay, book: &Book) -> Option<PartnerId> {
    let is_partner =
        |id: &&PartnerId| book.partners.get(id).is_some_and(|partner| partner.kind == PartnerKind::Partner);
    let own = Some(&stay.partner).filter(is_partner);
    let ship = || book.vehicle_of(&stay.up).map(|vehicle| &vehicle.partner).filter(is_partner);
    own.or_else(ship).cloned()
}
