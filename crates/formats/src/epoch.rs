use timeline::{Time, TimeError};

/// The clock that the times of a message are read on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TimeSystem {
    /// Coordinated universal time, leap seconds included.
    Utc,
    /// International atomic time.
    Tai,
}

impl TimeSystem {
    /// The name as CCSDS messages write it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Utc => "UTC",
            Self::Tai => "TAI",
        }
    }

    pub(crate) fn of_name(name: &str) -> Option<Self> {
        [Self::Utc, Self::Tai].into_iter().find(|system| system.name() == name)
    }
}

/// Reads `2022-02-14T12:00:00.000Z` or `2022-045T12:00:00.000`, the two forms of CCSDS 301.0-B-4 sections 3.5.1.
///
/// # Errors
/// When the text has another form or names no time.
pub(crate) fn read(text: &str, system: TimeSystem) -> Result<Time, TimeError> {
    if !text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'-' | b':' | b'.' | b'T' | b'Z')) {
        return Err(TimeError::Form(text.to_owned()));
    }
    if !text.contains('T') {
        return Err(TimeError::Form(text.to_owned()));
    }
    match system {
        TimeSystem::Utc => text.parse(),
        TimeSystem::Tai => format!("{} TAI", text.strip_suffix('Z').unwrap_or(text)).parse(),
    }
}

/// The time as CCSDS text without the optional `Z`, with as many decimals as needed.
pub(crate) fn write(time: Time, system: TimeSystem) -> String {
    let (text, end) = match system {
        TimeSystem::Utc => (time.to_string(), "Z"),
        TimeSystem::Tai => (time.tai_text(), " TAI"),
    };
    text.strip_suffix(end).unwrap_or(&text).to_owned()
}

/// Whether the time's text can be read again; the ends of representable time cannot.
pub(crate) fn can_be_written(time: Time) -> bool {
    [time.utc().year, time.tai().year].iter().all(|year| (1708..=2291).contains(year))
}

#[cfg(test)]
mod tests {
    use super::{TimeSystem, read, write};

    #[test]
    fn only_the_two_forms_are_read() {
        for (text, expected) in [
            ("2022-045T12:00:00.000Z", Some("2022-02-14T12:00:00")),
            ("2022-02-14T12:00:00.25", Some("2022-02-14T12:00:00.25")),
            ("2016-12-31T23:59:60Z", Some("2016-12-31T23:59:60")),
            ("2022-02-14", None),
            ("2022/045T12:00:00", None),
            ("2022-02-14 12:00:00", None),
            ("GMT 2022-045T12:00:00", None),
            ("2022-02-14T12:00:00 TAI", None),
            ("2022-02-30T12:00:00", None),
        ] {
            let found = read(text, TimeSystem::Utc).ok().map(|time| write(time, TimeSystem::Utc));
            assert_eq!(found.as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn tai_is_37_s_ahead_of_utc_since_2017() {
        let tai = read("2022-045T12:00:37.5", TimeSystem::Tai).unwrap();
        assert_eq!(write(tai, TimeSystem::Utc), "2022-02-14T12:00:00.5");
        assert_eq!(write(tai, TimeSystem::Tai), "2022-02-14T12:00:37.5");
    }
}
