//! `cupola change`: change requests of a control centre at its node.

mod baseline;
mod consequence;
mod list;
mod new;
mod rebase;
mod show;

use std::path::Path;

use anyhow::{Context, Result, bail};
use desk::{Desk, Say};
use journal::Ruled;
use timeline::Time;

use super::journal::{Done, damage};
use crate::answer::Answer;
use crate::args::request::{Change, Decision, StatusName, Which};

/// Answers about the requests that the node in `folder` knows, at the time `now`.
pub(crate) fn answer(folder: &Path, asked: &Change, now: Time) -> Result<Answer> {
    let mut desk = Desk::open(folder)?;
    let damage = damage(&desk);
    if let (Some(damage), false) = (&damage, asked.only_reads()) {
        bail!("{damage}; until then nothing is decided on them");
    }
    let answer = match asked {
        Change::New(new) => new::answer(&mut desk, new, now),
        Change::List { mine, status } => Ok(list::answer(&desk, *mine, *status)),
        Change::Show { which } => show::answer(&desk, &which.request),
        Change::Approve { which, comment } => {
            say(&mut desk, which, Say::Approve(comment.clone()), "approved", now)
        }
        Change::Reject { which, why } => say(&mut desk, which, Say::Reject(why.why.clone()), "rejected", now),
        Change::Comment { which, text } => {
            say(&mut desk, which, Say::Comment(text.clone()), "commented on", now)
        }
        Change::Withdraw { which, why } => {
            say(&mut desk, which, Say::Withdraw(why.why.clone()), "withdrawn", now)
        }
        Change::Implement { which } => say(&mut desk, which, Say::Implement, "implemented", now),
        Change::Decide { which, decision, why, body } => {
            let body = body.as_deref().map(|body| body.parse().context("--body")).transpose()?;
            let ruled = match decision {
                Decision::Approve => Ruled::Approved,
                Decision::Reject => Ruled::Rejected,
            };
            say(&mut desk, which, Say::Rule { body, ruled, why: why.why.clone() }, "decided", now)
        }
        Change::Rebase { which, mine, dry_run } => {
            let take = if *mine { rebase::Take::Mine } else { rebase::Take::Neither };
            rebase::answer(&mut desk, &which.request, take, *dry_run, now)
        }
        Change::Baseline { plan, files } => baseline::answer(&desk, plan.as_deref(), files.as_deref()),
    };
    answer.map(|answer| answer.with_note(damage))
}

/// Says something of a request, and where it stands then.
fn say(desk: &mut Desk, which: &Which, say: Say, done: &str, now: Time) -> Result<Answer> {
    let request = desk.find(&desk.state(), &which.request)?;
    let written = desk.say(request, say, now)?;
    let state = desk.state();
    let told = desk.tell(&state, request).context("the request is there")?;
    let mut what =
        format!("{}: {done} by {}; the request is {}", told.name, desk.node().centre(), told.standing);
    if !told.awaited.is_empty() {
        let centres: Vec<&str> = told.awaited.iter().map(record::CentreId::as_str).collect();
        what += &format!(", still to decide: {}", centres.join(", "));
    }
    what.push('.');
    if let Some(after) = told.replaced_by.first() {
        what += &format!(" {after} asks to stand in its place.");
    }
    if let Some(why) = told.without_effect.first() {
        what += &format!(" As it is it has no effect: {why}.");
    }
    Ok(Done::record(what, &written).answer())
}

fn is(standing: &str, wanted: StatusName) -> bool {
    match wanted {
        StatusName::Open => matches!(standing, "open" | "waiting"),
        StatusName::Approved => standing == "approved",
        StatusName::Rejected => standing == "rejected",
        StatusName::Withdrawn => standing == "withdrawn",
        StatusName::Replaced => standing == "replaced",
    }
}
