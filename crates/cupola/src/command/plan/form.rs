//! A plan in a form of others: iCalendar, CSV, a drawing.

use anyhow::Result;

use super::sheet::Sheet;
use super::{calendar, svg, table};
use crate::answer::Answer;
use crate::args::plan::Form;
use crate::run;

/// The file that was asked for; nothing when none was.
pub(super) fn file(form: &Form, sheet: &Sheet) -> Result<Option<Answer>> {
    let text = if form.ics {
        calendar::ics(&sheet.plan, &sheet.names, run::now()?)?
    } else if form.csv {
        table::csv(&sheet.plan)
    } else if form.svg {
        svg::drawing(sheet)
    } else {
        return Ok(None);
    };
    Ok(Some(Answer::File { text, note: None }))
}
