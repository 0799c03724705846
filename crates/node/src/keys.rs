//! The private keys of a centre: one file each, which only its owner can read.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use journal::{Key, KeyState, PublicKey, Standing};
use zeroize::Zeroizing;

use crate::NodeError;
use crate::folder::{self, Reader, fault, file, from_hex};

/// 32 bytes of true chance from which a key grows. Cleared from memory when dropped.
pub type Seed = Zeroizing<[u8; 32]>;

/// The keys whose files are here. A file comes before the record that announces its key and goes after the one that ends it, so that
/// a crash at any moment leaves a key that can sign.
#[derive(Debug)]
pub(crate) struct Keys {
    folder: PathBuf,
    keys: BTreeMap<PublicKey, Key>,
}

impl Keys {
    /// Reads the key files below `node`.
    ///
    /// # Errors
    /// When others can read them, or one holds no key or another than its name says.
    pub(crate) fn read(node: &Path) -> Result<Self, NodeError> {
        let folder = node.join("keys");
        let mut keys = BTreeMap::new();
        if folder.exists() {
            check_mode(&folder, 0o700)?;
            let entries = fs::read_dir(&folder).map_err(|source| file("read", &folder, source))?;
            for entry in entries {
                let path = entry.map_err(|source| file("read", &folder, source))?.path();
                if path.extension().is_some_and(|extension| extension == "key") {
                    let key = read_key(&path)?;
                    keys.insert(key.public(), key);
                }
            }
        }
        Ok(Self { folder, keys })
    }

    /// Writes the file of a new key; durable when this returns.
    pub(crate) fn add(&mut self, seed: &Seed) -> Result<Key, NodeError> {
        make_folder(&self.folder)?;
        check_mode(&self.folder, 0o700)?;
        let key = Key::from_seed(seed);
        let mut text = Zeroizing::new(String::with_capacity(80));
        for byte in seed.iter() {
            let _ = write!(text, "{byte:02x}");
        }
        text.push('\n');
        folder::write_whole(&self.path(key.public()), text.as_bytes(), Reader::Owner)?;
        self.keys.insert(key.public(), key.clone());
        Ok(key)
    }

    /// Removes the file of a key that signs no more.
    pub(crate) fn remove(&mut self, key: PublicKey) -> Result<(), NodeError> {
        let path = self.path(key);
        match fs::remove_file(&path) {
            Err(source) if source.kind() != std::io::ErrorKind::NotFound => {
                return Err(file("remove", &path, source));
            }
            _ => self.keys.remove(&key),
        };
        folder::sync_folder(&self.folder)
    }

    /// The key that signs after `stands`: of those in use the one that is not `but`.
    pub(crate) fn signing(&self, stands: &Standing, but: Option<PublicKey>) -> Option<&Key> {
        let mut able = self.keys.values().filter(|key| match stands.number() {
            0 => true,
            _ => stands.keys().get(&key.public()) == Some(&KeyState::InUse),
        });
        let first = able.next()?;
        if Some(first.public()) == but { able.next().or(Some(first)) } else { Some(first) }
    }

    /// Keys that the journal has ended: a crash came before their files were removed.
    pub(crate) fn ended(&self, stands: &Standing) -> Vec<PublicKey> {
        let ended = |key: &PublicKey| {
            matches!(stands.keys().get(key), Some(KeyState::Rotated(_) | KeyState::Revoked(_)))
        };
        self.keys.keys().copied().filter(ended).collect()
    }

    /// A key that was never announced: a crash came before its record.
    pub(crate) fn unannounced(&self, stands: &Standing) -> Option<&Key> {
        self.keys.values().find(|key| !stands.keys().contains_key(&key.public()))
    }

    pub(crate) fn any(&self) -> Option<&Key> {
        self.keys.values().next()
    }

    fn path(&self, key: PublicKey) -> PathBuf {
        self.folder.join(format!("{key}.key"))
    }
}

fn read_key(path: &Path) -> Result<Key, NodeError> {
    check_mode(path, 0o600)?;
    let text = Zeroizing::new(fs::read_to_string(path).map_err(|source| file("read", path, source))?);
    let seed = from_hex(text.trim_end())
        .map(Zeroizing::new)
        .ok_or_else(|| fault(path, "a key file is 64 hexadecimal digits".to_owned()))?;
    let key = Key::from_seed(&seed);
    if path.file_stem().is_some_and(|stem| stem == key.public().to_string().as_str()) {
        Ok(key)
    } else {
        Err(fault(path, format!("holds the key {}: a key file has the name of its public key", key.public())))
    }
}

#[cfg(unix)]
fn make_folder(folder: &Path) -> Result<(), NodeError> {
    use std::os::unix::fs::DirBuilderExt as _;
    if folder.exists() {
        return Ok(());
    }
    let made = fs::DirBuilder::new().recursive(true).mode(0o700).create(folder);
    made.map_err(|source| file("make", folder, source))?;
    folder::sync_folder(folder.parent().unwrap_or(Path::new(".")))
}

#[cfg(not(unix))]
fn make_folder(folder: &Path) -> Result<(), NodeError> {
    fs::create_dir_all(folder).map_err(|source| file("make", folder, source))
}

/// Refuses what others can read.
#[cfg(unix)]
fn check_mode(path: &Path, wanted: u32) -> Result<(), NodeError> {
    use std::os::unix::fs::PermissionsExt as _;
    let found = fs::metadata(path).map_err(|source| file("read", path, source))?;
    let mode = found.permissions().mode() & 0o7777;
    if mode & !wanted == 0 { Ok(()) } else { Err(NodeError::Wide { path: path.to_owned(), mode, wanted }) }
}

#[cfg(not(unix))]
fn check_mode(_: &Path, _: u32) -> Result<(), NodeError> {
    Ok(())
}
