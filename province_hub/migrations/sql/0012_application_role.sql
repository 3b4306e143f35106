-- The hub may serve under a role that owns nothing: who may add to the audit is believed, too, when it says for whom it acts.
CREATE OR REPLACE FUNCTION hub.number_revision() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    trusted CONSTANT boolean := pg_has_role(session_user, current_user, 'MEMBER')
        OR has_table_privilege(session_user, 'hub.audit', 'INSERT');
    actor CONSTANT text := CASE WHEN trusted THEN nullif(current_setting('hub.actor', true), '') END;
    proposal CONSTANT text := CASE WHEN trusted THEN nullif(current_setting('hub.proposal', true), '') END;
    version CONSTANT text := CASE WHEN trusted THEN nullif(current_setting('hub.version', true), '') END;
BEGIN
    -- Held until the commit is visible: numbers are in commit order, and none comes late.
    PERFORM pg_advisory_xact_lock(hashtextextended('hub.revision_number', 0));
    INSERT INTO hub.revision (number, transaction, actor, database_user, proposal, version)
    VALUES (nextval('hub.revision_number'), NEW.id, coalesce(actor, session_user), session_user, proposal::uuid, version::int);
    RETURN NULL;
END $$;
