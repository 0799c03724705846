//! The console's files, which another crate holds.

use std::borrow::Cow;

/// A file of the console.
#[derive(Clone, Debug)]
pub struct File {
    /// What stands in it.
    pub bytes: Cow<'static, [u8]>,
    /// Its media type.
    pub content_type: &'static str,
    /// Changes when it does, quotation marks included.
    pub etag: String,
    /// Whether its name changes when it does, so that it may be kept for ever.
    pub is_immutable: bool,
}

/// Who knows the files: a path without its first slash gives a file, or nothing.
pub type Files = fn(&str) -> Option<File>;

const PAGE: &str = "<!doctype html>
<html lang=\"en\">
<meta charset=\"utf-8\">
<meta name=\"viewport\" content=\"width=device-width\">
<title>Cupola</title>
<h1>Cupola</h1>
<p>This program was built without the console. Its answers are here all the same:</p>
<ul>
<li><a href=\"/api/v1/status\">/api/v1/status</a> &ndash; where the station is, who is aboard, what is docked</li>
<li><a href=\"/api/v1/openapi.json\">/api/v1/openapi.json</a> &ndash; all that can be asked</li>
</ul>
<p>docs/api.md says how to ask.</p>
</html>
";

/// A page that says how to go on without a console.
#[must_use]
pub fn no_console(path: &str) -> Option<File> {
    let is_page = !path.rsplit('/').next().unwrap_or_default().contains('.') || path == "index.html";
    is_page.then(|| File {
        bytes: Cow::Borrowed(PAGE.as_bytes()),
        content_type: "text/html; charset=utf-8",
        etag: "\"no-console-1\"".to_owned(),
        is_immutable: false,
    })
}
