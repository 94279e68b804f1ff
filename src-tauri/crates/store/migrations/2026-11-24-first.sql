-- The journal: what was done. Never updated but for a body that arrives or is redacted.
CREATE TABLE change (
    n INTEGER PRIMARY KEY,              -- local order of arrival; reaches no read model
    id BLOB NOT NULL UNIQUE,            -- 16 bytes, hash of the header
    prev BLOB,
    writer BLOB NOT NULL,
    seq INTEGER NOT NULL,
    act INTEGER NOT NULL,
    clock INTEGER NOT NULL,
    wall INTEGER NOT NULL,
    kind TEXT NOT NULL,
    entity BLOB NOT NULL,
    author TEXT NOT NULL,
    overwrites TEXT,                    -- JSON [[field, change], …]; NULL when empty
    body TEXT,                          -- JSON, perhaps with fields erased; NULL when withheld
    body_hash BLOB NOT NULL             -- 16 bytes, the same for a whole and for an erased body
);
CREATE INDEX change_entity ON change (entity);
CREATE INDEX change_writer ON change (writer, seq);

-- What redactions in the journal erase, here and of whatever arrives later.
CREATE TABLE redacted (
    change BLOB NOT NULL,
    field TEXT NOT NULL,
    PRIMARY KEY (change, field)
) WITHOUT ROWID;

-- Dossiers whose every change is here: met again, they are known without being read line by line.
CREATE TABLE taken (
    sha256 TEXT PRIMARY KEY,            -- of all its bytes, of what was under the lock if it was locked
    changes INTEGER NOT NULL
) WITHOUT ROWID;

-- Changes whose predecessor has not arrived: whole lines of a dossier.
CREATE TABLE waiting (
    id BLOB PRIMARY KEY,
    prev BLOB NOT NULL,
    writer BLOB NOT NULL,
    seq INTEGER NOT NULL,
    replica TEXT NOT NULL,              -- laptop of the writer, as the dossier says
    line TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX waiting_prev ON waiting (prev);

-- Read model: every visible entity, its values as canonical JSON (keys in order).
CREATE TABLE entity (
    id BLOB PRIMARY KEY,
    kind TEXT NOT NULL,
    parent BLOB,                        -- what it hangs under
    target BLOB,                        -- other end of a link
    rank TEXT,
    cluster TEXT,                       -- of a proposal
    origin INTEGER,                     -- the change (n) that said all of it, where one did: kept once
    state TEXT                          -- where several did
) WITHOUT ROWID;
CREATE INDEX entity_list ON entity (kind, parent, rank);
CREATE INDEX entity_target ON entity (target) WHERE target IS NOT NULL;
CREATE INDEX entity_cluster ON entity (cluster) WHERE cluster IS NOT NULL;

CREATE VIEW visible AS
SELECT id, kind, parent, target, rank, cluster,
    coalesce(state, (SELECT body -> '$.set' FROM change WHERE n = origin)) AS state
FROM entity;

-- Read model: what is left to settle.
CREATE TABLE conflict (
    entity BLOB NOT NULL,
    field TEXT NOT NULL,
    versions TEXT NOT NULL,             -- JSON list of change ids, the one shown first
    PRIMARY KEY (entity, field)
) WITHOUT ROWID;

-- This file's own acts, for undo: local, not part of the démarche.
CREATE TABLE act (
    n INTEGER PRIMARY KEY,
    first BLOB NOT NULL,                -- first change of the act
    undoes BLOB
);

-- Bulletins of open votes, keyed by a random number: no order, no time, nobody.
CREATE TABLE bulletin (
    key BLOB PRIMARY KEY,
    ballot BLOB NOT NULL,
    body TEXT NOT NULL
) WITHOUT ROWID;

-- People: outside the journal, erasable.
CREATE TABLE person (
    participant BLOB PRIMARY KEY,
    fields TEXT NOT NULL                -- JSON: name, email, phone
) WITHOUT ROWID;

CREATE TABLE meta (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;
