//! Tokens that hold and tokens that do not. The signatures of RSA and the first of P-256 are those of RFC 7515, appendices A.2 and A.3.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
use serde_json::{Value, json};
use timeline::Time;

use super::{Expected, TokenFault, signed, verify};

const CLAIMS: &str =
    "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
const RS256: &str = "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw";
const ES256: &str = "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";

fn rsa() -> Value {
    json!({
        "kty": "RSA", "e": "AQAB",
        "n": "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ",
    })
}

fn p256() -> Value {
    json!({
        "kty": "EC", "crv": "P-256",
        "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU", "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",
    })
}

fn with(mut key: Value, more: &[(&str, Value)]) -> Value {
    for (name, value) in more {
        key[*name] = value.clone();
    }
    key
}

fn text(value: &Value) -> String {
    URL_SAFE_NO_PAD.encode(value.to_string())
}

#[test]
fn the_signatures_of_the_standard_hold_by_their_own_key_alone() {
    let rs256 = format!("{}.{CLAIMS}.{RS256}", URL_SAFE_NO_PAD.encode("{\"alg\":\"RS256\"}"));
    let es256 = format!("{}.{CLAIMS}.{ES256}", URL_SAFE_NO_PAD.encode("{\"alg\":\"ES256\"}"));
    for (token, key) in [(&rs256, rsa()), (&es256, p256())] {
        let claims = signed(token, &json!({"keys": [key.clone()]})).expect("it holds");
        assert_eq!((claims["iss"].as_str(), claims["exp"].as_i64()), (Some("joe"), Some(1_300_819_380)));
        // The other kind of key beside it changes nothing.
        assert!(signed(token, &json!({"keys": [rsa(), p256()]})).is_ok());
        let altered = token.replacen("eyJpc3Mi", "eyJpc3Nj", 1);
        let refused = signed(&altered, &json!({"keys": [key.clone()]}));
        assert_eq!(refused, Err(TokenFault::Signature));
    }
    for (token, keys, expected) in [
        (&rs256, json!([p256()]), TokenFault::Key),
        (&es256, json!([rsa()]), TokenFault::Key),
        (&rs256, json!([]), TokenFault::Key),
        (&rs256, json!(null), TokenFault::Key),
        (&rs256, json!([with(rsa(), &[("use", json!("enc"))])]), TokenFault::Key),
        (&rs256, json!([with(rsa(), &[("alg", json!("RS512"))])]), TokenFault::Key),
        (&rs256, json!([with(rsa(), &[("key_ops", json!(["encrypt"]))])]), TokenFault::Key),
        // It names no key, and there are two.
        (&rs256, json!([rsa(), rsa()]), TokenFault::Key),
        (&rs256, json!([with(rsa(), &[("n", json!("AQAB"))])]), TokenFault::Signature),
        (&es256, json!([with(p256(), &[("crv", json!("P-384"))])]), TokenFault::Signature),
        (&es256, json!([with(p256(), &[("y", p256()["x"].clone())])]), TokenFault::Signature),
    ] {
        assert_eq!(signed(token, &json!({"keys": keys})), Err(expected), "{keys}");
    }
}

#[test]
fn nothing_unsigned_and_nothing_signed_otherwise_is_taken() {
    let keys = json!({"keys": [rsa(), p256()]});
    for alg in [
        json!("none"),
        json!("None"),
        json!("HS256"),
        json!("RS512"),
        json!("PS256"),
        json!("rs256"),
        json!(null),
        json!(["RS256"]),
    ] {
        let token = format!("{}.{CLAIMS}.{RS256}", text(&json!({"alg": alg})));
        assert_eq!(signed(&token, &keys), Err(TokenFault::Algorithm), "{alg}");
        let token = format!("{}.{CLAIMS}.", text(&json!({"alg": alg})));
        assert_eq!(signed(&token, &keys), Err(TokenFault::Algorithm), "{alg}");
    }
    for (head, expected) in [
        (json!({"alg": "RS256", "crit": ["exp"]}), TokenFault::Head),
        (json!({"alg": "RS256", "typ": "at+jwt"}), TokenFault::Head),
        (json!({"alg": "RS256", "kid": "another"}), TokenFault::Key),
        (json!(["RS256"]), TokenFault::Form),
    ] {
        assert_eq!(signed(&format!("{}.{CLAIMS}.{RS256}", text(&head)), &keys), Err(expected), "{head}");
    }
    for token in ["", ".", "..", "a.b", "a.b.c.d", "é.é.é"] {
        assert_eq!(signed(token, &keys), Err(TokenFault::Form), "{token}");
    }
}

