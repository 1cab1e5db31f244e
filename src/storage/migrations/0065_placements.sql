-- What the room of placements needs beside 0050: the board that shows every bed and only one's own
-- people, an overdue leaver who still lies in the bed, and a place made in an emergency.

ALTER TABLE agency ADD use_review_days integer NOT NULL DEFAULT 3 CHECK (use_review_days BETWEEN 0 AND 30);
COMMENT ON COLUMN agency.use_review_days IS 'Working days from a return to use to the review of it with the person';
GRANT UPDATE (use_review_days) ON agency TO throughcare_app;

COMMENT ON COLUMN unit.does_not_take IS 'What it cannot care for safely, by the codes of serves and: children, current-prescribing, risk-to-self, risk-to-others';

-- ---------------------------------------------------------------- funding: who said it, who wrote it down

ALTER TABLE funding
  ADD answer_from text CHECK (length(answer_from) <= 200),
  ADD decided_by uuid,
  ADD FOREIGN KEY (decided_by, agency_id) REFERENCES staff (id, agency_id);
COMMENT ON COLUMN funding.answer_from IS 'Who of the funder said it';
COMMENT ON COLUMN funding.decided_by IS 'Who wrote the answer down';
GRANT UPDATE (answer_from, decided_by) ON funding TO throughcare_app;
DROP TRIGGER own_hand ON funding;
CREATE TRIGGER own_hand BEFORE INSERT OR UPDATE ON funding FOR EACH ROW EXECUTE FUNCTION access.own_hand('recorded_by', 'decided_by');
CREATE TRIGGER said_once BEFORE UPDATE ON funding FOR EACH ROW EXECUTE FUNCTION access.said_once('decided_on', 'decided_by', 'state', 'weeks', 'cents_per_week');
CREATE INDEX ON funding (agency_id, panel_on) WHERE state = 'pending';

-- ---------------------------------------------------------------- leave, and who is away

CREATE UNIQUE INDEX one_leave_at_once ON leave_of_absence (placement_id) WHERE returned_on IS NULL;
CREATE INDEX ON leave_of_absence (agency_id, back_by) WHERE returned_on IS NULL;
CREATE TRIGGER said_once BEFORE UPDATE ON leave_of_absence FOR EACH ROW EXECUTE FUNCTION access.said_once('returned_on', 'from_on');
CREATE TRIGGER said_once_withdrawn BEFORE UPDATE ON placement FOR EACH ROW EXECUTE FUNCTION access.said_once('withdrawn_on', 'withdrawn_reason');
CREATE TRIGGER said_once_admitted BEFORE UPDATE ON placement FOR EACH ROW EXECUTE FUNCTION access.said_once('admitted_on');
CREATE TRIGGER said_once BEFORE UPDATE ON bed_stay FOR EACH ROW EXECUTE FUNCTION access.said_once('arrived_on');
CREATE TRIGGER said_once_left BEFORE UPDATE ON bed_stay FOR EACH ROW EXECUTE FUNCTION access.said_once('left_on');
CREATE TRIGGER said_once_cancelled BEFORE UPDATE ON bed_stay FOR EACH ROW EXECUTE FUNCTION access.said_once('cancelled_on', 'cancelled_reason');
CREATE INDEX ON bed_stay (agency_id, ends_on) WHERE arrived_on IS NOT NULL AND left_on IS NULL;
CREATE INDEX ON bed_stay (bed_id);

-- ---------------------------------------------------------------- a place made in an emergency

ALTER TABLE bed
  ADD why text CHECK (length(why) <= 500),
  ADD made_on date,
  ADD made_by uuid,
  ADD FOREIGN KEY (made_by, agency_id) REFERENCES staff (id, agency_id);
COMMENT ON COLUMN bed.why IS 'Why an overflow place was made';
CREATE TRIGGER own_hand BEFORE INSERT OR UPDATE ON bed FOR EACH ROW EXECUTE FUNCTION access.own_hand('made_by');
CREATE INDEX ON bed (unit_id);
CREATE POLICY overflow_makers ON bed FOR INSERT TO throughcare_app
  WITH CHECK (agency_id = (SELECT access.agency()) AND overflow AND why IS NOT NULL AND made_by = (SELECT access.staff())
    AND (SELECT access.has_role('counselor', 'keyworker', 'supervisor', 'program-manager')));

CREATE FUNCTION access.overflow_ends() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE bed SET active = false WHERE id = NEW.bed_id AND overflow AND NOT EXISTS (
    SELECT FROM bed_stay s WHERE s.bed_id = bed.id AND s.cancelled_on IS NULL AND s.left_on IS NULL);
  RETURN NULL;
