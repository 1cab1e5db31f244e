-- Audits that were stopped, what a file held that was not read, and the texts that a draft had before.

ALTER TABLE audit_run DROP CONSTRAINT audit_run_state_check;
ALTER TABLE audit_run ADD CONSTRAINT audit_run_state_check CHECK (state IN ('running', 'done', 'failed', 'stopped'));
ALTER TABLE audit_run ADD warnings text[] NOT NULL DEFAULT '{}' CHECK (cardinality(warnings) <= 20);
COMMENT ON COLUMN audit_run.warnings IS 'What was not as expected and did not end it: columns that were not read';
GRANT UPDATE (warnings) ON audit_run TO throughcare_app;

CREATE TABLE audit_reject (
  audit_run_id uuid NOT NULL,
  row bigint NOT NULL CHECK (row > 0),
  agency_id uuid NOT NULL REFERENCES agency,
  line_id text,
  reason text NOT NULL,
  PRIMARY KEY (audit_run_id, row),
  FOREIGN KEY (audit_run_id, agency_id) REFERENCES audit_run (id, agency_id) ON DELETE CASCADE
);
COMMENT ON TABLE audit_reject IS 'A row of an uploaded file that is no line, and why; goes with its audit';
COMMENT ON COLUMN audit_reject.row IS 'From 1, the first after the header';
CALL access.protect('audit_reject',
  'agency_id = access.agency() AND audit_run_id IN (SELECT id FROM audit_run)',
  'agency_id = access.agency() AND audit_run_id IN (SELECT id FROM audit_run)',
  may_update => false);
CALL access.guard_table('audit_reject');

-- A draft judges nothing: whoever may write it may throw it away.
CREATE POLICY removers ON bulletin_draft FOR DELETE TO throughcare_app
  USING (agency_id = (SELECT access.agency()) AND (SELECT access.has_role('policy-analyst')));
GRANT DELETE ON bulletin_draft TO throughcare_app;

CREATE TABLE bulletin_draft_version (
  bulletin_draft_id uuid NOT NULL,
  saves integer NOT NULL,
  agency_id uuid NOT NULL REFERENCES agency,
  yaml text NOT NULL CHECK (octet_length(yaml) <= 200000),
  saved_at timestamptz NOT NULL,
  -- Whoever wrote this text; whoever wrote over it is another.
  author_id uuid NOT NULL,
  PRIMARY KEY (bulletin_draft_id, saves),
  FOREIGN KEY (bulletin_draft_id, agency_id) REFERENCES bulletin_draft (id, agency_id) ON DELETE CASCADE,
  FOREIGN KEY (author_id, agency_id) REFERENCES staff (id, agency_id)
);
COMMENT ON TABLE bulletin_draft_version IS 'A text that a draft had before: one of every few minutes of writing, and the last of each hand';
COMMENT ON COLUMN bulletin_draft_version.saves IS 'The draft''s count of saves when this was its text';
CALL access.protect('bulletin_draft_version',
  'agency_id = access.agency() AND access.has_role(''policy-analyst'')',
  'agency_id = access.agency() AND access.has_role(''policy-analyst'')',
  may_update => false);
CALL access.guard_table('bulletin_draft_version');

-- Kept by the database itself, so that no way of saving forgets it.
CREATE FUNCTION access.keep_draft_version() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NEW.yaml <> OLD.yaml AND (NEW.saved_by <> OLD.saved_by OR NOT EXISTS (
    SELECT FROM bulletin_draft_version v
    WHERE v.bulletin_draft_id = OLD.id AND v.saved_at > OLD.saved_at - interval '5 minutes'))
  THEN
    INSERT INTO bulletin_draft_version (bulletin_draft_id, saves, agency_id, yaml, saved_at, author_id)
    VALUES (OLD.id, OLD.saves, OLD.agency_id, OLD.yaml, OLD.saved_at, OLD.saved_by)
    ON CONFLICT DO NOTHING;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_version BEFORE UPDATE ON bulletin_draft FOR EACH ROW EXECUTE FUNCTION access.keep_draft_version();
