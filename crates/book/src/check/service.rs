//! When a record is in service, and in what order records are served.

use std::collections::BTreeMap;

use record::{Id, Sourced};
use station::Factor;
use timeline::Time;

use super::when::surely_after;
use super::{Report, must};
use crate::table::Named;

/// What ends has begun before; what has no end, or no beginning, is in service without.
pub(super) fn dates<T: Named>(
    record: &Sourced<T>,
    from: Option<Time>,
    until: Option<Time>,
    report: &mut Report,
) {
    if let (Some(from), Some(until)) = (from, until)
        && surely_after(from, until)
    {
        let id = record.id().as_str();
        let message = format!("`{id}` ends at {until}, before it begins at {from}");
        report.add(must(record, "dates-reversed", message).about(id).mend("look both times up"));
    }
}

/// Each factor holds until the next, so they stand in order of time.
pub(super) fn factors<T: Named>(record: &Sourced<T>, factors: &[Factor], report: &mut Report) {
    for pair in factors.windows(2).filter(|pair| pair[0].from >= pair[1].from) {
        let id = record.id().as_str();
        let message =
            format!("the factor of `{id}` from {} stands after that from {}", pair[1].from, pair[0].from);
        let finding = must(record, "out-of-order", message).about(id);
        report.add(finding.mend("list the factors in order of time, one for each"));
    }
}

/// The numbers by which records are served; that they differ leaves nothing to chance or to the order of a file.
pub(super) struct Order<'a> {
    /// What the number is called: `priority`.
    pub(super) number: &'a str,
    /// What to do where two have the same.
    pub(super) mend: &'a str,
}

impl Order<'_> {
    pub(super) fn check<'b, T: Named + 'b>(
        &self,
        records: impl IntoIterator<Item = &'b Sourced<T>>,
        number: impl Fn(&T) -> u32,
        report: &mut Report,
    ) {
        let mut first: BTreeMap<u32, &Sourced<T>> = BTreeMap::new();
        for record in records {
            let before = *first.entry(number(record)).or_insert(record);
            let (id, other) = (record.id().as_str(), before.id().as_str());
            if id == other {
                continue;
            }
            let message = format!(
                "`{id}` has the {} {}, as `{other}` has ({})",
                self.number,
                number(record),
                before.place
            );
            let finding = must(record, &format!("{}-twice", self.number), message).about(id);
            report.add(finding.about(other).mend(self.mend));
        }
    }
}
