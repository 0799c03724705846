//! What can be said on the command line.

pub(crate) mod journal;
pub(crate) mod plan;
pub(crate) mod request;
pub(crate) mod serve;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use timeline::Time;

/// One plan for a space station that several nations share.
///
/// Without a command: the status page of the station. Times are 2026-05-30T12:00:00Z or 2026/150 12:00, or the word now.
#[derive(Parser)]
#[command(name = "cupola", version, disable_help_subcommand = true)]
pub(crate) struct Cli {
    /// The folder that describes the station (default: the bundled ISS book).
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) book: Option<PathBuf>,

    /// Print JSON instead of a page.
    #[arg(long, global = true)]
    pub(crate) json: bool,

    #[command(subcommand)]
    pub(crate) command: Option<Command>,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Where the station is, who is aboard, what is docked, what comes next, how old the data is.
    Status {
        /// When (default: now, or the last moment the book knows if that is past).
        #[arg(long, value_name = "TIME", value_parser = moment)]
        at: Option<Moment>,
    },
    /// The record of continuous presence: gaps, crew by partner, who was aboard.
    Presence {
        /// From when (default: the beginning of the unbroken presence).
        #[arg(long, value_name = "TIME", value_parser = moment)]
        from: Option<Moment>,
        /// Until when (default: the last moment the book knows).
        #[arg(long, value_name = "TIME", value_parser = moment)]
        to: Option<Moment>,
        /// Who is aboard at one moment.
        #[arg(long, value_name = "TIME", conflicts_with_all = ["from", "to"], value_parser = moment)]
        at: Option<Moment>,
    },
    /// The orbit: states, light, links and passes.
    #[command(subcommand)]
    Orbit(Orbit),
    /// What the station will have: every stock, and when it gets scarce.
    Forecast(Question),
    /// What the plan stands: the loss of any one flight or machine.
    #[command(subcommand)]
    Risk(Risk),
    /// The crew's timeline: build it, change it, look at it.
    #[command(subcommand)]
    Plan(plan::Plan),
    /// Serve the API and the console.
    Serve(serve::Serve),
    /// What each partner is entitled to, what was planned for it, what it had and bartered, and the balance; what each did for the
    /// station.
    Shares {
        /// From when (default: the beginning of the station).
        #[arg(long, value_name = "TIME", value_parser = moment)]
        from: Option<Moment>,
        /// Until when (default: the last moment the book knows, or the end of the last plan).
        #[arg(long, value_name = "TIME", value_parser = moment)]
        to: Option<Moment>,
        /// A plan that `plan week --json` or `plan increment --json` wrote; may be said several times. Where plans overlap the finest
        /// counts, of equally fine ones the later.
        #[arg(long, value_name = "PLAN.json")]
        plan: Vec<PathBuf>,
        /// With the plans that all have approved there, and what partners bartered.
        #[command(flatten)]
        node: journal::NodeFolder,
    },
    /// Which flight rules are broken: when, by how much, by whom, and what would mend it.
    Check {
        /// From when (default: the beginning of the unbroken presence).
        #[arg(long, value_name = "TIME", value_parser = moment)]
        from: Option<Moment>,
        /// Until when (default: the last moment the book knows).
        #[arg(long, value_name = "TIME", value_parser = moment)]
        to: Option<Moment>,
        /// Try this one rule instead of those of the book.
        #[arg(long, value_name = "RULE")]
        rule: Option<String>,
        /// Without --from and --to the year ahead is checked.
        #[command(flatten)]
        slip: Slip,
    },
    /// Change requests: ask, approve, reject, see what they would do.
    Change {
        #[command(flatten)]
        node: journal::NodeFolder,
        #[command(subcommand)]
        change: request::Change,
    },
    /// What this control centre and the others have said to one another: signed, and kept.
    Journal {
        #[command(flatten)]
        node: journal::NodeFolder,
        #[command(subcommand)]
        journal: journal::Journal,
    },
    /// The folder that describes a station.
    #[command(subcommand)]
    Book(BookCommand),
    /// Write the orbit in a format that others read.
    #[command(subcommand)]
    Export(Export),
}

