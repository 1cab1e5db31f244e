-- Medically assisted withdrawal and prescribing that lowers the risk of relapse are courses too.

CREATE OR REPLACE FUNCTION access.course_of_own_plan() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NEW.intervention_lineage IS NOT NULL AND NOT EXISTS (
    SELECT FROM intervention i WHERE i.lineage = NEW.intervention_lineage AND i.consumer_id = NEW.consumer_id
      AND i.kind IN ('prescribing', 'medically-assisted-withdrawal', 'relapse-prevention-prescribing')) THEN
    RAISE EXCEPTION 'a course is an intervention of the same person''s plan';
  END IF;
  RETURN NEW;
END $$;
