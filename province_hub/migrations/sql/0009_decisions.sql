-- What follows an approval: the decision as it was signed, when it was put into force, and what the commune has to do then.
CREATE TABLE hub.decision (
    id uuid PRIMARY KEY,
    proposal uuid NOT NULL REFERENCES hub.proposal,
    number text NOT NULL CHECK (number <> ''),
    date date NOT NULL,
    effective date NOT NULL CHECK (effective >= date),
    signer text NOT NULL,
    office text NOT NULL,
    sha256 text NOT NULL REFERENCES hub.attachment,
    file_name text NOT NULL,
    figures jsonb NOT NULL,
    supersedes uuid UNIQUE REFERENCES hub.decision,
    reason text,
    recorded_by uuid NOT NULL REFERENCES hub.account,
    recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CHECK ((supersedes IS NULL) = (reason IS NULL))
);
COMMENT ON COLUMN hub.decision.id IS 'Made by who records it, so that a lost answer can be asked for again';
COMMENT ON COLUMN hub.decision.supersedes IS 'The record that this one corrects; the one that none corrects counts';
CREATE UNIQUE INDEX ON hub.decision (proposal) WHERE supersedes IS NULL;
CREATE INDEX ON hub.decision (proposal);
CREATE INDEX ON hub.decision (sha256);

CREATE TABLE hub.decision_effect (
    id uuid PRIMARY KEY,
    decision uuid NOT NULL UNIQUE REFERENCES hub.decision,
    revision bigint NOT NULL REFERENCES hub.revision,
    wrote boolean NOT NULL,
    waiver text,
    reconciliation jsonb NOT NULL,
    made_by uuid NOT NULL REFERENCES hub.account,
    made_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON COLUMN hub.decision_effect.revision IS 'From which the database knows of it: the one that wrote the legal times, else the newest then';
CREATE INDEX ON hub.decision_effect (revision);

CREATE TABLE hub.follow_up_task (
    proposal uuid NOT NULL REFERENCES hub.proposal,
    kind text NOT NULL CHECK (kind IN ('publish', 'archive', 'implement', 'review_lower')),
    PRIMARY KEY (proposal, kind)
);

CREATE TABLE hub.follow_up_done (
    id uuid PRIMARY KEY,
    proposal uuid NOT NULL,
    kind text NOT NULL,
    note text NOT NULL,
    sha256 text REFERENCES hub.attachment,
    file_name text,
    done_by uuid NOT NULL REFERENCES hub.account,
    done_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    UNIQUE (proposal, kind),
    FOREIGN KEY (proposal, kind) REFERENCES hub.follow_up_task,
    CHECK ((sha256 IS NULL) = (file_name IS NULL))
);
CREATE INDEX ON hub.follow_up_done (sha256);

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON hub.decision
    FOR EACH STATEMENT EXECUTE FUNCTION hub.refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON hub.decision_effect
    FOR EACH STATEMENT EXECUTE FUNCTION hub.refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON hub.follow_up_done
    FOR EACH STATEMENT EXECUTE FUNCTION hub.refuse_change();
ALTER TABLE hub.decision ENABLE ALWAYS TRIGGER append_only;
ALTER TABLE hub.decision_effect ENABLE ALWAYS TRIGGER append_only;
ALTER TABLE hub.follow_up_done ENABLE ALWAYS TRIGGER append_only;

CREATE VIEW hub.named_file AS
    SELECT sha256, proposal FROM hub.proposal_attachment
    UNION ALL SELECT sha256, proposal FROM hub.discussion_file
    UNION ALL SELECT sha256, proposal FROM hub.decision
    UNION ALL SELECT sha256, proposal FROM hub.follow_up_done WHERE sha256 IS NOT NULL;
COMMENT ON VIEW hub.named_file IS 'Which proposals name a file, in a version, in what was said of it or in what followed: who may see one of them may read it, and it stays';