END $$;
COMMENT ON FUNCTION access.overflow_ends() IS 'An overflow place is closed when the last person leaves it';
REVOKE EXECUTE ON FUNCTION access.overflow_ends() FROM throughcare_app;
CREATE TRIGGER overflow_ends AFTER UPDATE OF left_on, cancelled_on ON bed_stay FOR EACH ROW
  WHEN (NEW.left_on IS DISTINCT FROM OLD.left_on OR NEW.cancelled_on IS DISTINCT FROM OLD.cancelled_on)
  EXECUTE FUNCTION access.overflow_ends();

-- ---------------------------------------------------------------- every bed, and only one's own people

CREATE FUNCTION access.bed_occupancy(from_day date, to_day date)
  RETURNS TABLE (bed_id uuid, starts_on date, ends_on date, arrived_on date, left_on date, stay_id uuid, placement_id uuid, consumer_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  BEGIN ATOMIC
    WITH readable AS (SELECT access.record_consumers() AS id)
    SELECT s.bed_id, s.starts_on, s.ends_on, s.arrived_on, s.left_on,
      CASE WHEN r.id IS NULL THEN NULL ELSE s.id END,
      CASE WHEN r.id IS NULL THEN NULL ELSE s.placement_id END, r.id
    FROM bed_stay s LEFT JOIN readable r ON r.id = s.consumer_id
    WHERE s.agency_id = access.agency() AND s.cancelled_on IS NULL
      AND access.has_role('counselor', 'keyworker', 'supervisor', 'program-manager', 'administrator')
      AND (s.during && daterange(from_day, to_day)
        OR (s.arrived_on IS NOT NULL AND s.left_on IS NULL AND s.arrived_on < to_day));
  END;
COMMENT ON FUNCTION access.bed_occupancy(date, date) IS 'Which beds are taken on the days from … until (not included), by whom only where one may read the record; whoever has not left is there, however long expected elsewhere';

-- Somebody who was expected to leave and did not is still in the bed. Nobody is booked over them
-- until it is said when they will go.
CREATE FUNCTION access.bed_not_left() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NEW.cancelled_on IS NULL AND NEW.left_on IS NULL AND EXISTS (
    SELECT FROM bed_stay s JOIN agency a ON a.id = s.agency_id
    WHERE s.bed_id = NEW.bed_id AND s.id <> NEW.id AND s.arrived_on IS NOT NULL AND s.left_on IS NULL
      AND s.ends_on < (now() AT TIME ZONE a.time_zone)::date) THEN
    RAISE EXCEPTION 'somebody is still in this bed' USING ERRCODE = 'exclusion_violation', CONSTRAINT = 'bed_not_left';
  END IF;
  RETURN NEW;
END $$;
REVOKE EXECUTE ON FUNCTION access.bed_not_left() FROM throughcare_app;
CREATE TRIGGER bed_not_left BEFORE INSERT OR UPDATE OF bed_id ON bed_stay FOR EACH ROW EXECUTE FUNCTION access.bed_not_left();

-- What happened is recorded first: whoever left late left late, and those booked after them come later.
CREATE FUNCTION access.make_way(of_stay uuid, until date) RETURNS integer
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE stay bed_stay; moved integer; given_up integer;
BEGIN
  SELECT * INTO stay FROM bed_stay s
  WHERE s.id = of_stay AND s.arrived_on IS NOT NULL AND s.left_on IS NULL
    AND s.agency_id = access.agency() AND s.consumer_id IN (SELECT access.record_consumers());
  IF NOT FOUND OR until > access.today() THEN RETURN 0; END IF;
  UPDATE bed_stay SET cancelled_on = access.today(), cancelled_reason = 'The bed was not free in time'
  WHERE bed_id = stay.bed_id AND id <> stay.id AND cancelled_on IS NULL AND arrived_on IS NULL AND starts_on < until AND ends_on <= until;
  GET DIAGNOSTICS given_up = ROW_COUNT;
  UPDATE bed_stay SET starts_on = until
  WHERE bed_id = stay.bed_id AND id <> stay.id AND cancelled_on IS NULL AND arrived_on IS NULL AND starts_on < until;
  GET DIAGNOSTICS moved = ROW_COUNT;
  RETURN moved + given_up;
END $$;
COMMENT ON FUNCTION access.make_way(uuid, date) IS 'Before a late leaving is recorded: bookings of the same bed begin on the day it really became free, whoever''s they are';
