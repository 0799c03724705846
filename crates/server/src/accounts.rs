//! Local accounts: a file of names, partners, roles and hashes of passwords.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use book::Book;
use record::{Id, PartnerId, Word};
use serde_json::{Value, json};
use thiserror::Error;

use crate::access::{Member, Role};

/// Memory of one hash, KiB; OWASP's cheat sheet on passwords (2025) asks for 19 MiB with two passes at least.
const MEMORY_KIB: u32 = 19_456;
const PASSES: u32 = 2;

/// Shorter passwords are guessed, longer ones are no passwords.
const LENGTHS: std::ops::RangeInclusive<usize> = 12..=256;

/// Why there are no accounts.
#[derive(Debug, Error)]
pub enum AccountError {
    /// The file cannot be read or written.
    #[error("cannot use {}", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// What the system said.
        #[source]
        cause: std::io::Error,
    },
    /// Others may read the file.
    #[error("{} can be read by others than its owner; say chmod 600 {}", .0.display(), .0.display())]
    Open(PathBuf),
    /// What stands in it is no account.
    #[error("{}: {what}", path.display())]
    Damaged {
        /// Which file.
        path: PathBuf,
        /// What is wrong, and where.
        what: String,
    },
    /// An account cannot be so.
    #[error("{0}")]
    Refused(String),
}

/// One account.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Account {
    member: Member,
    /// In the PHC form, which names its own cost.
    hash: String,
}

/// All accounts, by name.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Accounts {
    by_name: BTreeMap<String, Account>,
}

impl Accounts {
    /// Reads a file of accounts.
    ///
    /// # Errors
    /// When it cannot be read, others may read it, or it is damaged.
    pub fn read(path: &Path) -> Result<Self, AccountError> {
        let failed = |cause| AccountError::File { path: path.to_owned(), cause };
        refuse_open(path)?;
        let text = std::fs::read_to_string(path).map_err(failed)?;
        let damaged = |what: String| AccountError::Damaged { path: path.to_owned(), what };
        let read: Value = serde_json::from_str(&text).map_err(|error| damaged(error.to_string()))?;
        let list =
            read["accounts"].as_array().ok_or_else(|| damaged("it has no list `accounts`".to_owned()))?;
        let mut accounts = Self::default();
        for (index, entry) in list.iter().enumerate() {
            let account = account(entry).map_err(|what| damaged(format!("account {}: {what}", index + 1)))?;
            let name = account.member.name.clone();
            if accounts.by_name.insert(name.clone(), account).is_some() {
                return Err(damaged(format!("`{name}` stands in it twice")));
            }
        }
        Ok(accounts)
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.by_name.is_empty()
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.by_name.len()
    }

    /// Adds an account.
    ///
    /// # Errors
    /// When the name is taken or no name, or the password too short or too long.
    pub fn add(
        &mut self,
        name: &str,
        partner: PartnerId,
        role: Role,
        password: &str,
    ) -> Result<(), AccountError> {
        if !is_name(name) {
            return Err(AccountError::Refused(format!(
                "`{name}` is no name: write up to 64 letters, digits, dots, hyphens or underscores"
            )));
        }
        if self.by_name.contains_key(name) {
            return Err(AccountError::Refused(format!("there is an account `{name}` already")));
        }
        if !LENGTHS.contains(&password.chars().count()) {
            return Err(AccountError::Refused(format!(
                "a password has {} to {} characters",
                LENGTHS.start(),
                LENGTHS.end()
            )));
        }
        let member = Member { name: name.to_owned(), partner, role };
        self.by_name.insert(name.to_owned(), Account { member, hash: hashed(password)? });
        Ok(())
    }

    /// Writes the file anew, readable by its owner alone.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(&self, path: &Path) -> Result<(), AccountError> {
        let accounts = self.by_name.values().map(|account| {
            let Member { name, partner, role } = &account.member;
            json!({"name": name, "partner": partner.as_str(), "role": role.word(), "password": account.hash})
        });
        let text = format!("{:#}\n", json!({"accounts": accounts.collect::<Vec<_>>()}));
        let failed = |cause| AccountError::File { path: path.to_owned(), cause };
        // Beside it first, so that a full disk loses no account.
        let beside = path.with_extension("new");
        write_private(&beside, &text).map_err(failed)?;
        std::fs::rename(&beside, path).map_err(failed)
    }

    /// Who has this name and password. Takes as long for a name that nobody has.
    pub(crate) fn verify(&self, name: &str, password: &str) -> Option<Member> {
        let account = self.by_name.get(name);
        let hash = account.map_or(NOBODY, |account| account.hash.as_str());
        let is_right = PasswordHash::new(hash)
            .is_ok_and(|hash| argon2().verify_password(password.as_bytes(), &hash).is_ok());
        account.filter(|_| is_right).map(|account| account.member.clone())
    }

    /// Whether somebody still has this name, with the same partner and role.
    pub(crate) fn has(&self, member: &Member) -> bool {
        self.by_name.get(&member.name).is_some_and(|account| account.member == *member)
    }

    /// Holds partners against a book.
    ///
    /// # Errors
    /// The first partner that the book does not have.
    pub fn check(&self, book: &Book) -> Result<(), AccountError> {
        let is_unknown = |account: &&Account| book.partners.get(&account.member.partner).is_none();
        match self.by_name.values().find(is_unknown) {
            None => Ok(()),
            Some(account) => {
                let known: Vec<&str> = book.partners.iter().map(|partner| partner.id.as_str()).collect();
                Err(AccountError::Refused(format!(
                    "`{}` is of partner `{}`, whom the book does not have; it has {}",
                    account.member.name,
                    account.member.partner,
                    known.join(", ")
                )))
            }
        }
    }
}

