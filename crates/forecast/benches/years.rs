//! Simulated time a second: 25 years of the ISS book, its stocks and processes with every flight and crew.

use std::path::Path;

use book::{Book, Files};
use divan::Bencher;
use divan::counter::ItemsCount;
use forecast::{Draft, Model, Outlook, Scenario, Surveyor, compute, draft};
use timeline::Interval;

fn main() {
    divan::main();
}

const YEARS: usize = 25;

fn scenario(book: &Book) -> Scenario {
    let time = |text: &str| text.parse().expect("a time");
    let span = Interval::new(time("2001-05-30"), time("2026-05-30")).expect("a span");
    Scenario::new(span, book.about.known_until)
}

fn iss() -> Book {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../books/iss");
    book::read(&Files::from_dir(folder).expect("the book is there")).0
}

/// Items are simulated years.
#[divan::bench]
fn iss_years(bencher: Bencher<'_, '_>) {
    let book = iss();
    let question = scenario(&book);
    let model = Model::new(&draft(&book, &question).draft).expect("the model is sound");
    bencher
        .counter(ItemsCount::new(YEARS))
        .bench(|| compute(&model, question.span).expect("it can be computed"));
}

/// The same years, day and night and all, without profiles: reserve lines, who goes short, what is burned.
#[divan::bench]
fn iss_survey(bencher: Bencher<'_, '_>) {
    let book = iss();
    let question = scenario(&book);
    let power = draft(&book, &question).draft.power.expect("the book has channels");
    let outlook = Outlook::new(&book, &question).expect("the model is sound");
    let outlook = outlook.with_power(&power).expect("the power is sound");
    let plan = outlook.plan(&[]);
    let surveyor = Surveyor::afresh(&outlook);
    bencher
        .counter(ItemsCount::new(YEARS))
        .bench(|| surveyor.survey(&plan, question.span.start()).expect("it can be computed"));
}

/// The same years of height, burns and their profiles alone: nothing to burn but what visitors and the first store have.
#[divan::bench]
fn iss_height(bencher: Bencher<'_, '_>) {
    let book = iss();
    let question = scenario(&book);
    let whole = draft(&book, &question).draft;
    let stores = whole.stores.into_iter().filter(|store| store.name.starts_with("propellant"));
    let flight = Draft {
        begins: whole.begins,
        stores: stores.map(|store| forecast::Store { capacity_kg: 1e6, level_kg: 1e6, ..store }).collect(),
        supplies: whole.supplies,
        flying: whole.flying,
        ..Draft::default()
    };
    let model = Model::new(&flight).expect("the model is sound");
    bencher
        .counter(ItemsCount::new(YEARS))
        .bench(|| compute(&model, question.span).expect("it can be computed"));
}

/// From the book to the model.
#[divan::bench]
fn iss_model(bencher: Bencher<'_, '_>) {
    let book = iss();
    let question = scenario(&book);
    bencher.bench(|| Model::new(&draft(&book, &question).draft).expect("the model is sound"));
}
