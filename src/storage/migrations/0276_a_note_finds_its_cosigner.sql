-- A note waits for the supervisor it was signed to while that one can co-sign it; then for any supervisor
-- with the record in sight.

CREATE FUNCTION access.cosigner_lost(of_conference uuid) RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  BEGIN ATOMIC
    SELECT EXISTS (SELECT FROM conference c
      WHERE c.id = of_conference AND c.agency_id = access.agency() AND c.cosigned_at IS NULL
        AND c.consumer_id IN (SELECT access.record_consumers())
        AND c.cosign_by IS NOT NULL AND NOT access.supervises(c.cosign_by, c.consumer_id));
  END;
COMMENT ON FUNCTION access.cosigner_lost(uuid) IS 'Whether a note waits for somebody who is no supervisor any more, or has not this record in sight: then any supervisor co-signs it';
REVOKE EXECUTE ON FUNCTION access.cosigner_lost(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION access.cosigner_lost(uuid) TO throughcare_app;

CREATE OR REPLACE FUNCTION access.signing_stands() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF access.staff() IS NULL THEN RETURN NEW; END IF;
  IF NEW.signed_at IS DISTINCT FROM OLD.signed_at AND NOT (NEW.signed_by = access.staff()
    AND (NEW.lead_id = access.staff() OR access.has_role('supervisor'))) THEN
    RAISE EXCEPTION 'a note is signed by its lead or a supervisor';
  END IF;
  IF NEW.cosigned_at IS DISTINCT FROM OLD.cosigned_at AND NOT (OLD.cosigned_at IS NULL
    AND NEW.cosign_by = access.staff() AND NEW.lead_id <> access.staff() AND access.has_role('supervisor')) THEN
    RAISE EXCEPTION 'a note is co-signed once, by the supervisor it waits for';
  END IF;
  IF OLD.cosign_by IS NOT NULL AND NEW.cosign_by IS DISTINCT FROM OLD.cosign_by AND OLD.signed_at IS NOT NULL
    AND NOT (OLD.cosigned_at IS NULL AND access.leaves(OLD.cosign_by) AND access.has_role('supervisor', 'program-manager'))
    AND NOT (OLD.cosigned_at IS NULL AND NEW.cosign_by = access.staff() AND access.has_role('supervisor') AND access.cosigner_lost(OLD.id)) THEN
    RAISE EXCEPTION 'a note waits for the supervisor it was signed to';
  END IF;
  IF OLD.voided_at IS NOT NULL AND (NEW.voided_at, NEW.voided_by, NEW.void_reason) IS DISTINCT FROM (OLD.voided_at, OLD.voided_by, OLD.void_reason) THEN
    RAISE EXCEPTION 'what was voided stays voided';
  END IF;
  RETURN NEW;
END $$;
