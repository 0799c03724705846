//! `cupola serve`: the API and the console; accounts.

use std::io::{BufRead, Write};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::Arc;

#[cfg(feature = "oidc")]
use anyhow::bail;
use anyhow::{Context, Result, ensure};
use book::{Book, Files};
use server::{Accounts, Log, Role, Room, Settings, Training};

use crate::args::serve::Serve;

/// Serves until it is stopped; one line says where.
pub(crate) fn serve(book: Book, files: &Files, asked: &Serve) -> Result<()> {
    let accounts = match &asked.accounts {
        None => Accounts::default(),
        Some(path) => read(path)?,
    };
    accounts.check(&book)?;
    let log = if asked.quiet { Log::quiet() } else { Log::lines() };
    let room = room(&book, asked)?;
    let room = room.map(Arc::new);
    if let Some(room) = &room {
        // Somebody may have worked at one of the nodes since.
        room.hand_round(crate::run::now()?)?;
    }
    let settings = Settings { room, ..settings(asked.listen, accounts, log) };
    #[cfg(feature = "oidc")]
    let settings = Settings { oidc: asked.oidc.as_deref().map(server::Oidc::read).transpose()?, ..settings };
    run(book, files, settings, |address| format!("http://{address}\n"))
}

/// The nodes of centres, where some were named.
fn room(book: &Book, asked: &Serve) -> Result<Option<Room>> {
    let station = book.about.id.as_str();
    let training = if asked.training { Training::Yes } else { Training::No };
    Ok(match (&asked.node, &asked.nodes) {
        (Some(folder), _) => Some(Room::one(folder, station)?),
        (None, Some(folder)) => Some(Room::all(folder, station, training)?),
        (None, None) => None,
    })
}

/// Serves this machine after the status page, and says so in its last line.
pub(crate) fn after_page(book: Book, files: &Files) -> Result<()> {
    let anywhere = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    let line = |address| format!("\nCONSOLE   http://{address}   ctrl-c ends it\n");
    run(book, files, settings(anywhere, Accounts::default(), Log::quiet()), line)
}

fn settings(listen: SocketAddr, accounts: Accounts, log: Log) -> Settings {
    Settings { listen, accounts, files: page, log, ..Settings::default() }
}

/// A file of the console as the server sends it.
fn page(path: &str) -> Option<server::File> {
    let file = console::file(path)?;
    Some(server::File {
        bytes: file.bytes.into(),
        content_type: file.content_type,
        etag: file.etag.to_owned(),
        is_immutable: file.is_immutable,
    })
}

fn run(book: Book, files: &Files, settings: Settings, line: impl Fn(SocketAddr) -> String) -> Result<()> {
    let digest = facts::about::digest(files);
    let ready = |address| {
        let mut out = std::io::stdout().lock();
        // Whoever does not read where it is can still ask.
        let _ = out.write_all(line(address).as_bytes()).and_then(|()| out.flush());
    };
    Ok(server::serve(Arc::new(book), digest, settings, ready)?)
}

fn read(path: &Path) -> Result<Accounts> {
    let accounts = Accounts::read(path)?;
    ensure!(
        !accounts.is_empty(),
        "{} has no account: add one with `cupola serve account add`",
        path.display()
    );
    Ok(accounts)
}

/// Adds an account to a file; its password is the first line of standard input.
pub(crate) fn add(book: &Book, path: &Path, name: &str, partner: &str, role: Role) -> Result<String> {
    let partner = server::partner_named(book, partner)?;
    let mut accounts = if path.exists() { Accounts::read(path)? } else { Accounts::default() };
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line).context("cannot read the password from standard input")?;
    let password = line.trim_end_matches(['\r', '\n']);
    ensure!(!password.is_empty(), "no password came on standard input: write it there, one line");
    accounts.add(name, partner, role, password)?;
    written(&accounts, path)
}

/// Adds an account of whoever an identity provider says it is of.
#[cfg(feature = "oidc")]
pub(crate) fn add_identity(
    book: &Book,
    path: &Path,
    (name, partner, role): (&str, &str, Role),
    identity: &crate::args::serve::Identity,
) -> Result<String> {
    use server::Claim;
    let claims = [
        identity.subject.clone().map(Claim::Subject),
        identity.email.clone().map(Claim::Email),
        identity.group.clone().map(Claim::Group),
    ];
    let (Some(issuer), Some(claim)) = (&identity.issuer, claims.into_iter().flatten().next()) else {
        bail!("say --issuer, and one of --subject, --email and --group");
    };
    let partner = server::partner_named(book, partner)?;
    let mut accounts = if path.exists() { Accounts::read(path)? } else { Accounts::default() };
    accounts.add_identity(name, partner, role, server::Identity { issuer: issuer.clone(), claim })?;
    written(&accounts, path)
}

fn written(accounts: &Accounts, path: &Path) -> Result<String> {
    accounts.write(path)?;
    Ok(format!("{} has {} accounts\n", path.display(), accounts.len()))
}
