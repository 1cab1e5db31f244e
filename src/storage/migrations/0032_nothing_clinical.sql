-- What a clinician wrote to explain something is clinical, in whatever table it stands.

-- Why a fact was wrongly recorded is told to those who have the record. A biller knows which facts
-- were corrected, and that a correction waits.
DROP POLICY readers ON correction;
CREATE POLICY readers ON correction FOR SELECT TO throughcare_app
  USING (agency_id = (SELECT access.agency()) AND consumer_id IN (SELECT access.record_consumers()));

CREATE FUNCTION access.corrected_facts(of_service uuid)
  RETURNS TABLE (id uuid, fact text, was jsonb, becomes jsonb, at timestamptz, state text, changes_payment boolean, by text, decided_by text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  BEGIN ATOMIC
    SELECT c.id, c.fact, c.was, c.becomes, c.at, c.state, c.changes_payment, s.name, d.name
    FROM correction c JOIN staff s ON s.id = c.by LEFT JOIN staff d ON d.id = c.decided_by
    WHERE c.service_id = of_service AND c.agency_id = access.agency()
      AND (access.has_role('biller') OR c.consumer_id IN (SELECT access.record_consumers()))
    ORDER BY c.at DESC, c.id DESC;
  END;
COMMENT ON FUNCTION access.corrected_facts(uuid) IS 'Corrections of a service without the words that explain them';

CREATE FUNCTION access.awaiting_correction() RETURNS SETOF uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  BEGIN ATOMIC
    SELECT c.service_id FROM correction c
    WHERE c.agency_id = access.agency() AND c.state = 'waiting'
      AND (access.has_role('biller') OR c.consumer_id IN (SELECT access.record_consumers()));
  END;
COMMENT ON FUNCTION access.awaiting_correction() IS 'Services of which a correction waits for a supervisor';

CREATE OR REPLACE VIEW claim_line WITH (security_invoker = true) AS
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
  s.id IN (SELECT access.awaiting_correction()) AS awaits_correction,
  c.id AS claim_id,
  c.batch_id,
  c.units AS units_claimed,
  c.cents AS cents_claimed,
  CASE
    WHEN c.id IS NOT NULL THEN 'released'
    WHEN j.outcome NOT IN ('payable', 'reduced') THEN j.outcome
    WHEN s.awaits_cosign OR r.id IS NULL
      OR s.id IN (SELECT access.awaiting_correction()) THEN 'not-ready'
    ELSE j.outcome
  END AS state
FROM service s
LEFT JOIN judgement j ON j.service_id = s.id AND j.superseded_at IS NULL AND j.decides
LEFT JOIN claim c ON c.service_id = s.id AND c.reversed_at IS NULL
LEFT JOIN rate r ON r.agency_id = s.agency_id AND r.service = s.kind AND r.during @> s.service_date AND r.withdrawn_at IS NULL
WHERE c.id IS NOT NULL OR (j.id IS NOT NULL AND s.voided_at IS NULL);

-- A peer mentor knows who stands around a person and whom never to call: no notes, no reasons.
DROP POLICY readers ON support;
CREATE POLICY readers ON support FOR SELECT TO throughcare_app
  USING (agency_id = (SELECT access.agency()) AND consumer_id IN (SELECT access.record_consumers()));
DROP POLICY readers ON no_contact;
CREATE POLICY readers ON no_contact FOR SELECT TO throughcare_app
  USING (agency_id = (SELECT access.agency()) AND consumer_id IN (SELECT access.record_consumers()));

CREATE FUNCTION people.support_names(of_consumer uuid)
  RETURNS TABLE (id uuid, name text, relation text, no_contact boolean)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  BEGIN ATOMIC
    SELECT s.id, s.name, s.relation,
      EXISTS (SELECT FROM no_contact n WHERE n.support_id = s.id AND n.lifted_at IS NULL)
    FROM support s
    WHERE s.consumer_id = of_consumer AND s.agency_id = access.agency()
      AND (s.ended_on IS NULL OR s.ended_on > access.today())
      AND (s.consumer_id IN (SELECT access.record_consumers()) OR s.consumer_id IN (SELECT access.mentored()))
    ORDER BY s.name, s.id LIMIT 50;
  END;
COMMENT ON FUNCTION people.support_names(uuid) IS 'Who stands around a consumer, by name, and whom never to contact; for those with the record and the peer mentor';

-- Why an appointment did not take place may say more than that it did not: the front desk and a peer
-- mentor read what they wrote themselves.
DO $$
BEGIN
  REVOKE SELECT ON appointment FROM throughcare_app;
  EXECUTE (SELECT format('GRANT SELECT (%s) ON appointment TO throughcare_app', string_agg(format('%I', attname), ', ' ORDER BY attnum))
    FROM pg_attribute WHERE attrelid = 'appointment'::regclass AND attnum > 0 AND NOT attisdropped AND attname <> 'status_reason');
END $$;

CREATE FUNCTION access.status_reason(of_appointment uuid) RETURNS text
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  BEGIN ATOMIC
    SELECT status_reason FROM appointment
    WHERE id = of_appointment AND agency_id = access.agency()
      AND (status_by = access.staff() OR consumer_id IN (SELECT access.record_consumers()));
  END;
COMMENT ON FUNCTION access.status_reason(uuid) IS 'Why it was moved or did not take place, for those with the record and whoever wrote it';
