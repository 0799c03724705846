//! What is known once a revolution: its number, the beta angle, the mean altitude.

use timeline::{Duration, Interval, Profile, ProfileError, Time, Unit};

use crate::light::beta_deg;
use crate::search::watch;
use crate::track::{Piece, Track};
use crate::{Globe, OrbitError};

/// A passage from south to north through the equator: where a revolution begins.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct AscendingNode {
    /// When.
    pub time: Time,
    /// Longitude of the sub-point, degrees, east positive, −180 to 180.
    pub longitude_deg: f64,
}

/// The ascending nodes of `station`, in order of time.
#[must_use]
pub fn ascending_nodes(station: &Track) -> Vec<AscendingNode> {
    let north = watch(station, station, |position_km, _| position_km.z);
    let begins = |at: Time| station.pieces().binary_search_by_key(&at, |piece| piece.start).is_ok();
    let node = |time: Time| {
        let position_km = station.state(time)?.position_km;
        Some(AscendingNode { time, longitude_deg: position_km.y.atan2(position_km.x).to_degrees() })
    };
    north.iter().map(Interval::start).filter(|&at| !begins(at)).filter_map(node).collect()
}

/// The number of the revolution over time, as element sets count: one more at each ascending node; `env.revolution`.
///
/// `number` is the revolution at `epoch`, which the track must cover: periods change too much to count nodes nobody
/// has seen. Catalogues like to put the epoch on the node itself, so a node within a fiftieth of a revolution after
/// it counts as passed.
///
/// # Errors
/// When the track does not cover the epoch.
pub fn revolutions(station: &Track, epoch: Time, number: u32) -> Result<Profile, OrbitError> {
    let source_name = || "numbered track".to_owned();
    let Some(domain) = covered(station) else {
        return Err(OrbitError::Empty { source_name: source_name(), needed: "a covered stretch" });
    };
    if !domain.contains(epoch) {
        return Err(OrbitError::OutsideSpan { source_name: source_name(), span: domain, time: epoch });
    }
    let nodes: Vec<Time> = ascending_nodes(station).iter().map(|node| node.time).collect();
    let revolution = nodes.windows(2).map(|pair| pair[1] - pair[0]).min().unwrap_or(Duration::ZERO);
    let passed = nodes.partition_point(|&node| node <= epoch + revolution / 50);
    let begun = f64::from(number) - passed as f64;
    let changes = nodes.iter().map(|&node| (node, 1.0));
    let profile = Profile::from_changes("env.revolution", Unit::NONE, domain, begun, changes);
    Ok(profile.expect("a count is finite"))
}

/// The beta angle over time in degrees, `env.beta_deg`: taken at each ascending node, joined by straight lines within
/// 0.01°.
///
/// The plane is the osculating one, which at the node leans from the mean plane by up to 0.03° in a low orbit. A gap of the
/// track is bridged by a line; where two pieces touch, as at a burn, the value jumps.
///
/// # Errors
/// When the tracks share less than two instants.
pub fn beta_profile(station: &Track, sun: &Track) -> Result<Profile, ProfileError> {
    beta_at_nodes(station, sun, &ascending_nodes(station))
}

/// The same with the nodes already found.
pub(crate) fn beta_at_nodes(
    station: &Track,
    sun: &Track,
    nodes: &[AscendingNode],
) -> Result<Profile, ProfileError> {
    let lines = station.pieces().iter().map(|piece| {
        let mut cursor = piece.cursor();
        let at = |time: Time| {
            let (position_km, velocity_km_s) = cursor.state((time - piece.start).seconds());
            Some((time, beta_deg(position_km, velocity_km_s, sun.state(time)?.position_km)))
        };
        let points: Vec<(Time, f64)> = beats(piece, nodes).into_iter().filter_map(at).collect();
        thinned(&points, 0.01)
    });
    along("env.beta_deg", Unit::DEGREE, lines)
}

/// The mean altitude of each revolution above the equatorial radius in km, `env.altitude_km`, joined by straight
/// lines within 0.05 km; over gaps and where pieces touch as in [`beta_profile`].
///
/// # Errors
/// When the track covers nothing.
pub fn altitude_profile(station: &Track) -> Result<Profile, ProfileError> {
    altitude_between_nodes(station, &ascending_nodes(station))
}

/// The same with the nodes already found.
pub(crate) fn altitude_between_nodes(
    station: &Track,
    nodes: &[AscendingNode],
) -> Result<Profile, ProfileError> {
    let lines = station.pieces().iter().map(|piece| thinned(&altitudes(piece, nodes), 0.05));
    along("env.altitude_km", Unit::KILOMETRE, lines)
}

