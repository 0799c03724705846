//! A copy gets its name only when it is whole and on the disk.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use crate::StoreError;

/// Lets `fill` write a file beside `to`, brings it to the disk and gives it its name.
pub(crate) fn write(to: &Path, fill: impl FnOnce(&Path) -> Result<(), StoreError>) -> Result<(), StoreError> {
    if to.exists() {
        return Err(StoreError::Exists(to.to_path_buf()));
    }
    let part = part(to);
    // What an earlier attempt left that died.
    remove(&part)?;
    let done = fill(&part).and_then(|()| publish(&part, to));
    if done.is_err() {
        remove(&part)?;
    }
    done
}

/// A link, unlike a new name, is never put in another file's place.
fn publish(part: &Path, to: &Path) -> Result<(), StoreError> {
    File::open(part).and_then(|file| file.sync_all()).map_err(failed("bringing to the disk", part))?;
    fs::hard_link(part, to).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => StoreError::Exists(to.to_path_buf()),
        _ => failed("writing", to)(error),
    })?;
    remove(part)?;
    sync_folder(to)
}

/// Brings to the disk that the folder of this file has it.
pub(crate) fn sync_folder(of: &Path) -> Result<(), StoreError> {
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

fn part(to: &Path) -> PathBuf {
    let mut name = to.as_os_str().to_owned();
    name.push(".part");
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
