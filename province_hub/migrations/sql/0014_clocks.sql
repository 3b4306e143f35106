-- Legal clocks and days off, until when a proposal has to be dealt with, and what its lists are found by.
CREATE TABLE hub.legal_clock (
    rule text PRIMARY KEY,
    purpose text NOT NULL,
    plan_levels text[] NOT NULL DEFAULT '{}',
    applies_to text NOT NULL DEFAULT '',
    starts_at text NOT NULL DEFAULT '',
    duration int NOT NULL CHECK (duration > 0),
    unit text NOT NULL CHECK (unit IN ('day', 'working_day', 'month')),
    basis text NOT NULL,
    valid_from date,
    valid_to date,
    verification text NOT NULL DEFAULT '',
    CHECK (valid_to >= valid_from)
);
COMMENT ON COLUMN hub.legal_clock.plan_levels IS 'Empty: plans of all levels';
COMMENT ON COLUMN hub.legal_clock.verification IS 'How sure the rule is: the text was read, or a source that tells of it';

CREATE TABLE hub.holiday (
    day date PRIMARY KEY,
    working boolean NOT NULL DEFAULT false,
    note text NOT NULL DEFAULT ''
);
COMMENT ON TABLE hub.holiday IS 'What a year''s decree says beside the holidays of the Labour Code: further days off, and Saturdays that are worked';

ALTER TABLE hub.proposal ADD COLUMN due_at timestamptz, ADD COLUMN due jsonb;
COMMENT ON COLUMN hub.proposal.due_at IS 'The end of the last day for the step that is waited for; none while no legal clock runs';
CREATE INDEX ON hub.proposal (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX ON hub.proposal (commune, number);
CREATE INDEX ON hub.proposal (plan, number);
CREATE INDEX ON hub.proposal (state, number);
CREATE INDEX ON hub.proposal (updated_at, number);
CREATE INDEX ON hub.proposal_version (author, proposal);
