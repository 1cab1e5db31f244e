-- Who came back and waits is in an episode again: nobody follows up the one before.

CREATE OR REPLACE FUNCTION access.nobodys() RETURNS TABLE (consumer_id uuid, episode_id uuid, closed_on date, assignment_id uuid, staff_id uuid, since date)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp ROWS 50
  BEGIN ATOMIC
    SELECT e.consumer_id, e.id, e.closed_on, CASE WHEN last.stands THEN last.id END, last.staff_id,
      CASE WHEN e.closed_on IS NOT NULL THEN e.closed_on ELSE greatest(e.opened_on, last.until) END
    FROM (
      SELECT DISTINCT ON (p.consumer_id) p.* FROM episode p
      WHERE p.agency_id = (SELECT access.agency()) AND (SELECT access.has_role('supervisor', 'program-manager'))
        AND (p.closed_on IS NULL OR p.closed_on >= (SELECT access.today()) - 365)
        AND EXISTS (SELECT FROM access.enrolled n WHERE n.consumer_id = p.consumer_id)
      ORDER BY p.consumer_id, p.closed_on DESC NULLS FIRST, p.opened_on DESC
    ) e
    LEFT JOIN LATERAL (
      SELECT a.id, a.staff_id, a.during @> (SELECT access.today()) AS stands,
        least(a.valid_to, s.active_to, (SELECT max(w.valid_to) FROM staff_program w WHERE w.staff_id = a.staff_id)) AS until,
        s.closed_at IS NULL AND daterange(s.active_from, s.active_to, '[]') @> (SELECT access.today())
          AND EXISTS (SELECT FROM staff_role r WHERE r.staff_id = s.id AND r.during @> (SELECT access.today())
            AND r.role IN ('counselor', 'keyworker', 'supervisor', 'program-manager'))
          AND EXISTS (SELECT FROM staff_program w JOIN enrolment n ON n.program_id = w.program_id
            WHERE w.staff_id = s.id AND w.during @> (SELECT access.today()) AND n.consumer_id = a.consumer_id) AS able
      FROM assignment a JOIN staff s ON s.id = a.staff_id
      WHERE a.consumer_id = e.consumer_id AND a.valid_from <= (SELECT access.today())
        AND (a.part = 'keyworker' OR a.part = 'aftercare' AND e.closed_on IS NOT NULL)
      ORDER BY a.valid_from DESC, a.id DESC LIMIT 1
    ) last ON true
    WHERE NOT coalesce(last.able AND (last.stands OR e.closed_on IS NOT NULL), false)
      AND e.closed_reason IS DISTINCT FROM 'died'
      -- Who only waits is their programme's team's.
      AND (e.closed_on IS NOT NULL OR EXISTS (SELECT FROM enrolment n WHERE n.episode_id = e.id AND n.valid_from <= (SELECT access.today()))
        OR EXISTS (SELECT FROM placement s WHERE s.episode_id = e.id AND s.admitted_on IS NOT NULL));
  END;
