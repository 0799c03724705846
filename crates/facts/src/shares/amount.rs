//! Amounts as people read them.

use partnership::PoolUnit;

/// An amount with the unit in which people read it.
#[must_use]
pub fn with_unit(amount: i128, unit: PoolUnit) -> String {
    let text = self::amount(amount, unit);
    match unit {
        PoolUnit::Minutes => format!("{text} h"),
        PoolUnit::Seconds => format!("{text} person-days"),
        PoolUnit::Grams => format!("{text} kg"),
    }
}

/// An amount as people read it: hours and minutes, person-days to a tenth, kilograms.
#[must_use]
pub fn amount(amount: i128, unit: PoolUnit) -> String {
    let amount = i64::try_from(amount).unwrap_or(if amount < 0 { i64::MIN } else { i64::MAX });
    let sign = if amount < 0 { "−" } else { "" };
    let size = i64::try_from(amount.unsigned_abs()).unwrap_or(i64::MAX);
    match unit {
        PoolUnit::Minutes => format!("{sign}{}:{:02}", thousands(size / 60), size % 60),
        PoolUnit::Seconds => {
            const TENTH_S: i64 = 8_640;
            let tenths = size / TENTH_S + i64::from(size % TENTH_S >= TENTH_S / 2);
            format!("{sign}{}.{}", thousands(tenths / 10), tenths % 10)
        }
        PoolUnit::Grams => format!("{sign}{}", thousands(size / 1_000 + i64::from(size % 1_000 >= 500))),
    }
}

/// With commas between thousands.
fn thousands(number: i64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use partnership::PoolUnit;

    use super::{amount, with_unit};

    #[test]
    fn amounts_are_rounded_half_up_and_grouped() {
        for (value, unit, expected) in [
            (0, PoolUnit::Minutes, "0:00"),
            (-65, PoolUnit::Minutes, "−1:05"),
            (60_000 * 60 + 7, PoolUnit::Minutes, "60,000:07"),
            (4_319, PoolUnit::Seconds, "0.0"),
            (4_320, PoolUnit::Seconds, "0.1"),
            (-86_400 * 1_234, PoolUnit::Seconds, "−1,234.0"),
            (1_499, PoolUnit::Grams, "1"),
            (1_234_567_500, PoolUnit::Grams, "1,234,568"),
        ] {
            assert_eq!(amount(value, unit), expected);
        }
        assert_eq!(with_unit(90, PoolUnit::Minutes), "1:30 h");
    }
}
