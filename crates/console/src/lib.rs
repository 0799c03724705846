//! The web console, built and carried inside the program.
//!
//! `web/` is what people see; this crate only holds its built files and says what each is. It knows no HTTP: whoever serves
//! asks [`file()`] for a path and sends what it gets.
//!
//! ```
//! let page = console::file("/history").expect("every page's address has a file");
//! assert_eq!(page.content_type, "text/html; charset=utf-8");
//! assert!(console::file("/assets/no-such-file.js").is_none());
//! ```

/// A file as it is sent.
#[derive(Clone, Copy, Debug)]
pub struct File {
    /// What is in it.
    pub bytes: &'static [u8],
    /// The `Content-Type` it is sent with.
    pub content_type: &'static str,
    /// The `ETag` it is sent with, quotes included; changes with the content.
    pub etag: &'static str,
    /// Whether its name changes with its content, so that it may be kept for ever; all others must be asked for again.
    pub is_immutable: bool,
}

/// A built file.
struct Asset {
    path: &'static str,
    etag: &'static str,
    bytes: &'static [u8],
}

include!(concat!(env!("OUT_DIR"), "/files.rs"));

/// Stands in for a console that was not built.
static FALLBACK: Asset =
    Asset { path: "index.html", etag: "\"not-built\"", bytes: include_bytes!("not-built.html") };

/// Whether the console was built, or one page says how to get it.
#[must_use]
pub fn is_built() -> bool {
    !FILES.is_empty()
}

/// The file for the path of an address, with or without its leading slash.
///
/// A path whose last part has no dot is the address of a page (`/`, `/now`, `/history`), and all pages are one file. Nothing for
/// a file that is not there: the server then answers 404.
#[must_use]
pub fn file(path: &str) -> Option<File> {
    let path = path.trim_start_matches('/');
    let is_page = !path.rsplit('/').next().unwrap_or_default().contains('.');
    let wanted = if is_page { "index.html" } else { path };
    let asset = FILES
        .binary_search_by(|a| a.path.cmp(wanted))
        .ok()
        .map(|i| &FILES[i])
        .or_else(|| (!is_built() && wanted == FALLBACK.path).then_some(&FALLBACK))?;
    Some(File {
        bytes: asset.bytes,
        content_type: content_type(asset.path),
        etag: asset.etag,
        is_immutable: asset.path.starts_with("assets/"),
    })
}

/// The paths of all files, for lists and tests; none where [`is_built`] is false.
pub fn paths() -> impl Iterator<Item = &'static str> {
    FILES.iter().map(|a| a.path)
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" => "application/json",
        "svg" => "image/svg+xml",
        "webmanifest" => "application/manifest+json",
        "png" => "image/png",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    }
}
