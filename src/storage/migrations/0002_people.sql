-- The consumer, their episodes and enrolments, the people around them, and what they consented to.

CREATE TABLE consumer (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  agency_id uuid NOT NULL REFERENCES agency,
  number text NOT NULL,
  given_name text NOT NULL CHECK (length(given_name) BETWEEN 1 AND 100),
  family_name text NOT NULL CHECK (length(family_name) BETWEEN 1 AND 100),
  preferred_name text,
  pronouns text,
  date_of_birth date NOT NULL,
  phone text,
  safe_to_call text,
  language text NOT NULL DEFAULT 'English',
  interpreter boolean NOT NULL DEFAULT false,
  access_needs text,
  search_key text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  created_by uuid REFERENCES staff,
  UNIQUE (agency_id, number)
);
COMMENT ON TABLE consumer IS 'A person the agency serves: identity and how to meet them, nothing clinical';
COMMENT ON COLUMN consumer.number IS 'The agency''s own number for them, random, so that it can be said aloud';
COMMENT ON COLUMN consumer.safe_to_call IS 'How and when it is safe to reach them';
COMMENT ON COLUMN consumer.search_key IS 'Names folded to plain lower case, for people.search';
CREATE INDEX ON consumer USING gin (search_key gin_trgm_ops);
CREATE INDEX ON consumer (agency_id, family_name, given_name);
CREATE INDEX ON consumer (agency_id, date_of_birth);

CREATE TABLE episode (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  agency_id uuid NOT NULL REFERENCES agency,
  consumer_id uuid NOT NULL REFERENCES consumer,
  previous_id uuid REFERENCES episode,
  opened_on date NOT NULL,
  closed_on date,
  closed_reason text,
  during daterange NOT NULL GENERATED ALWAYS AS (daterange(opened_on, closed_on, '[]')) STORED,
  CHECK (closed_on IS NULL OR closed_on >= opened_on)
);
COMMENT ON TABLE episode IS 'A stretch of care from opening to closing; a return is a new, linked one';
CREATE UNIQUE INDEX one_open_episode ON episode (consumer_id) WHERE closed_on IS NULL;
CREATE INDEX ON episode (consumer_id, opened_on);

CREATE TABLE enrolment (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  agency_id uuid NOT NULL REFERENCES agency,
  consumer_id uuid NOT NULL REFERENCES consumer,
  episode_id uuid NOT NULL REFERENCES episode,
  program_id uuid NOT NULL REFERENCES program,
  requested_on date NOT NULL,
  valid_from date,
  valid_to date,
  end_reason text,
  during daterange GENERATED ALWAYS AS (CASE WHEN valid_from IS NULL THEN 'empty'::daterange ELSE daterange(valid_from, valid_to, '[]') END) STORED,
  EXCLUDE USING gist (consumer_id WITH =, program_id WITH =, during WITH &&)
);
COMMENT ON TABLE enrolment IS 'Waiting for, in, or once in a programme';
COMMENT ON COLUMN enrolment.valid_from IS 'The first day in the programme; null while waiting';
CREATE INDEX ON enrolment (consumer_id);
CREATE INDEX ON enrolment (program_id, consumer_id);
CREATE INDEX ON enrolment (episode_id);

CREATE TABLE assignment (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  agency_id uuid NOT NULL REFERENCES agency,
  consumer_id uuid NOT NULL REFERENCES consumer,
  staff_id uuid NOT NULL REFERENCES staff,
  part text NOT NULL CHECK (part IN ('keyworker', 'peer-mentor')),
  valid_from date NOT NULL,
  valid_to date,
  during daterange NOT NULL GENERATED ALWAYS AS (daterange(valid_from, valid_to, '[]')) STORED,
  UNIQUE (consumer_id, staff_id, part, during WITHOUT OVERLAPS)
);
COMMENT ON TABLE assignment IS 'Who is whose keyworker (in the US: primary counselor) or peer mentor, from day to day';
CREATE UNIQUE INDEX one_keyworker ON assignment (consumer_id) WHERE part = 'keyworker' AND valid_to IS NULL;
CREATE INDEX ON assignment (staff_id, consumer_id);

CREATE TABLE emergency_access (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  agency_id uuid NOT NULL REFERENCES agency,
  consumer_id uuid NOT NULL REFERENCES consumer,
  staff_id uuid NOT NULL REFERENCES staff,
  reason text NOT NULL CHECK (length(reason) >= 10),
  opened_at timestamptz NOT NULL DEFAULT now(),
  until timestamptz NOT NULL,
  reviewed_by uuid REFERENCES staff,
  reviewed_at timestamptz,
  review text
);
COMMENT ON TABLE emergency_access IS 'A colleague outside the programme who had to act: for a limited time, and a supervisor reads why';
CREATE INDEX ON emergency_access (staff_id, until);
CREATE INDEX ON emergency_access (consumer_id);
CREATE INDEX ON emergency_access (agency_id) WHERE reviewed_at IS NULL;

