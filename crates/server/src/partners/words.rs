//! Words on a change request in the name of a centre.

use std::sync::Arc;

use journal::Ruled;
use record::Word as _;
use serde_json::Value;

use super::may::{Deed, allow};
use super::{Seat, written};
use crate::act::fresh;
use crate::problem::Problem;
use crate::route::{Call, Done};

pub(crate) fn words(call: Call) -> Done {
    Box::pin(async move {
        let seat = Seat::of(&call)?;
        let deed = deed(&call.body)?;
        allow(&seat, &call.caller, deed)?;
        let text = text(&call.body, "text")?;
        if text.trim().is_empty()
            && matches!(deed, Deed::Reject | Deed::Comment | Deed::Withdraw | Deed::Decide)
        {
            return Err(
                Problem::bad("`text` says nothing", "body.text").mend("say why: all the others read it")
            );
        }
        let ruled = match (deed, text_or(&call.body, "decision", "")?.as_str()) {
            (Deed::Decide, "reject") => Ruled::Rejected,
            (Deed::Decide, "approve") => Ruled::Approved,
            (Deed::Decide, _) => {
                return Err(
                    Problem::bad("`decision` is missing", "body.decision").mend("give approve or reject")
                );
            }
            _ => Ruled::Approved,
        };
        let body = match text_or(&call.body, "body", "")?.as_str() {
            "" => None,
            id => Some(id.parse().map_err(|_| {
                Problem::bad("`body` names no body", "body.body")
                    .mend("leave it out, or give an id such as mcb")
            })?),
        };
        let Some(say) = deed.say(&text, ruled, body) else { return Err(unknown(&call.body)) };
        let (app, name, now) = (Arc::clone(&call.app), call.id.clone(), call.app.now());
        let value = call.app.compute(move || {
            let mut called = String::new();
            let done = seat.room.write(&seat.centre, now, |desk| {
                let digest = desk.find(&desk.state(), &name)?;
                let done = desk.say(digest, say, now)?;
                let state = desk.state();
                let requested = &state.requests[&digest];
                called = requested.request.name.clone();
                Ok((done, desk::standing(requested.status)))
            })?;
            Ok(written(&app, &called, done.1, &done.0))
        });
        Ok(fresh(&call, &value.await?))
    })
}

fn deed(body: &Value) -> Result<Deed, Problem> {
    let said = body["say"].as_str().and_then(Deed::from_word);
    said.filter(|deed| *deed != Deed::Propose).ok_or_else(|| unknown(body))
}

fn unknown(body: &Value) -> Problem {
    let words: Vec<&str> =
        Deed::ALL.iter().filter(|deed| **deed != Deed::Propose).map(|deed| deed.word()).collect();
    Problem::bad(format!("`say` is {}", body["say"]), "body.say")
        .mend(format!("give one of {}", words.join(", ")))
}

fn text(body: &Value, field: &str) -> Result<String, Problem> {
    text_or(body, field, "")
}

/// A field that is a text, or `usual` where it is not there.
pub(super) fn text_or(body: &Value, field: &str, usual: &str) -> Result<String, Problem> {
    match &body[field] {
        Value::Null => Ok(usual.to_owned()),
        Value::String(text) => Ok(text.clone()),
        _ => Err(Problem::bad(format!("`{field}` is no text"), format!("body.{field}")).mend("give a text")),
    }
}
