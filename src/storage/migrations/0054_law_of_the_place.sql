-- What may be told, and who signs, is the law of the place where the agency works.

CREATE FUNCTION people.age_of_consent(of_jurisdiction text) RETURNS integer LANGUAGE sql IMMUTABLE
  RETURN CASE of_jurisdiction WHEN 'england' THEN 16 ELSE 18 END;
COMMENT ON FUNCTION people.age_of_consent(text) IS 'The age in completed years from which a person signs alone, as people/consent-law.ts has it';

-- As 0010 has it, with the age of the agency's own jurisdiction.
CREATE OR REPLACE VIEW live_consent WITH (security_invoker = true) AS
SELECT c.id, c.agency_id, c.consumer_id, c.support_id, c.kind, c.topics, c.valid_from, c.expires_on
FROM consent c
JOIN support s ON s.id = c.support_id
JOIN consumer p ON p.id = c.consumer_id
JOIN agency a ON a.id = c.agency_id
WHERE c.valid_from <= access.today() AND (c.expires_on IS NULL OR c.expires_on >= access.today())
  AND (c.kind = 'criminal-justice') = s.criminal_justice
  AND (s.ended_on IS NULL OR s.ended_on > access.today())
  AND NOT (extract(year FROM age(c.signed_on, p.date_of_birth)) < people.age_of_consent(a.jurisdiction)
    AND extract(year FROM age(access.today(), p.date_of_birth)) >= people.age_of_consent(a.jurisdiction))
  AND NOT EXISTS (SELECT FROM consent_revocation r WHERE r.consent_id = c.id)
  AND NOT EXISTS (SELECT FROM no_contact n WHERE n.support_id = c.support_id AND n.lifted_at IS NULL);

CREATE FUNCTION people.lawful_bases(of_jurisdiction text) RETURNS text[] LANGUAGE sql IMMUTABLE
  RETURN CASE of_jurisdiction
    WHEN 'us-mo' THEN ARRAY['consent', 'medical-emergency', 'child-abuse-report', 'court-order', 'audit', 'crime-on-premises']
    WHEN 'england' THEN ARRAY['consent', 'vital-interests', 'safeguarding-child', 'safeguarding-adult', 'public-interest', 'court-order', 'legal-duty', 'audit']
    ELSE ARRAY['consent', 'medical-emergency', 'court-order'] END;
COMMENT ON FUNCTION people.lawful_bases(text) IS 'On what ground an agency may tell somebody outside it, by the law of its place, as people/disclosure.ts has it';

ALTER TABLE disclosure DROP CONSTRAINT disclosure_basis_check;
ALTER TABLE disclosure ADD CONSTRAINT disclosure_basis_check CHECK (basis IN (
  'consent', 'medical-emergency', 'child-abuse-report', 'court-order', 'audit', 'crime-on-premises',
  'vital-interests', 'safeguarding-child', 'safeguarding-adult', 'public-interest', 'legal-duty'));
COMMENT ON TABLE disclosure IS 'What left the agency, to whom, on what basis: in the US the accounting of 42 CFR 2.25';
COMMENT ON COLUMN disclosure.basis IS 'A ground that the law of the agency''s place knows: people.lawful_bases';

-- A check cannot ask for the agency; and what was told before an agency's place was put right stands.
CREATE FUNCTION people.lawful_here() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NEW.basis <> ALL (people.lawful_bases((SELECT jurisdiction FROM agency WHERE id = NEW.agency_id))) THEN
    RAISE EXCEPTION 'the law of this place knows no such ground to disclose';
  END IF;
  RETURN NEW;
END $$;
REVOKE EXECUTE ON FUNCTION people.lawful_here() FROM throughcare_app;
CREATE TRIGGER lawful_here BEFORE INSERT ON disclosure FOR EACH ROW EXECUTE FUNCTION people.lawful_here();

COMMENT ON TABLE consent IS 'A signed consent to tell one natural support (in the US 42 CFR 2.31); never edited, only revoked';
COMMENT ON COLUMN consent.signers IS 'Who signed and as what: [{as: consumer | parent-or-guardian, name, evidence}]; evidence shows that somebody is the parent, or that a young person understands';

ALTER TABLE agency ADD address text CHECK (length(address) <= 500);
COMMENT ON COLUMN agency.address IS 'Where the agency is; for pages inside it only: what a person takes home tells a stranger nothing';
