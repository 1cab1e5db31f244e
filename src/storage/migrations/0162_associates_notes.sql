-- An associate's notes of sessions and groups wait for their supervisor, as those of conferences do.

ALTER TABLE service ADD cosigned_at timestamptz, ADD cosigned_by uuid,
  ADD FOREIGN KEY (cosigned_by, agency_id) REFERENCES staff (id, agency_id),
  ADD CONSTRAINT cosigned_by_somebody CHECK ((cosigned_at IS NULL) = (cosigned_by IS NULL) AND NOT (cosigned_at IS NOT NULL AND awaits_cosign));
COMMENT ON COLUMN service.cosigned_by IS 'The supervisor who co-signed an associate''s session or group; of a conference its note says it';
GRANT UPDATE (cosigned_at, cosigned_by) ON service TO throughcare_app;
DROP TRIGGER own_hand ON service;
CREATE TRIGGER own_hand BEFORE INSERT OR UPDATE ON service FOR EACH ROW EXECUTE FUNCTION access.own_hand('recorded_by', 'voided_by', 'cosigned_by');
CREATE TRIGGER said_once BEFORE UPDATE ON service FOR EACH ROW EXECUTE FUNCTION access.said_once('cosigned_at', 'cosigned_by');
CREATE INDEX ON service (agency_id, performer_id) WHERE awaits_cosign AND conference_id IS NULL AND voided_at IS NULL;
CREATE INDEX ON conference (agency_id) WHERE cosign_by IS NULL AND signed_at IS NOT NULL AND cosigned_at IS NULL AND voided_at IS NULL;
