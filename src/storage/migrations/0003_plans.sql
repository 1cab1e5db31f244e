-- The treatment plan with its versions, and the relapse prevention and discharge plans that
-- conferences feed.

CREATE TABLE care_plan (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  agency_id uuid NOT NULL REFERENCES agency,
  consumer_id uuid NOT NULL REFERENCES consumer,
  episode_id uuid NOT NULL REFERENCES episode,
  version integer NOT NULL CHECK (version > 0),
  state text NOT NULL CHECK (state IN ('draft', 'active', 'superseded')),
  review_on date,
  agreed_on date,
  agreed_by text,
  change_reason text,
  created_at timestamptz NOT NULL DEFAULT now(),
  created_by uuid NOT NULL REFERENCES staff,
  activated_at timestamptz,
  UNIQUE (episode_id, version)
);
COMMENT ON TABLE care_plan IS 'One version of an episode''s treatment plan; an active one is superseded, never overwritten';
COMMENT ON COLUMN care_plan.agreed_by IS 'Who signed it with staff: the consumer, a parent or guardian, both; or why nobody did';
CREATE UNIQUE INDEX one_active ON care_plan (episode_id) WHERE state = 'active';
CREATE UNIQUE INDEX one_draft ON care_plan (episode_id) WHERE state = 'draft';
CREATE INDEX ON care_plan (consumer_id);

CREATE TABLE goal (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  agency_id uuid NOT NULL REFERENCES agency,
  consumer_id uuid NOT NULL REFERENCES consumer,
  plan_id uuid NOT NULL REFERENCES care_plan,
  lineage uuid NOT NULL,
  domain text NOT NULL CHECK (domain IN ('substance-use', 'health', 'offending', 'social-functioning')),
  text text NOT NULL CHECK (length(text) BETWEEN 1 AND 1000),
  position integer NOT NULL,
  status text NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'met', 'dropped'))
);
COMMENT ON TABLE goal IS 'What the person wants to reach, in their words where possible';
COMMENT ON COLUMN goal.lineage IS 'The same through all versions, so that a barrier stays tied to its goal';
CREATE INDEX ON goal (plan_id);
CREATE INDEX ON goal (consumer_id);

CREATE TABLE objective (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  agency_id uuid NOT NULL REFERENCES agency,
  consumer_id uuid NOT NULL REFERENCES consumer,
  goal_id uuid NOT NULL REFERENCES goal,
  text text NOT NULL CHECK (length(text) BETWEEN 1 AND 1000),
  target_on date,
  status text NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'met', 'dropped')),
  position integer NOT NULL
);
COMMENT ON TABLE objective IS 'A step towards a goal that can be seen to be done';
CREATE INDEX ON objective (goal_id);
CREATE INDEX ON objective (consumer_id);

CREATE TABLE intervention (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  agency_id uuid NOT NULL REFERENCES agency,
  consumer_id uuid NOT NULL REFERENCES consumer,
  goal_id uuid NOT NULL REFERENCES goal,
  kind text NOT NULL,
  text text NOT NULL CHECK (length(text) BETWEEN 1 AND 1000),
  frequency text,
  responsible_id uuid REFERENCES staff,
  position integer NOT NULL
);
COMMENT ON TABLE intervention IS 'What staff do about a goal, how often, and who';
COMMENT ON COLUMN intervention.kind IS 'family-conference, individual-counseling, group, family-therapy, prescribing, advice, liaison, other';
CREATE INDEX ON intervention (goal_id);
CREATE INDEX ON intervention (consumer_id);

CREATE TABLE relapse_trigger (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  agency_id uuid NOT NULL REFERENCES agency,
  consumer_id uuid NOT NULL REFERENCES consumer,
  text text NOT NULL CHECK (length(text) BETWEEN 1 AND 500),
  conference_id uuid,
  added_at timestamptz NOT NULL DEFAULT now(),
  added_by uuid NOT NULL REFERENCES staff,
  ended_at timestamptz,
  ended_by uuid REFERENCES staff,
  ended_reason text
);
COMMENT ON TABLE relapse_trigger IS 'FC 3.1.1.2: what brings a return to use nearer, on the relapse prevention plan once, wherever it was named';
CREATE INDEX ON relapse_trigger (consumer_id);

CREATE TABLE relapse_strategy (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  agency_id uuid NOT NULL REFERENCES agency,
  consumer_id uuid NOT NULL REFERENCES consumer,
  trigger_id uuid REFERENCES relapse_trigger,
  text text NOT NULL CHECK (length(text) BETWEEN 1 AND 500),
  helper text,
  conference_id uuid,
  added_at timestamptz NOT NULL DEFAULT now(),
  added_by uuid NOT NULL REFERENCES staff,
  ended_at timestamptz,
  ended_by uuid REFERENCES staff,
  ended_reason text
);
COMMENT ON TABLE relapse_strategy IS 'What to do about a trigger, and who helps';
CREATE INDEX ON relapse_strategy (consumer_id);

