//! A throw-away identity provider on this machine: discovery, keys, tokens, each of which a test can make as wrong as it likes.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
use ring::{digest, hmac};
use serde_json::{Value, json};

pub(crate) const CLIENT: &str = "cupola";
pub(crate) const SECRET: &str = "a secret: of the + test";
/// 2026-06-01T00:00:00Z, when the clock of the tests stands.
pub(crate) const NOW_S: i64 = 1_780_272_000;

/// What an address of the provider does instead of answering.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Fault {
    Hangs,
    IsTooLong,
    SendsOn,
    Fails,
    IsNoJson,
}

/// How tokens are signed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Signed {
    Es256,
    /// Not at all.
    None,
    /// With the public key as a shared secret.
    Hs256,
    /// By a key that goes by the name of one that the provider shows.
    Forged,
    /// By a key that the provider does not show.
    Unknown,
}

/// A key pair of P-256 with its name.
struct Key {
    name: String,
    pair: EcdsaKeyPair,
}

impl Key {
    fn new(name: &str) -> Self {
        let random = SystemRandom::new();
        let algorithm = &ECDSA_P256_SHA256_FIXED_SIGNING;
        let made = EcdsaKeyPair::generate_pkcs8(algorithm, &random).expect("there are random bytes");
        let pair = EcdsaKeyPair::from_pkcs8(algorithm, made.as_ref(), &random).expect("it is a key");
        Self { name: name.to_owned(), pair }
    }

    fn shown(&self) -> Value {
        let point = self.pair.public_key().as_ref();
        let (x, y) = (URL_SAFE_NO_PAD.encode(&point[1..33]), URL_SAFE_NO_PAD.encode(&point[33..]));
        json!({"kty": "EC", "crv": "P-256", "use": "sig", "kid": self.name, "x": x, "y": y})
    }
}

/// What a code stands for.
struct Given {
    nonce: String,
    challenge: String,
    back: String,
}

struct State {
    issuer: String,
    key: Key,
    withdrawn: Option<Key>,
    /// Keys that the provider shows.
    shown: Vec<Value>,
    signed: Signed,
    /// Claims that are otherwise than they should be.
    claims: Vec<(String, Value)>,
    /// Words of discovery that are otherwise.
    said: Vec<(String, Value)>,
    faults: HashMap<String, Fault>,
    codes: HashMap<String, Given>,
    asked: Vec<String>,
    number: usize,
}

/// A provider that answers until the test is over.
pub(crate) struct Provider {
    state: Arc<Mutex<State>>,
}

impl Provider {
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("there is a port");
        let address = listener.local_addr().expect("it has an address");
        let key = Key::new("key-1");
        let state = State {
            issuer: format!("http://{address}"),
            shown: vec![key.shown()],
            key,
            withdrawn: None,
            signed: Signed::Es256,
            claims: Vec::new(),
            said: Vec::new(),
            faults: HashMap::new(),
            codes: HashMap::new(),
            asked: Vec::new(),
            number: 0,
        };
        let state = Arc::new(Mutex::new(state));
        let shared = Arc::clone(&state);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let shared = Arc::clone(&shared);
                // What breaks off here is what a test wants to break off.
                std::thread::spawn(move || answer(&shared, stream));
            }
        });
        Self { state }
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().expect("nobody panicked")
    }

    pub(crate) fn issuer(&self) -> String {
        self.state().issuer.clone()
    }

    pub(crate) fn sign(&self, signed: Signed) {
        self.state().signed = signed;
    }

    pub(crate) fn claim(&self, name: &str, value: Value) {
        self.state().claims.push((name.to_owned(), value));
    }

    pub(crate) fn say(&self, name: &str, value: Value) {
        self.state().said.push((name.to_owned(), value));
    }

    pub(crate) fn fail(&self, path: &str, fault: Fault) {
        self.state().faults.insert(path.to_owned(), fault);
    }

    /// A new key signs from now on; the old one is shown no longer.
    pub(crate) fn rotate(&self) {
        let mut state = self.state();
        let key = Key::new("key-2");
        state.shown = vec![key.shown()];
        state.withdrawn = Some(std::mem::replace(&mut state.key, key));
    }

    /// The key that was withdrawn signs again, and is not shown.
    pub(crate) fn sign_with_the_withdrawn_key(&self) {
        let mut state = self.state();
        state.key = state.withdrawn.take().expect("one was withdrawn");
    }

    /// Paths that were asked, in order.
    pub(crate) fn asked(&self) -> Vec<String> {
        self.state().asked.clone()
    }

    /// What a person does at the provider: where it sends the browser back to.
    pub(crate) fn agree(&self, location: &str) -> String {
        let query = location.split_once('?').expect("it has a query").1;
        let fields = fields(query);
        let field = |name: &str| fields.get(name).cloned().unwrap_or_else(|| panic!("no {name}: {location}"));
        assert_eq!((field("response_type").as_str(), field("client_id").as_str()), ("code", CLIENT));
        assert_eq!(field("code_challenge_method"), "S256");
        assert!(field("scope").split(' ').any(|scope| scope == "openid"));
        assert!(field("state").len() >= 43 && field("nonce").len() >= 43, "256 bits");
        let mut state = self.state();
        state.number += 1;
        let code = format!("code-{}", state.number);
        let back = field("redirect_uri");
        let given = Given { nonce: field("nonce"), challenge: field("code_challenge"), back: back.clone() };
        state.codes.insert(code.clone(), given);
        // Providers add parameters of their own.
        format!("{back}?code={code}&state={}&session_state=x", field("state"))
    }
}

