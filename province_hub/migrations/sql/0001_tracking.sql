-- The hub's clock: every change of a layer row is logged, and each transaction that made one gets the next revision number
-- while it commits. Functions run as their owner, so that rights on a layer table are all that an editor needs.

CREATE FUNCTION hub.snap(shape @postgis@.geometry) RETURNS @postgis@.geometry
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    srid CONSTANT int := @postgis@.ST_SRID(shape);
    flat CONSTANT @postgis@.geometry := @postgis@.ST_Force2D(shape);
    digits text := @postgis@.ST_AsText(flat, 4);
BEGIN
    IF position('e-' IN digits) = 0
       AND @postgis@.ST_AsBinary(@postgis@.ST_GeomFromText(digits)) = @postgis@.ST_AsBinary(flat) THEN
        RETURN flat;
    END IF;
    -- halves go to the even step of the product, as in core.geometry.snapped; what is too small for digits is zero
    digits := @postgis@.ST_AsText(@postgis@.ST_Scale(flat, 1e4, 1e4), 0);
    digits := regexp_replace(digits, '-?[0-9.]+e-[0-9]+', '0', 'g');
    RETURN @postgis@.ST_GeomFromText(
        @postgis@.ST_AsText(@postgis@.ST_Scale(@postgis@.ST_GeomFromText(digits), 1e-4, 1e-4), 4), srid);
END $$;
COMMENT ON FUNCTION hub.snap IS 'Each coordinate becomes the double nearest to k / 10 000; heights are dropped';

CREATE FUNCTION hub.open_transaction() RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    known uuid;
BEGIN
    -- Nothing that a session can set has a say in this.
    SELECT t.id INTO known FROM hub.transaction t
    WHERE t.xid = pg_current_xact_id() AND t.started_at = transaction_timestamp();
    IF known IS NULL THEN
        INSERT INTO hub.transaction (xid, started_at) VALUES (pg_current_xact_id(), transaction_timestamp())
        RETURNING id INTO known;
    END IF;
    RETURN known;
END $$;

CREATE FUNCTION hub.number_revision() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    -- who it is done for is believed only of the hub's own role
    trusted CONSTANT boolean := pg_has_role(session_user, current_user, 'MEMBER');
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

CREATE CONSTRAINT TRIGGER number_revision AFTER INSERT ON hub.transaction
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION hub.number_revision();
ALTER TABLE hub.transaction ENABLE ALWAYS TRIGGER number_revision;

CREATE FUNCTION hub.row_columns(relation oid, alias text) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT string_agg(format('%s.%I', alias, attname), ', ' ORDER BY attnum)
    FROM pg_attribute
    WHERE attrelid = relation AND attnum > 0 AND NOT attisdropped AND attname NOT IN ('key', 'geom')
$$;
COMMENT ON FUNCTION hub.row_columns IS 'The columns that the log keeps as JSON, as they are now: a column added later is logged too';

CREATE FUNCTION hub.log_insert() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' SET extra_float_digits = 1 AS $$
BEGIN
    EXECUTE format(
        'INSERT INTO hub.change_log (transaction, layer, key, new, new_geom)
         SELECT (SELECT hub.open_transaction()), $1, n.key, to_jsonb(kept), n.geom
         FROM new_rows n CROSS JOIN LATERAL (SELECT %s) kept',
        hub.row_columns(TG_RELID, 'n'))
    USING TG_TABLE_SCHEMA || '.' || TG_TABLE_NAME;
    RETURN NULL;
END $$;

CREATE FUNCTION hub.log_update() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' SET extra_float_digits = 1 AS $$
BEGIN
    EXECUTE format(
        'INSERT INTO hub.change_log (transaction, layer, key, old, new, old_geom, new_geom)
         SELECT (SELECT hub.open_transaction()), $1, coalesce(o.key, n.key),
                CASE WHEN o.key IS NOT NULL THEN to_jsonb(was) END, CASE WHEN n.key IS NOT NULL THEN to_jsonb(becomes) END,
                o.geom, n.geom
         FROM old_rows o FULL JOIN new_rows n ON n.key = o.key
         CROSS JOIN LATERAL (SELECT %s) was CROSS JOIN LATERAL (SELECT %s) becomes
         WHERE o.key IS NULL OR n.key IS NULL OR o *<> n',
        hub.row_columns(TG_RELID, 'o'), hub.row_columns(TG_RELID, 'n'))
    USING TG_TABLE_SCHEMA || '.' || TG_TABLE_NAME;
    RETURN NULL;
END $$;

CREATE FUNCTION hub.log_delete() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' SET extra_float_digits = 1 AS $$
BEGIN
    EXECUTE format(
        'INSERT INTO hub.change_log (transaction, layer, key, old, old_geom)
         SELECT (SELECT hub.open_transaction()), $1, o.key, to_jsonb(kept), o.geom
         FROM old_rows o CROSS JOIN LATERAL (SELECT %s) kept',
        hub.row_columns(TG_RELID, 'o'))
    USING TG_TABLE_SCHEMA || '.' || TG_TABLE_NAME;
    RETURN NULL;
END $$;

