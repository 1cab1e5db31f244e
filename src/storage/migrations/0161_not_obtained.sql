-- What is due stays due until it is done, or until somebody says why it cannot be.

CREATE TABLE not_obtained (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  agency_id uuid NOT NULL REFERENCES agency,
  consumer_id uuid NOT NULL REFERENCES consumer,
  episode_id uuid NOT NULL,
  what text NOT NULL CHECK (what IN ('start', 'review', 'exit', 'after', 'aftercare')),
  on_day date NOT NULL,
  reason text NOT NULL CHECK (length(reason) BETWEEN 1 AND 300),
  recorded_at timestamptz NOT NULL DEFAULT now(),
  recorded_by uuid NOT NULL,
  FOREIGN KEY (episode_id, consumer_id) REFERENCES episode (id, consumer_id),
  FOREIGN KEY (recorded_by, agency_id) REFERENCES staff (id, agency_id)
);
COMMENT ON TABLE not_obtained IS 'What was due in an episode and could not be had, and why: an outcome measure of a stage, or an agreed aftercare plan';
CREATE INDEX ON not_obtained (episode_id, what);
CREATE INDEX ON not_obtained (consumer_id);
CALL access.protect('not_obtained',
  'agency_id = access.agency() AND consumer_id IN (SELECT access.record_consumers())',
  'agency_id = access.agency() AND consumer_id IN (SELECT access.record_consumers())', may_update => false);
CALL access.guard_table('not_obtained');
CREATE TRIGGER keep BEFORE UPDATE OR DELETE OR TRUNCATE ON not_obtained FOR EACH STATEMENT EXECUTE FUNCTION access.refuse();

-- ---------------------------------------------------------------- what was agreed is done, or is overdue

ALTER TABLE agreement ADD done_by uuid, ADD FOREIGN KEY (done_by, agency_id) REFERENCES staff (id, agency_id),
  ADD CONSTRAINT done_by_somebody CHECK (done_by IS NULL OR done_on IS NOT NULL);
COMMENT ON COLUMN agreement.done_on IS 'The day on which it was known to be done; the words are the note''s and stay';
CREATE POLICY editors ON agreement FOR UPDATE TO throughcare_app
  USING (agency_id = (SELECT access.agency()) AND (EXISTS (SELECT FROM access.enrolled e WHERE e.consumer_id = agreement.consumer_id) OR agreement.consumer_id IN (SELECT access.opened_in_emergency())))
  WITH CHECK (agency_id = (SELECT access.agency()) AND (EXISTS (SELECT FROM access.enrolled e WHERE e.consumer_id = agreement.consumer_id) OR agreement.consumer_id IN (SELECT access.opened_in_emergency())));
GRANT UPDATE (done_on, done_by) ON agreement TO throughcare_app;
CREATE TRIGGER own_hand BEFORE INSERT OR UPDATE ON agreement FOR EACH ROW EXECUTE FUNCTION access.own_hand('done_by');
CREATE INDEX ON agreement (agency_id, due_on) WHERE done_on IS NULL AND due_on IS NOT NULL;
CREATE INDEX ON discharge_point (agency_id, due_on) WHERE done_on IS NULL AND dropped_on IS NULL AND due_on IS NOT NULL;
CREATE INDEX ON gain_look (gain_id, looked_on DESC, id DESC);
CREATE INDEX ON referral (owner_id) WHERE status = 'arranged';
CREATE INDEX ON placement (unit_id) WHERE admitted_on IS NULL AND ended_on IS NULL AND withdrawn_on IS NULL;

-- ---------------------------------------------------------------- a credential is asked to be renewed

ALTER TABLE credential ADD renewal_asked_at timestamptz, ADD renewal_asked_by uuid,
  ADD FOREIGN KEY (renewal_asked_by, agency_id) REFERENCES staff (id, agency_id),
  ADD CONSTRAINT asked_by_somebody CHECK ((renewal_asked_at IS NULL) = (renewal_asked_by IS NULL));
COMMENT ON COLUMN credential.renewal_asked_at IS 'When the holder, their supervisor or a manager asked for its renewal, which an administrator records';
CREATE TRIGGER own_hand BEFORE INSERT OR UPDATE ON credential FOR EACH ROW EXECUTE FUNCTION access.own_hand('renewal_asked_by');

CREATE FUNCTION access.ask_renewal(of_credential uuid) RETURNS boolean
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE credential c SET renewal_asked_at = now(), renewal_asked_by = access.staff()
  WHERE c.id = of_credential AND c.agency_id = access.agency() AND c.renewal_asked_at IS NULL AND c.valid_to IS NOT NULL
    AND (access.staff() IN (c.staff_id, c.supervisor_id) OR access.has_role('supervisor', 'program-manager'));
  RETURN FOUND;
END $$;
COMMENT ON FUNCTION access.ask_renewal(uuid) IS 'Asks once for a credential to be renewed, before it lapses; it is an administrator''s task from then on';
GRANT EXECUTE ON FUNCTION access.ask_renewal(uuid) TO throughcare_app;
