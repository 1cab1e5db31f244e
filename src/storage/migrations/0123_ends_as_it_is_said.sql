-- What ended "planned" has no reason that says the contrary, nor the other way round. What was
-- recorded before stays as it is.

CREATE FUNCTION access.planned_fits(planned boolean, reason text) RETURNS boolean LANGUAGE sql IMMUTABLE
  RETURN CASE WHEN reason IN ('left-early', 'lost-contact', 'custody', 'ended-by-agency', 'died', 'asked-to-leave', 'did-not-return') THEN planned IS NOT TRUE
    WHEN reason IN ('completed', 'moved-on') THEN planned IS NOT FALSE ELSE true END;
COMMENT ON FUNCTION access.planned_fits(boolean, text) IS 'As episodes/episode.ts says it';

CREATE FUNCTION access.ends_as_said() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE ending jsonb := to_jsonb(NEW);
BEGIN
  IF NOT access.planned_fits(coalesce(ending ->> 'end_planned', ending ->> 'planned')::boolean, coalesce(ending ->> 'end_reason', ending ->> 'reason')) THEN
    RAISE EXCEPTION 'an ending is planned or not as its reason says' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
REVOKE EXECUTE ON FUNCTION access.ends_as_said() FROM PUBLIC;
CREATE TRIGGER ends_as_said BEFORE INSERT OR UPDATE OF end_planned, end_reason ON placement FOR EACH ROW
  WHEN (NEW.ended_on IS NOT NULL) EXECUTE FUNCTION access.ends_as_said();
CREATE TRIGGER ends_as_said BEFORE INSERT ON leaving FOR EACH ROW EXECUTE FUNCTION access.ends_as_said();

-- A plan is reviewed once on a day: what came of a second look is said in the first, or on another day.
CREATE FUNCTION access.reviewed_once_a_day() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM plan_review r WHERE r.plan_id = NEW.plan_id AND r.reviewed_on = NEW.reviewed_on) THEN
    RAISE EXCEPTION 'a version of a plan is reviewed once on a day' USING ERRCODE = 'unique_violation';
  END IF;
  RETURN NEW;
END $$;
REVOKE EXECUTE ON FUNCTION access.reviewed_once_a_day() FROM PUBLIC;
CREATE TRIGGER once_a_day BEFORE INSERT ON plan_review FOR EACH ROW EXECUTE FUNCTION access.reviewed_once_a_day();
