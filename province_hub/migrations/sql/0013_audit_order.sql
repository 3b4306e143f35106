-- One order over the chains of all proposals, and heads of it that the hub has signed.
ALTER TABLE hub.audit ADD COLUMN IF NOT EXISTS running text;
COMMENT ON COLUMN hub.audit.running IS 'SHA-256 over the one of the entry before (in the order of id), as hex text, followed by this entry''s hash';

ALTER TABLE hub.audit DISABLE TRIGGER append_only;
DO $$
DECLARE
    entry record;
    last text := repeat('0', 64);
BEGIN
    FOR entry IN SELECT id, hash FROM hub.audit ORDER BY id LOOP
        last := encode(sha256(convert_to(last || entry.hash, 'UTF8')), 'hex');
        UPDATE hub.audit SET running = last WHERE id = entry.id;
    END LOOP;
END $$;
ALTER TABLE hub.audit ENABLE ALWAYS TRIGGER append_only;
ALTER TABLE hub.audit ALTER COLUMN running SET NOT NULL;

CREATE TABLE IF NOT EXISTS hub.audit_key (
    public_key text PRIMARY KEY CHECK (public_key ~ '^[0-9a-f]{64}$'),
    since timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE hub.audit_key IS 'Ed25519 keys that the hub has signed heads with; the private ones are in its state folder alone';

CREATE TABLE IF NOT EXISTS hub.audit_head (
    id bigint NOT NULL,
    revision bigint NOT NULL,
    document jsonb NOT NULL,
    PRIMARY KEY (id, revision)
);
COMMENT ON TABLE hub.audit_head IS 'Signed heads that were given out; without a reference to the entry, so that they outlive it';

CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON hub.audit_key
    FOR EACH STATEMENT EXECUTE FUNCTION hub.refuse_change();
CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON hub.audit_head
    FOR EACH STATEMENT EXECUTE FUNCTION hub.refuse_change();
ALTER TABLE hub.audit_key ENABLE ALWAYS TRIGGER append_only;
ALTER TABLE hub.audit_head ENABLE ALWAYS TRIGGER append_only;
