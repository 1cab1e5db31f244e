-- A support of aftercare may be given by one of ours: a colleague, or a group of the agency, whose
-- leader answers. Whoever it was handed to accepts it themselves, and reads nothing else of the record.

ALTER TABLE recovery_support
  ADD staff_id uuid,
  ADD group_id uuid,
  ADD FOREIGN KEY (staff_id, agency_id) REFERENCES staff (id, agency_id),
  ADD FOREIGN KEY (group_id, agency_id) REFERENCES support_group (id, agency_id),
  ADD CONSTRAINT given_by_one CHECK (num_nulls(staff_id, group_id, provider_id) >= 2);
COMMENT ON COLUMN recovery_support.staff_id IS 'The colleague who gives it: a peer mentor, for instance';
COMMENT ON COLUMN recovery_support.group_id IS 'The agency''s own group that gives it; whoever leads it answers';
CREATE INDEX ON recovery_support (staff_id) WHERE state = 'handed-over';
CREATE INDEX ON recovery_support (group_id) WHERE state = 'handed-over';
CREATE INDEX ON recovery_support (referral_id) WHERE state IN ('planned', 'handed-over');

CREATE FUNCTION access.handed_to_me() RETURNS TABLE (id uuid, consumer_id uuid, what text, name text, handed_on date, chase_on date)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  BEGIN ATOMIC
    SELECT s.id, s.consumer_id, coalesce(g.name, s.what), coalesce(nullif(c.preferred_name, ''), c.given_name) || ' ' || c.family_name,
      s.handed_on, s.chase_on
    FROM recovery_support s JOIN consumer c ON c.id = s.consumer_id LEFT JOIN support_group g ON g.id = s.group_id
    WHERE s.agency_id = access.agency() AND s.state = 'handed-over' AND access.staff() IN (s.staff_id, g.lead_id)
      AND access.has_role('counselor', 'keyworker', 'supervisor', 'program-manager', 'peer-mentor');
  END;
COMMENT ON FUNCTION access.handed_to_me() IS 'Supports that were handed to the asker, or to a group that they lead, and wait for their answer: for whom, what, since when, and nothing else of the record';

CREATE FUNCTION access.answer_support(of_support uuid, accepts boolean) RETURNS boolean
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE recovery_support s SET state = CASE WHEN accepts THEN 'accepted' ELSE 'declined' END, answered_on = access.today(),
    answered_by_whom = (SELECT p.name FROM staff p WHERE p.id = access.staff())
  WHERE s.id = of_support AND s.id IN (SELECT h.id FROM access.handed_to_me() h);
  RETURN FOUND;
END $$;
COMMENT ON FUNCTION access.answer_support(uuid, boolean) IS 'Whoever a support was handed to takes it on, or says that they cannot; once';
GRANT EXECUTE ON FUNCTION access.handed_to_me(), access.answer_support(uuid, boolean) TO throughcare_app;

-- To whom of ours a support may be given: who can open the record, or is the person's peer mentor.
CREATE FUNCTION access.givers_of_ours(of_consumer uuid) RETURNS TABLE (staff_id uuid, name text, peer_mentor boolean)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  BEGIN ATOMIC
    SELECT s.id, s.name, NOT EXISTS (SELECT FROM access.colleagues_with_sight(of_consumer) w WHERE w.staff_id = s.id)
    FROM staff s
    WHERE s.agency_id = access.agency() AND s.closed_at IS NULL AND daterange(s.active_from, s.active_to, '[]') @> access.today()
      AND of_consumer IN (SELECT access.record_consumers())
      AND (s.id IN (SELECT w.staff_id FROM access.colleagues_with_sight(of_consumer) w)
        OR EXISTS (SELECT FROM assignment a JOIN staff_role r ON r.staff_id = a.staff_id AND r.role = 'peer-mentor' AND r.during @> access.today()
          WHERE a.staff_id = s.id AND a.consumer_id = of_consumer AND a.part = 'peer-mentor' AND a.during @> access.today()))
    ORDER BY s.name LIMIT 200;
  END;
COMMENT ON FUNCTION access.givers_of_ours(uuid) IS 'Colleagues to whom a support of somebody may be handed, for who has the record: those who have it too, and the person''s peer mentors';
GRANT EXECUTE ON FUNCTION access.givers_of_ours(uuid) TO throughcare_app;
