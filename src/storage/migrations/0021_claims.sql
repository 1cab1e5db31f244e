-- Claims as the biller lists them; what is judged again when a fact changes that is no part of the
-- service itself; and what is never rewritten.

CREATE VIEW claim_line WITH (security_invoker = true) AS
SELECT
  s.id AS service_id,
  s.agency_id,
  s.consumer_id,
  s.service_date,
  s.kind AS service,
  s.program_id,
  s.performer_id,
  s.recorded_by,
  s.voided_at,
  s.units AS units_billed,
  j.id AS judgement_id,
  j.outcome,
  coalesce(j.units_payable, 0) AS units_payable,
  r.code,
  r.cents_per_unit,
  s.units * r.cents_per_unit AS cents_billed,
  coalesce(j.units_payable, 0) * r.cents_per_unit AS cents_payable,
  s.awaits_cosign,
  EXISTS (SELECT FROM correction x WHERE x.service_id = s.id AND x.state = 'waiting') AS awaits_correction,
  c.id AS claim_id,
  c.batch_id,
  c.units AS units_claimed,
  c.cents AS cents_claimed,
  CASE
    WHEN c.id IS NOT NULL THEN 'released'
    WHEN j.outcome NOT IN ('payable', 'reduced') THEN j.outcome
    WHEN s.awaits_cosign OR r.id IS NULL
      OR EXISTS (SELECT FROM correction x WHERE x.service_id = s.id AND x.state = 'waiting') THEN 'not-ready'
    ELSE j.outcome
  END AS state
FROM service s
LEFT JOIN judgement j ON j.service_id = s.id AND j.superseded_at IS NULL AND j.decides
LEFT JOIN claim c ON c.service_id = s.id AND c.reversed_at IS NULL
LEFT JOIN rate r ON r.agency_id = s.agency_id AND r.service = s.kind AND r.during @> s.service_date
WHERE c.id IS NOT NULL OR (j.id IS NOT NULL AND s.voided_at IS NULL);
COMMENT ON VIEW claim_line IS 'Every service that a bulletin is for, what may be claimed for it at the rate of its day, and whether it was';
GRANT SELECT ON claim_line TO throughcare_app;

CREATE INDEX ON service (agency_id, service_date, id);
CREATE INDEX ON correction (service_id) WHERE state = 'waiting';

-- ---------------------------------------------------------------- to be judged again

CREATE TABLE judgement_due (
  agency_id uuid NOT NULL REFERENCES agency,
  consumer_id uuid NOT NULL REFERENCES consumer,
  day date NOT NULL,
  since timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (consumer_id, day)
);
COMMENT ON TABLE judgement_due IS 'A fact outside the service changed (a credential, a referral, a programme''s kind): its day is to be judged again';
CREATE INDEX ON judgement_due (agency_id, consumer_id);
CALL access.protect('judgement_due',
  'agency_id = access.agency() AND (access.has_role(''biller'') OR consumer_id IN (SELECT access.record_consumers()))',
  'agency_id = access.agency() AND (access.has_role(''biller'') OR consumer_id IN (SELECT access.record_consumers()))',
  may_update => false, may_delete => true);
REVOKE INSERT ON judgement_due FROM throughcare_app;

CREATE FUNCTION access.credential_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE spans datemultirange := datemultirange(NEW.during);
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF (NEW.staff_id, NEW.qualification) = (OLD.staff_id, OLD.qualification) THEN
      -- Only the days that are in one of the two and not in both.
      spans := (spans + datemultirange(OLD.during)) - (spans * datemultirange(OLD.during));
    ELSE
      spans := spans + datemultirange(OLD.during);
    END IF;
  END IF;
  INSERT INTO judgement_due (agency_id, consumer_id, day)
  SELECT DISTINCT s.agency_id, s.consumer_id, s.service_date FROM service s
  WHERE s.performer_id IN (NEW.staff_id, CASE WHEN TG_OP = 'UPDATE' THEN OLD.staff_id END)
    AND s.service_date <@ spans AND s.voided_at IS NULL
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
CREATE TRIGGER judge_again AFTER INSERT OR UPDATE ON credential FOR EACH ROW EXECUTE FUNCTION access.credential_changed();

CREATE FUNCTION access.referral_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  INSERT INTO judgement_due (agency_id, consumer_id, day)
  SELECT DISTINCT s.agency_id, s.consumer_id, s.service_date FROM service s
  WHERE s.consumer_id = NEW.consumer_id AND s.service_date > NEW.found_on AND s.voided_at IS NULL
    AND (NEW.need = 'family-therapy' OR (TG_OP = 'UPDATE' AND OLD.need = 'family-therapy'))
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
CREATE TRIGGER judge_again AFTER INSERT OR UPDATE OF need, status, found_on, arranged_on ON referral
  FOR EACH ROW EXECUTE FUNCTION access.referral_changed();

