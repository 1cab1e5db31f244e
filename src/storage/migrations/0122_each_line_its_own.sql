-- A group of two teams: whoever led it signs the register and the lines of their own people; the
-- lines of others are signed by colleagues who may open those records. And: a yes stays a yes.

ALTER TABLE group_attendance
  ADD signed_at timestamptz,
  ADD signed_by uuid,
  ADD FOREIGN KEY (signed_by, agency_id) REFERENCES staff (id, agency_id),
  ADD CHECK ((signed_at IS NULL) = (signed_by IS NULL));
COMMENT ON COLUMN group_attendance.signed_at IS 'When this line became a contact of theirs, or was signed as one who did not come; null: it waits for somebody who may open that record';
UPDATE group_attendance g SET signed_at = m.signed_at, signed_by = m.signed_by FROM group_meeting m WHERE m.id = g.meeting_id AND m.signed_at IS NOT NULL;
GRANT UPDATE (signed_at, signed_by) ON group_attendance TO throughcare_app;
DROP TRIGGER own_hand ON group_attendance;
CREATE TRIGGER own_hand BEFORE INSERT OR UPDATE ON group_attendance FOR EACH ROW EXECUTE FUNCTION access.own_hand('recorded_by', 'signed_by');
CREATE INDEX ON group_attendance (meeting_id) WHERE signed_at IS NULL;

CREATE OR REPLACE FUNCTION access.register_stands() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE line group_attendance := CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END; meeting group_meeting;
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.meeting_id <> OLD.meeting_id THEN
    RAISE EXCEPTION 'a line of a register stays on it';
  END IF;
  IF access.staff() IS NULL THEN RETURN line; END IF;
  SELECT * INTO meeting FROM group_meeting m WHERE m.id = line.meeting_id;
  IF TG_OP = 'UPDATE' AND OLD.signed_at IS NULL AND (meeting.signed_at IS NULL OR NEW.signed_at IS NOT NULL) THEN
    -- A line that waits is signed as it was written, by whoever wrote it, led the group or supervises.
    IF meeting.signed_at IS NOT NULL AND (NEW.came, NEW.note) IS DISTINCT FROM (OLD.came, OLD.note) THEN
      RAISE EXCEPTION 'a signed register stands';
    END IF;
    IF NEW.signed_at IS NOT NULL AND NOT (access.staff() IN (OLD.recorded_by, meeting.lead_id) OR access.has_role('supervisor', 'program-manager')) THEN
      RAISE EXCEPTION 'a line is signed by whoever wrote it, led the group or supervises';
    END IF;
    RETURN line;
  END IF;
  IF meeting.signed_at IS NOT NULL OR (TG_OP <> 'INSERT' AND OLD.signed_at IS NOT NULL) THEN
    RAISE EXCEPTION 'a signed register stands';
  END IF;
  RETURN line;
END $$;
COMMENT ON FUNCTION access.unseen_on_register(uuid) IS 'How many lines of a register wait for somebody else: their records are not the acting member of staff''s; nobody''s name';
CREATE OR REPLACE FUNCTION access.unseen_on_register(of_meeting uuid) RETURNS integer
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  BEGIN ATOMIC
    SELECT count(*)::integer FROM group_attendance g
    WHERE g.meeting_id = of_meeting AND g.agency_id = access.agency() AND access.clinical() AND g.signed_at IS NULL
      AND g.consumer_id NOT IN (SELECT access.record_consumers());
  END;

