//! Elements and ports: the structure of a station.