CREATE FUNCTION access.program_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  INSERT INTO judgement_due (agency_id, consumer_id, day)
  SELECT DISTINCT s.agency_id, s.consumer_id, s.service_date FROM service s
  WHERE s.agency_id = NEW.agency_id AND s.program_id = NEW.id AND s.voided_at IS NULL
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
CREATE TRIGGER judge_again AFTER UPDATE OF kind ON program
  FOR EACH ROW WHEN (OLD.kind IS DISTINCT FROM NEW.kind) EXECUTE FUNCTION access.program_changed();
REVOKE EXECUTE ON FUNCTION access.credential_changed(), access.referral_changed(), access.program_changed() FROM throughcare_app;

-- By which editions of the bulletins an agency's services were judged: another one judges them again.
CREATE TABLE judged_edition (
  agency_id uuid NOT NULL REFERENCES agency,
  bulletin text NOT NULL,
  content_hash text NOT NULL,
  PRIMARY KEY (agency_id, bulletin)
);
COMMENT ON TABLE judged_edition IS 'The edition of each bulletin by which the agency''s services stand judged, or wait in judgement_due';
CALL access.protect('judged_edition', 'agency_id = access.agency() AND access.has_role(''biller'')', NULL);

-- Notes the editions on the shelf and, where one is new to the agency, that everything since its
-- first day is to be judged again. Says how many days that is.
CREATE FUNCTION access.note_editions(numbers text[], hashes text[], since date) RETURNS bigint
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE days bigint := 0;
BEGIN
  IF NOT access.has_role('biller') OR cardinality(numbers) <> cardinality(hashes) THEN RETURN 0; END IF;
  IF (SELECT coalesce(jsonb_object_agg(bulletin, content_hash), '{}') FROM judged_edition WHERE agency_id = access.agency())
    = (SELECT coalesce(jsonb_object_agg(n, h), '{}') FROM unnest(numbers, hashes) AS given (n, h)) THEN RETURN 0; END IF;
  INSERT INTO judgement_due (agency_id, consumer_id, day)
  SELECT DISTINCT s.agency_id, s.consumer_id, s.service_date FROM service s
  WHERE s.agency_id = access.agency() AND s.voided_at IS NULL AND s.service_date >= since
    AND (EXISTS (SELECT FROM judgement j WHERE j.service_id = s.id AND j.superseded_at IS NULL
        AND NOT EXISTS (SELECT FROM unnest(numbers, hashes) AS given (n, h) WHERE n = j.bulletin AND h = j.content_hash))
      OR EXISTS (SELECT FROM unnest(numbers) AS given (n)
        WHERE NOT EXISTS (SELECT FROM judged_edition e WHERE e.agency_id = s.agency_id AND e.bulletin = n)))
  ON CONFLICT DO NOTHING;
  GET DIAGNOSTICS days = ROW_COUNT;
  DELETE FROM judged_edition WHERE agency_id = access.agency();
  INSERT INTO judged_edition SELECT access.agency(), n, h FROM unnest(numbers, hashes) AS given (n, h);
  RETURN days;
END $$;
COMMENT ON FUNCTION access.note_editions(text[], text[], date) IS 'Another edition of a bulletin, or a new bulletin, puts the services it may be for in line to be judged again';

-- ---------------------------------------------------------------- what is never rewritten

CREATE FUNCTION access.kept_as_written() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (to_jsonb(NEW) - TG_ARGV::text[]) IS DISTINCT FROM (to_jsonb(OLD) - TG_ARGV::text[]) THEN
    RAISE EXCEPTION '% is never changed after it is written', TG_TABLE_NAME;
  END IF;
  RETURN NEW;
END $$;
REVOKE EXECUTE ON FUNCTION access.kept_as_written() FROM throughcare_app;
CREATE TRIGGER keep BEFORE UPDATE ON judgement FOR EACH ROW
  EXECUTE FUNCTION access.kept_as_written('superseded_at', 'decides');
CREATE TRIGGER keep BEFORE UPDATE ON claim FOR EACH ROW
  EXECUTE FUNCTION access.kept_as_written('reversed_at', 'reversed_by', 'reversal_reason');
CREATE TRIGGER keep BEFORE UPDATE ON claim_flag FOR EACH ROW
  EXECUTE FUNCTION access.kept_as_written('settled_at', 'settled_by', 'settlement');
CREATE TRIGGER keep BEFORE UPDATE ON question FOR EACH ROW
  EXECUTE FUNCTION access.kept_as_written('answer', 'answered_by', 'answered_at');
ALTER TABLE claim ADD CHECK ((reversed_at IS NULL) = (reversed_by IS NULL) AND (reversed_at IS NULL) = (reversal_reason IS NULL));

-- A signer answers; only the biller asks.
DROP POLICY authors ON question;
CREATE POLICY authors ON question FOR INSERT TO throughcare_app
  WITH CHECK (agency_id = access.agency() AND access.has_role('biller') AND asked_by = access.staff());
DROP POLICY editors ON question;
CREATE POLICY editors ON question FOR UPDATE TO throughcare_app
  USING (agency_id = access.agency() AND to_staff = access.staff() AND answered_at IS NULL)
  WITH CHECK (agency_id = access.agency() AND to_staff = access.staff() AND answered_by = access.staff());
CREATE INDEX ON question (service_id) WHERE answered_at IS NULL;
