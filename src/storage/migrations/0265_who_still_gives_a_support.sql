-- As 0223 has it; whoever has lost the person from their work, or whose group is over, sees it no more:
-- its owner has it on their list, and asks somebody else.
CREATE OR REPLACE FUNCTION access.handed_to_me() RETURNS TABLE (id uuid, consumer_id uuid, what text, name text, handed_by text, handed_on date, chase_on date)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  BEGIN ATOMIC
    SELECT s.id, s.consumer_id, coalesce(g.name, replace(s.what, '-', ' ')) || coalesce(': ' || s.detail, ''),
      coalesce(nullif(c.preferred_name, ''), c.given_name) || ' ' || c.family_name, o.name, s.handed_on, s.chase_on
    FROM recovery_support s JOIN consumer c ON c.id = s.consumer_id JOIN staff o ON o.id = s.owner_id LEFT JOIN support_group g ON g.id = s.group_id
    WHERE s.agency_id = access.agency() AND s.state = 'handed-over'
      AND access.has_role('counselor', 'keyworker', 'supervisor', 'program-manager', 'peer-mentor')
      AND (g.lead_id = access.staff() AND g.active
        OR s.staff_id = access.staff()
          AND (s.consumer_id IN (SELECT access.record_consumers()) OR s.consumer_id IN (SELECT access.mentored())));
  END;
COMMENT ON FUNCTION access.handed_to_me() IS 'Supports that were handed to the asker, who still works with the person, or to a running group that they lead, and wait for their answer: for whom, what and more about it as it was typed, from whom, since when, and nothing else of the record';
COMMENT ON COLUMN recovery_support.detail IS 'More about it; read by whoever gives it';
