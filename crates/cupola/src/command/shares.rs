//! `cupola shares`: the ledger of every pool, and what each partner did for the station.

use std::ops::Deref;
use std::path::Path;

use anyhow::Result;
use book::Book;
use desk::Desk;
use facts::shares::{Asked, PoolStated, Shares, shares};
use ledger::{Line, PartnerHistory, Standing};
use partnership::{Counts, PoolUnit};
use people::PersonTime;
use record::PartnerId;

use crate::answer::Answer;
use crate::text::{Align, Ink, WIDTH, cut, ends, rule, table, wrap};

/// Columns of a partner's name.
const SHORT: usize = 12;

/// Columns of a bar, and of one beside more figures.
const BAR: f64 = 15.0;
const MASS_BAR: f64 = 10.0;

/// What is not known.
const DASH: &str = "–";

/// Answers for a span.
///
/// # Errors
/// When the span ends before it begins.
pub(crate) fn answer(book: &Book, asked: &Asked) -> Result<Answer> {
    let shares = shares(book, asked)?;
    let has_refused = !shares.refused.is_empty();
    let answer = Answer::new(shares, Shares::json, |shares, ink| Page(shares).page(ink));
    Ok(if has_refused { answer.with_findings() } else { answer })
}

/// What the centres have agreed, by the node in `folder`: the plans of the baseline and what was bartered.
///
/// # Errors
/// When there is no node.
pub(crate) fn agreed(folder: &Path) -> Result<Asked> {
    let desk = Desk::open(folder)?;
    let state = desk.state();
    let plans = desk.baseline(&state).products.plans.into_values().collect();
    Ok(Asked { plans, barters: desk.barters(&state).agreed, ..Asked::default() })
}

/// The page of the facts.
struct Page<'a>(&'a Shares);

impl Deref for Page<'_> {
    type Target = Shares;
    fn deref(&self) -> &Shares {
        self.0
    }
}

