//! Broken flight rules as JSON shows them.

pub use impact::breach_to_json as json;
