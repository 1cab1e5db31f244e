-- A session or a group of an associate never waits for somebody who can't co-sign it.

CREATE FUNCTION access.supervises(whom uuid, of_consumer uuid) RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  BEGIN ATOMIC
    SELECT EXISTS (SELECT FROM staff s
      JOIN staff_role r ON r.staff_id = s.id AND r.role = 'supervisor' AND r.during @> access.today()
      JOIN staff_program p ON p.staff_id = s.id AND p.during @> access.today()
      JOIN enrolment e ON e.program_id = p.program_id AND e.consumer_id = of_consumer
      WHERE s.id = whom AND s.agency_id = access.agency() AND s.closed_at IS NULL
        AND daterange(s.active_from, s.active_to, '[]') @> access.today());
  END;
COMMENT ON FUNCTION access.supervises(uuid, uuid) IS 'Whether a colleague is a supervisor today with somebody''s record in their sight';
REVOKE EXECUTE ON FUNCTION access.supervises(uuid, uuid) FROM PUBLIC, throughcare_app;

CREATE FUNCTION access.session_cosigners(of_service uuid) RETURNS TABLE (staff_id uuid, name text, named boolean)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp ROWS 2
  BEGIN ATOMIC
    WITH able AS (
      SELECT s.id, s.name, EXISTS (SELECT FROM credential c
        WHERE c.staff_id = v.performer_id AND c.supervisor_id = s.id AND c.during @> v.service_date) AS named
      FROM service v JOIN staff s ON s.agency_id = v.agency_id AND s.id <> v.performer_id
      WHERE v.id = of_service AND v.agency_id = access.agency()
        AND v.consumer_id IN (SELECT access.record_consumers()) AND access.supervises(s.id, v.consumer_id))
    SELECT id, able.name, able.named FROM able
    WHERE able.named OR NOT EXISTS (SELECT FROM able AS other WHERE other.named)
    ORDER BY able.name;
  END;
COMMENT ON FUNCTION access.session_cosigners(uuid) IS 'Who may co-sign an associate''s session or group: the supervisors of their credentials on its day who still are supervisors with the record in sight; where there is none, any such supervisor';
REVOKE EXECUTE ON FUNCTION access.session_cosigners(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION access.session_cosigners(uuid) TO throughcare_app;
