//! Reading and checking books: the one that ships, small ones with one fault each, and thousands spoiled at random.

mod iss;
