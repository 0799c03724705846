//! Who is signed in: random tokens in cookies, a bounded table, an end to each.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use sha2::{Digest, Sha256};

use crate::access::Member;

/// The name of the cookie.
pub(crate) const COOKIE: &str = "cupola";

/// A shift and the handover.
pub(crate) const LASTS: Duration = Duration::from_secs(10 * 3_600);

/// So many are signed in at once; beyond, the oldest must sign in again.
const MOST: usize = 1_024;

#[derive(Clone)]
pub(crate) struct Session {
    pub(crate) member: Member,
    pub(crate) ends: Instant,
}

/// Sessions by the digest of their token: who reads the memory has no token from it.
#[derive(Default)]
pub(crate) struct Sessions {
    table: Mutex<HashMap<[u8; 32], Session>>,
}

impl Sessions {
    /// A new session; its token.
    ///
    /// # Errors
    /// When the system gives no random bytes.
    pub(crate) fn begin(&self, member: Member, now: Instant) -> Result<String, getrandom::Error> {
        let mut bytes = [0_u8; 32];
        getrandom::fill(&mut bytes)?;
        let token: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        let mut table = self.table.lock().unwrap_or_else(PoisonError::into_inner);
        table.retain(|_, session| session.ends > now);
        if table.len() >= MOST {
            let oldest = table.iter().min_by_key(|(_, session)| session.ends).map(|(key, _)| *key);
            oldest.map(|key| table.remove(&key));
        }
        table.insert(digest(&token), Session { member, ends: now + LASTS });
        Ok(token)
    }

    /// The session of a token, while it lasts.
    pub(crate) fn find(&self, token: &str, now: Instant) -> Option<Session> {
        let table = self.table.lock().unwrap_or_else(PoisonError::into_inner);
        table.get(&digest(token)).filter(|session| session.ends > now).cloned()
    }

    /// Ends the session of a token.
    pub(crate) fn end(&self, token: &str) {
        self.table.lock().unwrap_or_else(PoisonError::into_inner).remove(&digest(token));
    }

    pub(crate) fn count(&self) -> usize {
        self.table.lock().unwrap_or_else(PoisonError::into_inner).len()
    }
}

fn digest(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

/// The token in a `Cookie` header.
pub(crate) fn token(cookies: &str) -> Option<&str> {
    let pairs = cookies.split(';').filter_map(|pair| pair.trim().split_once('='));
    let mut ours = pairs.filter(|(name, _)| *name == COOKIE).map(|(_, value)| value);
    ours.next().filter(|value| value.len() == 64)
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use super::{LASTS, MOST, Sessions, token};
    use crate::access::{Member, Role};

    fn member(name: &str) -> Member {
        Member { name: name.to_owned(), partner: "csa".parse().expect("it is an id"), role: Role::Viewer }
    }

    #[test]
    fn a_session_ends_by_itself_or_when_asked() {
        let (sessions, now) = (Sessions::default(), Instant::now());
        let one = sessions.begin(member("a"), now).expect("there are random bytes");
        let other = sessions.begin(member("b"), now).expect("there are random bytes");
        assert_ne!(one, other);
        assert_eq!(sessions.find(&one, now).map(|session| session.member.name).as_deref(), Some("a"));
        assert!(sessions.find(&one, now + LASTS).is_none());
        sessions.end(&one);
        assert!(sessions.find(&one, now).is_none());
        assert!(sessions.find(&other, now).is_some());
    }

    #[test]
    fn the_table_is_bounded() {
        let (sessions, now) = (Sessions::default(), Instant::now());
        for _ in 0..MOST + 10 {
            sessions.begin(member("a"), now).expect("there are random bytes");
        }
        assert_eq!(sessions.count(), MOST);
    }

    #[test]
    fn the_token_is_found_among_cookies() {
        let token_text = "0".repeat(64);
        assert_eq!(token(&format!("a=b; cupola={token_text}")), Some(token_text.as_str()));
        assert_eq!(token("cupola=short"), None);
        assert_eq!(token("xcupola=1"), None);
    }
}
