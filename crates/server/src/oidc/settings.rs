//! The file that names the provider.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use serde::Deserialize;
use thiserror::Error;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::ring::default_provider;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};
use zeroize::Zeroizing;

use super::web::{Plain, Url, Web};
use crate::private::{NotRead, read_private};

/// A provider that needs longer for one answer is one that a person no longer waits for.
const USUAL_TIME: Duration = Duration::from_secs(8);

/// Why people cannot sign in at a provider.
#[derive(Debug, Error)]
pub enum OidcError {
    /// A file cannot be read.
    #[error("cannot read {}", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// What the system said.
        #[source]
        cause: std::io::Error,
    },
    /// Others may read the secret.
    #[error("{} can be read by others than its owner; say chmod 600 {}", .0.display(), .0.display())]
    Open(PathBuf),
    /// What stands in it cannot be so.
    #[error("{}: {what}", path.display())]
    Damaged {
        /// Which file.
        path: PathBuf,
        /// What is wrong.
        what: String,
    },
    /// Nobody could sign in.
    #[error("{0}")]
    Refused(String),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    issuer: String,
    client_id: String,
    client_secret_file: PathBuf,
    origin: Option<String>,
    name: Option<String>,
    #[serde(default)]
    scopes: Vec<String>,
    groups: Option<String>,
}

/// A provider at which people of a centre sign in.
#[derive(Clone, Debug)]
pub struct Oidc {
    pub(super) issuer: String,
    pub(super) client_id: String,
    pub(super) secret: Secret,
    pub(super) origin: Option<String>,
    pub(super) name: String,
    pub(super) scope: String,
    /// The claim that lists somebody's groups.
    pub(super) groups: String,
    pub(super) web: Web,
}

/// What the server proves itself with to the provider.
#[derive(Clone)]
pub(super) struct Secret(Arc<Zeroizing<String>>);

impl Secret {
    pub(super) fn text(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Secret")
    }
}

impl Oidc {
    /// Reads the file that names the provider, and the file that it names for the secret.
    ///
    /// # Errors
    /// When one cannot be read, others may read the secret, or an address in it is none that may be asked.
    pub fn read(path: &Path) -> Result<Self, OidcError> {
        let damaged = |what: String| OidcError::Damaged { path: path.to_owned(), what };
        let text = std::fs::read_to_string(path)
            .map_err(|cause| OidcError::File { path: path.to_owned(), cause })?;
        let written: Written = toml::from_str(&text).map_err(|error| damaged(told(&error, &text)))?;
        let issuer = Url::parse(&written.issuer, Plain::OnLoopback)
            .map_err(|what| damaged(format!("`issuer` {what}")))?;
        if written.issuer.contains('?') {
            return Err(damaged("`issuer` has a query".to_owned()));
        }
        if written.client_id.is_empty() {
            return Err(damaged("`client_id` is empty".to_owned()));
        }
        let origin = written.origin.as_deref().map(origin).transpose();
        let origin = origin.map_err(|what| damaged(format!("`origin` {what}")))?;
        let is_word = |scope: &String| !scope.is_empty() && scope.bytes().all(|byte| byte.is_ascii_graphic());
        if !written.scopes.iter().all(is_word) {
            return Err(damaged("`scopes` has one that is no word".to_owned()));
        }
        let more = written.scopes.iter().map(String::as_str).filter(|scope| *scope != "openid");
        let tls = if issuer.is_plain() { None } else { Some(tls()?) };
        Ok(Self {
            name: written.name.unwrap_or_else(|| issuer.host().to_owned()),
            issuer: written.issuer,
            client_id: written.client_id,
            // Beside the file that names it, unless its path says otherwise.
            secret: secret(&path.parent().unwrap_or(Path::new("")).join(&written.client_secret_file))?,
            origin,
            scope: ["openid"].into_iter().chain(more).collect::<Vec<_>>().join(" "),
            groups: written.groups.unwrap_or_else(|| "groups".to_owned()),
            web: Web::new(tls, USUAL_TIME),
        })
    }

    /// The same, waiting only so long for each answer of the provider.
    #[must_use]
    pub fn within(mut self, time: Duration) -> Self {
        self.web.time = time;
        self
    }

    /// The provider, as it names itself.
    pub(crate) fn issuer(&self) -> &str {
        &self.issuer
    }

    /// Whether the file says under which origin browsers know the server.
    pub(crate) const fn has_origin(&self) -> bool {
        self.origin.is_some()
    }
}

/// What is wrong and in which line. The line itself is not shown: somebody may have written the secret there.
fn told(error: &toml::de::Error, text: &str) -> String {
    let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
    format!("line {}: {}", before.matches('\n').count() + 1, error.message())
}

fn secret(path: &Path) -> Result<Secret, OidcError> {
    let text = read_private(path).map_err(|why| match why {
        NotRead::Failed(cause) => OidcError::File { path: path.to_owned(), cause },
        NotRead::Open => OidcError::Open(path.to_owned()),
    })?;
    let text = Zeroizing::new(text);
    let line = text.trim_end_matches(['\r', '\n']);
    if line.is_empty() || line.contains(['\r', '\n']) {
        let what = "it is not one line with the secret".to_owned();
        return Err(OidcError::Damaged { path: path.to_owned(), what });
    }
    Ok(Secret(Arc::new(Zeroizing::new(line.to_owned()))))
}

/// Scheme and authority of the server as browsers see it.
fn origin(text: &str) -> Result<String, String> {
    let url = Url::parse(text, Plain::OnLoopback)?;
    let bare = text.trim_end_matches('/');
    if url.path() == "/" && bare.matches('/').count() == 2 {
        Ok(bare.to_owned())
    } else {
        Err(format!("is `{text}`; give scheme and host alone, such as https://plan.example.org"))
    }
}

/// Trusts what the system trusts; the variable `SSL_CERT_FILE` names another file of roots.
fn tls() -> Result<TlsConnector, OidcError> {
    let refused = |what: String| OidcError::Refused(what);
    let mut roots = RootCertStore::empty();
    let (taken, _) = roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    if taken == 0 {
        return Err(refused(
            "the system trusts no certificate: install its roots (ca-certificates), or name a file with SSL_CERT_FILE".to_owned(),
        ));
    }
    let config = ClientConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| refused(error.to_string()))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(TlsConnector::from(Arc::new(config)))
}
