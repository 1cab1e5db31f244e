-- Referral in and waiting: what the front desk may take down without seeing a record, the agency's
-- clocks, and the list of everybody who waits with what comes next for them.

GRANT UPDATE (intake_program_id, triage_urgent_days, triage_routine_days, wait_target_days, return_target_days,
  not_seen_days, small_count, crisis_lines) ON agency TO throughcare_app;

CREATE FUNCTION access.working_days_after(from_day date, days integer) RETURNS date LANGUAGE sql IMMUTABLE
  RETURN CASE WHEN days <= 0 THEN from_day ELSE (
    SELECT from_day + n FROM generate_series(1, days * 2 + 3) AS n
    WHERE extract(isodow FROM from_day + n) < 6 ORDER BY n OFFSET days - 1 LIMIT 1) END;
COMMENT ON FUNCTION access.working_days_after(date, integer) IS 'Monday to Friday, as episodes/clock.ts counts them';

-- An offer keeps what was offered; only its answer is written later. One at a time stands open.
CREATE TRIGGER keep BEFORE UPDATE ON start_offer FOR EACH ROW
  EXECUTE FUNCTION access.only_these('answer', 'answered_on', 'answered_by', 'note');
CREATE UNIQUE INDEX one_open_offer ON start_offer (episode_id, program_id) WHERE answer IS NULL;
CREATE INDEX ON enrolment (program_id) WHERE valid_from IS NULL AND valid_to IS NULL;

-- The front desk writes a referral down and reads nothing back: not whether there was an episode,
-- nor which programme has the person. Whoever cares for them already is told; otherwise the team of
-- the agency's intake programme, on whose waiting list they are put.
CREATE FUNCTION access.take_referral(of_consumer uuid, received timestamptz, from_source text, from_name text, how_urgent text,
  why text, is_pregnant boolean, is_injecting boolean, help text) RETURNS text
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE my agency%ROWTYPE; day date; open_episode uuid; team uuid;
BEGIN
  IF NOT access.has_role('front-desk') THEN RETURN 'not-yours'; END IF;
  SELECT * INTO my FROM agency WHERE id = access.agency();
  IF NOT EXISTS (SELECT FROM consumer WHERE id = of_consumer AND agency_id = my.id) THEN RETURN 'not-yours'; END IF;
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
COMMENT ON FUNCTION access.take_referral(uuid, timestamptz, text, text, text, text, boolean, boolean, text)
  IS 'A referral that the front desk takes; tells only that it was taken, or that the agency has named no intake programme';

-- A referral on which nothing is decided yet, or where nobody could be reached: who is to look, and by when.
CREATE VIEW referral_to_triage WITH (security_invoker = true) AS
SELECT r.id, r.agency_id, r.consumer_id, r.episode_id, e.program_id, r.urgency,
  (r.received_at AT TIME ZONE a.time_zone)::date AS received_on,
  CASE WHEN t.id IS NOT NULL THEN access.working_days_after((t.decided_at AT TIME ZONE a.time_zone)::date, 1)
    WHEN r.urgency = 'emergency' THEN (r.received_at AT TIME ZONE a.time_zone)::date
    ELSE access.working_days_after((r.received_at AT TIME ZONE a.time_zone)::date,
      CASE r.urgency WHEN 'urgent' THEN a.triage_urgent_days ELSE a.triage_routine_days END) END AS due_on,
  t.id IS NOT NULL AS tried
FROM referral_in r
JOIN agency a ON a.id = r.agency_id
JOIN episode p ON p.id = r.episode_id AND p.closed_on IS NULL
LEFT JOIN enrolment e ON e.id = r.enrolment_id
LEFT JOIN LATERAL (SELECT id, outcome, decided_at FROM triage WHERE referral_in_id = r.id
  ORDER BY decided_at DESC, id DESC LIMIT 1) t ON true
WHERE t.id IS NULL OR t.outcome = 'could-not-reach';
COMMENT ON VIEW referral_to_triage IS 'Referrals that wait for a decision, with the last day on which it comes in time';
GRANT SELECT ON referral_to_triage TO throughcare_app;

CREATE VIEW waiting WITH (security_invoker = true) AS
SELECT e.id AS enrolment_id, e.agency_id, e.consumer_id, e.episode_id, e.program_id,
  coalesce((f.received_at AT TIME ZONE a.time_zone)::date, e.requested_on) AS since,
  coalesce(missed.answered_on, (f.received_at AT TIME ZONE a.time_zone)::date, e.requested_on) + a.wait_target_days AS due_on,
  l.id AS referral_in_id, coalesce(t.urgency, l.urgency) AS urgency, l.source, l.interim_help,
  coalesce(l.pregnant, false) OR coalesce(s.pregnant, false) AS pregnant,
  coalesce(l.injecting, false) OR coalesce(s.injecting = 'now', false) AS injecting,
  coalesce(t.priority, false) OR coalesce(l.pregnant, false) OR coalesce(l.injecting, false)
    OR coalesce(s.pregnant, false) OR coalesce(s.injecting = 'now', false) AS priority,
  t.outcome AS triage_outcome, d.due_on AS triage_due,
  s.completed_at AS assessed_at, w.id AS draft_id,
  o.id AS offer_id, o.start_on AS offered_for, o.offered_on,
  CASE WHEN o.id IS NOT NULL THEN 'answer' WHEN d.id IS NOT NULL THEN 'triage' WHEN s.id IS NULL THEN 'assess' ELSE 'offer' END AS next
FROM enrolment e
JOIN agency a ON a.id = e.agency_id
LEFT JOIN LATERAL (SELECT received_at FROM referral_in WHERE episode_id = e.episode_id AND enrolment_id = e.id
  ORDER BY received_at, id LIMIT 1) f ON true
LEFT JOIN LATERAL (SELECT * FROM referral_in WHERE episode_id = e.episode_id AND enrolment_id = e.id
  ORDER BY received_at DESC, id DESC LIMIT 1) l ON true
LEFT JOIN LATERAL (SELECT * FROM triage WHERE referral_in_id = l.id ORDER BY decided_at DESC, id DESC LIMIT 1) t ON true
LEFT JOIN referral_to_triage d ON d.id = l.id
LEFT JOIN LATERAL (SELECT * FROM assessment WHERE episode_id = e.episode_id AND completed_at IS NOT NULL
  ORDER BY completed_at DESC, id DESC LIMIT 1) s ON true
LEFT JOIN assessment w ON w.episode_id = e.episode_id AND w.completed_at IS NULL
LEFT JOIN start_offer o ON o.episode_id = e.episode_id AND o.program_id = e.program_id AND o.answer IS NULL
LEFT JOIN LATERAL (SELECT answered_on FROM start_offer WHERE episode_id = e.episode_id AND program_id = e.program_id
  AND answer IN ('declined', 'did-not-come') AND offered_on >= e.requested_on ORDER BY answered_on DESC, id DESC LIMIT 1) missed ON true
WHERE e.valid_from IS NULL AND e.valid_to IS NULL;
COMMENT ON VIEW waiting IS 'Everybody on a waiting list: since when, by when a start is to be offered (an offer that came to nothing starts that clock again), and what comes next';
GRANT SELECT ON waiting TO throughcare_app;
