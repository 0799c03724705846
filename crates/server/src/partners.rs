//! What centres say to one another, at the node of the one in whose name somebody looks or speaks.

pub(crate) mod ask;
pub(crate) mod may;
pub(crate) mod words;

use std::sync::Arc;

use axum::body::Body;
use axum::http::{Response, StatusCode};
use desk::{Desk, DeskError, PlanImpact, Weighing};
use journal::{Digest, State};
use record::CentreId;
use serde_json::{Value, json};
use timeline::{Duration, Time};

use crate::access::Caller;
use crate::act::fresh;
use crate::app::App;
use crate::cache::Entity;
use crate::problem::Problem;
use crate::reply;
use crate::room::Room;
use crate::route::{Call, Done};

/// Records that are told when nobody says how many.
const USUAL_LAST: u32 = 40;

/// Whose node is asked.
#[derive(Clone)]
pub(crate) struct Seat {
    pub(crate) room: Arc<Room>,
    pub(crate) centre: CentreId,
}

impl Seat {
    /// The centre that `as` names; without it that of the caller's partner, or the first there is.
    ///
    /// # Errors
    /// When no centre has a node here, or not the one that is named.
    fn of(call: &Call) -> Result<Self, Problem> {
        let Some(room) = call.app.settings.room.clone() else {
            return Err(Problem::new(StatusCode::NOT_FOUND, "no control centre has its node at this server", "server")
                .mend("start it with --node DIR, or --nodes DIR to try things out; `cupola journal found` makes a node"));
        };
        let centre = match call.query.text("as") {
            Some(asked) => room.centres().map(|(id, _)| id).find(|id| id.as_str() == asked),
            None => {
                let partner = call.caller.member().map(|member| &member.partner);
                let own = room.centres().find(|(_, of)| Some(*of) == partner).map(|(id, _)| id);
                own.or_else(|| Some(room.first()))
            }
        };
        let Some(centre) = centre.cloned() else {
            let here: Vec<&str> = room.centres().map(|(id, _)| id.as_str()).collect();
            let what = "that centre has no node at this server";
            return Err(Problem::new(StatusCode::NOT_FOUND, what, "query.as")
                .mend(format!("there are {}", here.join(", "))));
        };
        Ok(Self { room, centre })
    }
}

/// Something of all records, made once for the records that there are.
async fn of_records(
    call: &Call,
    what: String,
    make: impl FnOnce(&App, &Desk) -> Result<Value, Problem> + Send + 'static,
) -> Result<Response<Body>, Problem> {
    let seat = Seat::of(call)?;
    let looking = seat.clone();
    let digest = call.app.compute(move || Ok(Room::digest(&*looking.room.desk(&looking.centre)?))).await?;
    let app = Arc::clone(&call.app);
    let question = format!("{what} {digest} at {}", seat.centre);
    let entity = call.app.cache.get(question, || async {
        let shared = Arc::clone(&app);
        let made = app.compute(move || {
            let desk = seat.room.desk(&seat.centre)?;
            Ok(Arc::new(Entity::new(make(&shared, &desk)?.to_string().into_bytes())))
        });
        made.await
    });
    Ok(reply::entity(&call.headers, &*entity.await?))
}

pub(crate) fn shares(call: Call) -> Done {
    Box::pin(async move {
        let mut plans = Vec::new();
        for id in call.query.texts("plan") {
            plans.push(crate::plans::find(&call.app, &id).await?.plan.clone());
        }
        let (from, to) = (call.query.time("from"), call.query.time("to"));
        let asked = facts::shares::Asked { from, to, plans, ..Default::default() };
        if call.app.settings.room.is_none() && !call.query.has("as") {
            // What happened is in the book, and nobody has bartered.
            let shared = Arc::clone(&call.app);
            let value = call.app.compute(move || Ok(facts::shares::shares(&shared.book, &asked)?.json()));
            return Ok(fresh(&call, &value.await?));
        }
        let make = move |app: &App, desk: &Desk| {
            let state = desk.state();
            let barters = desk.barters(&state);
            let mut asked = facts::shares::Asked { barters: barters.agreed.clone(), ..asked };
            // Of plans that overlap the later counts: what all have agreed to.
            asked.plans.extend(desk.baseline(&state).products.plans.into_values());
            let mut json = facts::shares::shares(&app.book, &asked)?.json();
            json["barters"] = barters.agreed.iter().map(barter).collect();
            json["offered_barters"] = barters.offered.iter().map(desk::Offer::to_json).collect();
            Ok(json)
        };
        of_records(&call, format!("shares{}", call.query.canonical()), make).await
    })
}

fn barter(barter: &ledger::Barter) -> Value {
    json!({
        "at": barter.at.to_string(), "from": barter.from.as_str(), "to": barter.to.as_str(), "pool": barter.pool.as_str(),
        "amount": barter.amount, "terms": barter.terms,
    })
}

