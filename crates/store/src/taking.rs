//! What is taken and what is refused, the same for every database.

use std::collections::BTreeMap;

use journal::{Digest, Head, Signed};
use record::CentreId;

use crate::kept::Row;
use crate::{Damage, Put, StoreError};

/// What one transaction of a database can do with rows; only one at a time writes.
pub(crate) trait Rows {
    /// The digests of the records of the highest number of `centre`, and that number.
    fn last(&mut self, centre: &CentreId) -> Result<Vec<(i64, Vec<u8>)>, StoreError>;
    /// The row of this centre, number and digest.
    fn find(&mut self, centre: &str, number: i64, digest: &Digest) -> Result<Option<Row>, StoreError>;
    /// A new row.
    fn insert(&mut self, centre: &str, number: i64, digest: &[u8], bytes: &[u8]) -> Result<(), StoreError>;
    /// Up to so many rows after that of `id`, in order of id.
    fn after(&mut self, id: i64, most: i64) -> Result<Vec<Row>, StoreError>;
    /// Moves the row of `id` out of the records, with what is wrong with it.
    fn remove(&mut self, id: i64, damage: &Damage) -> Result<(), StoreError>;
    /// Forgets what was verified of `centre` at `number` and later.
    fn forget(&mut self, centre: &str, number: i64) -> Result<(), StoreError>;
    /// What was verified: centre, number and digest.
    fn notes(&mut self) -> Result<Vec<(String, i64, Vec<u8>)>, StoreError>;
}

/// Rows looked at in one go when all of them are: their bytes are bounded by the longest record.
pub(crate) const GO: i64 = 64;

pub(crate) fn append(rows: &mut impl Rows, signed: &Signed) -> Result<(), StoreError> {
    let record = signed.record();
    let last = rows.last(&record.centre)?;
    if last.iter().any(|(_, digest)| *digest == signed.digest().0) {
        // Its writer never heard that it was kept, and asks again.
        return Ok(());
    }
    let end = last.first().map_or(0, |(number, _)| u64::try_from(*number).unwrap_or(0));
    let follows = if last.is_empty() {
        record.previous == Digest::NONE
    } else {
        last.iter().any(|(_, digest)| *digest == record.previous.0)
    };
    if end.checked_add(1) != Some(record.number) || !follows {
        let digest = last.first().and_then(|(_, digest)| digest.as_slice().try_into().ok());
        return Err(StoreError::Moved {
            centre: record.centre.clone(),
            number: record.number,
            previous: record.previous,
            last: end,
            digest: digest.map_or(Digest::NONE, Digest),
        });
    }
    rows.insert(record.centre.as_str(), number(signed)?, &signed.digest().0, signed.bytes())
}

pub(crate) fn put(rows: &mut impl Rows, records: &[Signed]) -> Result<Put, StoreError> {
    let mut put = Put::default();
    for signed in records {
        let (centre, number, digest) = (signed.record().centre.as_str(), number(signed)?, signed.digest());
        match rows.find(centre, number, &digest)? {
            Some(row) if row.bytes == signed.bytes() => {
                put.known += 1;
                continue;
            }
            Some(row) => {
                let id = row.id;
                if let Err(damage) = row.check() {
                    rows.remove(id, &damage)?;
                    put.mended.push(damage);
                }
            }
            None => put.new += 1,
        }
        rows.insert(centre, number, &digest.0, signed.bytes())?;
    }
    Ok(put)
}

pub(crate) fn check(rows: &mut impl Rows) -> Result<Vec<Damage>, StoreError> {
    Ok(damaged(rows)?.into_iter().map(|(_, damage)| damage).collect())
}

pub(crate) fn set_aside(rows: &mut impl Rows) -> Result<Vec<Damage>, StoreError> {
    let damaged = damaged(rows)?;
    for (id, damage) in &damaged {
        rows.remove(*id, damage)?;
        rows.forget(&damage.centre, damage.number)?;
    }
    Ok(damaged.into_iter().map(|(_, damage)| damage).collect())
}

/// What was noted as verified; a note that is unreadable is none, and its chain is verified again.
pub(crate) fn verified(rows: &mut impl Rows) -> Result<BTreeMap<CentreId, Head>, StoreError> {
    let read = |(centre, number, digest): (String, i64, Vec<u8>)| {
        let centre: CentreId = centre.parse().ok()?;
        let digest = Digest(digest.try_into().ok()?);
        Some((centre.clone(), Head { centre, number: number.try_into().ok()?, digest }))
    };
    Ok(rows.notes()?.into_iter().filter_map(read).collect())
}

/// That the record of `head` is here.
pub(crate) fn find_head(rows: &mut impl Rows, head: &Head) -> Result<i64, StoreError> {
    let absent = || StoreError::Absent(head.clone());
    let number = i64::try_from(head.number).map_err(|_| absent())?;
    rows.find(head.centre.as_str(), number, &head.digest)?.map(|_| number).ok_or_else(absent)
}

fn damaged(rows: &mut impl Rows) -> Result<Vec<(i64, Damage)>, StoreError> {
    let (mut found, mut id) = (Vec::new(), i64::MIN);
    loop {
        let page = rows.after(id, GO)?;
        let Some(last) = page.last() else { return Ok(found) };
        id = last.id;
        found.extend(page.into_iter().filter_map(|row| {
            let id = row.id;
            row.check().err().map(|damage| (id, damage))
        }));
    }
}

/// The number as databases have numbers.
fn number(signed: &Signed) -> Result<i64, StoreError> {
    let record = signed.record();
    let refuse = || StoreError::Number { centre: record.centre.clone(), number: record.number };
    i64::try_from(record.number).ok().filter(|number| *number >= 1).ok_or_else(refuse)
}