#[derive(Subcommand)]
pub(crate) enum Risk {
    /// Every single loss of a flight, machine, power channel or cooling loop, and what comes of it by the response policy.
    Losses {
        /// 2 looks at every pair of losses as well.
        #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..=2))]
        depth: u8,
        /// On so many threads; the answer is the same on any number.
        #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..=64))]
        threads: u8,
        /// From when (default: as known when).
        #[arg(long, value_name = "TIME", value_parser = moment)]
        from: Option<Moment>,
        /// Until when (default: eighteen months later).
        #[arg(long, value_name = "TIME", value_parser = moment)]
        to: Option<Moment>,
        /// Use only what was known then (default: all that the book knows).
        #[arg(long, value_name = "TIME", value_parser = moment)]
        as_of: Option<Moment>,
        #[command(flatten)]
        slip: Slip,
    },
}

#[derive(Subcommand)]
pub(crate) enum Orbit {
    /// Position and velocity at one moment.
    State {
        #[command(flatten)]
        source: Source,
        #[arg(long, value_name = "TIME", value_parser = moment)]
        at: Option<Moment>,
        #[arg(long, value_enum, default_value_t = FrameName::Gcrf)]
        frame: FrameName,
    },
    /// Eclipses with the beta angle, ascending nodes, the South Atlantic Anomaly, relay links.
    Events {
        #[command(flatten)]
        source: Source,
        #[command(flatten)]
        span: Span,
        /// Only these kinds, such as umbra, penumbra, relay.
        #[arg(long, value_name = "KIND", value_delimiter = ',')]
        kind: Vec<String>,
    },
    /// When each ground site sees the station.
    Contacts {
        #[command(flatten)]
        source: Source,
        #[command(flatten)]
        span: Span,
        /// Only these sites of the book (default: all but cities).
        #[arg(long, value_name = "SITE", value_delimiter = ',')]
        site: Vec<String>,
        /// Lowest elevation that counts (default: each site's own).
        #[arg(long, value_name = "DEG", value_parser = elevation)]
        mask_deg: Option<f64>,
    },
    /// When people at a place can see the station with their own eyes.
    Passes {
        #[command(flatten)]
        source: Source,
        #[command(flatten)]
        span: Span,
        #[command(flatten)]
        place: Place,
        /// Lowest elevation that counts.
        #[arg(long, value_name = "DEG", default_value_t = 10.0, value_parser = elevation)]
        mask_deg: f64,
    },
}

/// Where the orbit comes from; the book's own element sets when nothing is said.
#[derive(Args, Default)]
#[group(required = false, multiple = false)]
pub(crate) struct Source {
    /// A CCSDS OEM file (KVN or XML).
    #[arg(long, value_name = "FILE")]
    pub(crate) oem: Option<PathBuf>,
    /// A two-line element file.
    #[arg(long, value_name = "FILE")]
    pub(crate) tle: Option<PathBuf>,
    /// A CCSDS OMM file (KVN, XML or JSON).
    #[arg(long, value_name = "FILE")]
    pub(crate) omm: Option<PathBuf>,
}

#[derive(Args)]
pub(crate) struct Question {
    /// From when (default: the last moment the book knows, or its beginning when that is still to come).
    #[arg(long, value_name = "TIME", value_parser = moment)]
    pub(crate) from: Option<Moment>,
    /// Until when (default: a year later).
    #[arg(long, value_name = "TIME", value_parser = moment)]
    pub(crate) to: Option<Moment>,
    /// Use only what was known then: flights launched, the plan of that day, levels counted (default: all that the book knows).
    #[arg(long, value_name = "TIME", value_parser = moment)]
    pub(crate) as_of: Option<Moment>,
    /// So many people aboard from the beginning on.
    #[arg(long, value_name = "N")]
    pub(crate) crew: Option<u32>,
    /// A flight that does not arrive; may be said several times; `all` for every flight after the beginning.
    #[arg(long, value_name = "FLIGHT")]
    pub(crate) without: Vec<String>,
    /// A process, power channel or cooling loop that fails for good, such as oga@2026-08-01, or a process for a time, such as
    /// oga@2026-08-01..2026-09-15.
    #[arg(long, value_name = "NAME@TIME[..TIME]")]
    pub(crate) fail: Vec<String>,
    /// A level, such as store.food-us_kg=900@2026-06-01.
    #[arg(long, value_name = "store.NAME_kg=MASS@TIME")]
    pub(crate) set: Vec<String>,
    #[command(flatten)]
    pub(crate) slip: Slip,
    /// Print the profiles as CSV.
    #[arg(long, conflicts_with = "json")]
    pub(crate) csv: bool,
}

/// Planned flights that come at another time.
#[derive(Args)]
pub(crate) struct Slip {
    /// A planned flight that arrives at another time, such as progress-ms-35@2026-10-01, or days later or earlier, such as
    /// progress-ms-35+30d; its stay and those whom it brings move with it. May be said several times.
    #[arg(long, value_name = "FLIGHT@TIME|FLIGHT+DAYSd")]
    pub(crate) slip: Vec<String>,
}

