/// What is left of all resources in every period, and where a job fits.
pub(crate) trait Room {
    /// What one job needs.
    type Demand: Clone;

    /// What a job needs, in the form that is quick to compare.
    fn demand(&self, demands: &[u32]) -> Self::Demand;
    /// All free again.
    fn reset(&mut self);
    /// The first period at or after `from` where the job fits for all its duration.
    fn earliest(&mut self, from: u32, duration: u32, demand: &Self::Demand) -> u32;
    /// Takes what the job needs.
    fn take(&mut self, start: u32, duration: u32, demand: &Self::Demand);
}

/// Up to four resources of at most 15 bits packed into one word a period; the highest bit of each 16 is a guard that a
/// subtraction borrows from when there is too little, so one subtraction and one mask compare all four.
pub(crate) struct Packed {
    full: u64,
    free: Vec<u64>,
    /// Periods from here on are all free.
    used: usize,
}

const GUARDS: u64 = 0x8000_8000_8000_8000;
pub(crate) const PACKED_RESOURCES: usize = 4;
pub(crate) const PACKED_CAPACITY: u32 = 0x7fff;

impl Packed {
    pub(crate) fn new(capacities: &[u32]) -> Self {
        Self { full: pack(capacities) | GUARDS, free: Vec::new(), used: 0 }
    }
}

fn pack(amounts: &[u32]) -> u64 {
    amounts.iter().enumerate().fold(0, |packed, (at, amount)| packed | u64::from(*amount) << (16 * at))
}

impl Room for Packed {
    type Demand = u64;

    fn demand(&self, demands: &[u32]) -> u64 {
        pack(demands)
    }

    fn reset(&mut self) {
        self.free[..self.used].fill(self.full);
        self.used = 0;
    }

    fn earliest(&mut self, from: u32, duration: u32, demand: &u64) -> u32 {
        let fits = |free: u64| (free - demand) & GUARDS == GUARDS;
        let (mut start, duration) = (from as usize, duration as usize);
        // Periods from `start` up to here are known to fit.
        let mut known = start;
        'later: while start < self.used {
            let end = (start + duration).min(self.used);
            for period in (known..end).rev() {
                if !fits(self.free[period]) {
                    start = period + 1;
                    known = end;
                    continue 'later;
                }
            }
            break;
        }
        start as u32
    }

    fn take(&mut self, start: u32, duration: u32, demand: &u64) {
        let (start, end) = (start as usize, (start + duration) as usize);
        if end > self.free.len() {
            self.free.resize(end.next_power_of_two().max(256), self.full);
        }
        self.used = self.used.max(end);
        for free in &mut self.free[start..end] {
            *free -= demand;
        }
    }
}

/// Any number of resources of any amount, one after the other.
pub(crate) struct Wide {
    capacities: Vec<u32>,
    free: Vec<u32>,
}

impl Wide {
    pub(crate) fn new(capacities: &[u32]) -> Self {
        Self { capacities: capacities.to_vec(), free: Vec::new() }
    }
}

impl Room for Wide {
    type Demand = Vec<u32>;

    fn demand(&self, demands: &[u32]) -> Vec<u32> {
        let mut demands = demands.to_vec();
        demands.resize(self.capacities.len(), 0);
        demands
    }

    fn reset(&mut self) {
        self.free.clear();
    }

    fn earliest(&mut self, from: u32, duration: u32, demand: &Vec<u32>) -> u32 {
        let width = demand.len();
        let used = if width == 0 { 0 } else { (self.free.len() / width) as u32 };
        let mut start = from;
        'later: while start < used {
            for period in (start..(start + duration).min(used)).rev() {
                let free = &self.free[period as usize * width..(period as usize + 1) * width];
                if free.iter().zip(demand).any(|(free, wanted)| free < wanted) {
                    start = period + 1;
                    continue 'later;
                }
            }
            break;
        }
        start
    }

    fn take(&mut self, start: u32, duration: u32, demand: &Vec<u32>) {
        let width = demand.len();
        while self.free.len() < (start + duration) as usize * width {
            self.free.extend_from_slice(&self.capacities);
        }
        for period in start as usize..(start + duration) as usize {
            for (free, wanted) in self.free[period * width..].iter_mut().zip(demand) {
                *free -= wanted;
            }
        }
    }
}
