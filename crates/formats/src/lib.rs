//! TLE, OMM and OEM, read and written.
