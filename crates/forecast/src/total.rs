use std::collections::BTreeMap;

use crate::network::Network;
use crate::trace::Trace;

/// Where one commodity came from and went to over a forecast, kg.
///
/// The levels are followed from event to event, what processes make and use is summed apart from them; that both agree is
/// the law of conservation, see [`Total::imbalance_kg`].
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Total {
    /// What.
    pub commodity: String,
    /// In all its stores at the start.
    pub began_kg: f64,
    /// Made by processes.
    pub made_kg: f64,
    /// Delivered, with what found no room.
    pub delivered_kg: f64,
    /// Found at corrections beyond what was computed; below 0 what was missing.
    pub corrected_kg: f64,
    /// Used by processes.
    pub used_kg: f64,
    /// Burned to raise the orbit.
    pub burned_kg: f64,
    /// Lost overboard from full stores.
    pub vented_kg: f64,
    /// Of deliveries, what found no room.
    pub refused_kg: f64,
    /// In all its stores at the end.
    pub ended_kg: f64,
}

impl Total {
    /// All that came: what was there, made, delivered and found.
    #[must_use]
    pub fn came_kg(&self) -> f64 {
        self.began_kg + self.made_kg + self.delivered_kg + self.corrected_kg
    }

    /// What came less what went and what is left: rounding, or a fault.
    #[must_use]
    pub fn imbalance_kg(&self) -> f64 {
        self.came_kg() - self.used_kg - self.burned_kg - self.vented_kg - self.refused_kg - self.ended_kg
    }
}

/// The totals of every commodity, in order of their names.
pub(crate) fn totals(network: &Network, trace: &Trace) -> Vec<Total> {
    let mut totals: BTreeMap<&str, Total> = BTreeMap::new();
    for (node, store) in network.stores.iter().zip(&trace.stores) {
        let total = totals.entry(&node.commodity).or_default();
        total.began_kg += store.lines.first().map_or(0.0, |line| line.1);
        total.delivered_kg += store.delivered_kg;
        total.corrected_kg += store.corrected_kg;
        total.burned_kg += store.burned_kg;
        total.vented_kg += store.vented_kg;
        total.refused_kg += store.refused_kg;
        total.ended_kg += store.ended_kg;
    }
    for (node, process) in network.processes.iter().zip(&trace.processes) {
        for &(store, rate_kg_d) in &node.flows {
            let total = totals.entry(&network.stores[store].commodity).or_default();
            let mass_kg = rate_kg_d.abs() * process.amount_d;
            if rate_kg_d > 0.0 {
                total.made_kg += mass_kg;
            } else {
                total.used_kg += mass_kg;
            }
        }
    }
    totals.into_iter().map(|(commodity, total)| Total { commodity: commodity.to_owned(), ..total }).collect()
}
