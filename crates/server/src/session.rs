//! Who is signed in: random tokens in cookies, a bounded table, an end to each.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::http::{HeaderMap, header};
use sha2::{Digest, Sha256};

use crate::access::Member;

/// The name of the cookie.
pub(crate) const COOKIE: &str = "cupola";

/// A shift and the handover.
pub(crate) const LASTS: Duration = Duration::from_secs(10 * 3_600);

/// So many are signed in at once; beyond, the oldest must sign in again.
const MOST: usize = 1_024;

/// So many browsers of one person are; beyond, the oldest must sign in again.
const MOST_OF_ONE: usize = 16;

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
        // Nobody signs others out by signing in again and again.
        let of_one = table.values().filter(|session| session.member == member).count();
        let is_theirs = |session: &Session| of_one < MOST_OF_ONE || session.member == member;
        if of_one >= MOST_OF_ONE || table.len() >= MOST {
            let leaving = table.iter().filter(|(_, session)| is_theirs(session));
            let oldest = leaving.min_by_key(|(_, session)| session.ends).map(|(key, _)| *key);
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

/// The value of a cookie among those of a request.
pub(crate) fn named<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let all = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = all.flat_map(|all| all.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(known, _)| *known == name).map(|(_, value)| value)
}

/// The session token among the cookies of a request.
pub(crate) fn token(headers: &HeaderMap) -> Option<&str> {
    named(headers, COOKIE).filter(|value| value.len() == 64)
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use axum::http::{HeaderMap, header};

    use super::{LASTS, MOST, MOST_OF_ONE, Sessions, token};
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
        for index in 0..MOST + 10 {
            sessions.begin(member(&format!("a{index}")), now).expect("there are random bytes");
        }
        assert_eq!(sessions.count(), MOST);
    }

    #[test]
    fn nobody_signs_others_out_by_signing_in_again() {
        let (sessions, now) = (Sessions::default(), Instant::now());
        let other = sessions.begin(member("b"), now - LASTS / 2).expect("there are random bytes");
        let first = sessions.begin(member("a"), now - LASTS / 4).expect("there are random bytes");
        for _ in 0..MOST {
            sessions.begin(member("a"), now).expect("there are random bytes");
        }
        assert_eq!(sessions.count(), 1 + MOST_OF_ONE);
        assert!(sessions.find(&other, now).is_some());
        assert!(sessions.find(&first, now).is_none());
    }

    #[test]
    fn the_token_is_found_among_cookies() {
        let token_text = "0".repeat(64);
        let found = |cookies: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::COOKIE, cookies.parse().expect("it is a header"));
            token(&headers).map(ToOwned::to_owned)
        };
        assert_eq!(found(&format!("a=b; cupola={token_text}")), Some(token_text.clone()));
        assert_eq!(found(&format!("cupola-oidc=b;cupola={token_text}")), Some(token_text));
        assert_eq!(found("cupola=short"), None);
        assert_eq!(found("xcupola=1"), None);
    }
}
