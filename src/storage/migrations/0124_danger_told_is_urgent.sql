-- A yes that was told stays (0122), and danger told by somebody who waits to be triaged makes their
-- referral urgent however it came (0110): both at once.
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
  WHERE r.episode_id = was.episode_id AND r.consumer_id = was.consumer_id AND r.urgency <> 'emergency'
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
