-- One row per café, whose lock is taken to write to its history; it stays, erased, when the café is no more.
CREATE TABLE cafes (
    id text PRIMARY KEY,
    last bigint NOT NULL DEFAULT 0,
    erased boolean NOT NULL DEFAULT false
);

-- A record as JSON, byte for byte. `key` is whose idempotency key it was written with, where it has one.
CREATE TABLE records (
    cafe text NOT NULL REFERENCES cafes (id),
    seq bigint NOT NULL,
    body text NOT NULL,
    key text,
    PRIMARY KEY (cafe, seq)
);

CREATE UNIQUE INDEX records_key ON records (cafe, key) WHERE key IS NOT NULL;

-- Written to see whether writing is possible.
CREATE TABLE probe (
    id boolean PRIMARY KEY DEFAULT true CHECK (id),
    at timestamptz NOT NULL DEFAULT now()
);

INSERT INTO probe DEFAULT VALUES;
