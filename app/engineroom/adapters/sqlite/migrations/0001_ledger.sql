CREATE TABLE requests (
    id INTEGER PRIMARY KEY,
    request_id TEXT NOT NULL,
    finished_at_s REAL NOT NULL,
    model TEXT NOT NULL,
    route TEXT NOT NULL,
    key_name TEXT,
    outcome TEXT NOT NULL,
    status INTEGER NOT NULL,
    seconds REAL NOT NULL,
    ttft_s REAL,
    tokens_per_s REAL,
    prompt_tokens INTEGER,
    completion_tokens INTEGER,
    joules_gross REAL,
    joules_above_idle REAL,
    energy_estimated INTEGER NOT NULL
);
CREATE INDEX requests_by_time ON requests (finished_at_s);

-- Sums and counts, so that a longer bucket is the plain sum of shorter ones. NULL is "not reported".
CREATE TABLE rollups (
    step_s INTEGER NOT NULL,
    bucket_s INTEGER NOT NULL,
    source TEXT NOT NULL,
    tokens REAL,
    requests INTEGER,
    power_sum REAL NOT NULL,
    power_n INTEGER NOT NULL,
    power_max REAL,
    memory_sum REAL NOT NULL,
    memory_n INTEGER NOT NULL,
    temperature_sum REAL NOT NULL,
    temperature_n INTEGER NOT NULL,
    busy_sum REAL NOT NULL,
    busy_n INTEGER NOT NULL,
    energy_j REAL,
    PRIMARY KEY (step_s, bucket_s, source)
) WITHOUT ROWID;
