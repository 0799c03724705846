use std::collections::{BTreeMap, BTreeSet};

use partnership::{Antenna, Arrangement, Body, Centre, Clause, Partner, Pool, Relay, Site};
use people::{Person, Spacewalk};
use plan::{Block, DayKind, Request, Resource, Skill};
use record::{Id, Sourced};
use station::{
    Battery, Channel, Commodity, CoolingLoop, Element, Engine, Load, Measure, Port, Process, Store, Supply,
    Transfer, Wing,
};
use timeline::{Finding, Severity};
use traffic::{Flight, Vehicle};

use crate::moment::Moment;
use crate::rule::{ActivityKind, Definition, Rule};

/// Records of one kind in the order of their file, found by id.
#[derive(Clone, PartialEq, Debug)]
pub struct Table<T: Named> {
    records: Vec<Sourced<T>>,
    /// By the text of the id: one kind of map for all tables, which are many.
    by_id: BTreeMap<Box<str>, usize>,
    /// Ids of records that stand in the book but could not be read.
    refused: BTreeSet<String>,
    /// The whole file could not be read, so that nobody can say which ids are unknown.
    is_unread: bool,
}

/// A record that has an id.
pub trait Named {
    /// The type of its id.
    type Id: Id;

    /// Its id.
    fn id(&self) -> &Self::Id;
}

macro_rules! named {
    ($($record:ident: $id:ident,)*) => {$(
        impl Named for $record {
            type Id = record::$id;
            fn id(&self) -> &Self::Id {
                &self.id
            }
        }
    )*};
}

named! {
    Partner: PartnerId,
    Centre: CentreId,
    Site: SiteId,
    Relay: RelayId,
    Antenna: AntennaId,
    Element: ElementId,
    Port: PortId,
    Vehicle: VehicleId,
    Person: PersonId,
    Flight: FlightId,
    Spacewalk: SpacewalkId,
    Supply: SupplyId,
    Commodity: CommodityId,
    Store: StoreId,
    Process: ProcessId,
    Measure: MeasureId,
    Channel: ChannelId,
    Wing: WingId,
    Battery: BatteryId,
    Load: LoadId,
    Transfer: TransferId,
    CoolingLoop: LoopId,
    Engine: EngineId,
    Rule: RuleId,
    Definition: DefinitionId,
    ActivityKind: KindId,
    Skill: SkillId,
    Resource: ResourceId,
    DayKind: DayId,
    Block: BlockId,
    Request: RequestId,
    Pool: PoolId,
    Body: BodyId,
    Clause: ClauseId,
    Arrangement: ArrangementId,
    Moment: MomentId,
}

impl<T: Named> Default for Table<T> {
    fn default() -> Self {
        Self { records: Vec::new(), by_id: BTreeMap::new(), refused: BTreeSet::new(), is_unread: false }
    }
}

impl<T: Named> Table<T> {
    /// The record with this id.
    #[must_use]
    pub fn get(&self, id: &T::Id) -> Option<&Sourced<T>> {
        self.named(id.as_str())
    }

    /// The record whose id is this text.
    #[must_use]
    pub fn named(&self, id: &str) -> Option<&Sourced<T>> {
        self.by_id.get(id).map(|&at| &self.records[at])
    }

    /// The records in the order of their file.
    pub fn iter(&self) -> std::slice::Iter<'_, Sourced<T>> {
        self.records.iter()
    }

    /// How many records there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// All ids in order.
    pub fn ids(&self) -> impl Iterator<Item = &T::Id> {
        self.by_id.values().map(|&at| self.records[at].id())
    }

    /// Whether the book has a record of this id, be it one that could not be read.
    pub(crate) fn knows(&self, id: &str) -> bool {
        self.is_unread || self.by_id.contains_key(id) || self.refused.contains(id)
    }

    /// Whether every record of the book is here, so that what is not here is nowhere.
    pub(crate) fn is_whole(&self) -> bool {
        !self.is_unread && self.refused.is_empty()
    }

    /// Adds a record, unless its id is taken.
    pub(crate) fn insert(&mut self, record: Sourced<T>) -> Result<(), Box<Finding>> {
        if let Some(first) = self.get(record.id()) {
            let id = record.id();
            let message =
                format!("{} `{id}` stands at {} already; the first counts", T::Id::WHAT, first.place);
            let finding = Finding::new("id-twice", Severity::Must, message).about(id.as_str());
            return Err(Box::new(finding.at(record.place.clone()).mend("give one of them another id")));
        }
        self.by_id.insert(record.id().as_str().into(), self.records.len());
        self.records.push(record);
        Ok(())
    }

    pub(crate) fn refuse(&mut self, id: &str) {
        self.refused.insert(id.to_owned());
    }

    pub(crate) fn set_unread(&mut self) {
        self.is_unread = true;
    }
}

impl<'a, T: Named> IntoIterator for &'a Table<T> {
    type Item = &'a Sourced<T>;
    type IntoIter = std::slice::Iter<'a, Sourced<T>>;
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
