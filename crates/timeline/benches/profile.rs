//! Speed of the profile algebra, on profiles of 100,000 segments (a year with a change every five minutes) and of 5,000.
//!
//! `cargo bench -p timeline`. Throughput counts the segments that are read, of both profiles. A large result pays for fresh
//! memory from the operating system, which a small one does not: the smaller size shows the algebra itself.

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use timeline::{Duration, Interval, Profile, Time, Unit, Window};

fn main() {
    divan::main();
}

const SEGMENTS: [usize; 2] = [5_000, 100_000];

/// Starts some five minutes apart, never at a place that a processor could guess.
fn starts(segments: usize, seed: u64) -> Vec<Time> {
    let mut numbers = Numbers(seed);
    let gap = move || Duration::from_nanoseconds(1 + (numbers.next() % 600_000_000_000) as i64);
    let later = |time: &mut Time, gap: Duration| {
        let start = *time;
        *time = start + gap;
        Some(start)
    };
    std::iter::repeat_with(gap).take(segments).scan(Time::EPOCH, later).collect()
}

fn domain(starts: &[Time]) -> Interval {
    Interval::new(starts[0], starts[starts.len() - 1] + Duration::MINUTE).expect("starts are in order")
}

fn step(segments: usize, seed: u64) -> Profile {
    let (starts, mut numbers) = (starts(segments, seed), Numbers(!seed));
    let values = starts.iter().map(|&start| (start, (numbers.next() % 1_000) as f64));
    Profile::step("step", Unit::KILOWATT, domain(&starts), values).expect("starts are in order")
}

fn linear(segments: usize, seed: u64) -> Profile {
    let (starts, mut numbers) = (starts(segments, seed), Numbers(!seed));
    let points = starts.iter().map(|&start| (start, (numbers.next() % 1_000) as f64));
    Profile::through("linear", Unit::KILOWATT, points).expect("starts are in order")
}

fn window(segments: usize, seed: u64) -> Window {
    let starts = starts(segments, seed);
    starts.windows(2).step_by(2).filter_map(|pair| Interval::new(pair[0], pair[1])).collect()
}

/// Two step profiles into one by a function of both values.
#[divan::bench(args = SEGMENTS)]
fn combine_steps(bencher: Bencher, segments: usize) {
    let (a, b) = (step(segments, 1), step(segments, 2));
    let combined = || black_box(&a).combine(black_box(&b), Unit::KILOWATT, |a, b| a.max(b) + 1.0);
    bencher.counter(ItemsCount::new(2 * segments)).bench(combined);
}

/// The same where both change at the same times.
#[divan::bench(args = SEGMENTS)]
fn combine_steps_in_time(bencher: Bencher, segments: usize) {
    let a = step(segments, 1);
    let b = a.scale(2.0).expect("finite");
    let combined = || black_box(&a).combine(black_box(&b), Unit::KILOWATT, |a, b| a.max(b) + 1.0);
    bencher.counter(ItemsCount::new(2 * segments)).bench(combined);
}

#[divan::bench(args = SEGMENTS)]
fn add_steps(bencher: Bencher, segments: usize) {
    let (a, b) = (step(segments, 1), step(segments, 2));
    bencher.counter(ItemsCount::new(2 * segments)).bench(|| black_box(&a).add(black_box(&b)));
}

#[divan::bench(args = SEGMENTS)]
fn add_lines(bencher: Bencher, segments: usize) {
    let (a, b) = (linear(segments, 1), linear(segments, 2));
    bencher.counter(ItemsCount::new(2 * segments)).bench(|| black_box(&a).add(black_box(&b)));
}

#[divan::bench(args = SEGMENTS)]
fn min_of_lines(bencher: Bencher, segments: usize) {
    let (a, b) = (linear(segments, 1), linear(segments, 2));
    bencher.counter(ItemsCount::new(2 * segments)).bench(|| black_box(&a).min(black_box(&b)));
}

