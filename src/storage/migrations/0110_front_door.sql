-- The front door: who calls while in care is not said to have come back, a referral needs neither a date
-- of birth nor an intake programme, and what was asked of a caller is asked in time.

-- ---------------------------------------------------------------- somebody calls for help

-- As 0075 has it; somebody who was never here before has not come back.
CREATE OR REPLACE FUNCTION access.come_back(of_consumer uuid, ring_back text, what_and_when text, alone boolean, overdose boolean,
  suicide boolean, withdrawal boolean, pregnant_or_children boolean) RETURNS TABLE (id uuid, opened boolean)
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE
  me uuid := access.staff(); agency uuid := access.agency(); day date := access.today();
  ep episode; last_one uuid; is_new boolean := false; call uuid; programme uuid; wait uuid; told uuid;
BEGIN
  IF NOT access.may_bring_back(of_consumer) THEN RETURN; END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended('episodes ' || of_consumer, 0));
  SELECT * INTO ep FROM episode e WHERE e.consumer_id = of_consumer AND e.closed_on IS NULL;
  SELECT e.id INTO last_one FROM episode e WHERE e.consumer_id = of_consumer AND e.closed_on IS NOT NULL
  ORDER BY e.opened_on DESC, e.id DESC LIMIT 1;
  IF ep.id IS NULL THEN
    is_new := true;
    INSERT INTO episode (agency_id, consumer_id, previous_id, opened_on) VALUES (agency, of_consumer, last_one, day) RETURNING * INTO ep;
  END IF;

  -- A second call while the first waits is the same coming back: its clock runs already.
  SELECT c.id INTO call FROM come_back c WHERE c.episode_id = ep.id AND c.seen_at IS NULL ORDER BY c.asked_at LIMIT 1;
  IF call IS NOT NULL THEN
    PERFORM access.answer_come_back(call, ring_back, what_and_when, alone, overdose, suicide, withdrawal, pregnant_or_children);
    RETURN QUERY SELECT call, false;
    RETURN;
  END IF;

  IF NOT EXISTS (SELECT FROM enrolment e WHERE e.episode_id = ep.id AND (e.valid_to IS NULL OR e.valid_from IS NOT NULL AND e.valid_to >= day)) THEN
    SELECT x.program_id INTO programme FROM (
      SELECT e.program_id, CASE WHEN p.active THEN 1 ELSE 3 END AS place, coalesce(e.valid_from, e.requested_on) AS at
      FROM enrolment e JOIN program p ON p.id = e.program_id WHERE e.consumer_id = of_consumer
      UNION ALL SELECT a.intake_program_id, 2, NULL FROM agency a WHERE a.id = agency AND a.intake_program_id IS NOT NULL
    ) x ORDER BY x.place, x.at DESC LIMIT 1;
    IF programme IS NOT NULL THEN
      INSERT INTO enrolment (agency_id, consumer_id, episode_id, program_id, requested_on)
      VALUES (agency, of_consumer, ep.id, programme, day) RETURNING enrolment.id INTO wait;
    END IF;
  END IF;
  IF is_new THEN
    INSERT INTO referral_in (agency_id, consumer_id, episode_id, enrolment_id, source, urgency, reason, recorded_by)
    VALUES (agency, of_consumer, ep.id, wait, CASE WHEN last_one IS NULL THEN 'self' ELSE 'come-back' END, 'routine',
      coalesce(what_and_when, CASE WHEN last_one IS NULL THEN 'Called for help' ELSE 'Asked to come back' END), me);
  END IF;

  -- The keyworker named on the aftercare plan, or else the last: if they work here and can open the record.
  SELECT s.id INTO told FROM (
    SELECT a.back_who_id AS staff_id, 1 AS place, a.activated_at AS at FROM aftercare_plan a
      WHERE a.consumer_id = of_consumer AND a.state = 'active' AND a.back_who_id IS NOT NULL
    UNION ALL SELECT x.staff_id, 2, x.valid_from::timestamptz FROM assignment x
      WHERE x.consumer_id = of_consumer AND x.part = 'keyworker'
  ) c JOIN staff s ON s.id = c.staff_id
  WHERE daterange(s.active_from, s.active_to, '[]') @> day AND s.closed_at IS NULL
    AND EXISTS (SELECT FROM staff_role r WHERE r.staff_id = s.id AND r.during @> day
      AND r.role IN ('counselor', 'keyworker', 'supervisor', 'program-manager'))
    AND EXISTS (SELECT FROM staff_program p JOIN enrolment e ON e.program_id = p.program_id
      WHERE p.staff_id = s.id AND p.during @> day AND e.consumer_id = of_consumer)
  ORDER BY c.place, c.at DESC NULLS LAST LIMIT 1;
  IF told IS NOT NULL AND NOT EXISTS (SELECT FROM assignment a WHERE a.consumer_id = of_consumer AND a.part = 'keyworker' AND a.valid_to IS NULL) THEN
    -- Their part may end only today: then it goes on.
    UPDATE assignment a SET valid_to = NULL
    WHERE a.consumer_id = of_consumer AND a.part = 'keyworker' AND a.staff_id = told AND a.during @> day;
    IF NOT FOUND THEN
      INSERT INTO assignment (agency_id, consumer_id, staff_id, part, valid_from) VALUES (agency, of_consumer, told, 'keyworker', day);
    END IF;
  END IF;

  INSERT INTO come_back (agency_id, consumer_id, episode_id, previous_id, taken_by, told_staff_id, told_seen_at)
  VALUES (agency, of_consumer, ep.id, CASE WHEN is_new THEN last_one END, me, told, CASE WHEN told = me THEN now() END)
  RETURNING come_back.id INTO call;
  PERFORM access.answer_come_back(call, ring_back, what_and_when, alone, overdose, suicide, withdrawal, pregnant_or_children);
  RETURN QUERY SELECT call, is_new;
