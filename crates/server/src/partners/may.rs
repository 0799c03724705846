//! Who may say what in the name of which centre.

use axum::http::StatusCode;
use desk::{Desk, Say};
use journal::{Digest, Ruled, State};
use record::{CentreId, Word as _};
use serde_json::{Value, json};
use timeline::Time;

use super::Seat;
use crate::access::{Caller, Role};
use crate::problem::Problem;
use crate::room::{Room, Training};

record::words! {
    /// What is done in the name of a centre.
    pub enum Deed {
        /// A change is asked for.
        Propose = "propose",
        /// A request is approved.
        Approve = "approve",
        /// A request is rejected.
        Reject = "reject",
        /// Something is said that decides nothing.
        Comment = "comment",
        /// The centre's own request is taken back.
        Withdraw = "withdraw",
        /// An approved request is in the products.
        Implement = "implement",
        /// The chair of a body decides.
        Decide = "decide",
    }
}

impl Deed {
    /// The deed as words of a desk; nothing for asking.
    pub(super) fn say(self, text: &str, ruled: Ruled, body: Option<record::BodyId>) -> Option<Say> {
        let text = text.to_owned();
        Some(match self {
            Self::Propose => return None,
            Self::Approve => Say::Approve(Some(text).filter(|text| !text.trim().is_empty())),
            Self::Reject => Say::Reject(text),
            Self::Comment => Say::Comment(text),
            Self::Withdraw => Say::Withdraw(text),
            Self::Implement => Say::Implement,
            Self::Decide => Say::Rule { body, ruled, why: text },
        })
    }
}

/// Whether a role does it for its own partner's centres.
const fn has(role: Role, deed: Deed) -> bool {
    match role {
        Role::Viewer => false,
        Role::Planner => matches!(deed, Deed::Propose | Deed::Comment | Deed::Withdraw | Deed::Implement),
        Role::FlightDirector => !matches!(deed, Deed::Decide),
        Role::BoardMember => matches!(deed, Deed::Comment | Deed::Decide),
        Role::Administrator => true,
    }
}

/// Why somebody may not do it in the name of a centre; nothing when they may.
pub(super) fn refusal(room: &Room, caller: &Caller, centre: &CentreId, deed: Deed) -> Option<String> {
    match caller {
        Caller::Trainee => None,
        Caller::Guest | Caller::Stranger => Some("whoever is not signed in only reads".to_owned()),
        Caller::Member(member) if room.partner_of(centre) != Some(&member.partner) => {
            Some(format!("{} is of {}, and does not speak for {centre}", member.name, member.partner))
        }
        Caller::Member(member) if !has(member.role, deed) => {
            let who: Vec<&str> =
                Role::ALL.iter().filter(|role| has(**role, deed)).map(|role| role.word()).collect();
            Some(format!("a {} may not {deed}; {} may", member.role, who.join(", ")))
        }
        Caller::Member(_) => None,
    }
}

/// # Errors
/// When they may not.
pub(super) fn allow(seat: &Seat, caller: &Caller, deed: Deed) -> Result<(), Problem> {
    match refusal(&seat.room, caller, &seat.centre, deed) {
        None => Ok(()),
        Some(why) => Err(Problem::new(StatusCode::FORBIDDEN, why, "session")
            .mend("ask somebody of that partner whose role has it; docs/server.md lists them")),
    }
}

/// What the caller may say of a request for the centre, and why not.
pub(super) fn says(
    seat: &Seat,
    caller: &Caller,
    desk: &Desk,
    (state, request): (&State<'_>, Digest),
    now: Time,
) -> Value {
    let one = |deed: &Deed| {
        let say = deed.say("", Ruled::Approved, None)?;
        let why = refusal(&seat.room, caller, &seat.centre, *deed)
            .or_else(|| desk.refusal(state, request, say, now));
        Some(json!({"say": deed.word(), "may": why.is_none(), "why": why}))
    };
    Deed::ALL.iter().filter_map(one).collect()
}

/// The nodes that there are, and what the caller may do at each.
pub(crate) fn nodes(room: &Room, caller: &Caller) -> Value {
    let centre = |(centre, partner): (&CentreId, &record::PartnerId)| {
        let may: Vec<&str> = Deed::ALL
            .iter()
            .filter(|deed| refusal(room, caller, centre, **deed).is_none())
            .map(|deed| deed.word())
            .collect();
        json!({"id": centre.as_str(), "partner": partner.as_str(), "may": may})
    };
    json!({
        "training": room.training == Training::Yes,
        "centres": room.centres().map(centre).collect::<Vec<_>>(),
    })
}

#[cfg(test)]
mod tests {
    use record::Word as _;

    use super::{Deed, has};
    use crate::access::Role;

    #[test]
    fn every_deed_for_every_role() {
        let expected = [
            ("viewer", ""),
            ("planner", "propose comment withdraw implement"),
            ("flight-director", "propose approve reject comment withdraw implement"),
            ("board-member", "comment decide"),
            ("administrator", "propose approve reject comment withdraw implement decide"),
        ];
        assert_eq!(expected.len(), Role::ALL.len());
        for (role, deeds) in expected {
            let role = Role::from_word(role).expect("it is a role");
            let may: Vec<&str> =
                Deed::ALL.iter().filter(|deed| has(role, **deed)).map(|deed| deed.word()).collect();
            assert_eq!(may.join(" "), deeds, "{role}");
        }
    }
}
