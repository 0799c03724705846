//! Crew time by partner: what each is entitled to, and what a plan gives it.

use std::collections::{BTreeMap, BTreeSet};

use book::Book;
use partnership::Pool;
use plan::{Activity, Member, Origin, Plan, Wish};
use planner::{Partner, Problem, Solution};
use record::{PartnerId, PersonId, PoolId, Share};

use crate::setting::Setting;

/// What one partner gets of a pool.
#[derive(Clone, PartialEq, Debug)]
pub struct PoolShare {
    /// Of which pool.
    pub pool: PoolId,
    /// Whose.
    pub partner: PartnerId,
    /// What it is entitled to.
    pub share: Share,
    /// Crew time in the plan, whole minutes.
    pub planned_min: u64,
    /// Crew time before the plan that counts with it, whole minutes.
    pub had_min: u64,
    /// Crew time that it asks for in the plan's span, whole minutes.
    pub asked_min: u64,
    /// All of the pool's crew time, before the plan and in it, whole minutes.
    pub whole_min: u64,
}

impl PoolShare {
    /// Its part of the pool so far; nothing while nothing is done.
    #[must_use]
    pub fn part(&self) -> Option<f64> {
        (self.whole_min > 0).then(|| (self.planned_min + self.had_min) as f64 / self.whole_min as f64)
    }

    /// How far it is from what it is entitled to, in points of a hundred.
    #[must_use]
    pub fn off_points(&self) -> Option<f64> {
        self.part().map(|part| part * 100.0 - self.share.percent())
    }
}

/// What shares are counted from, beside a plan.
#[derive(Clone, Copy)]
pub struct Sharing<'a> {
    /// The book that says who has a part in what.
    pub book: &'a Book,
    /// Who is planned.
    pub crew: &'a [Member],
    /// What is asked for in the plan's span.
    pub wishes: &'a [Wish],
    /// Crew time that partners have had already, whole minutes.
    pub had: &'a BTreeMap<(PoolId, PartnerId), u64>,
}

/// Every partner's part of every pool in a plan, in order of pools and, in them, of their parts.
#[must_use]
pub fn shares(setting: &Setting<'_>, plan: &Plan) -> Vec<PoolShare> {
    let sharing =
        Sharing { book: setting.book, crew: &setting.crew, wishes: &setting.wishes.list, had: &setting.had };
    sharing.of(plan)
}

impl Sharing<'_> {
    /// Every partner's part of every pool in a plan, in order of pools and, in them, of their parts.
    #[must_use]
    pub fn of(&self, plan: &Plan) -> Vec<PoolShare> {
        crew_time_pools(self.book).flat_map(|pool| self.of_pool(pool, plan)).collect()
    }

    fn of_pool(&self, pool: &Pool, plan: &Plan) -> Vec<PoolShare> {
        let people = of_pool(self.crew, pool);
        let planned = planned(pool, &people, plan);
        let mut asked: BTreeMap<&PartnerId, u64> = BTreeMap::new();
        for wish in self.wishes.iter().filter(|wish| counts_in(pool, &people, wish)) {
            if let Some(partner) = &wish.partner {
                *asked.entry(partner).or_default() += wish_minutes(wish);
            }
        }
        let had = |partner: &PartnerId| {
            self.had.get(&(pool.id.clone(), partner.clone())).copied().unwrap_or_default()
        };
        let planned = |partner: &PartnerId| planned.get(partner).copied().unwrap_or_default();
        let whole_min: u64 = pool.parts.iter().map(|part| planned(&part.partner) + had(&part.partner)).sum();
        let share = |part: &partnership::Part| PoolShare {
            pool: pool.id.clone(),
            partner: part.partner.clone(),
            share: part.share,
            planned_min: planned(&part.partner),
            had_min: had(&part.partner),
            asked_min: asked.get(&part.partner).copied().unwrap_or_default(),
            whole_min,
        };
        pool.parts.iter().map(share).collect()
    }
}

/// What a plan shares out: of the pools those of crew time.
pub(crate) fn crew_time_pools(book: &book::Book) -> impl Iterator<Item = &Pool> {
    book.pools.iter().map(|pool| &pool.value).filter(|pool| pool.is_crew_time())
}

/// Crew time by partner in a plan, whole minutes.
fn planned<'a>(pool: &Pool, people: &BTreeSet<&PersonId>, plan: &'a Plan) -> BTreeMap<&'a PartnerId, u64> {
    let counts = |activity: &Activity| {
        pool.kinds.contains(&activity.kind) && matches!(activity.origin, Origin::Request(_) | Origin::Added)
    };
    let mut planned: BTreeMap<&PartnerId, u64> = BTreeMap::new();
    for activity in plan.activities.values().filter(|activity| counts(activity)) {
        let Some(partner) = &activity.partner else { continue };
        let own = activity.crew.iter().filter(|person| people.contains(person)).count() as u64;
        let heads = activity.crew.len().max(1) as u64;
        *planned.entry(partner).or_default() += activity.crew_minutes() * own / heads;
    }
    planned
}

