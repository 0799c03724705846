//! From what was said on the command line to an answer.

use std::sync::Arc;
use std::time::SystemTime;

use anyhow::{Context, Result, bail, ensure};
use book::{Book, Files};
use facts::place;
use facts::status::{Shown, shown_moment};
use forecast::Scenario;
use orbit::{Anomaly, Neighbours};
use timeline::{Duration, Finding, Interval, Profile, Severity, Time};

use crate::answer::Answer;
use crate::args::serve::{Account, Serve, ServeCommand};
use crate::args::{
    BookCommand, Cli, Command, Export, MessageForm, Moment, Orbit, Place, Question, Risk, Slip, Span,
};
use crate::bundled;
use crate::command::forecast::Form;
use crate::command::{self, export, presence, status};
use crate::source::sky as sky_of;
use sky::Sky;

/// What comes of a command.
pub(crate) enum Outcome {
    /// Something to print.
    Answer(Answer),
    /// The status page, and the book to serve after it where somebody watches.
    Page(Answer, Box<(Book, Files)>),
    /// It was served, and stopped.
    Served,
}

/// Runs the command.
pub(crate) fn run(cli: &Cli) -> Result<Outcome> {
    if let Some(Command::Book(BookCommand::New { folder, title })) = &cli.command {
        ensure!(
            cli.book.is_none(),
            "`book new` begins from a book inside the program and reads no other: leave --book out. To begin from another book, copy \
             its folder"
        );
        return command::book::new::answer(folder, title.as_deref()).map(Outcome::Answer);
    }
    let checks = matches!(cli.command, Some(Command::Book(BookCommand::Check)));
    if let Some(folder) = cli.book.as_deref().filter(|_| !checks) {
        ensure!(
            folder.join("book.toml").is_file(),
            "there is no book in {}: it has no file book.toml. Name the folder that has one, or leave --book out for the bundled \
             book",
            folder.display()
        );
    }
    match &cli.command {
        Some(Command::Journal { node, journal }) => {
            let read = || files(cli).map(|(files, _)| files);
            return command::journal::answer(read, node.folder()?, journal, now()?).map(Outcome::Answer);
        }
        Some(Command::Change { node, change }) => {
            return command::change::answer(node.folder()?, change, now()?).map(Outcome::Answer);
        }
        _ => {}
    }
    let Opened { book, files, findings, folder } = open(cli)?;
    if checks {
        return Ok(Outcome::Answer(command::book::check(&book, findings, folder)));
    }
    refuse_damaged(&findings, &folder)?;
    match &cli.command {
        None => Ok(Outcome::Page(status_at(&book, None)?, Box::new((book, files)))),
        Some(Command::Serve(asked)) => serve(book, &files, asked, cli),
        Some(other) => {
            if let Command::Export(export) = other
                && cli.json
            {
                refuse_json(export)?;
            }
            answer(other, &Arc::new(book)).map(Outcome::Answer)
        }
    }
}

fn serve(book: Book, files: &Files, asked: &Serve, cli: &Cli) -> Result<Outcome> {
    ensure!(!cli.json, "`serve` prints no JSON: leave --json out");
    match &asked.command {
        None => command::serve::serve(book, files, asked).map(|()| Outcome::Served),
        #[cfg(feature = "oidc")]
        Some(ServeCommand::Account(Account::Add { name, partner, role, accounts, identity }))
            if identity.issuer.is_some() =>
        {
            let text = command::serve::add_identity(&book, accounts, (name, partner, *role), identity)?;
            Ok(Outcome::Answer(Answer::File { text, note: None }))
        }
        Some(ServeCommand::Account(Account::Add { name, partner, role, accounts, .. })) => {
            let text = command::serve::add(&book, accounts, name, partner, *role)?;
            Ok(Outcome::Answer(Answer::File { text, note: None }))
        }
    }
}

