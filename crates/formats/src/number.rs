/// A finite decimal number: `-12.5`, `.5`, `5.`, `1E-3`; not `inf`, `nan` or what overflows.
pub(crate) fn read(text: &str) -> Option<f64> {
    let plain = |b: u8| b.is_ascii_digit() || matches!(b, b'+' | b'-' | b'.' | b'e' | b'E');
    if !text.bytes().all(plain) {
        return None;
    }
    text.parse().ok().filter(|value: &f64| value.is_finite())
}

/// The shortest decimal text that reads back as the same number.
pub(crate) fn write(value: f64) -> String {
    // Plain digits where people read them, powers of ten where they would be a row of zeros.
    if value == 0.0 || (1e-5..1e15).contains(&value.abs()) {
        format!("{value}")
    } else {
        format!("{value:e}")
    }
}

#[cfg(test)]
mod tests {
    use super::{read, write};
    use proptest::prelude::*;

    #[test]
    fn what_is_not_a_finite_number_is_refused() {
        for text in ["", "inf", "-Infinity", "nan", "1e999", "1,5", "0x10", "1_000", " 1", "--1", "１"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn writing_keeps_every_bit(bits: u64) {
            let value = f64::from_bits(bits);
            prop_assume!(value.is_finite());
            prop_assert_eq!(read(&write(value)), Some(value));
        }
    }
}
