use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use book::Book;
use plan::{
    Activity, ActivityId, Bond, Calendar, Day, DayId, DayKind, Holiday, Member, Origin, Progress, Request,
    Role, Standing, Wishes,
};
use record::{PersonId, RequestId};
use rules::Scene;
use schedule::Disruption;
use timeline::{Duration, Interval, Window};

/// What a book asks in a span, made ready to be held against activities.
pub(crate) struct Asks {
    pub(crate) book: Arc<Book>,
    /// Everybody, once for each stay in the span.
    stays: Vec<Member>,
    kinds: Vec<DayKind>,
    holidays: Vec<Holiday>,
    /// Of each request, when something that it needs fails for longer than it may, by need.
    lacks: BTreeMap<RequestId, Vec<(String, Window)>>,
    /// What each request follows, by request.
    pub(crate) follows: BTreeMap<RequestId, Vec<Follows>>,
    /// The requests that follow a request.
    pub(crate) followers: BTreeMap<RequestId, BTreeSet<RequestId>>,
    /// The requests of which anything falls into the span.
    pub(crate) in_span: BTreeSet<RequestId>,
    /// What must be in the plan: a request's, or of everybody's day; and when it may lie at the widest.
    pub(crate) mandatory: BTreeMap<ActivityId, (Origin, Interval)>,
    /// When fixed parts of the day are.
    pub(crate) fixed: BTreeMap<ActivityId, Interval>,
    pub(crate) disruption: Disruption,
}

/// That one thing comes after another of another request.
pub(crate) struct Follows {
    pub(crate) first: (RequestId, ActivityId),
    pub(crate) then: ActivityId,
    pub(crate) least: Duration,
    pub(crate) most: Option<Duration>,
}

/// An activity that takes or took time.
#[derive(Clone, Copy)]
pub(crate) struct Did<'a> {
    pub(crate) id: &'a ActivityId,
    pub(crate) activity: &'a Activity,
    /// When it was, or is to be.
    pub(crate) at: Interval,
}

impl<'a> Did<'a> {
    /// Nothing for what was not done, or takes no time.
    pub(crate) fn of(id: &'a ActivityId, activity: &'a Activity) -> Option<Self> {
        let at = match &activity.progress {
            Progress::Skipped(_) => None,
            Progress::Done(was) => Some(*was),
            Progress::Started(at) => Interval::new(*at, activity.end.max(*at)),
            Progress::Planned => activity.interval(),
        };
        at.map(|at| Self { id, activity, at })
    }

    pub(crate) fn is_planned(&self) -> bool {
        self.activity.progress == Progress::Planned
    }
}

impl Asks {
    /// `scene` is of the span, `wishes` all that falls into it.
    pub(crate) fn new(
        book: Arc<Book>,
        span: Interval,
        scene: &Scene,
        wishes: &Wishes,
        disruption: Disruption,
    ) -> Self {
        let mut follows: BTreeMap<RequestId, Vec<Follows>> = BTreeMap::new();
        let mut followers: BTreeMap<RequestId, BTreeSet<RequestId>> = BTreeMap::new();
        for link in wishes.links.iter().filter(|link| link.bond == Bond::Needs) {
            let (first, then) = (&wishes.list[link.first], &wishes.list[link.then]);
            let (Origin::Request(of_first), Origin::Request(of_then)) = (&first.origin, &then.origin) else {
                continue;
            };
            if of_first == of_then {
                continue;
            }
            followers.entry(of_first.clone()).or_default().insert(of_then.clone());
            follows.entry(of_then.clone()).or_default().push(Follows {
                first: (of_first.clone(), first.id.clone()),
                then: then.id.clone(),
                least: link.least,
                most: link.most,
            });
        }
        let mandatory = wishes.list.iter().filter(|wish| wish.standing == Standing::Mandatory);
        let mandatory = mandatory
            .map(|wish| (wish.id.clone(), (wish.origin.clone(), wish.within.span().unwrap_or(span))));
        let fixed = wishes.fixed.iter().filter_map(|(id, block)| Some((id, block, block.interval()?)));
        let of_day = fixed.clone().map(|(id, block, at)| (id.clone(), (block.origin.clone(), at)));
        let in_span = wishes.list.iter().filter_map(|wish| match &wish.origin {
            Origin::Request(request) => Some(request.clone()),
            _ => None,
        });
        let needs = Needs { scene, span, disruption: &disruption };
        Self {
            stays: stays(&book, span),
            kinds: book.planning.days.iter().map(|day| day.value.clone()).collect(),
            holidays: book.planning.holidays.iter().map(|holiday| holiday.value.clone()).collect(),
            lacks: book.requests.iter().map(|one| (one.id.clone(), needs.lacks(&one.value))).collect(),
            follows,
            followers,
            in_span: in_span.collect(),
            mandatory: mandatory.chain(of_day).collect(),
            fixed: fixed.map(|(id, _, at)| (id.clone(), at)).collect(),
            book,
            disruption,
        }
    }

