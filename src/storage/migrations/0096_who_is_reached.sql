-- An alert reaches somebody who can act, and is raised again when danger is told again. What is done
-- about it is a clinician's to read.

-- A shift of somebody who has left, or is no clinician any more, is nobody's: then every clinician is on duty.
CREATE OR REPLACE FUNCTION access.on_duty() RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  BEGIN ATOMIC
    SELECT access.clinical() AND (
      EXISTS (SELECT FROM duty_shift WHERE staff_id = access.staff() AND now() BETWEEN starts AND ends)
      OR NOT EXISTS (SELECT FROM duty_shift d JOIN staff s ON s.id = d.staff_id
        WHERE d.agency_id = access.agency() AND now() BETWEEN d.starts AND d.ends
          AND s.closed_at IS NULL AND daterange(s.active_from, s.active_to, '[]') @> access.today()
          AND EXISTS (SELECT FROM staff_role r WHERE r.staff_id = s.id AND r.during @> access.today()
            AND r.role IN ('counselor', 'keyworker', 'supervisor', 'program-manager'))));
  END;

-- The front desk raises alerts through access.answer_come_back and learns from access.come_back_state
-- who took one up.
DROP POLICY readers ON duty_alert;
CREATE POLICY readers ON duty_alert FOR SELECT TO throughcare_app
  USING (agency_id = (SELECT access.agency()) AND ((SELECT access.on_duty())
    OR (access.clinical() AND consumer_id IN (SELECT access.record_consumers()))));

-- As 0075 has it; once an alert is closed, a yes is a new one, also to a question that had a yes before.
CREATE OR REPLACE FUNCTION access.answer_come_back(of_call uuid, ring_back text, what_and_when text, alone boolean, overdose boolean,
  suicide boolean, withdrawal boolean, pregnant_or_children boolean) RETURNS boolean
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_variable
DECLARE was come_back; alarms text[]; standing uuid;
BEGIN
  SELECT * INTO was FROM come_back c WHERE c.id = of_call AND c.agency_id = access.agency() FOR UPDATE;
  IF was.id IS NULL OR NOT access.may_bring_back(was.consumer_id) THEN RETURN false; END IF;
  alarms := access.answers_that_alarm(alone, overdose, suicide, withdrawal, pregnant_or_children);
  UPDATE come_back c SET
    what_and_when = CASE WHEN answer_come_back.what_and_when IS NULL OR c.what_and_when = answer_come_back.what_and_when THEN c.what_and_when
      ELSE right(concat_ws(E'\n', c.what_and_when, answer_come_back.what_and_when), 1000) END,
    alone = coalesce(answer_come_back.alone, c.alone), overdose = coalesce(answer_come_back.overdose, c.overdose),
    suicide = coalesce(answer_come_back.suicide, c.suicide), withdrawal = coalesce(answer_come_back.withdrawal, c.withdrawal),
    pregnant_or_children = coalesce(answer_come_back.pregnant_or_children, c.pregnant_or_children)
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

-- A call that is put into a record stays with whoever follows it up if they have that record; else it
-- is on the list of whoever put it there, and not on nobody's.
CREATE OR REPLACE FUNCTION access.link_to_record(contact uuid, of_consumer uuid) RETURNS boolean
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT access.clinical() OR of_consumer NOT IN (SELECT access.record_consumers()) THEN RETURN false; END IF;
  UPDATE concern_call c SET consumer_id = of_consumer,
    owner_id = CASE WHEN c.owner_id IS NULL OR c.closed_on IS NOT NULL OR EXISTS (
        SELECT FROM staff_program p JOIN enrolment e ON e.program_id = p.program_id
        WHERE p.staff_id = c.owner_id AND p.during @> access.today() AND e.consumer_id = of_consumer)
      THEN c.owner_id ELSE access.staff() END
  WHERE c.id = contact AND c.consumer_id IS NULL AND c.agency_id = access.agency();
  IF FOUND THEN RETURN true; END IF;
  UPDATE open_contact SET consumer_id = of_consumer WHERE id = contact AND consumer_id IS NULL AND agency_id = access.agency();
  RETURN FOUND;
END $$;
