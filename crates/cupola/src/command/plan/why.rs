//! Why a request has no place in a plan, and what would admit it.

use anyhow::{Result, bail};
use plan::Origin;
use schedule::{Scheduled, Setting, Told, idle};
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
