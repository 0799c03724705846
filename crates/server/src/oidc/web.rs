//! The requests that the server makes, to the provider alone: encrypted, bounded in time and size, never sent on elsewhere.

use std::future::Future;
use std::net::{IpAddr, SocketAddr, ToSocketAddrs};
use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::http::{HeaderValue, Method, Request, StatusCode, Uri, header};
use bytes::Bytes;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use serde_json::Value;
use thiserror::Error;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::sync::Semaphore;
use tokio::task::JoinHandle;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::ServerName;

/// A provider's keys, or what it says of itself, are some 10 KB.
const MOST_BYTES: usize = 256 * 1_024;

/// Longer heads are no answer.
const MOST_HEAD_BYTES: usize = 32 * 1_024;

/// Whether an address may be asked without encryption.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Plain {
    /// Never.
    No,
    /// On this machine, by its number: for tests, and for a proxy that encrypts.
    OnLoopback,
}

/// An address that may be asked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Url {
    text: String,
    uri: Uri,
}

impl Url {
    /// Reads an address.
    ///
    /// # Errors
    /// What is wrong with it, to stand after its name.
    pub(super) fn parse(text: &str, plain: Plain) -> Result<Self, String> {
        let wrong = |why: &str| format!("is `{text}`, {why}");
        let uri: Uri = text.parse().map_err(|_| wrong("which is no address"))?;
        let url = Self { text: text.to_owned(), uri };
        let is_loopback = url.host().parse::<IpAddr>().is_ok_and(|address| address.is_loopback());
        match url.uri.scheme_str() {
            _ if url.host().is_empty() => return Err(wrong("which names no host")),
            _ if text.contains(['#', '@']) => return Err(wrong("which has a name or a fragment in it")),
            Some("https") => {}
            Some("http") if is_loopback && plain == Plain::OnLoopback => {}
            _ => return Err(wrong("which is not encrypted: it must begin with https://")),
        }
        Ok(url)
    }

    pub(super) fn is_plain(&self) -> bool {
        self.uri.scheme_str() == Some("http")
    }

    /// Without the brackets of an address of version 6.
    pub(super) fn host(&self) -> &str {
        self.uri.host().unwrap_or_default().trim_start_matches('[').trim_end_matches(']')
    }

    pub(super) fn path(&self) -> &str {
        self.uri.path()
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    fn port(&self) -> u16 {
        self.uri.port_u16().unwrap_or(if self.is_plain() { 80 } else { 443 })
    }
}

/// Why there is no answer. No address and no header stands in it, so that it may be told.
#[derive(Debug, Error)]
pub(super) enum WebError {
    #[error("it did not answer within {} s", .0.as_secs_f64())]
    Time(Duration),
    #[error("it cannot be reached: {0}")]
    Reach(#[source] std::io::Error),
    #[error("it broke off: {0}")]
    Http(#[from] hyper::Error),
    #[error("its answer is longer than {MOST_BYTES} bytes, or broke off")]
    Long,
    #[error("it answered with status {}", .0.as_u16())]
    Status(StatusCode),
    #[error("its answer is not JSON")]
    Json,
    #[error("the request cannot be put")]
    Request,
}

/// The way to the provider.
#[derive(Clone)]
pub(super) struct Web {
    /// Nothing where the provider is asked on this machine without encryption.
    tls: Option<TlsConnector>,
    /// For one answer, from the first packet to the last.
    pub(super) time: Duration,
    naming: Arc<Semaphore>,
}

impl std::fmt::Debug for Web {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Web").field("time", &self.time).finish_non_exhaustive()
    }
}

impl Web {
    pub(super) fn new(tls: Option<TlsConnector>, time: Duration) -> Self {
        Self { tls, time, naming: Arc::new(Semaphore::new(1)) }
    }

    /// The JSON at an address.
    ///
    /// # Errors
    /// When there is none; where the provider would send the request on, it is not followed.
    pub(super) async fn get(&self, url: &Url) -> Result<Value, WebError> {
        let (status, bytes) = self.answer(url, Method::GET, &[], String::new()).await?;
        if status != StatusCode::OK {
            return Err(WebError::Status(status));
        }
        serde_json::from_slice(&bytes).map_err(|_| WebError::Json)
    }

