-- Less to write for each change, and less to keep: an entity is found by the change that made it known here, so that only
-- later ones need an index; a hash that can be computed from a body is not kept beside it; what is asked of a writer's
-- chain stands in one row.
CREATE TABLE writer (
    id BLOB PRIMARY KEY,
    last INTEGER NOT NULL,              -- highest sequence number here
    forked INTEGER NOT NULL             -- two changes have one number: a copied file went on in two places
) WITHOUT ROWID;
INSERT INTO writer SELECT writer, max(seq), count(*) > count(DISTINCT seq) FROM change GROUP BY writer;

CREATE TABLE journal (
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
    later INTEGER,                      -- 1 unless it is the origin of its entity
    author TEXT NOT NULL,
    overwrites TEXT,                    -- JSON [[field, change], …]; NULL when empty
    body TEXT,                          -- JSON, perhaps with fields erased; NULL when withheld
    body_hash BLOB                      -- 16 bytes, of a withheld body
);
INSERT INTO journal
SELECT n, id, prev, writer, seq, act, clock, wall, kind, entity,
    nullif(n > (SELECT min(n) FROM change AS other WHERE other.entity = change.entity), 0),
    author, overwrites, body, iif(body IS NULL, body_hash, NULL)
FROM change;

DROP VIEW visible;
CREATE TABLE known (
    id BLOB PRIMARY KEY,
    origin INTEGER NOT NULL,            -- the change (n) by which it became known here
    kind TEXT,                          -- NULL while nobody sees it: deleted, or without content
    parent BLOB,                        -- what it hangs under
    target BLOB,                        -- other end of a link
    rank TEXT,
    cluster TEXT,                       -- of a proposal
    state TEXT                          -- canonical JSON (keys in order); NULL where the origin says all of it: kept once
) WITHOUT ROWID;
INSERT INTO known
SELECT change.entity, min(change.n), shown.kind, shown.parent, shown.target, shown.rank, shown.cluster,
    iif(shown.origin = min(change.n), NULL,
        coalesce(shown.state, (SELECT body -> '$.set' FROM change AS said WHERE said.n = shown.origin)))
FROM change LEFT JOIN entity AS shown ON shown.id = change.entity
GROUP BY change.entity;

DROP TABLE entity;
ALTER TABLE known RENAME TO entity;
DROP TABLE change;
ALTER TABLE journal RENAME TO change;
CREATE INDEX change_later ON change (entity) WHERE later = 1;
CREATE INDEX entity_list ON entity (kind, parent, rank) WHERE kind IS NOT NULL;
CREATE INDEX entity_target ON entity (target) WHERE target IS NOT NULL;
CREATE INDEX entity_cluster ON entity (cluster) WHERE cluster IS NOT NULL;

CREATE VIEW visible AS
SELECT id, kind, parent, target, rank, cluster,
    coalesce(state, (SELECT body -> '$.set' FROM change WHERE n = origin)) AS state
FROM entity WHERE kind IS NOT NULL;
