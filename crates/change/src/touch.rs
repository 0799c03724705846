use std::fmt;
use std::str::FromStr;

use partnership::TouchKind;
use record::{KindId, PartnerId, PoolId};
use thiserror::Error;

/// One thing that a change touches, and whose it is. As text it is what journals keep: `people/esa`, `share/us-crew-time/esa`,
/// `flight-plan`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Touch {
    /// The time of people who fly under this partner's right.
    People(PartnerId),
    /// What is in an element of this partner, or what the book says of it.
    Element(PartnerId),
    /// How much of this pool is counted to this partner.
    Share(PoolId, PartnerId),
    /// What this partner has asked for, of this kind, or its place in a plan.
    Activity(PartnerId, KindId),
    /// Flights, their plans, ports held.
    FlightPlan,
    /// Who is aboard and when.
    CrewRotation,
    /// What plans are held to.
    Rules,
    /// Who shares what and who decides.
    Agreement,
    /// Systems that all depend on, and whatever else is nobody's alone.
    Common,
    /// Use by somebody who is no partner.
    Guest,
}

/// A text that says nothing that can be touched.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
#[error(
    "`{0}` is nothing that a change touches: write it as `people/esa`, `activity/nasa/experiment` or `flight-plan`"
)]
pub struct TouchError(pub String);

impl Touch {
    /// Its kind, by which clauses name it.
    #[must_use]
    pub const fn kind(&self) -> TouchKind {
        match self {
            Self::People(_) => TouchKind::People,
            Self::Element(_) => TouchKind::Element,
            Self::Share(..) => TouchKind::Share,
            Self::Activity(..) => TouchKind::Activity,
            Self::FlightPlan => TouchKind::FlightPlan,
            Self::CrewRotation => TouchKind::CrewRotation,
            Self::Rules => TouchKind::Rules,
            Self::Agreement => TouchKind::Agreement,
            Self::Common => TouchKind::Common,
            Self::Guest => TouchKind::Guest,
        }
    }

    /// Whose it is; nothing where it is nobody's alone.
    #[must_use]
    pub const fn owner(&self) -> Option<&PartnerId> {
        match self {
            Self::People(owner) | Self::Element(owner) | Self::Share(_, owner) | Self::Activity(owner, _) => {
                Some(owner)
            }
            _ => None,
        }
    }
}

impl fmt::Display for Touch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = self.kind();
        match self {
            Self::People(owner) | Self::Element(owner) => write!(f, "{kind}/{owner}"),
            Self::Share(pool, owner) => write!(f, "{kind}/{pool}/{owner}"),
            Self::Activity(owner, of) => write!(f, "{kind}/{owner}/{of}"),
            _ => write!(f, "{kind}"),
        }
    }
}

impl FromStr for Touch {
    type Err = TouchError;

    fn from_str(text: &str) -> Result<Self, TouchError> {
        let parts: Vec<&str> = text.split('/').collect();
        let touch = match parts.as_slice() {
            ["people", owner] => owner.parse().ok().map(Self::People),
            ["element", owner] => owner.parse().ok().map(Self::Element),
            ["share", pool, owner] => {
                pool.parse().ok().zip(owner.parse().ok()).map(|(pool, owner)| Self::Share(pool, owner))
            }
            ["activity", owner, kind] => {
                owner.parse().ok().zip(kind.parse().ok()).map(|(owner, kind)| Self::Activity(owner, kind))
            }
            ["flight-plan"] => Some(Self::FlightPlan),
            ["crew-rotation"] => Some(Self::CrewRotation),
            ["rules"] => Some(Self::Rules),
            ["agreement"] => Some(Self::Agreement),
            ["common"] => Some(Self::Common),
            ["guest"] => Some(Self::Guest),
            _ => None,
        };
        touch.ok_or_else(|| TouchError(text.to_owned()))
    }
}
