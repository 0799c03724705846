use std::collections::{BTreeMap, BTreeSet};

use book::Book;
use plan::{Activity, Asked, Calendar, DayKind, Holiday, Level, Member, Plan, Request, Wishes, wishes};
use record::{PartnerId, PoolId};
use rules::{Rule, Scene};
use timeline::{Duration, Interval, Window};

use crate::disruption::Disruption;

/// What a plan is made from: a book, a span, what the rules look at there, and a plan that people have seen.
pub struct Setting<'a> {
    /// The book.
    pub book: &'a Book,
    /// How fine the plan is to be.
    pub level: Level,
    /// The time to plan.
    pub span: Interval,
    /// Who is there.
    pub crew: Vec<Member>,
    /// What is asked for.
    pub wishes: Wishes,
    /// The rules of the book.
    pub rules: Vec<Rule>,
    /// Light, links, traffic: what happens beside the plan.
    pub scene: Scene,
    /// A plan that people have seen: what is locked, begun or over in it stays, the rest is moved only for good reason.
    pub kept: Option<&'a Plan>,
    /// What is otherwise than that plan took it to be.
    pub disruption: Disruption,
    /// Crew time that partners have had already, whole minutes, which shares are counted on top of.
    pub had: BTreeMap<(PoolId, PartnerId), u64>,
    kinds: Vec<DayKind>,
    holidays: Vec<Holiday>,
}

impl<'a> Setting<'a> {
    /// The setting of a span. `scene` is of the same span, without any plan in it.
    ///
    /// `without` are requests' wishes that are done or planned elsewhere, by id.
    #[must_use]
    pub fn new(
        book: &'a Book,
        level: Level,
        span: Interval,
        rules: Vec<Rule>,
        mut scene: Scene,
        without: &BTreeSet<String>,
    ) -> Self {
        let crew = scene::members(book, span);
        scene.cases.retain(|case| case.end >= span.start() - NEAR && case.start <= span.end() + NEAR);
        let kinds: Vec<DayKind> = book.planning.days.iter().map(|day| day.value.clone()).collect();
        let holidays: Vec<Holiday> =
            book.planning.holidays.iter().map(|holiday| holiday.value.clone()).collect();
        let blocks: Vec<_> = book.planning.blocks.iter().map(|block| block.value.clone()).collect();
        let requests: Vec<_> = book
            .requests
            .iter()
            .filter(|request| !without.contains(request.id.as_str()) && is_there(book, &request.value, span))
            .map(|request| request.value.clone())
            .collect();
        let calendar = Calendar { kinds: &kinds, holidays: &holidays };
        let asked = Asked { span, crew: &crew, calendar, blocks: &blocks, requests: &requests };
        let wishes = wishes(&asked);
        Self {
            book,
            level,
            span,
            crew,
            wishes,
            rules,
            scene,
            kept: None,
            disruption: Disruption::default(),
            had: BTreeMap::new(),
            kinds,
            holidays,
        }
    }

    /// The same with a plan that people have seen.
    #[must_use]
    pub const fn keeping(mut self, kept: Option<&'a Plan>) -> Self {
        self.kept = kept;
        self
    }

    /// The same where things are otherwise than the plan that people have seen took them to be.
    #[must_use]
    pub fn disrupted(mut self, disruption: Disruption) -> Self {
        self.disruption = disruption;
        self
    }

    /// Whether something of the kept plan stays as it is.
    pub(crate) fn is_settled(&self, activity: &Activity) -> bool {
        activity.is_settled() || self.disruption.is_past(activity.start)
    }

    /// What kind of day each day is.
    #[must_use]
    pub fn calendar(&self) -> Calendar<'_> {
        Calendar { kinds: &self.kinds, holidays: &self.holidays }
    }

    /// When something that a request needs holds, as far as anybody knows; nothing when it is not known at any time of the span.
    #[must_use]
    pub fn when(&self, need: &str) -> Option<Need> {
        let (holds, domain) = match (self.scene.windows.get(need), self.scene.profiles.get(need)) {
            (Some(window), _) => (window.clone(), Some(self.span)),
            (None, Some(profile)) => (profile.when_true(), profile.domain().intersection(self.span)),
            (None, None) => return None,
        };
        let mut known = domain.map_or_else(Window::empty, Window::from);
        for (prefix, window) in &self.scene.known {
            if need.starts_with(prefix.as_str()) {
                known = known.and(window);
            }
        }
        if known.is_empty() {
            return None;
        }
        let lost = self.disruption.lost(need);
        let unknown = Window::from(self.span).minus(&known).minus(&lost);
        Some(Need { holds: holds.and(&known).minus(&lost), unknown })
    }
}

/// Whether what a request is done in is part of the station in a span; what has no place is.
fn is_there(book: &Book, request: &Request, span: Interval) -> bool {
    let element = request.element.as_ref().and_then(|element| book.elements.get(element));
    element.is_none_or(|element| {
        element.attached() < span.end() && element.removed.is_none_or(|removed| removed > span.start())
    })
}

/// What happened longer ago than any rule on plans looks back is left out of their scene.
const NEAR: Duration = Duration::from_nanoseconds(90 * Duration::DAY.nanoseconds());

/// When something holds.
#[derive(Clone, PartialEq, Debug)]
pub struct Need {
    /// When it is known to hold.
    pub holds: Window,
    /// When nobody knows.
    pub unknown: Window,
}