pub(crate) fn changes(call: Call) -> Done {
    Box::pin(async move {
        let make =
            |_: &App, desk: &Desk| Ok(desk.list(&desk.state()).iter().map(desk::Told::to_json).collect());
        of_records(&call, "changes".to_owned(), make).await
    })
}

pub(crate) fn journal(call: Call) -> Done {
    Box::pin(async move {
        let last = call.query.whole("last").unwrap_or(USUAL_LAST) as usize;
        let centre = match call.query.text("centre") {
            None => None,
            Some(id) => {
                let known = call.app.book.centres.iter().find(|centre| centre.id.as_str() == id);
                Some(known.map(|centre| centre.id.clone()).ok_or_else(|| {
                    Problem::new(StatusCode::NOT_FOUND, "the book has no such control centre", "query.centre")
                        .mend("GET /api/v1/book lists its `centres`")
                })?)
            }
        };
        let what = format!("journal {last} {}", centre.as_ref().map_or("", |centre| centre.as_str()));
        of_records(&call, what, move |_, desk| Ok(desk.log(centre.as_ref(), last).to_json())).await
    })
}

pub(crate) fn state(call: Call) -> Done {
    Box::pin(async move {
        let make = |_: &App, desk: &Desk| {
            let mut json = desk.report(&desk.state(), desk.node().health()).to_json();
            json["centre"] = json!(desk.node().centre().as_str());
            Ok(json)
        };
        of_records(&call, "state".to_owned(), make).await
    })
}

/// A request as it is told, and what must be compared to tell what it would do.
struct Look {
    told: Value,
    /// The same for the same request on the same baseline.
    impact_key: Digest,
    weighing: Result<Option<Weighing>, DeskError>,
}

pub(crate) fn change(call: Call) -> Done {
    Box::pin(async move {
        let seat = Seat::of(&call)?;
        let (caller, name, now) = (call.caller.clone(), call.id.clone(), minute(call.app.now()));
        let looked = call.app.compute(move || look(&seat, &caller, &name, now));
        let Look { mut told, impact_key, weighing } = looked.await?;
        let app = Arc::clone(&call.app);
        let entity = call.app.cache.get(format!("impact {impact_key}"), || async {
            let weighed = app.compute(move || {
                let impact =
                    weighing.and_then(|weighing| weighing.map_or_else(|| Ok(Vec::new()), |one| one.impact()));
                Ok(Arc::new(Entity::new(weighed(impact).to_string().into_bytes())))
            });
            weighed.await
        });
        let weighed: Value = serde_json::from_slice(&entity.await?.plain).unwrap_or_default();
        merge(&mut told, weighed);
        Ok(fresh(&call, &told))
    })
}

/// What a centre may say hangs on the time, which moves on minute by minute.
fn minute(now: Time) -> Time {
    now.floor_to(Duration::MINUTE)
}

fn look(seat: &Seat, caller: &Caller, name: &str, now: Time) -> Result<Look, Problem> {
    let desk = seat.room.desk(&seat.centre)?;
    let state = desk.state();
    let digest = desk.find(&state, name)?;
    let mut told = desk.tell(&state, digest).map_or(Value::Null, |told| told.to_json());
    told["centre"] = json!(seat.centre.as_str());
    told["says"] = may::says(seat, caller, &desk, (&state, digest), now);
    Ok(Look { told, impact_key: impact_key(&state, digest), weighing: desk.weighing(&state, digest) })
}

/// What the impact of a request hangs on: the request, how it stands, and what was approved before it.
fn impact_key(state: &State<'_>, request: Digest) -> Digest {
    let before = state.baseline.iter().take_while(|digest| **digest != request);
    let status = state.requests[&request].status;
    let text: String = before.map(|digest| format!("{digest}\n")).collect();
    Digest::of(format!("{text}{request} {status:?}").as_bytes())
}

fn weighed(impact: Result<Vec<PlanImpact>, DeskError>) -> Value {
    match impact {
        Ok(impact) => json!({
            "impact": impact.iter().map(PlanImpact::to_json).collect::<Vec<_>>(),
            "impact_untold": null,
        }),
        Err(error) => json!({"impact": [], "impact_untold": error.to_string()}),
    }
}

fn merge(told: &mut Value, more: Value) {
    if let (Value::Object(told), Value::Object(more)) = (told, more) {
        told.extend(more);
    }
}

/// What is said once a record is written.
fn written(app: &App, name: &str, status: &str, written: &node::Written) -> Value {
    app.tell("changed", &json!({"what": ["journal"]}));
    let head = written.record.head();
    json!({
        "name": name,
        "status": status,
        "record": {"centre": head.centre.as_str(), "number": head.number, "digest": head.digest.to_string()},
        "warning": written.clock_behind.map(|behind| format!("the server's clock is {behind} behind what others have written: set it right")),
    })
}
