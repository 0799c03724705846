//! Whole days in which nothing happens but that batteries are full at each sunset.

use timeline::Time;

use super::PowerCourse;
use crate::power::balance::{gained_kwh, spent_kwh};
use crate::power::draft::Zoom;

impl PowerCourse<'_> {
    /// Passes whole days in which every battery is full at each sunset and nothing is off, up to `stop` at most; returns whether
    /// there were any. It says what going through them revolution by revolution would.
    pub(super) fn pass_steady_days(&mut self, stop: Time) -> bool {
        let (grid, begins) = (self.grid, self.now);
        let mut day = self.day_at(self.now);
        let is_plain = grid.revolutions.is_empty() && self.trace.zoom != Zoom::Revolutions;
        if !is_plain
            || self.shed_loads > 0
            || self.banks.iter().any(|bank| bank.dark)
            || grid.days[day].first != self.now
        {
            return false;
        }
        while let Some(next) = grid.days.get(day + 1).map(|next| next.first).filter(|&next| next <= stop) {
            if day == self.turn.day || !grid.days[day].serves_as_before || next == self.now {
                break;
            }
            if !self.is_steady(day) {
                break;
            }
            self.end_cell(self.turn.day);
            self.write_loads();
            for (channel, (bank, feed)) in self.banks.iter_mut().zip(grid.feeds(day)).enumerate() {
                bank.charge_kwh = bank.after_kwh;
                if self.trace.follows_charges() {
                    self.trace.range(channel, bank.charge_kwh, feed.capacity_kwh);
                }
            }
            self.turn.day = day;
            self.now = next;
            day += 1;
        }
        self.turn.ends = self.now;
        self.now > begins
    }

    /// Whether in all of a day's revolutions, from the charges of now on, every battery is full at sunset and none falls to where
    /// loads are shed, and all heat is carried away. It leaves what channels carry as on that day, and what their batteries hold
    /// after it.
    fn is_steady(&mut self, day: usize) -> bool {
        self.share(day);
        let light = self.grid.days[day].light;
        let channels = self.grid.feeds(day).iter().zip(self.grid.most_spent_kwh(day));
        let mut is_steady = true;
        for (bank, (&feed, &most_kwh)) in self.banks.iter_mut().zip(channels) {
            let load_kw = bank.carried_kw;
            let (gained_kwh, spent_kwh) = (gained_kwh(feed, load_kw, light), spent_kwh(load_kw, light));
            let is_full = bank.charge_kwh + gained_kwh >= feed.capacity_kwh;
            // Without branches: nearly always all of it holds.
            is_steady &= is_full & (gained_kwh >= spent_kwh) & (spent_kwh <= most_kwh);
            bank.after_kwh = feed.capacity_kwh - spent_kwh;
        }
        is_steady && self.hot().is_none()
    }
}
