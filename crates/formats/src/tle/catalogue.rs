/// Letters that stand for the tens of thousands from 10 on; I and O are left out, as they look like digits.
const LETTERS: &[u8] = b"ABCDEFGHJKLMNPQRSTUVWXYZ";

/// A catalogue number of five columns: `25544`, `    5`, or alpha-5 such as `T0001` for 270001.
pub(super) fn read(text: &str) -> Option<u32> {
    let number: u32 = match text.as_bytes().split_first()? {
        (first, rest) if first.is_ascii_uppercase() => {
            let tens = 10 + LETTERS.iter().position(|letter| letter == first)?;
            let rest = std::str::from_utf8(rest).ok().filter(|rest| rest.len() == 4)?;
            tens as u32 * 10_000 + digits(rest)?
        }
        _ => digits(text.trim_start())?,
    };
    Some(number)
}

/// The five columns of a catalogue number; nothing from 340,000 on, which alpha-5 cannot say.
pub(super) fn write(number: u32) -> Option<String> {
    match number {
        0..=99_999 => Some(format!("{number:05}")),
        _ => {
            let letter = *LETTERS.get(number as usize / 10_000 - 10)?;
            Some(format!("{}{:04}", char::from(letter), number % 10_000))
        }
    }
}

fn digits(text: &str) -> Option<u32> {
    text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::{read, write};

    /// The examples are those of Space-Track's page on alpha-5.
    #[test]
    fn alpha_5_leaves_out_i_and_o() {
        for (text, number) in [
            ("00005", 5),
            ("25544", 25_544),
            ("A0000", 100_000),
            ("E8493", 148_493),
            ("H9999", 179_999),
            ("J2931", 182_931),
            ("P4018", 234_018),
            ("W1928", 301_928),
            ("Z9999", 339_999),
        ] {
            assert_eq!(read(text), Some(number), "{text}");
            assert_eq!(write(number).as_deref(), Some(text));
        }
        for text in ["I0000", "O1234", "a0000", "A 000", "A000", "-0001", "2554B", "     ", "+1234"] {
            assert_eq!(read(text), None, "{text}");
        }
        assert_eq!(read("    5"), Some(5));
        assert_eq!(write(340_000), None);
    }

    #[test]
    fn every_number_that_can_be_written_reads_back() {
        for number in 0..340_000 {
            assert_eq!(read(&write(number).unwrap()), Some(number));
        }
    }
}
