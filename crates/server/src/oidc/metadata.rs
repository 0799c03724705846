//! What a provider says of itself: OpenID Connect Discovery 1.0, section 3.

use serde_json::Value;
use thiserror::Error;

use super::web::{Plain, Url, Web, WebError};

/// Why what a provider says of itself is of no use.
#[derive(Debug, Error)]
pub(super) enum MetadataError {
    #[error("{0}")]
    Web(#[from] WebError),
    #[error("it says that it is another issuer than the one configured")]
    Issuer,
    #[error("`{0}` {1}")]
    Address(&'static str, String),
    #[error("it does not know PKCE with S256")]
    Pkce,
    #[error("it does not hand out codes")]
    Code,
    #[error("it takes a secret neither in the header nor in the form")]
    Secret,
}

/// How the server proves itself at the token address.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Proof {
    /// `client_secret_basic`.
    Header,
    /// `client_secret_post`.
    Form,
}

/// The addresses of a provider, and how it is asked.
#[derive(Clone, Debug)]
pub(super) struct Metadata {
    pub(super) authorization: Url,
    pub(super) token: Url,
    pub(super) keys: Url,
    pub(super) proof: Proof,
    /// Whether it names itself in every answer that comes by the browser (RFC 9207).
    pub(super) names_itself: bool,
}

/// Asks the provider what it is.
pub(super) async fn discover(web: &Web, issuer: &str) -> Result<Metadata, MetadataError> {
    let plain = if issuer.starts_with("http://") { Plain::OnLoopback } else { Plain::No };
    let address = format!("{}/.well-known/openid-configuration", issuer.trim_end_matches('/'));
    let address = Url::parse(&address, plain).map_err(|what| MetadataError::Address("issuer", what))?;
    read(&web.get(&address).await?, issuer, plain)
}

fn read(said: &Value, issuer: &str, plain: Plain) -> Result<Metadata, MetadataError> {
    if said["issuer"].as_str() != Some(issuer) {
        return Err(MetadataError::Issuer);
    }
    let address = |name: &'static str| {
        let text = said[name].as_str().unwrap_or_default();
        Url::parse(text, plain).map_err(|what| MetadataError::Address(name, what))
    };
    // A list that is left out is one that the provider may leave out; one that is there must have what is needed.
    let lacks = |name: &str, word: &str| {
        said[name].as_array().is_some_and(|words| !words.iter().any(|known| known.as_str() == Some(word)))
    };
    if lacks("code_challenge_methods_supported", "S256") {
        return Err(MetadataError::Pkce);
    }
    if lacks("response_types_supported", "code") {
        return Err(MetadataError::Code);
    }
    const PROOFS: &str = "token_endpoint_auth_methods_supported";
    let proof = match (lacks(PROOFS, "client_secret_basic"), lacks(PROOFS, "client_secret_post")) {
        (false, _) => Proof::Header,
        (true, false) => Proof::Form,
        (true, true) => return Err(MetadataError::Secret),
    };
    Ok(Metadata {
        authorization: address("authorization_endpoint")?,
        token: address("token_endpoint")?,
        keys: address("jwks_uri")?,
        proof,
        names_itself: said["authorization_response_iss_parameter_supported"] == true,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Plain, Proof, read};

    const ISSUER: &str = "https://id.example.org";

    fn said(more: &[(&str, Value)]) -> Value {
        let mut said = json!({
            "issuer": ISSUER,
            "authorization_endpoint": "https://id.example.org/authorize",
            "token_endpoint": "https://id.example.org/token",
            "jwks_uri": "https://keys.example.org/keys",
        });
        for (name, value) in more {
            said[*name] = value.clone();
        }
        said
    }

    #[test]
    fn what_a_provider_may_leave_out_is_taken_as_the_standard_has_it() {
        let read = read(&said(&[]), ISSUER, Plain::No).expect("it is sound");
        assert_eq!((read.proof, read.names_itself), (Proof::Header, false));
    }

    #[test]
    fn a_provider_that_is_another_or_weaker_is_refused() {
        for (name, value) in [
            ("issuer", json!("https://id.example.org/")),
            ("issuer", json!("https://evil.example")),
            ("issuer", Value::Null),
            ("authorization_endpoint", json!("http://id.example.org/authorize")),
            ("authorization_endpoint", json!("javascript:alert(1)")),
            ("token_endpoint", json!("http://127.0.0.1/token")),
            ("token_endpoint", Value::Null),
            ("jwks_uri", json!("file:///etc/passwd")),
            ("code_challenge_methods_supported", json!(["plain"])),
            ("response_types_supported", json!(["id_token"])),
            ("token_endpoint_auth_methods_supported", json!(["private_key_jwt"])),
        ] {
            let said = said(&[(name, value.clone())]);
            assert!(read(&said, ISSUER, Plain::No).is_err(), "{name} {value}");
        }
    }
}
