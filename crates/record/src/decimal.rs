/// A decimal number as a whole count of its last place: `"6.87"` at 3 places is 6,870.
///
/// Exact, so that ledgers balance to zero; nothing when the text is no plain decimal number, has more places than asked
/// for (trailing zeros aside), or is too big.
///
/// ```
/// use record::parse_decimal;
/// assert_eq!(parse_decimal("2517", 3), Some(2_517_000));
/// assert_eq!(parse_decimal("-0.250", 2), Some(-25));
/// assert_eq!(parse_decimal("0.0001", 3), None);
/// ```
#[must_use]
pub fn parse_decimal(text: &str, places: u32) -> Option<i64> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let fraction_is_digits = !fraction.is_empty() && fraction.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !whole.bytes().all(|byte| byte.is_ascii_digit()) || !fraction_is_digits {
        return None;
    }
    let fraction = fraction.trim_end_matches('0');
    let missing = places.checked_sub(u32::try_from(fraction.len()).ok()?)?;
    let count = format!("{whole}{fraction}").parse::<i64>().ok()?;
    let count = count.checked_mul(10_i64.checked_pow(missing)?)?;
    Some(if negative { -count } else { count })
}

#[cfg(test)]
mod tests {
    use super::parse_decimal;

    #[test]
    fn only_plain_decimal_numbers_are_read() {
        for (text, expected) in [
            ("0", Some(0)),
            ("1", Some(1_000)),
            ("+1.5", Some(1_500)),
            ("-1.5", Some(-1_500)),
            ("007.010", Some(7_010)),
            ("1.0000", Some(1_000)),
            ("", None),
            ("-", None),
            (".", None),
            (".5", None),
            ("5.", None),
            ("1e3", None),
            ("1,5", None),
            ("0x10", None),
            ("--1", None),
            ("NaN", None),
            ("99999999999999999999", None),
            ("9223372036854775807", None),
        ] {
            assert_eq!(parse_decimal(text, 3), expected, "{text}");
        }
    }
}
