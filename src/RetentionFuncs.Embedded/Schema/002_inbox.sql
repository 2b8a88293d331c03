-- Schema 2: what came in and is not applied yet: the shop's events, delivery evidence, uploaded files.
CREATE TABLE IF NOT EXISTS inbox (
    partition TEXT NOT NULL,
    key       TEXT NOT NULL,
    version   INTEGER NOT NULL,
    body      TEXT NOT NULL,
    PRIMARY KEY (partition, key)
) STRICT, WITHOUT ROWID;
