//! The statements that both databases understand. Parameters first appear in the order of their numbers, as SQLite binds them.

pub(crate) const LAST: &str = "SELECT number, digest FROM record WHERE centre = $1 \
    AND number = (SELECT MAX(number) FROM record WHERE centre = $1) ORDER BY digest";
pub(crate) const FIND: &str =
    "SELECT id, centre, number, digest, bytes FROM record WHERE centre = $1 AND number = $2 AND digest = $3";
pub(crate) const INSERT: &str = "INSERT INTO record (centre, number, digest, bytes) VALUES ($1, $2, $3, $4)";
pub(crate) const AFTER: &str =
    "SELECT id, centre, number, digest, bytes FROM record WHERE id > $1 ORDER BY id LIMIT $2";
pub(crate) const PAGE: &str = "SELECT id, centre, number, digest, bytes FROM record \
    WHERE centre = $1 AND (number, digest) > ($2, $3) ORDER BY number, digest LIMIT $4";
pub(crate) const SET_ASIDE: &str = "INSERT INTO set_aside (centre, number, digest, bytes, why) \
    SELECT centre, number, digest, bytes, $1 FROM record WHERE id = $2";
#[cfg(feature = "postgres")]
pub(crate) const COPY_ASIDE: &str =
    "INSERT INTO set_aside (centre, number, digest, bytes, why) VALUES ($1, $2, $3, $4, $5)";
pub(crate) const REMOVE: &str = "DELETE FROM record WHERE id = $1";
pub(crate) const FORGET: &str = "DELETE FROM verified WHERE centre = $1 AND number >= $2";
pub(crate) const EXTENTS: &str = "SELECT centre, MAX(number), COUNT(*) FROM record GROUP BY centre";
pub(crate) const VERIFIED: &str = "SELECT centre, number, digest FROM verified";
pub(crate) const SET_VERIFIED: &str = "INSERT INTO verified (centre, number, digest) VALUES ($1, $2, $3) \
    ON CONFLICT (centre) DO UPDATE SET number = excluded.number, digest = excluded.digest";
pub(crate) const PROJECTION: &str = "SELECT basis, bytes FROM projection WHERE name = $1";
pub(crate) const SET_PROJECTION: &str = "INSERT INTO projection (name, basis, bytes) VALUES ($1, $2, $3) \
    ON CONFLICT (name) DO UPDATE SET basis = excluded.basis, bytes = excluded.bytes";
pub(crate) const BASIS: &str = "SELECT digest FROM request_basis";
pub(crate) const SET_BASIS: &str = "INSERT INTO request_basis (digest) VALUES ($1)";
pub(crate) const REQUESTS: &str = "SELECT digest, name, author, number, urgency, status, replaced_by, written, \
    decided, decided_by FROM request ORDER BY digest";
pub(crate) const SET_REQUEST: &str = "INSERT INTO request (digest, name, author, number, urgency, status, \
    replaced_by, written, decided, decided_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";

/// The table for people, and of what state it is. `BLOB` stands for the database's type of bytes, `INTEGER` for that of 64 bits,
/// `STRICT` for what keeps other types out.
pub(crate) const REQUEST_TABLES: &str = "
DROP TABLE IF EXISTS request;
DROP TABLE IF EXISTS request_basis;
CREATE TABLE request_basis (digest BLOB NOT NULL CHECK (length(digest) = 32)) STRICT;
CREATE TABLE request (
    digest BLOB PRIMARY KEY CHECK (length(digest) = 32),
    name TEXT NOT NULL,
    author TEXT NOT NULL,
    number INTEGER NOT NULL,
    urgency TEXT NOT NULL,
    status TEXT NOT NULL,
    replaced_by BLOB,
    written TEXT NOT NULL,
    decided TEXT,
    decided_by TEXT
) STRICT;
";

/// Everything, as of version 1.
pub(crate) const TABLES: &str = "
CREATE TABLE record (
    id INTEGER PRIMARY KEY,
    centre TEXT NOT NULL,
    number INTEGER NOT NULL CHECK (number >= 1),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    bytes BLOB NOT NULL,
    UNIQUE (centre, number, digest)
) STRICT;
CREATE TABLE set_aside (
    centre TEXT NOT NULL,
    number INTEGER NOT NULL,
    digest BLOB NOT NULL,
    bytes BLOB NOT NULL,
    why TEXT NOT NULL
) STRICT;
CREATE TABLE verified (
    centre TEXT PRIMARY KEY,
    number INTEGER NOT NULL,
    digest BLOB NOT NULL CHECK (length(digest) = 32)
) STRICT;
CREATE TABLE projection (
    name TEXT PRIMARY KEY,
    basis BLOB NOT NULL CHECK (length(basis) = 32),
    bytes BLOB NOT NULL
) STRICT;
";

/// The version of these tables. A store of a later one is refused.
pub(crate) const VERSION: i64 = 1;
