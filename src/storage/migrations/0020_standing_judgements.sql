-- What the pages of claims read of a judgement without judging again, and the same facts for whoever
-- may read a service.

ALTER TABLE judgement ADD decides boolean NOT NULL DEFAULT true;
COMMENT ON COLUMN judgement.decides IS 'Where several bulletins judged a service: this is the strictest of those that stand, and its outcome and units are the service''s';
CREATE UNIQUE INDEX one_deciding_judgement ON judgement (service_id) WHERE superseded_at IS NULL AND decides;
CREATE INDEX ON judgement (service_id, judged_at);

ALTER TABLE verdict ADD facts jsonb NOT NULL DEFAULT '{}', ADD arrange text[] NOT NULL DEFAULT '{}', ADD place integer NOT NULL DEFAULT 0;
COMMENT ON COLUMN verdict.facts IS 'The facts that decided it, with the values they had';
COMMENT ON COLUMN verdict.arrange IS 'What would mend it, as instructions; empty when met';
COMMENT ON COLUMN verdict.place IS 'The order of the bulletin, from 0';

CREATE INDEX ON claim (agency_id, batch_id);
CREATE INDEX ON claim (service_id);
CREATE INDEX ON claim_flag (agency_id) WHERE settled_at IS NULL;
CREATE INDEX ON question (agency_id, asked_at);
-- The view service_line gives ids as text; this keeps one consumer's lines quick to find by them.
CREATE INDEX service_line_of_consumer ON service ((consumer_id::text), service_date);

-- A biller may not read referrals, yet a service must have the same facts for whoever asks; so the
-- number alone is told, and only to those who may read the consumer's services.
CREATE FUNCTION access.therapy_need_open_days(of_consumer uuid, on_day date) RETURNS integer
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public
  BEGIN ATOMIC
    SELECT coalesce(max(on_day - r.found_on), 0) FROM referral r
    WHERE r.consumer_id = of_consumer AND r.need = 'family-therapy' AND r.status NOT IN ('declined', 'closed')
      AND r.found_on <= on_day AND (r.arranged_on IS NULL OR r.arranged_on > on_day)
      AND r.agency_id = access.agency()
      AND (access.has_role('biller') OR r.consumer_id IN (SELECT access.record_consumers()));
  END;
COMMENT ON FUNCTION access.therapy_need_open_days(uuid, date) IS 'Days that the oldest need for family therapy has waited on a day; 0 when none waits';

CREATE OR REPLACE VIEW service_line WITH (security_invoker = true) AS
SELECT
  s.id::text AS line_id,
  s.consumer_id::text AS consumer_id,
  s.kind AS service,
  s.service_date,
  s.units,
  s.agency_id::text AS agency_id,
  p.kind AS program,
  to_char(s.start_time, 'HH24:MI') AS start_time,
  CASE WHEN s.end_time = '24:00' THEN '24:00' ELSE to_char(s.end_time, 'HH24:MI') END AS end_time,
  s.setting,
  s.consumer_present,
  s.supports_present,
  s.plan_discussed,
  s.performer_id::text AS performer_id,
  -- Nobody wrote down what they hold: not recorded, which is not the same as nothing held that day.
  CASE WHEN NOT EXISTS (SELECT FROM credential c WHERE c.staff_id = s.performer_id) THEN NULL
    ELSE ARRAY(SELECT c.qualification FROM credential c
      WHERE c.staff_id = s.performer_id AND c.during @> s.service_date
      ORDER BY c.qualification COLLATE "C") END AS performer_qualification,
  access.therapy_need_open_days(s.consumer_id, s.service_date) AS therapy_need_open_days,
  s.awaits_cosign,
  s.recorded_at
FROM service s LEFT JOIN program p ON p.id = s.program_id
WHERE s.voided_at IS NULL;
