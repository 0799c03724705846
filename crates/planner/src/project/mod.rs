//! Projects: jobs in an order of precedence that share renewable resources, to be done in the least time (RCPSP).

mod read;
mod room;
mod search;
mod serial;

pub use read::read_psplib;
pub use search::{ScheduleOptions, ScheduleOutcome, schedule};

/// The most jobs of a project.
pub const MAX_JOBS: usize = 200_000;
/// The longest that all jobs after one another may take.
pub const MAX_TOTAL: u64 = 1 << 24;

/// Jobs to be scheduled. Times are whole periods from 0; a job runs without a break.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Project {
    /// Amount of each resource, the same at all times.
    pub capacities: Vec<u32>,
    /// The jobs.
    pub jobs: Vec<Job>,
}

/// One job.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Job {
    /// How long; 0 is a milestone.
    pub duration: u32,
    /// What it needs of each resource while it runs; resources beyond the list are not needed.
    pub demands: Vec<u32>,
    /// Jobs that start only after it has ended.
    pub successors: Vec<usize>,
}

/// Why a project has no schedule.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProjectFault {
    /// More than can be held.
    #[error("{count} {what}, at most {most} can be scheduled")]
    TooMany {
        /// Of what.
        what: &'static str,
        /// How many.
        count: u64,
        /// How many there may be.
        most: u64,
    },
    /// A job names one that is not there.
    #[error("job {job} has the successor {successor}, which does not exist")]
    Unknown {
        /// Counted from 0.
        job: usize,
        /// Counted from 0.
        successor: usize,
    },
    /// A job needs more of a resource than there is.
    #[error("job {job} needs {demand} of resource {resource}, of which there is {capacity}")]
    Demand {
        /// Counted from 0.
        job: usize,
        /// Counted from 0.
        resource: usize,
        /// What it needs.
        demand: u32,
        /// What there is.
        capacity: u32,
    },
    /// Jobs follow one another in a circle; one of them.
    #[error("job {0} comes after itself")]
    Circle(usize),
}

impl Project {
    /// Looks whether there is a schedule at all.
    ///
    /// # Errors
    ///
    /// The first reason why not.
    pub fn check(&self) -> Result<(), ProjectFault> {
        let total = self.jobs.iter().map(|job| u64::from(job.duration)).sum();
        let sizes = [
            ("jobs", self.jobs.len() as u64, MAX_JOBS as u64),
            ("periods of all jobs together", total, MAX_TOTAL),
        ];
        for (what, count, most) in sizes {
            if count > most {
                return Err(ProjectFault::TooMany { what, count, most });
            }
        }
        for (index, job) in self.jobs.iter().enumerate() {
            if let Some(successor) = job.successors.iter().find(|successor| **successor >= self.jobs.len()) {
                return Err(ProjectFault::Unknown { job: index, successor: *successor });
            }
            for (resource, demand) in job.demands.iter().enumerate() {
                let capacity = self.capacities.get(resource).copied().unwrap_or(0);
                if *demand > capacity {
                    return Err(ProjectFault::Demand { job: index, resource, demand: *demand, capacity });
                }
            }
        }
        self.order().map(|_| ())
    }

    /// The jobs in an order in which none stands before one that it follows.
    ///
    /// # Errors
    ///
    /// [`ProjectFault::Circle`] when there is none.
    fn order(&self) -> Result<Vec<usize>, ProjectFault> {
        let mut waits = vec![0u32; self.jobs.len()];
        for successor in self.jobs.iter().flat_map(|job| &job.successors) {
            waits[*successor] += 1;
        }
        let mut order: Vec<usize> = (0..self.jobs.len()).filter(|job| waits[*job] == 0).collect();
        let mut at = 0;
        while let Some(job) = order.get(at).copied() {
            at += 1;
            for successor in &self.jobs[job].successors {
                waits[*successor] -= 1;
                if waits[*successor] == 0 {
                    order.push(*successor);
                }
            }
        }
        match waits.iter().position(|count| *count > 0) {
            Some(job) => Err(ProjectFault::Circle(job)),
            None => Ok(order),
        }
    }

    /// No schedule is shorter: the longest chain of jobs, and each resource's work over its amount. 0 for a project without a schedule.
    #[must_use]
    pub fn lower_bound(&self) -> u32 {
        let Ok(order) = self.order() else { return 0 };
        let mut ends = vec![0u64; self.jobs.len()];
        let mut bound = 0;
        for job in order {
            ends[job] += u64::from(self.jobs[job].duration);
            bound = bound.max(ends[job]);
            for successor in &self.jobs[job].successors {
                ends[*successor] = ends[*successor].max(ends[job]);
            }
        }
        for (resource, capacity) in self.capacities.iter().enumerate() {
            let work = |job: &Job| {
                u64::from(job.duration) * u64::from(job.demands.get(resource).copied().unwrap_or(0))
            };
            let work: u64 = self.jobs.iter().map(work).sum();
            bound = bound.max(work.div_ceil(u64::from(*capacity).max(1)));
        }
        u32::try_from(bound).unwrap_or(u32::MAX)
    }

    /// Does a schedule keep every precedence and capacity? Looked at period by period, apart from the search.
    #[must_use]
    pub fn is_kept_by(&self, starts: &[u32]) -> bool {
        if starts.len() != self.jobs.len() {
            return false;
        }
        let end = |job: usize| starts[job] as usize + self.jobs[job].duration as usize;
        let in_order =
            |job: usize| self.jobs[job].successors.iter().all(|next| starts[*next] as usize >= end(job));
        let last = (0..starts.len()).map(end).max().unwrap_or(0);
        (0..starts.len()).all(in_order)
            && self.capacities.iter().enumerate().all(|(resource, capacity)| {
                let mut used = vec![0u64; last];
                for (job, given) in self.jobs.iter().enumerate() {
                    let demand = given.demands.get(resource).copied().unwrap_or(0);
                    used[starts[job] as usize..end(job)]
                        .iter_mut()
                        .for_each(|slot| *slot += u64::from(demand));
                }
                used.iter().all(|used| *used <= u64::from(*capacity))
            })
    }
}
