-- What a commune's area was before: its working copies keep what they edited there, and ask for news of it.
CREATE TABLE IF NOT EXISTS hub.former_area (
    commune text NOT NULL REFERENCES hub.commune,
    epoch int NOT NULL,
    geom @postgis@.geometry(MultiPolygon, @srid@) NOT NULL,
    PRIMARY KEY (commune, epoch)
);

CREATE OR REPLACE FUNCTION hub.keep_former_area() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF @postgis@.ST_AsEWKB(old.area) IS DISTINCT FROM @postgis@.ST_AsEWKB(new.area) THEN
        INSERT INTO hub.former_area VALUES (old.code, old.area_epoch, old.area) ON CONFLICT DO NOTHING;
    END IF;
    RETURN NULL;
END $$;

-- The areas are compared within: a condition of the trigger's own couldn't be restored, for pg_restore knows no operators of PostGIS.
CREATE OR REPLACE TRIGGER keep_former_area AFTER UPDATE OF area ON hub.commune
    FOR EACH ROW EXECUTE FUNCTION hub.keep_former_area();