const ISSUER: &str = "https://id.example.org";
/// 2026-06-01T00:00:00Z.
const NOW_S: i64 = 1_780_272_000;

fn claims(more: &[(&str, Value)]) -> Value {
    let sound = json!({
        "iss": ISSUER, "aud": "cupola", "sub": "lena", "nonce": "n", "iat": NOW_S, "exp": NOW_S + 300,
    });
    with(sound, more)
}

/// What comes of claims that a fresh key has signed, asked for now.
fn verified(claims: &Value) -> Result<Value, TokenFault> {
    let random = SystemRandom::new();
    let algorithm = &ECDSA_P256_SHA256_FIXED_SIGNING;
    let pair = EcdsaKeyPair::generate_pkcs8(algorithm, &random).expect("there are random bytes");
    let pair = EcdsaKeyPair::from_pkcs8(algorithm, pair.as_ref(), &random).expect("it is a key");
    let point = pair.public_key().as_ref();
    let (x, y) = (URL_SAFE_NO_PAD.encode(&point[1..33]), URL_SAFE_NO_PAD.encode(&point[33..]));
    let keys = json!({"keys": [{"kty": "EC", "crv": "P-256", "kid": "1", "use": "sig", "x": x, "y": y}]});
    let message = format!("{}.{}", text(&json!({"alg": "ES256", "kid": "1", "typ": "JWT"})), text(claims));
    let signature = pair.sign(&random, message.as_bytes()).expect("it signs");
    let token = format!("{message}.{}", URL_SAFE_NO_PAD.encode(signature));
    let now = Time::from_unix_seconds(NOW_S).expect("it is a time");
    verify(&token, &keys, &Expected { issuer: ISSUER, client_id: "cupola", nonce: "n", now })
}

#[test]
fn a_sound_token_is_believed() {
    for more in [
        &[][..],
        &[("aud", json!(["cupola"]))],
        &[("aud", json!(["other", "cupola"])), ("azp", json!("cupola"))],
        &[("exp", json!(NOW_S as f64 + 0.5))],
        // Within the leeway, to the second.
        &[("exp", json!(NOW_S - 59))],
        &[("iat", json!(NOW_S + 60))],
        &[("nbf", json!(NOW_S + 60))],
    ] {
        assert_eq!(
            verified(&claims(more)).map(|claims| claims["sub"].clone()),
            Ok(json!("lena")),
            "{more:?}"
        );
    }
}

#[test]
fn each_claim_is_looked_at() {
    for (name, value, expected) in [
        ("iss", json!("https://evil.example"), TokenFault::Issuer),
        ("iss", json!("https://id.example.org/"), TokenFault::Issuer),
        ("iss", json!([ISSUER]), TokenFault::Issuer),
        ("iss", Value::Null, TokenFault::Issuer),
        ("aud", json!("other"), TokenFault::Audience),
        ("aud", json!(["other"]), TokenFault::Audience),
        ("aud", json!(["other", "cupola"]), TokenFault::Audience),
        ("aud", json!([]), TokenFault::Audience),
        ("aud", Value::Null, TokenFault::Audience),
        ("azp", json!("other"), TokenFault::Audience),
        ("exp", json!(NOW_S - 60), TokenFault::Expired),
        ("exp", json!((NOW_S + 300).to_string()), TokenFault::Undated),
        ("exp", Value::Null, TokenFault::Undated),
        ("exp", json!(1e300), TokenFault::Undated),
        ("iat", Value::Null, TokenFault::Undated),
        ("iat", json!(NOW_S + 61), TokenFault::Early),
        ("nbf", json!(NOW_S + 61), TokenFault::Early),
        ("nbf", json!("now"), TokenFault::Undated),
        ("nonce", json!("m"), TokenFault::Nonce),
        ("nonce", Value::Null, TokenFault::Nonce),
        ("sub", json!(""), TokenFault::Subject),
        ("sub", json!(7), TokenFault::Subject),
        ("sub", json!("é"), TokenFault::Subject),
        ("sub", json!("a".repeat(256)), TokenFault::Subject),
    ] {
        assert_eq!(verified(&claims(&[(name, value.clone())])), Err(expected), "{name} {value}");
    }
}
