-- The province's registry, the log of its layers, and the workflow. @srid@ is the province's coordinate system, in metres.

CREATE TABLE hub.setting (
    name text PRIMARY KEY,
    value jsonb NOT NULL
);

CREATE TABLE hub.layer (
    id text PRIMARY KEY,
    position int NOT NULL,
    definition jsonb NOT NULL
);
COMMENT ON TABLE hub.layer IS 'The layers that exist, each as the catalogue gives it out';

CREATE TABLE hub.code (
    list text NOT NULL,
    code text NOT NULL,
    position int NOT NULL,
    title_vi text NOT NULL,
    title_en text NOT NULL DEFAULT '',
    colour text CHECK (colour ~ '^#[0-9a-f]{6}$'),
    parent text,
    PRIMARY KEY (list, code)
);

CREATE TABLE hub.commune (
    code text PRIMARY KEY CHECK (code ~ '^[0-9]{5}$'),
    name text NOT NULL,
    kind text NOT NULL,
    geom @postgis@.geometry(MultiPolygon, @srid@) NOT NULL,
    area @postgis@.geometry(MultiPolygon, @srid@) NOT NULL,
    area_epoch int NOT NULL DEFAULT 1,
    area_km2_official double precision,
    valid_from date,
    valid_to date
);
COMMENT ON COLUMN hub.commune.area IS 'The boundary and its margin, simplified outward: a commune receives what intersects it';
CREATE INDEX ON hub.commune USING gist (geom);

CREATE TABLE hub.commune_part (
    commune text NOT NULL REFERENCES hub.commune ON DELETE CASCADE,
    geom @postgis@.geometry(Polygon, @srid@) NOT NULL
);
COMMENT ON TABLE hub.commune_part IS 'hub.commune.area in small pieces, for fast tests';
CREATE INDEX ON hub.commune_part USING gist (geom);
CREATE INDEX ON hub.commune_part (commune);

CREATE TABLE hub.plan (
    key uuid PRIMARY KEY,
    code text NOT NULL UNIQUE,
    name text NOT NULL,
    level text NOT NULL,
    kind text NOT NULL,
    status text NOT NULL,
    decision text NOT NULL DEFAULT '',
    decision_date date,
    parent uuid REFERENCES hub.plan,
    stated_area_ha double precision,
    geom @postgis@.geometry(MultiPolygon, @srid@),
    no_work_area @postgis@.geometry(MultiPolygon, @srid@),
    valid_from date,
    valid_to date,
    CHECK (valid_to >= valid_from)
);
CREATE INDEX ON hub.plan USING gist (geom);

CREATE TABLE hub.plan_commune (
    plan uuid NOT NULL REFERENCES hub.plan ON DELETE CASCADE,
    commune text NOT NULL REFERENCES hub.commune,
    PRIMARY KEY (plan, commune)
);
CREATE INDEX ON hub.plan_commune (commune);

