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
    /// Add an account; its password is read from standard input, one line.
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
    },
}

fn role(text: &str) -> Result<server::Role, String> {
    use record::Word;
    let all: Vec<&str> = server::Role::ALL.iter().map(|role| role.word()).collect();
    server::Role::from_word(text).ok_or_else(|| format!("there are {}", all.join(", ")))
}
