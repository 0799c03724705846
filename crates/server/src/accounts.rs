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
use crate::private::{NotRead, read_private};

#[cfg(feature = "oidc")]
mod identity;
#[cfg(feature = "oidc")]
pub use identity::{Claim, Identity};

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
    proof: Proof,
}

/// How somebody shows that an account is theirs.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Proof {
    /// The hash of their password in the PHC form, which names its own cost.
    Password(String),
    /// An identity provider says so.
    #[cfg(feature = "oidc")]
    Identity(Identity),
}

impl Account {
    /// The hash of its password, where it has one.
    fn hash(&self) -> Option<&str> {
        match &self.proof {
            Proof::Password(hash) => Some(hash),
            #[cfg(feature = "oidc")]
            Proof::Identity(_) => None,
        }
    }

    /// Whether it is this member's, or that of a group that this member is of.
    fn is_of(&self, member: &Member) -> bool {
        #[cfg(feature = "oidc")]
        if let Proof::Identity(Identity { claim: Claim::Group(_), .. }) = &self.proof {
            return (&self.member.partner, self.member.role) == (&member.partner, member.role);
        }
        self.member == *member
    }

    /// As it stands in the file.
    fn json(&self) -> Value {
        let Member { name, partner, role } = &self.member;
        match &self.proof {
            Proof::Password(hash) => {
                json!({"name": name, "partner": partner.as_str(), "role": role.word(), "password": hash})
            }
            #[cfg(feature = "oidc")]
            Proof::Identity(identity) => identity::json(&self.member, identity),
        }
    }
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
        let text = read_private(path).map_err(|why| match why {
            NotRead::Failed(cause) => AccountError::File { path: path.to_owned(), cause },
            NotRead::Open => AccountError::Open(path.to_owned()),
        })?;
        let damaged = |what: String| AccountError::Damaged { path: path.to_owned(), what };
        let read: Value = serde_json::from_str(&text).map_err(|error| damaged(error.to_string()))?;
        let list =
            read["accounts"].as_array().ok_or_else(|| damaged("it has no list `accounts`".to_owned()))?;
        let mut accounts = Self::default();
        for (index, entry) in list.iter().enumerate() {
            let account = account(entry).map_err(|what| damaged(format!("account {}: {what}", index + 1)))?;
            #[cfg(feature = "oidc")]
            if let Proof::Identity(identity) = &account.proof
                && let Some(other) = accounts.with_identity(identity)
            {
                return Err(damaged(format!("account {}: `{other}` has the same identity", index + 1)));
            }
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
        self.refuse_name(name)?;
        if !LENGTHS.contains(&password.chars().count()) {
            return Err(AccountError::Refused(format!(
                "a password has {} to {} characters",
                LENGTHS.start(),
                LENGTHS.end()
            )));
        }
        let member = Member { name: name.to_owned(), partner, role };
        self.by_name.insert(name.to_owned(), Account { member, proof: Proof::Password(hashed(password)?) });
        Ok(())
    }

    fn refuse_name(&self, name: &str) -> Result<(), AccountError> {
        if !is_name(name) {
            return Err(AccountError::Refused(format!(
                "`{name}` is no name: write up to 64 letters, digits, dots, hyphens or underscores"
            )));
        }
        if self.by_name.contains_key(name) {
            return Err(AccountError::Refused(format!("there is an account `{name}` already")));
        }
        Ok(())
    }

    /// Writes the file anew, readable by its owner alone.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(&self, path: &Path) -> Result<(), AccountError> {
        let accounts = self.by_name.values().map(Account::json);
        let text = format!("{:#}\n", json!({"accounts": accounts.collect::<Vec<_>>()}));
        let failed = |cause| AccountError::File { path: path.to_owned(), cause };
        // Beside it first, so that a full disk loses no account.
        let beside = path.with_extension("new");
        write_private(&beside, &text).map_err(failed)?;
        std::fs::rename(&beside, path).map_err(failed)
    }

    /// Who has this name and password. Takes as long for a name that nobody has.
    pub(crate) fn verify(&self, name: &str, password: &str) -> Option<Member> {
        let account = self.by_name.get(name).filter(|account| account.hash().is_some());
        let hash = account.and_then(Account::hash).unwrap_or(NOBODY);
        let is_right = PasswordHash::new(hash)
            .is_ok_and(|hash| argon2().verify_password(password.as_bytes(), &hash).is_ok());
        account.filter(|_| is_right).map(|account| account.member.clone())
    }

    /// Whether somebody still has this name, with the same partner and role.
    pub(crate) fn has(&self, member: &Member) -> bool {
        self.by_name.get(account_of(&member.name)).is_some_and(|account| account.is_of(member))
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
    let member = Member { name: name.to_owned(), partner, role };
    Ok(Account { member, proof: proof(entry)? })
}

fn proof(entry: &Value) -> Result<Proof, String> {
    match (entry.get("password"), entry.get("issuer")) {
        (Some(_), Some(_)) => {
            Err("it has a password and an issuer: one account is opened one way".to_owned())
        }
        (None, Some(_)) => identity(entry),
        (Some(Value::String(hash)), None) => {
            PasswordHash::new(hash).map_err(|_| "`password` is no hash in the PHC form".to_owned())?;
            Ok(Proof::Password(hash.clone()))
        }
        (_, None) => Err("`password` is missing or no text".to_owned()),
    }
}

#[cfg(feature = "oidc")]
fn identity(entry: &Value) -> Result<Proof, String> {
    identity::read(entry).map(Proof::Identity)
}

#[cfg(not(feature = "oidc"))]
fn identity(_entry: &Value) -> Result<Proof, String> {
    Err("it has an issuer, and this program was built without OpenID Connect: build it with --features oidc"
        .to_owned())
}

/// Which account somebody's name is of.
#[cfg(feature = "oidc")]
use identity::account_of;

/// Which account somebody's name is of: each is of one person.
#[cfg(not(feature = "oidc"))]
const fn account_of(name: &str) -> &str {
    name
}

fn is_name(name: &str) -> bool {
    let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || b".-_".contains(&byte);
    (1..=64).contains(&name.len()) && name.bytes().all(is_letter)
}

fn write_private(path: &Path, text: &str) -> std::io::Result<()> {
    use std::io::Write as _;
    // What somebody may have put there beforehand has its own mode, or leads elsewhere.
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
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

    #[cfg(unix)]
    #[test]
    fn what_lies_beside_the_file_is_not_written_through() {
        use std::os::unix::fs::PermissionsExt;
        let folder = std::env::temp_dir().join(format!("cupola-accounts-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("there is a folder");
        let (file, other) = (folder.join("accounts.json"), folder.join("other"));
        std::fs::write(&other, "as it was").expect("it is written");
        std::os::unix::fs::symlink(&other, folder.join("accounts.new")).expect("it is linked");
        Accounts::default().write(&file).expect("it is written");
        let mode = std::fs::metadata(&file).expect("it is there").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        assert_eq!(std::fs::read_to_string(&other).expect("it is there"), "as it was");
        std::fs::remove_dir_all(&folder).expect("it is ours");
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
