//! The nodes of control centres behind this server, and how their records come to all of them.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use desk::{Desk, DeskError};
use journal::Digest;
use record::{CentreId, PartnerId};
use thiserror::Error;
use timeline::Time;

/// Records that one node hands another at once.
const BATCH: usize = 2_000;

/// Whether whoever sits at this machine may speak as any centre.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Training {
    /// To try things out: they may.
    Yes,
    /// In earnest: only who has an account, for the own partner.
    No,
}

/// Why there are no nodes.
#[derive(Debug, Error)]
pub enum RoomError {
    /// A node cannot be opened.
    #[error("cannot open the node in {}", folder.display())]
    Desk {
        /// Where.
        folder: PathBuf,
        /// Why not.
        #[source]
        cause: Box<DeskError>,
    },
    /// The folder cannot be read.
    #[error("cannot look into {}", .0.display())]
    Folder(PathBuf, #[source] std::io::Error),
    /// There is none.
    #[error("there is no node in a folder below {}: `cupola journal --node {} found --all` makes one for every centre", .0.display(), .0.display())]
    Nobody(PathBuf),
    /// Two folders hold the same centre.
    #[error("two nodes below {} are of {centre}: one server speaks for a centre once", folder.display())]
    Twice {
        /// Where.
        folder: PathBuf,
        /// Of whom.
        centre: CentreId,
    },
    /// It is of another station.
    #[error("the node in {} is of the station `{found}`, and should be of `{wanted}`: serve the book on which the journals began", folder.display())]
    Station {
        /// Where.
        folder: PathBuf,
        /// Its station.
        found: String,
        /// That of the book that is served, or of the other nodes.
        wanted: String,
    },
}

/// A centre's place at this server.
struct Seat {
    partner: PartnerId,
    desk: Mutex<Desk>,
}

/// The desks of one centre, or of several that hand each other their records.
pub struct Room {
    seats: BTreeMap<CentreId, Seat>,
    /// In the order of the book.
    order: Vec<CentreId>,
    pub(crate) training: Training,
    /// One record at a time, so that it is with everybody before the next. Whoever has the turn keeps which records there are.
    writing: Mutex<Digest>,
}

impl fmt::Debug for Room {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Room")
            .field("centres", &self.order)
            .field("training", &self.training)
            .finish()
    }
}

impl Room {
    /// The node of one centre. `station` is the id of the book that is served.
    ///
    /// # Errors
    /// When it cannot be opened or is of another station.
    pub fn one(folder: &Path, station: &str) -> Result<Self, RoomError> {
        Self::of(vec![folder.to_owned()], folder, station, Training::No)
    }

    /// Every node in a folder of its own below `folder`, as `cupola journal found --all` makes them.
    ///
    /// # Errors
    /// When there is none, one cannot be opened, or one is of another station.
    pub fn all(folder: &Path, station: &str, training: Training) -> Result<Self, RoomError> {
        let failed = |cause| RoomError::Folder(folder.to_owned(), cause);
        let mut folders = Vec::new();
        for entry in std::fs::read_dir(folder).map_err(failed)? {
            let path = entry.map_err(failed)?.path();
            if path.join("node.toml").is_file() {
                folders.push(path);
            }
        }
        folders.sort();
        Self::of(folders, folder, station, training)
    }

    fn of(folders: Vec<PathBuf>, all: &Path, station: &str, training: Training) -> Result<Self, RoomError> {
        let mut seats: BTreeMap<CentreId, Seat> = BTreeMap::new();
        let mut order = Vec::new();
        let mut edition: Option<String> = None;
        for folder in folders {
            let desk = Desk::open(&folder)
                .map_err(|cause| RoomError::Desk { folder: folder.clone(), cause: Box::new(cause) })?;
            let (book, centre) = (desk.book(), desk.node().centre().clone());
            let found = book.about.id.to_string();
            if found != station {
                return Err(RoomError::Station { folder, found, wanted: station.to_owned() });
            }
            let own = desk.node().identity().station.clone();
            if let Some(wanted) = edition.replace(own.clone()).filter(|edition| *edition != own) {
                return Err(RoomError::Station { folder, found: own, wanted });
            }
            if order.is_empty() {
                order = book.centres.iter().map(|one| one.id.clone()).collect();
            }
            let partner = book.centres.iter().find(|one| one.id == centre).map(|one| one.partner.clone());
            let Some(partner) = partner else { continue };
            if seats.insert(centre.clone(), Seat { partner, desk: Mutex::new(desk) }).is_some() {
                return Err(RoomError::Twice { folder: all.to_owned(), centre });
            }
        }
        order.retain(|centre| seats.contains_key(centre));
        if order.is_empty() {
            return Err(RoomError::Nobody(all.to_owned()));
        }
        let mut room = Self { seats, order, training, writing: Mutex::new(Digest::of(b"")) };
        let failed = |cause| RoomError::Desk { folder: all.to_owned(), cause: Box::new(cause) };
        room.writing = Mutex::new(room.records().map_err(failed)?);
        Ok(room)
    }

