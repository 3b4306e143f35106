-- How many changes a version has: lists show it, and need not unpack whole versions for it.
ALTER TABLE hub.proposal_version ADD COLUMN changes integer GENERATED ALWAYS AS (jsonb_array_length(content -> 'changes')) STORED;
-- What an account did, for the lists of what waits for it.
CREATE INDEX ON hub.proposal_step (actor);
CREATE INDEX ON hub.proposal_step (delegation) WHERE delegation IS NOT NULL;
-- A list by what is due first reads no more than its page.
CREATE INDEX ON hub.proposal (coalesce(due_at, 'infinity'), number);
