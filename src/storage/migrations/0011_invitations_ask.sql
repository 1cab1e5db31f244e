-- An invitation already tells that somebody is in treatment, so the database asks again, on its own:
-- no support is marked invited without a consent that lives and names attendance. Who came is not asked
-- here: that is written down whatever a consent says, for the record comes first.
CREATE FUNCTION people.invitation_asks() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.invited_at IS NOT NULL AND access.staff() IS NOT NULL
    AND (TG_OP = 'INSERT' OR OLD.invited_at IS NULL OR OLD.support_id <> NEW.support_id)
    AND NOT EXISTS (SELECT FROM live_consent l
      WHERE l.support_id = NEW.support_id AND l.consumer_id = NEW.consumer_id AND 'attendance' = ANY (l.topics)) THEN
    RAISE EXCEPTION 'no live consent lets this support be invited';
  END IF;
  RETURN NEW;
END $$;
REVOKE EXECUTE ON FUNCTION people.invitation_asks() FROM throughcare_app;
CREATE TRIGGER invitation_asks BEFORE INSERT OR UPDATE ON conference_support FOR EACH ROW EXECUTE FUNCTION people.invitation_asks();
