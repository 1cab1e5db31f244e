-- What was said in a session, and groups whose register becomes each person's own contact.

-- A contact of a few minutes comes to no unit, and is recorded all the same: nothing is claimed for it.
ALTER TABLE service DROP CONSTRAINT service_units_check;
ALTER TABLE service ADD CONSTRAINT service_units_check CHECK (units BETWEEN 0 AND 96);
COMMENT ON COLUMN service.units IS 'From the times, less private minutes, by the bulletin''s reading of a unit; 0 only for a contact that no bulletin counts';

CREATE TABLE session_note (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  agency_id uuid NOT NULL REFERENCES agency,
  consumer_id uuid NOT NULL REFERENCES consumer,
  service_id uuid NOT NULL,
  text text CHECK (length(text) BETWEEN 1 AND 8000),
  goals uuid[] NOT NULL DEFAULT '{}',
  recorded_at timestamptz NOT NULL DEFAULT now(),
  recorded_by uuid NOT NULL,
  FOREIGN KEY (service_id, consumer_id) REFERENCES service (id, consumer_id),
  FOREIGN KEY (recorded_by, agency_id) REFERENCES staff (id, agency_id),
  CHECK (text IS NOT NULL OR cardinality(goals) > 0)
);
COMMENT ON TABLE session_note IS 'What was worked on in a session; the first is the note, what is added later stands below it, nothing is changed';
COMMENT ON COLUMN session_note.goals IS 'The goals of the plan that it was about, by lineage: the same through all versions';
CREATE INDEX ON session_note (service_id);
CREATE INDEX ON session_note (consumer_id);
CALL access.protect('session_note',
  'agency_id = access.agency() AND consumer_id IN (SELECT access.record_consumers())',
  'agency_id = access.agency() AND consumer_id IN (SELECT access.record_consumers())', may_update => false);
CALL access.guard_table('session_note');
CREATE TRIGGER keep BEFORE UPDATE OR DELETE OR TRUNCATE ON session_note FOR EACH STATEMENT EXECUTE FUNCTION access.refuse();

-- ---------------------------------------------------------------- groups

ALTER TABLE support_group ADD created_at timestamptz NOT NULL DEFAULT now();
COMMENT ON COLUMN support_group.kind IS 'relapse-prevention, recovery, motivation, counseling, skills, harm-reduction, womens, parenting, work-and-education, activity, mutual-aid, other';
CREATE INDEX ON support_group (agency_id, weekday, starts);
CREATE INDEX ON support_group (lead_id) WHERE active;
CREATE INDEX ON group_meeting (agency_id, day);
CREATE INDEX ON group_meeting (lead_id) WHERE signed_at IS NULL;
CREATE INDEX ON group_attendance (service_id);

CREATE TRIGGER said_once BEFORE UPDATE ON group_meeting FOR EACH ROW
  EXECUTE FUNCTION access.said_once('signed_at', 'signed_by', 'topic', 'day', 'starts', 'ends', 'lead_id', 'group_id');

CREATE FUNCTION access.register_signing() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF access.staff() IS NOT NULL AND OLD.signed_at IS NULL AND NEW.signed_at IS NOT NULL
    AND NOT (NEW.signed_by = access.staff() AND (NEW.lead_id = access.staff() OR access.has_role('supervisor', 'program-manager'))) THEN
    RAISE EXCEPTION 'a register is signed by whoever led the group, a supervisor or a programme manager';
  END IF;
  RETURN NEW;
END $$;
REVOKE EXECUTE ON FUNCTION access.register_signing() FROM throughcare_app;
CREATE TRIGGER register_signing BEFORE UPDATE ON group_meeting FOR EACH ROW EXECUTE FUNCTION access.register_signing();

-- One's own part is locked with the register.
CREATE FUNCTION access.register_stands() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE line group_attendance := CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
BEGIN
  IF access.staff() IS NOT NULL AND EXISTS (SELECT FROM group_meeting m WHERE m.id = line.meeting_id AND m.signed_at IS NOT NULL) THEN
    RAISE EXCEPTION 'a signed register stands';
  END IF;
  IF TG_OP = 'UPDATE' AND NEW.meeting_id <> OLD.meeting_id THEN
    RAISE EXCEPTION 'a line of a register stays on it';
  END IF;
  RETURN line;
END $$;
REVOKE EXECUTE ON FUNCTION access.register_stands() FROM throughcare_app;
CREATE TRIGGER register_stands BEFORE INSERT OR UPDATE OR DELETE ON group_attendance FOR EACH ROW EXECUTE FUNCTION access.register_stands();

-- Whoever signs makes each line a contact on a record, so they must be able to see each of those.
CREATE FUNCTION access.unseen_on_register(of_meeting uuid) RETURNS integer
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  BEGIN ATOMIC
    SELECT count(*)::integer FROM group_attendance g
    WHERE g.meeting_id = of_meeting AND g.agency_id = access.agency() AND access.clinical()
      AND g.consumer_id NOT IN (SELECT access.record_consumers());
  END;
COMMENT ON FUNCTION access.unseen_on_register(uuid) IS 'How many on a register are people whose record the acting member of staff may not open; nobody''s name';