fn answer(command: &Command, book: &Arc<Book>) -> Result<Answer> {
    match command {
        Command::Status { at } => status_at(book, *at),
        Command::Presence { at: Some(at), .. } => presence::roll(book, time(*at)?),
        Command::Presence { from, to, at: None } => {
            presence::record(book, from.map(time).transpose()?, to.map(time).transpose()?)
        }
        Command::Orbit(orbit) => orbit_answer(orbit, book),
        Command::Forecast(question) => {
            let form = if question.csv { Form::Csv } else { Form::Page };
            command::forecast::answer(book, &scenario(question, book)?, form)
        }
        Command::Risk(Risk::Losses { depth, threads, from, to, as_of, slip }) => {
            let pairs = (*depth == 2).then(|| usize::from(*threads));
            command::risk::losses(book, &loss_question(book, [*from, *to, *as_of], slip)?, pairs)
        }
        Command::Shares { from, to, plan, node } => {
            let agreed = node.named().map(command::shares::agreed).transpose()?.unwrap_or_default();
            let mut asked = facts::shares::Asked {
                from: from.map(time).transpose()?,
                to: to.map(time).transpose()?,
                ..agreed
            };
            for path in plan {
                asked.plans.push(command::plan::read(book, path)?);
            }
            command::shares::answer(book, &asked)
        }
        Command::Plan(plan) => command::plan::answer(book, plan),
        Command::Check { from, to, rule, slip } => command::check::answer(
            book,
            from.map(time).transpose()?,
            to.map(time).transpose()?,
            rule.as_deref(),
            &slip.slip,
        ),
        Command::Export(export) => export_answer(export, book),
        Command::Book(_) | Command::Serve(_) | Command::Journal { .. } | Command::Change { .. } => {
            bail!("this command reads the book itself")
        }
    }
}

/// The files of the book, and its name for messages.
fn files(cli: &Cli) -> Result<(Files, String)> {
    Ok(match &cli.book {
        Some(path) => (Files::from_dir(path)?, path.display().to_string()),
        None => (bundled::iss(), "bundled".to_owned()),
    })
}

/// A book with what is wrong with it.
struct Opened {
    book: Book,
    files: Files,
    findings: Vec<Finding>,
    /// Its name for messages.
    folder: String,
}

fn open(cli: &Cli) -> Result<Opened> {
    let (files, folder) = files(cli)?;
    let (book, mut findings) = book::read(&files);
    findings.extend(book::check(&book));
    let lexicon = scene::lexicon(&book);
    findings.extend(scene::rules(&book, &lexicon).1);
    findings.extend(scene::needs(&book, &lexicon));
    Ok(Opened { book, files, findings, folder })
}

/// A book with faults that must be mended answers nothing but `book check`.
fn refuse_damaged(findings: &[Finding], folder: &str) -> Result<()> {
    let mut damage = findings.iter().filter(|finding| finding.severity == Severity::Must);
    match damage.next() {
        None => Ok(()),
        Some(first) => bail!(
            "the book {folder} has {} faults that must be mended; `cupola book check` lists them. The first:\n  {first}",
            damage.count() + 1
        ),
    }
}

/// An export is a file in a format of its own; a program that asks for JSON must not be given something else.
fn refuse_json(export: &Export) -> Result<()> {
    match export {
        Export::Omm { form: MessageForm::Json, .. } => Ok(()),
        Export::Omm { .. } => bail!("an OMM has a JSON form of its own: say --form json"),
        Export::Oem { .. } | Export::Csv { .. } => {
            bail!("this export has no JSON form: leave --json out, or ask `cupola orbit` with --json")
        }
    }
}

fn status_at(book: &Book, at: Option<Moment>) -> Result<Answer> {
    let (at, shown) = match at {
        Some(Moment::At(time)) => (time, Shown::Asked),
        Some(Moment::Now) => (now()?, Shown::Now),
        None => shown_moment(book, now()?),
    };
    Ok(status::answer(book, &Sky::of_book(book), at, shown))
}