-- Everybody's whole record that the acting member of staff may open.
CREATE FUNCTION access.record_consumers() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public ROWS 200
  BEGIN ATOMIC
    SELECT consumer_id FROM enrolment WHERE program_id IN (SELECT access.my_programs())
    UNION
    SELECT consumer_id FROM emergency_access
    WHERE staff_id = access.staff() AND until > now() AND agency_id = access.agency()
      AND access.has_role('counselor', 'keyworker', 'supervisor', 'program-manager');
  END;
COMMENT ON FUNCTION access.record_consumers() IS 'Enrolled in, waiting for or once in my programmes, or opened in an emergency that has not run out';

CREATE FUNCTION access.mentored() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public ROWS 20
  BEGIN ATOMIC
    SELECT consumer_id FROM assignment
    WHERE staff_id = access.staff() AND part = 'peer-mentor' AND during @> access.today()
      AND access.has_role('peer-mentor');
  END;

CREATE FUNCTION access.clinical() RETURNS boolean LANGUAGE sql STABLE
  RETURN access.has_role('counselor', 'keyworker', 'supervisor', 'program-manager');

CALL access.protect('consumer',
  'agency_id = access.agency() AND (access.has_role(''front-desk'', ''biller'') OR id IN (SELECT access.record_consumers()) OR id IN (SELECT access.mentored()))',
  'agency_id = access.agency() AND (access.has_role(''front-desk'') OR id IN (SELECT access.record_consumers()))',
  may_update => true);
-- A new person is not in anybody's programme yet: who may enrol may also add.
CREATE POLICY arrivals ON consumer FOR INSERT TO throughcare_app
  WITH CHECK (agency_id = access.agency() AND access.clinical());

CALL access.protect('episode',
  'agency_id = access.agency() AND consumer_id IN (SELECT access.record_consumers())',
  'agency_id = access.agency() AND (access.clinical() OR access.has_role(''front-desk''))');
DROP POLICY editors ON episode;
CREATE POLICY editors ON episode FOR UPDATE TO throughcare_app
  USING (agency_id = access.agency() AND consumer_id IN (SELECT access.record_consumers()))
  WITH CHECK (agency_id = access.agency() AND consumer_id IN (SELECT access.record_consumers()));

CALL access.protect('enrolment',
  'agency_id = access.agency() AND consumer_id IN (SELECT access.record_consumers())',
  'agency_id = access.agency() AND access.clinical() AND (program_id IN (SELECT access.my_programs()) OR consumer_id IN (SELECT access.record_consumers()))');

CALL access.protect('assignment',
  'agency_id = access.agency() AND (consumer_id IN (SELECT access.record_consumers()) OR staff_id = access.staff())',
  'agency_id = access.agency() AND access.clinical() AND consumer_id IN (SELECT access.record_consumers())');

CALL access.protect('emergency_access',
  'agency_id = access.agency() AND (staff_id = access.staff() OR access.has_role(''supervisor'', ''program-manager''))',
  NULL);
-- Only the review is written from a page; opening goes through access.open_in_emergency.
GRANT UPDATE (reviewed_by, reviewed_at, review) ON emergency_access TO throughcare_app;
CREATE POLICY reviewers ON emergency_access FOR UPDATE TO throughcare_app
  USING (agency_id = access.agency() AND access.has_role('supervisor', 'program-manager') AND staff_id <> access.staff())
  WITH CHECK (agency_id = access.agency() AND reviewed_by = access.staff());

CREATE FUNCTION access.log_readable(ids uuid[]) RETURNS boolean LANGUAGE sql STABLE
  RETURN ids && ARRAY(SELECT access.record_consumers());
CALL access.protect('access_log',
  'agency_id = access.agency() AND access.log_readable(consumer_ids)',
  'agency_id = access.agency() AND staff_id = access.staff()', may_update => false);

-- A person is found by names and date of birth; the answer to "not yours" and "no such person" is
-- the same null. Four hours is this product's choice: long enough for a shift's crisis.
CREATE FUNCTION access.open_in_emergency(given text, family text, born date, why text) RETURNS uuid
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public AS $$
DECLARE found uuid;
BEGIN
  IF NOT access.clinical() THEN RETURN NULL; END IF;
  SELECT id INTO found FROM consumer
  WHERE agency_id = access.agency() AND date_of_birth = born
    AND lower(unaccent(family_name)) = lower(unaccent(family))
    AND lower(unaccent(given)) IN (lower(unaccent(given_name)), lower(unaccent(coalesce(preferred_name, given_name))))
  LIMIT 1;
  IF found IS NULL THEN RETURN NULL; END IF;
  INSERT INTO emergency_access (agency_id, consumer_id, staff_id, reason, until)
  VALUES (access.agency(), found, access.staff(), why, now() + interval '4 hours');
  INSERT INTO access_log (agency_id, staff_id, action, room, consumer_ids, reason)
  VALUES (access.agency(), access.staff(), 'emergency', 'emergency-access', ARRAY[found], why);
  RETURN found;
