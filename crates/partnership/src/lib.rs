//! Partners and their control centres.
