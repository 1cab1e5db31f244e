-- Danger that is told on the telephone makes the referral urgent that still waits to be triaged, however
-- it came: by a trigger, so that it holds whatever takes the answers down.
CREATE FUNCTION access.call_makes_urgent() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE alarms text[] := access.answers_that_alarm(NEW.alone, NEW.overdose, NEW.suicide, NEW.withdrawal, NEW.pregnant_or_children);
BEGIN
  IF cardinality(alarms) > 0 THEN
    UPDATE referral_in r SET urgency = CASE WHEN alarms && ARRAY['overdose', 'suicide'] THEN 'emergency' ELSE 'urgent' END
    WHERE r.episode_id = NEW.episode_id AND r.consumer_id = NEW.consumer_id AND r.urgency <> 'emergency'
      AND NOT EXISTS (SELECT FROM triage t WHERE t.referral_in_id = r.id);
  END IF;
  RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION access.call_makes_urgent() FROM throughcare_app;
CREATE TRIGGER makes_urgent AFTER UPDATE OF alone, overdose, suicide, withdrawal, pregnant_or_children ON come_back
  FOR EACH ROW EXECUTE FUNCTION access.call_makes_urgent();
