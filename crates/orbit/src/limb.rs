use glam::DVec3;

/// The body that hides things: a sphere, or an ellipsoid of revolution about the polar axis.
///
/// What an ellipsoid hides is found in coordinates stretched along the axis until it is a sphere: lines stay lines,
/// so tangents stay tangents.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Globe {
    /// Equatorial radius, km.
    pub equatorial_km: f64,
    /// Equatorial by polar radius; 1 for a sphere.
    pub stretch: f64,
}

impl Globe {
    /// The Earth's ellipsoid of WGS 84 (NIMA TR8350.2, table 3.1), without air.
    pub const WGS84: Self = Self { equatorial_km: 6_378.137, stretch: 1.0 / (1.0 - 1.0 / 298.257_223_563) };

    /// The Earth as it casts its shadow: a sphere of the equatorial radius of WGS 84.
    ///
    /// The ellipsoid alone would be up to 21 km smaller towards the poles, but light does not pass the lowest 10 to 20 km of air
    /// (quality: recalled), so the sphere is nearer to what is seen; Vallado and Skyfield use it too.
    pub const SHADOW: Self = Self::sphere(6_378.137);

    /// A sphere.
    #[must_use]
    pub const fn sphere(radius_km: f64) -> Self {
        Self { equatorial_km: radius_km, stretch: 1.0 }
    }

    /// The same body under a layer that light or radio does not pass, such as dense air; `height_km` may be negative.
    #[must_use]
    pub fn raised(self, height_km: f64) -> Self {
        Self { equatorial_km: self.equatorial_km + height_km, ..self }
    }

    /// The same position, stretched along the axis until the globe is a sphere of the equatorial radius.
    fn stretched(self, position_km: DVec3) -> DVec3 {
        DVec3::new(position_km.x, position_km.y, position_km.z * self.stretch)
    }

    /// How deep `target_km` is hidden from `from_km`, both from the globe's centre: positive while hidden.
    ///
    /// The cosine of the angle between the target and the globe's centre, less that cosine where the part of `disc` that
    /// counts touches the limb: smooth, so that its zeros can be found. The target stands beyond the globe when hidden.
    pub(crate) fn hides(self, from_km: DVec3, target_km: DVec3, disc: Disc) -> f64 {
        let from = self.stretched(from_km);
        let sight = self.stretched(target_km) - from;
        let (radius_km, distance_km) = (from.length(), sight.length());
        let sin_globe = (self.equatorial_km / radius_km).min(1.0);
        let cos_globe = (1.0 - sin_globe * sin_globe).sqrt();
        let cos_apart = -from.dot(sight) / (radius_km * distance_km);
        let cos_touching = match disc {
            Disc::Point => cos_globe,
            Disc::Whole { radius_km } if sin_globe <= radius_km / distance_km => return -1.0,
            Disc::Whole { radius_km } => touching(sin_globe, cos_globe, radius_km / distance_km),
            Disc::Any { radius_km } => touching(sin_globe, cos_globe, -radius_km / distance_km),
        };
        cos_apart - cos_touching
    }
}

/// How much of what is looked at must be hidden.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) enum Disc {
    /// Its centre.
    Point,
    /// All of a disc of that radius.
    Whole { radius_km: f64 },
    /// Any part of a disc of that radius.
    Any { radius_km: f64 },
}

/// The cosine of the globe's angular radius less that of the disc; a negative sine adds it.
fn touching(sin_globe: f64, cos_globe: f64, sin_disc: f64) -> f64 {
    cos_globe * (1.0 - sin_disc * sin_disc).sqrt() + sin_globe * sin_disc
}
