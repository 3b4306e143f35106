-- What people say about proposals, and the agencies whose opinion is asked for.
CREATE TABLE hub.organisation (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    code text NOT NULL UNIQUE CHECK (code ~ '^[a-z0-9][a-z0-9._-]{0,39}$'),
    name text NOT NULL CHECK (name <> ''),
    closed_at timestamptz
);

ALTER TABLE hub.account ADD COLUMN organisation uuid REFERENCES hub.organisation;
COMMENT ON COLUMN hub.account.organisation IS 'The agency that an account with the role agency speaks for';
ALTER TABLE hub.role DROP CONSTRAINT role_role_check;
ALTER TABLE hub.role ADD CONSTRAINT role_role_check
    CHECK (role IN ('technician', 'head', 'reviewer', 'approver', 'administrator', 'observer', 'agency'));

CREATE TABLE hub.discussion_act (
    id uuid PRIMARY KEY,
    number bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
    proposal uuid NOT NULL REFERENCES hub.proposal,
    version int NOT NULL,
    kind text NOT NULL,
    actor uuid NOT NULL REFERENCES hub.account,
    side text NOT NULL,
    organisation uuid REFERENCES hub.organisation,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    thread uuid,
    request uuid,
    layer text,
    key uuid,
    hidden boolean NOT NULL DEFAULT false,
    says text,
    body text NOT NULL,
    hash text NOT NULL,
    FOREIGN KEY (proposal, version) REFERENCES hub.proposal_version
);
COMMENT ON TABLE hub.discussion_act IS 'Only ever added to; id is made by who speaks, number tells the order within a proposal';
COMMENT ON COLUMN hub.discussion_act.organisation IS 'Of a request the agency that is asked, of an agency''s words the one that speaks';
COMMENT ON COLUMN hub.discussion_act.hidden IS 'About a place where there is what may not be known by everyone';
COMMENT ON COLUMN hub.discussion_act.says IS 'The verdict, opinion or kind of answer';
COMMENT ON COLUMN hub.discussion_act.body IS 'JSON as text: numbers stay as they were sent';
CREATE INDEX ON hub.discussion_act (proposal, number);
CREATE INDEX ON hub.discussion_act (actor, at);
CREATE INDEX ON hub.discussion_act (request) WHERE request IS NOT NULL;
CREATE INDEX ON hub.discussion_act (organisation, proposal) WHERE kind = 'ask';

CREATE TABLE hub.discussion_file (
    act uuid NOT NULL REFERENCES hub.discussion_act,
    proposal uuid NOT NULL REFERENCES hub.proposal,
    sha256 text NOT NULL REFERENCES hub.attachment,
    PRIMARY KEY (act, sha256)
);
CREATE INDEX ON hub.discussion_file (sha256);

CREATE TABLE hub.read_mark (
    account uuid NOT NULL REFERENCES hub.account ON DELETE CASCADE,
    proposal uuid NOT NULL REFERENCES hub.proposal,
    seen bigint NOT NULL,
    PRIMARY KEY (account, proposal)
);
COMMENT ON COLUMN hub.read_mark.seen IS 'The audit entry up to which the account has looked at the proposal';
INSERT INTO hub.setting (name, value) SELECT 'read_from', to_jsonb(coalesce(max(id), 0)) FROM hub.audit;
