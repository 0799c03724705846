//! Flight rules, definitions and kinds of activity: every file of the folder `rules`.

use super::{Need, Reader, take};
use crate::book::Book;
use crate::entry::Entry;
use crate::rule::{ActivityKind, Definition, Rule, RuleText};
use crate::table::Table;
use crate::toml_file;

pub(super) fn rules(reader: &mut Reader<'_>, book: Book) -> Book {
    let (mut rules, mut definitions, mut kinds) = (Table::default(), Table::default(), Table::default());
    let is_rules = |path: &&str| path.starts_with("rules/") && path.ends_with(".toml");
    let files: Vec<&str> = reader.files.paths().filter(is_rules).collect();
    for file in files {
        let Some(text) = reader.text(file, Need::Optional) else {
            rules.set_unread();
            definitions.set_unread();
            kinds.set_unread();
            continue;
        };
        let mut faults = Vec::new();
        let known = ["rule", "define", "kind"];
        toml_file::each_table(&text, &known, &mut reader.findings, &mut |entry| match entry.kind() {
            "rule" => take(&mut rules, entry, rule, &mut faults),
            "define" => take(&mut definitions, entry, definition, &mut faults),
            _ => take(&mut kinds, entry, kind, &mut faults),
        });
        reader.findings.append(&mut faults);
    }
    Book { rules, definitions, activity_kinds: kinds, ..book }
}

fn rule(entry: &mut Entry<'_>) -> Option<Rule> {
    let id = entry.id("id");
    let title = entry.text("title");
    let severity = entry.word("severity");
    let owner = entry.id("owner");
    let rule = line(entry, "rule");
    let rationale = entry.maybe_text("rationale");
    Some(Rule { id: id?, title: title?, severity: severity?, owner: owner?, rule: rule?, rationale })
}

fn definition(entry: &mut Entry<'_>) -> Option<Definition> {
    let id = entry.id("id");
    let is = line(entry, "is");
    Some(Definition { id: id?, is: is? })
}

fn kind(entry: &mut Entry<'_>) -> Option<ActivityKind> {
    let id = entry.id("id");
    let also = entry.ids("also");
    let attributes = entry.texts("attributes");
    Some(ActivityKind { id: id?, also, attributes })
}

fn line(entry: &mut Entry<'_>, name: &'static str) -> Option<RuleText> {
    entry.placed_text(name).map(|(text, begins)| RuleText { text, begins })
}
