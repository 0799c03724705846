//! `cupola export`: the orbit in formats that others read.

use anyhow::{Context, Result, bail, ensure};
use formats::Header;
use formats::oem::{Interpolation, Metadata, Oem, Segment, States, TimeSystem};
use orbit::{Eme2000, State};
use timeline::{Duration, Interval, Profile, Time};

use crate::answer::Answer;
use crate::args::MessageForm;
use crate::sky::Sky;

/// More states than this are refused: a month at one second is three million.
const MOST_STATES: i64 = 3_000_000;

/// States every `step` as an OEM in EME2000, the form of NASA's published trajectories.
pub(crate) fn oem(
    sky: &Sky<'_>,
    span: Interval,
    step: Duration,
    form: MessageForm,
    now: Time,
) -> Result<Answer> {
    let count = span.duration().nanoseconds() / step.nanoseconds() + 1;
    ensure!(
        count <= MOST_STATES,
        "{count} states are more than {MOST_STATES}; take a longer --step-s or a shorter span"
    );
    let mut states: Vec<State<Eme2000>> = Vec::new();
    for index in 0..count {
        states.push(eme2000(sky, span.start() + step * index)?);
    }
    if states.last().is_some_and(|last| last.time < span.end()) {
        states.push(eme2000(sky, span.end())?);
    }
    let station = sky.book();
    let metadata = Metadata {
        comments: Vec::new(),
        object_name: station.about.id.to_ascii_uppercase(),
        object_id: station.about.international_designator.clone(),
        time_system: TimeSystem::Utc,
        start: span.start(),
        stop: span.end(),
        useable_start: None,
        useable_stop: None,
        interpolation: Some(Interpolation { method: "HERMITE".to_owned(), degree: Some(7) }),
    };
    let mut comments = vec![format!("States from {}", sky.source(span.start()))];
    comments.extend(sky.warning(span.end()));
    let message = Oem {
        header: header(now),
        segments: vec![Segment { metadata, comments, states: States::Eme2000(states) }],
    };
    let text = match form {
        MessageForm::Kvn => formats::oem::write_kvn(&message)?,
        MessageForm::Xml => formats::oem::write_xml(&message)?,
        MessageForm::Json => bail!("an OEM has no JSON form; take --form kvn or --form xml"),
    };
    Ok(Answer::File(text))
}

fn eme2000(sky: &Sky<'_>, at: Time) -> Result<State<Eme2000>> {
    Ok(orbit::gcrf_to_eme2000(&orbit::teme_to_gcrf(&sky.state(at)?)))
}

/// The element set that answers for `at` as an OMM.
pub(crate) fn omm(sky: &Sky<'_>, at: Time, form: MessageForm, now: Time) -> Result<Answer> {
    let set =
        sky.element_set(at).context("a trajectory has no element set; name --tle or --omm, or no file")?;
    let sets = std::slice::from_ref(set);
    Ok(Answer::File(match form {
        MessageForm::Kvn => formats::omm::write_kvn(sets, &header(now))?,
        MessageForm::Xml => formats::omm::write_xml(sets, &header(now))?,
        MessageForm::Json => formats::omm::write_json(sets)?,
    }))
}

fn header(now: Time) -> Header {
    Header { comments: Vec::new(), created: now, originator: "CUPOLA".to_owned() }
}

/// Profiles as CSV, a row for each change: `profile,unit,start,end,value,slope_per_s`.
pub(crate) fn csv(profiles: &[Profile]) -> Answer {
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
    Answer::File(text)
}
