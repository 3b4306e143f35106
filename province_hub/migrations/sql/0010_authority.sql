-- Who establishes, appraises and approves: core's rules of authority, a row each.
CREATE TABLE hub.authority (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    plan_kind text,
    plan_level text,
    territory text NOT NULL CHECK (territory IN ('any', 'one_commune', 'several_communes', 'special_zone', 'commune')),
    commune text REFERENCES hub.commune,
    establishes text NOT NULL,
    appraises text NOT NULL,
    approves text NOT NULL,
    separate_appraisal boolean NOT NULL DEFAULT false,
    signer_may_approve boolean NOT NULL DEFAULT false,
    post_check boolean NOT NULL DEFAULT false,
    document text NOT NULL DEFAULT '',
    valid_from date,
    valid_to date,
    in_force boolean NOT NULL DEFAULT true,
    note text NOT NULL DEFAULT '',
    CHECK ((territory = 'commune') = (commune IS NOT NULL)),
    CHECK (valid_to >= valid_from)
);

-- The head's signature, given to somebody else for a while. Rows are never deleted: steps name them.
CREATE TABLE hub.delegation (
    id uuid PRIMARY KEY,
    commune text NOT NULL REFERENCES hub.commune,
    giver uuid NOT NULL REFERENCES hub.account,
    receiver uuid NOT NULL REFERENCES hub.account,
    acts text[] NOT NULL CHECK (cardinality(acts) > 0 AND acts <@ ARRAY['sign_off', 'return', 'consent']),
    valid_from date NOT NULL,
    valid_to date NOT NULL,
    document text NOT NULL CHECK (document <> ''),
    made_by text NOT NULL,
    made_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    revoked_by text,
    revoked_at timestamptz,
    CHECK (giver <> receiver),
    CHECK (valid_to >= valid_from)
);
COMMENT ON COLUMN hub.delegation.id IS 'Made by who asks, so that a lost answer can be asked for again';
CREATE INDEX ON hub.delegation (receiver);
CREATE INDEX ON hub.delegation (commune);

-- Which communes a version's changes lie in; what is so through features alone whose existence is restricted is veiled.
CREATE TABLE hub.proposal_ground (
    proposal uuid NOT NULL,
    version int NOT NULL,
    commune text NOT NULL REFERENCES hub.commune,
    veiled boolean NOT NULL,
    PRIMARY KEY (proposal, version, commune),
    FOREIGN KEY (proposal, version) REFERENCES hub.proposal_version
);
CREATE INDEX ON hub.proposal_ground (commune) WHERE NOT veiled;

ALTER TABLE hub.proposal_version ADD COLUMN restricted boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN hub.proposal_version.restricted IS 'It changes a feature whose existence not everybody may know of';
ALTER TABLE hub.proposal_step ADD COLUMN communes text[], ADD COLUMN delegation uuid REFERENCES hub.delegation;
COMMENT ON COLUMN hub.proposal_step.communes IS
    'Of a consent, the communes that it is of; of an approval, those whose consent was not waited for';
ALTER TABLE hub.proposal ADD COLUMN post_check text CHECK (post_check IN ('waiting', 'objected', 'checked'));
CREATE INDEX ON hub.proposal (post_check) WHERE post_check IN ('waiting', 'objected');

-- An appraiser may be a commune's own office.
ALTER TABLE hub.role DROP CONSTRAINT role_check, ADD CONSTRAINT role_check CHECK (
    CASE WHEN role IN ('technician', 'head') THEN commune IS NOT NULL ELSE role = 'reviewer' OR commune IS NULL END
);
