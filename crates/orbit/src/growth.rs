use timeline::Duration;

/// How an error grows with the age of the data behind it: values at some ages, joined by straight lines.
///
/// The shipped ones are of one object, the space station, about 400 km up, where the air's drag and the station's own
/// reboosts make nearly all of the error. An object without drag keeps its place far longer, one lower down loses it sooner:
/// measure it and say so with [`Growth::new`].
///
/// ```
/// use orbit::Growth;
/// use timeline::Duration;
/// assert_eq!(Growth::STATION_SETS_KM.after(Duration::DAY * 3), 10.0);
/// ```
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Growth(&'static [(f64, f64)]);

impl Growth {
    /// Distance from where SGP4 puts the station, by the age of its element set, km along the track; 68 of 100 are nearer.
    ///
    /// Measured on the station's 143 published sets of 1998–2026, each propagated to the epochs of later ones: the test
    /// `element_sets` of the crate `book` repeats it, `docs/benchmarks.md` has the table. Backwards in time is no worse. The
    /// first value is of sets against NASA's trajectories of the same day, 0.65 to 1.7 km. The last, reached after two months, is that
    /// of a place anywhere on the orbit.
    pub const STATION_SETS_KM: Self = Self(&[
        (0.0, 1.2),
        (1.0, 2.0),
        (3.0, 10.0),
        (5.0, 45.0),
        (10.0, 220.0),
        (23.0, 6_000.0),
        (60.0, 14_500.0),
        (1_000.0, 14_500.0),
    ]);

    /// Error of the station's mean height by SGP4, by the age of its element set, km; measured as [`Growth::STATION_SETS_KM`].
    pub const STATION_HEIGHT_KM: Self = Self(&[
        (0.0, 0.01),
        (1.5, 0.02),
        (3.0, 0.05),
        (5.0, 0.13),
        (10.0, 0.6),
        (23.0, 4.0),
        (90.0, 4.5),
        (150.0, 10.0),
        (210.0, 28.0),
        (450.0, 93.0),
        (750.0, 140.0),
    ]);

    /// Error of the station's beta angle by SGP4, by the age of its element set, degrees; measured as
    /// [`Growth::STATION_SETS_KM`].
    pub const STATION_BETA_DEG: Self = Self(&[
        (0.0, 0.001),
        (3.0, 0.004),
        (10.0, 0.017),
        (23.0, 0.08),
        (45.0, 0.13),
        (85.0, 0.45),
        (150.0, 1.3),
        (210.0, 4.6),
        (300.0, 6.0),
        (450.0, 22.0),
        (750.0, 34.0),
    ]);

    /// Distance from where NASA's trajectories put the station, by the time since their issue, km along the track.
    ///
    /// Medians of 29 files of 2021–2023 against their successors: 4.3 km after 2 to 3 days, 10 km after 4 to 5, 52 km after 7 to 9,
    /// 219 km after 10 to 12 and 79 km after 14, nearly all of it drag. Those files do not ship; the figures cannot be repeated here.
    pub const STATION_TRAJECTORY_KM: Self =
        Self(&[(0.0, 0.1), (2.5, 4.3), (4.5, 10.0), (8.0, 52.0), (14.0, 140.0)]);

    /// Up to this age height and beta of an element set of the station are of use.
    ///
    /// Of sets 60 to 120 days apart 68 of 100 agree within 4 km and 0.45°, 95 within 15 km and 1.4°. From 120 to 180 days the 95 are
    /// within 66 km and 7°, and from 180 to 240 days one set in ten has come down by SGP4's account. The inclination holds within
    /// 0.01° for three years.
    pub const STATION_HEIGHT_HOLDS: Duration = Duration::from_nanoseconds(120 * Duration::DAY.nanoseconds());

    /// Growth along straight lines through `points`, each an age in days and the error then; beyond the last it goes on as between
    /// the last two.
    ///
    /// # Panics
    /// When there are fewer than two points, or an age is not above the one before.
    #[must_use]
    pub const fn new(points: &'static [(f64, f64)]) -> Self {
        assert!(points.len() >= 2, "growth needs two points");
        let mut index = 1;
        while index < points.len() {
            assert!(points[index - 1].0 < points[index].0, "ages must grow");
            index += 1;
        }
        Self(points)
    }

    /// The error at that age, or at the first age of the table when that is not reached.
    #[must_use]
    pub fn after(&self, age: Duration) -> f64 {
        let days = age.days().max(self.0[0].0);
        let next = self.0.partition_point(|&(day, _)| day <= days).clamp(1, self.0.len() - 1);
        let ((from, low), (to, high)) = (self.0[next - 1], self.0[next]);
        low + (high - low) * (days - from) / (to - from)
    }
}
