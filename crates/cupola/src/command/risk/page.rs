//! The page: the verdict, what would mend it, and every loss that is not stood, worst first.

use forecast::Certainty;
use risk::{Breach, Consequence, End, GROUNDED, Lever, Loss, LossKind, Repair, Rule, SLIPS, Verdict};

use super::Page;
use station::Response;

use crate::command::forecast::date;
use crate::text::{Align, Ink, WIDTH, cut, ends, rule, table, wrap};

/// Losses, and pairs, told at length; the JSON has them all.
const SHOWN: usize = 8;

impl Page<'_> {
    pub(super) fn page(&self, ink: Ink) -> String {
        let when = format!("{} to {} GMT", self.span.start().gmt(), self.span.end().gmt());
        let mut text = ends(&ink.bold(&format!("SINGLE LOSSES · {}", self.title)), &when);
        text += &ink.faint(&ends("", &format!("as known on {} GMT", self.as_of.gmt())));
        text += &rule(ink);
        text += &self.verdict(ink);
        text += &self.plan_itself(ink);
        text += &self.loss_table(ink);
        text += &self.flight_table(ink);
        text += &self.machine_lines(ink);
        text += &self.pair_table(ink);
        text += &self.repairs(ink);
        text += &self.reserves(ink);
        text += &format!("\n{}\n", ink.bold("ASSUMED"));
        for assumption in &self.losses.assumptions {
            text += &ink.faint(&wrap(&format!("· {assumption}"), WIDTH, 0));
        }
        text
    }

    fn verdict(&self, ink: Ink) -> String {
        let losses = &self.losses;
        let end = self.span.end();
        let Some((loss, consequence)) = losses.weakest() else {
            let count = losses.losses.len();
            let secure = if losses.plan.breaches.is_empty() { "Secure: none" } else { "None" };
            let said = format!(
                "{secure} of {count} single losses breaks a rule that the plan keeps, until {}.",
                date(Some(end))
            );
            return wrap(&said, WIDTH, 0);
        };
        let what = match &consequence.ends {
            Some((at, why)) => format!("nobody is left on {}: {}", date(Some(*at)), self.because(why)),
            None => consequence.first().map_or_else(String::new, |breach| {
                format!("{} on {}", self.broken(breach), date(Some(breach.at)))
            }),
        };
        let sign = sign(consequence.verdict);
        let weakest = format!("{sign} Weakest link: {} — {what}.", described(loss));
        let mut text = ink.warning(&wrap(&weakest, WIDTH, 0));
        let crewed = losses.crewed_until();
        text += &wrap(
            &format!(
                "Somebody stays aboard whatever single loss happens until {}{}; no loss of a flight breaks a rule that the plan \
                 keeps until {}. Of cargo flights alone: {}.",
                date(Some(crewed)),
                if crewed == end { ", the end" } else { "" },
                date(Some(losses.secure_until())),
                losses.of_cargo().word()
            ),
            WIDTH,
            0,
        );
        text
    }

    fn plan_itself(&self, ink: Ink) -> String {
        let plan = &self.losses.plan;
        if plan.breaches.is_empty() {
            return wrap("Without any loss the plan breaks no rule.", WIDTH, 0);
        }
        let broken: Vec<String> = plan
            .breaches
            .iter()
            .map(|breach| format!("{} on {}", self.broken(breach), date(Some(breach.at))))
            .collect();
        let ends = plan.ends.as_ref().map_or_else(String::new, |(at, why)| {
            format!("; nobody is left on {}: {}", date(Some(*at)), self.because(why))
        });
        ink.faint(&wrap(
            &format!("Without any loss the plan itself: {}{ends}.", broken.join(" · ")),
            WIDTH,
            0,
        ))
    }

    fn loss_table(&self, ink: Ink) -> String {
        let losses = &self.losses.losses;
        let count = |verdict| losses.iter().filter(|(_, one)| one.verdict == verdict).count();
        let (broken, at_risk, secure) =
            (count(Verdict::Broken), count(Verdict::AtRisk), count(Verdict::Secure));
        let key = ink.faint("▲ nobody is left  ◆ a rule is broken");
        let head = format!("WORST · {broken} broken, {at_risk} at risk, {secure} secure");
        let mut text = format!("\n{}", ends(&ink.bold(&head), &key));
        let heads = [
            ("  loss", Align::Left),
            ("known", Align::Left),
            ("first rule broken", Align::Left),
            ("done", Align::Left),
            ("crew", Align::Right),
            ("nobody", Align::Left),
        ];
        let worst = losses.iter().filter(|(_, one)| one.verdict != Verdict::Secure);
        let rows: Vec<Vec<String>> =
            worst.take(SHOWN).map(|(loss, consequence)| self.row(loss, consequence)).collect();
        if !rows.is_empty() {
            text += &table(ink, &heads, &rows);
        }
        text += &ink.faint(&more(broken + at_risk));
        text
    }

    fn row(&self, loss: &Loss, consequence: &Consequence) -> Vec<String> {
        let first = consequence
            .first()
            .map_or_else(String::new, |breach| format!("{} {}", date(Some(breach.at)), self.broken(breach)));
        let mut done: Vec<&str> = Vec::new();
        for taken in &consequence.taken {
            let Some(measure) = self.losses.measure(taken.measure) else { continue };
            let is_told = done.contains(&measure.id.as_str());
            // That everybody leaves stands in the last column.
            if !is_told && !matches!(measure.does, Response::Leave { .. }) {
                done.push(measure.id.as_str());
            }
        }
        let done = match done.split_first() {
            Some((first, [])) => (*first).to_owned(),
            Some((first, more)) => format!("{first} +{}", more.len()),
            None => String::new(),
        };
        vec![
            cut(&format!("{} {}", sign(consequence.verdict), tersely(loss)), 28),
            date(Some(loss.known)),
            cut(&first, 27),
            cut(&done, 14),
            consequence.crew_cut.map_or_else(|| "–".to_owned(), |(_, persons)| persons.to_string()),
            consequence.ends.as_ref().map_or_else(|| "–".to_owned(), |(at, _)| date(Some(*at))),
        ]
    }

    /// A row for each flight, a column for each thing that may befall it.
    fn flight_table(&self, ink: Ink) -> String {
        let losses = &self.losses.losses;
        let kinds = [LossKind::Lost]
            .into_iter()
            .chain(SLIPS.map(LossKind::Slipped))
            .chain([LossKind::Grounded(GROUNDED)]);
        let kinds: Vec<LossKind> = kinds.collect();
        let names: Vec<String> = kinds
            .iter()
            .map(|kind| match kind {
                LossKind::Slipped(days) => format!("+{days} d"),
                LossKind::Grounded(days) => format!("grounded {days} d"),
                _ => "lost".to_owned(),
            })
            .collect();
        let mut heads = vec![("flight", Align::Left), ("due", Align::Left)];
        heads.extend(names.iter().map(|name| (name.as_str(), Align::Left)));
        let ships = self.losses.outlook.ships().iter().enumerate();
        let to_come = ships.filter(|(_, ship)| ship.certainty != Certainty::Flown);
        let rows: Vec<Vec<String>> = to_come
            .map(|(at, ship)| {
                let cell = |kind: &LossKind| {
                    let of_it =
                        |(loss, _): &&(Loss, Consequence)| loss.ship == Some(at) && loss.kind == *kind;
                    losses.iter().find(of_it).map_or_else(String::new, |(_, one)| short(one))
                };
                let due = date(Some(ship.passage.arrives));
                let mut row = vec![cut(ship.passage.flight.as_str(), 18), due];
                row.extend(kinds.iter().map(cell));
                row
            })
            .collect();
        if rows.is_empty() {
            return ink.faint("\nNo flight comes in this span.\n");
        }
        format!(
            "\n{}\n{}",
            ink.bold("FLIGHTS · first rule broken, or when nobody is left"),
            table(ink, &heads, &rows)
        )
    }

    /// What is there already: machines, channels, loops and ships.
    fn machine_lines(&self, ink: Ink) -> String {
        let of_machines = self.losses.losses.iter().filter(|(loss, _)| {
            matches!(loss.kind, LossKind::Failed | LossKind::Dark | LossKind::Warm | LossKind::Unfit)
        });
        let said: Vec<String> = of_machines
            .map(|(loss, one)| match one.verdict {
                Verdict::Secure => described(loss),
                _ => format!("{} {}", described(loss), short(one)),
            })
            .collect();
        if said.is_empty() {
            return String::new();
        }
        format!("\n{}\n{}", ink.bold("WHAT IS ABOARD"), wrap(&said.join(" · "), WIDTH, 0))
    }

    fn pair_table(&self, ink: Ink) -> String {
        let Some(pairs) = &self.pairs else { return String::new() };
        let broken = pairs.worse.iter().filter(|pair| pair.consequence.verdict == Verdict::Broken).count();
        let head = format!(
            "PAIRS · {} in all, {} broken by one alone, {broken} by two together, {} put at risk together",
            pairs.count,
            pairs.broken_alone,
            pairs.worse.len() - broken
        );
        let mut text = format!("\n{}\n", ink.bold(&head));
        text += &format!(
            "Somebody stays aboard whatever two losses happen until {}.\n",
            date(Some(pairs.crewed_until))
        );
        let heads = [
            ("  loss", Align::Left),
            ("and", Align::Left),
            ("first rule broken", Align::Left),
            ("nobody", Align::Left),
        ];
        let rows: Vec<Vec<String>> = pairs
            .worse
            .iter()
            .take(SHOWN)
            .map(|pair| {
                let [one, other] = pair.of.map(|at| tersely(&self.losses.losses[at].0));
                let first = pair.consequence.first().map_or_else(String::new, |breach| {
                    format!("{} {}", date(Some(breach.at)), self.broken(breach))
                });
                vec![
                    cut(&format!("{} {one}", sign(pair.consequence.verdict)), 30),
                    cut(&other, 28),
                    cut(&first, 27),
                    pair.consequence.ends.as_ref().map_or_else(|| "–".to_owned(), |(at, _)| date(Some(*at))),
                ]
            })
            .collect();
        if !rows.is_empty() {
            text += &table(ink, &heads, &rows);
        }
        text += &ink.faint(&more(pairs.worse.len()));
        text
    }

    fn repairs(&self, ink: Ink) -> String {
        if self.losses.weakest().is_none() {
            return String::new();
        }
        let mut text = format!("\n{}\n", ink.bold("WHAT WOULD MEND IT"));
        if self.repairs.is_empty() {
            text += "Nothing in the plan of flights would.
";
        }
        for (at, repair) in &self.repairs {
            let loss = &self.losses.losses[*at].0;
            let mended = repair.as_ref().map_or_else(
                || "no flight of the plan, moved, recast or held, helps".to_owned(),
                |repair| self.mended(repair),
            );
            text += &wrap(&format!("{}: {mended}", described(loss)), WIDTH, 0);
        }
        text
    }

    fn mended(&self, repair: &Repair) -> String {
        let with = match repair.lever {
            Lever::Move { ship, days } if days < 0 => {
                format!("{} {} days earlier", self.flight(ship), -days)
            }
            Lever::Move { ship, days } => format!("{} {days} days later", self.flight(ship)),
            Lever::Extend { ship, days } => format!("{} stays {days} days longer", self.flight(ship)),
            Lever::Recast { ship, from, to, mass_kg } => {
                let outlook = &self.losses.outlook;
                let (less, more) = (outlook.store_name(from), outlook.store_name(to));
                format!("{} brings {mass_kg:.0} kg more {more} for as much {less}", self.flight(ship))
            }
        };
        let then = match (repair.verdict, repair.ends) {
            (Verdict::Secure, _) => "then it is stood".to_owned(),
            (Verdict::AtRisk, _) => "then somebody stays aboard".to_owned(),
            (Verdict::Broken, at) => format!("then nobody is left on {} only", date(at)),
        };
        format!("{with}; {then}")
    }

    /// Every supply after the weakest link.
    fn reserves(&self, ink: Ink) -> String {
        let (loss, consequence) = match self.losses.weakest() {
            Some((loss, consequence)) => (described(loss), consequence),
            None => ("without any loss".to_owned(), &self.losses.plan),
        };
        let heads = [
            ("supply", Align::Left),
            ("first line", Align::Left),
            ("second line", Align::Left),
            ("empty", Align::Left),
        ];
        let rows: Vec<Vec<String>> = consequence
            .reserves
            .iter()
            .map(|reserve| {
                let line = |at: usize| {
                    let line = reserve.lines.get(at).and_then(|(days, at)| Some((days, (*at)?)));
                    line.map_or_else(
                        || "–".to_owned(),
                        |(days, at)| format!("{} ({days:.0} d)", date(Some(at))),
                    )
                };
                vec![self.supply(reserve.supply).to_owned(), line(0), line(1), date(reserve.empty)]
            })
            .collect();
        let head = format!("RESERVES · {loss}, were nothing done");
        format!("\n{}\n{}", ink.bold(&head), table(ink, &heads, &rows))
    }

    fn broken(&self, breach: &Breach) -> String {
        match &breach.rule {
            Rule::Line(supply, days) => format!("{} < {days:.0} d", self.supply(*supply)),
            Rule::Empty(supply) => format!("no {}", self.supply(*supply)),
            Rule::Short(process) => format!("short: {}", self.process(*process)),
            Rule::Seats => "seats short".to_owned(),
            Rule::Nobody => "nobody aboard".to_owned(),
            Rule::Shed(load) => format!("off: {load}"),
            Rule::Down => "too low to be raised".to_owned(),
        }
    }

    fn because(&self, why: &End) -> String {
        match why {
            End::Gap => "the last ship leaves before the next comes".to_owned(),
            End::Supply(supply) => format!("the crew leaves for want of {}", self.supply(*supply)),
            End::Short(process) => format!("nobody can stay when {} runs short", self.process(*process)),
            End::NoSeat => "no seat to go home".to_owned(),
            End::Down => "nothing keeps the station up".to_owned(),
        }
    }
}

