use journal::{Digest, Requested, State, Status, Urgency};
use record::CentreId;
use timeline::Time;

use crate::StoreError;

/// The change requests of a state, for people who ask with SQL.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Requests {
    /// The digest of the state that they are of.
    pub basis: Digest,
    /// One for each request, by digest.
    pub rows: Vec<RequestRow>,
}

/// A row of the table `request`: where a change request stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RequestRow {
    /// Of its record.
    pub digest: Digest,
    /// By which people call it: `75-0541`. A zero byte in it is shown as `␀`.
    pub name: String,
    /// Whose request.
    pub author: CentreId,
    /// The number of its record in the author's journal.
    pub number: u64,
    /// `routine`, `urgent` or `safety`.
    pub urgency: String,
    /// `waiting`, `open`, `approved`, `rejected`, `withdrawn` or `replaced`.
    pub status: String,
    /// The request that stands in its place.
    pub replaced_by: Option<Digest>,
    /// When it was written.
    pub written: Time,
    /// When it was approved.
    pub decided: Option<Time>,
    /// Whose word approved it.
    pub decided_by: Option<CentreId>,
}

impl Requests {
    /// Those of a state.
    #[must_use]
    pub fn of(state: &State<'_>) -> Self {
        Self { basis: state.digest(), rows: state.requests.values().map(RequestRow::of).collect() }
    }
}

impl RequestRow {
    fn of(requested: &Requested<'_>) -> Self {
        let record = requested.signed.record();
        let (status, replaced_by) = match requested.status {
            Status::Waiting => ("waiting", None),
            Status::Open => ("open", None),
            Status::Approved => ("approved", None),
            Status::Rejected => ("rejected", None),
            Status::Withdrawn => ("withdrawn", None),
            Status::Replaced(by) => ("replaced", Some(by)),
        };
        let urgency = match requested.request.urgency {
            Urgency::Routine => "routine",
            Urgency::Urgent => "urgent",
            Urgency::Safety => "safety",
        };
        Self {
            digest: requested.signed.digest(),
            name: requested.request.name.clone(),
            author: record.centre.clone(),
            number: record.number,
            urgency: urgency.to_owned(),
            status: status.to_owned(),
            replaced_by,
            written: record.time,
            decided: requested.decided.as_ref().map(|place| place.time),
            decided_by: requested.decided.as_ref().map(|place| place.centre.clone()),
        }
    }
}

/// A row as the database gave it.
pub(crate) struct RawRequest {
    pub(crate) digest: Vec<u8>,
    pub(crate) name: String,
    pub(crate) author: String,
    pub(crate) number: i64,
    pub(crate) urgency: String,
    pub(crate) status: String,
    pub(crate) replaced_by: Option<Vec<u8>>,
    pub(crate) written: String,
    pub(crate) decided: Option<String>,
    pub(crate) decided_by: Option<String>,
}

impl RawRequest {
    pub(crate) fn of(row: &RequestRow) -> Result<Self, StoreError> {
        let number = i64::try_from(row.number)
            .map_err(|_| StoreError::Number { centre: row.author.clone(), number: row.number })?;
        Ok(Self {
            digest: row.digest.0.to_vec(),
            // PostgreSQL has no text with this letter, and a name may have it.
            name: row.name.replace('\0', "\u{2400}"),
            author: row.author.to_string(),
            number,
            urgency: row.urgency.clone(),
            status: row.status.clone(),
            replaced_by: row.replaced_by.map(|digest| digest.0.to_vec()),
            written: row.written.to_string(),
            decided: row.decided.map(|time| time.to_string()),
            decided_by: row.decided_by.as_ref().map(ToString::to_string),
        })
    }

    pub(crate) fn read(self) -> Result<RequestRow, StoreError> {
        Ok(RequestRow {
            digest: digest(&self.digest)?,
            name: self.name,
            author: self.author.parse().map_err(|_| refuse("an author", &self.author))?,
            number: self.number.try_into().map_err(|_| refuse("a number", &self.number.to_string()))?,
            urgency: self.urgency,
            status: self.status,
            replaced_by: self.replaced_by.as_deref().map(digest).transpose()?,
            written: time(&self.written)?,
            decided: self.decided.as_deref().map(time).transpose()?,
            decided_by: self
                .decided_by
                .map(|centre| centre.parse().map_err(|_| refuse("a centre", &centre)))
                .transpose()?,
        })
    }
}

/// A digest from a column of a projection.
pub(crate) fn digest(bytes: &[u8]) -> Result<Digest, StoreError> {
    bytes.try_into().map(Digest).map_err(|_| refuse("a digest", &format!("{} bytes", bytes.len())))
}

fn time(text: &str) -> Result<Time, StoreError> {
    text.parse().map_err(|_| refuse("a time", text))
}

fn refuse(what: &str, value: &str) -> StoreError {
    StoreError::Request(format!("`{value}` as {what}"))
}
