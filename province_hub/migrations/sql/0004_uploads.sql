-- Files on their way in, in parts, each sender's own: a file is named by the SHA-256 of the whole.
CREATE TABLE hub.upload (
    sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    account uuid NOT NULL REFERENCES hub.account,
    size bigint NOT NULL CHECK (size > 0),
    received bigint NOT NULL DEFAULT 0 CHECK (received BETWEEN 0 AND size),
    updated_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (sha256, account)
);
CREATE INDEX ON hub.upload (updated_at);
CREATE INDEX ON hub.upload (account);

CREATE TABLE hub.upload_part (
    sha256 text NOT NULL,
    account uuid NOT NULL,
    position bigint NOT NULL,
    content bytea NOT NULL,
    PRIMARY KEY (sha256, account, position),
    FOREIGN KEY (sha256, account) REFERENCES hub.upload ON DELETE CASCADE
);