fn orbit_answer(orbit: &Orbit, book: &Book) -> Result<Answer> {
    use command::orbit::{contacts, events, passes, state};
    match orbit {
        Orbit::State { source, at, frame } => {
            let sky = sky_of(book, source)?;
            state::answer(&sky, moment_or_shown(*at, &sky)?, *frame)
        }
        Orbit::Events { source, span, kind } => {
            let sky = sky_of(book, source)?;
            events::answer(&sky, list_span(span, &sky, Duration::DAY)?, kind)
        }
        Orbit::Contacts { source, span, site, mask_deg } => {
            let sky = sky_of(book, source)?;
            let sites = place::sites(book, site, *mask_deg)?;
            contacts::answer(&sky, list_span(span, &sky, Duration::DAY)?, sites)
        }
        Orbit::Passes { source, span, place, mask_deg } => {
            let sky = sky_of(book, source)?;
            let (site, name) = observer(book, place, *mask_deg)?;
            passes::answer(&sky, list_span(span, &sky, Duration::DAY * 7)?, site, name, &place::seeing(book))
        }
    }
}

/// From when to when losses are asked for.
fn loss_question(book: &Book, [from, to, as_of]: [Option<Moment>; 3], slip: &Slip) -> Result<risk::Question> {
    let asked = facts::LossAsked {
        from: from.map(time).transpose()?,
        to: to.map(time).transpose()?,
        as_of: as_of.map(time).transpose()?,
        slip: slip.slip.clone(),
    };
    Ok(asked.question(book, now()?)?)
}

/// The question as the engine wants it, every name held against the book.
fn scenario(question: &Question, book: &Book) -> Result<Scenario> {
    let asked = facts::Asked {
        from: question.from.map(time).transpose()?,
        to: question.to.map(time).transpose()?,
        as_of: question.as_of.map(time).transpose()?,
        crew: question.crew,
        without: question.without.clone(),
        fail: question.fail.clone(),
        set: question.set.clone(),
        slip: question.slip.slip.clone(),
    };
    Ok(asked.scenario(book, now()?)?)
}

fn export_answer(what: &Export, book: &Book) -> Result<Answer> {
    match what {
        Export::Oem { source, span, step_s, form } => {
            let sky = sky_of(book, source)?;
            let step = Duration::SECOND * i64::from(*step_s);
            export::oem(&sky, interval(span, &sky, Duration::DAY)?, step, *form, now()?)
        }
        Export::Omm { source, at, form } => {
            let sky = sky_of(book, source)?;
            export::omm(&sky, moment_or_shown(*at, &sky)?, *form, now()?)
        }
        Export::Csv { source, span, profile } => {
            let sky = sky_of(book, source)?;
            let span = interval(span, &sky, Duration::DAY)?;
            let profiles = profiles(&sky, span, profile)?;
            let of_orbit = profiles.iter().any(|profile| may_name_surroundings(profile.name()));
            let note = if of_orbit { sky.warning(sky.worst(span)) } else { None };
            Ok(export::csv(&profiles, note))
        }
    }
}

/// The profiles over `span` that a pattern names, `link.*` for all that begin so; all without a pattern.
fn profiles(sky: &Sky<'_>, span: Interval, patterns: &[String]) -> Result<Vec<Profile>> {
    let mut profiles = of_history(sky.book(), span);
    // The crew over 25 years is had at once; every link over 25 years is not.
    let with_surroundings = patterns.is_empty() || patterns.iter().any(|one| may_name_surroundings(one));
    if with_surroundings {
        profiles.extend(of_surroundings(sky, span)?);
    }
    for pattern in patterns {
        if !profiles.iter().any(|profile| names(pattern, profile.name())) {
            let mut known: Vec<&str> = profiles.iter().map(Profile::name).collect();
            if !with_surroundings {
                known.extend(["env.*", "link.*"]);
            }
            let ends = sky.book().about.known_until;
            let end = format!("crew.aboard and port.* until {} GMT", ends.gmt());
            if span.end() > ends {
                known.push(&end);
            }
            bail!("no profile is called `{pattern}`; there are {}", known.join(", "));
        }
    }
    let chosen =
        |profile: &Profile| patterns.is_empty() || patterns.iter().any(|one| names(one, profile.name()));
    Ok(profiles.into_iter().filter(chosen).collect())
}