CREATE TABLE hub.account (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    name text NOT NULL UNIQUE CHECK (name <> ''),
    full_name text NOT NULL,
    password_hash text NOT NULL,
    cleared boolean NOT NULL DEFAULT false,
    disabled_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON COLUMN hub.account.cleared IS 'Sees restricted features';

CREATE TABLE hub.role (
    account uuid NOT NULL REFERENCES hub.account ON DELETE CASCADE,
    role text NOT NULL CHECK (role IN ('technician', 'head', 'reviewer', 'approver', 'administrator', 'observer')),
    commune text REFERENCES hub.commune,
    UNIQUE NULLS NOT DISTINCT (account, role, commune),
    CHECK ((role IN ('technician', 'head')) = (commune IS NOT NULL))
);

CREATE TABLE hub.token (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    account uuid NOT NULL REFERENCES hub.account ON DELETE CASCADE,
    secret_hash bytea NOT NULL UNIQUE,
    device text NOT NULL DEFAULT '',
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    expires_at timestamptz NOT NULL,
    revoked_at timestamptz,
    last_used_at timestamptz
);
CREATE INDEX ON hub.token (account);

CREATE TABLE hub.login_attempt (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL,
    address text NOT NULL,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    succeeded boolean NOT NULL
);
CREATE INDEX ON hub.login_attempt (name, at);
CREATE INDEX ON hub.login_attempt (address, at);

CREATE TABLE hub.transaction (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    xid xid8 NOT NULL,
    started_at timestamptz NOT NULL,
    UNIQUE (xid, started_at)
);
COMMENT ON TABLE hub.transaction IS 'Transactions that changed a layer; the pair is unique, for xids repeat after dump and restore';

CREATE SEQUENCE hub.revision_number AS bigint CACHE 1;

CREATE TABLE hub.revision (
    number bigint PRIMARY KEY,
    id uuid NOT NULL UNIQUE DEFAULT gen_random_uuid(),
    transaction uuid NOT NULL UNIQUE,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    actor text NOT NULL,
    database_user text NOT NULL,
    proposal uuid,
    version int
);
CREATE INDEX ON hub.revision (proposal) WHERE proposal IS NOT NULL;

CREATE TABLE hub.change_log (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    transaction uuid NOT NULL,
    layer text NOT NULL,
    key uuid NOT NULL,
    old jsonb,
    new jsonb,
    old_geom @postgis@.geometry,
    new_geom @postgis@.geometry,
    CHECK (old IS NOT NULL OR new IS NOT NULL)
);
COMMENT ON TABLE hub.change_log IS 'Whole rows before and after, without key and geometry, times in UTC';
CREATE INDEX ON hub.change_log (transaction);
CREATE INDEX ON hub.change_log (key);

CREATE TABLE hub.proposal (
    id uuid PRIMARY KEY,
    number bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
    commune text NOT NULL REFERENCES hub.commune,
    plan uuid NOT NULL REFERENCES hub.plan,
    title text NOT NULL,
    ground int NOT NULL,
    author uuid NOT NULL REFERENCES hub.account,
    state text NOT NULL,
    version int NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    updated_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    revision bigint REFERENCES hub.revision
);
CREATE INDEX ON hub.proposal (author);
CREATE INDEX ON hub.proposal (state, commune);

CREATE TABLE hub.proposal_version (
    proposal uuid NOT NULL REFERENCES hub.proposal,
    number int NOT NULL,
    hash text NOT NULL,
    content jsonb NOT NULL,
    submitted_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    author uuid NOT NULL REFERENCES hub.account,
    base_number bigint NOT NULL,
    base_id uuid NOT NULL,
    rekeyed jsonb NOT NULL DEFAULT '{}',
    findings jsonb NOT NULL DEFAULT '[]',
    PRIMARY KEY (proposal, number)
);

CREATE TABLE hub.proposal_step (
    id uuid PRIMARY KEY,
    proposal uuid NOT NULL REFERENCES hub.proposal,
    version int NOT NULL,
    step text NOT NULL,
    actor uuid NOT NULL REFERENCES hub.account,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    reason text,
    answer jsonb
);
COMMENT ON COLUMN hub.proposal_step.id IS 'Made by who asks, so that a lost answer can be asked for again';
CREATE INDEX ON hub.proposal_step (proposal, at);

CREATE TABLE hub.attachment (
    sha256 text PRIMARY KEY CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    size bigint NOT NULL,
    content bytea NOT NULL,
    created_by uuid NOT NULL REFERENCES hub.account,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE TABLE hub.proposal_attachment (
    proposal uuid NOT NULL,
    version int NOT NULL,
    sha256 text NOT NULL REFERENCES hub.attachment,
    name text NOT NULL,
    PRIMARY KEY (proposal, version, sha256, name),
    FOREIGN KEY (proposal, version) REFERENCES hub.proposal_version
);
CREATE INDEX ON hub.proposal_attachment (sha256);

CREATE TABLE hub.audit (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    proposal uuid NOT NULL,
    position int NOT NULL,
    at timestamptz NOT NULL,
    actor text NOT NULL,
    action text NOT NULL,
    details jsonb NOT NULL DEFAULT '{}',
    previous text NOT NULL,
    hash text NOT NULL,
    UNIQUE (proposal, position)
);
