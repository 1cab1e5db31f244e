-- Referrals out (MC A2): needs of every kind, a service elsewhere that is asked, what left for it and
-- on what ground, and what it answered. A need for family therapy keeps what FC 3.2 reads of it.

ALTER TABLE referral DROP CONSTRAINT referral_need_check;
ALTER TABLE referral DROP CONSTRAINT referral_status_check;
ALTER TABLE referral
  ADD CONSTRAINT referral_need_check CHECK (need IN ('family-therapy', 'medical', 'psychiatric', 'child-care', 'social-care',
    'housing', 'benefits', 'legal', 'domestic-abuse', 'education', 'employment', 'other')),
  ADD CONSTRAINT referral_status_check CHECK (status IN ('open', 'handed', 'sent', 'accepted', 'refused', 'attended',
    'arranged', 'provided', 'declined', 'closed')),
  ADD provider_id uuid,
  ADD sent_on date,
  ADD chase_on date,
  ADD CONSTRAINT asked_of_somebody CHECK (status NOT IN ('handed', 'sent') OR (provider_id IS NOT NULL AND sent_on IS NOT NULL AND chase_on IS NOT NULL)),
  ADD FOREIGN KEY (provider_id, agency_id) REFERENCES provider (id, agency_id);
COMMENT ON TABLE referral IS 'A need for something that others give (FC 3.1.1.4, MC A2), with an owner and a date; FC 3.2 watches the age of one for family therapy';
COMMENT ON COLUMN referral.status IS 'handed: the person took it along themselves, and nothing was told · refused: declined by the service that was asked, so the need stands · declined: by the person · provided: it was given, with what came of it';
COMMENT ON COLUMN referral.chase_on IS 'The day on which the owner asks again, while an answer is awaited';
COMMENT ON COLUMN referral.due_on IS 'The day by which somebody is to be asked';
CREATE INDEX ON referral (provider_id);
CREATE INDEX ON referral (owner_id, chase_on) WHERE status IN ('handed', 'sent', 'accepted', 'refused', 'attended');
CREATE INDEX ON referral (agency_id) WHERE status IN ('open', 'handed', 'sent', 'accepted', 'refused', 'attended', 'arranged');
GRANT UPDATE (provider_id, sent_on, chase_on) ON referral TO throughcare_app;
DROP TRIGGER keep ON referral;
CREATE TRIGGER keep BEFORE UPDATE ON referral FOR EACH ROW
  EXECUTE FUNCTION access.only_these('owner_id', 'due_on', 'status', 'arranged_on', 'ended_on', 'outcome', 'provider_id', 'sent_on', 'chase_on');

ALTER TABLE referral_step DROP CONSTRAINT referral_step_status_check;
ALTER TABLE referral_step
  ADD CONSTRAINT referral_step_status_check CHECK (status IN ('open', 'handed', 'sent', 'accepted', 'refused', 'attended',
    'arranged', 'provided', 'declined', 'closed')),
  ADD provider_id uuid,
  ADD chase_on date,
  ADD FOREIGN KEY (provider_id, agency_id) REFERENCES provider (id, agency_id);
COMMENT ON COLUMN referral_step.provider_id IS 'Of whom it was asked, as it then stood';

-- ---------------------------------------------------------------- what goes out

ALTER TABLE disclosure ADD CONSTRAINT disclosure_of_consumer UNIQUE (id, consumer_id);

CREATE TABLE referral_sending (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  agency_id uuid NOT NULL REFERENCES agency,
  consumer_id uuid NOT NULL REFERENCES consumer,
  referral_id uuid NOT NULL,
  provider_id uuid NOT NULL,
  basis text NOT NULL,
  purpose text CHECK (length(purpose) BETWEEN 1 AND 500),
  topics text[] NOT NULL DEFAULT '{}',
  letter jsonb,
  recorded_at timestamptz NOT NULL DEFAULT now(),
  recorded_by uuid NOT NULL,
  sent_at timestamptz,
  sent_by uuid,
  sent_how text CHECK (sent_how IN ('letter', 'secure-message', 'telephone', 'in-person')),
  disclosure_id uuid,
  dropped_at timestamptz,
  dropped_by uuid,
  FOREIGN KEY (referral_id, consumer_id) REFERENCES referral (id, consumer_id),
  FOREIGN KEY (provider_id, agency_id) REFERENCES provider (id, agency_id),
  FOREIGN KEY (disclosure_id, consumer_id) REFERENCES disclosure (id, consumer_id),
  FOREIGN KEY (recorded_by, agency_id) REFERENCES staff (id, agency_id),
  FOREIGN KEY (sent_by, agency_id) REFERENCES staff (id, agency_id),
  FOREIGN KEY (dropped_by, agency_id) REFERENCES staff (id, agency_id),
  CHECK (num_nonnulls(sent_at, sent_by, sent_how) IN (0, 3)),
  CHECK (sent_at IS NULL OR (basis = 'self') = (disclosure_id IS NULL)),
  CHECK ((basis = 'self') = (letter IS NULL)),
  CHECK (sent_at IS NULL OR dropped_at IS NULL)
);
COMMENT ON TABLE referral_sending IS 'A letter of referral as it was written, and when it left; never rewritten: another one is prepared';
COMMENT ON COLUMN referral_sending.basis IS 'A ground of people.lawful_bases; self: given to the person to take along, nothing told to anybody';
COMMENT ON COLUMN referral_sending.letter IS 'What it says, part by part, as liaison/letter.ts has it: only topics that were ticked';
CREATE INDEX ON referral_sending (referral_id, recorded_at);
CREATE INDEX ON referral_sending (consumer_id);
CREATE UNIQUE INDEX one_letter_at_a_time ON referral_sending (referral_id) WHERE sent_at IS NULL AND dropped_at IS NULL;
CREATE INDEX ON referral_sending (recorded_by) WHERE sent_at IS NULL AND dropped_at IS NULL;
CALL access.protect('referral_sending',
  'agency_id = access.agency() AND consumer_id IN (SELECT access.record_consumers())',
  'agency_id = access.agency() AND consumer_id IN (SELECT access.record_consumers())');
