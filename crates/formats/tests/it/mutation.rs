//! Ten thousand damaged texts a form: no reader panics, every refusal says where, and what passes without a word means the
//! same when it is written and read again.

use formats::{Read, oem, omm, tle};
use timeline::Finding;

use crate::omm::header;

/// How many damaged texts each form gets.
const ROUNDS: u32 = 10_000;

/// Knuth's linear congruential generator (MMIX): the same damage on every machine.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % below.max(1)
    }
}

/// Texts that readers of numbers, lines and marks stumble over.
const BAITS: [&str; 22] = [
    "99999999999999999999999999",
    "1e999",
    "-1e-999",
    "nan",
    "inf",
    "-",
    "+",
    ".",
    "",
    " ",
    "\0",
    "\u{feff}",
    "\u{85}",
    "é",
    "&#0;",
    "&lt;",
    "<",
    "\"",
    "]]>",
    "<![CDATA[",
    "\r",
    "\n",
];

fn damaged(text: &str, dice: &mut Dice) -> Vec<u8> {
    let mut bytes = text.as_bytes().to_vec();
    for _ in 0..=dice.roll(3) {
        let at = dice.roll(bytes.len());
        let end = (at + 1 + dice.roll(12)).min(bytes.len());
        match dice.roll(9) {
            0 if !bytes.is_empty() => bytes[at] ^= 1 << dice.roll(8),
            1 if !bytes.is_empty() => bytes[at] = b' ' + dice.roll(95) as u8,
            2 if !bytes.is_empty() => drop(bytes.drain(at..end)),
            3 if !bytes.is_empty() => {
                let piece = bytes[at..end].to_vec();
                let _ = bytes.splice(at..at, piece);
            }
            4 => bytes.truncate(at),
            5 => bytes = with_lines_swapped(&bytes, dice),
            6 => bytes = with_a_line_doubled(&bytes, dice),
            7 => bytes = with_a_number_changed(&bytes, dice),
            _ => {
                let bait = BAITS[dice.roll(BAITS.len())].bytes();
                let _ = bytes.splice(at..at, bait);
            }
        }
    }
    bytes
}

fn with_lines_swapped(bytes: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut lines: Vec<&[u8]> = bytes.split(|&b| b == b'\n').collect();
    let (one, two) = (dice.roll(lines.len()), dice.roll(lines.len()));
    lines.swap(one, two);
    lines.join(&b'\n')
}

fn with_a_line_doubled(bytes: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut lines: Vec<&[u8]> = bytes.split(|&b| b == b'\n').collect();
    let line = lines[dice.roll(lines.len())];
    lines.insert(dice.roll(lines.len()), line);
    lines.join(&b'\n')
}

/// Replaces a run of digits by a bait.
fn with_a_number_changed(bytes: &[u8], dice: &mut Dice) -> Vec<u8> {
    let from = dice.roll(bytes.len());
    let Some(start) = bytes[from.min(bytes.len())..].iter().position(u8::is_ascii_digit).map(|i| from + i)
    else {
        return bytes.to_vec();
    };
    let length = bytes[start..].iter().take_while(|b| b.is_ascii_digit()).count();
    let bait = BAITS[dice.roll(8)].as_bytes();
    [&bytes[..start], bait, &bytes[start + length..]].concat()
}

fn check_places(findings: &[Finding], text: &str) {
    for finding in findings {
        let place = finding.place.as_ref().unwrap_or_else(|| panic!("{finding} has no place"));
        assert!(place.file == "f" && place.line >= 1, "{finding}");
        assert!(place.line as usize <= text.matches('\n').count() + 1, "{finding} in {text}");
        assert!(!finding.message.is_empty());
    }
}

/// Damages `text` in many ways; gives back how many of the damaged texts were not UTF-8, refused, and read in silence.
fn check<T: PartialEq + std::fmt::Debug>(
    text: &str,
    read: impl Fn(&str) -> Read<T>,
    rewrite: impl Fn(&[T]) -> Option<String>,
) {
    assert_eq!(read(text).findings, [], "the text is sound before it is damaged");
    let mut dice = Dice(0x1998_067A);
    let (mut not_text, mut refused, mut silent) = (0, 0, 0);
    for _ in 0..ROUNDS {
        let bytes = damaged(text, &mut dice);
        let text = match formats::text("f", &bytes) {
            Ok(text) => text,
            Err(finding) => {
                not_text += 1;
                check_places(&[*finding], &String::from_utf8_lossy(&bytes));
                continue;
            }
        };
        let first = read(text);
        check_places(&first.findings, text);
        refused += u32::from(first.is_damaged());
        assert!(
            !first.findings.is_empty() || !first.records.is_empty() || says_nothing(text),
            "silent loss of {text}"
        );
        if first.findings.is_empty() {
            silent += 1;
            let written = rewrite(&first.records).unwrap_or_else(|| panic!("cannot be written: {text}"));
            let again = read(&written);
            assert_eq!(again.findings, [], "{text}\nbecame\n{written}");
            assert_eq!(again.records, first.records, "{text}\nbecame\n{written}");
        }
    }
    println!("{ROUNDS} damaged: {not_text} not UTF-8, {refused} refused, {silent} read without a finding");
    assert!(refused > ROUNDS / 4 && silent > 0, "damage that is never or always noticed proves nothing");
}

