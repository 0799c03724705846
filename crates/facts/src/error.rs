use std::fmt;

use forecast::ForecastError;
use orbit::OrbitError;
use schedule::ScheduleError;
use sky::SkyError;
use thiserror::Error;
use timeline::{ProfileError, TimeError};

/// Why a question has no answer.
#[derive(Debug, Error)]
pub enum FactsError {
    /// The orbit is not known then, or not at all.
    #[error(transparent)]
    Sky(#[from] SkyError),
    /// The orbit's engine refuses.
    #[error(transparent)]
    Orbit(#[from] OrbitError),
    /// The stocks cannot be reckoned.
    #[error(transparent)]
    Forecast(#[from] ForecastError),
    /// What was found cannot be a profile.
    #[error(transparent)]
    Profile(#[from] ProfileError),
    /// There is no plan.
    #[error(transparent)]
    Schedule(#[from] ScheduleError),
    /// A text is no time.
    #[error(transparent)]
    Time(#[from] TimeError),
    /// The question itself cannot stand.
    #[error(transparent)]
    Refused(#[from] Refusal),
}

/// A question that cannot stand: what is wrong, in which of its parts, and how to mend it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Refusal {
    /// The part of the question, as it is called without dashes: `to`, `kind`.
    pub field: &'static str,
    /// What is wrong with it.
    pub what: String,
    /// How to mend it.
    pub mend: Mend,
}

/// How a question is mended.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Mend {
    /// What is wrong says it already.
    Told,
    /// In words that hold for whoever asks.
    Words(String),
    /// Say this part of the question too, or otherwise: its name and, where there is one, a value that would do.
    Say(&'static str, String),
}

impl Refusal {
    /// A refusal whose text says how to mend it.
    pub fn new(field: &'static str, what: impl Into<String>) -> Self {
        Self { field, what: what.into(), mend: Mend::Told }
    }

    /// The same, mended in these words.
    #[must_use]
    pub fn mend(mut self, words: impl Into<String>) -> Self {
        self.mend = Mend::Words(words.into());
        self
    }

    /// The same, mended by saying this part of the question.
    #[must_use]
    pub fn say(mut self, field: &'static str, value: impl Into<String>) -> Self {
        self.mend = Mend::Say(field, value.into());
        self
    }
}

/// As the command line says it.
impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)?;
        match &self.mend {
            Mend::Told => Ok(()),
            Mend::Words(words) => write!(f, "; {words}"),
            Mend::Say(field, value) if value.is_empty() => {
                write!(f, "; say --{} as well", field.replace('_', "-"))
            }
            Mend::Say(field, value) => write!(f, "; say --{} {value}", field.replace('_', "-")),
        }
    }
}

impl std::error::Error for Refusal {}
