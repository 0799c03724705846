//! Thousands of books spoiled at random: reading never panics, and whatever is refused says where.

use std::collections::BTreeMap;

use crate::small::{files, read_and_check};

const BOOKS: u32 = 10_000;

/// A small generator of its own, so that the same books are spoiled everywhere: xorshift64* (Vigna, 2016).
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % bound.max(1)
    }
}

/// What has hurt readers before: open quotes, huge numbers, impossible dates, bytes that are no text.
const HURTFUL: [&[u8]; 16] = [
    b"\"",
    b"\"\"\"",
    b"[[",
    b"]]]]]]]]",
    b"{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{",
    b",,,,",
    b"\n",
    b"\r\n",
    b"99999999999999999999999999",
    b"1e999",
    b"-0.0000000000000000001",
    b"nan",
    b"2041-02-29T24:61Z",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    "\u{202e}é".as_bytes(),
];

fn spoil(bytes: &mut Vec<u8>, chance: &mut Chance) {
    let at = chance.below(bytes.len());
    match chance.below(9) {
        0 => bytes[at] ^= 1 << chance.below(8),
        1 => {
            bytes.remove(at);
        }
        2 => bytes.truncate(at),
        3 => drop(bytes.splice(at..at, HURTFUL[chance.below(HURTFUL.len())].iter().copied())),
        4 => spoil_digit(bytes, at, chance),
        5 => spoil_cell(bytes, at, chance),
        _ => spoil_lines(bytes, chance),
    }
}

/// Another digit where one stands, mostly in a date or a number.
fn spoil_digit(bytes: &mut [u8], at: usize, chance: &mut Chance) {
    if let Some(digit) = bytes[at..].iter_mut().find(|byte| byte.is_ascii_digit()) {
        *digit = b'0' + u8::try_from(chance.below(10)).unwrap_or(0);
    }
}

/// A cell or word emptied, or filled with another.
fn spoil_cell(bytes: &mut Vec<u8>, at: usize, chance: &mut Chance) {
    let ends = |byte: &u8| matches!(byte, b',' | b'\n' | b'"' | b' ');
    let start = bytes[..at].iter().rposition(ends).map_or(0, |end| end + 1);
    let end = bytes[at..].iter().position(ends).map_or(bytes.len(), |end| at + end).max(start);
    let filling = if chance.below(2) == 0 { &b""[..] } else { HURTFUL[chance.below(HURTFUL.len())] };
    bytes.splice(start..end, filling.iter().copied());
}

/// A line doubled, dropped, or set in another's place.
fn spoil_lines(bytes: &mut Vec<u8>, chance: &mut Chance) {
    let mut lines: Vec<Vec<u8>> = bytes.split_inclusive(|&byte| byte == b'\n').map(<[u8]>::to_vec).collect();
    let (one, other) = (chance.below(lines.len()), chance.below(lines.len()));
    match chance.below(3) {
        0 => lines.insert(other, lines[one].clone()),
        1 => drop(lines.remove(one)),
        _ => lines.swap(one, other),
    }
    *bytes = lines.concat();
}

#[test]
fn ten_thousand_spoiled_books_are_read_without_panic_and_refused_with_their_place() {
    let whole = files();
    let mut chance = Chance(0x5EED_B00C);
    let mut faulty = 0;
    for number in 0..BOOKS {
        let mut files = whole.clone();
        let spoiled = chance.below(files.len());
        for _ in 0..=chance.below(3) {
            if !files[spoiled].1.is_empty() {
                spoil(&mut files[spoiled].1, &mut chance);
            }
        }
        let last_lines: BTreeMap<String, usize> = files
            .iter()
            .map(|(path, bytes)| (path.clone(), bytes.iter().filter(|&&byte| byte == b'\n').count() + 1))
            .collect();
        let (_, findings) = read_and_check(files);
        faulty += u32::from(!findings.is_empty());
        for finding in findings {
            let place =
                finding.place.as_ref().unwrap_or_else(|| panic!("book {number}: no place: {finding}"));
            let last = last_lines.get(&place.file).copied().unwrap_or(0);
            assert!((1..=last).contains(&(place.line as usize)), "book {number}: no such line: {finding}");
            assert!(!finding.message.is_empty(), "book {number}: says nothing: {finding}");
        }
    }
    // The rest were spoiled in a comment, a name or a note, or into another book that is as good.
    assert!(faulty > BOOKS * 6 / 10, "only {faulty} of {BOOKS} were found faulty");
    println!("{faulty} of {BOOKS} spoiled books were found faulty");
}

#[test]
fn the_same_book_gives_the_same_findings() {
    let mut files = files();
    let mut chance = Chance(7);
    files.iter_mut().for_each(|(_, bytes)| spoil(bytes, &mut chance));
    let (book, findings) = read_and_check(files.clone());
    files.reverse();
    assert!(!findings.is_empty());
    assert_eq!(read_and_check(files), (book, findings));
}
