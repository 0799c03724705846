//! `cupola forecast`: what the station will have, when it gets scarce, what one lost ship does, and how many people it carries.

mod page;
mod power;

pub(super) use page::date;

use std::ops::Deref;

use anyhow::Result;
use book::Book;
use facts::stocks::{Stocks, course, stocks};
use forecast::Scenario;

use crate::answer::Answer;
use crate::command::export;

/// How a forecast is to be shown.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    Page,
    Csv,
}

pub(crate) fn answer(book: &Book, scenario: &Scenario, form: Form) -> Result<Answer> {
    if form == Form::Csv {
        return Ok(export::csv(course(book, scenario)?.profiles(), None));
    }
    Ok(Answer::new(stocks(book, scenario)?, Stocks::json, |stocks, ink| Page(stocks).page(ink)))
}

/// The page of the facts.
struct Page<'a>(&'a Stocks);

impl Deref for Page<'_> {
    type Target = Stocks;
    fn deref(&self) -> &Stocks {
        self.0
    }
}
