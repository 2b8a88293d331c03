-- Schema 1: the first tables. Safe to run again; user_version is set by the caller in the same transaction.
--
-- Every row table has one shape, so that one pair of eyes can read them all:
--   partition, key  where the row lives; rows of one partition are ordered by key and commit together
--   version         grows with every write of the whole file and is never given twice, even after a delete
--   body            the properties as one JSON object; decimals, instants and days are texts

-- Facts about this file itself: schema_version, instance_id, epoch, versions_reserved.
CREATE TABLE IF NOT EXISTS meta (
    name  TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- One partition per customer: profile, contacts, purchase summary, gate, entries, touchpoints, ledger, orders, evidence.
CREATE TABLE IF NOT EXISTS customers (
    partition TEXT NOT NULL,
    key       TEXT NOT NULL,
    version   INTEGER NOT NULL,
    body      TEXT NOT NULL,
    PRIMARY KEY (partition, key)
) STRICT, WITHOUT ROWID;

-- One partition per address (keyed hash): suppression, cap slots, the person seen there first.
CREATE TABLE IF NOT EXISTS addresses (
    partition TEXT NOT NULL,
    key       TEXT NOT NULL,
    version   INTEGER NOT NULL,
    body      TEXT NOT NULL,
    PRIMARY KEY (partition, key)
) STRICT, WITHOUT ROWID;

-- One partition per (day, shard): reviews that fall due.
CREATE TABLE IF NOT EXISTS due (
    partition TEXT NOT NULL,
    key       TEXT NOT NULL,
    version   INTEGER NOT NULL,
    body      TEXT NOT NULL,
    PRIMARY KEY (partition, key)
) STRICT, WITHOUT ROWID;

-- One partition per (day, shard): touchpoints that are not finished.
CREATE TABLE IF NOT EXISTS open_work (
    partition TEXT NOT NULL,
    key       TEXT NOT NULL,
    version   INTEGER NOT NULL,
    body      TEXT NOT NULL,
    PRIMARY KEY (partition, key)
) STRICT, WITHOUT ROWID;

-- One partition per shard: the customers that exist, for the few full passes.
CREATE TABLE IF NOT EXISTS customer_index (
    partition TEXT NOT NULL,
    key       TEXT NOT NULL,
    version   INTEGER NOT NULL,
    body      TEXT NOT NULL,
    PRIMARY KEY (partition, key)
) STRICT, WITHOUT ROWID;

-- Campaign heads in one partition; each campaign's immutable versions in its own.
CREATE TABLE IF NOT EXISTS campaigns (
    partition TEXT NOT NULL,
    key       TEXT NOT NULL,
    version   INTEGER NOT NULL,
    body      TEXT NOT NULL,
    PRIMARY KEY (partition, key)
) STRICT, WITHOUT ROWID;

-- One partition per (campaign, day, shard): the repairable copy that reports read.
CREATE TABLE IF NOT EXISTS campaign_log (
    partition TEXT NOT NULL,
    key       TEXT NOT NULL,
    version   INTEGER NOT NULL,
    body      TEXT NOT NULL,
    PRIMARY KEY (partition, key)
) STRICT, WITHOUT ROWID;

-- Kill switch, pauses, epoch, cursors, checkpoints.
CREATE TABLE IF NOT EXISTS control (
    partition TEXT NOT NULL,
    key       TEXT NOT NULL,
    version   INTEGER NOT NULL,
    body      TEXT NOT NULL,
    PRIMARY KEY (partition, key)
) STRICT, WITHOUT ROWID;

-- One partition per import run.
CREATE TABLE IF NOT EXISTS imports (
    partition TEXT NOT NULL,
    key       TEXT NOT NULL,
    version   INTEGER NOT NULL,
    body      TEXT NOT NULL,
    PRIMARY KEY (partition, key)
) STRICT, WITHOUT ROWID;

-- Products by shard of their sku.
CREATE TABLE IF NOT EXISTS products (
    partition TEXT NOT NULL,
    key       TEXT NOT NULL,
    version   INTEGER NOT NULL,
    body      TEXT NOT NULL,
    PRIMARY KEY (partition, key)
) STRICT, WITHOUT ROWID;

-- Work that waits. Instants are UTC with seven decimals, so that their text order is their time order.
--   id            ref:purpose:seq; a second message of the same id is dropped while this one stands
--   schema        version of the body; a newer one is left for a newer program
--   not_before    when it may be delivered
--   attempts      deliveries so far
--   lease         who is working on it now; leased_until: when it is delivered again without an answer
CREATE TABLE IF NOT EXISTS queue (
    id           TEXT NOT NULL PRIMARY KEY,
    schema       INTEGER NOT NULL,
    body         TEXT NOT NULL,
    not_before   TEXT NOT NULL,
    attempts     INTEGER NOT NULL DEFAULT 0,
    lease        TEXT,
    leased_until TEXT
) STRICT, WITHOUT ROWID;

-- The only question asked of the queue: what may be delivered now, oldest first.
CREATE INDEX IF NOT EXISTS queue_by_not_before ON queue (not_before);

-- Messages put aside for a person, with the reason.
CREATE TABLE IF NOT EXISTS parked (
    id        TEXT NOT NULL PRIMARY KEY,
    body      TEXT NOT NULL,
    reason    TEXT NOT NULL,
    parked_at TEXT NOT NULL,
    attempts  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
