//! The South Atlantic Anomaly, where the inner radiation belt comes down to low orbits.

use glam::DVec3;
use timeline::Window;

use crate::search::{Sample, intervals, knots, positive};
use crate::track::Track;

/// An oval on the map where radiation is high: an ellipse in longitude and latitude seen from the Earth's centre.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Anomaly {
    /// Latitude of its middle, degrees.
    pub latitude_deg: f64,
    /// Longitude of its middle, degrees, east positive.
    pub longitude_deg: f64,
    /// From the middle to its northern and southern ends, degrees.
    pub half_height_deg: f64,
    /// From the middle to its eastern and western ends along the parallel, degrees of longitude.
    pub half_width_deg: f64,
}

impl Anomaly {
    /// The oval inscribed in the published extent at about 500 km: 50° S to 0° and 90° W to 40° E.
    ///
    /// Source of the extent: NASA Goddard, "Ask an Astrophysicist", 4 October 1996, as others quote it (quality: recalled). That its
    /// shape is an ellipse and that it fits other heights and years is ours (quality: assumed); its fiercest part has
    /// since drifted west by about 0.3° a year.
    pub const GODDARD_1996: Self =
        Self { latitude_deg: -25.0, longitude_deg: -25.0, half_height_deg: 25.0, half_width_deg: 65.0 };
}

/// When `station` is over `anomaly`.
#[must_use]
pub fn anomaly_passages(station: &Track, anomaly: &Anomaly) -> Window {
    let middle = direction(anomaly.latitude_deg, anomaly.longitude_deg);
    let reach_rad = anomaly.reach_rad(middle);
    let mut found = Vec::new();
    for piece in station.pieces() {
        let mut cursor = piece.cursor();
        for steps in piece.steps_near(middle, reach_rad) {
            let (from_s, to_s) = (steps.start as f64 * piece.step_s, steps.end as f64 * piece.step_s);
            let inside = |t: f64| anomaly.inside(cursor.position_km(t));
            let samples: Vec<Sample> =
                knots(piece, from_s, to_s).map(|(t, position_km)| (t, anomaly.inside(position_km))).collect();
            found.extend(intervals(piece, &positive(&samples, inside)));
        }
    }
    Window::from_intervals(found)
}

impl Anomaly {
    /// 1 in the middle, 0 on the edge, negative outside; for a position in ITRF, by geocentric latitude.
    fn inside(&self, position_km: DVec3) -> f64 {
        let latitude_deg = (position_km.z / position_km.length()).asin().to_degrees();
        let east_deg = position_km.y.atan2(position_km.x).to_degrees() - self.longitude_deg;
        let east_deg = east_deg - 360.0 * (east_deg / 360.0).round();
        let (u, v) =
            (east_deg / self.half_width_deg, (latitude_deg - self.latitude_deg) / self.half_height_deg);
        1.0 - u * u - v * v
    }

    /// The greatest angle from the middle to the edge, radians; a degree more than at 360 points of the edge.
    fn reach_rad(&self, middle: DVec3) -> f64 {
        let edge = (0..360).map(|degree| {
            let (sin, cos) = f64::from(degree).to_radians().sin_cos();
            let latitude_deg = (self.latitude_deg + self.half_height_deg * sin).clamp(-90.0, 90.0);
            middle.angle_between(direction(latitude_deg, self.longitude_deg + self.half_width_deg * cos))
        });
        edge.fold(0.0, f64::max) + 1.0_f64.to_radians()
    }
}

fn direction(latitude_deg: f64, longitude_deg: f64) -> DVec3 {
    let (sin_lat, cos_lat) = latitude_deg.to_radians().sin_cos();
    let (sin_lon, cos_lon) = longitude_deg.to_radians().sin_cos();
    DVec3::new(cos_lat * cos_lon, cos_lat * sin_lon, sin_lat)
}
