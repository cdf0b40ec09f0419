-- Bytes of one load by line of the bill, as JSON objects: expected without corrections, and found in the engine's log.
-- made_by is the version of the arithmetic: what another expected teaches this one nothing.
CREATE TABLE loads (
    id INTEGER PRIMARY KEY,
    at_s REAL NOT NULL,
    made_by TEXT NOT NULL,
    runtime TEXT NOT NULL,
    version TEXT NOT NULL,
    card TEXT NOT NULL,
    model_class TEXT NOT NULL,
    predicted TEXT NOT NULL,
    measured TEXT NOT NULL
);
CREATE INDEX loads_by_key ON loads (runtime, version, card, model_class);

CREATE TABLE speeds (
    id INTEGER PRIMARY KEY,
    at_s REAL NOT NULL,
    runtime TEXT NOT NULL,
    version TEXT NOT NULL,
    card TEXT NOT NULL,
    model_class TEXT NOT NULL,
    weight_bytes INTEGER NOT NULL,
    tokens_per_s REAL NOT NULL,
    depth INTEGER NOT NULL
);
CREATE INDEX speeds_by_key ON speeds (runtime, version, card, model_class, weight_bytes);
