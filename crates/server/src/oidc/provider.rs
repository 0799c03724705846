//! The provider as a running server knows it: who is on the way to it, what it last said of itself, and what it makes of a code.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::http::HeaderValue;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use thiserror::Error;
use timeline::Time;
use tokio::sync::{Mutex, Semaphore};
use zeroize::Zeroizing;

use super::metadata::{Metadata, Proof, discover};
use super::pending::{Asked, OnTheWay};
use super::settings::Oidc;
use super::token::{Expected, TokenFault, verify};
use super::web::WebError;
use super::{encoded, form};

/// A provider that moves keeps its old addresses for longer.
const KNOWN_FOR: Duration = Duration::from_secs(600);

/// More at once wait for their turn; each holds up to two answers of the provider.
const MOST_AT_ONCE: usize = 8;

/// Where the provider sends people back to.
pub(crate) const BACK: &str = "/api/v1/session/oidc/callback";

/// Why a code is worth nothing.
#[derive(Debug, Error)]
pub(super) enum CodeFault {
    #[error("the identity provider cannot be asked: {0}")]
    Web(#[from] WebError),
    #[error("the identity provider does not take the code: {0}")]
    Refused(String),
    #[error("the identity provider gives no identity token")]
    NoToken,
    #[error("the identity token is not believed: {0}")]
    Token(#[from] TokenFault),
    #[error("the server is stopping")]
    Stopping,
}

/// What the provider said of itself, or why it said nothing; when.
struct Heard {
    at: Instant,
    said: Result<Arc<Metadata>, String>,
}

/// The provider, and those who are on the way to it.
pub(crate) struct Provider {
    pub(super) oidc: Oidc,
    /// Scheme and authority of this server as browsers see it.
    pub(super) origin: String,
    pub(super) on_the_way: OnTheWay,
    heard: Mutex<Option<Heard>>,
    turns: Semaphore,
}

impl Provider {
    /// Of a server at this address.
    pub(crate) fn new(oidc: Oidc, address: SocketAddr) -> Self {
        let origin = oidc.origin.clone().unwrap_or_else(|| format!("http://{address}"));
        let (on_the_way, heard) = (OnTheWay::default(), Mutex::new(None));
        Self { oidc, origin, on_the_way, heard, turns: Semaphore::new(MOST_AT_ONCE) }
    }

    /// What the link to it says.
    pub(crate) fn name(&self) -> &str {
        &self.oidc.name
    }

    pub(super) fn back(&self) -> String {
        format!("{}{BACK}", self.origin)
    }

    /// What the provider says of itself, asked again after a while. Of all who want to know at once one asks, and a provider that is
    /// down is asked once for all of them.
    ///
    /// # Errors
    /// Why it says nothing of use.
    pub(super) async fn metadata(&self) -> Result<Arc<Metadata>, String> {
        let wanted = Instant::now();
        let mut heard = self.heard.lock().await;
        match &*heard {
            Some(Heard { at, said: Ok(said) }) if at.elapsed() < KNOWN_FOR => return Ok(Arc::clone(said)),
            Some(Heard { at, said: Err(why) }) if *at >= wanted => return Err(why.clone()),
            _ => {}
        }
        let said = discover(&self.oidc.web, &self.oidc.issuer).await;
        let said = said.map(Arc::new).map_err(|why| why.to_string());
        *heard = Some(Heard { at: Instant::now(), said: said.clone() });
        said
    }

    /// The claims of whoever is back with a code. The keys are asked for each time: one that the provider has withdrawn counts no longer,
    /// and a new one counts at once.
    ///
    /// # Errors
    /// When the provider does not take the code, or its token is not to be believed.
    pub(super) async fn claims(&self, code: &str, asked: &Asked, now: Time) -> Result<Value, CodeFault> {
        let _turn = self.turns.acquire().await.map_err(|_| CodeFault::Stopping)?;
        let token = self.token(code, asked).await?;
        let keys = self.oidc.web.get(&asked.metadata.keys).await?;
        let expected =
            Expected { issuer: &self.oidc.issuer, client_id: &self.oidc.client_id, nonce: &asked.nonce, now };
        Ok(verify(&token, &keys, &expected)?)
    }

    async fn token(&self, code: &str, asked: &Asked) -> Result<String, CodeFault> {
        let (client_id, secret) = (self.oidc.client_id.as_str(), self.oidc.secret.text());
        let back = self.back();
        let mut fields = vec![
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", back.as_str()),
            ("code_verifier", asked.verifier.as_str()),
        ];
        let header = match asked.metadata.proof {
            Proof::Header => Some(basic(client_id, secret).ok_or(WebError::Request)?),
            Proof::Form => {
                fields.extend([("client_id", client_id), ("client_secret", secret)]);
                None
            }
        };
        let (status, said) = self.oidc.web.post(&asked.metadata.token, header, form(&fields)).await?;
        if !status.is_success() {
            return Err(CodeFault::Refused(word(&said["error"])));
        }
        said["id_token"].as_str().map(ToOwned::to_owned).ok_or(CodeFault::NoToken)
    }
}

/// The header of RFC 6749, section 2.3.1: both parts are encoded as in a form first.
fn basic(client_id: &str, secret: &str) -> Option<HeaderValue> {
    let both = Zeroizing::new(format!("{}:{}", encoded(client_id), encoded(secret)));
    let text = Zeroizing::new(format!("Basic {}", STANDARD.encode(both.as_bytes())));
    let mut value = HeaderValue::from_str(&text).ok()?;
    value.set_sensitive(true);
    Some(value)
}

/// A word for a fault, such as `invalid_grant`; nothing else that somebody may have put there.
pub(super) fn word(said: &Value) -> String {
    word_of(said.as_str().unwrap_or_default())
}

/// The same of a text.
pub(super) fn word_of(said: &str) -> String {
    let is_word = |byte: u8| byte.is_ascii_lowercase() || byte == b'_';
    if (1..=64).contains(&said.len()) && said.bytes().all(is_word) {
        said.to_owned()
    } else {
        "for no reason that is a word".to_owned()
    }
}
