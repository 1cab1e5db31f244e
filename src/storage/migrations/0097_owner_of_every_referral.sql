-- A referral that was refused or taken up still waits for what comes of it: it has an owner to lose.

CREATE OR REPLACE VIEW work_without_owner WITH (security_invoker = true) AS
WITH gone AS (
  SELECT s.id, s.agency_id, s.name, s.active_to FROM staff s
  WHERE s.agency_id = access.agency() AND s.active_to <= access.today() + 14
)
SELECT w.kind, w.ref_id, w.consumer_id, g.agency_id, g.id AS staff_id, g.name AS staff, g.active_to AS leaves_on, w.what, w.due
FROM gone g JOIN (
  -- Closing an account ends none of these; a part that ended with the episode is not open.
  SELECT 'keyworker' AS kind, a.id AS ref_id, a.consumer_id, a.staff_id, NULL::text AS what, NULL::date AS due
  FROM assignment a WHERE a.part = 'keyworker' AND a.valid_to IS NULL
    AND EXISTS (SELECT FROM episode e WHERE e.consumer_id = a.consumer_id AND e.closed_on IS NULL)
  UNION ALL SELECT 'come-back', c.id, c.consumer_id, c.told_staff_id, NULL, NULL FROM come_back c WHERE c.seen_at IS NULL
  UNION ALL SELECT 'referral', r.id, r.consumer_id, r.owner_id, r.what, r.due_on FROM referral r
    WHERE r.status NOT IN ('provided', 'declined', 'closed')
  UNION ALL SELECT 'support', s.id, s.consumer_id, s.owner_id, replace(s.what, '-', ' '), s.chase_on FROM recovery_support s
    WHERE s.state IN ('planned', 'handed-over')
  UNION ALL SELECT 'call', c.id, c.consumer_id, c.owner_id, c.caller, c.follow_up_on FROM concern_call c WHERE c.closed_on IS NULL
  UNION ALL SELECT 'appointment', a.id, a.consumer_id, a.staff_id, NULL, a.day FROM appointment a
    WHERE a.status = 'scheduled' AND a.day >= access.today()
) w ON w.staff_id = g.id
WHERE w.kind <> 'appointment' OR w.due > g.active_to;
