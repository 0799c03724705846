//! `cupola export`: the orbit in formats that others read.

use anyhow::{Context, Result, ensure};
use formats::Header;
use formats::oem::{Interpolation, Metadata, Oem, Segment, States, TimeSystem};
use orbit::{Eme2000, State};
use timeline::{Duration, Interval, Profile, Time};

use crate::answer::Answer;
use crate::args::{MessageForm, TrajectoryForm};
use sky::Sky;

/// More states than this are refused: a month at one second is three million.
const MOST_STATES: i64 = 3_000_000;

/// States every `step` as an OEM in EME2000, the form of NASA's published trajectories.
///
/// Each element set has a segment of its own, so that nobody interpolates from one into the next.
pub(crate) fn oem(
    sky: &Sky<'_>,
    span: Interval,
    step: Duration,
    form: TrajectoryForm,
    now: Time,
) -> Result<Answer> {
    let count = span.duration().nanoseconds() / step.nanoseconds() + 1;
    ensure!(
        count <= MOST_STATES,
        "{count} states are more than {MOST_STATES}; take a longer --step-s or a shorter span"
    );
    let stretches = sky.by_element_set(span);
    let segments =
        stretches.into_iter().map(|stretch| segment(sky, stretch, span, step)).collect::<Result<_>>()?;
    let message = Oem { header: header(now), segments };
    let text = match form {
        TrajectoryForm::Kvn => formats::oem::write_kvn(&message)?,
        TrajectoryForm::Xml => formats::oem::write_xml(&message)?,
    };
    Ok(Answer::File { text, note: sky.warning(sky.worst(span)) })
}

fn segment(sky: &Sky<'_>, stretch: Interval, whole: Interval, step: Duration) -> Result<Segment> {
    let mut states: Vec<State<Eme2000>> = Vec::new();
    let mut at = stretch.start();
    while at < stretch.end() {
        states.push(eme2000(sky, at)?);
        at = at + step;
    }
    // At a border the next element set may answer; a microsecond before it this one still does.
    let is_last = stretch.end() == whole.end();
    let last = if is_last { stretch.end() } else { stretch.end() - Duration::from_nanoseconds(1_000) };
    if states.last().is_some_and(|state| state.time < last) {
        states.push(eme2000(sky, last)?);
    }
    let middle = stretch.start() + stretch.duration() / 2;
    let about = &sky.book().about;
    let metadata = Metadata {
        comments: Vec::new(),
        object_name: about.id.to_ascii_uppercase(),
        object_id: about.international_designator.clone(),
        time_system: TimeSystem::Utc,
        start: stretch.start(),
        stop: last,
        useable_start: None,
        useable_stop: None,
        interpolation: Some(Interpolation { method: "HERMITE".to_owned(), degree: Some(7) }),
    };
    let mut comments = vec![format!("States from {}", sky.source(middle))];
    comments.extend(sky.warning(sky.worst(stretch)));
    Ok(Segment { metadata, comments, states: States::Eme2000(states) })
}

fn eme2000(sky: &Sky<'_>, at: Time) -> Result<State<Eme2000>> {
    Ok(orbit::gcrf_to_eme2000(&orbit::teme_to_gcrf(&sky.state(at)?)))
}

/// The element set that answers for `at` as an OMM.
pub(crate) fn omm(sky: &Sky<'_>, at: Time, form: MessageForm, now: Time) -> Result<Answer> {
    let set =
        sky.element_set(at).context("a trajectory has no element set; name --tle or --omm, or no file")?;
    let sets = std::slice::from_ref(set);
    let text = match form {
        MessageForm::Kvn => formats::omm::write_kvn(sets, &header(now))?,
        MessageForm::Xml => formats::omm::write_xml(sets, &header(now))?,
        MessageForm::Json => formats::omm::write_json(sets)?,
    };
    Ok(Answer::File { text, note: None })
}

fn header(now: Time) -> Header {
    Header { comments: Vec::new(), created: now, originator: "CUPOLA".to_owned() }
}

/// Profiles as CSV, a row for each change: `profile,unit,start,end,value,slope_per_s`.
pub(crate) fn csv(profiles: &[Profile], note: Option<String>) -> Answer {
    let mut text = String::from("profile,unit,start,end,value,slope_per_s\n");
    for profile in profiles {
        for segment in profile.segments() {
            let during = segment.interval();
            text += &format!(
                "{},{},{},{},{},{}\n",
                profile.name(),
                profile.unit(),
                during.start(),
                during.end(),
                segment.value_at(during.start()),
                segment.slope_per_s,
            );
        }
    }
    Answer::File { text, note }
}
