//! Pages of text for people: a fixed width, aligned columns, colour only where the terminal wants it.

/// Width that every page keeps to.
pub(crate) const WIDTH: usize = 100;

/// Whether a page may use colour. Meaning never hangs on it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Ink {
    Plain,
    Colour,
}

impl Ink {
    pub(crate) fn bold(self, text: &str) -> String {
        self.wrap("1", text)
    }

    pub(crate) fn faint(self, text: &str) -> String {
        self.wrap("2", text)
    }

    pub(crate) fn warning(self, text: &str) -> String {
        self.wrap("33", text)
    }

    /// `text` in a colour given as `#rrggbb`; anything else leaves it as it is.
    pub(crate) fn tint(self, colour: &str, text: &str) -> String {
        let channel = |range| colour.get(range).and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match (channel(1..3), channel(3..5), channel(5..7)) {
            (Some(r), Some(g), Some(b)) => self.wrap(&format!("38;2;{r};{g};{b}"), text),
            _ => text.to_owned(),
        }
    }

    fn wrap(self, code: &str, text: &str) -> String {
        match self {
            Self::Plain => text.to_owned(),
            Self::Colour if text.is_empty() => String::new(),
            Self::Colour => format!("\u{1b}[{code}m{text}\u{1b}[0m"),
        }
    }
}

/// Characters that `text` takes on the screen, not counting colour.
pub(crate) fn width(text: &str) -> usize {
    let mut count = 0;
    let mut in_code = false;
    for character in text.chars() {
        match character {
            '\u{1b}' => in_code = true,
            'm' if in_code => in_code = false,
            _ if in_code => {}
            _ => count += 1,
        }
    }
    count
}

/// `left` and `right` at the two ends of a line.
pub(crate) fn ends(left: &str, right: &str) -> String {
    let gap = WIDTH.saturating_sub(width(left) + width(right)).max(1);
    format!("{left}{}{right}\n", " ".repeat(gap))
}

/// A line across the page.
pub(crate) fn rule(ink: Ink) -> String {
    ink.faint(&"─".repeat(WIDTH)) + "\n"
}

/// `text` filled up with blanks to `columns`; never cut.
pub(crate) fn pad(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(width(text))))
}

/// `text` cut to `columns` with an ellipsis where it is longer. Only for text without colour.
pub(crate) fn cut(text: &str, columns: usize) -> String {
    if text.chars().count() <= columns {
        return text.to_owned();
    }
    let kept: String = text.chars().take(columns.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

/// `text` broken at blanks into lines of at most `columns`, each behind `indent` blanks.
pub(crate) fn wrap(text: &str, columns: usize, indent: usize) -> String {
    let mut lines = String::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        if !line.is_empty() && width(&line) + 1 + width(word) > columns - indent {
            lines += &format!("{}{line}\n", " ".repeat(indent));
            line.clear();
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line += word;
    }
    if line.is_empty() { lines } else { format!("{lines}{}{line}\n", " ".repeat(indent)) }
}

/// A page without anything that a terminal obeys but line ends and colour: what others wrote may stand on it.
pub(crate) fn harmless(page: &str) -> String {
    let mut text = String::with_capacity(page.len());
    let mut rest = page;
    while let Some(character) = rest.chars().next() {
        let colour = rest.strip_prefix("\u{1b}[").and_then(|code| {
            let end = code.find(|c: char| !c.is_ascii_digit() && c != ';')?;
            code[end..].starts_with('m').then_some(end + 3)
        });
        let (shown, length) = match colour {
            Some(length) => (&rest[..length], length),
            None if character == '\n' || !is_obeyed(character) => {
                (&rest[..character.len_utf8()], character.len_utf8())
            }
            None => ("\u{fffd}", character.len_utf8()),
        };
        text.push_str(shown);
        rest = &rest[length..];
    }
    text
}

/// Control characters, and those that turn the direction of writing.
fn is_obeyed(character: char) -> bool {
    character.is_control() || matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Which edge of a column its cells keep to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Align {
    Left,
    Right,
}

/// Rows in columns two blanks apart, below their heads.
pub(crate) fn table(ink: Ink, heads: &[(&str, Align)], rows: &[Vec<String>]) -> String {
    let column_width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column)).map(|cell| width(cell));
        cells.chain([width(heads[column].0)]).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..heads.len()).map(column_width).collect();
    let line = |cells: &[String]| {
        let mut text = String::new();
        for (column, (cell, (_, align))) in cells.iter().zip(heads).enumerate() {
            let blanks = " ".repeat(widths[column].saturating_sub(width(cell)));
            let gap = if column == 0 { "" } else { "  " };
            text += gap;
            text +=
                &if *align == Align::Left { format!("{cell}{blanks}") } else { format!("{blanks}{cell}") };
        }
        text.trim_end().to_owned() + "\n"
    };
    let head: Vec<String> = heads.iter().map(|(head, _)| ink.faint(head)).collect();
    let mut text = line(&head);
    for row in rows {
        text += &line(row);
    }
    text
}

/// A whole number with commas between thousands: `9,340`.
pub(crate) fn thousands(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if number < 0 { format!("−{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::{Align, Ink, cut, harmless, table, thousands, width, wrap};

    #[test]
    fn colour_takes_no_room() {
        assert_eq!(width(&Ink::Colour.tint("#0072B2", "NASA")), 4);
        assert_eq!(Ink::Plain.tint("#0072B2", "NASA"), "NASA");
        assert_eq!(Ink::Colour.tint("blue", "NASA"), "NASA");
    }

    #[test]
    fn numbers_are_grouped() {
        for (number, text) in [(0, "0"), (999, "999"), (9_340, "9,340"), (-1_234_567, "−1,234,567")] {
            assert_eq!(thousands(number), text);
        }
    }

    #[test]
    fn long_text_is_cut_and_wrapped() {
        assert_eq!(cut("Harmony forward", 9), "Harmony…");
        assert_eq!(wrap("one two three", 9, 2), "  one two\n  three\n");
    }

    #[test]
    fn nothing_on_a_page_moves_the_cursor() {
        for (page, shown) in [
            ("a\u{1b}[33mb\u{1b}[0m\n", "a\u{1b}[33mb\u{1b}[0m\n"),
            ("a\u{1b}[2J\u{1b}[1;1Hb", "a\u{fffd}[2J\u{fffd}[1;1Hb"),
            ("a\rb\u{8}\u{202e}c", "a\u{fffd}b\u{fffd}\u{fffd}c"),
            ("\u{1b}", "\u{fffd}"),
            ("\u{1b}[38;2;1;2;3mé", "\u{1b}[38;2;1;2;3mé"),
        ] {
            assert_eq!(harmless(page), shown, "{page:?}");
        }
    }

    #[test]
    fn columns_line_up() {
        let rows = vec![vec!["a".to_owned(), "10".to_owned()], vec!["bcd".to_owned(), "7".to_owned()]];
        let text = table(Ink::Plain, &[("x", Align::Left), ("n", Align::Right)], &rows);
        assert_eq!(text, "x     n\na    10\nbcd   7\n");
    }
}
