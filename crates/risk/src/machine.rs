//! A machine that fails, and when it runs again.

use book::Book;
use forecast::{Change, ForecastError, Outlook, Surveyor};
use timeline::{Duration, Interval, Time};

use crate::critical;
use crate::loss::{Loss, LossKind};

/// A machine that people depend on, and what the book says of its repair.
pub(crate) struct Machine {
    /// Its process of the outlook, by index.
    pub(crate) process: usize,
    pub(crate) name: String,
    repair: Option<Repair>,
}

/// How long mending takes, and what is used up in it: which store of the outlook has it, and how much of it, kg.
struct Repair {
    takes: Duration,
    spare: Option<(usize, f64)>,
}

/// The machines of a book that run when the outlook begins.
pub(crate) fn machines(book: &Book, outlook: &Outlook) -> Vec<Machine> {
    let of_process = |id: record::ProcessId| {
        let process = outlook.process(id.as_str())?;
        let said = book.processes.get(&id).and_then(|process| process.repair.as_ref());
        let repair = said.map(|said| {
            let spare = said.spare.as_ref();
            let spare = spare.and_then(|(store, mass)| Some((outlook.store(store.as_str())?, mass.kg())));
            Repair { takes: said.takes, spare }
        });
        Some(Machine { process, name: id.to_string(), repair })
    };
    critical::machines(book, outlook.span().start()).into_iter().filter_map(of_process).collect()
}

impl Machine {
    /// It fails on the first day, beside what else is `otherwise` from `differs` on; `by_flight` is for how long where the book
    /// does not say how it is mended.
    ///
    /// Who mends it waits for the spare, whichever flight brings it, and for good when none does.
    pub(crate) fn fails(
        &self,
        surveyor: &Surveyor<'_>,
        outlook: &Outlook,
        otherwise: &[Change],
        differs: Time,
        by_flight: Interval,
    ) -> Result<Loss, ForecastError> {
        let from = outlook.span().start();
        let mut changes = Vec::new();
        let (mut until, mut waits) = (by_flight.end(), Waits::No);
        if let Some(repair) = &self.repair {
            let begins = match repair.spare {
                None => Some(from),
                Some((store, mass_kg)) => {
                    let begins = surveyor.first_with(&outlook.plan(otherwise), differs, store, mass_kg)?;
                    changes.extend(begins.map(|at| Change::Used(store, at, mass_kg)));
                    if begins != Some(from) {
                        waits = Waits::ForSpare;
                    }
                    begins
                }
            };
            until = begins.map_or(Time::MAX, |begins| begins + repair.takes);
        }
        changes.extend(Interval::new(from, until).map(|during| Change::Stopped(self.process, during)));
        Ok(Loss {
            kind: LossKind::Failed,
            subject: self.name.clone(),
            known: from,
            differs: from,
            ship: None,
            until: Some(until).filter(|until| *until < Time::MAX),
            waits,
            changes,
        })
    }

    /// Whether both are mended out of one store.
    pub(crate) fn shares_spares(&self, other: &Self) -> bool {
        let store = |one: &Self| one.repair.as_ref().and_then(|repair| repair.spare).map(|spare| spare.0);
        store(self).is_some() && store(self) == store(other)
    }
}

/// Whether who mends a machine has to wait for its spare.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Waits {
    /// It is there on the first day, or none is needed.
    No,
    /// A flight brings it, or none.
    ForSpare,
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use book::Files;
    use timeline::{Duration, Interval, Time};

    use crate::ask::{Question, Setting};
    use crate::loss::{Loss, LossKind, of_ships};

    /// The ISS book of 2026-05-30 with so much of American spares, and all that happens to the machines and flights asked for.
    fn with_spares(kg: &str, of: impl Fn(&Setting, &dyn Fn(&str) -> Loss, &forecast::Surveyor<'_>)) {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../books/iss");
        let files = Files::from_dir(folder).unwrap();
        let contents = files.paths().map(|path| {
            let text = String::from_utf8_lossy(files.get(path).unwrap()).into_owned();
            let counted = "spares-us,2026-05-30,11953.6";
            assert!(path != "levels.csv" || text.contains(counted));
            (path.to_owned(), text.replace(counted, &format!("spares-us,2026-05-30,{kg}")))
        });
        let book = book::read(&contents.collect()).0;
        let as_of: Time = "2026-05-30T12:25Z".parse().unwrap();
        let span = Interval::new(as_of, as_of + Duration::DAY * 400).unwrap();
        let setting = Setting::of(&book, &Question::new(span, as_of)).unwrap();
        let unchanged = setting.outlook.plan(&[]);
        let surveyor = forecast::Surveyor::along(&setting.outlook, &unchanged).unwrap();
        let loss = |name: &str| match setting.machines.iter().find(|machine| machine.name == name) {
            Some(machine) => {
                machine.fails(&surveyor, &setting.outlook, &[], span.end(), setting.mended).unwrap()
            }
            None => of_ships(&setting.outlook)
                .into_iter()
                .find(|loss| loss.subject == name && loss.kind == LossKind::Lost)
                .unwrap(),
        };
        of(&setting, &loss, &surveyor);
    }

    /// Until when a machine stands beside another loss.
    fn beside(setting: &Setting, surveyor: &forecast::Surveyor<'_>, machine: &Loss, other: &Loss) -> Time {
        let changes = setting.beside(surveyor, machine, &other.changes, other.differs).unwrap();
        match changes.last() {
            Some(forecast::Change::Stopped(_, during)) => during.end(),
            other => panic!("{other:?}"),
        }
    }

    /// The flight that was to bring the spare is lost: the next that brings some is waited for.
    #[test]
    fn the_flight_that_brings_the_spare_may_be_lost_too() {
        with_spares("0", |setting, loss, surveyor| {
            let (oga, spx, other) = (loss("oga"), loss("spx-35"), loss("progress-ms-35"));
            assert!(setting.touch(&oga, &spx));
            let both = beside(setting, surveyor, &oga, &spx);
            assert!(both > oga.until.unwrap() + Duration::DAY * 20, "{both}");
            assert_eq!(beside(setting, surveyor, &oga, &other), oga.until.unwrap(), "it brings none");
        });
        with_spares("9000", |setting, loss, _| assert!(!setting.touch(&loss("oga"), &loss("spx-35"))));
    }

    /// Of 60 kg one machine takes 30, and the other, which needs 40, waits; of 80 there is enough for both.
    #[test]
    fn two_machines_may_need_one_spare() {
        for (kg, waits) in [("60", true), ("80", false)] {
            with_spares(kg, |setting, loss, surveyor| {
                let (oga, cdra) = (loss("oga"), loss("cdra"));
                assert!(setting.touch(&oga, &cdra));
                let until = beside(setting, surveyor, &cdra, &oga);
                assert_eq!(until > cdra.until.unwrap(), waits, "{kg} kg: {until}");
            });
        }
        with_spares("60", |setting, loss, _| {
            assert!(!setting.touch(&loss("oga"), &loss("elektron")), "the Russian segment has its own");
        });
    }
}
