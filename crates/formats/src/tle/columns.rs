use crate::number;
use crate::source::shown;

/// A length of an element line, checksum included.
pub(super) const LINE_LENGTH: usize = 69;

/// What is wrong in a line, and from which column on (from 1).
pub(super) struct Fault {
    pub(super) rule: &'static str,
    pub(super) column: usize,
    pub(super) message: String,
}

impl Fault {
    fn new(rule: &'static str, column: usize, message: String) -> Self {
        Self { rule, column, message }
    }
}

/// A field of a line: its name, its first and last column (from 1), and what belongs there.
#[derive(Clone, Copy)]
pub(super) struct Field {
    pub(super) name: &'static str,
    pub(super) columns: (usize, usize),
    pub(super) form: &'static str,
}

/// Length, alphabet, checksum and the blanks between fields of one element line.
///
/// The blanks need their own check: a field that moved by a column keeps the checksum.
pub(super) fn shape_faults(line: &str, blanks: &[usize]) -> Vec<Fault> {
    if let Some(at) = line.chars().position(|c| !(' '..='~').contains(&c)) {
        let found = line.chars().nth(at).map_or_else(String::new, |c| shown(&c.to_string()));
        return vec![Fault::new("tle-character", at + 1, format!("expected plain ASCII, found {found}"))];
    }
    if line.len() != LINE_LENGTH {
        let message = format!("expected {LINE_LENGTH} characters, found {}", line.len());
        return vec![Fault::new("tle-length", line.len().min(LINE_LENGTH) + 1, message)];
    }
    let mut faults: Vec<Fault> = checksum_fault(line).into_iter().collect();
    for &column in blanks.iter().filter(|&&column| line.as_bytes()[column - 1] != b' ') {
        let found = shown(&line[column - 1..column]);
        faults.push(Fault::new("tle-columns", column, format!("expected a blank, found {found}")));
    }
    faults
}

/// The sum of the digits of the first 68 columns, a minus sign counting one, modulo ten.
pub(super) fn checksum(line: &str) -> u32 {
    let sum = |b: u8| match b {
        b'0'..=b'9' => u32::from(b - b'0'),
        b'-' => 1,
        _ => 0,
    };
    line.bytes().take(LINE_LENGTH - 1).map(sum).sum::<u32>() % 10
}

fn checksum_fault(line: &str) -> Option<Fault> {
    let computed = checksum(line);
    let found = &line[LINE_LENGTH - 1..];
    (found != computed.to_string()).then(|| {
        let message = format!("checksum computed {computed}, found {}", shown(found));
        Fault::new("tle-checksum", LINE_LENGTH, message)
    })
}

/// The text of a field. The line has passed [`shape_faults`].
pub(super) fn text_of(line: &str, field: Field) -> &str {
    &line[field.columns.0 - 1..field.columns.1]
}

/// The value of a field, or the fault that it has another form.
pub(super) fn value_of<T>(line: &str, field: Field, read: impl Fn(&str) -> Option<T>) -> Result<T, Fault> {
    let text = text_of(line, field);
    read(text).ok_or_else(|| {
        let message = format!("expected {} as {}, found {}", field.name, field.form, shown(text));
        Fault::new("tle-field", field.columns.0, message)
    })
}

/// A fault of the field as a whole.
pub(super) fn fault_of(field: Field, message: String) -> Fault {
    Fault::new("tle-field", field.columns.0, message)
}

/// A number with its decimal point written, blanks before it allowed.
pub(super) fn decimal(text: &str) -> Option<f64> {
    let text = text.trim_start();
    // No power of ten has a place in these fields, though a number elsewhere may have one.
    if text.contains(['e', 'E']) || !text.contains('.') { None } else { number::read(text) }
}

/// Digits behind an unwritten `0.`.
pub(super) fn fraction(text: &str) -> Option<f64> {
    let digits = text.bytes().all(|b| b.is_ascii_digit());
    if digits { number::read(&format!("0.{text}")) } else { None }
}

/// `-11606-4` for −0.11606 × 10⁻⁴: sign, five digits behind an unwritten `0.`, sign and digit of the power.
///
/// A blank sign is a plus. A field all blank is zero, as in sets of the 1960s.
pub(super) fn power(text: &str) -> Option<f64> {
    if text.trim().is_empty() {
        return Some(0.0);
    }
    let (sign, rest) = text.split_at_checked(1)?;
    let (digits, exponent) = rest.split_at_checked(5)?;
    let (exponent_sign, exponent) = exponent.split_at_checked(1)?;
    let all_digits = digits.bytes().chain(exponent.bytes()).all(|b| b.is_ascii_digit());
    if !all_digits || exponent.len() != 1 {
        return None;
    }
    let value = number::read(&format!("0.{digits}e{}{exponent}", signed(exponent_sign)?))?;
    Some(if signed(sign)? == "-" { -value } else { value })
}

fn signed(text: &str) -> Option<&'static str> {
    match text {
        " " | "+" => Some(""),
        "-" => Some("-"),
        _ => None,
    }
}

/// A whole number, blanks before it allowed; all blank is zero.
pub(super) fn count(text: &str) -> Option<u32> {
    let text = text.trim_start();
    if text.is_empty() {
        return Some(0);
    }
    text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::{checksum, count, decimal, fraction, power};

    /// Every value is the text in words: 0.DDDDD × 10^±D.
    #[test]
    fn powers_of_ten_without_their_point() {
        for (text, expected) in [
            (" 21767-3", Some(0.21767e-3)),
            ("-11606-4", Some(-0.11606e-4)),
            ("+12345+1", Some(1.2345)),
            (" 12345 1", Some(1.2345)),
            (" 00000+0", Some(0.0)),
            (" 00000-0", Some(0.0)),
            ("        ", Some(0.0)),
            (" 2176 -3", None),
            (" 21767e3", None),
            (" 21.67-3", None),
            ("021767-3", None),
        ] {
            assert_eq!(power(text), expected, "{text}");
        }
    }

    #[test]
    fn plain_numbers() {
        assert_eq!(decimal(" .00011776"), Some(0.000_117_76));
        assert_eq!(decimal("-.00000296"), Some(-0.000_002_96));
        assert_eq!(decimal("  1.00281048"), Some(1.002_810_48));
        for text in ["", "     ", "1 2.0", "12e3", "12345", "1.0 ", "nan"] {
            assert_eq!(decimal(text), None, "{text}");
        }
        assert_eq!(fraction("0007245"), Some(0.000_724_5));
        assert_eq!(fraction("00072 5"), None);
        assert_eq!(
            (count("  999"), count("     "), count("1 2"), count("-1")),
            (Some(999), Some(0), None, None)
        );
    }

    /// CelesTrak's ISS set of 2026-05-30.
    #[test]
    fn checksum_counts_digits_and_minus_signs() {
        assert_eq!(checksum("1 25544U 98067A   26150.51748228  .00011776  00000+0  21767-3 0  9998"), 8);
        assert_eq!(checksum("1 19548U 88091B   26150.42208977 -.00000296  00000+0  00000+0 0  9992"), 2);
    }
}
