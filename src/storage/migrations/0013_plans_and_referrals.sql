-- What was agreed, ended or closed stays as it was; who did it and when; and who may be asked to.

-- A trigger for rows of which only some columns may ever be written again: name them.
CREATE FUNCTION access.only_these() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (to_jsonb(NEW) - TG_ARGV::text[]) IS DISTINCT FROM (to_jsonb(OLD) - TG_ARGV::text[]) THEN
    RAISE EXCEPTION '% is not rewritten: it is ended and a new one is added', TG_TABLE_NAME;
  END IF;
  RETURN NEW;
END $$;
COMMENT ON FUNCTION access.only_these() IS 'Keeps a row''s other columns as they were first written';
REVOKE EXECUTE ON FUNCTION access.only_these() FROM throughcare_app;

-- ---------------------------------------------------------------- episodes and enrolments

ALTER TABLE episode ADD closed_note text CHECK (length(closed_note) <= 1000);
ALTER TABLE episode ADD closed_by uuid REFERENCES staff;
ALTER TABLE enrolment ADD end_note text CHECK (length(end_note) <= 1000);
ALTER TABLE enrolment ADD CONSTRAINT ended_with_reason CHECK (valid_to IS NULL OR end_reason IS NOT NULL);
CREATE UNIQUE INDEX waiting_once ON enrolment (consumer_id, program_id) WHERE valid_from IS NULL AND valid_to IS NULL;
COMMENT ON COLUMN enrolment.valid_to IS 'The last day in the programme; with no first day: the day they stopped waiting';
ALTER TABLE assignment ADD CONSTRAINT one_keyworker_a_day
  EXCLUDE USING gist (consumer_id WITH =, during WITH &&) WHERE (part = 'keyworker');
CREATE TRIGGER keep BEFORE UPDATE ON episode FOR EACH ROW
  EXECUTE FUNCTION access.only_these('closed_on', 'closed_reason', 'closed_note', 'closed_by', 'during');
CREATE FUNCTION access.closed_stays_closed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.closed_on IS NOT NULL THEN RAISE EXCEPTION 'a closed episode stays closed: a return is a new one'; END IF;
  RETURN NEW;
END $$;
REVOKE EXECUTE ON FUNCTION access.closed_stays_closed() FROM throughcare_app;
CREATE TRIGGER closed_stays_closed BEFORE UPDATE ON episode FOR EACH ROW EXECUTE FUNCTION access.closed_stays_closed();
CREATE TRIGGER keep BEFORE UPDATE ON enrolment FOR EACH ROW
  EXECUTE FUNCTION access.only_these('valid_from', 'valid_to', 'end_reason', 'end_note', 'during');

-- Roles and programmes of others are no page's business; whom one may ask to do something is.
CREATE FUNCTION access.colleagues_for(of_consumer uuid)
  RETURNS TABLE (id uuid, name text, title text, roles text[], in_program boolean)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public
  BEGIN ATOMIC
    SELECT s.id, s.name, s.title, array_agg(r.role ORDER BY r.role),
      EXISTS (SELECT FROM staff_program sp JOIN enrolment e ON e.program_id = sp.program_id
        WHERE sp.staff_id = s.id AND sp.during @> access.today() AND e.consumer_id = of_consumer)
    FROM staff s JOIN staff_role r ON r.staff_id = s.id AND r.during @> access.today()
    WHERE s.agency_id = access.agency()
      AND daterange(s.active_from, s.active_to, '[]') @> access.today()
      AND of_consumer IN (SELECT access.record_consumers())
      AND r.role IN ('counselor', 'keyworker', 'supervisor', 'program-manager', 'peer-mentor')
    GROUP BY s.id
    ORDER BY s.name, s.id;
  END;
COMMENT ON FUNCTION access.colleagues_for(uuid) IS 'Who may be made keyworker or peer mentor, or be responsible for something, around one consumer';
GRANT EXECUTE ON FUNCTION access.colleagues_for(uuid) TO throughcare_app;

-- ---------------------------------------------------------------- the treatment plan