    /// The centres, in the order of the book, each with its partner.
    pub(crate) fn centres(&self) -> impl Iterator<Item = (&CentreId, &PartnerId)> {
        self.order.iter().filter_map(|centre| Some((centre, &self.seats.get(centre)?.partner)))
    }

    /// The first of them.
    pub(crate) fn first(&self) -> &CentreId {
        // A room without a seat is not made.
        &self.order[0]
    }

    /// The partner of a centre that has its node here.
    pub(crate) fn partner_of(&self, centre: &CentreId) -> Option<&PartnerId> {
        self.seats.get(centre).map(|seat| &seat.partner)
    }

    /// The desk of a centre with all that its folder holds. Called where blocking is allowed.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub(crate) fn desk(&self, centre: &CentreId) -> Result<MutexGuard<'_, Desk>, DeskError> {
        let mut desk = self.at(centre);
        desk.node_mut().refresh()?;
        Ok(desk)
    }

    fn at(&self, centre: &CentreId) -> MutexGuard<'_, Desk> {
        // What a panic left behind is what the database holds, which every look brings up to date.
        self.seats[centre].desk.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Does something at a centre's desk that writes, then hands the nodes each other's records.
    ///
    /// # Errors
    /// As of `write`; when a node cannot take what the others have.
    pub(crate) fn write<T>(
        &self,
        centre: &CentreId,
        now: Time,
        write: impl FnOnce(&mut Desk) -> Result<T, DeskError>,
    ) -> Result<T, DeskError> {
        let mut turn = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        let done = write(&mut *self.desk(centre)?)?;
        self.hand(now)?;
        *turn = self.records()?;
        Ok(done)
    }

    /// Hands every node what the others hold and it does not. Called where blocking is allowed.
    ///
    /// # Errors
    /// When a database cannot be read or written.
    pub fn hand_round(&self, now: Time) -> Result<(), DeskError> {
        let mut turn = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        self.hand(now)?;
        *turn = self.records()?;
        Ok(())
    }

    /// Whether another program has written at a node since the records were last looked at; if so, the others are handed it. Called where
    /// blocking is allowed.
    ///
    /// # Errors
    /// When a database cannot be read or written.
    pub(crate) fn has_news(&self, now: Time) -> Result<bool, DeskError> {
        let mut turn = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        if *turn == self.records()? {
            return Ok(false);
        }
        self.hand(now)?;
        *turn = self.records()?;
        Ok(true)
    }

    /// What all desks hold.
    fn records(&self) -> Result<Digest, DeskError> {
        let mut all = String::new();
        for centre in &self.order {
            all += &format!("{}\n", Self::digest(&*self.desk(centre)?));
        }
        Ok(Digest::of(all.as_bytes()))
    }

    fn hand(&self, now: Time) -> Result<(), DeskError> {
        for from in &self.order {
            let giver = self.desk(from)?;
            for to in self.order.iter().filter(|to| *to != from) {
                // Only who has the turn to write ever holds two desks, so that no two wait for each other.
                let mut taker = self.at(to);
                loop {
                    let batches = giver.node().since(&taker.node().heads(), BATCH);
                    let received = taker.node_mut().receive(&batches, now)?;
                    // What is not taken now would not be taken the next time.
                    if received.new.is_empty() {
                        break;
                    }
                }
            }
        }
        Ok(())
    }

    /// The same for desks that hold the same records.
    pub(crate) fn digest(desk: &Desk) -> Digest {
        let heads = desk.node().heads();
        let text = heads.iter().map(|head| format!("{} {}\n", head.centre, head.digest));
        Digest::of(text.collect::<String>().as_bytes())
    }
}
