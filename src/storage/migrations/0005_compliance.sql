-- What the bulletins said of each service, and the money that follows.

CREATE TABLE judgement (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  agency_id uuid NOT NULL REFERENCES agency,
  consumer_id uuid NOT NULL REFERENCES consumer,
  service_id uuid NOT NULL REFERENCES service,
  bulletin text NOT NULL,
  content_hash text NOT NULL,
  outcome text NOT NULL CHECK (outcome IN ('payable', 'reduced', 'denied', 'pended', 'not-applicable')),
  units_billed integer NOT NULL,
  units_payable integer NOT NULL CHECK (units_payable BETWEEN 0 AND units_billed),
  facts jsonb NOT NULL,
  judged_at timestamptz NOT NULL DEFAULT now(),
  superseded_at timestamptz
);
COMMENT ON TABLE judgement IS 'What one bulletin said of one service, with its hash and the facts used; a later judgement supersedes, nothing is changed';
CREATE UNIQUE INDEX one_standing_judgement ON judgement (service_id, bulletin) WHERE superseded_at IS NULL;
CREATE INDEX ON judgement (consumer_id);
CREATE INDEX ON judgement (agency_id, outcome) WHERE superseded_at IS NULL;

CREATE TABLE verdict (
  judgement_id uuid NOT NULL REFERENCES judgement,
  clause text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('must', 'should', 'limit')),
  agency_id uuid NOT NULL REFERENCES agency,
  consumer_id uuid NOT NULL REFERENCES consumer,
  verdict text NOT NULL CHECK (verdict IN ('met', 'breached', 'unknown', 'not-applicable')),
  explanation text NOT NULL,
  readings text[] NOT NULL DEFAULT '{}',
  PRIMARY KEY (judgement_id, clause, kind)
);
COMMENT ON TABLE verdict IS 'One clause''s verdict within a judgement, and the readings it leans on';
CREATE INDEX ON verdict (consumer_id);