fn answer(shared: &Mutex<State>, stream: TcpStream) -> Option<()> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let path = line.split(' ').nth(1)?.to_owned();
    let (mut length, mut authorization) = (0, String::new());
    loop {
        let mut header = String::new();
        reader.read_line(&mut header).ok()?;
        match header.trim_end().split_once(':') {
            None => break,
            Some((name, value)) if name.eq_ignore_ascii_case("content-length") => {
                length = value.trim().parse().ok()?;
            }
            Some((name, value)) if name.eq_ignore_ascii_case("authorization") => {
                authorization = value.trim().to_owned();
            }
            Some(_) => {}
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    let mut stream = reader.into_inner();
    let fault = {
        let mut state = shared.lock().ok()?;
        state.asked.push(path.clone());
        state.faults.get(&path).copied()
    };
    let (head, text) = match fault {
        Some(Fault::Hangs) => {
            // Until whoever asked gives up.
            let _ = stream.read(&mut [0]);
            return None;
        }
        Some(Fault::IsTooLong) => ("200 OK", format!("{{\"long\": \"{}\"}}", "x".repeat(1 << 20))),
        Some(Fault::SendsOn) => ("302 Found\r\nLocation: /elsewhere", "{}".to_owned()),
        Some(Fault::Fails) => ("500 Internal Server Error", "{}".to_owned()),
        Some(Fault::IsNoJson) => ("200 OK", "<html>".to_owned()),
        None => {
            let mut state = shared.lock().ok()?;
            match path.as_str() {
                "/.well-known/openid-configuration" => ("200 OK", state.discovery().to_string()),
                "/keys" => ("200 OK", json!({"keys": state.shown}).to_string()),
                "/token" => state.token(&authorization, &String::from_utf8(body).ok()?),
                _ => ("404 Not Found", "{}".to_owned()),
            }
        }
    };
    let length = text.len();
    let whole = format!("HTTP/1.1 {head}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{text}");
    stream.write_all(whole.as_bytes()).ok()
}

impl State {
    fn discovery(&self) -> Value {
        let issuer = &self.issuer;
        let mut said = json!({
            "issuer": issuer,
            "authorization_endpoint": format!("{issuer}/authorize"),
            "token_endpoint": format!("{issuer}/token"),
            "jwks_uri": format!("{issuer}/keys"),
            "response_types_supported": ["code"],
            "code_challenge_methods_supported": ["S256"],
        });
        for (name, value) in &self.said {
            said[name.as_str()] = value.clone();
        }
        said
    }

    /// A token for a code, once, for who proves that the code is theirs.
    fn token(&mut self, authorization: &str, body: &str) -> (&'static str, String) {
        let form = fields(body);
        let refused = |word: &str| ("400 Bad Request", json!({"error": word}).to_string());
        let expected = format!("{CLIENT}:{}", "a%20secret%3A%20of%20the%20%2B%20test");
        let by_header = authorization == format!("Basic {}", STANDARD.encode(expected));
        let by_form = form.get("client_secret").is_some_and(|secret| secret == SECRET);
        if !by_header && !by_form {
            return refused("invalid_client");
        }
        let Some(given) = form.get("code").and_then(|code| self.codes.remove(code)) else {
            return refused("invalid_grant");
        };
        let verifier = form.get("code_verifier").cloned().unwrap_or_default();
        let challenge = URL_SAFE_NO_PAD.encode(digest::digest(&digest::SHA256, verifier.as_bytes()));
        if challenge != given.challenge || form.get("redirect_uri") != Some(&given.back) {
            return refused("invalid_grant");
        }
        let mut claims = json!({
            "iss": self.issuer, "aud": CLIENT, "sub": "s-lena", "nonce": given.nonce,
            "iat": NOW_S, "exp": NOW_S + 300,
        });
        for (name, value) in &self.claims {
            claims[name.as_str()] = value.clone();
        }
        let token = self.signed(&claims);
        ("200 OK", json!({"access_token": "x", "token_type": "Bearer", "id_token": token}).to_string())
    }

    fn signed(&self, claims: &Value) -> String {
        let (alg, kid) = match self.signed {
            Signed::None => ("none", self.key.name.as_str()),
            Signed::Hs256 => ("HS256", self.key.name.as_str()),
            Signed::Es256 | Signed::Forged => ("ES256", self.key.name.as_str()),
            Signed::Unknown => ("ES256", "another"),
        };
        let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let message = format!("{}.{}", part(&json!({"alg": alg, "kid": kid})), part(claims));
        let sign = |key: &Key| {
            let signature = key.pair.sign(&SystemRandom::new(), message.as_bytes()).expect("it signs");
            signature.as_ref().to_vec()
        };
        let signature = match self.signed {
            Signed::None => Vec::new(),
            Signed::Hs256 => {
                let public = hmac::Key::new(hmac::HMAC_SHA256, self.key.pair.public_key().as_ref());
                hmac::sign(&public, message.as_bytes()).as_ref().to_vec()
            }
            Signed::Es256 => sign(&self.key),
            Signed::Forged | Signed::Unknown => sign(&Key::new("another")),
        };
        format!("{message}.{}", URL_SAFE_NO_PAD.encode(signature))
    }
}

/// The fields of a form or a query.
fn fields(form: &str) -> HashMap<String, String> {
    let pairs = form.split('&').filter_map(|pair| pair.split_once('='));
    pairs.map(|(name, value)| (name.to_owned(), decoded(value))).collect()
}

fn decoded(text: &str) -> String {
    let mut parts = text.split('%');
    let mut plain = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        plain.push(u8::from_str_radix(&part[..2], 16).expect("it is encoded"));
        plain.extend(&part.as_bytes()[2..]);
    }
    String::from_utf8(plain).expect("it is text")
}
