-- What booking needs besides: an appointment that was moved keeps its old row, a conference goes
-- with its appointment, and those who were invited are known to have heard the latest or not.

ALTER TABLE appointment DROP CONSTRAINT appointment_status_check;
ALTER TABLE appointment ADD CONSTRAINT appointment_status_check
  CHECK (status IN ('scheduled', 'moved', 'cancelled', 'did-not-come', 'family-only', 'held'));
COMMENT ON COLUMN appointment.status IS 'moved: another row took its place (moved_from) · family-only: family came, the consumer did not; staff listened and told nothing';
ALTER TABLE appointment ADD status_at timestamptz, ADD status_by uuid REFERENCES staff;
CREATE UNIQUE INDEX moved_once ON appointment (moved_from) WHERE moved_from IS NOT NULL;

ALTER TABLE conference_support ADD told_at timestamptz;
COMMENT ON COLUMN conference_support.told_at IS 'When they were last told of the meeting: its time as it then stood, or that it will not take place';

-- The front desk moves appointments and may not open conferences, so the conference follows by itself.
CREATE FUNCTION access.follow_appointment() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  UPDATE conference SET appointment_id = NEW.id, lead_id = NEW.staff_id
  WHERE appointment_id = NEW.moved_from AND signed_at IS NULL AND consumer_id = NEW.consumer_id AND agency_id = NEW.agency_id;
  RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION access.follow_appointment() FROM throughcare_app;
CREATE TRIGGER follow_appointment AFTER INSERT ON appointment FOR EACH ROW
  WHEN (NEW.moved_from IS NOT NULL) EXECUTE FUNCTION access.follow_appointment();

-- Who and which room is taken, without whose hour it is: so that booking shows what is free.
DROP FUNCTION access.busy(date);
CREATE FUNCTION access.busy_between(first_day date, last_day date)
  RETURNS TABLE (appointment_id uuid, day date, staff_id uuid, room_id uuid, starts time, ends time)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public
  BEGIN ATOMIC
    SELECT id, day, staff_id, room_id, starts, ends FROM appointment
    WHERE agency_id = access.agency() AND day BETWEEN first_day AND last_day AND status IN ('scheduled', 'held')
    ORDER BY day, starts, id
    LIMIT 2000;
  END;
COMMENT ON FUNCTION access.busy_between(date, date) IS 'The whole agency''s taken hours, nobody''s name';