/// Whose time it is.
fn of_pool<'a>(crew: &'a [Member], pool: &Pool) -> BTreeSet<&'a PersonId> {
    let is_own = |segment: Option<&str>| pool.segment.is_none() || segment == pool.segment.as_deref();
    let own = crew.iter().filter(|member| is_own(member.segment.as_deref()));
    own.map(|member| &member.person).collect()
}

/// Whether the time of a wish counts in a pool: its kind does, and `people` of the segment can do it.
fn counts_in(pool: &Pool, people: &BTreeSet<&PersonId>, wish: &Wish) -> bool {
    pool.kinds.contains(&wish.kind)
        && wish.crew.iter().flat_map(|seat| &seat.of).any(|person| people.contains(person))
}

fn wish_minutes(wish: &Wish) -> u64 {
    let minutes = wish.length.whole_minutes();
    let heads: u32 = wish.crew.iter().map(|seat| seat.count).sum();
    u64::try_from(minutes).unwrap_or_default() * u64::from(heads)
}

/// Partners' claims on the pools as the planner's partners.
pub(crate) struct Claims {
    /// In order of the problem's partners.
    claims: Vec<Claim>,
}

struct Claim {
    pool: PoolId,
    partner: PartnerId,
    part: f64,
    had_slots: f64,
}

/// Beside a wish of usual worth this makes it as dear to leave a partner a tenth from its target.
const DEARNESS: f64 = 10.0;

impl Claims {
    pub(crate) fn of(setting: &Setting<'_>) -> Self {
        let mut claims = Vec::new();
        for pool in crew_time_pools(setting.book) {
            for part in &pool.parts {
                let had = setting.had.get(&(pool.id.clone(), part.partner.clone()));
                claims.push(Claim {
                    pool: pool.id.clone(),
                    partner: part.partner.clone(),
                    part: part.share.percent() / 100.0,
                    had_slots: had.copied().unwrap_or_default() as f64 / f64::from(plan::GRID_MIN),
                });
            }
        }
        Self { claims }
    }

    /// Which claim the time of a wish counts to.
    pub(crate) fn of_wish(&self, setting: &Setting<'_>, wish: &Wish) -> Option<usize> {
        let partner = wish.partner.as_ref()?;
        let is_counted = |pool: &&Pool| counts_in(pool, &of_pool(&setting.crew, pool), wish);
        let pools = crew_time_pools(setting.book).filter(is_counted);
        pools
            .filter_map(|pool| {
                self.claims.iter().position(|claim| claim.pool == pool.id && claim.partner == *partner)
            })
            .next()
    }

    /// Adds the claims to a problem, without weight until [`Claims::aim`] says how much there is to share.
    pub(crate) fn put(&self, problem: &mut Problem) {
        problem.partners = self.claims.iter().map(|_| Partner::default()).collect();
    }

    /// Sets what each partner should get: its share of all that `first`, a plan that knows no shares, does for the pool, and of what was
    /// done before.
    pub(crate) fn aim(&self, problem: &mut Problem, first: &Solution) {
        let mut got = vec![0.0; self.claims.len()];
        let (mut worth, mut slots) = (0.0, 0.0);
        for (task, placement) in problem.tasks.iter().zip(&first.placements) {
            let (Some(partner), Some(placement)) = (task.partner, placement) else { continue };
            let crew_slots = f64::from(placement.crew.count() * task.duration);
            got[partner] += crew_slots;
            worth += f64::from(task.value);
            slots += crew_slots;
        }
        if slots == 0.0 {
            return;
        }
        let weight = (DEARNESS * worth / slots).ceil().max(1.0) as u32;
        for (at, claim) in self.claims.iter().enumerate() {
            let of_pool = |sum: &dyn Fn(usize, &Claim) -> f64| -> f64 {
                let own = self.claims.iter().enumerate().filter(|(_, other)| other.pool == claim.pool);
                own.map(|(at, other)| sum(at, other)).sum()
            };
            let whole = of_pool(&|at, _| got[at]) + of_pool(&|_, other| other.had_slots);
            let target = (claim.part * whole - claim.had_slots).max(0.0).round();
            problem.partners[at] = Partner { target_slots: target as u32, weight };
        }
    }
}
