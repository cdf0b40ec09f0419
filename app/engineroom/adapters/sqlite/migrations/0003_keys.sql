-- Of a key only its SHA-256 and its first letters are kept. models and routes are JSON arrays; empty means all.
CREATE TABLE keys (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    prefix TEXT NOT NULL,
    digest BLOB NOT NULL UNIQUE,
    created_at_s REAL NOT NULL,
    expires_at_s REAL,
    revoked_at_s REAL,
    models TEXT NOT NULL,
    routes TEXT NOT NULL,
    requests_per_minute INTEGER,
    tokens_per_day INTEGER,
    joules_per_day REAL
) WITHOUT ROWID;

ALTER TABLE requests ADD COLUMN key_id TEXT;
CREATE INDEX requests_by_key ON requests (key_id, finished_at_s) WHERE key_id IS NOT NULL;
