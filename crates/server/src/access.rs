//! Who may do what.

use record::PartnerId;

record::words! {
    /// What somebody is, within one partner.
    pub enum Role {
        /// Reads.
        Viewer = "viewer",
        /// Plans the partner's work.
        Planner = "planner",
        /// Leads the planning of all.
        FlightDirector = "flight-director",
        /// Decides for the partner.
        BoardMember = "board-member",
        /// Runs the partner's own centre.
        Administrator = "administrator",
    }
}

record::words! {
    /// What a request needs.
    pub enum Right {
        /// Nothing: anybody who reaches the server.
        Open = "open",
        /// To read the station's data.
        Read = "read",
        /// To have plans made, and to stop what one's partner has begun.
        Plan = "plan",
        /// To ask for a change of the baseline in the name of a centre.
        Propose = "propose",
        /// To say something of a change in the name of a centre.
        Speak = "speak",
        /// To see how the server does.
        Operate = "operate",
    }
}

/// Who asks.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Caller {
    /// Nobody has an account: whoever sits at this machine reads.
    Guest,
    /// Whoever sits at this machine speaks as any centre, to try things out.
    Trainee,
    /// There are accounts, and nobody is signed in.
    Stranger,
    /// Somebody with an account.
    Member(Member),
}

/// Somebody with an account.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Member {
    pub(crate) name: String,
    pub(crate) partner: PartnerId,
    pub(crate) role: Role,
}

/// Why somebody may not.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Denied {
    /// They must sign in first.
    SignIn,
    /// Their role does not have it.
    Role,
}

impl Role {
    /// The rights of a role.
    pub(crate) const fn rights(self) -> &'static [Right] {
        match self {
            Self::Viewer => &[Right::Open, Right::Read],
            Self::BoardMember => &[Right::Open, Right::Read, Right::Speak],
            Self::Planner | Self::FlightDirector => {
                &[Right::Open, Right::Read, Right::Plan, Right::Propose, Right::Speak]
            }
            Self::Administrator => &[Right::Open, Right::Read, Right::Propose, Right::Speak, Right::Operate],
        }
    }
}

