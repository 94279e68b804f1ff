-- What this file knows of segments in storage that laptops share. Local: nothing here is anybody's work, and none of it leaves
-- in a dossier. What a segment carries stays true wherever its bytes lie, since its name is their fingerprint.
CREATE TABLE segment (
    name TEXT PRIMARY KEY,              -- SHA-256 of its bytes, 64 hexadecimal digits
    whole BLOB NOT NULL,                -- the changes it carries with their content: their ids, 16 bytes each
    bare BLOB NOT NULL,                 -- those it carries without
    redacted INTEGER NOT NULL,          -- how many of them had lost words when it was written or taken
    key TEXT NOT NULL                   -- public half of the key it lies under
) WITHOUT ROWID;

-- Where they lie.
CREATE TABLE segment_at (
    place TEXT NOT NULL,                -- address, without password
    name TEXT NOT NULL,
    stamp TEXT NOT NULL,                -- as it was listed when its bytes were last seen to match its name
    mine INTEGER NOT NULL,              -- 1 if this file put it there: then it may take it away again
    PRIMARY KEY (place, name)
) WITHOUT ROWID;

-- When storage was last met, and the latest work of each laptop found there.
CREATE TABLE meeting (
    place TEXT PRIMARY KEY,
    wall INTEGER NOT NULL               -- milliseconds since 1970, by the clock of this laptop
) WITHOUT ROWID;
CREATE TABLE met (
    place TEXT NOT NULL,
    replica TEXT NOT NULL,
    wall INTEGER NOT NULL,              -- by the clock of that laptop
    PRIMARY KEY (place, replica)
) WITHOUT ROWID;
