//! The ledger: its laws on random accounts, and what it says of the books that ship.

mod books;
mod crew_time;
mod history;
mod laws;
mod seats;