impl Page<'_> {
    fn page(&self, ink: Ink) -> String {
        let when = format!("{} to {} GMT", self.span.from().gmt(), self.span.to().gmt());
        let mut text = ends(&ink.bold(&format!("SHARES · {}", self.station)), &when) + &rule(ink);
        text += &wrap(
            "Balance is what a partner had and is still to have, less its part, and what it gave by barter less what it took. Ahead: \
             it has had more than its part. Behind: it is owed.",
            WIDTH,
            0,
        );
        for plan in &self.plans {
            let line = format!(
                "Plan: {} ({}), {} to {} GMT",
                plan.title,
                plan.level,
                plan.from.gmt(),
                plan.to.gmt()
            );
            text += &wrap(&line, WIDTH, 0);
        }
        for refused in &self.refused {
            text += &ink.warning(&wrap(&format!("! Left out: {refused}"), WIDTH, 0));
        }
        if self.pools.is_empty() {
            text += "\nThe partners of this book share nothing by agreed parts: it has no [[pool]] in agreement.toml.\n";
        }
        for pool in &self.pools {
            text += &self.pool(pool, ink);
        }
        text + &self.history(ink)
    }

    fn pool(&self, pool: &PoolStated, ink: Ink) -> String {
        let unit = head_unit(pool.pool.unit);
        let quality = if pool.provenance.quality.must_be_marked() {
            ink.warning(&format!("parts {}", pool.provenance.quality))
        } else {
            format!("parts {}", pool.provenance.quality)
        };
        let room = WIDTH - 40;
        let title = format!("{} · {unit}", cut(&pool.pool.title.to_uppercase(), room));
        let mut text = format!("\n{}", ends(&ink.bold(&title), &quality));
        text += &match pool.pool.counts {
            Counts::UpMass | Counts::DownMass => self.mass_table(pool, ink),
            Counts::CrewTime | Counts::Seats => self.used_table(pool, ink),
        };
        for unknown in &pool.unknown {
            text += &wrap(&format!("· {unknown}."), WIDTH, 2);
        }
        if pool.pool.counts == Counts::CrewTime && self.plans.is_empty() {
            text += &wrap(
                "· Say --plan FILE.json to name a plan, such as `cupola plan week --json` writes.",
                WIDTH,
                2,
            );
        }
        let note = if pool.provenance.note.is_empty() {
            String::new()
        } else {
            format!("{}. ", pool.provenance.note.trim_end_matches('.'))
        };
        text + &ink.faint(&wrap(
            &format!("· {note}Source: {}.", pool.provenance.source.trim_end_matches('.')),
            WIDTH,
            2,
        ))
    }

    fn used_table(&self, pool: &PoolStated, ink: Ink) -> String {
        let has_open = pool.pool.counts == Counts::CrewTime;
        let mut heads = vec![
            ("partner", Align::Left),
            ("agreed %", Align::Right),
            ("entitled", Align::Right),
            ("planned", Align::Right),
            ("flown", Align::Right),
        ];
        heads.extend(has_open.then_some(("open", Align::Right)));
        heads.extend([
            ("in", Align::Right),
            ("out", Align::Right),
            ("balance", Align::Right),
            ("part %", Align::Right),
            ("█ part ╎ agreed", Align::Left),
        ]);
        let row = |line: &Line| {
            let amount = |amount: Option<i128>| shown(amount, pool.pool.unit);
            let mut row = vec![
                self.name(&line.partner, ink),
                percent(pool.agreed_pct(line)),
                amount(line.entitled),
                amount(line.planned),
                amount(line.flown),
            ];
            row.extend(has_open.then(|| amount(line.open)));
            let part = pool.pct(line.used());
            row.extend([
                bartered(line.taken, pool.pool.unit),
                bartered(line.given, pool.pool.unit),
                balance(line, pool.pool.unit),
                percent(part),
                self.tinted(&line.partner, &bar(part, pool.agreed_pct(line), BAR), ink),
            ]);
            row
        };
        table(ink, &heads, &rows(pool, row))
    }

    fn mass_table(&self, pool: &PoolStated, ink: Ink) -> String {
        let heads = [
            ("partner", Align::Left),
            ("agreed %", Align::Right),
            ("entitled", Align::Right),
            ("used", Align::Right),
            ("provided", Align::Right),
            ("flights", Align::Right),
            ("untold", Align::Right),
            ("in", Align::Right),
            ("out", Align::Right),
            ("balance", Align::Right),
            ("prov. %", Align::Right),
            ("█ ╎", Align::Left),
        ];
        let row = |line: &Line| {
            let provided = pool.pct(line.provided);
            vec![
                self.name(&line.partner, ink),
                percent(pool.agreed_pct(line)),
                shown(line.entitled, pool.pool.unit),
                shown(line.used(), pool.pool.unit),
                shown(line.provided, pool.pool.unit),
                line.flights.to_string(),
                line.untold_flights.to_string(),
                bartered(line.taken, pool.pool.unit),
                bartered(line.given, pool.pool.unit),
                balance(line, pool.pool.unit),
                percent(provided),
                self.tinted(&line.partner, &bar(provided, pool.agreed_pct(line), MASS_BAR), ink),
            ]
        };
        table(ink, &heads, &rows(pool, row))
    }

    fn history(&self, ink: Ink) -> String {
        let head = ink.bold("WHAT EACH PARTNER DID");
        if self.history.within.is_none() {
            return format!(
                "\n{head}\nNothing had happened: no part of this span is in the book's history.\n"
            );
        }
        let until = self
            .history
            .within
            .map_or_else(String::new, |within| format!("until {} GMT", within.end().gmt()));
        let heads = [
            ("partner", Align::Left),
            ("person-days", Align::Right),
            ("crew", Align::Right),
            ("cargo", Align::Right),
            ("assembly", Align::Right),
            ("lost", Align::Right),
            ("up kg", Align::Right),
            ("untold", Align::Right),
            ("down kg", Align::Right),
            ("untold", Align::Right),
            ("outside h", Align::Right),
        ];
        let rows: Vec<Vec<String>> = self.history.partners.iter().map(|one| self.did(one, ink)).collect();
        let countries = self.history.countries.iter().map(|(code, time)| format!("{code} {}", days(*time)));
        format!(
            "\n{}{}{}{}",
            ends(&head, &until),
            table(ink, &heads, &rows),
            wrap(
                "Crew, cargo, assembly, lost: flights that the partner provided. One that brought a part of the station is of assembly, \
                 with or without people; lost ones are among the others. Untold: flights of which nobody says what they carried. \
                 Outside: person-hours of spacewalks.",
                WIDTH,
                0
            ),
            wrap(
                &format!("Person-days by nationality: {}", countries.collect::<Vec<_>>().join(" · ")),
                WIDTH,
                0
            ),
        )
    }

    fn did(&self, one: &PartnerHistory, ink: Ink) -> Vec<String> {
        let mass = |carried: &ledger::Carried| {
            if carried.flights == 0 {
                DASH.to_owned()
            } else {
                shown(Some(carried.mass.grams().into()), PoolUnit::Grams)
            }
        };
        vec![
            self.name(&one.partner, ink),
            days(one.aboard),
            one.flights.crew.to_string(),
            one.flights.cargo.to_string(),
            one.flights.assembly.to_string(),
            one.flights.lost.to_string(),
            mass(&one.up),
            one.up.untold_flights.to_string(),
            mass(&one.down),
            one.down.untold_flights.to_string(),
            shown(Some(i128::from(one.outside.seconds()) / 60), PoolUnit::Minutes),
        ]
    }

    fn name(&self, id: &PartnerId, ink: Ink) -> String {
        let short = self.partner(id).map_or(id.as_str(), |partner| &partner.short);
        self.tinted(id, &cut(short, SHORT), ink)
    }

    fn tinted(&self, id: &PartnerId, text: &str, ink: Ink) -> String {
        self.partner(id).map_or_else(|| text.to_owned(), |partner| ink.tint(&partner.colour, text))
    }
}

