//! Reading: files become a book.

mod about;
mod agreement;
mod flying;
mod ground;
mod moments;
mod planning;
mod policy;
mod power;
mod requests;
mod rules;
mod stocks;
mod structure;
mod traffic;

use std::collections::BTreeSet;

use ::record::Sourced;
use timeline::{Finding, Severity, did_you_mean};

use crate::book::Book;
use crate::entry::{Entry, Need};
use crate::files::Files;
use crate::table::{Named, Table};
use crate::text::{Text, place};
use crate::{csv_file, toml_file};

/// Reads a book: all that can be read of it, and what is wrong with the text, in the order of files and lines.
///
/// It judges each record alone; [`check`](crate::check) judges them together.
#[must_use]
pub fn read(files: &Files) -> (Book, Vec<Finding>) {
    let mut reader = Reader { files, read: BTreeSet::new(), findings: Vec::new() };
    let book = Book { about: about::about(&mut reader), ..Book::default() };
    let book = ground::ground(&mut reader, book);
    let book = structure::structure(&mut reader, book);
    let book = traffic::traffic(&mut reader, book);
    let book = stocks::stocks(&mut reader, book);
    let book = policy::policy(&mut reader, book);
    let book = power::power(&mut reader, book);
    let book = flying::flying(&mut reader, book);
    let book = rules::rules(&mut reader, book);
    let book = planning::planning(&mut reader, book);
    let book = agreement::agreement(&mut reader, book);
    let book = requests::requests(&mut reader, book);
    let book = moments::moments(&mut reader, book);
    let book = about::orbit(&mut reader, book);
    reader.report_unknown_files();
    let mut findings = reader.findings;
    sort(&mut findings);
    (book, findings)
}

/// Sorts findings by file and line, so that equal books give equal reports.
pub(crate) fn sort(findings: &mut [Finding]) {
    findings.sort_by(|a, b| {
        let by_place = a.place.cmp(&b.place);
        by_place.then_with(|| a.rule.cmp(&b.rule)).then_with(|| a.message.cmp(&b.message))
    });
}

/// The files that are being read and what is wrong with them.
struct Reader<'a> {
    files: &'a Files,
    read: BTreeSet<&'a str>,
    findings: Vec<Finding>,
}

