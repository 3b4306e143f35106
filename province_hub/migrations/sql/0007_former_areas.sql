-- What a commune's area was before: its working copies keep what they edited there, and ask for news of it.
CREATE TABLE IF NOT EXISTS hub.former_area (
    commune text NOT NULL REFERENCES hub.commune,
    epoch int NOT NULL,
    geom @postgis@.geometry(MultiPolygon, @srid@) NOT NULL,
    PRIMARY KEY (commune, epoch)
);

CREATE OR REPLACE FUNCTION hub.keep_former_area() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO hub.former_area VALUES (old.code, old.area_epoch, old.area) ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER keep_former_area AFTER UPDATE OF area ON hub.commune
    FOR EACH ROW WHEN (old.area IS DISTINCT FROM new.area) EXECUTE FUNCTION hub.keep_former_area();