END $$;

-- As 0096 has it; danger told by somebody who waits to be triaged makes their referral urgent, however it came.
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

CREATE FUNCTION access.relapsed_on(of_call uuid, day date) RETURNS boolean
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE come_back c SET relapsed_on = day
  WHERE c.id = of_call AND c.agency_id = access.agency() AND access.may_bring_back(c.consumer_id)
    AND day BETWEEN access.today() - 3650 AND access.today();
  RETURN FOUND;
END $$;
COMMENT ON FUNCTION access.relapsed_on(uuid, date) IS 'Since when they use again, as they say it on the telephone; the clock from relapse to being seen begins there';
GRANT EXECUTE ON FUNCTION access.relapsed_on(uuid, date) TO throughcare_app;
COMMENT ON COLUMN come_back.relapsed_on IS 'The day on which they used again, as they said; null where nobody asked';

-- Whether there was an episode is told to whoever has the record, and to nobody else.
DROP FUNCTION access.come_back_state(uuid);
CREATE FUNCTION access.come_back_state(of_consumer uuid)
  RETURNS TABLE (id uuid, asked_at timestamptz, taken_by text, due date, standing text, told_id uuid, told text, told_seen_at timestamptz,
    seen_at timestamptz, relapsed_on date, what_and_when text, alone boolean, overdose boolean, suicide boolean, withdrawal boolean,
    pregnant_or_children boolean, asked boolean, alert_id uuid, alert_raised_at timestamptz, alert_taken_by text, alert_closed_at timestamptz)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  BEGIN ATOMIC
    SELECT c.id, c.asked_at, b.name, access.working_days_after((c.asked_at AT TIME ZONE a.time_zone)::date, a.return_target_days),
      CASE WHEN c.consumer_id NOT IN (SELECT access.record_consumers()) THEN NULL
        WHEN c.previous_id IS NOT NULL THEN 'back'
        WHEN EXISTS (SELECT FROM enrolment e WHERE e.episode_id = c.episode_id AND e.valid_from IS NOT NULL) THEN 'in-care'
        ELSE 'waits' END,
      t.id, t.name, c.told_seen_at, c.seen_at, CASE WHEN m.mine THEN c.relapsed_on END,
      CASE WHEN m.mine THEN c.what_and_when END, CASE WHEN m.mine THEN c.alone END, CASE WHEN m.mine THEN c.overdose END,
      CASE WHEN m.mine THEN c.suicide END, CASE WHEN m.mine THEN c.withdrawal END, CASE WHEN m.mine THEN c.pregnant_or_children END,
      m.mine, d.id, d.raised_at, u.name, d.closed_at
    FROM come_back c JOIN agency a ON a.id = c.agency_id JOIN staff b ON b.id = c.taken_by
    LEFT JOIN staff t ON t.id = c.told_staff_id
    CROSS JOIN LATERAL (SELECT c.taken_by = access.staff() OR c.consumer_id IN (SELECT access.record_consumers()) AS mine) m
    LEFT JOIN LATERAL (SELECT * FROM duty_alert x WHERE x.come_back_id = c.id ORDER BY x.closed_at IS NOT NULL, x.raised_at DESC LIMIT 1) d ON true
    LEFT JOIN staff u ON u.id = d.taken_up_by
    WHERE c.consumer_id = of_consumer AND access.may_bring_back(of_consumer)
      AND (c.seen_at IS NULL OR c.seen_at > now() - interval '2 days')
    ORDER BY c.seen_at IS NOT NULL, c.asked_at DESC LIMIT 1;
  END;
