//! The commands, one module each.

pub(crate) mod book;
mod breaches;
pub(crate) mod change;
pub(crate) mod check;
mod crew;
pub(crate) mod export;
pub(crate) mod forecast;
pub(crate) mod journal;
pub(crate) mod orbit;
pub(crate) mod plan;
pub(crate) mod presence;
pub(crate) mod risk;
pub(crate) mod serve;
pub(crate) mod shares;
pub(crate) mod status;