/// A text from which nothing can be expected: empty, comments, an empty list.
fn says_nothing(text: &str) -> bool {
    let rest = text.trim_start_matches('\u{feff}').trim();
    rest.is_empty()
        || rest == "[]"
        || rest.lines().all(|line| line.is_empty() || line.starts_with(['#', 'C', ' ']))
}

#[test]
fn damaged_tle() {
    let text = format!("{}{}", crate::tle::ISS, crate::tle::OLD);
    check(&text, |text| tle::read("f", text), |sets| tle::write(sets).ok());
}

#[test]
fn damaged_omm_json() {
    check(crate::omm::JSON, |text| omm::read_json("f", text), |sets| omm::write_json(sets).ok());
}

#[test]
fn damaged_omm_csv() {
    // There is no writer of CSV: what it says is written as JSON, whose reader has the same rules.
    check(
        crate::omm::CSV,
        |text| if text.starts_with('[') { omm::read_json("f", text) } else { omm::read_csv("f", text) },
        |sets| omm::write_json(sets).ok(),
    );
}

#[test]
fn damaged_omm_kvn() {
    check(crate::omm::KVN, |text| omm::read_kvn("f", text), |sets| omm::write_kvn(sets, &header()).ok());
}

#[test]
fn damaged_omm_xml() {
    let sets = tle::read("t", crate::tle::ISS).records;
    let xml = omm::write_xml(&sets, &header()).unwrap();
    check(&xml, |text| omm::read_xml("f", text), |sets| omm::write_xml(sets, &header()).ok());
}

#[test]
fn damaged_oem_kvn() {
    check(
        crate::oem::KVN,
        |text| oem::read_kvn("f", text),
        |oems| oems.iter().map(|oem| oem::write_kvn(oem).ok()).collect(),
    );
}

#[test]
fn damaged_oem_xml() {
    let oem = oem::read_kvn("f", crate::oem::KVN).records;
    let xml = oem::write_xml(&oem[0]).unwrap();
    check(
        &xml,
        |text| oem::read_xml("f", text),
        |oems| match oems {
            [oem] => oem::write_xml(oem).ok(),
            _ => None,
        },
    );
}

#[test]
fn damaged_texts_of_unknown_form() {
    for text in [crate::tle::ISS, crate::omm::JSON, crate::omm::CSV, crate::omm::KVN, crate::oem::KVN] {
        let mut dice = Dice(0x2000_1102);
        for _ in 0..ROUNDS / 5 {
            let bytes = damaged(text, &mut dice);
            let Ok(text) = formats::text("f", &bytes) else { continue };
            check_places(&formats::read_elements("f", text).findings, text);
            check_places(&formats::read_ephemeris("f", text).findings, text);
        }
    }
}

/// Texts made to exhaust a stack, or to cost the square of their length.
#[test]
fn hostile_texts_are_refused() {
    let many = |text: &str| text.repeat(20_000);
    let oem_head = "CCSDS_OEM_VERS = 2.0\nMETA_START\n";
    for (text, rule) in [
        (many("["), "json-syntax"),
        (many("{\"a\":"), "json-syntax"),
        (format!("{{{}\"a\":1}}", many("\"EPOCH\":1,")), "omm-size"),
        (many("<a>"), "omm-missing"),
        (many("<ndm>"), "xml-syntax"),
        (format!("<ndm>{}", many("&amp;")), "xml-syntax"),
        (format!("<ndm><omm>{}", many("<!---->")), "xml-syntax"),
        (format!("<ndm {}>", many("a='b' ")), "xml-syntax"),
        (format!("CCSDS_OMM_VERS = 2.0\n{}", many("EPOCH = 1\n")), "omm-size"),
        (format!("MEAN_MOTION{}\n1", many(",")), "csv-cells"),
        (many("x\n"), "tle-lines"),
    ] {
        let read = formats::read_elements("f", &text);
        check_places(&read.findings, &text);
        assert!(
            read.findings.iter().any(|finding| finding.rule == rule),
            "{rule}: {:?}",
            read.findings.first()
        );
    }
    for (text, rule) in [
        (format!("{oem_head}{}META_STOP\n", many("OBJECT_ID = 1\n")), "oem-size"),
        (format!("{oem_head}META_STOP\n{}", many("x\n")), "oem-missing"),
        (format!("CCSDS_OEM_VERS = 2.0\n{}", many("META_START\n")), "oem-more"),
        (format!("<oem><body>{}", many("<segment></segment>")), "xml-syntax"),
    ] {
        let read = formats::read_ephemeris("f", &text);
        check_places(&read.findings, &text);
        assert!(read.is_damaged() && read.records.is_empty());
        assert!(read.findings.iter().any(|finding| finding.rule == rule), "{rule}: {:?}", read.findings);
    }
}
