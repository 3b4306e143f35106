-- A file that is sent again is about to be named: its age counts from then.
ALTER TABLE hub.attachment ADD last_sent_at timestamptz NOT NULL DEFAULT clock_timestamp();
