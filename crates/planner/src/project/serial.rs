use super::Project;
use super::room::Room;

/// Which way time runs: backward a job comes after its successors.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Way {
    Forward,
    Backward,
}

/// Places jobs one after the other, each as early as it fits (serial schedule generation), forward or backward.
pub(crate) struct Serial<R: Room> {
    room: R,
    durations: Vec<u32>,
    demands: Vec<R::Demand>,
    /// For each job its direct predecessors, then its successors.
    before: Neighbours,
    after: Neighbours,
    /// The jobs in an order of precedence.
    order: Vec<u32>,
    ends: Vec<u32>,
    buckets: Vec<u32>,
}

/// Lists of jobs one behind the other.
struct Neighbours {
    first: Vec<u32>,
    jobs: Vec<u32>,
}

impl Neighbours {
    fn new(count: usize, pairs: &mut Vec<(u32, u32)>) -> Self {
        pairs.sort_unstable();
        pairs.dedup();
        let mut first = vec![0; count + 1];
        for (job, _) in pairs.iter() {
            first[*job as usize + 1] += 1;
        }
        for at in 0..count {
            first[at + 1] += first[at];
        }
        Self { first, jobs: pairs.iter().map(|pair| pair.1).collect() }
    }

    fn of(&self, job: usize) -> &[u32] {
        &self.jobs[self.first[job] as usize..self.first[job + 1] as usize]
    }
}

impl<R: Room> Serial<R> {
    pub(crate) fn new(project: &Project, order: Vec<usize>, room: R) -> Self {
        let count = project.jobs.len();
        let pairs = || {
            let of = |(job, given): (usize, &super::Job)| {
                given.successors.iter().map(move |next| (job as u32, *next as u32)).collect::<Vec<_>>()
            };
            project.jobs.iter().enumerate().flat_map(of)
        };
        Self {
            durations: project.jobs.iter().map(|job| job.duration).collect(),
            demands: project.jobs.iter().map(|job| room.demand(&job.demands)).collect(),
            before: Neighbours::new(count, &mut pairs().map(|(a, b)| (b, a)).collect()),
            after: Neighbours::new(count, &mut pairs().collect()),
            order: order.into_iter().map(|job| job as u32).collect(),
            ends: vec![0; count],
            buckets: Vec::new(),
            room,
        }
    }

    pub(crate) fn count(&self) -> usize {
        self.durations.len()
    }

    pub(crate) fn duration(&self, job: usize) -> u32 {
        self.durations[job]
    }

    /// Direct predecessors; backward, successors.
    pub(crate) fn waits_for(&self, job: usize, way: Way) -> &[u32] {
        if way == Way::Forward { self.before.of(job) } else { self.after.of(job) }
    }

    /// Direct successors; backward, predecessors.
    pub(crate) fn followers(&self, job: usize, way: Way) -> &[u32] {
        if way == Way::Forward { self.after.of(job) } else { self.before.of(job) }
    }

    /// The latest starts that the longest chains allow, if the last job ends at the longest chain's end.
    pub(crate) fn latest_starts(&self) -> Vec<u32> {
        let mut tails = vec![0u32; self.count()];
        for job in self.order.iter().rev() {
            let job = *job as usize;
            let rest = self.after.of(job).iter().map(|next| tails[*next as usize]).max().unwrap_or(0);
            tails[job] = rest + self.durations[job];
        }
        let longest = tails.iter().copied().max().unwrap_or(0);
        tails.into_iter().map(|tail| longest - tail).collect()
    }

    /// Places all jobs in the order of a list in which none stands before one it waits for. Starts count from the schedule's own first
    /// period, backward from its end. Those of the first `kept` jobs of the list are taken as they are. Returns the length.
    pub(crate) fn run(&mut self, list: &[u32], kept: usize, way: Way, starts: &mut [u32]) -> u32 {
        self.room.reset();
        let mut length = 0;
        for (at, job) in list.iter().enumerate() {
            let job = *job as usize;
            let duration = self.durations[job];
            if at >= kept {
                let waits = if way == Way::Forward { self.before.of(job) } else { self.after.of(job) };
                let ready = waits.iter().map(|other| self.ends[*other as usize]).max().unwrap_or(0);
                starts[job] = if duration == 0 {
                    ready
                } else {
                    self.room.earliest(ready, duration, &self.demands[job])
                };
            }
            if duration > 0 {
                self.room.take(starts[job], duration, &self.demands[job]);
            }
            self.ends[job] = starts[job] + duration;
            length = length.max(self.ends[job]);
        }
        length
    }

    /// The jobs by rising time, those of one time in the order of precedence.
    pub(crate) fn by_time(&mut self, times: &[u32], way: Way, list: &mut Vec<u32>) {
        let last = times.iter().copied().max().unwrap_or(0) as usize;
        self.buckets.clear();
        self.buckets.resize(last + 2, 0);
        for time in times {
            self.buckets[*time as usize + 1] += 1;
        }
        for at in 0..=last {
            self.buckets[at + 1] += self.buckets[at];
        }
        list.resize(times.len(), 0);
        for at in 0..self.order.len() {
            let job = self.order[if way == Way::Forward { at } else { self.order.len() - 1 - at }];
            let place = &mut self.buckets[times[job as usize] as usize];
            list[*place as usize] = job;
            *place += 1;
        }
    }

    /// Turns starts of one way into starts of the other, in a schedule of this length.
    pub(crate) fn turn(&self, starts: &mut [u32], length: u32) {
        for (start, duration) in starts.iter_mut().zip(&self.durations) {
            *start = length - *start - duration;
        }
    }
}