    /// What comes of a form, with its status: a provider says in JSON what it refuses.
    ///
    /// # Errors
    /// When nothing comes, or no JSON.
    pub(super) async fn post(
        &self,
        url: &Url,
        authorization: Option<HeaderValue>,
        form: String,
    ) -> Result<(StatusCode, Value), WebError> {
        let mut headers =
            vec![(header::CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"))];
        headers.extend(authorization.map(|value| (header::AUTHORIZATION, value)));
        let (status, bytes) = self.answer(url, Method::POST, &headers, form).await?;
        if !status.is_success() && !status.is_client_error() {
            return Err(WebError::Status(status));
        }
        Ok((status, serde_json::from_slice(&bytes).map_err(|_| WebError::Json)?))
    }

    async fn answer(
        &self,
        url: &Url,
        method: Method,
        headers: &[(header::HeaderName, HeaderValue)],
        body: String,
    ) -> Result<(StatusCode, Bytes), WebError> {
        let target = url.uri.path_and_query().map_or("/", |target| target.as_str());
        let authority = url.uri.authority().map_or("", |authority| authority.as_str());
        let mut request = Request::builder()
            .method(method)
            .uri(target)
            .header(header::HOST, authority)
            .header(header::ACCEPT, "application/json")
            .header(header::USER_AGENT, concat!("cupola/", env!("CARGO_PKG_VERSION")))
            .header(header::CONNECTION, "close")
            .body(Body::from(body))
            .map_err(|_| WebError::Request)?;
        request.headers_mut().extend(headers.iter().cloned());
        self.within(self.connected(url, request)).await
    }

    async fn within<T>(&self, work: impl Future<Output = Result<T, WebError>>) -> Result<T, WebError> {
        tokio::time::timeout(self.time, work).await.unwrap_or(Err(WebError::Time(self.time)))
    }

    async fn connected(&self, url: &Url, request: Request<Body>) -> Result<(StatusCode, Bytes), WebError> {
        let stream = TcpStream::connect(&self.found(url).await?[..]).await.map_err(WebError::Reach)?;
        match &self.tls {
            None if url.is_plain() => exchange(stream, request).await,
            None => Err(WebError::Request),
            Some(tls) => {
                let name = ServerName::try_from(url.host().to_owned()).map_err(|_| WebError::Request)?;
                exchange(tls.connect(name, stream).await.map_err(WebError::Reach)?, request).await
            }
        }
    }
}

impl Web {
    /// Where a host is. The system is asked for one name at a time: it may take longer than anybody waits, and threads that block are few.
    async fn found(&self, url: &Url) -> Result<Vec<SocketAddr>, WebError> {
        let (host, port) = (url.host().to_owned(), url.port());
        if let Ok(address) = host.parse::<IpAddr>() {
            return Ok(vec![SocketAddr::new(address, port)]);
        }
        let turn = Arc::clone(&self.naming).acquire_owned().await.map_err(|_| WebError::Request)?;
        let asked = tokio::task::spawn_blocking(move || {
            let _turn = turn;
            (host, port).to_socket_addrs().map(Iterator::collect)
        });
        asked.await.map_err(|_| WebError::Request)?.map_err(WebError::Reach)
    }
}

/// A connection that ends with whoever waits for it.
struct Driven(JoinHandle<()>);

impl Drop for Driven {
    fn drop(&mut self) {
        self.0.abort();
    }
}

async fn exchange(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    request: Request<Body>,
) -> Result<(StatusCode, Bytes), WebError> {
    let (mut sender, connection) =
        http1::Builder::new().max_buf_size(MOST_HEAD_BYTES).handshake(TokioIo::new(stream)).await?;
    let _driven = Driven(tokio::spawn(async move {
        // What breaks is told to whoever waits for the answer.
        let _ = connection.await;
    }));
    let response = sender.send_request(request).await?;
    let status = response.status();
    let bytes = to_bytes(Body::new(response.into_body()), MOST_BYTES).await.map_err(|_| WebError::Long)?;
    Ok((status, bytes))
}

#[cfg(test)]
mod tests {
    use super::{Plain, Url};

    #[test]
    fn only_encrypted_addresses_are_asked_but_on_this_machine() {
        for (text, expected) in [
            ("https://id.example.org/realms/station", true),
            ("http://127.0.0.1:8080/", true),
            ("http://[::1]:8080/", true),
            ("http://localhost:8080/", false),
            ("http://id.example.org/", false),
            ("http://127.0.0.1.example.org/", false),
            ("https://user@id.example.org/", false),
            ("https://id.example.org/#part", false),
            ("ftp://id.example.org/", false),
            ("/realms/station", false),
            ("id.example.org", false),
            ("", false),
        ] {
            assert_eq!(Url::parse(text, Plain::OnLoopback).is_ok(), expected, "{text}");
        }
        assert!(Url::parse("http://127.0.0.1:8080/", Plain::No).is_err());
    }
}
