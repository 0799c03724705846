//! Whether an identity token is to be believed: JWS (RFC 7515) with two algorithms, and section 3.1.3.7 of OpenID Connect Core 1.0.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::signature::{
    ECDSA_P256_SHA256_FIXED, RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents, UnparsedPublicKey,
};
use serde_json::Value;
use thiserror::Error;
use timeline::{Duration, Time};

/// Clocks of well-kept machines differ by less, seconds.
const LEEWAY_S: i64 = 60;

/// More keys than any provider shows.
const MOST_KEYS: usize = 64;

/// Why a token is not believed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
pub(super) enum TokenFault {
    #[error("it is no signed token")]
    Form,
    #[error("its algorithm is neither RS256 nor ES256")]
    Algorithm,
    #[error("its head asks for something unknown")]
    Head,
    #[error("none of the provider's keys is the one that it names")]
    Key,
    #[error("its signature is not that of the provider's key")]
    Signature,
    #[error("its issuer is another")]
    Issuer,
    #[error("its audience is another")]
    Audience,
    #[error("it has no time at which it ends, or none at which it began")]
    Undated,
    #[error("it is no longer valid")]
    Expired,
    #[error("it is not valid yet: compare the clocks of both machines")]
    Early,
    #[error("its nonce is another")]
    Nonce,
    #[error("it names no subject")]
    Subject,
}

/// What a token must say to be believed.
pub(super) struct Expected<'a> {
    pub(super) issuer: &'a str,
    pub(super) client_id: &'a str,
    pub(super) nonce: &'a str,
    pub(super) now: Time,
}

/// The two algorithms. A secret shared with the provider signs nothing here, and nothing is taken unsigned.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Algorithm {
    Rs256,
    Es256,
}

/// The claims of a token that one of `keys` (a JWK set, RFC 7517) has signed and that says what is expected.
pub(super) fn verify(token: &str, keys: &Value, expected: &Expected<'_>) -> Result<Value, TokenFault> {
    let claims = signed(token, keys)?;
    check(&claims, expected)?;
    Ok(claims)
}

/// The claims, once the signature holds.
fn signed(token: &str, keys: &Value) -> Result<Value, TokenFault> {
    let (message, signature) = token.rsplit_once('.').ok_or(TokenFault::Form)?;
    let (head, claims) = message.split_once('.').ok_or(TokenFault::Form)?;
    let head = json(head)?;
    let algorithm = match head["alg"].as_str() {
        Some("RS256") => Algorithm::Rs256,
        Some("ES256") => Algorithm::Es256,
        _ => return Err(TokenFault::Algorithm),
    };
    // Where something critical is asked for that is not understood, the token is refused (RFC 7515, section 4.1.11).
    let is_jwt = |kind: &Value| kind.as_str().is_some_and(|kind| kind.eq_ignore_ascii_case("JWT"));
    if !head["crit"].is_null() || !(head["typ"].is_null() || is_jwt(&head["typ"])) {
        return Err(TokenFault::Head);
    }
    let signature = bytes(signature)?;
    let fits = |key: &&Value| is_of(key, algorithm) && (head["kid"].is_null() || key["kid"] == head["kid"]);
    let all = keys["keys"].as_array().map_or(&[][..], Vec::as_slice);
    let fitting: Vec<&Value> = all.iter().take(MOST_KEYS).filter(fits).collect();
    // A token that names no key is of the only one there is, or of none.
    if fitting.is_empty() || (head["kid"].is_null() && fitting.len() > 1) {
        return Err(TokenFault::Key);
    }
    let holds = |key: &&Value| has_signed(key, algorithm, message.as_bytes(), &signature);
    if !fitting.iter().any(holds) {
        return Err(TokenFault::Signature);
    }
    json(claims)
}