impl<'a> Reader<'a> {
    /// The text of a file, if it is there and is text.
    fn text(&mut self, file: &'a str, need: Need) -> Option<Text<'a>> {
        self.read.insert(file);
        let Some(bytes) = self.files.get(file) else {
            let severity = match need {
                Need::Needed => Severity::Must,
                Need::Optional => Severity::Info,
                Need::Rare => return None,
            };
            let finding = Finding::new("file-missing", severity, format!("the book has no `{file}`"));
            self.findings
                .push(finding.at(place(file, 1, 0)).mend("add the file; docs/book.md says what is in it"));
            return None;
        };
        match Text::new(file, bytes) {
            Ok(text) => Some(text),
            Err(finding) => {
                self.findings.push(*finding);
                None
            }
        }
    }

    /// Reads a TOML file whose only records are those of one table.
    fn toml_table<T: Named>(
        &mut self,
        file: &'static str,
        need: Need,
        kind: &'static str,
        read: fn(&mut Entry<'_>) -> Option<T>,
    ) -> Table<T> {
        let mut table = Table::default();
        let Some(text) = self.text(file, need) else {
            table.set_unread();
            return table;
        };
        let (mut syntax, mut faults) = (Vec::new(), Vec::new());
        toml_file::each_table(&text, &[kind], &mut syntax, &mut |entry| {
            take(&mut table, entry, read, &mut faults);
        });
        self.findings.append(&mut syntax);
        self.findings.append(&mut faults);
        table
    }

    /// Reads a TOML file whose only records are those of one list and have no ids.
    fn toml_list<T>(
        &mut self,
        file: &'static str,
        need: Need,
        kind: &'static str,
        read: fn(&mut Entry<'_>) -> Option<T>,
    ) -> Vec<T> {
        let Some(text) = self.text(file, need) else { return Vec::new() };
        let (mut syntax, mut faults, mut list) = (Vec::new(), Vec::new(), Vec::new());
        toml_file::each_table(&text, &[kind], &mut syntax, &mut |mut entry| {
            list.extend(read(&mut entry));
            faults.append(&mut entry.finish());
        });
        self.findings.append(&mut syntax);
        self.findings.append(&mut faults);
        list
    }

    /// Reads a CSV file whose records have ids.
    fn csv_table<T: Named>(
        &mut self,
        file: &'static str,
        need: Need,
        kind: &'static str,
        columns: &'static [&'static str],
        read: fn(&mut Entry<'_>) -> Option<T>,
    ) -> Table<T> {
        let mut table = Table::default();
        let Some(text) = self.text(file, need) else {
            table.set_unread();
            return table;
        };
        let (mut shape, mut faults, mut refused) = (Vec::new(), Vec::new(), Vec::new());
        csv_file::each_row(
            &text,
            kind,
            columns,
            &mut shape,
            &mut |entry| take(&mut table, entry, read, &mut faults),
            &mut |id| refused.push(id.to_owned()),
        );
        refused.iter().for_each(|id| table.refuse(id));
        // An open quotation mark swallows rows, and without its header a file says nothing: nobody knows which ids it had.
        let has = |rule: &str| shape.iter().any(|finding| finding.rule == rule);
        if has("quote-open") || (has("column-missing") && table.is_empty()) {
            table.set_unread();
        }
        self.findings.append(&mut shape);
        self.findings.append(&mut faults);
        table
    }

    /// Reads a CSV file whose records have no ids.
    fn csv_list<T>(
        &mut self,
        file: &'static str,
        need: Need,
        kind: &'static str,
        columns: &'static [&'static str],
        read: fn(&mut Entry<'_>) -> Option<T>,
    ) -> Vec<T> {
        let Some(text) = self.text(file, need) else { return Vec::new() };
        let (mut shape, mut faults, mut list) = (Vec::new(), Vec::new(), Vec::new());
        let mut take = |mut entry: Entry<'_>| {
            list.extend(read(&mut entry));
            faults.append(&mut entry.finish());
        };
        csv_file::each_row(&text, kind, columns, &mut shape, &mut take, &mut |_| {});
        self.findings.append(&mut shape);
        self.findings.append(&mut faults);
        list
    }

    fn report_unknown_files(&mut self) {
        for path in self.files.paths() {
            let is_for_people = path.rsplit('/').next().is_some_and(|name| name == "README.md");
            if !self.read.contains(path) && !is_for_people {
                let mend = did_you_mean(
                    path,
                    self.read.iter().copied(),
                    "a book has only the files of docs/book.md",
                );
                let finding =
                    Finding::new("file-unknown", Severity::Must, format!("`{path}` is no file of a book"));
                self.findings.push(finding.at(place(path, 1, 0)).about(path).mend(mend));
            }
        }
    }
}

/// Reads one entry into a table; what cannot be read stays known as refused.
fn take<T: Named>(
    table: &mut Table<T>,
    mut entry: Entry<'_>,
    read: fn(&mut Entry<'_>) -> Option<T>,
    findings: &mut Vec<Finding>,
) {
    match sourced(&mut entry, read) {
        Some(record) => findings.extend(table.insert(record).err().map(|finding| *finding)),
        None => table.refuse(entry.id_text().unwrap_or_default()),
    }
    findings.append(&mut entry.finish());
}

/// A record with its source, quality, note and place.
fn sourced<T>(entry: &mut Entry<'_>, read: impl FnOnce(&mut Entry<'_>) -> Option<T>) -> Option<Sourced<T>> {
    let value = read(entry);
    let provenance = entry.provenance();
    value.map(|value| Sourced { value, provenance, place: entry.place() })
}
