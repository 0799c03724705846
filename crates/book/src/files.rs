use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use thiserror::Error;

/// The files of a book in memory: path relative to the book's folder, with `/` between, and content.
///
/// ```
/// let files = book::Files::from_iter([("book.toml", b"id = \"first\"")]);
/// assert!(files.get("book.toml").is_some());
/// ```
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Files {
    contents: BTreeMap<String, Vec<u8>>,
}

/// Why a folder could not be read.
#[derive(Debug, Error)]
#[error("cannot read {}", path.display())]
pub struct FilesError {
    /// What was being read.
    pub path: PathBuf,
    /// What the system said.
    #[source]
    pub cause: std::io::Error,
}

/// A folder nested deeper than this is no book.
const DEEPEST: usize = 4;

impl Files {
    /// Reads a folder and the folders in it; names that begin with a dot are passed over.
    ///
    /// # Errors
    /// When the folder or a file in it cannot be read.
    pub fn from_dir(folder: impl AsRef<Path>) -> Result<Self, FilesError> {
        let mut files = Self::default();
        files.add_dir(folder.as_ref(), "", 0)?;
        Ok(files)
    }

    fn add_dir(&mut self, folder: &Path, prefix: &str, depth: usize) -> Result<(), FilesError> {
        let failed = |cause| FilesError { path: folder.to_owned(), cause };
        for entry in std::fs::read_dir(folder).map_err(failed)? {
            let path = entry.map_err(failed)?.path();
            let Some(name) = path.file_name().map(|name| name.to_string_lossy().into_owned()) else {
                continue;
            };
            if name.starts_with('.') {
                continue;
            }
            let relative = format!("{prefix}{name}");
            if path.is_dir() && depth < DEEPEST {
                self.add_dir(&path, &format!("{relative}/"), depth + 1)?;
            } else if !path.is_dir() {
                let bytes = std::fs::read(&path).map_err(|cause| FilesError { path: path.clone(), cause })?;
                self.contents.insert(relative, bytes);
            }
        }
        Ok(())
    }

    /// The content of a file.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&[u8]> {
        self.contents.get(path).map(Vec::as_slice)
    }

    /// All paths in order.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.contents.keys().map(String::as_str)
    }
}

impl<P: Into<String>, B: Into<Vec<u8>>> FromIterator<(P, B)> for Files {
    fn from_iter<I: IntoIterator<Item = (P, B)>>(files: I) -> Self {
        Self { contents: files.into_iter().map(|(path, bytes)| (path.into(), bytes.into())).collect() }
    }
}
