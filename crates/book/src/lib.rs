//! A folder of files that describes one station, read and checked.
