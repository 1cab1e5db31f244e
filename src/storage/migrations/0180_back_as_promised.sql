-- Who comes back is seen within the days that their aftercare plan promised them, whoever follows them
-- up is told, and a yes to "pregnant, or children at home" is asked further: both give priority.

ALTER TABLE come_back ADD due_on date, ADD pregnant boolean, ADD children_at_home boolean, ADD injecting boolean;
COMMENT ON COLUMN come_back.due_on IS 'By when they are to be seen, set as they call: the days of their active aftercare plan, or else the agency''s; Monday to Friday';
COMMENT ON COLUMN come_back.pregnant IS 'Which of the two it is, asked after a yes; null where it was skipped';
COMMENT ON COLUMN come_back.injecting IS 'Whether they inject, if they said it on the telephone; null where it was not told';

CREATE FUNCTION access.back_due() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  NEW.due_on := (SELECT access.working_days_after((NEW.asked_at AT TIME ZONE a.time_zone)::date, coalesce(
      (SELECT p.back_within_days FROM aftercare_plan p
        WHERE p.consumer_id = NEW.consumer_id AND p.state = 'active' AND p.activated_at <= NEW.asked_at
        ORDER BY p.activated_at DESC LIMIT 1), a.return_target_days))
    FROM agency a WHERE a.id = NEW.agency_id);
  RETURN NEW;
END $$;
COMMENT ON FUNCTION access.back_due() IS 'By when somebody who calls is to be seen; a later change of the plan or of the agency''s days moves no clock that runs';
REVOKE EXECUTE ON FUNCTION access.back_due() FROM PUBLIC;
CREATE TRIGGER due_as_promised BEFORE INSERT ON come_back FOR EACH ROW EXECUTE FUNCTION access.back_due();
-- What was called before: those who wait still get what they were promised, the others keep their clock.
UPDATE come_back c SET due_on = access.working_days_after((c.asked_at AT TIME ZONE a.time_zone)::date, coalesce(
    (SELECT p.back_within_days FROM aftercare_plan p
      WHERE c.seen_at IS NULL AND p.consumer_id = c.consumer_id AND p.state = 'active' AND p.activated_at <= c.asked_at
      ORDER BY p.activated_at DESC LIMIT 1), a.return_target_days))
  FROM agency a WHERE a.id = c.agency_id;

CREATE FUNCTION access.told_on_call(of_call uuid, is_pregnant boolean, has_children boolean, is_injecting boolean) RETURNS boolean
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE called come_back;
BEGIN
  -- A yes that was told stays.
  UPDATE come_back c SET pregnant = coalesce(c.pregnant OR is_pregnant, c.pregnant, is_pregnant),
    children_at_home = coalesce(c.children_at_home OR has_children, c.children_at_home, has_children),
    injecting = coalesce(c.injecting OR is_injecting, c.injecting, is_injecting)
  WHERE c.id = of_call AND c.agency_id = access.agency() AND access.may_bring_back(c.consumer_id)
  RETURNING c.* INTO called;
  IF called.id IS NULL THEN RETURN false; END IF;
  UPDATE referral_in r SET pregnant = coalesce(r.pregnant OR called.pregnant, r.pregnant, called.pregnant),
    injecting = coalesce(r.injecting OR called.injecting, r.injecting, called.injecting)
  WHERE r.consumer_id = called.consumer_id AND r.episode_id = called.episode_id;
  RETURN true;
END $$;
COMMENT ON FUNCTION access.told_on_call(uuid, boolean, boolean, boolean) IS 'What gives priority, told by somebody who calls: kept with the call and on the referral that waits';
GRANT EXECUTE ON FUNCTION access.told_on_call(uuid, boolean, boolean, boolean) TO throughcare_app;

-- As 0110 has it; who follows up after an ending comes before who was the keyworker then.
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
      SELECT e.program_id, CASE WHEN p.active THEN 1 ELSE 3 END AS place, coalesce(e.valid_from, e.requested_on) AS at, e.id
      FROM enrolment e JOIN program p ON p.id = e.program_id WHERE e.consumer_id = of_consumer
      UNION ALL SELECT a.intake_program_id, 2, NULL, NULL FROM agency a WHERE a.id = agency AND a.intake_program_id IS NOT NULL
    ) x ORDER BY x.place, x.at DESC, x.id DESC LIMIT 1;
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

  -- Whoever is named on the aftercare plan, or else follows up after the ending, or else was the last
  -- keyworker: if they work here and can open the record.
  SELECT s.id INTO told FROM (
    SELECT a.back_who_id AS staff_id, 1 AS place, a.activated_at AS at FROM aftercare_plan a
      WHERE a.consumer_id = of_consumer AND a.state = 'active' AND a.back_who_id IS NOT NULL
    UNION ALL SELECT x.staff_id, CASE WHEN x.part = 'keyworker' AND x.valid_to IS NULL THEN 2 WHEN x.part = 'aftercare' THEN 3 ELSE 4 END,
      x.valid_from::timestamptz FROM assignment x
      WHERE x.consumer_id = of_consumer AND (x.part = 'keyworker' OR x.part = 'aftercare' AND x.during @> day)
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

DROP FUNCTION access.come_back_state(uuid);
CREATE FUNCTION access.come_back_state(of_consumer uuid)
  RETURNS TABLE (id uuid, asked_at timestamptz, taken_by text, due date, standing text, told_id uuid, told text, told_seen_at timestamptz,
    seen_at timestamptz, relapsed_on date, what_and_when text, alone boolean, overdose boolean, suicide boolean, withdrawal boolean,
    pregnant_or_children boolean, pregnant boolean, children_at_home boolean, injecting boolean, asked boolean, alert_id uuid, alert_raised_at timestamptz, alert_taken_by text, alert_closed_at timestamptz)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  BEGIN ATOMIC
    SELECT c.id, c.asked_at, b.name, c.due_on,
      CASE WHEN c.consumer_id NOT IN (SELECT access.record_consumers()) THEN NULL
        WHEN c.previous_id IS NOT NULL THEN 'back'
        WHEN EXISTS (SELECT FROM enrolment e WHERE e.episode_id = c.episode_id AND e.valid_from IS NOT NULL) THEN 'in-care'
        ELSE 'waits' END,
      t.id, t.name, c.told_seen_at, c.seen_at, CASE WHEN m.mine THEN c.relapsed_on END,
      CASE WHEN m.mine THEN c.what_and_when END, CASE WHEN m.mine THEN c.alone END, CASE WHEN m.mine THEN c.overdose END,
      CASE WHEN m.mine THEN c.suicide END, CASE WHEN m.mine THEN c.withdrawal END, CASE WHEN m.mine THEN c.pregnant_or_children END,
      CASE WHEN m.mine THEN c.pregnant END, CASE WHEN m.mine THEN c.children_at_home END, CASE WHEN m.mine THEN c.injecting END,
      m.mine, d.id, d.raised_at, u.name, d.closed_at
    FROM come_back c JOIN staff b ON b.id = c.taken_by
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
