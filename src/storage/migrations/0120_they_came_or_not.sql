-- An appointment that is over says whether they came; one that they missed is followed up, and the
-- next step is on somebody's list until it is.

ALTER TABLE appointment
  ADD followed_up_at timestamptz,
  ADD followed_up_by uuid,
  ADD follow_up text CHECK (follow_up IN ('reached', 'not-needed')),
  ADD FOREIGN KEY (followed_up_by, agency_id) REFERENCES staff (id, agency_id),
  ADD CONSTRAINT followed_up_by_somebody CHECK ((followed_up_at IS NULL) = (follow_up IS NULL) AND (followed_up_at IS NULL) = (followed_up_by IS NULL));
COMMENT ON COLUMN appointment.follow_up IS 'After an appointment that they missed: reached them, or no follow-up is needed; a new time or a later contact is one by itself';
GRANT SELECT (followed_up_at, followed_up_by, follow_up) ON appointment TO throughcare_app;
GRANT UPDATE (followed_up_at, followed_up_by, follow_up) ON appointment TO throughcare_app;
CREATE TRIGGER said_once BEFORE UPDATE ON appointment FOR EACH ROW EXECUTE FUNCTION access.said_once('followed_up_at', 'followed_up_by', 'follow_up', 'status');
DROP TRIGGER own_hand ON appointment;
CREATE TRIGGER own_hand BEFORE INSERT OR UPDATE ON appointment FOR EACH ROW EXECUTE FUNCTION access.own_hand('created_by', 'status_by', 'followed_up_by');
CREATE INDEX ON appointment (agency_id, day) WHERE status = 'scheduled';
CREATE INDEX ON appointment (agency_id, day) WHERE status = 'did-not-come' AND followed_up_at IS NULL;