#[derive(Args)]
pub(crate) struct Span {
    /// From when (default: as for status).
    #[arg(long, value_name = "TIME", value_parser = moment)]
    pub(crate) from: Option<Moment>,
    /// Until when (default: a day later, seven for passes).
    #[arg(long, value_name = "TIME", value_parser = moment)]
    pub(crate) to: Option<Moment>,
}

#[derive(Args)]
pub(crate) struct Place {
    /// A site of the book.
    #[arg(long, value_name = "SITE", conflicts_with_all = ["lat_deg", "lon_deg"])]
    pub(crate) site: Option<String>,
    /// Latitude, degrees north.
    #[arg(long, value_name = "DEG", requires = "lon_deg", allow_negative_numbers = true, value_parser = latitude)]
    pub(crate) lat_deg: Option<f64>,
    /// Longitude, degrees east.
    #[arg(long, value_name = "DEG", requires = "lat_deg", allow_negative_numbers = true, value_parser = longitude)]
    pub(crate) lon_deg: Option<f64>,
    /// Height above the ellipsoid, metres.
    #[arg(long, value_name = "M", default_value_t = 0.0, allow_negative_numbers = true, value_parser = height)]
    pub(crate) height_m: f64,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum FrameName {
    Teme,
    Gcrf,
    Itrf,
}

#[derive(Subcommand)]
pub(crate) enum BookCommand {
    /// Report every fault of a book with file, line and mend.
    Check,
    /// Write a small invented book to a folder, to make a station of your own from.
    New {
        /// A folder that is empty or not there yet.
        #[arg(value_name = "DIR")]
        folder: PathBuf,
        /// What the station is called (default: First Station).
        #[arg(long, value_name = "TITLE")]
        title: Option<String>,
    },
}

#[derive(Subcommand)]
pub(crate) enum Export {
    /// States as a CCSDS OEM.
    Oem {
        #[command(flatten)]
        source: Source,
        #[command(flatten)]
        span: Span,
        /// Seconds from state to state.
        #[arg(long, value_name = "S", default_value_t = 240, value_parser = clap::value_parser!(u32).range(1..=86_400))]
        step_s: u32,
        #[arg(long, value_enum, default_value_t = TrajectoryForm::Kvn)]
        form: TrajectoryForm,
    },
    /// The element set in use as a CCSDS OMM.
    Omm {
        #[command(flatten)]
        source: Source,
        #[arg(long, value_name = "TIME", value_parser = moment)]
        at: Option<Moment>,
        #[arg(long, value_enum, default_value_t = MessageForm::Kvn)]
        form: MessageForm,
    },
    /// Profiles as CSV: a row for each change.
    Csv {
        #[command(flatten)]
        source: Source,
        #[command(flatten)]
        span: Span,
        /// Which profiles (default: all); an ending * stands for anything.
        #[arg(long, value_name = "NAME", value_delimiter = ',')]
        profile: Vec<String>,
    },
}

/// The forms an OEM has.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum TrajectoryForm {
    Kvn,
    Xml,
}

/// The forms an OMM has.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum MessageForm {
    Kvn,
    Xml,
    Json,
}

/// A time as a person says it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Moment {
    Now,
    At(Time),
}

fn moment(text: &str) -> Result<Moment, timeline::TimeError> {
    if text.eq_ignore_ascii_case("now") { Ok(Moment::Now) } else { text.parse().map(Moment::At) }
}

fn latitude(text: &str) -> Result<f64, String> {
    degrees(text, -90.0, 90.0)
}

fn longitude(text: &str) -> Result<f64, String> {
    degrees(text, -180.0, 360.0)
}

fn elevation(text: &str) -> Result<f64, String> {
    degrees(text, 0.0, 89.0)
}

/// From below the Dead Sea to the edge of the atmosphere.
fn height(text: &str) -> Result<f64, String> {
    number(text, "metres", -1_000.0, 100_000.0)
}

fn degrees(text: &str, low: f64, high: f64) -> Result<f64, String> {
    number(text, "degrees", low, high)
}

fn number(text: &str, unit: &str, low: f64, high: f64) -> Result<f64, String> {
    let value: f64 = text.parse().map_err(|_| format!("`{text}` is not a number of {unit}"))?;
    if (low..=high).contains(&value) {
        Ok(value)
    } else {
        Err(format!("{value} is not between {low} and {high}"))
    }
}
