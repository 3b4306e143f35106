-- Years whose official days off and swapped days are known; what is due in another year is provisional.
CREATE TABLE hub.calendar_year (
    year int PRIMARY KEY,
    document text NOT NULL CHECK (document <> '')
);
COMMENT ON TABLE hub.calendar_year IS 'Years whose days off are announced: those of the holidays library, and hub.holiday where it differs';
INSERT INTO hub.calendar_year VALUES (2025, 'python-holidays 0.109'), (2026, 'python-holidays 0.109');

-- The rules of law and decree stay the general ones while resolutions cut their periods for a time: they hold again afterwards.
UPDATE hub.legal_clock SET valid_to = NULL
WHERE (rule, valid_to) IN (('appraise.plan', '2026-06-30'), ('approve.tmb', '2026-04-28'));

-- Publication is due by its clock; a province that had set other days keeps them.
UPDATE hub.legal_clock c SET duration = (s.value #>> '{}')::int FROM hub.setting s
WHERE s.name = 'days_to_publish' AND c.rule = 'publish' AND (s.value #>> '{}')::int > 0;
DELETE FROM hub.setting WHERE name = 'days_to_publish';
