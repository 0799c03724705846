//! Who is there to be planned, and what kind of day it is for them.

use std::collections::BTreeSet;

use record::{PartnerId, PersonId, SkillId};
use timeline::Interval;

use crate::{Day, DayKind, Holiday, Role};

/// Somebody who can be planned.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Member {
    /// Who.
    pub person: PersonId,
    /// Under whose right they fly.
    pub partner: PartnerId,
    /// On which segment they live, as far as that is known.
    pub segment: Option<String>,
    /// When they are aboard.
    pub aboard: Interval,
    /// What they have learnt.
    pub skills: BTreeSet<SkillId>,
}

impl Member {
    /// Whether they belong to the segments; all do when none is named.
    #[must_use]
    pub fn lives_in(&self, segments: &[String]) -> bool {
        segments.is_empty() || self.segment.as_ref().is_some_and(|own| segments.contains(own))
    }

    /// Whether they can take a role.
    #[must_use]
    pub fn can(&self, role: &Role) -> bool {
        self.lives_in(&role.segments)
            && (role.of.is_empty() || role.of.contains(&self.person))
            && role.skills.iter().all(|skill| self.skills.contains(skill))
    }
}

/// The calendar of a book: which kind of day each day is.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Calendar<'a> {
    /// The kinds of day.
    pub kinds: &'a [DayKind],
    /// The days that differ from their weekday.
    pub holidays: &'a [Holiday],
}

impl<'a> Calendar<'a> {
    /// What kind of day it is for somebody; nothing when the book does not say.
    #[must_use]
    pub fn kind(&self, day: Day, member: &Member) -> Option<&'a DayKind> {
        let holiday =
            self.holidays.iter().find(|holiday| holiday.day == day && member.lives_in(&holiday.segments));
        match holiday {
            Some(holiday) => self.kinds.iter().find(|kind| kind.id == holiday.kind),
            None => {
                let weekday = day.weekday();
                self.kinds.iter().find(|kind| kind.on.contains(&weekday) && member.lives_in(&kind.segments))
            }
        }
    }
}
