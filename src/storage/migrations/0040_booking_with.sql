-- Whoever books for somebody has to know which colleagues can open that person's record, and which
-- is theirs; of programs it says nothing, so that the front desk may ask.
CREATE FUNCTION access.colleagues_with_sight(of_consumer uuid)
  RETURNS TABLE (staff_id uuid, keyworker boolean)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  BEGIN ATOMIC
    SELECT s.id, EXISTS (SELECT FROM assignment a
      WHERE a.consumer_id = of_consumer AND a.staff_id = s.id AND a.part = 'keyworker'
        AND a.during @> access.today())
    FROM staff s JOIN consumer c ON c.id = of_consumer AND c.agency_id = s.agency_id
    WHERE s.agency_id = access.agency()
      AND (access.has_role('front-desk') OR c.id IN (SELECT access.record_consumers()))
      AND daterange(s.active_from, s.active_to, '[]') @> access.today()
      AND EXISTS (SELECT FROM staff_role r WHERE r.staff_id = s.id AND r.during @> access.today()
        AND r.role IN ('counselor', 'keyworker', 'supervisor', 'program-manager'))
      AND (c.awaiting_program OR EXISTS (SELECT FROM enrolment e
        JOIN staff_program p ON p.program_id = e.program_id AND p.during @> access.today()
        WHERE e.consumer_id = of_consumer AND p.staff_id = s.id));
  END;
COMMENT ON FUNCTION access.colleagues_with_sight(uuid) IS 'Who can open somebody''s record by their work, and who is their keyworker; for booking';
GRANT EXECUTE ON FUNCTION access.colleagues_with_sight(uuid) TO throughcare_app;
