-- Somebody comes back: one action for whoever answers, also for a front desk that sees nothing
-- clinical. Rights of the owner; what it answers says no more than that it was done.

CREATE FUNCTION access.may_bring_back(of_consumer uuid) RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  BEGIN ATOMIC
    SELECT EXISTS (SELECT FROM consumer c WHERE c.id = of_consumer AND c.agency_id = access.agency()
      AND (access.has_role('front-desk') OR c.id IN (SELECT access.record_consumers())
        OR c.id IN (SELECT access.mentored()) OR (c.awaiting_program AND access.clinical())));
  END;
COMMENT ON FUNCTION access.may_bring_back(uuid) IS 'Whether the acting member of staff can take this person''s call: whoever can see who they are, and is no biller';

CREATE FUNCTION access.answers_that_alarm(alone boolean, overdose boolean, suicide boolean, withdrawal boolean, pregnant_or_children boolean)
  RETURNS text[] LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp
  BEGIN ATOMIC
    SELECT array_remove(ARRAY[
      CASE WHEN overdose THEN 'overdose' END, CASE WHEN suicide THEN 'suicide' END,
      CASE WHEN withdrawal THEN 'withdrawal' END, CASE WHEN alone THEN 'alone' END,
      CASE WHEN pregnant_or_children THEN 'pregnant-or-children' END], NULL);
  END;

-- What was answered goes to the call that stands; a yes that is new alerts whoever is on duty. A
-- question that was skipped stays null, and skips nothing that was said before.
CREATE FUNCTION access.answer_come_back(of_call uuid, ring_back text, what_and_when text, alone boolean, overdose boolean,
  suicide boolean, withdrawal boolean, pregnant_or_children boolean) RETURNS boolean
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_variable
DECLARE was come_back; alarms text[]; fresh text[]; standing uuid;
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
  SELECT array_agg(one) INTO fresh FROM unnest(alarms) AS one
  WHERE one <> ALL (access.answers_that_alarm(was.alone, was.overdose, was.suicide, was.withdrawal, was.pregnant_or_children))
    OR NOT EXISTS (SELECT FROM duty_alert d WHERE d.come_back_id = of_call);
  IF fresh IS NOT NULL THEN
    INSERT INTO duty_alert (agency_id, consumer_id, come_back_id, reasons, raised_by, callback)
    VALUES (was.agency_id, was.consumer_id, of_call, fresh, access.staff(), nullif(ring_back, ''));
  END IF;
  RETURN true;
END $$;
COMMENT ON FUNCTION access.answer_come_back(uuid, text, text, boolean, boolean, boolean, boolean, boolean) IS 'Six questions to somebody who came back, each of which may be skipped; a yes alerts the duty clinician';

