use forecast::{Certainty, Change, Errand, Outlook};
use timeline::{Duration, Time};

use crate::machine::Waits;

/// One thing that goes wrong.
#[derive(Clone, PartialEq, Debug)]
pub struct Loss {
    /// What.
    pub kind: LossKind,
    /// The flight, process, channel or loop.
    pub subject: String,
    /// Since when it is known.
    pub known: Time,
    /// From when on things are otherwise than planned.
    pub differs: Time,
    /// The ship of the outlook, by index, where it is one.
    pub ship: Option<usize>,
    /// When what failed runs again; nothing for a flight, and for what is never mended.
    pub until: Option<Time>,
    /// Whether who mends it has to wait for a spare.
    pub waits: Waits,
    /// What it is in the plan; nothing for what power alone tells of.
    pub changes: Vec<Change>,
}

/// What kind of loss it is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum LossKind {
    /// A flight is lost at launch.
    Lost,
    /// A flight slips by so many days.
    Slipped(i64),
    /// Before a flight its type is grounded for so many days: all its flights of that time come so much later.
    Grounded(i64),
    /// A ship that is there can take nobody home.
    Unfit,
    /// A machine fails until it is mended.
    Failed,
    /// A power channel fails until it is mended.
    Dark,
    /// A cooling loop fails until it is mended.
    Warm,
}

/// By how many days flights slip.
pub const SLIPS: [i64; 3] = [30, 60, 90];

/// For how many days a type is grounded.
pub const GROUNDED: i64 = 180;

impl LossKind {
    /// A word for programs.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Lost => "lost",
            Self::Slipped(_) => "slipped",
            Self::Grounded(_) => "grounded",
            Self::Unfit => "unfit",
            Self::Failed => "failed",
            Self::Dark => "dark",
            Self::Warm => "loop-lost",
        }
    }

    /// Of how many days it is, where it is of days.
    #[must_use]
    pub const fn days(self) -> Option<i64> {
        match self {
            Self::Slipped(days) | Self::Grounded(days) => Some(days),
            _ => None,
        }
    }
}

/// Every loss of a ship that `outlook` plans or has.
pub(crate) fn of_ships(outlook: &Outlook) -> Vec<Loss> {
    let ships = outlook.ships();
    let mut losses = Vec::new();
    for (at, ship) in ships.iter().enumerate() {
        let subject = ship.passage.flight.to_string();
        let one = |kind, known, differs, changes| Loss {
            kind,
            subject: subject.clone(),
            known,
            differs,
            ship: Some(at),
            until: None,
            waits: Waits::No,
            changes,
        };
        if ship.certainty == Certainty::Flown {
            // Who is unfit already cannot become so.
            let from = outlook.span().start();
            let steps = ship.passage.seat_steps();
            let now = steps.iter().rposition(|step| step.0 <= from).unwrap_or(0);
            if steps[now..].iter().all(|step| step.1 == 0) {
                continue;
            }
            losses.push(one(LossKind::Unfit, from, from, vec![Change::Lost(at)]));
            continue;
        }
        let (launch, arrives) = (ship.launch.max(outlook.known_until()), ship.passage.arrives);
        losses.push(one(LossKind::Lost, launch, arrives, vec![Change::Lost(at)]));
        if ship.certainty == Certainty::UnderWay {
            continue;
        }
        for days in SLIPS {
            let moved = vec![Change::Moved(at, Duration::DAY * days)];
            losses.push(one(LossKind::Slipped(days), launch, arrives, moved));
        }
        let span = Duration::DAY * GROUNDED;
        let grounded = ships.iter().enumerate().filter(|(_, other)| {
            let is_in = launch <= other.launch && other.launch < launch + span;
            other.certainty == Certainty::Planned && other.vehicle == ship.vehicle && is_in
        });
        let moved = grounded.map(|(other, _)| Change::Moved(other, span)).collect();
        losses.push(one(LossKind::Grounded(GROUNDED), launch, arrives, moved));
    }
    losses
}

/// When the second of the next cargo flights arrives, by which what failed is taken to be mended; nothing when there are not
/// two.
pub(crate) fn second_cargo_flight(outlook: &Outlook) -> Option<Time> {
    let to_come = outlook.ships().iter().filter(|ship| ship.certainty != Certainty::Flown);
    let cargo = to_come.filter(|ship| ship.errand == Errand::Cargo).map(|ship| ship.passage.arrives);
    cargo.filter(|&at| at > outlook.span().start()).nth(1)
}
