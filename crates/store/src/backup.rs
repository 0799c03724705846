//! A file gets its name only when it is whole and on the disk.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use crate::StoreError;

/// Lets `fill` write a file beside `to`, brings it to the disk and gives it its name.
///
/// # Errors
/// [`StoreError::Exists`] when another file has that name, before or by then.
pub(crate) fn write(to: &Path, fill: impl FnOnce(&Path) -> Result<(), StoreError>) -> Result<(), StoreError> {
    if to.exists() {
        return Err(StoreError::Exists(to.to_path_buf()));
    }
    let part = part(to);
    // What an earlier program of this number left when it died.
    remove(&part)?;
    let done = fill(&part).and_then(|()| publish(&part, to));
    if done.is_err() {
        remove(&part)?;
    }
    done
}

/// A link, unlike a new name, is never put in another file's place. Where the file system has no links (a memory stick), the new name
/// was free a moment ago.
fn publish(part: &Path, to: &Path) -> Result<(), StoreError> {
    File::open(part).and_then(|file| file.sync_all()).map_err(failed("bringing to the disk", part))?;
    match fs::hard_link(part, to) {
        Ok(()) => {}
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            return Err(StoreError::Exists(to.to_path_buf()));
        }
        Err(error)
            if matches!(error.kind(), io::ErrorKind::PermissionDenied | io::ErrorKind::Unsupported) =>
        {
            fs::rename(part, to).map_err(failed("writing", to))?;
        }
        Err(error) => return Err(failed("writing", to)(error)),
    }
    remove(part)?;
    sync_folder(to)
}

/// Brings to the disk that the folder of this file has it.
fn sync_folder(of: &Path) -> Result<(), StoreError> {
    let folder = match of.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(failed("bringing to the disk", folder))
}

/// What a path that is not UTF-8 gets.
pub(crate) fn unnamed(path: &Path) -> StoreError {
    let source = io::Error::new(io::ErrorKind::InvalidInput, "the name is not UTF-8");
    StoreError::File { what: "writing", path: path.to_path_buf(), source }
}

/// A name that no other program and no other thread takes now.
fn part(to: &Path) -> PathBuf {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let mut name = to.as_os_str().to_owned();
    name.push(format!(".{}-{}.part", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed)));
    name.into()
}

fn remove(path: &Path) -> Result<(), StoreError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(failed("removing", path)(error)),
        _ => Ok(()),
    }
}

fn failed(what: &'static str, path: &Path) -> impl FnOnce(io::Error) -> StoreError {
    let path = path.to_path_buf();
    move |source| StoreError::File { what, path, source }
}
