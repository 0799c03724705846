//! What can be said of the server.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Subcommand};

#[derive(Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct Serve {
    /// Where to listen; port 0 takes a free one. Beyond this machine it needs accounts.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:0")]
    pub(crate) listen: SocketAddr,
    /// Who may sign in.
    #[arg(long, value_name = "FILE")]
    pub(crate) accounts: Option<PathBuf>,
    /// The identity provider at which people sign in whose account has no password.
    #[cfg(feature = "oidc")]
    #[arg(long, value_name = "FILE", requires = "accounts")]
    pub(crate) oidc: Option<PathBuf>,
    /// The folder of a centre's node: then change requests are asked for and decided here in its name.
    #[arg(long, value_name = "DIR", conflicts_with = "nodes")]
    pub(crate) node: Option<PathBuf>,
    /// The folder of a training room: every node in it, as `journal found --all` makes them, handing each other their records.
    #[arg(long, value_name = "DIR")]
    pub(crate) nodes: Option<PathBuf>,
    /// Whoever sits at this machine speaks as any centre of the training room.
    #[arg(long, requires = "nodes", conflicts_with = "accounts")]
    pub(crate) training: bool,
    /// Tell nothing of requests.
    #[arg(long)]
    pub(crate) quiet: bool,
    #[command(subcommand)]
    pub(crate) command: Option<ServeCommand>,
}

#[derive(Subcommand)]
pub(crate) enum ServeCommand {
    /// Who may sign in.
    #[command(subcommand)]
    Account(Account),
}

#[derive(Subcommand)]
pub(crate) enum Account {
    /// Add an account; its password is read from standard input, one line, unless an identity provider says who it is.
    Add {
        /// The name to sign in with.
        #[arg(value_name = "NAME")]
        name: String,
        /// The partner whose person it is.
        #[arg(long, value_name = "PARTNER")]
        partner: String,
        /// viewer, planner, flight-director, board-member or administrator.
        #[arg(long, value_name = "ROLE", value_parser = role)]
        role: server::Role,
        /// The file, which is made when it is not there.
        #[arg(long, value_name = "FILE")]
        accounts: PathBuf,
        #[cfg(feature = "oidc")]
        #[command(flatten)]
        identity: Identity,
    },
}

/// Whose account it is, where an identity provider says so.
#[cfg(feature = "oidc")]
#[derive(Args)]
pub(crate) struct Identity {
    /// The identity provider that says who they are, exactly as it names itself; then there is no password.
    #[arg(long, value_name = "URL", requires = "claim")]
    pub(crate) issuer: Option<String>,
    /// Who they are at the provider (its claim `sub`).
    #[arg(long, value_name = "TEXT", group = "claim", requires = "issuer")]
    pub(crate) subject: Option<String>,
    /// Their e-mail address, where the provider has verified it.
    #[arg(long, value_name = "ADDRESS", group = "claim", requires = "issuer")]
    pub(crate) email: Option<String>,
    /// A group of theirs: then the account is of all who are in it.
    #[arg(long, value_name = "TEXT", group = "claim", requires = "issuer")]
    pub(crate) group: Option<String>,
}

fn role(text: &str) -> Result<server::Role, String> {
    use record::Word;
    let all: Vec<&str> = server::Role::ALL.iter().map(|role| role.word()).collect();
    server::Role::from_word(text).ok_or_else(|| format!("there are {}", all.join(", ")))
}
