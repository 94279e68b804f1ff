-- Files kept in the démarche (photos of flip charts), each once, under their own fingerprint. The journal names them
-- (kind `attachment`); their bytes stay outside it.
CREATE TABLE attachment (
    sha256 TEXT PRIMARY KEY,            -- 64 hexadecimal digits, of the bytes
    bytes BLOB NOT NULL
);
