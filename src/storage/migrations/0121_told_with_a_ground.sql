-- Whoever outside is told that somebody comes here is told on a ground that is written down: through
-- whom a person who left was looked for, and whoever a support of aftercare was handed to.

ALTER TABLE leaving_contact
  ADD support_id uuid,
  ADD disclosure_id uuid,
  ADD FOREIGN KEY (support_id, consumer_id) REFERENCES support (id, consumer_id),
  ADD FOREIGN KEY (disclosure_id, consumer_id) REFERENCES disclosure (id, consumer_id);
COMMENT ON COLUMN leaving_contact.support_id IS 'Through whom they were looked for; never anybody who carries a no-contact flag';
COMMENT ON COLUMN leaving_contact.disclosure_id IS 'What that person was told by it, with its ground';
CREATE INDEX ON leaving_contact (support_id) WHERE support_id IS NOT NULL;

CREATE FUNCTION access.through_whom() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF (NEW.how = 'through-a-support') <> (NEW.support_id IS NOT NULL AND NEW.disclosure_id IS NOT NULL) THEN
    RAISE EXCEPTION 'a contact through somebody names them, and the ground on which they were told';
  END IF;
  IF EXISTS (SELECT FROM no_contact n WHERE n.support_id = NEW.support_id AND n.lifted_at IS NULL) THEN
    RAISE EXCEPTION 'nobody is looked for through somebody who must not be contacted';
  END IF;
  RETURN NEW;
END $$;
REVOKE EXECUTE ON FUNCTION access.through_whom() FROM PUBLIC;
CREATE TRIGGER through_whom BEFORE INSERT ON leaving_contact FOR EACH ROW EXECUTE FUNCTION access.through_whom();

ALTER TABLE recovery_support
  ADD handed_basis text CHECK (length(handed_basis) <= 40),
  ADD disclosure_id uuid,
  ADD FOREIGN KEY (disclosure_id, consumer_id) REFERENCES disclosure (id, consumer_id),
  ADD CONSTRAINT told_or_not CHECK (handed_basis IS NULL OR (handed_basis IN ('self', 'inside')) = (disclosure_id IS NULL));
COMMENT ON COLUMN recovery_support.handed_basis IS 'By what right they were told: consent or another lawful ground; self: the person goes by themselves, nothing was told; inside: somebody of this agency. Null: handed over before it was asked';
GRANT UPDATE (handed_basis, disclosure_id) ON recovery_support TO throughcare_app;
DROP TRIGGER keep ON recovery_support;
CREATE TRIGGER keep BEFORE UPDATE ON recovery_support FOR EACH ROW EXECUTE FUNCTION access.only_these('detail', 'provider_id', 'by_whom',
  'referral_id', 'owner_id', 'state', 'handed_on', 'chase_on', 'answered_on', 'answered_by_whom', 'ended_on', 'ended_reason', 'handed_basis', 'disclosure_id');
CREATE TRIGGER handed_once BEFORE UPDATE ON recovery_support FOR EACH ROW EXECUTE FUNCTION access.said_once('handed_basis', 'disclosure_id', 'handed_on');

-- The page for home is printed in the person's language, and so are the numbers on it.
ALTER TABLE agency ADD crisis_lines_es text[] NOT NULL DEFAULT '{}';
COMMENT ON COLUMN agency.crisis_lines_es IS 'crisis_lines in Spanish, each in the same place; empty: it is printed as it is in crisis_lines';
GRANT UPDATE (crisis_lines_es) ON agency TO throughcare_app;
