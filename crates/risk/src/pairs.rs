//! Every pair of losses.
