//! How the server does, as Prometheus reads it.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

/// Upper bounds of the classes that times are counted in, seconds.
const BOUNDS_S: [f64; 10] = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 2.0, 10.0];

#[derive(Default)]
struct Times {
    classes: [u64; BOUNDS_S.len()],
    count: u64,
    sum_s: f64,
}

/// Counts since the start.
#[derive(Default)]
pub(crate) struct Metrics {
    /// By route and status; routes are few, and unknown paths are one of them.
    answers: Mutex<BTreeMap<(&'static str, u16), u64>>,
    times: Mutex<BTreeMap<&'static str, Times>>,
    pub(crate) connections: AtomicUsize,
    pub(crate) streams: AtomicUsize,
    pub(crate) panics: AtomicU64,
    pub(crate) computed: AtomicU64,
}

/// What others know better than the counts.
pub(crate) struct Gauges {
    pub(crate) cached: (usize, usize),
    pub(crate) sessions: usize,
    pub(crate) up_s: u64,
}

impl Metrics {
    pub(crate) fn answered(&self, route: &'static str, status: u16, took_s: f64) {
        let mut answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        *answers.entry((route, status)).or_default() += 1;
        drop(answers);
        let mut times = self.times.lock().unwrap_or_else(PoisonError::into_inner);
        let times = times.entry(route).or_default();
        times.count += 1;
        times.sum_s += took_s;
        if let Some(class) = BOUNDS_S.iter().position(|bound| took_s <= *bound) {
            times.classes[class] += 1;
        }
    }

    pub(crate) fn text(&self, gauges: &Gauges) -> String {
        let mut text = String::from("# TYPE cupola_answers_total counter\n");
        let answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        for ((route, status), count) in &*answers {
            let _ = writeln!(text, "cupola_answers_total{{route=\"{route}\",status=\"{status}\"}} {count}");
        }
        drop(answers);
        text += "# TYPE cupola_answer_seconds histogram\n";
        let times = self.times.lock().unwrap_or_else(PoisonError::into_inner);
        for (route, times) in &*times {
            let mut sum = 0;
            for (bound, class) in BOUNDS_S.iter().zip(times.classes) {
                sum += class;
                let _ =
                    writeln!(text, "cupola_answer_seconds_bucket{{route=\"{route}\",le=\"{bound}\"}} {sum}");
            }
            let Times { count, sum_s, .. } = times;
            let _ = writeln!(text, "cupola_answer_seconds_bucket{{route=\"{route}\",le=\"+Inf\"}} {count}");
            let _ = writeln!(text, "cupola_answer_seconds_sum{{route=\"{route}\"}} {sum_s}");
            let _ = writeln!(text, "cupola_answer_seconds_count{{route=\"{route}\"}} {count}");
        }
        drop(times);
        let gauge = |text: &mut String, name: &str, kind: &str, value: u64| {
            let _ = writeln!(text, "# TYPE {name} {kind}\n{name} {value}");
        };
        let load = |count: &AtomicUsize| count.load(Ordering::Relaxed) as u64;
        gauge(&mut text, "cupola_connections", "gauge", load(&self.connections));
        gauge(&mut text, "cupola_streams", "gauge", load(&self.streams));
        gauge(&mut text, "cupola_sessions", "gauge", gauges.sessions as u64);
        gauge(&mut text, "cupola_cached_answers", "gauge", gauges.cached.0 as u64);
        gauge(&mut text, "cupola_cached_bytes", "gauge", gauges.cached.1 as u64);
        gauge(&mut text, "cupola_computed_total", "counter", self.computed.load(Ordering::Relaxed));
        gauge(&mut text, "cupola_panics_total", "counter", self.panics.load(Ordering::Relaxed));
        gauge(&mut text, "cupola_up_seconds", "gauge", gauges.up_s);
        text
    }
}
