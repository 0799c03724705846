//! A year of changes by the ISS book's agreement: what each touches, the fold of all, the baseline that they come to.

use std::path::Path;

use book::Files;
use change::{BookTerms, Content, Products, baseline, touches};
use divan::Bencher;
use journal::{Agreement, ChangeRequest, Digest, Entry, Journals, Key, Terms, Urgency, Writer, fold};
use plan::{Activity, Hold, Level, Origin, Plan, Progress};
use timeline::{Duration, Interval, Time};

fn main() {
    divan::main();
}

/// Requests of a year: some forty a week.
const REQUESTS: usize = 2_000;
/// Activities of a week of seven people.
const ACTIVITIES: usize = 600;

struct Year {
    terms: BookTerms,
    products: Products,
    contents: Vec<Content>,
    journals: Journals,
    roots: Terms,
}

fn activity(at: usize) -> Activity {
    let people = ["adenot-sophie", "meir-jessica", "hathaway-jack", "mikaev-sergey"];
    let (partners, elements) =
        (["esa", "nasa", "jaxa", "roscosmos"], ["columbus", "destiny", "kibo-pm", "zvezda"]);
    let start: Time = "2026-06-01T08:00Z".parse().expect("a time");
    Activity {
        title: format!("Experiment {at}, first part"),
        origin: Origin::Added,
        partner: partners[at % 4].parse().ok(),
        kind: "experiment".parse().expect("a kind"),
        start: start + Duration::MINUTE * (15 * (at as i64)),
        end: start + Duration::MINUTE * (15 * (at as i64) + 45),
        crew: people[at / 4 % 4].parse().into_iter().collect(),
        element: elements[at % 4].parse().ok(),
        uses: Vec::new(),
        hold: Hold::Free,
        progress: Progress::Planned,
        notes: String::new(),
    }
}

fn year() -> Year {
    let files =
        Files::from_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../books/iss")).expect("the book");
    let (book, _) = book::read(&files);
    let mut products = Products::of_files(&files).expect("texts");
    let span = Interval::new("2026-06-01".parse().expect("a time"), "2026-06-08".parse().expect("a time"));
    let mut week = Plan::empty("Week 23", Level::Week, span.expect("a week"));
    for at in 0..ACTIVITIES {
        week.activities.insert(format!("experiment-{at}").parse().expect("an id"), activity(at));
    }
    products.plans.insert("week-2026-06-01".parse().expect("an id"), week);
    let centres = ["col-cc", "mcc-h", "mcc-m", "msc-csa", "poic", "ssipc"];
    let begun = |(at, name): (usize, &&str)| {
        Writer::found(&name.parse().expect("an id"), Key::from_seed(&[at as u8 + 1; 32]), Time::EPOCH)
            .expect("a journal")
    };
    let begun: Vec<_> = centres.iter().enumerate().map(begun).collect();
    let roots = begun.iter().map(|(writer, _)| (writer.standing().centre().clone(), writer.key())).collect();
    let mut journals: Journals = begun.iter().map(|(_, first)| first.clone()).collect();
    let mut writers: Vec<Writer> = begun.into_iter().map(|(writer, _)| writer).collect();
    let mut contents = Vec::new();
    let mut now = products.clone();
    let mut time: Time = "2026-05-20".parse().expect("a time");
    for at in 0..REQUESTS {
        let before = Products { plans: now.plans.clone(), ..Products::default() };
        let week = now.plans.values_mut().next().expect("a plan");
        // Three activities move.
        for which in [at, at + 7, at + 11] {
            let id: plan::ActivityId = format!("experiment-{}", which % ACTIVITIES).parse().expect("an id");
            let moved = week.activities[&id].moved_to(week.activities[&id].start + Duration::MINUTE * 5);
            week.activities.insert(id, moved);
        }
        let after = Products { plans: now.plans.clone(), ..Products::default() };
        let content = Content::between(&before, &after).expect("content");
        let request = Entry::Request(ChangeRequest {
            name: format!("75-{at:04}"),
            urgency: Urgency::Routine,
            baseline: Digest::NONE,
            seen: Vec::new(),
            replaces: Vec::new(),
            edits: content.to_bytes().expect("bytes"),
            rationale: "the pass over the ground station has moved".to_owned(),
        });
        contents.push(content);
        time = time + Duration::MINUTE;
        let author = at % writers.len();
        let signed = writers[author].append(time, request).expect("a record");
        let digest = signed.digest();
        journals.add(signed);
        for (other, writer) in writers.iter_mut().enumerate() {
            if other != author {
                time = time + Duration::MINUTE;
                journals.add(writer.append(time, Entry::Approval { request: digest }).expect("a record"));
            }
        }
    }
    Year { terms: BookTerms::of(&book), products, contents, journals, roots: Terms { roots, quorum: 4 } }
}

#[divan::bench(sample_count = 10, sample_size = 1)]
fn touches_of_2000_requests(bencher: Bencher) {
    let year = year();
    bencher.bench_local(|| {
        year.contents.iter().map(|content| touches(content, year.terms.founding()).len()).sum::<usize>()
    });
}

#[divan::bench(sample_count = 10, sample_size = 1)]
fn fold_12000_records(bencher: Bencher) {
    let year = year();
    assert_eq!(fold(&year.journals, &year.roots, &year.terms).baseline.len(), REQUESTS);
    bencher.bench_local(|| fold(&year.journals, &year.roots, &year.terms).digest());
}

#[divan::bench(sample_count = 10, sample_size = 1)]
fn baseline_of_2000_requests(bencher: Bencher) {
    let year = year();
    let state = fold(&year.journals, &year.roots, &year.terms);
    assert_eq!(baseline(&year.products, &state).refusals, []);
    bencher.bench_local(|| baseline(&year.products, &state).products.plans.len());
}

#[divan::bench(sample_count = 10, sample_size = 1)]
fn what_2000_requests_touch_as_journals_ask(bencher: Bencher) {
    let year = year();
    let requests: Vec<ChangeRequest> = year
        .journals
        .iter()
        .filter_map(|signed| match &signed.record().entry {
            Entry::Request(request) => Some(request.clone()),
            _ => None,
        })
        .collect();
    bencher.bench_local(|| requests.iter().map(|request| year.terms.touches(request).len()).sum::<usize>());
}
