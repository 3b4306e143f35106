-- Which features a version changes, and which ground: what finds out that two proposals, or one and an earlier one, meet.
CREATE TABLE hub.proposal_feature (
    proposal uuid NOT NULL,
    version int NOT NULL,
    layer text NOT NULL,
    key uuid NOT NULL,
    ground @postgis@.geometry(Geometry, @srid@),
    PRIMARY KEY (proposal, version, layer, key),
    FOREIGN KEY (proposal, version) REFERENCES hub.proposal_version
);
COMMENT ON COLUMN hub.proposal_feature.ground IS 'What the feature covers before and after, together';
CREATE INDEX ON hub.proposal_feature (key);
CREATE INDEX ON hub.proposal_feature USING gist (ground);

INSERT INTO hub.proposal_feature (proposal, version, layer, key, ground)
SELECT v.proposal, v.number, c ->> 'layer', coalesce(v.rekeyed ->> (c ->> 'key'), c ->> 'key')::uuid,
       @postgis@.ST_MakeValid(coalesce(@postgis@.ST_Union(@postgis@.ST_MakeValid(s.old), @postgis@.ST_MakeValid(s.new)), s.old, s.new))
FROM hub.proposal_version v, jsonb_array_elements(v.content -> 'changes') c,
     LATERAL (SELECT @postgis@.ST_GeomFromWKB(decode(c -> 'old' ->> 'geom', 'base64'), @srid@) AS old,
                     @postgis@.ST_GeomFromWKB(decode(c -> 'new' ->> 'geom', 'base64'), @srid@) AS new) s
ON CONFLICT DO NOTHING;

DO $$
DECLARE
    layer text;
BEGIN
    FOR layer IN SELECT id FROM hub.layer LOOP
        EXECUTE format(
            'UPDATE hub.proposal_feature f SET ground = l.geom FROM %I.%I l WHERE f.layer = %L AND f.ground IS NULL AND l.key = f.key',
            split_part(layer, '.', 1), split_part(layer, '.', 2), layer);
    END LOOP;
END $$;
