//! Power: channels, wings, batteries, loads, transfers, cooling.

use record::ChannelId;
use station::{Battery, Channel, CoolingLoop, Load, Shading, Transfer, Wing};

use super::stocks::factor;
use super::{Need, Reader, take};
use crate::book::{Book, Power};
use crate::entry::Entry;
use crate::table::Table;
use crate::toml_file;

const KINDS: [&str; 6] = ["channel", "wing", "battery", "load", "transfer", "loop"];

/// A megawatt is ten large stations' worth.
const MOST_KW: f64 = 1e3;

pub(super) fn power(reader: &mut Reader<'_>, book: Book) -> Book {
    let mut power = Power::default();
    let Some(text) = reader.text("power.toml", Need::Optional) else {
        power.set_unread();
        return Book { power, ..book };
    };
    let mut faults = Vec::new();
    toml_file::each_table(&text, &KINDS, &mut reader.findings, &mut |entry| match entry.kind() {
        "channel" => take(&mut power.channels, entry, channel, &mut faults),
        "wing" => take(&mut power.wings, entry, wing, &mut faults),
        "battery" => take(&mut power.batteries, entry, battery, &mut faults),
        "load" => take(&mut power.loads, entry, load, &mut faults),
        "transfer" => take(&mut power.transfers, entry, transfer, &mut faults),
        _ => take(&mut power.loops, entry, cooling_loop, &mut faults),
    });
    reader.findings.append(&mut faults);
    Book { power, ..book }
}

impl Power {
    fn set_unread(&mut self) {
        let Self { channels, wings, batteries, loads, transfers, loops } = self;
        Table::set_unread(channels);
        Table::set_unread(wings);
        Table::set_unread(batteries);
        Table::set_unread(loads);
        Table::set_unread(transfers);
        Table::set_unread(loops);
    }
}

fn channel(entry: &mut Entry<'_>) -> Option<Channel> {
    let id = entry.id("id");
    let name = entry.text("name");
    let owner = entry.id("owner");
    let segment = entry.text("segment");
    let shed_below = part(entry, "shed_below_pct");
    Some(Channel { id: id?, name: name?, owner: owner?, segment: segment?, shed_below: shed_below? })
}

fn wing(entry: &mut Entry<'_>) -> Option<Wing> {
    entry.faultless(|entry| {
        let id = entry.id("id");
        let name = entry.text("name");
        let channel = entry.id("channel");
        let output_kw = entry.number("output_kw", 0.0..=MOST_KW);
        let fade_a = maybe_part(entry, "fade_pct_a");
        let shading = entry.tables("shading", "shading", shading).unwrap_or_default();
        let factors = entry.tables("factors", "factor", factor).unwrap_or_default();
        let from = entry.time("from");
        let until = entry.maybe_time("until");
        Some(Wing {
            id: id?,
            name: name?,
            channel: channel?,
            output_kw: output_kw?,
            fade_a,
            shading,
            factors,
            from: from?,
            until,
        })
    })
}

fn shading(entry: &mut Entry<'_>) -> Option<Shading> {
    let beta_deg = entry.number("beta_deg", 0.0..=90.0);
    let left = part(entry, "left_pct");
    Some(Shading { beta_deg: beta_deg?, left: left? })
}

fn battery(entry: &mut Entry<'_>) -> Option<Battery> {
    let id = entry.id("id");
    let name = entry.text("name");
    let channel = entry.id("channel");
    // A gigawatt-hour is a power station's.
    let capacity_kwh = entry.number("capacity_kwh", 0.0..=1e6);
    let fade_a = maybe_part(entry, "fade_pct_a");
    let charge_kw = entry.number("charge_kw", 0.0..=MOST_KW);
    // Nothing comes out of batteries that give back less than a hundredth.
    let efficiency_pct = entry.number("efficiency_pct", 1.0..=100.0);
    let from = entry.time("from");
    let until = entry.maybe_time("until");
    Some(Battery {
        id: id?,
        name: name?,
        channel: channel?,
        capacity_kwh: capacity_kwh?,
        fade_a,
        charge_kw: charge_kw?,
        efficiency: efficiency_pct? / 100.0,
        from: from?,
        until,
    })
}

fn load(entry: &mut Entry<'_>) -> Option<Load> {
    entry.faultless(|entry| {
        let id = entry.id("id");
        let name = entry.text("name");
        let channels: Vec<ChannelId> = entry.ids("channels");
        let power_kw = entry.number("power_kw", 0.0..=MOST_KW);
        let shed = entry.maybe_count("shed");
        let factors = entry.tables("factors", "factor", factor).unwrap_or_default();
        let from = entry.maybe_time("from");
        let until = entry.maybe_time("until");
        Some(Load { id: id?, name: name?, channels, power_kw: power_kw?, shed, factors, from, until })
    })
}

fn transfer(entry: &mut Entry<'_>) -> Option<Transfer> {
    let id = entry.id("id");
    let name = entry.text("name");
    let giving: Vec<ChannelId> = entry.ids("giving");
    let to = entry.id("to");
    let most_kw = entry.number("most_kw", 0.0..=MOST_KW);
    let efficiency_pct = entry.number("efficiency_pct", 1.0..=100.0);
    let from = entry.maybe_time("from");
    let until = entry.maybe_time("until");
    Some(Transfer {
        id: id?,
        name: name?,
        giving,
        to: to?,
        most_kw: most_kw?,
        efficiency: efficiency_pct? / 100.0,
        from,
        until,
    })
}

fn cooling_loop(entry: &mut Entry<'_>) -> Option<CoolingLoop> {
    let id = entry.id("id");
    let name = entry.text("name");
    let channels: Vec<ChannelId> = entry.ids("channels");
    let most_kw = entry.number("most_kw", 0.0..=MOST_KW);
    let from = entry.maybe_time("from");
    let until = entry.maybe_time("until");
    Some(CoolingLoop { id: id?, name: name?, channels, most_kw: most_kw?, from, until })
}

/// A percentage as a part, 0 to 1.
fn part(entry: &mut Entry<'_>, name: &'static str) -> Option<f64> {
    entry.number(name, 0.0..=100.0).map(|percent| percent / 100.0)
}

/// The same where none is none.
fn maybe_part(entry: &mut Entry<'_>, name: &'static str) -> f64 {
    entry.maybe_number(name, 0.0..=100.0).map_or(0.0, |percent| percent / 100.0)
}
