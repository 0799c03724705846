//! A change request by what people call it.

use journal::{Digest, State};

use crate::{Desk, DeskError};

/// Fewer digits of a digest than these name nothing.
const FEWEST_DIGITS: usize = 6;
/// So many requests are named when one is not found.
const NAMED: usize = 5;

impl Desk {
    /// The request called `name`, such as `75-0541`, or whose digest begins with it.
    ///
    /// # Errors
    /// When there is none, or more than one.
    pub fn find(&self, state: &State<'_>, name: &str) -> Result<Digest, DeskError> {
        // A whole digest names one request, whatever others are called; a number comes before the beginning of a digest.
        if let Some(whole) = state.requests.keys().find(|digest| digest.to_string() == name) {
            return Ok(*whole);
        }
        let all = || state.requests.keys().copied();
        let mut found: Vec<Digest> =
            all().filter(|digest| state.requests[digest].request.name == name).collect();
        if found.is_empty() && name.len() >= FEWEST_DIGITS {
            found = all().filter(|digest| digest.to_string().starts_with(name)).collect();
        }
        match found.as_slice() {
            [one] => Ok(*one),
            [] => Err(DeskError::Unknown { name: name.to_owned(), latest: latest(state) }),
            several => Err(DeskError::Several {
                name: name.to_owned(),
                count: several.len(),
                digests: short(several),
            }),
        }
    }
}

fn latest(state: &State<'_>) -> String {
    let mut all: Vec<_> = state.requests.values().collect();
    all.sort_by_key(|requested| requested.signed.record().time);
    let names: Vec<String> =
        all.iter().rev().take(NAMED).map(|requested| crate::told::clean(&requested.request.name)).collect();
    if names.is_empty() { "none".to_owned() } else { names.join(", ") }
}

fn short(digests: &[Digest]) -> String {
    let names: Vec<String> = digests.iter().map(|digest| digest.to_string()[..12].to_owned()).collect();
    names.join(" or ")
}