ALTER TABLE care_plan ADD activated_by uuid REFERENCES staff;
ALTER TABLE care_plan ADD saves integer NOT NULL DEFAULT 0;
COMMENT ON COLUMN care_plan.saves IS 'Counts saves of the draft: a stale page cannot overwrite a newer one';
ALTER TABLE goal ADD settled_on date;
COMMENT ON COLUMN goal.settled_on IS 'The day it was met or dropped';
ALTER TABLE objective ADD settled_on date;
ALTER TABLE objective ADD lineage uuid NOT NULL DEFAULT uuidv7();
COMMENT ON COLUMN objective.lineage IS 'The same through all versions, so that two can be compared';
ALTER TABLE intervention ADD lineage uuid NOT NULL DEFAULT uuidv7();
COMMENT ON COLUMN intervention.lineage IS 'The same through all versions, so that two can be compared';
CREATE UNIQUE INDEX goal_once ON goal (plan_id, lineage);

-- A draft may be thrown away; anything that was agreed may not.
GRANT DELETE ON care_plan TO throughcare_app;
CREATE POLICY removers ON care_plan FOR DELETE TO throughcare_app
  USING (agency_id = access.agency() AND consumer_id IN (SELECT access.record_consumers()) AND state = 'draft');

CREATE FUNCTION access.agreed_plan_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state <> 'draft' AND NOT (OLD.state = 'active' AND NEW.state IN ('active', 'superseded')
    AND (to_jsonb(NEW) - 'state') = (to_jsonb(OLD) - 'state')) THEN
    RAISE EXCEPTION 'a plan that was agreed is changed by a new version';
  END IF;
  IF (NEW.consumer_id, NEW.episode_id, NEW.version, NEW.agency_id) IS DISTINCT FROM
    (OLD.consumer_id, OLD.episode_id, OLD.version, OLD.agency_id) OR NEW.state = 'superseded' AND OLD.state = 'draft' THEN
    RAISE EXCEPTION 'a plan keeps its place among the versions';
  END IF;
  RETURN NEW;
END $$;
REVOKE EXECUTE ON FUNCTION access.agreed_plan_stands() FROM throughcare_app;
CREATE TRIGGER agreed_plan_stands BEFORE UPDATE ON care_plan FOR EACH ROW EXECUTE FUNCTION access.agreed_plan_stands();

-- A line is written only into a draft of the same person, and is not moved between plans. Whether
-- a goal or step of the active plan was reached is recorded as it happens; its wording is not.
CREATE OR REPLACE FUNCTION access.only_in_draft() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE line jsonb; plan care_plan;
BEGIN
  line := CASE WHEN TG_OP = 'INSERT' THEN to_jsonb(NEW) ELSE to_jsonb(OLD) END;
  SELECT p.* INTO plan FROM care_plan p
  WHERE p.id = coalesce((line ->> 'plan_id')::uuid, (SELECT plan_id FROM goal WHERE id = (line ->> 'goal_id')::uuid));
  IF TG_OP = 'INSERT' AND plan.consumer_id IS DISTINCT FROM NEW.consumer_id THEN
    RAISE EXCEPTION 'a line belongs to the person whose plan it is on';
  END IF;
  IF TG_OP = 'UPDATE' AND (to_jsonb(NEW) - '{status,settled_on,text,domain,kind,frequency,responsible_id,target_on,position}'::text[])
    IS DISTINCT FROM (to_jsonb(OLD) - '{status,settled_on,text,domain,kind,frequency,responsible_id,target_on,position}'::text[]) THEN
    RAISE EXCEPTION 'a line is not moved to another plan';
  END IF;
  IF plan.state <> 'draft' AND NOT (TG_OP = 'UPDATE' AND plan.state = 'active'
    AND (to_jsonb(NEW) - '{status,settled_on}'::text[]) = (to_jsonb(OLD) - '{status,settled_on}'::text[])) THEN
    RAISE EXCEPTION 'a plan that was agreed is changed by a new version';
  END IF;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

-- ---------------------------------------------------------------- relapse prevention, discharge, barriers

