-- Working copies that have been in contact, and the unsent work that they leave here.
CREATE TABLE hub.instance (
    id uuid PRIMARY KEY,
    account uuid NOT NULL REFERENCES hub.account,
    commune text NOT NULL REFERENCES hub.commune,
    device text NOT NULL DEFAULT '',
    nonce uuid NOT NULL,
    previous uuid,
    contacts bigint NOT NULL,
    contacted_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON COLUMN hub.instance.nonce IS 'The one that the working copy shows next; with the previous one it repeats its last contact';
COMMENT ON COLUMN hub.instance.contacts IS 'As the working copy counts them: one that counts more has met a later state of this database';
CREATE INDEX ON hub.instance (commune);
CREATE INDEX ON hub.instance (account);

CREATE TABLE hub.draft_item (
    instance uuid NOT NULL REFERENCES hub.instance,
    kind text NOT NULL CHECK (kind IN ('change', 'draft', 'sent', 'sealed')),
    id text NOT NULL,
    hash text NOT NULL,
    document text NOT NULL,
    layer text,
    key uuid,
    visibility smallint NOT NULL DEFAULT 0,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    taken_by uuid,
    taken_at timestamptz,
    PRIMARY KEY (instance, kind, id)
);
COMMENT ON TABLE hub.draft_item IS 'Local changes, drafts, versions under way, and edits of features that were hidden from their editor';
COMMENT ON COLUMN hub.draft_item.document IS 'JSON as text: what somebody types may hold what jsonb refuses';
COMMENT ON COLUMN hub.draft_item.taken_by IS 'The instance that this was brought into';

CREATE TABLE hub.draft_reader (
    instance uuid NOT NULL REFERENCES hub.instance,
    account uuid NOT NULL REFERENCES hub.account ON DELETE CASCADE,
    assigned_by uuid NOT NULL REFERENCES hub.account,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (instance, account)
);
CREATE INDEX ON hub.draft_reader (account);