/// Whether `pattern` is `name`, or ends in `*` and begins as `name` does.
fn names(pattern: &str, name: &str) -> bool {
    pattern.strip_suffix('*').map_or(name == pattern, |beginning| name.starts_with(beginning))
}

fn may_name_surroundings(pattern: &str) -> bool {
    let beginning = pattern.strip_suffix('*').unwrap_or(pattern);
    ["env.", "link."].iter().any(|group| beginning.starts_with(group) || names(pattern, group))
}

/// The number aboard, and which ports were held, as far as the book knows.
fn of_history(book: &Book, span: Interval) -> Vec<Profile> {
    let Some(known) = book.history().and_then(|history| history.intersection(span)) else {
        return Vec::new();
    };
    let dockings = book.dockings.iter().map(|docking| &docking.value);
    let mut profiles = vec![book.crew_profile(known)];
    profiles.extend(traffic::port_profiles(dockings, known));
    profiles
}

/// Light, radiation and links along the orbit.
fn of_surroundings(sky: &Sky<'_>, span: Interval) -> Result<Vec<Profile>> {
    bounded(span)?;
    let relays = sky.relays(span)?;
    let neighbours = Neighbours {
        sites: sky.book().sites.iter().map(|site| sky::site_of(site, None)).collect(),
        antennas: sky.antennas(&relays),
        relays,
        anomaly: Some(Anomaly::GODDARD_1996),
    };
    let surroundings = orbit::low_orbit(&sky.station(span)?, &sky.sun(span)?, &neighbours)?;
    Ok(orbit::Environment::profiles(&surroundings).to_vec())
}

fn observer(book: &Book, place: &Place, mask_deg: f64) -> Result<(orbit::Site, String)> {
    if let Some(id) = &place.site {
        let site = place::site(book, id)?;
        return Ok((sky::site_of(site, Some(mask_deg)), site.name.clone()));
    }
    let (Some(latitude_deg), Some(longitude_deg)) = (place.lat_deg, place.lon_deg) else {
        bail!("passes need a place: say --site paris, or --lat-deg 48.86 --lon-deg 2.35");
    };
    Ok(place::spot(latitude_deg, longitude_deg, place.height_m, mask_deg))
}

/// The span of a list of events.
fn list_span(span: &Span, sky: &Sky<'_>, usual: Duration) -> Result<Interval> {
    let span = interval(span, sky, usual)?;
    bounded(span)?;
    Ok(span)
}

/// A longer list would fill the memory of a small machine: a year of contacts is some fifty thousand.
fn bounded(span: Interval) -> Result<()> {
    const LONGEST_DAYS: f64 = 3_660.0;
    Ok(facts::bounded(span, LONGEST_DAYS)?)
}

fn interval(span: &Span, sky: &Sky<'_>, usual: Duration) -> Result<Interval> {
    let from = moment_or_shown(span.from, sky)?;
    let to = match span.to {
        Some(moment) => time(moment)?,
        None => from + usual,
    };
    let mend = if span.from.is_some() { "" } else { "; say --from as well" };
    Interval::new(from, to)
        .with_context(|| format!("the span ends at {to}, which is not after its beginning {from}{mend}"))
}

/// The moment said, or else now, or the nearest that the orbit's source still knows well.
fn moment_or_shown(moment: Option<Moment>, sky: &Sky<'_>) -> Result<Time> {
    match moment {
        Some(moment) => time(moment),
        None => Ok(sky.best_known(now()?)),
    }
}

pub(crate) fn time(moment: Moment) -> Result<Time> {
    match moment {
        Moment::Now => now(),
        Moment::At(time) => Ok(time),
    }
}

/// The wall clock, to the second. It counts no leap seconds, so it reads as UTC text does.
pub(crate) fn now() -> Result<Time> {
    let since_1970 =
        SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).context("the clock is before 1970")?;
    Time::from_unix_seconds(i64::try_from(since_1970.as_secs())?).context("the clock is out of range")
}
