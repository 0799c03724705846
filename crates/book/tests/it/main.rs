//! Reading and checking books: the one that ships, small ones with one fault each, and thousands spoiled at random.

mod faults;
mod iss;
mod small;
mod spoiled;
mod stock_faults;
mod stocks;
