//! What the station will have, to the instant it runs out: every stock as an exact profile, for hours or decades.
//!
//! There is no step size. Between events every rate is constant and every level a straight line; the next event is the
//! nearest of what is scheduled (a delivery, a change of crew, an outage) and of what comes by itself (a store runs empty,
//! full, or to a level that some process keeps). How processes share what is scarce is said at [`Process`]; the rest is
//! arithmetic.
//!
//! ```
//! use forecast::{Delivery, Draft, Model, Process, Store, compute};
//! use timeline::{Duration, Interval, Time};
//!
//! let day = |d| Time::EPOCH + Duration::DAY * d;
//! let draft = Draft {
//!     begins: day(0),
//!     stores: vec![Store::new("food", 1_000.0).with_level_kg(90.0), Store::new("waste", f64::INFINITY)],
//!     processes: vec![Process::new("crew", 10).takes("food", 1.5).gives("waste", 1.5).serves_crew().of(day(0), 6.0)],
//!     deliveries: vec![Delivery { at: day(20), store: "food".to_owned(), mass_kg: 270.0 }],
//!     ..Draft::default()
//! };
//! let forecast = compute(&Model::new(&draft)?, Interval::new(day(0), day(60)).unwrap())?;
//!
//! let food = forecast.store("food").unwrap();
//! assert_eq!(food.at(day(5)), Some(45.0));
//! // Nothing to eat from day 10 until the delivery, and again 30 days after it.
//! let hungry: Vec<Interval> = forecast.shortfalls().iter().map(|shortfall| shortfall.during).collect();
//! assert_eq!(hungry, [Interval::new(day(10), day(20)).unwrap(), Interval::new(day(50), day(60)).unwrap()]);
//! # Ok::<(), forecast::ForecastError>(())
//! ```

mod arrivals;
mod course;
mod crew;
mod curve;
mod draft;
mod equations;
mod error;
mod flying;
mod following;
mod forecast;
mod height;
mod knowledge;
mod line;
mod margins;
mod model;
mod network;
mod outlook;
mod partial;
pub mod power;
mod rates;
mod reserve;
mod runs;
mod scenario;
mod survey;
mod total;
mod touched;
mod trace;

pub use arrivals::{Arrival, Certainty, Errand, awaited};
pub use crew::Passage;
pub use draft::{
    Batch, Correction, Delivery, Draft, Flow, Hold, Overflow, Part, Process, Serves, Store, Supply, Watch,
};
pub use error::ForecastError;
pub use flying::{Engine, Flying, HeightBand};
pub use forecast::{CAME_DOWN, Forecast, compute};
pub use height::Burn;
pub use margins::{Binding, CrewLimit, MOST_CREW, SkipOne, cargo_flights, crew_limits, first_want, skip_one};
pub use model::Model;
pub use outlook::{Change, Otherwise, Outlook, Plan, Ship};
pub use reserve::{LineCrossing, MOST_DAYS, Reserve, ReserveOf};
pub use scenario::{Drafted, Scenario, crew, draft};
pub use survey::{LASTING, Short, Survey, Surveyor};
pub use total::Total;
pub use trace::Shortfall;
