-- Plans that are looked at again, endings that are followed up, and an aftercare plan that stands as
-- it was agreed.

-- ---------------------------------------------------------------- a care plan is reviewed

CREATE TABLE plan_review (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  agency_id uuid NOT NULL REFERENCES agency,
  consumer_id uuid NOT NULL REFERENCES consumer,
  plan_id uuid NOT NULL,
  reviewed_on date NOT NULL,
  due_on date,
  took_part text[] NOT NULL DEFAULT '{}' CHECK (took_part <@ ARRAY['person', 'family', 'colleague', 'other-service']),
  changes text CHECK (length(changes) BETWEEN 1 AND 2000),
  agreed_by text NOT NULL CHECK (length(agreed_by) <= 300),
  next_on date NOT NULL CHECK (next_on >= reviewed_on),
  recorded_at timestamptz NOT NULL DEFAULT now(),
  recorded_by uuid NOT NULL,
  UNIQUE (id, consumer_id),
  FOREIGN KEY (plan_id, consumer_id) REFERENCES care_plan (id, consumer_id),
  FOREIGN KEY (recorded_by, agency_id) REFERENCES staff (id, agency_id)
);
COMMENT ON TABLE plan_review IS 'A care plan in force, looked at again with the person: what is to change, or that nothing is, and when next';
COMMENT ON COLUMN plan_review.due_on IS 'The day for which it had been set';
COMMENT ON COLUMN plan_review.took_part IS 'Besides whoever records it: person, family, colleague, other-service';
COMMENT ON COLUMN plan_review.changes IS 'What is to change, in a new version; null: no change';
COMMENT ON COLUMN plan_review.agreed_by IS 'Who agreed, as care_plan.agreed_by';
CREATE INDEX ON plan_review (plan_id, reviewed_on);
CREATE INDEX ON plan_review (consumer_id);
CALL access.protect('plan_review',
  'agency_id = access.agency() AND consumer_id IN (SELECT access.record_consumers())',
  'agency_id = access.agency() AND consumer_id IN (SELECT access.record_consumers())', may_update => false);
CALL access.guard_table('plan_review');
CREATE TRIGGER keep BEFORE UPDATE OR DELETE OR TRUNCATE ON plan_review FOR EACH STATEMENT EXECUTE FUNCTION access.refuse();

-- What was agreed stands; the day of its next review moves, and only with a review that was held.
CREATE OR REPLACE FUNCTION access.agreed_plan_stands() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE moves text[] := CASE WHEN pg_trigger_depth() > 1 THEN '{state,review_on}' ELSE '{state}' END;
BEGIN
  IF OLD.state <> 'draft' AND NOT (OLD.state = 'active' AND NEW.state IN ('active', 'superseded')
    AND (to_jsonb(NEW) - moves) = (to_jsonb(OLD) - moves)) THEN
    RAISE EXCEPTION 'a plan that was agreed is changed by a new version';
  END IF;
  IF (NEW.consumer_id, NEW.episode_id, NEW.version, NEW.agency_id) IS DISTINCT FROM
    (OLD.consumer_id, OLD.episode_id, OLD.version, OLD.agency_id) OR NEW.state = 'superseded' AND OLD.state = 'draft' THEN
    RAISE EXCEPTION 'a plan keeps its place among the versions';
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION access.plan_reviewed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE care_plan SET review_on = NEW.next_on WHERE id = NEW.plan_id AND state = 'active';
  IF NOT FOUND THEN RAISE EXCEPTION 'a plan is reviewed while it is in force'; END IF;
  RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION access.plan_reviewed() FROM PUBLIC;
CREATE TRIGGER moves_the_next AFTER INSERT ON plan_review FOR EACH ROW EXECUTE FUNCTION access.plan_reviewed();

-- ---------------------------------------------------------------- prescribing ends by somebody's word

ALTER TABLE prescribing ADD ended_by uuid;
ALTER TABLE prescribing ADD FOREIGN KEY (ended_by, agency_id) REFERENCES staff (id, agency_id);
COMMENT ON COLUMN prescribing.ended_by IS 'Who recorded its end';
GRANT UPDATE (ended_by) ON prescribing TO throughcare_app;
DROP TRIGGER own_hand ON prescribing;
CREATE TRIGGER own_hand BEFORE INSERT OR UPDATE ON prescribing FOR EACH ROW EXECUTE FUNCTION access.own_hand('recorded_by', 'ended_by');
DROP TRIGGER keep ON prescribing;
CREATE TRIGGER keep BEFORE UPDATE ON prescribing FOR EACH ROW EXECUTE FUNCTION access.only_these('valid_to', 'end_reason', 'ended_by');
CREATE TRIGGER said_once BEFORE UPDATE ON prescribing FOR EACH ROW EXECUTE FUNCTION access.said_once('end_reason', 'valid_to', 'ended_by');

-- ---------------------------------------------------------------- every ending is followed up

CREATE FUNCTION access.episode_left() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE writer uuid := coalesce(NEW.closed_by, access.staff());
BEGIN
  -- The end of a stay on the same day has asked already.
  IF writer IS NULL OR EXISTS (SELECT FROM leaving l WHERE l.episode_id = NEW.id AND l.ended_on = NEW.closed_on) THEN
    RETURN NULL;
  END IF;
  INSERT INTO leaving (agency_id, consumer_id, episode_id, ended_on, planned, reason, note, contact_due, recorded_by)
  VALUES (NEW.agency_id, NEW.consumer_id, NEW.id, NEW.closed_on,
    coalesce(NEW.closed_reason IN ('completed', 'transferred'), false), coalesce(NEW.closed_reason, 'other'), NEW.closed_note,
    CASE WHEN NEW.closed_reason IS DISTINCT FROM 'died' THEN now() + interval '48 hours' END, writer);
  RETURN NULL;