fn sign(verdict: Verdict) -> char {
    match verdict {
        Verdict::Broken => '▲',
        Verdict::AtRisk => '◆',
        Verdict::Secure => ' ',
    }
}

/// Its sign and when nobody is left, or when a rule is first broken.
fn short(one: &Consequence) -> String {
    let at = one.ends.as_ref().map(|end| end.0).or(one.first().map(|breach| breach.at));
    if one.verdict == Verdict::Secure {
        "·".to_owned()
    } else {
        format!("{} {}", sign(one.verdict), date(at))
    }
}

/// Of more than are shown, how many.
fn more(all: usize) -> String {
    all.checked_sub(SHOWN)
        .filter(|more| *more > 0)
        .map_or_else(String::new, |more| format!("  and {more} more; --json lists them all\n"))
}

/// For a column.
fn tersely(loss: &Loss) -> String {
    match loss.kind {
        LossKind::Slipped(days) => format!("{} +{days} d", loss.subject),
        LossKind::Grounded(days) => format!("{} type +{days} d", loss.subject),
        LossKind::Failed if loss.until.is_none() => format!("{} fails", loss.subject),
        _ => described(loss),
    }
}

fn described(loss: &Loss) -> String {
    let subject = &loss.subject;
    match loss.kind {
        LossKind::Lost => format!("{subject} lost"),
        LossKind::Slipped(days) => format!("{subject} slips {days} d"),
        LossKind::Grounded(days) => format!("{subject}, type grounded {days} d"),
        LossKind::Unfit => format!("{subject} unfit"),
        LossKind::Failed => match loss.until {
            Some(until) => format!("{subject} fails {:.0} d", (until - loss.known).days()),
            None => format!("{subject} fails for good"),
        },
        LossKind::Dark => format!("channel {subject} dark"),
        LossKind::Warm => format!("cooling {subject} lost"),
    }
}
