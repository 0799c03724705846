use glam::DVec3;

use crate::Globe;

/// A place by its geodetic coordinates on the WGS-84 ellipsoid.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Geodetic {
    /// Latitude, degrees, north positive.
    pub latitude_deg: f64,
    /// Longitude, degrees, east positive, from −180 to 180.
    pub longitude_deg: f64,
    /// Height above the ellipsoid, km.
    pub height_km: f64,
}

const EQUATOR_KM: f64 = Globe::WGS84.equatorial_km;
/// Polar by equatorial radius.
const SHRINK: f64 = 1.0 / Globe::WGS84.stretch;

impl Geodetic {
    /// The place's position in ITRF, km.
    ///
    /// ```
    /// # use orbit::Geodetic;
    /// let pole = Geodetic { latitude_deg: 90.0, longitude_deg: 0.0, height_km: 0.0 };
    /// assert!((pole.position_km().z - 6356.752314245).abs() < 1e-9);
    /// ```
    #[must_use]
    pub fn position_km(self) -> DVec3 {
        let (sin_lat, cos_lat) = self.latitude_deg.to_radians().sin_cos();
        let (sin_lon, cos_lon) = self.longitude_deg.to_radians().sin_cos();
        let squash = SHRINK * SHRINK;
        let normal_km = EQUATOR_KM / (cos_lat * cos_lat + squash * sin_lat * sin_lat).sqrt();
        let from_axis_km = (normal_km + self.height_km) * cos_lat;
        DVec3::new(
            from_axis_km * cos_lon,
            from_axis_km * sin_lon,
            (squash * normal_km + self.height_km) * sin_lat,
        )
    }

    /// The coordinates of a position in ITRF.
    ///
    /// Bowring's iteration on the reduced latitude (Survey Review 181, 1976), good to a nanometre from 100 km under the
    /// surface to beyond the Moon; nearer to the centre of the Earth geodetic latitude loses its meaning.
    #[must_use]
    pub fn of(position_km: DVec3) -> Self {
        const ROUNDS: usize = 4;
        let polar_km = EQUATOR_KM * SHRINK;
        let eccentricity2 = 1.0 - SHRINK * SHRINK;
        let from_axis_km = position_km.x.hypot(position_km.y);
        let mut reduced = position_km.z.atan2(SHRINK * from_axis_km);
        let mut latitude = reduced;
        for _ in 0..ROUNDS {
            let (sin, cos) = reduced.sin_cos();
            latitude = (position_km.z + eccentricity2 / (1.0 - eccentricity2) * polar_km * sin.powi(3))
                .atan2(from_axis_km - eccentricity2 * EQUATOR_KM * cos.powi(3));
            reduced = (SHRINK * latitude.sin()).atan2(latitude.cos());
        }
        let (sin, cos) = reduced.sin_cos();
        let above_axis_km = from_axis_km - EQUATOR_KM * cos;
        let above_plane_km = position_km.z - polar_km * sin;
        let height_km = above_axis_km * latitude.cos() + above_plane_km * latitude.sin();
        let longitude = position_km.y.atan2(position_km.x);
        Self { latitude_deg: latitude.to_degrees(), longitude_deg: longitude.to_degrees(), height_km }
    }
}
