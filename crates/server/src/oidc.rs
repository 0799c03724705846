//! Signing in at a centre's own identity provider: OpenID Connect, the authorization code flow with PKCE.
//!
//! Read `sign_in.rs` first: what the two addresses do, in order. `settings.rs` is the file that names the provider, `metadata.rs` what the
//! provider says of itself, `token.rs` whether a token is to be believed, `pending.rs` who is on the way, `web.rs` the only requests that the server makes.

mod metadata;
mod pending;
mod provider;
mod settings;
pub(crate) mod sign_in;
mod token;
mod web;

pub(crate) use provider::{BACK, Provider};
pub use settings::{Oidc, OidcError};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// 256 bits of chance as text that may stand in an address and in a cookie.
fn random() -> Result<String, getrandom::Error> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes)?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}

/// A text as the value of a parameter of an address or a form.
fn encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded += &format!("%{byte:02X}");
        }
    }
    encoded
}

/// Parameters, one after the other, as a form.
fn form(fields: &[(&str, &str)]) -> String {
    let pairs = fields.iter().map(|(name, value)| format!("{name}={}", encoded(value)));
    pairs.collect::<Vec<_>>().join("&")
}
