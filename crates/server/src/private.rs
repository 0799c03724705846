//! Files that hold secrets: read only while nobody but their owner may.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

/// Longer files hold no accounts and no secret; 16 MiB is some 50,000 accounts.
const MOST_BYTES: u64 = 16 << 20;

/// Why a file that holds a secret is not read.
pub(crate) enum NotRead {
    /// The system says no.
    Failed(std::io::Error),
    /// Others may read or write it.
    Open,
}

/// The text of a file. The mode looked at is that of the file that is read, whatever its name comes to mean meanwhile.
pub(crate) fn read_private(path: &Path) -> Result<String, NotRead> {
    let file = File::open(path).map_err(NotRead::Failed)?;
    if is_open(&file).map_err(NotRead::Failed)? {
        return Err(NotRead::Open);
    }
    let mut text = String::new();
    file.take(MOST_BYTES).read_to_string(&mut text).map_err(NotRead::Failed)?;
    Ok(text)
}

#[cfg(unix)]
fn is_open(file: &File) -> std::io::Result<bool> {
    use std::os::unix::fs::PermissionsExt;
    Ok(file.metadata()?.permissions().mode() & 0o077 != 0)
}

#[cfg(not(unix))]
fn is_open(_file: &File) -> std::io::Result<bool> {
    Ok(false)
}
