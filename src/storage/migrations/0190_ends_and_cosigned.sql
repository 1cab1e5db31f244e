-- A stay that moved on as planned ends the enrolment with that reason: its leaving is a planned one, or
-- the end could not be recorded at all (0123).
CREATE OR REPLACE FUNCTION access.enrolment_left() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  writer uuid := access.staff();
  planned boolean := NEW.end_reason IN ('completed', 'transferred', 'moved-on');
BEGIN
  -- Asked at the end of the transaction: moving on, or closing the episode, is no leaving of its own.
  IF writer IS NULL
    OR NOT EXISTS (SELECT FROM episode e WHERE e.id = NEW.episode_id AND e.closed_on IS NULL)
    OR EXISTS (SELECT FROM enrolment e WHERE e.episode_id = NEW.episode_id AND e.id <> NEW.id
      AND (e.valid_from IS NOT NULL AND (e.valid_to IS NULL OR e.valid_to > NEW.valid_to)
        -- Whoever left early and waits for something else is out of care until that begins.
        OR planned AND e.valid_from IS NULL AND e.valid_to IS NULL))
    OR EXISTS (SELECT FROM placement s WHERE s.episode_id = NEW.episode_id AND s.admitted_on IS NOT NULL AND s.ended_on IS NULL)
    OR EXISTS (SELECT FROM leaving l WHERE l.episode_id = NEW.episode_id AND l.ended_on = NEW.valid_to) THEN
    RETURN NULL;
  END IF;
  INSERT INTO leaving (agency_id, consumer_id, episode_id, ended_on, planned, reason, note, contact_due, recorded_by)
  SELECT NEW.agency_id, NEW.consumer_id, NEW.episode_id, NEW.valid_to, coalesce(planned, false), NEW.end_reason, NEW.end_note,
    CASE WHEN NEW.end_reason <> 'died' THEN greatest(now(), (NEW.valid_to + 1) AT TIME ZONE a.time_zone) + interval '48 hours' END, writer
  FROM agency a WHERE a.id = NEW.agency_id;
  RETURN NULL;
END $$;

-- A co-signature is somebody else's, as it is with conferences.
CREATE FUNCTION access.cosigned_by_another() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF access.staff() IS NOT NULL AND NEW.cosigned_at IS NOT NULL AND OLD.cosigned_at IS NULL
    AND NOT (OLD.awaits_cosign AND NEW.cosigned_by <> NEW.performer_id AND access.has_role('supervisor')) THEN
    RAISE EXCEPTION 'a supervisor co-signs what waits for it, and never their own';
  END IF;
  RETURN NEW;
END $$;
REVOKE EXECUTE ON FUNCTION access.cosigned_by_another() FROM throughcare_app;
CREATE TRIGGER cosigned_by_another BEFORE UPDATE OF cosigned_at, cosigned_by ON service FOR EACH ROW EXECUTE FUNCTION access.cosigned_by_another();
