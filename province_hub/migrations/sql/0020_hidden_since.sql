-- What becomes restricted after a version was sent is known with the version: who decides on it depends on that.
COMMENT ON COLUMN hub.proposal_version.restricted IS 'It changes a feature that not everybody may see whole, or that became such a one since';

CREATE OR REPLACE FUNCTION hub.note_hidden() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    UPDATE hub.proposal_version v SET restricted = true
    FROM (SELECT DISTINCT l.layer, l.key FROM logged l WHERE (l.new ->> 'visibility')::int > 0) hidden
    JOIN hub.proposal_ground g ON g.layer = hidden.layer AND g.key = hidden.key
    JOIN hub.proposal p ON p.id = g.proposal AND p.version = g.version AND p.state NOT IN ('approved', 'rejected')
    WHERE v.proposal = g.proposal AND v.number = g.version AND NOT v.restricted;
    RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER note_hidden AFTER INSERT ON hub.change_log REFERENCING NEW TABLE AS logged
    FOR EACH STATEMENT EXECUTE FUNCTION hub.note_hidden();
ALTER TABLE hub.change_log ENABLE ALWAYS TRIGGER note_hidden;

DO $$
DECLARE
    layer text;
BEGIN
    FOR layer IN SELECT id FROM hub.layer LOOP
        EXECUTE format(
            'UPDATE hub.proposal_version v SET restricted = true
             FROM hub.proposal_ground g JOIN %I.%I l ON l.key = g.key AND l.visibility > 0
             JOIN hub.proposal p ON p.id = g.proposal AND p.version = g.version AND p.state NOT IN (''approved'', ''rejected'')
             WHERE g.layer = %L AND v.proposal = g.proposal AND v.number = g.version AND NOT v.restricted',
            split_part(layer, '.', 1), split_part(layer, '.', 2), layer);
    END LOOP;
END $$;
