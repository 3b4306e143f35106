-- Who else than its creator has shown to have a file by sending it: naming one by its hash alone must not give access to it.
CREATE TABLE hub.attachment_sender (
    sha256 text NOT NULL REFERENCES hub.attachment,
    account uuid NOT NULL REFERENCES hub.account,
    PRIMARY KEY (sha256, account)
);
