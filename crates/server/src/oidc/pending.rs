//! Who has been sent to the provider and is not back yet: bounded in number and time, each let in once.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use sha2::{Digest, Sha256};

use super::metadata::Metadata;
use super::random;

/// Time to find a password and a second factor.
pub(super) const LASTS: Duration = Duration::from_secs(600);

/// So many are on the way at once; beyond, who left first must begin again.
const MOST: usize = 1_024;

/// Somebody on the way.
pub(super) struct Pending {
    /// The digest of what the cookie of their browser holds.
    browser: [u8; 32],
    ends: Instant,
    pub(super) asked: Asked,
}

/// What they were sent with.
pub(super) struct Asked {
    pub(super) metadata: Arc<Metadata>,
    pub(super) nonce: String,
    /// What the challenge that the provider was given is the digest of.
    pub(super) verifier: String,
    /// Where they go when they are back.
    pub(super) next: String,
}

/// What ties the way out and the way back together.
pub(super) struct Ties {
    /// Goes by the provider.
    pub(super) state: String,
    /// Stays in the browser.
    pub(super) browser: String,
}

/// All who are on the way, by the digest of their state.
#[derive(Default)]
pub(super) struct OnTheWay(Mutex<HashMap<[u8; 32], Pending>>);

impl OnTheWay {
    /// Remembers somebody who leaves.
    ///
    /// # Errors
    /// When the system gives no random bytes.
    pub(super) fn leave(&self, asked: Asked, now: Instant) -> Result<Ties, getrandom::Error> {
        let ties = Ties { state: random()?, browser: random()? };
        let mut table = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        table.retain(|_, pending| pending.ends > now);
        if table.len() >= MOST {
            let oldest = table.iter().min_by_key(|(_, pending)| pending.ends).map(|(key, _)| *key);
            oldest.map(|key| table.remove(&key));
        }
        let pending = Pending { browser: digest(&ties.browser), ends: now + LASTS, asked };
        table.insert(digest(&ties.state), pending);
        Ok(ties)
    }

    /// Who is back with this state in this browser. They are forgotten by it: nobody comes back twice.
    pub(super) fn back(&self, state: &str, browser: &str, now: Instant) -> Option<Asked> {
        let mut table = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let key = digest(state);
        // Another browser that has learnt the state does not spoil the way of the one that left with it.
        let pending = table.get(&key)?;
        if pending.browser != digest(browser) || pending.ends <= now {
            return None;
        }
        table.remove(&key).map(|pending| pending.asked)
    }
}

fn digest(text: &str) -> [u8; 32] {
    Sha256::digest(text.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::time::Instant;

    use super::{Asked, LASTS, MOST, OnTheWay};
    use crate::oidc::metadata::{Metadata, Proof};
    use crate::oidc::web::{Plain, Url};

    fn asked(next: &str) -> Asked {
        let url = || Url::parse("https://id.example.org/", Plain::No).expect("it is an address");
        let metadata = Metadata {
            authorization: url(),
            token: url(),
            keys: url(),
            proof: Proof::Header,
            names_itself: false,
        };
        Asked {
            metadata: Arc::new(metadata),
            nonce: String::new(),
            verifier: String::new(),
            next: next.to_owned(),
        }
    }

    #[test]
    fn one_browser_comes_back_once_and_in_time() {
        let (way, now) = (OnTheWay::default(), Instant::now());
        let one = way.leave(asked("/plan"), now).expect("there are random bytes");
        let other = way.leave(asked("/"), now).expect("there are random bytes");
        assert!(way.back(&one.state, &other.browser, now).is_none(), "another browser");
        assert!(way.back(&other.state, &one.browser, now).is_none(), "another state");
        assert!(way.back(&one.state, &one.browser, now + LASTS).is_none(), "too late");
        assert_eq!(way.back(&one.state, &one.browser, now).map(|asked| asked.next).as_deref(), Some("/plan"));
        assert!(way.back(&one.state, &one.browser, now).is_none(), "twice");
        assert!(way.back(&other.state, &other.browser, now).is_some());
    }

    #[test]
    fn the_table_is_bounded() {
        let (way, now) = (OnTheWay::default(), Instant::now());
        let first = way.leave(asked("/"), now - LASTS / 2).expect("there are random bytes");
        for _ in 0..MOST {
            way.leave(asked("/"), now).expect("there are random bytes");
        }
        assert_eq!(way.0.lock().expect("nobody panicked").len(), MOST);
        assert!(way.back(&first.state, &first.browser, now).is_none(), "the oldest went");
    }
}
