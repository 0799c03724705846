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
        /// To see how the server does.
        Operate = "operate",
    }
}

/// Who asks.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Caller {
    /// Nobody has an account: whoever sits at this machine reads.
    Guest,
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
            Self::Viewer | Self::BoardMember => &[Right::Open, Right::Read],
            Self::Planner | Self::FlightDirector => &[Right::Open, Right::Read, Right::Plan],
            Self::Administrator => &[Right::Open, Right::Read, Right::Operate],
        }
    }
}

impl Caller {
    /// The rights of whoever asks.
    pub(crate) const fn rights(&self) -> &'static [Right] {
        match self {
            // Who sits at the machine may see how it does.
            Self::Guest => &[Right::Open, Right::Read, Right::Operate],
            Self::Stranger => &[Right::Open],
            Self::Member(member) => member.role.rights(),
        }
    }

    /// Whether they may do what needs `right`.
    pub(crate) fn check(&self, right: Right) -> Result<(), Denied> {
        match self {
            _ if self.rights().contains(&right) => Ok(()),
            Self::Stranger => Err(Denied::SignIn),
            Self::Guest | Self::Member(_) => Err(Denied::Role),
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
            Self::Guest | Self::Stranger => false,
        }
    }

    pub(crate) const fn member(&self) -> Option<&Member> {
        match self {
            Self::Member(member) => Some(member),
            Self::Guest | Self::Stranger => None,
        }
    }
}