CREATE FUNCTION hub.log_truncate() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' SET extra_float_digits = 1 AS $$
BEGIN
    -- TRUNCATE empties the table of rows that an older snapshot can't see, and that couldn't be logged.
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE 'TRUNCATE of a layer needs READ COMMITTED: an older snapshot would leave rows out of the log'
            USING ERRCODE = 'active_sql_transaction';
    END IF;
    EXECUTE format(
        'INSERT INTO hub.change_log (transaction, layer, key, old, old_geom)
         SELECT (SELECT hub.open_transaction()), $1, o.key, to_jsonb(kept), o.geom
         FROM %s o CROSS JOIN LATERAL (SELECT %s) kept',
        TG_RELID::regclass, hub.row_columns(TG_RELID, 'o'))
    USING TG_TABLE_SCHEMA || '.' || TG_TABLE_NAME;
    RETURN NULL;
END $$;

CREATE FUNCTION hub.text_in_nfc(line anyelement, relation oid) RETURNS anyelement
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    name text;
    texts jsonb := '{}';
    plain text;
BEGIN
    FOR name IN
        SELECT attname FROM pg_attribute
        WHERE attrelid = relation AND attnum > 0 AND NOT attisdropped AND atttypid IN ('text'::regtype, 'varchar'::regtype)
    LOOP
        EXECUTE format('SELECT ($1).%I', name) INTO plain USING line;
        texts := texts || jsonb_build_object(name, normalize(plain, NFC));
    END LOOP;
    RETURN jsonb_populate_record(line, texts);
END $$;

CREATE FUNCTION hub.prepare_row() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    shape @postgis@.geometry := NEW.geom;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF NEW.key IS DISTINCT FROM OLD.key OR NEW.birth IS DISTINCT FROM OLD.birth THEN
            RAISE 'key and birth name feature % of %.% for ever and can''t be changed', OLD.key, TG_TABLE_SCHEMA, TG_TABLE_NAME
                USING ERRCODE = 'integrity_constraint_violation', HINT = 'Delete the row and insert another.';
        END IF;
        -- equal shapes keep their bytes, so that a rewritten row counts as unchanged
        shape := CASE WHEN NEW.geom OPERATOR(@postgis@.=) OLD.geom THEN OLD.geom ELSE hub.snap(NEW.geom) END;
    ELSE
        -- programs that write every column send NULL where they know no default
        NEW.key := coalesce(NEW.key, gen_random_uuid());
        NEW.birth := coalesce(NEW.birth, gen_random_uuid());
        NEW.visibility := coalesce(NEW.visibility, 0);
        shape := hub.snap(NEW.geom);
    END IF;
    NEW.geom := NULL;
    IF NEW::text IS NOT NFC NORMALIZED THEN
        NEW := hub.text_in_nfc(NEW, TG_RELID);
    END IF;
    NEW.geom := shape;
    RETURN NEW;
END $$;

CREATE FUNCTION hub.track(relation regclass) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    name text;
BEGIN
    EXECUTE format('CREATE TRIGGER zz_prepare BEFORE INSERT OR UPDATE ON %s
                    FOR EACH ROW EXECUTE FUNCTION hub.prepare_row()', relation);
    EXECUTE format('CREATE TRIGGER zz_log_insert AFTER INSERT ON %s REFERENCING NEW TABLE AS new_rows
                    FOR EACH STATEMENT EXECUTE FUNCTION hub.log_insert()', relation);
    EXECUTE format('CREATE TRIGGER zz_log_update AFTER UPDATE ON %s REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
                    FOR EACH STATEMENT EXECUTE FUNCTION hub.log_update()', relation);
    EXECUTE format('CREATE TRIGGER zz_log_delete AFTER DELETE ON %s REFERENCING OLD TABLE AS old_rows
                    FOR EACH STATEMENT EXECUTE FUNCTION hub.log_delete()', relation);
    EXECUTE format('CREATE TRIGGER zz_log_truncate BEFORE TRUNCATE ON %s
                    FOR EACH STATEMENT EXECUTE FUNCTION hub.log_truncate()', relation);
    FOREACH name IN ARRAY ARRAY['zz_prepare', 'zz_log_insert', 'zz_log_update', 'zz_log_delete', 'zz_log_truncate'] LOOP
        EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER %I', relation, name);
    END LOOP;
END $$;
COMMENT ON FUNCTION hub.track IS 'Arms a layer table; also in sessions that replay a replica''s writes';

CREATE FUNCTION hub.refuse_change() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE '%.% is only ever added to', TG_TABLE_SCHEMA, TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON hub.change_log
    FOR EACH STATEMENT EXECUTE FUNCTION hub.refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON hub.revision
    FOR EACH STATEMENT EXECUTE FUNCTION hub.refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON hub.transaction
    FOR EACH STATEMENT EXECUTE FUNCTION hub.refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON hub.audit
    FOR EACH STATEMENT EXECUTE FUNCTION hub.refuse_change();
ALTER TABLE hub.change_log ENABLE ALWAYS TRIGGER append_only;
ALTER TABLE hub.revision ENABLE ALWAYS TRIGGER append_only;
ALTER TABLE hub.transaction ENABLE ALWAYS TRIGGER append_only;
ALTER TABLE hub.audit ENABLE ALWAYS TRIGGER append_only;

-- Functions are callable by all unless one says otherwise; triggers fire without that right.
REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA hub FROM PUBLIC;

-- A checkpoint exists from the first day: the state before any change.
INSERT INTO hub.revision (number, transaction, actor, database_user) VALUES (0, gen_random_uuid(), session_user, session_user);
