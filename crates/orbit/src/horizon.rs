//! A place on the Earth and the sky above it.

use glam::DVec3;
use timeline::Time;

use crate::Geodetic;
use crate::track::Motion;

/// A place on the Earth, on the WGS 84 ellipsoid.
#[derive(Clone, PartialEq, Debug)]
pub struct Site {
    /// Its id, such as `houston`.
    pub id: String,
    /// Geodetic latitude, degrees, north positive.
    pub latitude_deg: f64,
    /// Longitude, degrees, east positive.
    pub longitude_deg: f64,
    /// Height above the ellipsoid, metres.
    pub height_m: f64,
    /// The lowest elevation that counts, degrees.
    pub mask_deg: f64,
}

/// Where a spacecraft stands in a site's sky.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Aspect {
    /// When.
    pub time: Time,
    /// Direction along the horizon, degrees from north over east, 0 to 360.
    pub azimuth_deg: f64,
    /// Height above the horizon, degrees, without refraction.
    pub elevation_deg: f64,
    /// Distance, km.
    pub range_km: f64,
}

/// A site's horizon: the vectors that turn a position into azimuth and elevation.
pub(crate) struct Horizon {
    pub(crate) position_km: DVec3,
    up: DVec3,
    east: DVec3,
    north: DVec3,
    /// Unit vector from the Earth's centre.
    pub(crate) toward: DVec3,
    pub(crate) sin_mask: f64,
}

impl Horizon {
    pub(crate) fn new(site: &Site) -> Self {
        let (sin_lat, cos_lat) = site.latitude_deg.to_radians().sin_cos();
        let (sin_lon, cos_lon) = site.longitude_deg.to_radians().sin_cos();
        let Site { latitude_deg, longitude_deg, height_m, .. } = *site;
        let position_km =
            Geodetic { latitude_deg, longitude_deg, height_km: height_m / 1_000.0 }.position_km();
        Self {
            position_km,
            up: DVec3::new(cos_lat * cos_lon, cos_lat * sin_lon, sin_lat),
            east: DVec3::new(-sin_lon, cos_lon, 0.0),
            north: DVec3::new(-sin_lat * cos_lon, -sin_lat * sin_lon, cos_lat),
            toward: position_km.normalize(),
            sin_mask: site.mask_deg.to_radians().sin(),
        }
    }

    /// The sine of the elevation of something at `position_km`.
    pub(crate) fn sin_elevation(&self, position_km: DVec3) -> f64 {
        let sight = position_km - self.position_km;
        self.up.dot(sight) / sight.length()
    }

    /// How something moves through the sky.
    pub(crate) fn course(&self, (position_km, velocity_km_s): (DVec3, DVec3)) -> Course {
        let sight = position_km - self.position_km;
        let range_km = sight.length();
        let height_km = self.up.dot(sight);
        let climb_km_s = self.up.dot(velocity_km_s);
        let leave_km2_s = sight.dot(velocity_km_s);
        Course { range_km, height_km, climb_km_s, leave_km2_s }
    }

    /// Where something at `position_km` stands in the sky.
    pub(crate) fn aspect(&self, time: Time, position_km: DVec3) -> Aspect {
        let sight = position_km - self.position_km;
        let range_km = sight.length();
        let azimuth_deg = self.east.dot(sight).atan2(self.north.dot(sight)).to_degrees();
        Aspect {
            time,
            azimuth_deg: if azimuth_deg < 0.0 { azimuth_deg + 360.0 } else { azimuth_deg },
            elevation_deg: (self.up.dot(sight) / range_km).clamp(-1.0, 1.0).asin().to_degrees(),
            range_km,
        }
    }

    /// The angle at the Earth's centre beyond which nothing lower than `radius_km` is above the mask, radians.
    ///
    /// Exact on a sphere through the site; the vertical leans from it by up to 0.193° (0.0034 rad), which is added.
    pub(crate) fn reach_rad(&self, radius_km: f64) -> f64 {
        const LEAN_RAD: f64 = 0.0034;
        let mask_rad = self.sin_mask.asin() - LEAN_RAD;
        let cos = self.position_km.length() * mask_rad.cos() / radius_km;
        cos.clamp(-1.0, 1.0).acos() - mask_rad
    }
}

/// How something moves through a site's sky.
#[derive(Clone, Copy)]
pub(crate) struct Course {
    pub(crate) range_km: f64,
    /// Height above the horizontal plane.
    height_km: f64,
    climb_km_s: f64,
    /// Range times its rate.
    pub(crate) leave_km2_s: f64,
}

impl Course {
    pub(crate) fn sin_elevation(&self) -> f64 {
        self.height_km / self.range_km
    }

    /// Positive above the mask: the height above the cone of the mask, km.
    pub(crate) fn above_km(&self, sin_mask: f64) -> f64 {
        self.height_km - sin_mask * self.range_km
    }

    /// The rate of that, km/s.
    pub(crate) fn above_rate_km_s(&self, sin_mask: f64) -> f64 {
        self.climb_km_s - sin_mask * self.leave_km2_s / self.range_km
    }

    /// Positive while the elevation grows: the rate of its sine times the cube of the range, km³/s.
    pub(crate) fn rising_km3_s(&self) -> f64 {
        self.climb_km_s * self.range_km * self.range_km - self.height_km * self.leave_km2_s
    }

    /// The rate of [`Course::rising_km3_s`], for something that moves as `motion` above a horizon.
    pub(crate) fn rising_rate_km3_s2(&self, horizon: &Horizon, motion: &Motion) -> f64 {
        let sight = motion.position_km - horizon.position_km;
        let leave_rate_km2_s2 = motion.velocity_km_s.length_squared() + sight.dot(motion.acceleration_km_s2);
        let climb_rate_km_s2 = horizon.up.dot(motion.acceleration_km_s2);
        climb_rate_km_s2 * self.range_km * self.range_km + self.climb_km_s * self.leave_km2_s
            - self.height_km * leave_rate_km2_s2
    }
}
