-- A prescribing course is the intervention of the plan that says it is to be: written once, linked.

ALTER TABLE prescribing ADD intervention_lineage uuid;
COMMENT ON COLUMN prescribing.intervention_lineage IS 'The intervention of the plan that this course is, the same through all versions; null where no plan says it';
GRANT UPDATE (intervention_lineage) ON prescribing TO throughcare_app;
DROP TRIGGER keep ON prescribing;
CREATE TRIGGER keep BEFORE UPDATE ON prescribing FOR EACH ROW EXECUTE FUNCTION access.only_these('valid_to', 'end_reason', 'ended_by', 'intervention_lineage');
CREATE TRIGGER said_once_on_plan BEFORE UPDATE ON prescribing FOR EACH ROW EXECUTE FUNCTION access.said_once('intervention_lineage');

CREATE FUNCTION access.course_of_own_plan() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NEW.intervention_lineage IS NOT NULL AND NOT EXISTS (
    SELECT FROM intervention i WHERE i.lineage = NEW.intervention_lineage AND i.consumer_id = NEW.consumer_id AND i.kind = 'prescribing') THEN
    RAISE EXCEPTION 'a course is an intervention of the same person''s plan';
  END IF;
  RETURN NEW;
END $$;
REVOKE EXECUTE ON FUNCTION access.course_of_own_plan() FROM throughcare_app;
CREATE TRIGGER course_of_own_plan BEFORE INSERT OR UPDATE OF intervention_lineage ON prescribing FOR EACH ROW EXECUTE FUNCTION access.course_of_own_plan();
