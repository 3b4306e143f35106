-- What lists of proposals are searched by: names without marks and case, as many people type.
ALTER TABLE hub.proposal ADD COLUMN folded text GENERATED ALWAYS AS (
    regexp_replace(translate(normalize(lower(title), NFD), 'đ', 'd'), '[\u0300-\u036f]', '', 'g')) STORED;
ALTER TABLE hub.plan ADD COLUMN folded text GENERATED ALWAYS AS (
    regexp_replace(translate(normalize(lower(name), NFD), 'đ', 'd'), '[\u0300-\u036f]', '', 'g')) STORED;
ALTER TABLE hub.commune ADD COLUMN folded text GENERATED ALWAYS AS (
    regexp_replace(translate(normalize(lower(name), NFD), 'đ', 'd'), '[\u0300-\u036f]', '', 'g')) STORED;
ALTER TABLE hub.account ADD COLUMN folded text GENERATED ALWAYS AS (
    regexp_replace(translate(normalize(lower(full_name), NFD), 'đ', 'd'), '[\u0300-\u036f]', '', 'g')) STORED;
