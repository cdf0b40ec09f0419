-- The most of the computer's memory that engines were seen to hold, under everything that decides how much that is.
CREATE TABLE footprints (
    key TEXT PRIMARY KEY,
    held_bytes INTEGER NOT NULL,
    at_s REAL NOT NULL
) WITHOUT ROWID;
