//! Energy: no process gives more than it takes, in electricity and in what burns.

use record::Sourced;
use station::{Flow, Process};

use super::{Report, must};
use crate::book::Book;

/// A kilowatt for a day of 86,400 s, MJ.
const MJ_D_PER_KW: f64 = 86.4;

/// What comes out may exceed what goes in by this part of it: the rounding of sums of decimal numbers.
const ROUNDING: f64 = 1e-9;

pub(super) fn energy(book: &Book, report: &mut Report) {
    if book.commodities.is_empty() || !book.commodities.is_whole() || !book.stores.is_whole() {
        return;
    }
    for process in &book.processes {
        balance(process, book, report);
    }
}

/// What is left over becomes heat; less than nothing cannot be left over.
fn balance(process: &Sourced<Process>, book: &Book, report: &mut Report) {
    let burned = |flows: &[Flow]| -> f64 { flows.iter().map(|flow| energy_mj_d(flow, book)).sum() };
    let taken_mj_d = process.power_kw * MJ_D_PER_KW + burned(&process.inputs);
    let given_mj_d = burned(&process.outputs);
    if given_mj_d <= taken_mj_d + ROUNDING * given_mj_d {
        return;
    }
    let short_kw = (given_mj_d - taken_mj_d) / MJ_D_PER_KW;
    let message = format!(
        "`{}` makes {short_kw:.3} kW from nothing: {given_mj_d:.2} MJ a day come out in what burns, {taken_mj_d:.2} go in with {} kW \
         of electricity",
        process.id, process.power_kw
    );
    let finding = must(process, "energy-from-nothing", message).about(process.id.as_str());
    let mend = format!(
        "it needs {:.3} kW at least; or say in `of` what it really lets out",
        process.power_kw + short_kw
    );
    report.add(finding.mend(mend));
}

/// The heat that what flows would give when burned, MJ a day.
fn energy_mj_d(flow: &Flow, book: &Book) -> f64 {
    let held = || Some(book.stores.get(&flow.store)?.commodity.as_str());
    let name = flow.of.as_ref().map(record::CommodityId::as_str).or_else(held);
    let commodity = name.and_then(|name| book.commodities.named(name));
    flow.rate_kg_d * commodity.map_or(0.0, |commodity| commodity.energy_mj_kg)
}
