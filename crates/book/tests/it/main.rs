//! Reading and checking books: the one that ships, small ones with one fault each, and thousands spoiled at random; and how well the
//! element sets that ship foretell each other.

mod agreement_faults;
mod antenna_faults;
mod element_sets;
mod faults;
mod flying;
mod iss;
mod links;
mod moments;
mod planning_faults;
mod policy;
mod power_faults;
mod small;
mod spoiled;
mod stock_faults;
mod stocks;