COMMENT ON FUNCTION access.come_back_state(uuid) IS 'The call that stands, or that ended well in the last two days; back, in-care or waits only for who has the record';
GRANT EXECUTE ON FUNCTION access.come_back_state(uuid) TO throughcare_app;

-- As 0075 has it, by the hour: what was over before they called has not seen them since.
CREATE OR REPLACE FUNCTION access.seen_again() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE began timestamp; ended timestamp; zone text;
BEGIN
  SELECT a.time_zone INTO zone FROM agency a WHERE a.id = NEW.agency_id;
  IF TG_TABLE_NAME = 'service' THEN
    -- Without a time of its own it may have been before the call: only a later day is certain.
    began := NEW.service_date + coalesce(NEW.start_time, time '00:00');
    ended := NEW.service_date + coalesce(NEW.end_time, NEW.start_time, time '00:00');
  ELSE
    began := NEW.day + NEW.starts;
    ended := NEW.day + NEW.ends;
  END IF;
  UPDATE come_back c SET seen_at = greatest(c.asked_at, began AT TIME ZONE zone),
    seen_how = CASE TG_TABLE_NAME WHEN 'service' THEN replace(NEW.kind, '-', ' ') ELSE 'Appointment held' END
  WHERE c.consumer_id = NEW.consumer_id AND c.seen_at IS NULL AND c.asked_at <= ended AT TIME ZONE zone;
  RETURN NULL;
END $$;

-- Whoever answers the telephone has to reach whoever is on duty.
ALTER TABLE duty_shift ADD reached_on text CHECK (length(reached_on) <= 100);
COMMENT ON COLUMN duty_shift.reached_on IS 'Where the duty clinician is reached in these hours: a number, a room';

-- ---------------------------------------------------------------- a referral in one go

DROP FUNCTION access.take_referral(uuid, timestamptz, text, text, text, text, boolean, boolean, text);
CREATE FUNCTION access.take_referral(of_consumer uuid, received timestamptz, from_source text, from_name text, how_urgent text,
  why text, is_pregnant boolean, is_injecting boolean, help text, into_program uuid) RETURNS text
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE my agency%ROWTYPE; day date; open_episode uuid; team uuid;
BEGIN
  IF NOT access.has_role('front-desk') THEN RETURN 'not-yours'; END IF;
  SELECT * INTO my FROM agency WHERE id = access.agency();
  IF NOT EXISTS (SELECT FROM consumer WHERE id = of_consumer AND agency_id = my.id) THEN RETURN 'not-yours'; END IF;
  my.intake_program_id := coalesce(my.intake_program_id,
    (SELECT id FROM program WHERE id = into_program AND agency_id = my.id AND active));
  IF my.intake_program_id IS NULL THEN RETURN 'no-intake'; END IF;
  IF received > now() THEN RETURN 'to-come'; END IF;
  day := (received AT TIME ZONE my.time_zone)::date;
  PERFORM pg_advisory_xact_lock(hashtextextended('episodes ' || of_consumer, 0));
  SELECT id INTO open_episode FROM episode WHERE consumer_id = of_consumer AND closed_on IS NULL;
  IF open_episode IS NULL THEN
    INSERT INTO episode (agency_id, consumer_id, previous_id, opened_on)
    SELECT my.id, of_consumer, l.id, greatest(day, l.closed_on)
    FROM (VALUES (1)) AS one LEFT JOIN LATERAL (SELECT id, closed_on FROM episode WHERE consumer_id = of_consumer
      ORDER BY opened_on DESC, id DESC LIMIT 1) AS l ON true
    RETURNING id INTO open_episode;
  END IF;
  SELECT id INTO team FROM enrolment
  WHERE episode_id = open_episode AND (valid_to IS NULL OR (valid_from IS NOT NULL AND valid_to >= access.today()))
  ORDER BY valid_from NULLS LAST, requested_on, id LIMIT 1;
  IF team IS NULL THEN
    INSERT INTO enrolment (agency_id, consumer_id, episode_id, program_id, requested_on)
    VALUES (my.id, of_consumer, open_episode, my.intake_program_id, day) RETURNING id INTO team;
  END IF;
  INSERT INTO referral_in (agency_id, consumer_id, episode_id, enrolment_id, received_at, source, source_name, urgency, reason,
    pregnant, injecting, interim_help, recorded_by)
  VALUES (my.id, of_consumer, open_episode, team, received, from_source, from_name, how_urgent, why,
    is_pregnant, is_injecting, help, access.staff());
  RETURN 'taken';