CREATE TABLE discharge_point (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  agency_id uuid NOT NULL REFERENCES agency,
  consumer_id uuid NOT NULL REFERENCES consumer,
  episode_id uuid NOT NULL REFERENCES episode,
  text text NOT NULL CHECK (length(text) BETWEEN 1 AND 1000),
  responsible text,
  due_on date,
  done_on date,
  conference_id uuid,
  added_at timestamptz NOT NULL DEFAULT now(),
  added_by uuid NOT NULL REFERENCES staff
);
COMMENT ON TABLE discharge_point IS 'A line of the discharge plan (FC 3.1, 3.1.1.3)';
CREATE INDEX ON discharge_point (consumer_id);
CREATE INDEX ON discharge_point (episode_id);

CREATE TABLE barrier (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  agency_id uuid NOT NULL REFERENCES agency,
  consumer_id uuid NOT NULL REFERENCES consumer,
  goal_lineage uuid NOT NULL,
  text text NOT NULL CHECK (length(text) BETWEEN 1 AND 1000),
  conference_id uuid,
  added_at timestamptz NOT NULL DEFAULT now(),
  added_by uuid NOT NULL REFERENCES staff,
  resolved_on date,
  resolution text
);
COMMENT ON TABLE barrier IS 'FC 3.1.1.1: an issue at home that stands in the way of a goal; never on a print that goes home';
CREATE INDEX ON barrier (consumer_id);

CREATE TABLE referral (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  agency_id uuid NOT NULL REFERENCES agency,
  consumer_id uuid NOT NULL REFERENCES consumer,
  need text NOT NULL CHECK (need IN ('family-therapy', 'other')),
  what text NOT NULL,
  for_whom text NOT NULL CHECK (for_whom IN ('consumer', 'relative')),
  support_id uuid REFERENCES support,
  owner_id uuid NOT NULL REFERENCES staff,
  found_on date NOT NULL,
  due_on date NOT NULL,
  status text NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'arranged', 'provided', 'declined', 'closed')),
  arranged_on date,
  outcome text,
  conference_id uuid,
  created_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE referral IS 'FC 3.1.1.4: a need for family therapy or something else, with an owner and a date; FC 3.2 watches its age';
CREATE INDEX ON referral (consumer_id);
CREATE INDEX ON referral (owner_id) WHERE status = 'open';

DO $$
DECLARE tab text;
BEGIN
  FOREACH tab IN ARRAY ARRAY['care_plan', 'goal', 'objective', 'intervention', 'relapse_trigger', 'relapse_strategy', 'discharge_point', 'barrier', 'referral'] LOOP
    CALL access.protect(tab::regclass,
      'agency_id = access.agency() AND consumer_id IN (SELECT access.record_consumers())',
      'agency_id = access.agency() AND consumer_id IN (SELECT access.record_consumers())',
      may_delete => tab IN ('goal', 'objective', 'intervention'));
  END LOOP;
END $$;

-- What stands in a plan that was active stays as it was: only drafts are edited or lose a line.
CREATE FUNCTION access.only_in_draft() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE row_goal uuid; row_plan uuid; plan_state text;
BEGIN
  IF TG_TABLE_NAME = 'goal' THEN row_plan := CASE WHEN TG_OP = 'INSERT' THEN NEW.plan_id ELSE OLD.plan_id END;
  ELSE
    row_goal := CASE WHEN TG_OP = 'INSERT' THEN NEW.goal_id ELSE OLD.goal_id END;
    SELECT plan_id INTO row_plan FROM goal WHERE id = row_goal;
  END IF;
  SELECT state INTO plan_state FROM care_plan WHERE id = row_plan;
  -- Whether a goal or step was reached is recorded as it happens; its wording is not.
  IF plan_state <> 'draft' AND NOT (TG_OP = 'UPDATE' AND TG_TABLE_NAME <> 'intervention' AND plan_state = 'active' AND OLD.text = NEW.text) THEN
    RAISE EXCEPTION 'a plan that was agreed is changed by a new version';
  END IF;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER only_in_draft BEFORE INSERT OR UPDATE OR DELETE ON goal FOR EACH ROW EXECUTE FUNCTION access.only_in_draft();
CREATE TRIGGER only_in_draft BEFORE INSERT OR UPDATE OR DELETE ON objective FOR EACH ROW EXECUTE FUNCTION access.only_in_draft();
CREATE TRIGGER only_in_draft BEFORE INSERT OR UPDATE OR DELETE ON intervention FOR EACH ROW EXECUTE FUNCTION access.only_in_draft();
REVOKE EXECUTE ON FUNCTION access.only_in_draft() FROM throughcare_app;
