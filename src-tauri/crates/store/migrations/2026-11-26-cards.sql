-- What phones need, local to this file: nothing here is anybody's work, and none of it leaves in a dossier.

-- Invitations to the room of an atelier, so that phones come back after a restart.
CREATE TABLE invitation (
    workshop BLOB PRIMARY KEY,
    token TEXT NOT NULL,
    word TEXT NOT NULL,
    port INTEGER NOT NULL               -- 0 until the room was opened once
) WITHOUT ROWID;

-- What phones sent already, by the hash of a number that the phone drew: sent again, it is known. No device, no time.
CREATE TABLE entry (
    key BLOB PRIMARY KEY,
    entity BLOB                         -- what it became; NULL when set aside by the facilitator
) WITHOUT ROWID;

-- Proposals that wait for the facilitator to read them.
CREATE TABLE held (
    n INTEGER PRIMARY KEY,
    key BLOB NOT NULL UNIQUE,
    workshop BLOB NOT NULL,
    place INTEGER,                      -- table, if said
    text TEXT NOT NULL
);

-- Cards of open votes, as hashes. Which bulletin a card paid for is written nowhere.
CREATE TABLE card (
    hash BLOB PRIMARY KEY,
    ballot BLOB NOT NULL,
    spent INTEGER NOT NULL
) WITHOUT ROWID;
