//! From an answer to a response.

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header};

use crate::cache::Entity;
use crate::files::File;

/// JSON with its ETag: nothing where whoever asks has it, compressed where they can read that.
pub(crate) fn entity(asked: &HeaderMap, entity: &Entity) -> Response<Body> {
    text_entity(asked, entity, "application/json")
}

/// The same for a text of another kind.
pub(crate) fn text_entity(asked: &HeaderMap, entity: &Entity, kind: &'static str) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    let headers = response.headers_mut();
    tag(headers, &entity.etag);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    headers.insert(header::VARY, HeaderValue::from_static("Accept-Encoding, Cookie"));
    if has_it(asked, &entity.etag) {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        return response;
    }
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    let gzip = entity.gzip.as_ref().filter(|_| reads_gzip(asked));
    if gzip.is_some() {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    *response.body_mut() = Body::from(gzip.unwrap_or(&entity.plain).clone());
    response
}

/// A file of the console.
pub(crate) fn file(asked: &HeaderMap, file: File) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    let headers = response.headers_mut();
    tag(headers, &file.etag);
    let keep = if file.is_immutable { "public, max-age=31536000, immutable" } else { "no-cache" };
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(keep));
    headers.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
    if has_it(asked, &file.etag) {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        return response;
    }
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(file.content_type));
    let is_text = !file.content_type.starts_with("image/") && !file.content_type.starts_with("font/");
    let is_text = is_text || file.content_type.starts_with("image/svg");
    let gzip = (is_text && file.bytes.len() >= 1_024 && reads_gzip(asked))
        .then(|| crate::cache::gzip(&file.bytes))
        .flatten();
    match gzip {
        Some(gzip) => {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
            *response.body_mut() = Body::from(gzip);
        }
        None => *response.body_mut() = Body::from(file.bytes.into_owned()),
    }
    response
}

fn tag(headers: &mut HeaderMap, etag: &str) {
    if let Ok(value) = HeaderValue::from_str(etag) {
        headers.insert(header::ETAG, value);
    }
}

fn has_it(asked: &HeaderMap, etag: &str) -> bool {
    let known = asked.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    let mut all = known.flat_map(|known| known.split(',')).map(str::trim);
    all.any(|one| one == "*" || one.trim_start_matches("W/") == etag)
}

fn reads_gzip(asked: &HeaderMap) -> bool {
    let said = asked.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    said.flat_map(|said| said.split(',')).any(|one| {
        let (name, weight) = one.split_once(';').unwrap_or((one, ""));
        let is_refused = weight.replace(' ', "").strip_prefix("q=").is_some_and(|q| q.parse() == Ok(0.0_f32));
        name.trim().eq_ignore_ascii_case("gzip") && !is_refused
    })
}
