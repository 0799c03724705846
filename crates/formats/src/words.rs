//! What a text must be so that every format can carry it.

/// Why a text cannot be a name, if so; an empty one can.
pub(crate) fn name_fault(name: &str) -> Option<&'static str> {
    if !is_printable(name) {
        Some("expected a name without control characters")
    } else if name.trim() != name {
        Some("expected a name without blanks around it")
    } else {
        None
    }
}

/// Why a text cannot stand where a value is needed, if so.
pub(crate) fn word_fault(text: &str) -> Option<&'static str> {
    if text.is_empty() { Some("expected a value") } else { name_fault(text) }
}

/// Why a text cannot be a comment, if so; blanks around it and tabs can stay.
pub(crate) fn comment_fault(text: &str) -> Option<&'static str> {
    let lines_of_one = text.split('\t').all(is_printable);
    if lines_of_one { None } else { Some("expected a comment of one line without control characters") }
}

/// The characters that XML 1.0 allows, fewer those that end a line (section 2.2).
fn is_printable(text: &str) -> bool {
    text.chars().all(|c| !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}'))
}
