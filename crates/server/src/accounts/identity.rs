//! Accounts of people whose own centre says who they are.

use record::Word;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use thiserror::Error;

use super::{Account, AccountError, Accounts, Proof, is_name};
use crate::access::{Member, Role};
use record::PartnerId;

/// Whom an identity provider says somebody is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Identity {
    /// The provider, exactly as it names itself.
    pub issuer: String,
    /// What it says.
    pub claim: Claim,
}

/// What an identity provider says of somebody.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Claim {
    /// The claim `sub`: who they are, for ever.
    Subject(String),
    /// The claim `email`, where the provider has verified it; capital letters mean nothing.
    Email(String),
    /// One of their groups: an account of several people.
    Group(String),
}

impl Claim {
    fn field(&self) -> (&'static str, &str) {
        match self {
            Self::Subject(text) => ("subject", text),
            Self::Email(text) => ("email", text),
            Self::Group(text) => ("group", text),
        }
    }
}

/// Why somebody whom the provider knows has no account here.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
pub(crate) enum Unlisted {
    #[error("no account here is yours")]
    Nobody,
    #[error("several accounts here are yours by your groups, and none by your name")]
    Several,
}

/// Between the name of an account of several people and who of them it is; no name has it.
const WHO: char = ':';

impl Accounts {
    /// Adds an account of whoever a provider says somebody is.
    ///
    /// # Errors
    /// When the name is taken or no name, or somebody has that identity already.
    pub fn add_identity(
        &mut self,
        name: &str,
        partner: PartnerId,
        role: Role,
        identity: Identity,
    ) -> Result<(), AccountError> {
        self.refuse_name(name)?;
        if identity.issuer.is_empty() || identity.claim.field().1.is_empty() {
            return Err(AccountError::Refused("an identity has an issuer and a text".to_owned()));
        }
        if let Some(other) = self.with_identity(&identity) {
            return Err(AccountError::Refused(format!("`{other}` has that identity already")));
        }
        let member = Member { name: name.to_owned(), partner, role };
        self.by_name.insert(name.to_owned(), Account { member, proof: Proof::Identity(identity) });
        Ok(())
    }

    /// The name of the account with this identity.
    pub(super) fn with_identity(&self, identity: &Identity) -> Option<&str> {
        let has = |account: &&Account| account.proof == Proof::Identity(identity.clone());
        self.by_name.values().find(has).map(|account| account.member.name.as_str())
    }

    /// How many people or groups are known by this provider.
    #[must_use]
    pub fn of_issuer(&self, issuer: &str) -> usize {
        self.claims(issuer).count()
    }

    fn claims<'a>(&'a self, issuer: &'a str) -> impl Iterator<Item = (&'a Member, &'a Claim)> {
        self.by_name.values().filter_map(move |account| match &account.proof {
            Proof::Identity(identity) if identity.issuer == issuer => {
                Some((&account.member, &identity.claim))
            }
            Proof::Identity(_) | Proof::Password(_) => None,
        })
    }

    /// Whose account it is that the claims of a believed token are of: by subject before e-mail before group.
    ///
    /// # Errors
    /// When it is nobody's, or more than one by groups.
    pub(crate) fn identified(&self, issuer: &str, claims: &Value, groups: &str) -> Result<Member, Unlisted> {
        let subject = claims["sub"].as_str().ok_or(Unlisted::Nobody)?;
        let email = claims["email"].as_str().filter(|_| claims["email_verified"] == true);
        let found = |is: &dyn Fn(&Claim) -> bool| {
            self.claims(issuer).filter(|(_, claim)| is(claim)).map(|(member, _)| member).collect::<Vec<_>>()
        };
        let by_subject = found(&|claim| matches!(claim, Claim::Subject(known) if known == subject));
        if let [member] = by_subject[..] {
            return Ok(member.clone());
        }
        let by_email = found(
            &|claim| matches!((claim, email), (Claim::Email(known), Some(email)) if known.eq_ignore_ascii_case(email)),
        );
        if let [member] = by_email[..] {
            return Ok(member.clone());
        }
        let all = claims[groups].as_array().map_or(&[][..], Vec::as_slice);
        let by_group = found(
            &|claim| matches!(claim, Claim::Group(known) if all.iter().any(|group| group == known.as_str())),
        );
        match by_group[..] {
            [member] => {
                Ok(Member { name: format!("{}{WHO}{}", member.name, who(subject)), ..member.clone() })
            }
            [] => Err(Unlisted::Nobody),
            _ => Err(Unlisted::Several),
        }
    }
}

/// Which account a name is of, where it may be one of several people.
pub(super) fn account_of(name: &str) -> &str {
    name.split(WHO).next().unwrap_or(name)
}