CREATE TABLE accepted_advice (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  agency_id uuid NOT NULL REFERENCES agency,
  consumer_id uuid NOT NULL REFERENCES consumer,
  service_id uuid NOT NULL REFERENCES service,
  bulletin text NOT NULL,
  clause text NOT NULL,
  reason text NOT NULL,
  by uuid NOT NULL REFERENCES staff,
  at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE accepted_advice IS 'A clause that only advises was not followed, and why';
CREATE INDEX ON accepted_advice (service_id);

CREATE TABLE rate (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  agency_id uuid NOT NULL REFERENCES agency,
  service text NOT NULL,
  code text NOT NULL,
  cents_per_unit integer NOT NULL CHECK (cents_per_unit BETWEEN 0 AND 10000000),
  valid_from date NOT NULL,
  valid_to date,
  during daterange NOT NULL GENERATED ALWAYS AS (daterange(valid_from, valid_to, '[]')) STORED,
  UNIQUE (agency_id, service, during WITHOUT OVERLAPS)
);
COMMENT ON TABLE rate IS 'The billing code and price of a service from day to day; set by the agency, for the founding documents name neither';

CREATE TABLE question (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  agency_id uuid NOT NULL REFERENCES agency,
  consumer_id uuid NOT NULL REFERENCES consumer,
  service_id uuid NOT NULL REFERENCES service,
  to_staff uuid NOT NULL REFERENCES staff,
  clause text,
  text text NOT NULL CHECK (length(text) BETWEEN 1 AND 1000),
  asked_by uuid NOT NULL REFERENCES staff,
  asked_at timestamptz NOT NULL DEFAULT now(),
  answer text,
  answered_by uuid REFERENCES staff,
  answered_at timestamptz
);
COMMENT ON TABLE question IS 'What a biller asks the signer of a service; answered by the signer, with an addendum where a fact was wrongly recorded';
CREATE INDEX ON question (service_id);
CREATE INDEX ON question (to_staff) WHERE answered_at IS NULL;

CREATE TABLE claim_batch (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  agency_id uuid NOT NULL REFERENCES agency,
  number integer NOT NULL,
  released_at timestamptz NOT NULL DEFAULT now(),
  released_by uuid NOT NULL REFERENCES staff,
  UNIQUE (agency_id, number)
);
COMMENT ON TABLE claim_batch IS 'Claims released together';

CREATE TABLE claim (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  agency_id uuid NOT NULL REFERENCES agency,
  consumer_id uuid NOT NULL REFERENCES consumer,
  service_id uuid NOT NULL REFERENCES service,
  judgement_id uuid NOT NULL REFERENCES judgement,
  batch_id uuid NOT NULL REFERENCES claim_batch,
  units integer NOT NULL CHECK (units > 0),
  code text NOT NULL,
  cents integer NOT NULL,
  reversed_at timestamptz,
  reversed_by uuid REFERENCES staff,
  reversal_reason text
);
COMMENT ON TABLE claim IS 'What was claimed for a service; never changed, only reversed with a reason';
CREATE UNIQUE INDEX one_standing_claim ON claim (service_id) WHERE reversed_at IS NULL;
CREATE INDEX ON claim (batch_id);

CREATE TABLE claim_flag (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  agency_id uuid NOT NULL REFERENCES agency,
  consumer_id uuid NOT NULL REFERENCES consumer,
  claim_id uuid NOT NULL REFERENCES claim,
  judgement_id uuid REFERENCES judgement,
  why text NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  settled_at timestamptz,
  settled_by uuid REFERENCES staff,
  settlement text
);
COMMENT ON TABLE claim_flag IS 'The record changed after release: the claim may be wrong and somebody must look';
CREATE UNIQUE INDEX one_standing_flag ON claim_flag (claim_id) WHERE settled_at IS NULL;

CALL access.protect('judgement',
  'agency_id = access.agency() AND (access.has_role(''biller'') OR consumer_id IN (SELECT access.record_consumers()))',
  'agency_id = access.agency() AND (access.has_role(''biller'') OR consumer_id IN (SELECT access.record_consumers()))');
CALL access.protect('verdict',
  'agency_id = access.agency() AND (access.has_role(''biller'') OR consumer_id IN (SELECT access.record_consumers()))',
  'agency_id = access.agency() AND (access.has_role(''biller'') OR consumer_id IN (SELECT access.record_consumers()))', may_update => false);
CALL access.protect('accepted_advice',
  'agency_id = access.agency() AND consumer_id IN (SELECT access.record_consumers())',
  'agency_id = access.agency() AND consumer_id IN (SELECT access.record_consumers())', may_update => false);
CALL access.protect('rate', 'agency_id = access.agency() AND NOT access.has_role(''front-desk'', ''peer-mentor'')',
  'agency_id = access.agency() AND access.has_role(''administrator'', ''biller'')');
CALL access.protect('question',
  'agency_id = access.agency() AND (access.has_role(''biller'') OR to_staff = access.staff() OR consumer_id IN (SELECT access.record_consumers()))',
  'agency_id = access.agency() AND (access.has_role(''biller'') OR to_staff = access.staff())');
CALL access.protect('claim_batch', 'agency_id = access.agency() AND access.has_role(''biller'')',
  'agency_id = access.agency() AND access.has_role(''biller'')', may_update => false);
CALL access.protect('claim',
  'agency_id = access.agency() AND (access.has_role(''biller'') OR consumer_id IN (SELECT access.record_consumers()))',
  'agency_id = access.agency() AND access.has_role(''biller'')');
CALL access.protect('claim_flag',
  'agency_id = access.agency() AND (access.has_role(''biller'') OR consumer_id IN (SELECT access.record_consumers()))',
  'agency_id = access.agency() AND (access.has_role(''biller'') OR consumer_id IN (SELECT access.record_consumers()))');

-- Counts for a bulletin's page: how often each clause was met, breached or left unknown, with
-- nobody's name, so that a policy analyst may see it too.
CREATE FUNCTION access.clause_counts(of_bulletin text, since date)
  RETURNS TABLE (clause text, kind text, verdict text, services bigint)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public
  BEGIN ATOMIC
    SELECT v.clause, v.kind, v.verdict, count(*)
    FROM judgement j JOIN verdict v ON v.judgement_id = j.id JOIN service s ON s.id = j.service_id
    WHERE j.agency_id = access.agency() AND j.bulletin = of_bulletin AND j.superseded_at IS NULL
      AND s.voided_at IS NULL AND s.service_date >= since
    GROUP BY v.clause, v.kind, v.verdict;
  END;
COMMENT ON FUNCTION access.clause_counts(text, date) IS 'Counts only; the whole agency''s, whoever asks';
