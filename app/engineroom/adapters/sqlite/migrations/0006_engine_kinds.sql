-- What compiled engines did is kept apart from what engines that read a checkpoint did; and how long starts took.
ALTER TABLE loads ADD COLUMN kind TEXT NOT NULL DEFAULT 'checkpoint';
DROP INDEX loads_by_key;
CREATE INDEX loads_by_key ON loads (runtime, version, card, model_class, kind);

ALTER TABLE speeds ADD COLUMN kind TEXT NOT NULL DEFAULT 'checkpoint';
DROP INDEX speeds_by_key;
CREATE INDEX speeds_by_key ON speeds (runtime, version, card, model_class, kind, weight_bytes);

CREATE TABLE starts (
    id INTEGER PRIMARY KEY,
    at_s REAL NOT NULL,
    runtime TEXT NOT NULL,
    version TEXT NOT NULL,
    card TEXT NOT NULL,
    model_class TEXT NOT NULL,
    kind TEXT NOT NULL,
    weight_bytes INTEGER NOT NULL,
    load_s REAL NOT NULL
);
CREATE INDEX starts_by_key ON starts (runtime, version, card, model_class, kind, weight_bytes);