/// Whether a key is one for signatures by this algorithm.
fn is_of(key: &Value, algorithm: Algorithm) -> bool {
    let (kind, name) = match algorithm {
        Algorithm::Rs256 => ("RSA", "RS256"),
        Algorithm::Es256 => ("EC", "ES256"),
    };
    let says = |field: &str, word: &str| key[field].is_null() || key[field] == word;
    let verifies = |list: &Value| {
        list.is_null() || list.as_array().is_some_and(|all| all.iter().any(|word| word == "verify"))
    };
    key["kty"] == kind && says("use", "sig") && says("alg", name) && verifies(&key["key_ops"])
}

fn has_signed(key: &Value, algorithm: Algorithm, message: &[u8], signature: &[u8]) -> bool {
    let part = |name: &str| key[name].as_str().and_then(|text| bytes(text).ok());
    match algorithm {
        Algorithm::Rs256 => {
            let (Some(n), Some(e)) = (part("n"), part("e")) else { return false };
            // Some providers write a zero before a number whose first bit is set.
            let zeros = n.iter().take_while(|byte| **byte == 0).count();
            let key = RsaPublicKeyComponents { n: &n[zeros..], e: &e[..] };
            key.verify(&RSA_PKCS1_2048_8192_SHA256, message, signature).is_ok()
        }
        Algorithm::Es256 => {
            let (Some(x), Some(y)) = (part("x"), part("y")) else { return false };
            if key["crv"] != "P-256" || (x.len(), y.len()) != (32, 32) {
                return false;
            }
            // An uncompressed point (SEC 1, section 2.3.3).
            let point = [&[4], &x[..], &y[..]].concat();
            UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point).verify(message, signature).is_ok()
        }
    }
}

fn bytes(text: &str) -> Result<Vec<u8>, TokenFault> {
    URL_SAFE_NO_PAD.decode(text).map_err(|_| TokenFault::Form)
}

fn json(part: &str) -> Result<Value, TokenFault> {
    let value: Value = serde_json::from_slice(&bytes(part)?).map_err(|_| TokenFault::Form)?;
    if value.is_object() { Ok(value) } else { Err(TokenFault::Form) }
}

fn check(claims: &Value, expected: &Expected<'_>) -> Result<(), TokenFault> {
    if claims["iss"] != expected.issuer {
        return Err(TokenFault::Issuer);
    }
    check_audience(claims, expected.client_id)?;
    check_times(claims, expected.now)?;
    if claims["nonce"] != expected.nonce {
        return Err(TokenFault::Nonce);
    }
    // Section 2 of the standard: up to 255 characters of ASCII.
    match claims["sub"].as_str() {
        Some(subject) if (1..=255).contains(&subject.len()) && subject.is_ascii() => Ok(()),
        _ => Err(TokenFault::Subject),
    }
}

fn check_audience(claims: &Value, client_id: &str) -> Result<(), TokenFault> {
    let is_ours = match &claims["aud"] {
        Value::String(one) => one == client_id,
        // For several it is only if it says that it was made for us.
        Value::Array(all) => {
            all.iter().any(|one| one == client_id) && (all.len() == 1 || claims["azp"] == client_id)
        }
        _ => false,
    };
    let is_for_another = !claims["azp"].is_null() && claims["azp"] != client_id;
    if is_ours && !is_for_another { Ok(()) } else { Err(TokenFault::Audience) }
}

fn check_times(claims: &Value, now: Time) -> Result<(), TokenFault> {
    let leeway = Duration::SECOND * LEEWAY_S;
    let (ends, began) = (time(&claims["exp"])?, time(&claims["iat"])?);
    if now >= ends + leeway {
        return Err(TokenFault::Expired);
    }
    let valid_from = if claims["nbf"].is_null() { began } else { began.max(time(&claims["nbf"])?) };
    if valid_from > now + leeway { Err(TokenFault::Early) } else { Ok(()) }
}

/// Seconds since 1970; a part of a second is left out.
fn time(claim: &Value) -> Result<Time, TokenFault> {
    let seconds = claim.as_i64().or_else(|| claim.as_f64().map(|seconds| seconds as i64));
    seconds.and_then(Time::from_unix_seconds).ok_or(TokenFault::Undated)
}

#[cfg(test)]
mod tests;
