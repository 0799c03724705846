//! What the crate promises to whoever serves the console.

use console::{file, is_built, paths};

#[test]
fn every_page_is_one_file() {
    let root = file("/").expect("there is always a page");
    assert_eq!(root.content_type, "text/html; charset=utf-8");
    assert!(!root.is_immutable, "a page must be asked for again, or a new version is never seen");
    for path in ["", "now", "/now", "/history", "/some/thing"] {
        assert_eq!(file(path).expect("an address without a dot is a page").etag, root.etag, "{path}");
    }
}

#[test]
fn what_is_not_there_is_not_made_up() {
    for path in ["/assets/none.js", "/../Cargo.toml", "/favicon.ico", "/assets/../index.html"] {
        assert!(file(path).is_none(), "{path}");
    }
}

#[test]
fn each_built_file_says_what_it_is_and_only_hashed_names_are_kept_for_ever() {
    for path in paths() {
        let file = file(path).expect("a listed file is there");
        assert_ne!(file.content_type, "application/octet-stream", "{path} has no known kind");
        assert!(file.etag.len() > 2 && file.etag.starts_with('"') && file.etag.ends_with('"'), "{path}");
        assert_eq!(file.is_immutable, path.starts_with("assets/"), "{path}");
    }
}

#[test]
fn the_console_names_no_other_origin() {
    if !is_built() {
        eprintln!("skipped: the console was not built");
        return;
    }
    let page = file("/").expect("there is a page");
    let html = String::from_utf8_lossy(page.bytes);
    assert!(html.contains("default-src 'self'"), "the page's policy bars other origins");
    for path in paths().filter(|p| p.ends_with(".html") || p.ends_with(".css")) {
        let text = String::from_utf8_lossy(file(path).expect("a listed file is there").bytes).into_owned();
        assert!(!text.contains("http://") && !text.contains("https://"), "{path} names another origin");
    }
}