END $$;
COMMENT ON FUNCTION access.take_referral(uuid, timestamptz, text, text, text, text, boolean, boolean, text, uuid)
  IS 'A referral that the front desk takes; tells only that it was taken, or that a programme has to be chosen because the agency has named none';
GRANT EXECUTE ON FUNCTION access.take_referral(uuid, timestamptz, text, text, text, text, boolean, boolean, text, uuid) TO throughcare_app;

CREATE FUNCTION access.intake_choices() RETURNS TABLE (id uuid, name text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  BEGIN ATOMIC
    SELECT p.id, p.name FROM program p JOIN agency a ON a.id = p.agency_id
    WHERE a.id = access.agency() AND p.active AND a.intake_program_id IS NULL AND access.has_role('front-desk')
    ORDER BY p.name LIMIT 200;
  END;
COMMENT ON FUNCTION access.intake_choices() IS 'Where the front desk may send a referral while the agency has named no intake programme; none when it has';

CREATE FUNCTION access.intake_colleagues(into_program uuid) RETURNS SETOF uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  BEGIN ATOMIC
    SELECT s.id FROM staff s JOIN agency a ON a.id = s.agency_id
    WHERE a.id = access.agency() AND access.has_role('counselor', 'keyworker', 'supervisor', 'program-manager', 'front-desk')
      AND daterange(s.active_from, s.active_to, '[]') @> access.today() AND s.closed_at IS NULL
      AND EXISTS (SELECT FROM staff_role r WHERE r.staff_id = s.id AND r.during @> access.today()
        AND r.role IN ('counselor', 'keyworker', 'supervisor', 'program-manager'))
      AND EXISTS (SELECT FROM staff_program p WHERE p.staff_id = s.id AND p.during @> access.today()
        AND CASE WHEN into_program IS NOT NULL THEN p.program_id = into_program
          ELSE a.intake_program_id IS NULL OR p.program_id = a.intake_program_id END);
  END;
COMMENT ON FUNCTION access.intake_colleagues(uuid) IS 'With whom a first appointment can be booked: clinicians of the programme that looks at a referral; of any, where none is named';
GRANT EXECUTE ON FUNCTION access.intake_choices(), access.intake_colleagues(uuid) TO throughcare_app;

-- ---------------------------------------------------------------- who has not told their date of birth

ALTER TABLE consumer ALTER date_of_birth DROP NOT NULL;
ALTER TABLE consumer ADD born_about integer CHECK (born_about BETWEEN 1900 AND 2200);
GRANT UPDATE (born_about) ON consumer TO throughcare_app;
COMMENT ON COLUMN consumer.date_of_birth IS 'Null: not known yet, and to be asked for';
COMMENT ON COLUMN consumer.born_about IS 'About which year they were born, from the age they seem to be, while the date is not known';
CREATE INDEX ON consumer (agency_id) WHERE date_of_birth IS NULL;

-- As 0010 has it; a date that is looked for does not hide those of the name whose date is not known.
CREATE OR REPLACE FUNCTION people.search(words text, born date, most integer) RETURNS SETOF uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  BEGIN ATOMIC
    SELECT c.id FROM consumer c
    WHERE c.agency_id = (SELECT access.agency())
      AND (words = '' OR c.search_key LIKE ALL (
        SELECT '%' || replace(replace(replace(word, '\', '\\'), '%', '\%'), '_', '\_') || '%'
        FROM unnest(string_to_array(people.fold(words), ' ')) AS word WHERE word <> ''))
      AND (born IS NULL OR c.date_of_birth = born OR (c.date_of_birth IS NULL AND words <> ''))
      AND ((SELECT access.has_role('front-desk', 'biller'))
        OR (c.awaiting_program AND (SELECT access.clinical()))
        OR c.id IN (SELECT access.record_consumers()) OR c.id IN (SELECT access.mentored()))
    ORDER BY c.family_name, c.given_name, c.id
    LIMIT least(most, 100);
  END;

CREATE FUNCTION people.digits(number text) RETURNS text LANGUAGE sql IMMUTABLE
  RETURN right(regexp_replace(coalesce(number, ''), '\D', '', 'g'), 9);
COMMENT ON FUNCTION people.digits(text) IS 'The end of a telephone number, however it was typed; what is shorter than seven digits tells nobody apart';

DROP FUNCTION people.likely(text, text, date, integer);
CREATE FUNCTION people.likely(given text, family text, born date, about integer, number text, most integer) RETURNS TABLE (id uuid, likeness real)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  BEGIN ATOMIC
    WITH wanted AS (
      SELECT people.fold(given) AS given, people.fold(family) AS family, people.fold(concat_ws(' ', given, family)) AS both_names,
        coalesce(extract(year FROM born)::int, about) AS year,
        CASE WHEN length(people.digits(number)) >= 7 THEN people.digits(number) END AS phone,
        -- The day and the month told the other way round.
        CASE WHEN extract(day FROM born) <= 12
          THEN make_date(extract(year FROM born)::int, extract(day FROM born)::int, extract(month FROM born)::int) END AS swapped
    ), seen AS (
      SELECT c.*, greatest(
          similarity(people.fold(c.given_name || ' ' || c.family_name), w.both_names),
          similarity(people.fold(coalesce(c.preferred_name, c.given_name) || ' ' || c.family_name), w.both_names),
          similarity(people.fold(c.family_name || ' ' || c.given_name), w.both_names)) AS names,
        greatest(similarity(people.fold(c.family_name), w.family), similarity(people.fold(c.given_name), w.given),
          similarity(people.fold(coalesce(c.preferred_name, '')), w.given)) AS one_name,
        coalesce(born IS NOT NULL AND c.date_of_birth IN (born, w.swapped), false) AS same_day,
        coalesce(people.digits(c.phone) = w.phone, false) AS same_phone,
        -- Of one date only an age is known, or nothing: the names alone have to do.
        born IS NULL OR c.date_of_birth IS NULL AS undated,
        coalesce(abs(w.year - coalesce(extract(year FROM c.date_of_birth)::int, c.born_about)), 0) AS years_apart
      FROM consumer c CROSS JOIN wanted w
      WHERE c.agency_id = (SELECT access.agency())
        AND (c.date_of_birth IN (born, w.swapped) OR c.search_key % w.both_names OR people.digits(c.phone) = w.phone)
        AND ((SELECT access.has_role('front-desk', 'biller'))
          OR (c.awaiting_program AND (SELECT access.clinical()))
          OR c.id IN (SELECT access.record_consumers()) OR c.id IN (SELECT access.mentored()))
    )
    SELECT s.id, (s.names + CASE WHEN s.same_day THEN 1 ELSE 0 END + CASE WHEN s.same_phone THEN 0.5 ELSE 0 END)::real
    FROM seen s
    WHERE (s.same_day AND (s.names >= 0.3 OR s.one_name >= 0.4))
      OR (s.same_phone AND s.one_name >= 0.3)
      OR s.names >= CASE WHEN s.undated AND s.years_apart <= 7 THEN 0.35 ELSE 0.55 END
    ORDER BY 2 DESC, s.family_name, s.given_name, s.id
    LIMIT least(most, 50);
  END;
COMMENT ON FUNCTION people.likely(text, text, date, integer, text, integer) IS 'Who may be the same person: alike in name and born that day, reached on the same number, or nearly alike in both names; people you may not see are not looked at';
GRANT EXECUTE ON FUNCTION people.likely(text, text, date, integer, text, integer), people.digits(text) TO throughcare_app;
CREATE INDEX ON consumer (agency_id, people.digits(phone)) WHERE phone IS NOT NULL;

-- ---------------------------------------------------------------- offers and open access

-- What was offered is not written over by how it was answered.
ALTER TABLE start_offer ADD answer_note text CHECK (length(answer_note) <= 1000);
GRANT UPDATE (answer_note) ON start_offer TO throughcare_app;
DROP TRIGGER keep ON start_offer;
CREATE TRIGGER keep BEFORE UPDATE ON start_offer FOR EACH ROW
  EXECUTE FUNCTION access.only_these('answer', 'answered_on', 'answered_by', 'answer_note');

-- A peer mentor reads no notes: of contacts only those that they wrote down themselves.
DROP POLICY readers ON open_contact;
CREATE POLICY readers ON open_contact FOR SELECT TO throughcare_app
  USING (agency_id = (SELECT access.agency()) AND CASE
    WHEN consumer_id IS NULL THEN (SELECT access.clinical()) OR recorded_by = (SELECT access.staff())
    ELSE consumer_id IN (SELECT access.record_consumers())
      OR (recorded_by = (SELECT access.staff()) AND consumer_id IN (SELECT access.mentored())) END);