CREATE TRIGGER keep BEFORE UPDATE ON relapse_trigger FOR EACH ROW
  EXECUTE FUNCTION access.only_these('ended_at', 'ended_by', 'ended_reason');
CREATE TRIGGER keep BEFORE UPDATE ON relapse_strategy FOR EACH ROW
  EXECUTE FUNCTION access.only_these('ended_at', 'ended_by', 'ended_reason');
ALTER TABLE relapse_trigger ADD CONSTRAINT ended_with_reason CHECK (ended_at IS NULL OR (ended_by IS NOT NULL AND length(ended_reason) > 0));
ALTER TABLE relapse_strategy ADD CONSTRAINT ended_with_reason CHECK (ended_at IS NULL OR (ended_by IS NOT NULL AND length(ended_reason) > 0));
ALTER TABLE relapse_trigger ADD FOREIGN KEY (conference_id) REFERENCES conference;
ALTER TABLE relapse_strategy ADD FOREIGN KEY (conference_id) REFERENCES conference;
CREATE INDEX ON relapse_strategy (trigger_id);

ALTER TABLE discharge_point ADD FOREIGN KEY (conference_id) REFERENCES conference;
ALTER TABLE discharge_point ADD dropped_on date;
ALTER TABLE discharge_point ADD dropped_reason text;
ALTER TABLE discharge_point ADD CONSTRAINT dropped_with_reason CHECK ((dropped_on IS NULL) = (dropped_reason IS NULL));
COMMENT ON COLUMN discharge_point.dropped_on IS 'The day it was no longer needed, and why: a point is never deleted';
CREATE TRIGGER keep BEFORE UPDATE ON discharge_point FOR EACH ROW
  EXECUTE FUNCTION access.only_these('responsible', 'due_on', 'done_on', 'dropped_on', 'dropped_reason');

ALTER TABLE barrier ADD FOREIGN KEY (conference_id) REFERENCES conference;
ALTER TABLE barrier ADD resolved_by uuid REFERENCES staff;
ALTER TABLE barrier ADD CONSTRAINT resolved_with_how CHECK ((resolved_on IS NULL) = (resolution IS NULL));
CREATE TRIGGER keep BEFORE UPDATE ON barrier FOR EACH ROW
  EXECUTE FUNCTION access.only_these('resolved_on', 'resolution', 'resolved_by');

-- ---------------------------------------------------------------- referrals

ALTER TABLE referral ADD FOREIGN KEY (conference_id) REFERENCES conference;
ALTER TABLE referral ADD ended_on date;
COMMENT ON COLUMN referral.ended_on IS 'The day it was provided, declined or closed';
CREATE TRIGGER keep BEFORE UPDATE ON referral FOR EACH ROW
  EXECUTE FUNCTION access.only_these('owner_id', 'due_on', 'status', 'arranged_on', 'ended_on', 'outcome');

CREATE TABLE referral_step (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  agency_id uuid NOT NULL REFERENCES agency,
  consumer_id uuid NOT NULL REFERENCES consumer,
  referral_id uuid NOT NULL REFERENCES referral,
  status text CHECK (status IN ('open', 'arranged', 'provided', 'declined', 'closed')),
  on_day date NOT NULL,
  owner_id uuid REFERENCES staff,
  due_on date,
  remark text CHECK (length(remark) <= 1000),
  at timestamptz NOT NULL DEFAULT now(),
  by uuid NOT NULL REFERENCES staff
);
COMMENT ON TABLE referral_step IS 'What became of a referral, step by step: a status, another owner, another due date';
COMMENT ON COLUMN referral_step.on_day IS 'The day it happened, as told by whoever records it';
CREATE INDEX ON referral_step (referral_id);
CREATE INDEX ON referral_step (consumer_id);
CALL access.protect('referral_step',
  'agency_id = access.agency() AND consumer_id IN (SELECT access.record_consumers())',
  'agency_id = access.agency() AND consumer_id IN (SELECT access.record_consumers())', may_update => false);
CREATE TRIGGER keep BEFORE UPDATE OR DELETE OR TRUNCATE ON referral_step FOR EACH STATEMENT EXECUTE FUNCTION access.refuse();