/// Windows of half as many intervals each.
#[divan::bench(args = SEGMENTS)]
fn and_of_windows(bencher: Bencher, segments: usize) {
    let (a, b) = (window(segments, 1), window(segments, 2));
    let intervals = a.intervals().len() + b.intervals().len();
    bencher.counter(ItemsCount::new(intervals)).bench(|| black_box(&a).and(black_box(&b)));
}

#[divan::bench(args = SEGMENTS)]
fn or_of_windows(bencher: Bencher, segments: usize) {
    let (a, b) = (window(segments, 1), window(segments, 2));
    let intervals = a.intervals().len() + b.intervals().len();
    bencher.counter(ItemsCount::new(intervals)).bench(|| black_box(&a).or(black_box(&b)));
}

#[divan::bench(args = SEGMENTS)]
fn compare_steps(bencher: Bencher, segments: usize) {
    let a = step(segments, 1);
    bencher.counter(ItemsCount::new(segments)).bench(|| black_box(&a).above(500.0));
}

/// About every second line crosses the level, and each crossing is found to the nanosecond.
#[divan::bench(args = SEGMENTS)]
fn compare_lines(bencher: Bencher, segments: usize) {
    let a = linear(segments, 1);
    bencher.counter(ItemsCount::new(segments)).bench(|| black_box(&a).above(500.0));
}

#[divan::bench(args = SEGMENTS)]
fn integral_of_steps(bencher: Bencher, segments: usize) {
    let a = step(segments, 1);
    bencher.counter(ItemsCount::new(segments)).bench(|| black_box(&a).integral(Interval::ALWAYS));
}

#[divan::bench(args = SEGMENTS)]
fn integral_of_lines(bencher: Bencher, segments: usize) {
    let a = linear(segments, 1);
    bencher.counter(ItemsCount::new(segments)).bench(|| black_box(&a).integral(Interval::ALWAYS));
}

#[divan::bench(args = SEGMENTS)]
fn minimum_of_lines(bencher: Bencher, segments: usize) {
    let a = linear(segments, 1);
    bencher.counter(ItemsCount::new(segments)).bench(|| black_box(&a).minimum(Interval::ALWAYS));
}

/// To the columns of a wide screen.
#[divan::bench(args = SEGMENTS)]
fn resample_for_plot(bencher: Bencher, segments: usize) {
    let a = linear(segments, 1);
    bencher.counter(ItemsCount::new(segments)).bench(|| black_box(&a).resample_for_plot(a.domain(), 2_000));
}

/// One value at a random time, by binary search; throughput counts values.
#[divan::bench(args = SEGMENTS)]
fn at_random_times(bencher: Bencher, segments: usize) {
    let a = linear(segments, 1);
    let times = random_times(&a);
    let sum = || times.iter().filter_map(|&time| black_box(&a).at(time)).sum::<f64>();
    bencher.counter(ItemsCount::new(times.len())).bench(sum);
}

/// The same times in order, by cursor; throughput counts values.
#[divan::bench(args = SEGMENTS)]
fn cursor_at_times_in_order(bencher: Bencher, segments: usize) {
    let a = linear(segments, 1);
    let mut times = random_times(&a);
    times.sort_unstable();
    let sum = || {
        let mut cursor = black_box(&a).cursor();
        times.iter().filter_map(|&time| cursor.at(time)).sum::<f64>()
    };
    bencher.counter(ItemsCount::new(times.len())).bench(sum);
}

fn random_times(profile: &Profile) -> Vec<Time> {
    let mut numbers = Numbers(3);
    let (start, length) = (profile.domain().start(), profile.domain().duration());
    let random = || start + Duration::from_nanoseconds((numbers.next() % length.nanoseconds() as u64) as i64);
    std::iter::repeat_with(random).take(100_000).collect()
}

/// SplitMix64 (Steele, Lea and Flood, OOPSLA 2014): the same numbers on every run.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}
