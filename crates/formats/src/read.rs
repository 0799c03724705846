use timeline::{Finding, Severity};

use crate::source::Source;

/// What a reader could read, and what is wrong with the text.
#[derive(Clone, PartialEq, Debug)]
pub struct Read<T> {
    /// The records that were accepted, in the order of the text.
    pub records: Vec<T>,
    /// The faults. A `Must` finding means that the record it stands in was refused and is not among `records`.
    pub findings: Vec<Finding>,
}

impl<T> Read<T> {
    /// Whether any record was refused.
    #[must_use]
    pub fn is_damaged(&self) -> bool {
        self.findings.iter().any(|finding| finding.severity == Severity::Must)
    }

    pub(crate) fn refused(finding: Finding) -> Self {
        Self { records: Vec::new(), findings: vec![finding] }
    }
}

/// The bytes of a file as text.
///
/// # Errors
/// A `Must` finding with line and column of the first byte that is not UTF-8.
pub fn text<'a>(file: &str, bytes: &'a [u8]) -> Result<&'a str, Box<Finding>> {
    std::str::from_utf8(bytes).map_err(|error| {
        let valid = String::from_utf8_lossy(&bytes[..error.valid_up_to()]);
        let found = bytes[error.valid_up_to()];
        let message = format!("expected UTF-8 text, found byte 0x{found:02x}");
        Box::new(Source::new(file, &valid).must("text-encoding", valid.len(), message))
    })
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn bytes_that_are_not_text_are_refused_where_they_stand() {
        let finding = text("a.tle", b"one\ntw\xc3\xb6\xff").unwrap_err();
        assert_eq!(
            finding.to_string(),
            "a.tle:2:4: must: text-encoding: expected UTF-8 text, found byte 0xff"
        );
        assert_eq!(text("a.tle", b"one").unwrap(), "one");
    }
}