CREATE FUNCTION access.come_back(of_consumer uuid, ring_back text, what_and_when text, alone boolean, overdose boolean,
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
    VALUES (agency, of_consumer, ep.id, wait, 'come-back', 'routine', coalesce(what_and_when, 'Asked to come back'), me);
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
COMMENT ON FUNCTION access.come_back(uuid, text, text, boolean, boolean, boolean, boolean, boolean) IS 'MC C, back in swiftly: a linked episode, a wait, the keyworker told and the clock started, in one step; no row when there is no such person. opened: false when they were with the agency already';

-- Whether it came to a good end, for whoever answered: no program, no plan; answers to who has the
-- record or wrote them down.
CREATE FUNCTION access.come_back_state(of_consumer uuid)
  RETURNS TABLE (id uuid, asked_at timestamptz, taken_by text, due date, new_episode boolean, told_id uuid, told text, told_seen_at timestamptz,
    seen_at timestamptz, what_and_when text, alone boolean, overdose boolean, suicide boolean, withdrawal boolean, pregnant_or_children boolean,
    asked boolean, alert_id uuid, alert_raised_at timestamptz, alert_taken_by text, alert_closed_at timestamptz)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  BEGIN ATOMIC
    SELECT c.id, c.asked_at, b.name, access.working_days_after((c.asked_at AT TIME ZONE a.time_zone)::date, a.return_target_days),
      c.previous_id IS NOT NULL, t.id, t.name, c.told_seen_at, c.seen_at,
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
COMMENT ON FUNCTION access.come_back_state(uuid) IS 'The coming back that stands, or that ended well in the last two days';

CREATE FUNCTION access.come_backs_unbooked() RETURNS TABLE (consumer_id uuid, id uuid, due date)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  BEGIN ATOMIC
    SELECT c.consumer_id, c.id, access.working_days_after((c.asked_at AT TIME ZONE a.time_zone)::date, 1)
    FROM come_back c JOIN agency a ON a.id = c.agency_id
    WHERE c.agency_id = access.agency() AND access.has_role('front-desk') AND c.seen_at IS NULL
      AND c.asked_at > now() - interval '60 days'
      AND NOT EXISTS (SELECT FROM appointment p WHERE p.consumer_id = c.consumer_id AND p.status = 'scheduled' AND p.day >= access.today())
    ORDER BY c.asked_at LIMIT 50;
  END;
COMMENT ON FUNCTION access.come_backs_unbooked() IS 'Who came back and has no time yet, for the front desk that books';

GRANT EXECUTE ON FUNCTION access.come_back(uuid, text, text, boolean, boolean, boolean, boolean, boolean),
  access.answer_come_back(uuid, text, text, boolean, boolean, boolean, boolean, boolean), access.come_back_state(uuid),
  access.come_backs_unbooked(), access.may_bring_back(uuid), access.answers_that_alarm(boolean, boolean, boolean, boolean, boolean) TO throughcare_app;

-- What was answered and who took the call is written by those functions alone.
REVOKE UPDATE ON come_back FROM throughcare_app;
GRANT UPDATE (told_staff_id, told_seen_at, seen_at, seen_how) ON come_back TO throughcare_app;
CREATE TRIGGER said_once BEFORE UPDATE ON come_back FOR EACH ROW EXECUTE FUNCTION access.said_once('seen_at', 'seen_how');
CREATE INDEX ON come_back (told_staff_id) WHERE seen_at IS NULL;
CREATE INDEX ON come_back (consumer_id) WHERE seen_at IS NULL;

-- Being seen stops the clock by itself: a service with them present, or an appointment that was held.
CREATE FUNCTION access.seen_again() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE seen timestamp; zone text;
BEGIN
  SELECT a.time_zone INTO zone FROM agency a WHERE a.id = NEW.agency_id;
  IF TG_TABLE_NAME = 'service' THEN
    seen := NEW.service_date + coalesce(NEW.start_time, time '12:00');
  ELSE
    seen := NEW.day + NEW.starts;
  END IF;
  UPDATE come_back c SET seen_at = greatest(c.asked_at, seen AT TIME ZONE zone),
    seen_how = CASE TG_TABLE_NAME WHEN 'service' THEN replace(NEW.kind, '-', ' ') ELSE 'Appointment held' END
  WHERE c.consumer_id = NEW.consumer_id AND c.seen_at IS NULL AND (c.asked_at AT TIME ZONE zone)::date <= seen::date;
  RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION access.seen_again() FROM throughcare_app;
CREATE TRIGGER seen_again AFTER INSERT ON service FOR EACH ROW
  WHEN (NEW.voided_at IS NULL AND NEW.consumer_present IS NOT FALSE) EXECUTE FUNCTION access.seen_again();
CREATE TRIGGER seen_again AFTER UPDATE OF status ON appointment FOR EACH ROW
  WHEN (NEW.status = 'held' AND OLD.status <> 'held') EXECUTE FUNCTION access.seen_again();

-- ---------------------------------------------------------------- the duty clinician

REVOKE UPDATE ON duty_alert FROM throughcare_app;
GRANT UPDATE (taken_up_at, taken_up_by, closed_at, closed_by, what_was_done) ON duty_alert TO throughcare_app;

-- An alert names somebody to whom it reaches: how else could they be called?
CREATE FUNCTION access.alert_person(of_alert uuid)
  RETURNS TABLE (consumer_id uuid, given_name text, family_name text, preferred_name text, date_of_birth date, number text, phone text, safe_to_call text,
    whole_record boolean, what_and_when text, alone boolean, overdose boolean, suicide boolean, withdrawal boolean, pregnant_or_children boolean)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  BEGIN ATOMIC
    SELECT p.id, p.given_name, p.family_name, p.preferred_name, p.date_of_birth, p.number, p.phone, p.safe_to_call,
      p.id IN (SELECT access.record_consumers()), c.what_and_when, c.alone, c.overdose, c.suicide, c.withdrawal, c.pregnant_or_children
    FROM duty_alert d JOIN consumer p ON p.id = d.consumer_id LEFT JOIN come_back c ON c.id = d.come_back_id
    WHERE d.id = of_alert AND d.agency_id = access.agency() AND access.clinical()
      AND (p.id IN (SELECT access.record_consumers())
        OR (access.on_duty() AND (d.closed_at IS NULL OR access.staff() IN (d.taken_up_by, d.closed_by))));
  END;
COMMENT ON FUNCTION access.alert_person(uuid) IS 'Whom an alert is about and what they answered, for the clinician it reaches';

CREATE FUNCTION access.open_for_alert(of_alert uuid) RETURNS uuid
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE whose uuid; why text := 'Duty alert: somebody who called may be in danger now';
BEGIN
  SELECT d.consumer_id INTO whose FROM duty_alert d
  WHERE d.id = of_alert AND d.agency_id = access.agency() AND d.closed_at IS NULL AND access.on_duty();
  IF whose IS NULL THEN RETURN NULL; END IF;
  IF whose IN (SELECT access.record_consumers()) THEN RETURN whose; END IF;
  INSERT INTO emergency_access (agency_id, consumer_id, staff_id, reason, until)
  VALUES (access.agency(), whose, access.staff(), why, now() + interval '4 hours');
  INSERT INTO access_log (agency_id, staff_id, action, room, consumer_ids, reason)
  VALUES (access.agency(), access.staff(), 'emergency', 'duty-alert', ARRAY[whose], why);
  RETURN whose;
END $$;
COMMENT ON FUNCTION access.open_for_alert(uuid) IS 'Emergency access of the duty clinician to whom an alert is about: for four hours, and a supervisor reads why';
GRANT EXECUTE ON FUNCTION access.alert_person(uuid), access.open_for_alert(uuid) TO throughcare_app;

-- ---------------------------------------------------------------- open access

CREATE FUNCTION access.open_contact_counts(first_day date)
  RETURNS TABLE (week date, kind text, contacts bigint)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  BEGIN ATOMIC
    SELECT date_trunc('week', o.at AT TIME ZONE a.time_zone)::date, k.kind, count(*)
    FROM open_contact o JOIN agency a ON a.id = o.agency_id
    CROSS JOIN LATERAL unnest(o.kinds || CASE WHEN o.naloxone_given THEN ARRAY['naloxone'] ELSE '{}'::text[] END || ARRAY['all']) AS k (kind)
    WHERE o.agency_id = access.agency() AND o.at >= first_day
      AND access.has_role('counselor', 'keyworker', 'supervisor', 'program-manager', 'peer-mentor', 'front-desk')
    GROUP BY 1, 2 ORDER BY 1 DESC, 2;
  END;
COMMENT ON FUNCTION access.open_contact_counts(date) IS 'How many open-access contacts a week (Monday to Sunday), by kind; nobody''s name';

CREATE FUNCTION access.contact_became_referral(contact uuid, of_consumer uuid) RETURNS boolean
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE taken uuid;
BEGIN
  IF NOT access.has_role('counselor', 'keyworker', 'supervisor', 'program-manager', 'peer-mentor', 'front-desk') THEN RETURN false; END IF;
  -- The one that the same hand took just now; the front desk reads no referral back.
  SELECT r.id INTO taken FROM referral_in r
  WHERE r.consumer_id = of_consumer AND r.agency_id = access.agency() AND r.recorded_by = access.staff()
    AND r.recorded_at > now() - interval '1 hour'
  ORDER BY r.recorded_at DESC, r.id DESC LIMIT 1;
  IF taken IS NULL THEN RETURN false; END IF;
  UPDATE open_contact o SET consumer_id = of_consumer, referral_in_id = taken
  WHERE o.id = contact AND o.agency_id = access.agency() AND o.referral_in_id IS NULL
    AND (o.consumer_id IS NULL OR o.consumer_id = of_consumer)
    AND (o.recorded_by = access.staff() OR access.has_role('counselor', 'keyworker', 'supervisor', 'program-manager', 'peer-mentor'));
  RETURN FOUND;
END $$;
COMMENT ON FUNCTION access.contact_became_referral(uuid, uuid) IS 'An open-access contact that became the referral just taken is that person''s from then on';
GRANT EXECUTE ON FUNCTION access.open_contact_counts(date), access.contact_became_referral(uuid, uuid) TO throughcare_app;

-- ---------------------------------------------------------------- a likely match rather than a duplicate

-- Operators of text search are not leakproof; as people.search, this asks the access rule itself.
CREATE FUNCTION people.likely(given text, family text, born date, most integer) RETURNS TABLE (id uuid, likeness real)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  BEGIN ATOMIC
    WITH wanted AS (
      SELECT people.fold(given) AS given, people.fold(family) AS family, people.fold(concat_ws(' ', given, family)) AS both_names,
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
        born IS NOT NULL AND c.date_of_birth IN (born, w.swapped) AS same_day
      FROM consumer c CROSS JOIN wanted w
      WHERE c.agency_id = (SELECT access.agency())
        AND (c.date_of_birth IN (born, w.swapped) OR c.search_key % w.both_names)
        AND ((SELECT access.has_role('front-desk', 'biller'))
          OR (c.awaiting_program AND (SELECT access.clinical()))
          OR c.id IN (SELECT access.record_consumers()) OR c.id IN (SELECT access.mentored()))
    )
    SELECT s.id, (s.names + CASE WHEN s.same_day THEN 1 ELSE 0 END)::real
    FROM seen s
    WHERE (s.same_day AND (s.names >= 0.3 OR s.one_name >= 0.4)) OR s.names >= CASE WHEN born IS NULL THEN 0.35 ELSE 0.55 END
    ORDER BY 2 DESC, s.family_name, s.given_name, s.id
    LIMIT least(most, 50);
  END;
COMMENT ON FUNCTION people.likely(text, text, date, integer) IS 'Who may be the same person: alike in name and born that day, or nearly alike in both names; people you may not see are not looked at';
GRANT EXECUTE ON FUNCTION people.likely(text, text, date, integer) TO throughcare_app;
