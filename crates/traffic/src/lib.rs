//! Vehicle types, flights, port use and cargo.
