//! The orbit: states, track, light, links and passes.

use facts::state::FrameName;
use facts::{bounded, contacts, events, passes, place, state, track};
use record::Word;
use serde_json::Value;
use sky::Sky;
use timeline::{Duration, Interval};

use crate::problem::Problem;
use crate::route::Question;

/// Longer lists are asked for in parts.
const LONGEST_DAYS: f64 = 400.0;

/// The elevation that counts for people who look, degrees.
const USUAL_MASK_DEG: f64 = 10.0;

fn sky<'a>(asked: &Question<'a>) -> Result<Sky<'a>, Problem> {
    Ok(Sky::of_book(&asked.app.book).map_err(facts::FactsError::from)?)
}

/// The span that was said, or one from the nearest moment that the orbit is known well.
fn span(asked: &Question<'_>, sky: &Sky<'_>, long: Duration) -> Result<Interval, Problem> {
    let span = asked.query.span(sky.best_known(asked.now), long)?;
    bounded(span, LONGEST_DAYS)?;
    Ok(span)
}

pub(crate) fn state(asked: &Question<'_>) -> Result<Value, Problem> {
    let sky = sky(asked)?;
    let at = asked.query.time("at").unwrap_or_else(|| sky.best_known(asked.now));
    let frame = asked.query.text("frame").and_then(FrameName::from_word).unwrap_or(FrameName::Gcrf);
    Ok(state::state(&sky, at, frame)?.json())
}

pub(crate) fn track(asked: &Question<'_>) -> Result<Value, Problem> {
    let sky = sky(asked)?;
    let span = span(asked, &sky, Duration::DAY)?;
    let step = Duration::from_seconds(asked.query.number("step_s").unwrap_or(60.0));
    Ok(track::track(&sky, span, step)?.json())
}

pub(crate) fn events(asked: &Question<'_>) -> Result<Value, Problem> {
    let sky = sky(asked)?;
    Ok(events::events(&sky, span(asked, &sky, Duration::DAY)?, &asked.query.texts("kind"))?.json())
}

pub(crate) fn contacts(asked: &Question<'_>) -> Result<Value, Problem> {
    let sky = sky(asked)?;
    let sites = place::sites(&asked.app.book, &asked.query.texts("site"), asked.query.number("mask_deg"))?;
    Ok(contacts::contacts(&sky, span(asked, &sky, Duration::DAY)?, sites)?.json())
}

pub(crate) fn passes(asked: &Question<'_>) -> Result<Value, Problem> {
    let (book, query) = (&asked.app.book, asked.query);
    let mask_deg = query.number("mask_deg").unwrap_or(USUAL_MASK_DEG);
    let (site, name) = match (query.text("site"), query.number("lat_deg"), query.number("lon_deg")) {
        (Some(id), None, None) => {
            let site = place::site(book, id)?;
            (sky::site_of(site, Some(mask_deg)), site.name.clone())
        }
        (None, Some(lat), Some(lon)) => {
            place::spot(lat, lon, query.number("height_m").unwrap_or(0.0), mask_deg)
        }
        (Some(_), _, _) => {
            return Err(Problem::bad("a site is said beside a latitude or longitude", "query.site")
                .mend("say `site` alone, or `lat_deg` and `lon_deg`"));
        }
        (None, _, _) => {
            return Err(Problem::bad("passes need a place", "query")
                .mend("say site=paris, or lat_deg=48.86&lon_deg=2.35"));
        }
    };
    let sky = sky(asked)?;
    let span = span(asked, &sky, Duration::DAY * 7)?;
    Ok(passes::passes(&sky, span, site, name, &place::seeing(book))?.json())
}
