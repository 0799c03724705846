use timeline::Time;

/// A general-perturbations element set: mean elements of the SGP4 theory, as catalogues publish them.
///
/// Elements are in TEME of epoch. Meaning of each: CCSDS 502.0-B-3 (Orbit Data Messages), tables 4-2 and 4-3.
#[derive(Clone, PartialEq, Debug)]
pub struct ElementSet {
    /// Name of the object, such as `ISS (ZARYA)`.
    pub name: String,
    /// International designator `1998-067A`; empty when not known.
    pub designator: String,
    /// Number in the satellite catalogue.
    pub catalogue_number: u32,
    /// `U` unclassified, `C`, `S`.
    pub classification: char,
    /// When the elements hold.
    pub epoch: Time,
    /// Mean motion, revolutions a day (Kozai's, as SGP4 wants it).
    pub mean_motion_rev_day: f64,
    /// Eccentricity.
    pub eccentricity: f64,
    /// Inclination, degrees.
    pub inclination_deg: f64,
    /// Right ascension of the ascending node, degrees.
    pub raan_deg: f64,
    /// Argument of perigee, degrees.
    pub perigee_deg: f64,
    /// Mean anomaly, degrees.
    pub mean_anomaly_deg: f64,
    /// SGP4 drag term B*, per Earth radius.
    pub bstar: f64,
    /// First derivative of the mean motion divided by two, revolutions a day².
    pub mean_motion_dot: f64,
    /// Second derivative of the mean motion divided by six, revolutions a day³.
    pub mean_motion_ddot: f64,
    /// Running number of the set.
    pub element_set_number: u32,
    /// Revolution number at epoch.
    pub revolution: u32,
}