/// A row for each partner that has a part or had something, and one for all, whose balance shows that nothing is lost.
fn rows(pool: &PoolStated, row: impl Fn(&Line) -> Vec<String>) -> Vec<Vec<String>> {
    let lines = &pool.statement.lines;
    let shown = lines.iter().filter(|line| pool.agreed_pct(line) != Some(0.0) || !line.is_empty());
    let mut rows: Vec<Vec<String>> = shown.map(&row).collect();
    if let Some(sum) = lines.iter().cloned().reduce(|sum, line| sum.and(&line)) {
        let mut all = row(&sum);
        (all[0], all[1]) = ("all".to_owned(), String::new());
        all.pop();
        rows.push(all);
    }
    rows
}

const fn head_unit(unit: PoolUnit) -> &'static str {
    match unit {
        PoolUnit::Minutes => "h:min",
        PoolUnit::Seconds => "person-days",
        PoolUnit::Grams => "kg",
    }
}

/// An amount; a dash for what is not known.
fn shown(amount: Option<i128>, unit: PoolUnit) -> String {
    amount.map_or_else(|| DASH.to_owned(), |amount| facts::shares::amount(amount, unit))
}

fn bartered(amount: i128, unit: PoolUnit) -> String {
    if amount == 0 { "0".to_owned() } else { shown(Some(amount), unit) }
}

/// The balance in a word and without a sign, so that nobody has to know which way it counts.
fn balance(line: &Line, unit: PoolUnit) -> String {
    match (line.balance(), line.standing()) {
        (Some(_), Some(Standing::Even)) => Standing::Even.word().to_owned(),
        (Some(balance), Some(standing)) => {
            format!("{} {}", standing.word(), shown(Some(balance.saturating_abs()), unit))
        }
        _ => DASH.to_owned(),
    }
}

fn percent(percent: Option<f64>) -> String {
    percent.map_or_else(|| DASH.to_owned(), |percent| format!("{percent:.1}"))
}

fn days(time: PersonTime) -> String {
    shown(Some(time.seconds().into()), PoolUnit::Seconds)
}

/// A part as a bar, with a tick where the agreed part is.
fn bar(part: Option<f64>, agreed: Option<f64>, columns: f64) -> String {
    let column = |percent: f64| (percent / 100.0 * columns).round().clamp(0.0, columns) as usize;
    let filled = part.map_or(0, column);
    let tick = agreed.map(|agreed| column(agreed).saturating_sub(1));
    let cell = |at: usize| match (Some(at) == tick, at < filled) {
        (true, _) => '╎',
        (false, true) => '█',
        (false, false) => ' ',
    };
    (0..filled.max(tick.map_or(0, |tick| tick + 1))).map(cell).collect()
}