END $$;
COMMENT ON FUNCTION access.episode_left() IS 'Closing an episode asks for overdose advice, naloxone and a contact within 48 hours';
REVOKE EXECUTE ON FUNCTION access.episode_left() FROM PUBLIC;
CREATE TRIGGER asks_to_follow_up AFTER UPDATE OF closed_on ON episode FOR EACH ROW
  WHEN (OLD.closed_on IS NULL AND NEW.closed_on IS NOT NULL) EXECUTE FUNCTION access.episode_left();

CREATE FUNCTION access.given_stays_given() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF (OLD.overdose_advice = 'given' AND NEW.overdose_advice IS DISTINCT FROM OLD.overdose_advice)
    OR (OLD.naloxone IN ('given', 'has-it') AND NEW.naloxone IS DISTINCT FROM OLD.naloxone)
    OR (OLD.overdose_advice IS NOT NULL AND NEW.overdose_advice IS NULL)
    OR (OLD.naloxone IS NOT NULL AND NEW.naloxone IS NULL) THEN
    RAISE EXCEPTION 'what was answered about a leaving stands';
  END IF;
  RETURN NEW;
END $$;
COMMENT ON FUNCTION access.given_stays_given() IS 'Declined or not possible may become given later; given stays given';
REVOKE EXECUTE ON FUNCTION access.given_stays_given() FROM PUBLIC;
CREATE TRIGGER given_stays_given BEFORE UPDATE ON leaving FOR EACH ROW EXECUTE FUNCTION access.given_stays_given();
CREATE TRIGGER keep BEFORE UPDATE ON leaving FOR EACH ROW EXECUTE FUNCTION access.only_these(
  'overdose_advice', 'overdose_advice_on', 'overdose_advice_by', 'naloxone', 'naloxone_on', 'naloxone_by');

-- ---------------------------------------------------------------- the aftercare plan stands as agreed

ALTER TABLE aftercare_plan ADD CONSTRAINT agreed_with_whom
  CHECK (state = 'draft' OR (agreed_on IS NOT NULL AND agreed_by_whom IS NOT NULL AND activated_at IS NOT NULL));

CREATE FUNCTION access.aftercare_stands() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF OLD.state <> 'draft' AND NOT (OLD.state = 'active' AND NEW.state IN ('active', 'superseded')
    AND (to_jsonb(NEW) - 'state') = (to_jsonb(OLD) - 'state')) THEN
    RAISE EXCEPTION 'a plan that was agreed is changed by a new version';
  END IF;
  IF NEW.version <> OLD.version OR (NEW.state = 'superseded' AND OLD.state = 'draft') THEN
    RAISE EXCEPTION 'a plan keeps its place among the versions';
  END IF;
  RETURN NEW;
END $$;
REVOKE EXECUTE ON FUNCTION access.aftercare_stands() FROM PUBLIC;
CREATE TRIGGER agreed_stands BEFORE UPDATE ON aftercare_plan FOR EACH ROW EXECUTE FUNCTION access.aftercare_stands();

GRANT DELETE ON aftercare_plan TO throughcare_app;
CREATE POLICY removers ON aftercare_plan FOR DELETE TO throughcare_app
  USING (agency_id = (SELECT access.agency()) AND consumer_id IN (SELECT access.record_consumers()) AND state = 'draft');

-- ---------------------------------------------------------------- supports go forward, and keep their dates

ALTER TABLE recovery_support
  ADD CONSTRAINT handed_on_a_day CHECK (state <> 'handed-over' OR handed_on IS NOT NULL),
  ADD CONSTRAINT answered_by_somebody CHECK (state NOT IN ('accepted', 'declined') OR (answered_on IS NOT NULL AND answered_by_whom IS NOT NULL)),
  ADD CONSTRAINT ended_with_reason CHECK (state <> 'ended' OR (ended_on IS NOT NULL AND ended_reason IS NOT NULL));
CREATE FUNCTION access.support_goes_on() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NEW.state <> OLD.state AND NOT (CASE OLD.state
    WHEN 'planned' THEN NEW.state IN ('handed-over', 'accepted', 'declined', 'ended')
    WHEN 'handed-over' THEN NEW.state IN ('accepted', 'declined', 'ended')
    WHEN 'accepted' THEN NEW.state = 'ended'
    ELSE false END) THEN
    RAISE EXCEPTION 'a support that is over stays so: another one is added';
  END IF;
  RETURN NEW;
END $$;
COMMENT ON FUNCTION access.support_goes_on() IS 'A support is planned, handed over, then accepted or declined; accepted, it may end';
REVOKE EXECUTE ON FUNCTION access.support_goes_on() FROM PUBLIC;
CREATE TRIGGER goes_on BEFORE UPDATE ON recovery_support FOR EACH ROW EXECUTE FUNCTION access.support_goes_on();
CREATE TRIGGER keep BEFORE UPDATE ON recovery_support FOR EACH ROW EXECUTE FUNCTION access.only_these('detail', 'provider_id', 'by_whom',
  'referral_id', 'owner_id', 'state', 'handed_on', 'chase_on', 'answered_on', 'answered_by_whom', 'ended_on', 'ended_reason');
CREATE TRIGGER said_once BEFORE UPDATE ON recovery_support FOR EACH ROW EXECUTE FUNCTION access.said_once('answered_on', 'answered_by_whom');

CREATE INDEX ON gain (agency_id, look_again_on) WHERE ended_on IS NULL AND look_again_on IS NOT NULL;
CREATE INDEX ON plan_review (agency_id, reviewed_on);
