//! All single losses and all pairs of eighteen months with 40 flights, on one core.

use std::path::Path;

use book::{Book, Files};
use divan::Bencher;
use divan::counter::ItemsCount;
use risk::{Question, USUAL_SPAN, losses, pairs, repairs};
use timeline::Interval;

fn main() {
    divan::main();
}

/// The ISS book of files as they are, with flights more until 40 are to come, a week apart.
fn busy() -> (Book, Question) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../books/iss");
    let files = Files::from_dir(folder).expect("the book is there");
    let more: String = (0..23)
        .map(|at| {
            let (month, day) = (6 + at / 4, 3 + at % 4 * 7);
            let (year, month) = if month > 12 { (2027, month - 12) } else { (2026, month) };
            format!(
                "extra-{at},2026-05-29,progress-ms,{year}-{month:02}-{day:02},,,,,a flight for the benchmark,assumed,\n"
            )
        })
        .collect();
    let contents = files.paths().map(|path| {
        let mut bytes = files.get(path).unwrap_or_default().to_vec();
        if path == "plans.csv" {
            bytes.extend(more.bytes());
        }
        (path.to_owned(), bytes)
    });
    let book = book::read(&contents.collect()).0;
    let as_of = book.about.known_until;
    let span = Interval::new(as_of, as_of + USUAL_SPAN).expect("a span");
    (book, Question::new(span, as_of))
}

/// Items are losses.
#[divan::bench(sample_count = 20)]
fn singles(bencher: Bencher<'_, '_>) {
    let (book, question) = busy();
    let count = losses(&book, &question).expect("it can be computed").losses.len();
    bencher.counter(ItemsCount::new(count)).bench(|| losses(&book, &question).expect("it can be computed"));
}

/// Changes of the plan that would mend the worst three.
#[divan::bench(sample_count = 20)]
fn mending(bencher: Bencher<'_, '_>) {
    let (book, question) = busy();
    let singles = losses(&book, &question).expect("it can be computed");
    bencher.bench(|| repairs(&book, &question, &singles).expect("it can be computed"));
}

/// Items are pairs.
#[divan::bench(sample_count = 3)]
fn all_pairs(bencher: Bencher<'_, '_>) {
    let (book, question) = busy();
    let singles = losses(&book, &question).expect("it can be computed");
    let count = pairs(&book, &question, &singles, 1, &|_, _| {}).expect("it can be computed").count;
    bencher
        .counter(ItemsCount::new(count))
        .bench(|| pairs(&book, &question, &singles, 1, &|_, _| {}).expect("it can be computed"));
}

/// From the book to the compiled plan, which both begin with.
#[divan::bench(sample_count = 20)]
fn outlook(bencher: Bencher<'_, '_>) {
    let (book, question) = busy();
    let scenario = forecast::Scenario::new(question.span, question.as_of);
    bencher.bench(|| forecast::Outlook::new(&book, &scenario).expect("it can be computed"));
}
