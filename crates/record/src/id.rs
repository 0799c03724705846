use std::borrow::Borrow;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use thiserror::Error;

/// The name by which records refer to one another: lower-case words and digits joined by single hyphens.
///
/// Each kind of record has its own type, so that a port's id is never taken for a flight's.
///
/// ```
/// use record::FlightId;
/// let flight: FlightId = "soyuz-ms-28".parse()?;
/// assert_eq!(flight.as_str(), "soyuz-ms-28");
/// assert!("Soyuz MS-28".parse::<FlightId>().is_err());
/// # Ok::<(), record::IdError>(())
/// ```
pub trait Id: Clone + Ord + fmt::Display + fmt::Debug + Borrow<str> + FromStr<Err = IdError> {
    /// What it names: `flight`, `port`.
    const WHAT: &'static str;

    /// The id as text.
    fn as_str(&self) -> &str {
        self.borrow()
    }
}

/// Why a text is not an id.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
#[error("`{0}` is not an id: write lower-case words joined by hyphens, such as `harmony-forward`")]
pub struct IdError(
    /// The text that was refused.
    pub String,
);

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident = $what:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Arc<str>);

        impl $name {
            /// The id as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl Id for $name {
            const WHAT: &'static str = $what;
        }

        impl FromStr for $name {
            type Err = IdError;
            fn from_str(text: &str) -> Result<Self, IdError> {
                if is_id(text) { Ok(Self(text.into())) } else { Err(IdError(text.to_owned())) }
            }
        }

        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )*};
}

ids! {
    /// Names a partner: `nasa`.
    PartnerId = "partner";
    /// Names a control centre: `mcc-h`.
    CentreId = "centre";
    /// Names a place on Earth: `houston`.
    SiteId = "site";
    /// Names a relay satellite: `tdrs-7`.
    RelayId = "relay";
    /// Names an antenna of the station: `ku`.
    AntennaId = "antenna";
    /// Names an element of the station: `columbus`.
    ElementId = "element";
    /// Names a port: `harmony-forward`.
    PortId = "port";
    /// Names a type of vehicle: `soyuz-ms`.
    VehicleId = "vehicle";
    /// Names one visit, from launch to landing: `soyuz-ms-28`.
    FlightId = "flight";
    /// Names a person: `krikalyov-sergei`.
    PersonId = "person";
    /// Names a spacewalk: `1998-12-07`.
    SpacewalkId = "spacewalk";
    /// Names a class of supply: `water`.
    SupplyId = "supply";
    /// Names what stores hold: `water`.
    CommodityId = "commodity";
    /// Names a store: `water-us`.
    StoreId = "store";
    /// Names a process: `elektron`.
    ProcessId = "process";
    /// Names a power channel: `2b`.
    ChannelId = "channel";
    /// Names a solar wing: `wing-2b`.
    WingId = "wing";
    /// Names the batteries of a channel in a time: `batteries-2b-nickel`.
    BatteryId = "battery";
    /// Names what draws power without being a process: `users-2b`.
    LoadId = "load";
    /// Names a converter between channels: `us-to-russian`.
    TransferId = "transfer";
    /// Names a cooling loop: `loop-a`.
    LoopId = "loop";
    /// Names a measure of the response policy: `ration-food`.
    MeasureId = "measure";
    /// Names an engine: `progress`.
    EngineId = "engine";
    /// Names a flight rule: `port-free-an-hour`.
    RuleId = "rule";
    /// Names what several rules use: `high-beta`.
    DefinitionId = "define";
    /// Names a kind of activity: `exercise`.
    KindId = "kind";
    /// Names what people have learnt: `robotics`.
    SkillId = "skill";
    /// Names what activities use: `ared`.
    ResourceId = "resource";
    /// Names a kind of day: `workday`.
    DayId = "day";
    /// Names a part of the day: `sleep`.
    BlockId = "block";
    /// Names what a partner asks for: `cipher-blood-draw`.
    RequestId = "request";
    /// Names what partners share: `us-crew-time`.
    PoolId = "pool";
    /// Names a board or team in which partners decide together: `mcb`.
    BodyId = "body";
    /// Names a rule of the agreement on who decides what: `own-envelope`.
    ClauseId = "clause";
    /// Names a product of planning that all keep together: `week-2026-06-01`.
    ProductId = "product";
    /// Names something that partners have arranged with one another: `columbus-for-launch`.
    ArrangementId = "arrangement";
    /// Names a moment that people remember: `food-2004`.
    MomentId = "moment";
}

fn is_id(text: &str) -> bool {
    text.split('-').all(|word| {
        !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    })
}

#[cfg(test)]
mod tests {
    use super::PortId;

    #[test]
    fn words_joined_by_hyphens_are_ids() {
        for (text, expected) in [
            ("harmony-forward", true),
            ("1998-12-07", true),
            ("z1", true),
            ("", false),
            ("-a", false),
            ("a-", false),
            ("a--b", false),
            ("A", false),
            ("a b", false),
            ("a_b", false),
            ("é", false),
        ] {
            assert_eq!(text.parse::<PortId>().is_ok(), expected, "{text}");
        }
    }
}
