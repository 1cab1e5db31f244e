-- A rate is never rewritten: another one follows it from a day on, or it is withdrawn with a reason
-- because it was wrong from the start. What was claimed keeps the money it was claimed with.

ALTER TABLE rate
  ADD withdrawn_at timestamptz,
  ADD withdrawn_by uuid REFERENCES staff,
  ADD withdrawn_reason text,
  ADD CHECK ((withdrawn_at IS NULL) = (withdrawn_by IS NULL) AND (withdrawn_at IS NULL) = (withdrawn_reason IS NULL));
ALTER TABLE rate DROP CONSTRAINT rate_agency_id_service_during_key;
ALTER TABLE rate ADD CONSTRAINT one_rate_a_day
  EXCLUDE USING gist (agency_id WITH =, service WITH =, during WITH &&) WHERE (withdrawn_at IS NULL);
CREATE TRIGGER keep BEFORE UPDATE ON rate FOR EACH ROW
  EXECUTE FUNCTION access.kept_as_written('valid_to', 'during', 'withdrawn_at', 'withdrawn_by', 'withdrawn_reason');

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
LEFT JOIN rate r ON r.agency_id = s.agency_id AND r.service = s.kind AND r.during @> s.service_date AND r.withdrawn_at IS NULL
WHERE c.id IS NOT NULL OR (j.id IS NOT NULL AND s.voided_at IS NULL);