impl Caller {
    /// The rights of whoever asks.
    pub(crate) const fn rights(&self) -> &'static [Right] {
        match self {
            // Who sits at the machine may see how it does.
            Self::Guest => &[Right::Open, Right::Read, Right::Operate],
            Self::Trainee => {
                &[Right::Open, Right::Read, Right::Plan, Right::Propose, Right::Speak, Right::Operate]
            }
            Self::Stranger => &[Right::Open],
            Self::Member(member) => member.role.rights(),
        }
    }

    /// Whether they may do what needs `right`.
    pub(crate) fn check(&self, right: Right) -> Result<(), Denied> {
        match self {
            _ if self.rights().contains(&right) => Ok(()),
            Self::Stranger => Err(Denied::SignIn),
            Self::Guest | Self::Trainee | Self::Member(_) => Err(Denied::Role),
        }
    }

    /// Whether they may stop what somebody of `partner` has begun: their own partner's planners, and flight directors of any.
    pub(crate) fn may_stop(&self, partner: Option<&PartnerId>) -> bool {
        match self {
            Self::Member(member) => match member.role {
                Role::FlightDirector => true,
                Role::Planner => Some(&member.partner) == partner,
                Role::Viewer | Role::BoardMember | Role::Administrator => false,
            },
            Self::Trainee => true,
            Self::Guest | Self::Stranger => false,
        }
    }

    pub(crate) const fn member(&self) -> Option<&Member> {
        match self {
            Self::Member(member) => Some(member),
            Self::Guest | Self::Trainee | Self::Stranger => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use record::{PartnerId, Word};

    use super::{Caller, Denied, Member, Role};
    use crate::route::ROUTES;

    const EVERYBODY: &str =
        "guest trainee stranger viewer planner flight-director board-member administrator";
    const READERS: &str = "guest trainee viewer planner flight-director board-member administrator";
    const PLANNERS: &str = "trainee planner flight-director";
    const PROPOSERS: &str = "trainee planner flight-director administrator";
    const SPEAKERS: &str = "trainee planner flight-director board-member administrator";
    const OPERATORS: &str = "guest trainee administrator";

    /// Every address, and who may ask it.
    const WHO_MAY: &[(&str, &str)] = &[
        ("get /api/v1/book", READERS),
        ("get /api/v1/stays", READERS),
        ("get /api/v1/flights", READERS),
        ("get /api/v1/history", READERS),
        ("get /api/v1/status", READERS),
        ("get /api/v1/presence", READERS),
        ("get /api/v1/orbit/state", READERS),
        ("get /api/v1/track", READERS),
        ("get /api/v1/events", READERS),
        ("get /api/v1/contacts", READERS),
        ("get /api/v1/passes", READERS),
        ("get /api/v1/profiles/names", READERS),
        ("get /api/v1/profiles", READERS),
        ("get /api/v1/forecast", READERS),
        ("get /api/v1/flows", READERS),
        ("get /api/v1/losses", READERS),
        ("get /api/v1/findings", READERS),
        ("get /api/v1/rules", READERS),
        ("get /api/v1/openapi.json", READERS),
        ("get /api/v1/plans", READERS),
        ("post /api/v1/plans", PLANNERS),
        ("get /api/v1/plans/{id}", READERS),
        ("get /api/v1/plans/{id}/ics", READERS),
        ("post /api/v1/plans/{id}/verdict", READERS),
        ("get /api/v1/plans/{id}/nearest", READERS),
        ("get /api/v1/jobs/{id}", READERS),
        ("delete /api/v1/jobs/{id}", PLANNERS),
        ("get /api/v1/shares", READERS),
        ("get /api/v1/changes", READERS),
        ("post /api/v1/changes", PROPOSERS),
        ("get /api/v1/changes/{id}", READERS),
        ("post /api/v1/changes/{id}/words", SPEAKERS),
        ("get /api/v1/journal", READERS),
        ("get /api/v1/journal/state", READERS),
        ("get /api/v1/stream", READERS),
        ("get /api/v1/session", EVERYBODY),
        ("post /api/v1/session", EVERYBODY),
        ("delete /api/v1/session", EVERYBODY),
        #[cfg(feature = "oidc")]
        ("get /api/v1/session/oidc", EVERYBODY),
        #[cfg(feature = "oidc")]
        ("get /api/v1/session/oidc/callback", EVERYBODY),
        ("get /healthz", EVERYBODY),
        ("get /metrics", OPERATORS),
    ];

    fn partners() -> [PartnerId; 2] {
        ["esa", "csa"].map(|id| id.parse().expect("it is an id"))
    }

    /// Everybody there is, with what they are called.
    fn callers() -> Vec<(&'static str, Caller)> {
        let mut all =
            vec![("guest", Caller::Guest), ("trainee", Caller::Trainee), ("stranger", Caller::Stranger)];
        for partner in partners() {
            for role in Role::ALL {
                let member =
                    Member { name: format!("{role}-{partner}"), partner: partner.clone(), role: *role };
                all.push((role.word(), Caller::Member(member)));
            }
        }
        all
    }

    #[test]
    fn every_route_for_every_role_of_every_partner() {
        for route in ROUTES {
            let name = format!("{} {}", route.verb.word(), route.path);
            let row = WHO_MAY.iter().find(|(known, _)| *known == name);
            let (_, allowed) = row.unwrap_or_else(|| panic!("`{name}` is not in the table: say who may"));
            for (word, caller) in callers() {
                let expected = allowed.split(' ').any(|one| one == word);
                assert_eq!(caller.check(route.right).is_ok(), expected, "{word} {name}");
            }
        }
        assert_eq!(ROUTES.len(), WHO_MAY.len(), "the table names an address that is gone");
    }

    #[test]
    fn strangers_are_asked_to_sign_in_and_others_are_not() {
        for (word, caller) in callers() {
            for route in ROUTES {
                match caller.check(route.right) {
                    Err(Denied::SignIn) => assert_eq!(word, "stranger"),
                    Err(Denied::Role) => assert_ne!(word, "stranger"),
                    Ok(()) => {}
                }
            }
        }
    }

    #[test]
    fn work_is_stopped_by_its_own_partner_or_the_flight_director() {
        let [own, other] = partners();
        for (word, caller) in callers() {
            let partner = caller.member().map(|member| member.partner.clone());
            let of_any = matches!(word, "flight-director" | "trainee");
            let may_own = of_any || (word == "planner" && partner == Some(own.clone()));
            let may_other = of_any || (word == "planner" && partner == Some(other.clone()));
            assert_eq!(caller.may_stop(Some(&own)), may_own, "{caller:?}");
            assert_eq!(caller.may_stop(Some(&other)), may_other, "{caller:?}");
            assert_eq!(caller.may_stop(None), of_any, "{caller:?}");
        }
    }
}
