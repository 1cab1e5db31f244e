-- Whose keyworker is nobody is worked out from every episode: a fifth of a second at ten thousand
-- people. So it is asked once for all that waits without an owner.

CREATE OR REPLACE VIEW work_without_owner WITH (security_invoker = true) AS
WITH gone AS (
  SELECT s.id, s.agency_id, s.name, s.active_to FROM staff s
  WHERE s.agency_id = access.agency() AND s.active_to <= access.today() + 14
), nobodys AS MATERIALIZED (
  SELECT * FROM access.nobodys()
)
SELECT w.kind, w.ref_id, w.consumer_id, g.agency_id, g.id AS staff_id, g.name AS staff, g.active_to AS leaves_on, w.what, w.due, false AS moved
FROM gone g JOIN (
  -- Closing an account ends none of these; a part that ended with the episode is not open.
  SELECT 'keyworker' AS kind, a.id AS ref_id, a.consumer_id, a.staff_id, NULL::text AS what, NULL::date AS due
  FROM assignment a WHERE a.part = 'keyworker' AND a.valid_to IS NULL
    AND EXISTS (SELECT FROM episode e WHERE e.consumer_id = a.consumer_id AND e.closed_on IS NULL)
  UNION ALL SELECT 'aftercare', n.consumer_id, n.consumer_id, n.staff_id, NULL, n.closed_on + 7 FROM nobodys n WHERE n.closed_on IS NOT NULL
  UNION ALL SELECT 'peer-mentor', a.id, a.consumer_id, a.staff_id, NULL, NULL FROM assignment a WHERE a.part = 'peer-mentor' AND a.valid_to IS NULL
  UNION ALL SELECT 'way-back', p.id, p.consumer_id, p.back_who_id, NULL, NULL FROM aftercare_plan p WHERE p.state = 'active'
    AND NOT EXISTS (SELECT FROM aftercare_plan n WHERE n.consumer_id = p.consumer_id AND n.state = 'active' AND n.activated_at > p.activated_at)
    AND EXISTS (SELECT FROM episode e WHERE e.id = p.episode_id AND (e.closed_on IS NULL OR e.closed_on >= access.today() - 365 AND e.closed_reason <> 'died'))
  UNION ALL SELECT 'come-back', c.id, c.consumer_id, c.told_staff_id, NULL, NULL FROM come_back c WHERE c.seen_at IS NULL
  UNION ALL SELECT 'referral', r.id, r.consumer_id, r.owner_id, r.what, r.due_on FROM referral r
    WHERE r.status NOT IN ('provided', 'declined', 'closed')
  UNION ALL SELECT DISTINCT 'letter', l.referral_id, l.consumer_id, l.recorded_by, d.name, NULL::date FROM referral_sending l JOIN provider d ON d.id = l.provider_id
    WHERE l.sent_at IS NULL AND l.dropped_at IS NULL
  UNION ALL SELECT 'support', s.id, s.consumer_id, s.owner_id, replace(s.what, '-', ' '), s.chase_on FROM recovery_support s
    WHERE s.state IN ('planned', 'handed-over') OR s.state = 'declined' AND NOT EXISTS (SELECT FROM recovery_support o
      WHERE o.consumer_id = s.consumer_id AND o.kind = s.kind AND o.what = s.what AND o.state IN ('planned', 'handed-over', 'accepted'))
  UNION ALL SELECT 'call', c.id, c.consumer_id, c.owner_id, c.caller, c.follow_up_on FROM concern_call c WHERE c.closed_on IS NULL
  UNION ALL SELECT 'relative-referral', r.id, c.consumer_id, r.owner_id, c.caller, r.chase_on
    FROM concern_referral r JOIN concern_call c ON c.id = r.call_id WHERE r.status <> 'closed'
  UNION ALL SELECT 'note', c.id, c.consumer_id, c.lead_id, NULL, a.day FROM conference c JOIN appointment a ON a.id = c.appointment_id
    WHERE c.signed_at IS NULL AND c.voided_at IS NULL AND a.status IN ('scheduled', 'held') AND a.day <= access.today()
  UNION ALL SELECT 'cosign', c.id, c.consumer_id, c.cosign_by, NULL, NULL FROM conference c
    WHERE c.cosigned_at IS NULL AND c.signed_at IS NOT NULL AND c.voided_at IS NULL
  UNION ALL SELECT 'agreed', c.id, c.consumer_id, c.lead_id, NULL, NULL FROM conference c
    WHERE c.signed_at IS NOT NULL AND c.voided_at IS NULL AND c.agreed_approved_at IS NULL
      AND EXISTS (SELECT FROM agreement g WHERE g.conference_id = c.id)
  UNION ALL SELECT 'question', q.id, q.consumer_id, q.to_staff, NULL, NULL FROM question q
    WHERE q.answered_at IS NULL AND access.has_role('supervisor', 'program-manager')
  UNION ALL SELECT 'group', m.id, NULL, m.lead_id, m.name, NULL FROM support_group m WHERE m.active
  UNION ALL SELECT 'appointment', a.id, a.consumer_id, a.staff_id, NULL, a.day FROM appointment a
    WHERE a.status = 'scheduled' AND a.day >= access.today()
) w ON w.staff_id = g.id
WHERE w.kind <> 'appointment' OR w.due > g.active_to
UNION ALL
-- Still employed, and somewhere else: they see these records no more, and nothing of what is due in them.
SELECT 'keyworker', n.assignment_id, n.consumer_id, s.agency_id, s.id, s.name, least(n.since, access.today()), NULL::text, NULL::date, true
FROM nobodys n JOIN staff s ON s.id = n.staff_id
WHERE n.closed_on IS NULL AND n.assignment_id IS NOT NULL AND (s.active_to IS NULL OR s.active_to > access.today() + 14);
