use forecast::ForecastError;
use sky::SkyError;
use thiserror::Error;

use crate::NameError;

/// Why nothing can be said of a change.
#[derive(Debug, Error)]
pub enum ImpactError {
    /// A plan is not one of the book's station.
    #[error(transparent)]
    Name(#[from] NameError),
    /// The orbit over the plan cannot be told.
    #[error(transparent)]
    Sky(#[from] SkyError),
    /// The stocks cannot be forecast.
    #[error("the stocks cannot be forecast")]
    Forecast(#[from] ForecastError),
}
