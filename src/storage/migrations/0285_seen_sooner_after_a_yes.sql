-- Somebody who calls for help and may be in danger is not seen within the plan's ordinary days: after an
-- overdose or with thoughts of suicide they are to be seen the same day, after any other yes by the next
-- working day, as triage of an emergency and of an urgent referral is due.
CREATE FUNCTION access.seen_sooner() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE alarms text[]; day date;
BEGIN
  alarms := access.answers_that_alarm(NEW.alone, NEW.overdose, NEW.suicide, NEW.withdrawal, NEW.pregnant_or_children);
  IF NEW.seen_at IS NOT NULL OR cardinality(alarms) = 0 THEN RETURN NEW; END IF;
  IF TG_OP = 'UPDATE' AND alarms = access.answers_that_alarm(OLD.alone, OLD.overdose, OLD.suicide, OLD.withdrawal, OLD.pregnant_or_children) THEN
    RETURN NEW;
  END IF;
  day := (SELECT ((CASE TG_OP WHEN 'INSERT' THEN NEW.asked_at ELSE now() END) AT TIME ZONE a.time_zone)::date FROM agency a WHERE a.id = NEW.agency_id);
  NEW.due_on := least(NEW.due_on, CASE WHEN alarms && ARRAY['overdose', 'suicide'] THEN day ELSE access.working_days_after(day, 1) END);
  RETURN NEW;
END $$;
COMMENT ON FUNCTION access.seen_sooner() IS 'A yes to one of the six questions moves the day by which somebody is to be seen, and never to a later one';
REVOKE EXECUTE ON FUNCTION access.seen_sooner() FROM PUBLIC;
CREATE TRIGGER sooner_after_a_yes BEFORE INSERT OR UPDATE OF alone, overdose, suicide, withdrawal, pregnant_or_children ON come_back
  FOR EACH ROW EXECUTE FUNCTION access.seen_sooner();
