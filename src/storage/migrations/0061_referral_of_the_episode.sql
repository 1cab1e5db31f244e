-- A referral that names no wait, as coming back may leave it, belongs to the waits of its episode.

-- A referral on which nothing is decided yet, or where nobody could be reached: who is to look, and by when.
CREATE OR REPLACE VIEW referral_to_triage WITH (security_invoker = true) AS
SELECT r.id, r.agency_id, r.consumer_id, r.episode_id, coalesce(e.program_id, w.program_id) AS program_id, r.urgency,
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
LEFT JOIN LATERAL (SELECT program_id FROM enrolment WHERE r.enrolment_id IS NULL AND episode_id = r.episode_id
  ORDER BY valid_to IS NOT NULL, requested_on, id LIMIT 1) w ON true
LEFT JOIN LATERAL (SELECT id, outcome, decided_at FROM triage WHERE referral_in_id = r.id
  ORDER BY decided_at DESC, id DESC LIMIT 1) t ON true
WHERE t.id IS NULL OR t.outcome = 'could-not-reach';

CREATE OR REPLACE VIEW waiting WITH (security_invoker = true) AS
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
LEFT JOIN LATERAL (SELECT received_at FROM referral_in WHERE episode_id = e.episode_id AND (enrolment_id = e.id OR enrolment_id IS NULL)
  ORDER BY received_at, id LIMIT 1) f ON true
LEFT JOIN LATERAL (SELECT * FROM referral_in WHERE episode_id = e.episode_id AND (enrolment_id = e.id OR enrolment_id IS NULL)
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