/// A subject as a part of a name: as it is, or its digest where a log could not hold it.
fn who(subject: &str) -> String {
    if is_name(subject) {
        return subject.to_owned();
    }
    Sha256::digest(subject.as_bytes())[..8].iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The identity in an entry of the file.
pub(super) fn read(entry: &Value) -> Result<Identity, String> {
    let text = |name: &str| match &entry[name] {
        Value::Null => Ok(None),
        Value::String(text) if !text.is_empty() => Ok(Some(text.clone())),
        _ => Err(format!("`{name}` is empty or no text")),
    };
    let issuer = text("issuer")?.ok_or("`issuer` is missing")?;
    let claims = [
        text("subject")?.map(Claim::Subject),
        text("email")?.map(Claim::Email),
        text("group")?.map(Claim::Group),
    ];
    let mut claims = claims.into_iter().flatten();
    match (claims.next(), claims.next()) {
        (Some(claim), None) => Ok(Identity { issuer, claim }),
        _ => Err("beside `issuer` it needs one of `subject`, `email` and `group`".to_owned()),
    }
}

/// An entry of the file.
pub(super) fn json(member: &Member, identity: &Identity) -> Value {
    let Member { name, partner, role } = member;
    let (field, text) = identity.claim.field();
    json!({
        "name": name, "partner": partner.as_str(), "role": role.word(), "issuer": identity.issuer, field: text,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Claim, Identity, Unlisted};
    use crate::access::{Member, Role};
    use crate::accounts::Accounts;

    const ISSUER: &str = "https://id.example.org";

    fn accounts() -> Accounts {
        let mut accounts = Accounts::default();
        for (name, role, claim) in [
            ("lena", Role::BoardMember, Claim::Subject("s-1".to_owned())),
            ("max", Role::Viewer, Claim::Email("Max@example.org".to_owned())),
            ("planners", Role::Planner, Claim::Group("cupola-planners".to_owned())),
            ("directors", Role::FlightDirector, Claim::Group("cupola-directors".to_owned())),
        ] {
            let identity = Identity { issuer: ISSUER.to_owned(), claim };
            accounts
                .add_identity(name, "esa".parse().expect("it is an id"), role, identity)
                .expect("it is sound");
        }
        accounts
    }

    fn identified(issuer: &str, claims: &Value) -> Result<(String, Role), Unlisted> {
        let found = accounts().identified(issuer, claims, "groups")?;
        assert!(accounts().has(&found), "a session of {} goes on", found.name);
        Ok((found.name, found.role))
    }

    #[test]
    fn only_who_is_listed_is_somebody() {
        let is = |name: &str, role| Ok((name.to_owned(), role));
        let nobody = Err(Unlisted::Nobody);
        for (claims, expected) in [
            (json!({"sub": "s-1"}), is("lena", Role::BoardMember)),
            (json!({"sub": "S-1"}), nobody.clone()),
            (json!({"sub": "s-2"}), nobody.clone()),
            (json!({}), nobody.clone()),
            (
                json!({"sub": "x", "email": "max@Example.org", "email_verified": true}),
                is("max", Role::Viewer),
            ),
            (json!({"sub": "x", "email": "max@example.org"}), nobody.clone()),
            (json!({"sub": "x", "email": "max@example.org", "email_verified": false}), nobody.clone()),
            (json!({"sub": "x", "email": "max@example.org", "email_verified": "true"}), nobody.clone()),
            (json!({"sub": "x", "groups": ["a", "cupola-planners"]}), is("planners:x", Role::Planner)),
            (json!({"sub": "x", "groups": "cupola-planners"}), nobody.clone()),
            (json!({"sub": "x", "roles": ["cupola-planners"]}), nobody.clone()),
            (json!({"sub": "x", "groups": ["cupola-planners", "cupola-directors"]}), Err(Unlisted::Several)),
            (json!({"sub": "s-1", "groups": ["cupola-directors"]}), is("lena", Role::BoardMember)),
        ] {
            assert_eq!(identified(ISSUER, &claims), expected, "{claims}");
        }
        assert_eq!(identified("https://evil.example", &json!({"sub": "s-1"})), nobody);
    }

    #[test]
    fn a_subject_breaks_no_line_of_the_log() {
        let found = identified(ISSUER, &json!({"sub": "a b\nlevel=info", "groups": ["cupola-planners"]}));
        let (name, _) = found.expect("it is a planner");
        assert!(name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b':'), "{name}");
    }

    #[test]
    fn no_password_opens_such_an_account_and_none_is_there_twice() {
        let mut accounts = accounts();
        for password in ["", "s-1", "a long enough password"] {
            assert!(accounts.verify("lena", password).is_none());
        }
        let again = Identity { issuer: ISSUER.to_owned(), claim: Claim::Subject("s-1".to_owned()) };
        let partner = "csa".parse().expect("it is an id");
        assert!(accounts.add_identity("other", partner, Role::Viewer, again).is_err());
        let member = Member {
            name: "lena:x".to_owned(),
            partner: "esa".parse().expect("it is an id"),
            role: Role::BoardMember,
        };
        assert!(!accounts.has(&member), "only an account of a group is of several people");
    }
}