END $$;

-- ---------------------------------------------------------------- finding people

CREATE SCHEMA people;
GRANT USAGE ON SCHEMA people TO throughcare_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA people GRANT EXECUTE ON FUNCTIONS TO throughcare_app;

CREATE FUNCTION people.fold(name text) RETURNS text LANGUAGE sql STABLE
  RETURN lower(public.unaccent(name));

CREATE FUNCTION people.set_search_key() RETURNS trigger LANGUAGE plpgsql SET search_path = public AS $$
BEGIN
  NEW.search_key := people.fold(concat_ws(' ', NEW.given_name, NEW.preferred_name, NEW.family_name, NEW.number));
  RETURN NEW;
END $$;
CREATE TRIGGER search_key BEFORE INSERT OR UPDATE ON consumer FOR EACH ROW EXECUTE FUNCTION people.set_search_key();

-- Operators of text search are not leakproof, so under row security they could not use their
-- index. This function has the owner's rights and asks the same access rules itself.
CREATE FUNCTION people.search(words text, born date, most integer) RETURNS SETOF uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public
  BEGIN ATOMIC
    SELECT c.id FROM consumer c
    WHERE c.agency_id = access.agency()
      AND (words = '' OR c.search_key LIKE ALL (
        SELECT '%' || replace(replace(replace(word, '\', '\\'), '%', '\%'), '_', '\_') || '%'
        FROM unnest(string_to_array(people.fold(words), ' ')) AS word WHERE word <> ''))
      AND (born IS NULL OR c.date_of_birth = born)
      AND (access.has_role('front-desk', 'biller')
        OR c.id IN (SELECT access.record_consumers()) OR c.id IN (SELECT access.mentored()))
    ORDER BY c.family_name, c.given_name, c.id
    LIMIT least(most, 100);
  END;

-- ---------------------------------------------------------------- the people around a consumer

CREATE TABLE support (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  agency_id uuid NOT NULL REFERENCES agency,
  consumer_id uuid NOT NULL REFERENCES consumer,
  kind text NOT NULL CHECK (kind IN ('family-member', 'significant-other', 'referral-source')),
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  relation text NOT NULL,
  organisation text,
  criminal_justice boolean NOT NULL DEFAULT false,
  phone text,
  email text,
  language text NOT NULL DEFAULT 'English',
  interpreter boolean NOT NULL DEFAULT false,
  notes text,
  ended_on date,
  created_at timestamptz NOT NULL DEFAULT now(),
  CHECK (kind <> 'referral-source' OR organisation IS NOT NULL)
);
COMMENT ON TABLE support IS 'A natural support: family member, significant other or referral source';
COMMENT ON COLUMN support.criminal_justice IS 'Probation, court or parole: consent to them is of its own kind (42 CFR 2.35)';
CREATE INDEX ON support (consumer_id);

CREATE TABLE no_contact (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  agency_id uuid NOT NULL REFERENCES agency,
  consumer_id uuid NOT NULL REFERENCES consumer,
  support_id uuid NOT NULL REFERENCES support,
  reason text NOT NULL CHECK (length(reason) > 0),
  set_at timestamptz NOT NULL DEFAULT now(),
  set_by uuid NOT NULL REFERENCES staff,
  lifted_at timestamptz,
  lifted_by uuid REFERENCES staff,
  lifted_reason text
);
COMMENT ON TABLE no_contact IS 'Violence, coercion, a court''s order: beats any consent while it stands';
CREATE UNIQUE INDEX one_standing ON no_contact (support_id) WHERE lifted_at IS NULL;
CREATE INDEX ON no_contact (consumer_id);

CREATE TABLE consent (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  agency_id uuid NOT NULL REFERENCES agency,
  consumer_id uuid NOT NULL REFERENCES consumer,
  support_id uuid NOT NULL REFERENCES support,
  kind text NOT NULL CHECK (kind IN ('disclosure', 'criminal-justice')),
  discloser text NOT NULL,
  recipient text NOT NULL,
  topics text[] NOT NULL CHECK (cardinality(topics) > 0),
  purpose text NOT NULL,
  signed_on date NOT NULL,
  signers jsonb NOT NULL,
  manner text NOT NULL CHECK (manner IN ('paper', 'electronic')),
  valid_from date NOT NULL,
  expires_on date,
  expiry_event text,
  created_at timestamptz NOT NULL DEFAULT now(),
  created_by uuid NOT NULL REFERENCES staff,
  CHECK (expires_on IS NOT NULL OR expiry_event IS NOT NULL),
  CHECK (expires_on IS NULL OR expires_on >= valid_from)
);
COMMENT ON TABLE consent IS 'A signed consent to disclose to one natural support (42 CFR 2.31); never edited, only revoked';
COMMENT ON COLUMN consent.topics IS 'What may be told: attendance, treatment-plan, discharge-plan, relapse-plan, needs, progress';
COMMENT ON COLUMN consent.signers IS 'Who signed and as what: [{as: consumer | parent-or-guardian, name, evidence}]';
CREATE INDEX ON consent (consumer_id);
CREATE INDEX ON consent (support_id);

CREATE TABLE consent_revocation (
  consent_id uuid PRIMARY KEY REFERENCES consent,
  agency_id uuid NOT NULL REFERENCES agency,
  consumer_id uuid NOT NULL REFERENCES consumer,
  revoked_at timestamptz NOT NULL DEFAULT now(),
  reason text NOT NULL,
  recorded_by uuid NOT NULL REFERENCES staff
);
COMMENT ON TABLE consent_revocation IS 'From this moment the consent is dead; what was told before stays told';
CREATE INDEX ON consent_revocation (consumer_id);

CREATE TABLE disclosure (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  agency_id uuid NOT NULL REFERENCES agency,
  consumer_id uuid NOT NULL REFERENCES consumer,
  support_id uuid REFERENCES support,
  recipient text NOT NULL,
  basis text NOT NULL CHECK (basis IN ('consent', 'medical-emergency', 'child-abuse-report', 'court-order', 'audit', 'crime-on-premises')),
  consent_id uuid REFERENCES consent,
  what text NOT NULL,
  purpose text NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  disclosed_by uuid NOT NULL REFERENCES staff,
  CHECK ((basis = 'consent') = (consent_id IS NOT NULL))
);
COMMENT ON TABLE disclosure IS 'What left the agency, to whom, on what basis: the accounting of 42 CFR 2.25';
CREATE INDEX ON disclosure (consumer_id, at);

CALL access.protect('support',
  'agency_id = access.agency() AND (consumer_id IN (SELECT access.record_consumers()) OR consumer_id IN (SELECT access.mentored()))',
  'agency_id = access.agency() AND consumer_id IN (SELECT access.record_consumers())');
CALL access.protect('no_contact',
  'agency_id = access.agency() AND (consumer_id IN (SELECT access.record_consumers()) OR consumer_id IN (SELECT access.mentored()))',
  'agency_id = access.agency() AND consumer_id IN (SELECT access.record_consumers())');
CALL access.protect('consent',
  'agency_id = access.agency() AND consumer_id IN (SELECT access.record_consumers())',
  'agency_id = access.agency() AND consumer_id IN (SELECT access.record_consumers())', may_update => false);
CALL access.protect('consent_revocation',
  'agency_id = access.agency() AND consumer_id IN (SELECT access.record_consumers())',
  'agency_id = access.agency() AND consumer_id IN (SELECT access.record_consumers())', may_update => false);
CALL access.protect('disclosure',
  'agency_id = access.agency() AND consumer_id IN (SELECT access.record_consumers())',
  'agency_id = access.agency() AND consumer_id IN (SELECT access.record_consumers())', may_update => false);

CREATE TRIGGER keep BEFORE UPDATE OR DELETE OR TRUNCATE ON consent FOR EACH STATEMENT EXECUTE FUNCTION access.refuse();
CREATE TRIGGER keep BEFORE UPDATE OR DELETE OR TRUNCATE ON consent_revocation FOR EACH STATEMENT EXECUTE FUNCTION access.refuse();
CREATE TRIGGER keep BEFORE UPDATE OR DELETE OR TRUNCATE ON disclosure FOR EACH STATEMENT EXECUTE FUNCTION access.refuse();

-- A consent answers for one support on one day; a standing no-contact flag silences all of them.
CREATE VIEW live_consent WITH (security_invoker = true) AS
SELECT c.id, c.agency_id, c.consumer_id, c.support_id, c.kind, c.topics, c.valid_from, c.expires_on
FROM consent c
WHERE c.valid_from <= access.today() AND (c.expires_on IS NULL OR c.expires_on >= access.today())
  AND NOT EXISTS (SELECT FROM consent_revocation r WHERE r.consent_id = c.id)
  AND NOT EXISTS (SELECT FROM no_contact n WHERE n.support_id = c.support_id AND n.lifted_at IS NULL);
COMMENT ON VIEW live_consent IS 'Consents that hold today and that no standing no-contact flag silences';
GRANT SELECT ON live_consent TO throughcare_app;