    pub(crate) fn request(&self, request: &RequestId) -> Option<&Request> {
        self.book.requests.get(request).map(|request| &request.value)
    }

    /// When what a request needs fails for longer than it may.
    pub(crate) fn lacks(&self, request: &RequestId) -> &[(String, Window)] {
        self.lacks.get(request).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn stays(&self) -> &[Member] {
        &self.stays
    }

    /// The stay of a person who is aboard all the while.
    pub(crate) fn aboard(&self, person: &PersonId, at: Interval) -> Option<&Member> {
        let own = self.stays.iter().filter(|stay| stay.person == *person);
        own.into_iter().find(|stay| stay.aboard.intersection(at) == Some(at))
    }

    /// Whether somebody on this stay can take a role then: what they have learnt must hold all the while.
    pub(crate) fn can(&self, member: &Member, role: &Role, at: Interval) -> bool {
        let has_learnt = |skill: &record::SkillId| {
            self.book.qualifications.iter().any(|has| {
                has.person == member.person
                    && has.skill == *skill
                    && has.from.is_none_or(|from| from <= at.start())
                    && has.until.is_none_or(|until| until >= at.end())
            })
        };
        member.lives_in(&role.segments)
            && (role.of.is_empty() || role.of.contains(&member.person))
            && role.skills.iter().all(has_learnt)
    }

    pub(crate) fn day_kind(&self, day: Day, member: &Member) -> Option<&DayKind> {
        Calendar { kinds: &self.kinds, holidays: &self.holidays }.kind(day, member)
    }

    /// Whether a day is of one of these kinds for somebody.
    pub(crate) fn is_day(&self, day: Day, member: &Member, kinds: &[DayId]) -> bool {
        self.day_kind(day, member).is_some_and(|kind| kinds.contains(&kind.id))
    }
}

/// Everybody in the span, each stay by itself: another stay may be on another segment.
fn stays(book: &Book, span: Interval) -> Vec<Member> {
    let aboard = book.aboard();
    let there = aboard.iter().filter(|one| one.interval.overlaps(span));
    let stay = |one: &people::Aboard<'_>| Member {
        person: one.stay.person.clone(),
        partner: one.stay.partner.clone(),
        segment: book.segment_of(one.stay).map(str::to_owned),
        aboard: one.interval,
        skills: BTreeSet::new(),
    };
    there.map(stay).collect()
}

/// When what requests need holds.
struct Needs<'a> {
    scene: &'a Scene,
    span: Interval,
    disruption: &'a Disruption,
}

impl Needs<'_> {
    /// What nobody knows is no reason to find fault with anything.
    fn lacks(&self, request: &Request) -> Vec<(String, Window)> {
        let breaks = Duration::MINUTE * i64::from(request.breaks_min);
        let of = |need: &String| Some((need.clone(), self.fails(need)?.longer_than(breaks)));
        request.needs.iter().filter_map(of).collect()
    }

    /// When it is known not to hold.
    fn fails(&self, need: &str) -> Option<Window> {
        let lost = self.disruption.lost(need);
        let (holds, mut known) = match (self.scene.windows.get(need), self.scene.profiles.get(need)) {
            (Some(window), _) => (window.clone(), Window::from(self.span)),
            (None, Some(profile)) => {
                (profile.when_true(), profile.domain().intersection(self.span).into_iter().collect())
            }
            (None, None) => return (!lost.is_empty()).then_some(lost),
        };
        for (_, window) in self.scene.known.iter().filter(|(prefix, _)| need.starts_with(prefix.as_str())) {
            known = known.and(window);
        }
        Some(known.minus(&holds).or(&lost))
    }
}
