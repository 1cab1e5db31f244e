-- As 0221 has it; whoever is asked to take a support on is told what it is and by whom it was handed.
DROP FUNCTION access.handed_to_me();
CREATE FUNCTION access.handed_to_me() RETURNS TABLE (id uuid, consumer_id uuid, what text, name text, handed_by text, handed_on date, chase_on date)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  BEGIN ATOMIC
    SELECT s.id, s.consumer_id, coalesce(g.name, replace(s.what, '-', ' ')) || coalesce(': ' || s.detail, ''),
      coalesce(nullif(c.preferred_name, ''), c.given_name) || ' ' || c.family_name, o.name, s.handed_on, s.chase_on
    FROM recovery_support s JOIN consumer c ON c.id = s.consumer_id JOIN staff o ON o.id = s.owner_id LEFT JOIN support_group g ON g.id = s.group_id
    WHERE s.agency_id = access.agency() AND s.state = 'handed-over' AND access.staff() IN (s.staff_id, g.lead_id)
      AND access.has_role('counselor', 'keyworker', 'supervisor', 'program-manager', 'peer-mentor');
  END;
COMMENT ON FUNCTION access.handed_to_me() IS 'Supports that were handed to the asker, or to a group that they lead, and wait for their answer: for whom, what, from whom, since when, and nothing else of the record';
GRANT EXECUTE ON FUNCTION access.handed_to_me() TO throughcare_app;
