//! Why a request has no place in a plan, and what would admit it.

use anyhow::{Result, bail};
use plan::{Idle, Origin};
use schedule::{Certainty, Scheduled, Setting, Told, idle};
use serde_json::{Value, json};
use timeline::nearest;

use crate::text::{Ink, WIDTH, wrap};

/// What stands for everything that has no place.
pub(crate) const ALL: &str = "all";

/// What is asked for by `--explain`: a wish, all wishes of a request, or all. Those that have a place say where.
pub(crate) fn told(setting: &Setting<'_>, scheduled: &Scheduled, asked: &str) -> Result<Vec<Told>> {
    let is_of = |id: &str, origin: &Origin| {
        asked == ALL || id == asked || matches!(origin, Origin::Request(request) if request.as_str() == asked)
    };
    let wishes = setting.wishes.list.iter().enumerate();
    let (placed, open): (Vec<usize>, Vec<usize>) = wishes
        .filter(|(_, wish)| is_of(wish.id.as_str(), &wish.origin))
        .map(|(at, _)| at)
        .partition(|at| scheduled.refused.iter().all(|refused| refused.wish != *at));
    let mut told = scheduled.explain(setting, &open)?;
    if asked == ALL {
        return Ok(told);
    }
    told.extend(placed.into_iter().filter_map(|at| {
        let id = &setting.wishes.list[at].id;
        let activity = scheduled.plan.activities.get(id)?;
        let crew: Vec<&str> = activity.crew.iter().map(plan::PersonId::as_str).collect();
        let with = if crew.is_empty() { String::new() } else { format!(" with {}", crew.join(", ")) };
        let said = format!("it has a place: {} GMT{with}", activity.start.gmt());
        Some(Told { id: id.to_string(), reasons: vec![said], remedies: Vec::new() })
    }));
    let nothing = setting.wishes.idle.iter().filter(|(request, _)| request.as_str() == asked);
    told.extend(nothing.map(|(request, why)| Told {
        id: request.to_string(),
        reasons: vec![idle(*why).to_owned()],
        remedies: Vec::new(),
    }));
    if setting.wishes.task_list.iter().any(|task| task.request.as_str() == asked) {
        let said = "it is on the task list: the crew takes it when there is time".to_owned();
        told.push(Told { id: asked.to_owned(), reasons: vec![said], remedies: Vec::new() });
    }
    if told.is_empty() {
        let known = setting.book.requests.ids().map(plan::RequestId::as_str);
        match nearest(asked, known) {
            Some(near) => bail!("nobody asks for `{asked}`; did you mean `{near}`?"),
            None => bail!("nobody asks for `{asked}`; --explain all tells of everything that has no place"),
        }
    }
    Ok(told)
}

/// The requests for which too few are aboard who can do them.
pub(crate) fn nobody(setting: &Setting<'_>) -> Vec<Told> {
    let idle = setting.wishes.idle.iter().filter(|(_, why)| *why == Idle::NobodyCan);
    let told = |request: &plan::RequestId| {
        let request = setting.book.requests.get(request)?;
        let reasons = request.crew.iter().filter_map(|role| {
            let able = setting.crew.iter().filter(|member| member.can(role)).count();
            let skills: Vec<&str> = role.skills.iter().map(plan::SkillId::as_str).collect();
            let what = if skills.is_empty() { String::new() } else { format!(" with {}", skills.join(" and ")) };
            let is_short = able < role.count as usize;
            is_short.then(|| format!("it needs {} people{what}; {able} of those aboard can do it", role.count))
        });
        Some(Told {
            id: request.id.to_string(),
            reasons: reasons.collect(),
            remedies: vec!["train somebody (skills.csv), or ask for fewer or for others".to_owned()],
        })
    };
    idle.filter_map(|(request, _)| told(request)).collect()
}

/// Mandatory work that cannot hold together, in a sentence; nothing when all of it has its place.
pub(crate) fn clash(setting: &Setting<'_>, scheduled: &Scheduled) -> Result<Option<(Vec<String>, String)>> {
    let Some(clash) = scheduled.clash(setting)? else { return Ok(None) };
    let said = match clash.proven {
        Certainty::Proven if clash.ids.len() == 1 => "this cannot be done at all, which is proven",
        Certainty::Proven => "these cannot all be done, which is proven",
        Certainty::Likely => "no way was found to do all of these",
    };
    let missing = scheduled.mandatory_total - scheduled.mandatory_placed;
    let said = format!("{missing} of the mandatory have no place; the list below says why. As few as possible that clash: {said}");
    Ok(Some((clash.ids, said)))
}

pub(crate) fn json(told: &Told) -> Value {
    json!({"id": told.id, "reasons": told.reasons, "remedies": told.remedies})
}

pub(crate) fn page(told: &[Told], ink: Ink) -> String {
    let mut text = format!("\n{}\n", ink.bold("WHY NOT"));
    for one in told {
        text += &format!("{}\n", one.id);
        for reason in &one.reasons {
            text += &wrap(&format!("  · {reason}"), WIDTH, 4);
        }
        for remedy in &one.remedies {
            text += &ink.faint(&wrap(&format!("  → {remedy}"), WIDTH, 4));
        }
    }
    text
}