-- As 0096 has it, but a yes that was told stays: a later no stands beside it, in words and with its
-- hour, for the clinician to weigh.
CREATE OR REPLACE FUNCTION access.answer_come_back(of_call uuid, ring_back text, what_and_when text, alone boolean, overdose boolean,
  suicide boolean, withdrawal boolean, pregnant_or_children boolean) RETURNS boolean
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_variable
DECLARE was come_back; alarms text[]; standing uuid; taken_back text; told text;
BEGIN
  SELECT * INTO was FROM come_back c WHERE c.id = of_call AND c.agency_id = access.agency() FOR UPDATE;
  IF was.id IS NULL OR NOT access.may_bring_back(was.consumer_id) THEN RETURN false; END IF;
  alarms := access.answers_that_alarm(alone, overdose, suicide, withdrawal, pregnant_or_children);
  SELECT string_agg(q.says, ', ') INTO taken_back FROM (VALUES
    (was.alone AND NOT answer_come_back.alone, 'alone'), (was.overdose AND NOT answer_come_back.overdose, 'overdose'),
    (was.suicide AND NOT answer_come_back.suicide, 'suicide'), (was.withdrawal AND NOT answer_come_back.withdrawal, 'withdrawal'),
    (was.pregnant_or_children AND NOT answer_come_back.pregnant_or_children, 'pregnant or children')) q (later_no, says) WHERE q.later_no;
  SELECT 'Told yes first, asked again at ' || to_char(now() AT TIME ZONE a.time_zone, 'HH24:MI') || ' told no: ' || taken_back INTO taken_back
  FROM agency a WHERE a.id = was.agency_id;
  -- The form sends what it shows again: what stands there already is not written twice.
  told := replace(answer_come_back.what_and_when, E'\r', '');
  IF position(told IN coalesce(was.what_and_when, '')) > 0 THEN told := NULL; END IF;
  -- The form sends every answer again: the same no is written down once.
  IF taken_back IS NOT NULL AND position(split_part(taken_back, ' told no: ', 2) IN split_part(coalesce(was.what_and_when, ''), ' told no: ', 2)) > 0 THEN
    taken_back := NULL;
  END IF;
  UPDATE come_back c SET
    what_and_when = nullif(right(concat_ws(E'\n', c.what_and_when, told, taken_back), 1000), ''),
    alone = coalesce(c.alone OR answer_come_back.alone, c.alone, answer_come_back.alone),
    overdose = coalesce(c.overdose OR answer_come_back.overdose, c.overdose, answer_come_back.overdose),
    suicide = coalesce(c.suicide OR answer_come_back.suicide, c.suicide, answer_come_back.suicide),
    withdrawal = coalesce(c.withdrawal OR answer_come_back.withdrawal, c.withdrawal, answer_come_back.withdrawal),
    pregnant_or_children = coalesce(c.pregnant_or_children OR answer_come_back.pregnant_or_children, c.pregnant_or_children, answer_come_back.pregnant_or_children)
  WHERE c.id = of_call;
  IF cardinality(alarms) = 0 THEN RETURN true; END IF;
  UPDATE referral_in r SET urgency = CASE WHEN alarms && ARRAY['overdose', 'suicide'] THEN 'emergency' ELSE 'urgent' END
  WHERE r.episode_id = was.episode_id AND r.consumer_id = was.consumer_id AND r.source = 'come-back' AND r.urgency <> 'emergency'
    AND NOT EXISTS (SELECT FROM triage t WHERE t.referral_in_id = r.id);
  SELECT d.id INTO standing FROM duty_alert d WHERE d.come_back_id = of_call AND d.closed_at IS NULL ORDER BY d.raised_at DESC LIMIT 1 FOR UPDATE;
  IF standing IS NOT NULL THEN
    UPDATE duty_alert d SET callback = coalesce(nullif(ring_back, ''), d.callback),
      reasons = ARRAY(SELECT DISTINCT one FROM unnest(d.reasons || alarms) AS one)
    WHERE d.id = standing;
    RETURN true;
  END IF;
  INSERT INTO duty_alert (agency_id, consumer_id, come_back_id, reasons, raised_by, callback)
  VALUES (was.agency_id, was.consumer_id, of_call, alarms, access.staff(), nullif(ring_back, ''));
  RETURN true;
END $$;
