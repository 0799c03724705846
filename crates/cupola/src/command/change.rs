//! `cupola change`: change requests of a control centre at its node.

mod baseline;
mod consequence;
mod list;
mod new;
mod rebase;
mod show;

use std::path::Path;

use anyhow::{Context, Result};
use desk::{Desk, Say};
use journal::Ruled;
use timeline::Time;

use super::journal::Done;
use crate::answer::Answer;
use crate::args::request::{Change, Decision, StatusName, Which};

/// Answers about the requests that the node in `folder` knows, at the time `now`.
pub(crate) fn answer(folder: &Path, asked: &Change, now: Time) -> Result<Answer> {
    let mut desk = Desk::open(folder)?;
    match asked {
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
        Change::Rebase { which, dry_run } => rebase::answer(&mut desk, &which.request, *dry_run, now),
        Change::Baseline { plan, files } => baseline::answer(&desk, plan.as_deref(), files.as_deref()),
    }
}

/// Says something of a request, and where it stands then.
fn say(desk: &mut Desk, which: &Which, say: Say, done: &str, now: Time) -> Result<Answer> {
    let request = desk.find(&desk.state(), &which.request)?;
    let written = desk.say(request, say, now)?;
    let state = desk.state();
    let requested = &state.requests[&request];
    let what = format!("{} {done}; it is {} now.", requested.request.name, desk::standing(requested.status));
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