/// The hash of a password that nobody has, of the same cost as all others.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$Y4KzzIgUErd7/K7tAmABwA$jIPaPJLX4FDlLyWp5oIaRW46W9BbapKtVYJ6boAxkpo";

fn argon2() -> Argon2<'static> {
    let params = Params::new(MEMORY_KIB, PASSES, 1, None).unwrap_or_default();
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

fn hashed(password: &str) -> Result<String, AccountError> {
    let refused = |what: String| AccountError::Refused(what);
    let mut bytes = [0_u8; 16];
    getrandom::fill(&mut bytes)
        .map_err(|error| refused(format!("the system gives no random bytes: {error}")))?;
    let salt = SaltString::encode_b64(&bytes).map_err(|error| refused(error.to_string()))?;
    let hash = argon2().hash_password(password.as_bytes(), &salt);
    hash.map(|hash| hash.to_string()).map_err(|error| refused(error.to_string()))
}

fn account(entry: &Value) -> Result<Account, String> {
    let text = |name: &str| {
        entry.get(name).and_then(Value::as_str).ok_or_else(|| format!("`{name}` is missing or no text"))
    };
    let name = text("name")?;
    if !is_name(name) {
        return Err(format!("`{name}` is no name"));
    }
    let partner: PartnerId = text("partner")?.parse().map_err(|error: record::IdError| error.to_string())?;
    let role = text("role")?;
    let roles: Vec<&str> = Role::ALL.iter().map(|role| role.word()).collect();
    let role = Role::from_word(role)
        .ok_or_else(|| format!("`{role}` is no role; there are {}", roles.join(", ")))?;
    let hash = text("password")?;
    PasswordHash::new(hash).map_err(|_| "`password` is no hash in the PHC form".to_owned())?;
    Ok(Account { member: Member { name: name.to_owned(), partner, role }, hash: hash.to_owned() })
}

fn is_name(name: &str) -> bool {
    let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || b".-_".contains(&byte);
    (1..=64).contains(&name.len()) && name.bytes().all(is_letter)
}

#[cfg(unix)]
fn refuse_open(path: &Path) -> Result<(), AccountError> {
    use std::os::unix::fs::PermissionsExt;
    let failed = |cause| AccountError::File { path: path.to_owned(), cause };
    let mode = std::fs::metadata(path).map_err(failed)?.permissions().mode();
    if mode & 0o077 == 0 { Ok(()) } else { Err(AccountError::Open(path.to_owned())) }
}

#[cfg(not(unix))]
fn refuse_open(_path: &Path) -> Result<(), AccountError> {
    Ok(())
}

fn write_private(path: &Path, text: &str) -> std::io::Result<()> {
    use std::io::Write as _;
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

/// The partner of that name in a book.
///
/// # Errors
/// When the book does not have it.
pub fn partner_named(book: &Book, id: &str) -> Result<PartnerId, AccountError> {
    let found = book.partners.iter().find(|partner| partner.id.as_str() == id);
    found.map(|partner| partner.id.clone()).ok_or_else(|| {
        let known: Vec<&str> = book.partners.iter().map(|partner| Id::as_str(&partner.id)).collect();
        AccountError::Refused(format!("the book has no partner `{id}`; it has {}", known.join(", ")))
    })
}

#[cfg(test)]
mod tests {
    use super::{Accounts, NOBODY};
    use crate::access::Role;
    use argon2::password_hash::PasswordHash;

    #[test]
    fn a_password_is_known_again_and_no_other() {
        let mut accounts = Accounts::default();
        let partner = || "esa".parse().expect("it is an id");
        accounts.add("lena", partner(), Role::Planner, "correct horse battery").expect("it is sound");
        assert!(accounts.verify("lena", "correct horse battery").is_some());
        assert!(accounts.verify("lena", "correct horse batterz").is_none());
        assert!(accounts.verify("nobody", "correct horse battery").is_none());
        for (name, password) in
            [("lena", "another long password"), ("a b", "another long password"), ("max", "short")]
        {
            assert!(accounts.add(name, partner(), Role::Viewer, password).is_err(), "{name}");
        }
    }

    #[test]
    fn the_hash_of_nobody_costs_what_others_cost() {
        let hash = PasswordHash::new(NOBODY).expect("it is a hash");
        let params = argon2::Params::try_from(&hash).expect("it says its cost");
        assert_eq!(
            (params.m_cost(), params.t_cost(), params.p_cost()),
            (super::MEMORY_KIB, super::PASSES, 1)
        );
    }
}
