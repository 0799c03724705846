//! What rules and requests look at beside a plan.

use std::collections::BTreeSet;

use book::Book;
use forecast::Forecast;
use rules::{Rule, Scene};
use sky::{SkyError, Trust, stretches};
use timeline::Interval;

/// What happens beside a plan: traffic, light and links, as far as anybody can tell and plans by it.
///
/// # Errors
/// When an element set of the book describes no orbit.
pub fn surroundings(book: &Book, span: Interval, rules: &[Rule]) -> Result<Scene, SkyError> {
    let needs = book.requests.iter().flat_map(|request| request.needs.iter().cloned());
    let names = names(rules).chain(needs).collect();
    let outlook = stretches(book, span, &names, Trust::TO_PLAN)?;
    let mut scene = scene::scene(book, None, outlook.profiles, span);
    scene.known = outlook.known;
    Ok(scene)
}

/// What happens in a span without any plan, as far as anybody can say that it was or will be so: with stocks, power and height where there
/// is a forecast.
///
/// # Errors
/// As of [`surroundings`].
pub fn everything(
    book: &Book,
    span: Interval,
    rules: &[Rule],
    forecast: Option<&Forecast>,
) -> Result<Scene, SkyError> {
    let names: BTreeSet<String> = names(rules).collect();
    let is_read = names.iter().any(|name| ["env.", "link."].iter().any(|group| name.starts_with(group)));
    let orbit = if is_read { Some(stretches(book, span, &names, Trust::TO_JUDGE)?) } else { None };
    let (mut profiles, mut known) = orbit.map(|orbit| (orbit.profiles, orbit.known)).unwrap_or_default();
    // The height that is forecast is known at all times, the one that is tracked near element sets only.
    if let Some(height) = forecast.and_then(|forecast| forecast.profile(HEIGHT)) {
        profiles.retain(|profile| profile.name() != height.name());
        known.remove(height.name());
    }
    let mut scene = scene::scene(book, forecast, profiles, span);
    scene.known = known;
    Ok(scene)
}

/// The height of the orbit, which the forecast reckons and element sets tell.
const HEIGHT: &str = "env.altitude_km";

fn names(rules: &[Rule]) -> impl Iterator<Item = String> {
    rules.iter().flat_map(Rule::profiles)
}