CALL access.guard_table('referral_sending');
CREATE TRIGGER keep BEFORE UPDATE ON referral_sending FOR EACH ROW
  EXECUTE FUNCTION access.only_these('sent_at', 'sent_by', 'sent_how', 'disclosure_id', 'dropped_at', 'dropped_by');
CREATE TRIGGER said_once BEFORE UPDATE ON referral_sending FOR EACH ROW
  EXECUTE FUNCTION access.said_once('sent_at', 'sent_by', 'sent_how', 'disclosure_id');

-- ---------------------------------------------------------------- a consent may name a service

ALTER TABLE consent ALTER support_id DROP NOT NULL;
ALTER TABLE consent
  ADD provider_id uuid,
  ADD CONSTRAINT names_one_recipient CHECK (num_nonnulls(support_id, provider_id) = 1),
  ADD FOREIGN KEY (provider_id, agency_id) REFERENCES provider (id, agency_id);
COMMENT ON TABLE consent IS 'A signed consent to tell one natural support or one service elsewhere (in the US 42 CFR 2.31); never edited, only revoked';
CREATE INDEX ON consent (provider_id);

ALTER TABLE disclosure
  ADD provider_id uuid,
  ADD topics text[],
  ADD FOREIGN KEY (provider_id, agency_id) REFERENCES provider (id, agency_id);
COMMENT ON COLUMN disclosure.topics IS 'What it was about, in the topics of consents; on a consent, none but those that it names. Null: told before topics were kept, or on another ground';
CREATE INDEX ON disclosure (provider_id);

-- As 0054 has it; a consent to a service is answered for by itself, for nobody flags a service.
CREATE OR REPLACE VIEW live_consent WITH (security_invoker = true) AS
SELECT c.id, c.agency_id, c.consumer_id, c.support_id, c.kind, c.topics, c.valid_from, c.expires_on, c.provider_id
FROM consent c
LEFT JOIN support s ON s.id = c.support_id
JOIN consumer p ON p.id = c.consumer_id
JOIN agency a ON a.id = c.agency_id
WHERE c.valid_from <= access.today() AND (c.expires_on IS NULL OR c.expires_on >= access.today())
  AND (s.id IS NOT NULL OR c.provider_id IS NOT NULL)
  AND (c.kind = 'criminal-justice') = coalesce(s.criminal_justice, false)
  AND (s.ended_on IS NULL OR s.ended_on > access.today())
  AND NOT (extract(year FROM age(c.signed_on, p.date_of_birth)) < people.age_of_consent(a.jurisdiction)
    AND extract(year FROM age(access.today(), p.date_of_birth)) >= people.age_of_consent(a.jurisdiction))
  AND NOT EXISTS (SELECT FROM consent_revocation r WHERE r.consent_id = c.id)
  AND NOT EXISTS (SELECT FROM no_contact n WHERE n.support_id = c.support_id AND n.lifted_at IS NULL);

-- What is told on the strength of a consent needs one that lives, names whoever is told, and names
-- every topic that is told: the database asks again.
CREATE OR REPLACE FUNCTION people.needs_live_consent() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NEW.basis = 'consent' AND access.staff() IS NOT NULL
    AND NOT EXISTS (SELECT FROM live_consent l WHERE l.id = NEW.consent_id
      AND l.support_id IS NOT DISTINCT FROM NEW.support_id AND l.provider_id IS NOT DISTINCT FROM NEW.provider_id
      AND cardinality(NEW.topics) > 0 AND NEW.topics <@ l.topics) THEN
    RAISE EXCEPTION 'no live consent carries this disclosure';
  END IF;
  RETURN NEW;
END $$;

-- A consent lets one service be told. Another name on the same entry would let another one be told.
CREATE FUNCTION people.provider_named(of_provider uuid) RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  BEGIN ATOMIC
    SELECT EXISTS (SELECT FROM consent c WHERE c.provider_id = of_provider AND c.agency_id = access.agency()
      AND NOT EXISTS (SELECT FROM consent_revocation r WHERE r.consent_id = c.id));
  END;
COMMENT ON FUNCTION people.provider_named(uuid) IS 'Whether somebody''s consent names this service; nobody''s name';
CREATE FUNCTION people.provider_keeps_name() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF people.fold(NEW.name) IS DISTINCT FROM people.fold(OLD.name) AND people.provider_named(OLD.id) THEN
    RAISE EXCEPTION 'a signed consent names this service';
  END IF;
  RETURN NEW;
END $$;
REVOKE EXECUTE ON FUNCTION people.provider_keeps_name() FROM throughcare_app;
CREATE TRIGGER keeps_name BEFORE UPDATE OF name ON provider FOR EACH ROW EXECUTE FUNCTION people.provider_keeps_name();