/// The mean altitude of each revolution of a piece at its middle; at the ends of the piece that of the nearest.
fn altitudes(piece: &Piece, nodes: &[AscendingNode]) -> Vec<(Time, f64)> {
    let inside: Vec<f64> =
        nodes_of(piece, nodes).iter().map(|node| (node.time - piece.start).seconds()).collect();
    let means: Vec<(f64, f64)> = inside
        .windows(2)
        .map(|pair| ((pair[0] + pair[1]) / 2.0, mean_radius_km(piece, pair[0], pair[1])))
        .collect();
    let whole = || mean_radius_km(piece, 0.0, piece.length_s());
    let first = means.first().map_or_else(whole, |mean| mean.1);
    let last = means.last().map_or_else(whole, |mean| mean.1);
    let middles = means.iter().map(|&(at_s, radius_km)| (piece.time(at_s), radius_km));
    let knots = [(piece.start, first)].into_iter().chain(middles).chain([(piece.end, last)]);
    knots.map(|(time, radius_km)| (time, radius_km - Globe::WGS84.equatorial_km)).collect()
}

/// The mean distance from the Earth's centre between two times of a piece, at 32 equal steps.
fn mean_radius_km(piece: &Piece, from_s: f64, to_s: f64) -> f64 {
    const SAMPLES: u32 = 32;
    let mut cursor = piece.cursor();
    let at = |k: u32| from_s + (to_s - from_s) * (f64::from(k) + 0.5) / f64::from(SAMPLES);
    (0..SAMPLES).map(|k| cursor.position_km(at(k)).length()).sum::<f64>() / f64::from(SAMPLES)
}

/// The nodes that lie in a piece.
fn nodes_of<'a>(piece: &Piece, nodes: &'a [AscendingNode]) -> &'a [AscendingNode] {
    let first = nodes.partition_point(|node| node.time < piece.start);
    let after = nodes.partition_point(|node| node.time <= piece.end);
    &nodes[first..after]
}

/// The ends of a piece and its nodes, in order.
fn beats(piece: &Piece, nodes: &[AscendingNode]) -> Vec<Time> {
    let inside = nodes_of(piece, nodes).iter().map(|node| node.time);
    let mut beats: Vec<Time> = [piece.start].into_iter().chain(inside).chain([piece.end]).collect();
    beats.dedup();
    beats
}

/// A profile along one line of points for each piece: from piece to piece over a gap, with a jump where they touch.
fn along(
    name: &str,
    unit: Unit,
    lines: impl Iterator<Item = Vec<(Time, f64)>>,
) -> Result<Profile, ProfileError> {
    let points: Vec<(Time, f64)> = lines.flatten().collect();
    let ends = points.first().zip(points.last());
    let Some(domain) = ends.and_then(|(first, last)| Interval::new(first.0, last.0)) else {
        return Err(ProfileError::Empty { name: name.to_owned() });
    };
    let pairs = points.windows(2).map(|pair| (pair[0], pair[1]));
    let lasting = pairs.filter(|(from, to)| from.0 < to.0);
    let segments = lasting.map(|(from, to)| (from.0, from.1, (to.1 - from.1) / (to.0 - from.0).seconds()));
    Profile::linear(name, unit, domain, segments)
}

/// From the first instant a track knows to the last.
pub(crate) fn covered(track: &Track) -> Option<Interval> {
    let (first, last) = (track.pieces().first()?, track.pieces().last()?);
    Interval::new(first.start, last.end)
}

/// As few of `points` as keep all others within `tolerance` of the straight lines between those kept.
///
/// From each point kept, the slopes that pass every later point within the tolerance are narrowed until none is left;
/// the last point that could still be reached is kept next.
fn thinned(points: &[(Time, f64)], tolerance: f64) -> Vec<(Time, f64)> {
    let Some(&first) = points.first() else { return Vec::new() };
    let mut kept = vec![first];
    let (mut from, mut slopes) = (first, (f64::NEG_INFINITY, f64::INFINITY));
    let mut reached = None;
    for &point in &points[1..] {
        let slope = |value: f64| (value - from.1) / (point.0 - from.0).seconds();
        if let Some(last) = reached
            && !(slopes.0..=slopes.1).contains(&slope(point.1))
        {
            kept.push(last);
            (from, slopes) = (last, (f64::NEG_INFINITY, f64::INFINITY));
        }
        let slope = |value: f64| (value - from.1) / (point.0 - from.0).seconds();
        slopes = (slopes.0.max(slope(point.1 - tolerance)), slopes.1.min(slope(point.1 + tolerance)));
        reached = Some(point);
    }
    kept.extend(reached);
    kept
}
