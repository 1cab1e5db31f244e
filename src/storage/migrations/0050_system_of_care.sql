-- The system around a service: from first contact to aftercare and back (Models of Care, A to C).
-- What a stay, a wait or a journey is at a moment is folded from these rows and their dates; no
-- status is kept beside them.

-- ---------------------------------------------------------------- what every table gets

CREATE PROCEDURE access.guard_table(tab regclass) LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE written text; hands text; one record;
BEGIN
  -- A key to a row of an agency carries the agency along.
  FOR one IN
    SELECT k.conname, k.confrelid::regclass AS target, a.attname AS col FROM pg_constraint k
    JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1]
    WHERE k.conrelid = tab AND k.contype = 'f' AND cardinality(k.conkey) = 1 AND k.confrelid <> 'agency'::regclass
  LOOP
    EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', tab, one.conname);
    EXECUTE format('ALTER TABLE %s ADD CONSTRAINT %I FOREIGN KEY (%I, agency_id) REFERENCES %s (id, agency_id)', tab, one.conname, one.col, one.target);
  END LOOP;
  IF has_table_privilege('throughcare_app', tab, 'UPDATE') THEN
    SELECT string_agg(format('%I', attname), ', ' ORDER BY attnum) INTO written FROM pg_attribute
    WHERE attrelid = tab AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
      AND attname NOT IN ('id', 'agency_id', 'consumer_id', 'episode_id', 'created_at', 'created_by', 'recorded_at', 'recorded_by', 'added_at', 'added_by', 'taken_at', 'taken_by');
    EXECUTE format('REVOKE UPDATE ON %s FROM throughcare_app', tab);
    IF written IS NOT NULL THEN EXECUTE format('GRANT UPDATE (%s) ON %s TO throughcare_app', written, tab); END IF;
  END IF;
  SELECT string_agg(quote_literal(attname), ', ' ORDER BY attnum) INTO hands FROM pg_attribute
  WHERE attrelid = tab AND attnum > 0 AND NOT attisdropped AND atttypid = 'uuid'::regtype AND attname ~ '(^|_)by$';
  IF hands IS NOT NULL THEN
    EXECUTE format('CREATE TRIGGER own_hand BEFORE INSERT OR UPDATE ON %s FOR EACH ROW EXECUTE FUNCTION access.own_hand(%s)', tab, hands);
  END IF;
END $$;
COMMENT ON PROCEDURE access.guard_table(regclass) IS 'Keys carry their agency; whose a row is, who wrote it first and when is never written again; who did something is whoever writes it';
REVOKE EXECUTE ON PROCEDURE access.guard_table(regclass) FROM PUBLIC;

-- ---------------------------------------------------------------- the agency's own choices

ALTER TABLE agency
  ADD intake_program_id uuid,
  ADD triage_urgent_days integer NOT NULL DEFAULT 1 CHECK (triage_urgent_days BETWEEN 0 AND 60),
  ADD triage_routine_days integer NOT NULL DEFAULT 5 CHECK (triage_routine_days BETWEEN 0 AND 60),
  ADD wait_target_days integer NOT NULL DEFAULT 21 CHECK (wait_target_days BETWEEN 1 AND 365),
  ADD return_target_days integer NOT NULL DEFAULT 5 CHECK (return_target_days BETWEEN 0 AND 60),
  ADD not_seen_days integer NOT NULL DEFAULT 14 CHECK (not_seen_days BETWEEN 1 AND 365),
  ADD small_count integer NOT NULL DEFAULT 5 CHECK (small_count BETWEEN 1 AND 50),
  ADD crisis_lines text[] NOT NULL DEFAULT '{}',
  ADD FOREIGN KEY (intake_program_id, id) REFERENCES program (id, agency_id);
COMMENT ON COLUMN agency.intake_program_id IS 'Where a referral goes that the front desk takes: its team triages';
COMMENT ON COLUMN agency.triage_urgent_days IS 'Working days from an urgent referral to its triage; an emergency is the same day';
COMMENT ON COLUMN agency.wait_target_days IS 'Days from referral to an offered start; three weeks is England''s target';
COMMENT ON COLUMN agency.return_target_days IS 'Working days from a return to being seen; a local reading of swift access back (MC C)';
COMMENT ON COLUMN agency.not_seen_days IS 'Somebody in care and not seen for this long is on the morning list';
COMMENT ON COLUMN agency.small_count IS 'A count below this is not shown in what leaves the agency';
COMMENT ON COLUMN agency.crisis_lines IS 'Numbers that a person may call at any hour: "Samaritans 116 123"; they name no agency';

CREATE TABLE agency_bulletin (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  agency_id uuid NOT NULL REFERENCES agency,
  jurisdiction text NOT NULL,
  number text NOT NULL,
  valid_from date NOT NULL,
  valid_to date,
  during daterange NOT NULL GENERATED ALWAYS AS (daterange(valid_from, valid_to, '[]')) STORED,
  created_at timestamptz NOT NULL DEFAULT now(),
  created_by uuid,
  UNIQUE (agency_id, jurisdiction, number, during WITHOUT OVERLAPS),
  FOREIGN KEY (created_by, agency_id) REFERENCES staff (id, agency_id)
);
COMMENT ON TABLE agency_bulletin IS 'Which bulletins are in force for an agency; with no row: all of its jurisdiction';
CALL access.protect('agency_bulletin', 'agency_id = access.agency()',
  'agency_id = access.agency() AND access.has_role(''administrator'')');

CREATE TABLE duty_shift (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  agency_id uuid NOT NULL REFERENCES agency,
  staff_id uuid NOT NULL,
  starts timestamptz NOT NULL,
  ends timestamptz NOT NULL CHECK (ends > starts),
  created_at timestamptz NOT NULL DEFAULT now(),
  created_by uuid,
  FOREIGN KEY (staff_id, agency_id) REFERENCES staff (id, agency_id),
  FOREIGN KEY (created_by, agency_id) REFERENCES staff (id, agency_id)
);
COMMENT ON TABLE duty_shift IS 'Who is the duty clinician when: whom an alert reaches at once';
CREATE INDEX ON duty_shift (agency_id, ends);
CREATE INDEX ON duty_shift (staff_id);
CALL access.protect('duty_shift', 'agency_id = access.agency()',
  'agency_id = access.agency() AND access.has_role(''administrator'', ''supervisor'', ''program-manager'')', may_delete => true);

CREATE FUNCTION access.on_duty() RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  BEGIN ATOMIC
    SELECT access.clinical() AND (
      EXISTS (SELECT FROM duty_shift WHERE staff_id = access.staff() AND now() BETWEEN starts AND ends)
      OR NOT EXISTS (SELECT FROM duty_shift WHERE agency_id = access.agency() AND now() BETWEEN starts AND ends));
  END;
COMMENT ON FUNCTION access.on_duty() IS 'Whether the acting clinician is on duty now; when nobody is, every clinician is';

-- ---------------------------------------------------------------- referral, triage, assessment, waiting

ALTER TABLE enrolment ADD CONSTRAINT enrolment_of_consumer UNIQUE (id, consumer_id);

CREATE TABLE referral_in (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  agency_id uuid NOT NULL REFERENCES agency,
  consumer_id uuid NOT NULL REFERENCES consumer,
  episode_id uuid NOT NULL,
  enrolment_id uuid,
  received_at timestamptz NOT NULL DEFAULT now(),
  source text NOT NULL,
  source_name text CHECK (length(source_name) <= 200),
  urgency text NOT NULL CHECK (urgency IN ('emergency', 'urgent', 'routine')),
  reason text NOT NULL CHECK (length(reason) BETWEEN 1 AND 2000),
  pregnant boolean,
  injecting boolean,
  interim_help text CHECK (length(interim_help) <= 1000),
  recorded_at timestamptz NOT NULL DEFAULT now(),
  recorded_by uuid NOT NULL,
  UNIQUE (id, consumer_id),
  FOREIGN KEY (episode_id, consumer_id) REFERENCES episode (id, consumer_id),
  FOREIGN KEY (enrolment_id, consumer_id) REFERENCES enrolment (id, consumer_id),
  FOREIGN KEY (recorded_by, agency_id) REFERENCES staff (id, agency_id)
);
COMMENT ON TABLE referral_in IS 'A referral to the agency: it opens the episode, and its urgency sets the clock of triage';
COMMENT ON COLUMN referral_in.source IS 'self, relative, gp, hospital, psychiatry, prison, probation, court, social-services, drug-service, employer, outreach, open-access, come-back, other';
COMMENT ON COLUMN referral_in.enrolment_id IS 'The wait that it began: the programme whose team triages';
COMMENT ON COLUMN referral_in.pregnant IS 'Pregnant, or injecting: priority and interim help; null where nobody asked';
COMMENT ON COLUMN referral_in.interim_help IS 'What helps until care starts: naloxone, advice, a number to call';
CREATE INDEX ON referral_in (consumer_id, received_at);
CREATE INDEX ON referral_in (episode_id);
CREATE INDEX ON referral_in (agency_id, received_at);

CREATE TABLE triage (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  agency_id uuid NOT NULL REFERENCES agency,
  consumer_id uuid NOT NULL REFERENCES consumer,
  referral_in_id uuid NOT NULL,
  decided_at timestamptz NOT NULL DEFAULT now(),
  decided_by uuid NOT NULL,
  outcome text NOT NULL CHECK (outcome IN ('assess', 'advice', 'refer-on', 'could-not-reach', 'declined')),
  urgency text NOT NULL CHECK (urgency IN ('emergency', 'urgent', 'routine')),
  priority boolean NOT NULL DEFAULT false,
  risk_now text CHECK (length(risk_now) <= 1000),
  note text CHECK (length(note) <= 2000),
  FOREIGN KEY (referral_in_id, consumer_id) REFERENCES referral_in (id, consumer_id),
  FOREIGN KEY (decided_by, agency_id) REFERENCES staff (id, agency_id)
);
COMMENT ON TABLE triage IS 'What was decided about a referral, and when; the last one counts';
COMMENT ON COLUMN triage.priority IS 'Comes before others who wait: pregnant, injecting, or a risk that was found';
CREATE INDEX ON triage (referral_in_id, decided_at);
CREATE INDEX ON triage (consumer_id);

CREATE TABLE assessment (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  agency_id uuid NOT NULL REFERENCES agency,
  consumer_id uuid NOT NULL REFERENCES consumer,
  episode_id uuid NOT NULL,
  started_on date NOT NULL,
  started_by uuid NOT NULL,
  completed_at timestamptz,
  completed_by uuid,
  saves integer NOT NULL DEFAULT 0,
  injecting text CHECK (injecting IN ('never', 'before', 'now')),
  sharing boolean,
  overdose_ever boolean,
  overdose_last_year boolean,
  psychological_health text CHECK (length(psychological_health) <= 4000),
  severe_mental_illness boolean,
  physical_health text CHECK (length(physical_health) <= 4000),
  liver_disease boolean,
  pregnant boolean,
  due_on date,
  social_functioning text CHECK (length(social_functioning) <= 4000),
  housing text CHECK (housing IN ('settled', 'problem', 'none')),
  employment text CHECK (employment IN ('work', 'education', 'caring', 'unable', 'none', 'other')),
  children_at_home integer CHECK (children_at_home BETWEEN 0 AND 30),
  children_safeguarding text CHECK (length(children_safeguarding) <= 2000),
  offending text CHECK (length(offending) <= 4000),
  offending_now boolean,
  risk_to_self text CHECK (risk_to_self IN ('none', 'some', 'high')),
  risk_to_others text CHECK (risk_to_others IN ('none', 'some', 'high')),
  risk_of_violence_at_home boolean,
  risk_note text CHECK (length(risk_note) <= 2000),
  language_needs text CHECK (length(language_needs) <= 500),
  access_needs text CHECK (length(access_needs) <= 500),
  wants text CHECK (length(wants) <= 2000),
  preferred_approaches text[] NOT NULL DEFAULT '{}',
  wants_women_only boolean,
  wants_child_with boolean,
  preferred_locality text CHECK (length(preferred_locality) <= 200),
  summary text CHECK (length(summary) <= 4000),
  UNIQUE (id, consumer_id),
  FOREIGN KEY (episode_id, consumer_id) REFERENCES episode (id, consumer_id),
  FOREIGN KEY (started_by, agency_id) REFERENCES staff (id, agency_id),
  FOREIGN KEY (completed_by, agency_id) REFERENCES staff (id, agency_id),
  CHECK ((completed_at IS NULL) = (completed_by IS NULL))
);
COMMENT ON TABLE assessment IS 'A comprehensive assessment; a draft until it is completed, and then it stands: a new one follows it';
COMMENT ON COLUMN assessment.wants IS 'What the person wants from treatment, in their words';
CREATE INDEX ON assessment (consumer_id, started_on);
CREATE INDEX ON assessment (episode_id);
CREATE UNIQUE INDEX one_assessment_draft ON assessment (episode_id) WHERE completed_at IS NULL;

CREATE TABLE assessment_substance (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  agency_id uuid NOT NULL REFERENCES agency,
  consumer_id uuid NOT NULL REFERENCES consumer,
  assessment_id uuid NOT NULL,
  substance text NOT NULL,
  days_used integer CHECK (days_used BETWEEN 0 AND 28),
  route text CHECK (route IN ('oral', 'smoke', 'sniff', 'inject', 'other')),
  amount text CHECK (length(amount) <= 200),
  age_first integer CHECK (age_first BETWEEN 1 AND 120),
  position integer NOT NULL,
  FOREIGN KEY (assessment_id, consumer_id) REFERENCES assessment (id, consumer_id)
);
COMMENT ON TABLE assessment_substance IS 'A substance that is used: the first in place is the main problem; days of the last 28';
CREATE INDEX ON assessment_substance (assessment_id, position);
CREATE INDEX ON assessment_substance (consumer_id);

CREATE FUNCTION access.assessment_stands() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE of_id uuid := CASE WHEN TG_TABLE_NAME = 'assessment' THEN OLD.id
  ELSE (CASE WHEN TG_OP = 'INSERT' THEN to_jsonb(NEW) ELSE to_jsonb(OLD) END ->> 'assessment_id')::uuid END;
BEGIN
  IF EXISTS (SELECT FROM assessment a WHERE a.id = of_id AND a.completed_at IS NOT NULL) THEN
    RAISE EXCEPTION 'a completed assessment stands: a new one follows it';
  END IF;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
REVOKE EXECUTE ON FUNCTION access.assessment_stands() FROM throughcare_app;
CREATE TRIGGER assessment_stands BEFORE UPDATE OR DELETE ON assessment FOR EACH ROW EXECUTE FUNCTION access.assessment_stands();
CREATE TRIGGER assessment_stands BEFORE INSERT OR UPDATE OR DELETE ON assessment_substance FOR EACH ROW EXECUTE FUNCTION access.assessment_stands();

CREATE TABLE start_offer (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  agency_id uuid NOT NULL REFERENCES agency,
  consumer_id uuid NOT NULL REFERENCES consumer,
  episode_id uuid NOT NULL,
  program_id uuid NOT NULL,
  offered_on date NOT NULL,
  start_on date NOT NULL,
  offered_by uuid NOT NULL,
  answer text CHECK (answer IN ('accepted', 'declined', 'did-not-come')),
  answered_on date,
  answered_by uuid,
  note text CHECK (length(note) <= 1000),
  FOREIGN KEY (episode_id, consumer_id) REFERENCES episode (id, consumer_id),
  FOREIGN KEY (program_id, agency_id) REFERENCES program (id, agency_id),
  FOREIGN KEY (offered_by, agency_id) REFERENCES staff (id, agency_id),
  FOREIGN KEY (answered_by, agency_id) REFERENCES staff (id, agency_id),
  CHECK ((answer IS NULL) = (answered_on IS NULL))
);
COMMENT ON TABLE start_offer IS 'A start that was offered: it stops the clock of waiting on the day it was offered for';
CREATE INDEX ON start_offer (consumer_id);
CREATE INDEX ON start_offer (episode_id);

-- ---------------------------------------------------------------- coming back, and the duty clinician

CREATE TABLE come_back (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  agency_id uuid NOT NULL REFERENCES agency,
  consumer_id uuid NOT NULL REFERENCES consumer,
  episode_id uuid NOT NULL,
  previous_id uuid,
  asked_at timestamptz NOT NULL DEFAULT now(),
  relapsed_on date,
  taken_by uuid NOT NULL,
  told_staff_id uuid,
  told_seen_at timestamptz,
  what_and_when text CHECK (length(what_and_when) <= 1000),
  alone boolean,
  overdose boolean,
  suicide boolean,
  withdrawal boolean,
  pregnant_or_children boolean,
  seen_at timestamptz,
  seen_how text CHECK (length(seen_how) <= 500),
  UNIQUE (id, consumer_id),
  FOREIGN KEY (episode_id, consumer_id) REFERENCES episode (id, consumer_id),
  FOREIGN KEY (previous_id, consumer_id) REFERENCES episode (id, consumer_id),
  FOREIGN KEY (taken_by, agency_id) REFERENCES staff (id, agency_id),
  FOREIGN KEY (told_staff_id, agency_id) REFERENCES staff (id, agency_id)
);
COMMENT ON TABLE come_back IS 'Somebody came back: the new episode that it opened, and six questions, each of which may be skipped (null)';
COMMENT ON COLUMN come_back.told_staff_id IS 'The keyworker named on the aftercare plan, or the last one';
COMMENT ON COLUMN come_back.seen_at IS 'The first time they were seen: it stops the clock of swift access back';
CREATE INDEX ON come_back (consumer_id);
CREATE INDEX ON come_back (episode_id);
CREATE INDEX ON come_back (agency_id, asked_at);

CREATE TABLE duty_alert (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  agency_id uuid NOT NULL REFERENCES agency,
  consumer_id uuid NOT NULL REFERENCES consumer,
  come_back_id uuid,
  reasons text[] NOT NULL CHECK (cardinality(reasons) > 0),
  raised_at timestamptz NOT NULL DEFAULT now(),
  raised_by uuid NOT NULL,
  callback text CHECK (length(callback) <= 200),
  taken_up_at timestamptz,
  taken_up_by uuid,
  closed_at timestamptz,
  closed_by uuid,
  what_was_done text CHECK (length(what_was_done) <= 2000),
  FOREIGN KEY (come_back_id, consumer_id) REFERENCES come_back (id, consumer_id),
  FOREIGN KEY (raised_by, agency_id) REFERENCES staff (id, agency_id),
  FOREIGN KEY (taken_up_by, agency_id) REFERENCES staff (id, agency_id),
  FOREIGN KEY (closed_by, agency_id) REFERENCES staff (id, agency_id),
  CHECK ((closed_at IS NULL) = (what_was_done IS NULL))
);
COMMENT ON TABLE duty_alert IS 'Somebody may be in danger now: the duty clinician takes it up and says what was done';
COMMENT ON COLUMN duty_alert.reasons IS 'Which answers raised it: alone, overdose, suicide, withdrawal, pregnant-or-children, other';
CREATE INDEX ON duty_alert (agency_id) WHERE closed_at IS NULL;
CREATE INDEX ON duty_alert (consumer_id);

-- ---------------------------------------------------------------- leaving

CREATE TABLE leaving (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  agency_id uuid NOT NULL REFERENCES agency,
  consumer_id uuid NOT NULL REFERENCES consumer,
  episode_id uuid NOT NULL,
  placement_id uuid,
  ended_on date NOT NULL,
  planned boolean NOT NULL,
  reason text NOT NULL,
  note text CHECK (length(note) <= 1000),
  contact_due timestamptz,
  overdose_advice text CHECK (overdose_advice IN ('given', 'declined', 'not-possible')),
  overdose_advice_on date,
  overdose_advice_by uuid,
  naloxone text CHECK (naloxone IN ('given', 'has-it', 'declined', 'not-possible')),
  naloxone_on date,
  naloxone_by uuid,
  recorded_at timestamptz NOT NULL DEFAULT now(),
  recorded_by uuid NOT NULL,
  UNIQUE (id, consumer_id),
  FOREIGN KEY (episode_id, consumer_id) REFERENCES episode (id, consumer_id),
  FOREIGN KEY (overdose_advice_by, agency_id) REFERENCES staff (id, agency_id),
  FOREIGN KEY (naloxone_by, agency_id) REFERENCES staff (id, agency_id),
  FOREIGN KEY (recorded_by, agency_id) REFERENCES staff (id, agency_id),
  CHECK ((overdose_advice IS NULL) = (overdose_advice_on IS NULL)),
  CHECK ((naloxone IS NULL) = (naloxone_on IS NULL))
);
COMMENT ON TABLE leaving IS 'An ending, planned or not: overdose advice, naloxone and a contact within 48 hours stay asked for until they are answered';
COMMENT ON COLUMN leaving.contact_due IS '48 hours after the ending became known; null where there is nobody to contact any more';
CREATE INDEX ON leaving (consumer_id, ended_on);
CREATE INDEX ON leaving (episode_id);
CREATE INDEX ON leaving (agency_id, ended_on);

CREATE TABLE leaving_contact (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  agency_id uuid NOT NULL REFERENCES agency,
  consumer_id uuid NOT NULL REFERENCES consumer,
  leaving_id uuid NOT NULL,
  at timestamptz NOT NULL,
  how text NOT NULL CHECK (how IN ('telephone', 'text', 'visit', 'letter', 'through-a-support', 'came-in')),
  reached boolean NOT NULL,
  note text CHECK (length(note) <= 1000),
  recorded_at timestamptz NOT NULL DEFAULT now(),
  recorded_by uuid NOT NULL,
  FOREIGN KEY (leaving_id, consumer_id) REFERENCES leaving (id, consumer_id),
  FOREIGN KEY (recorded_by, agency_id) REFERENCES staff (id, agency_id)
);
COMMENT ON TABLE leaving_contact IS 'A try to reach somebody who left; the first that reached them ends the clock';
CREATE INDEX ON leaving_contact (leaving_id, at);
CREATE INDEX ON leaving_contact (consumer_id);

-- ---------------------------------------------------------------- prescribing within a package (MC A3)

CREATE TABLE prescribing (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  agency_id uuid NOT NULL REFERENCES agency,
  consumer_id uuid NOT NULL REFERENCES consumer,
  episode_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('medically-assisted-withdrawal', 'relapse-prevention', 'opioid-substitution', 'other')),
  what text NOT NULL CHECK (length(what) BETWEEN 1 AND 300),
  prescriber text NOT NULL CHECK (length(prescriber) BETWEEN 1 AND 200),
  setting text NOT NULL CHECK (setting IN ('inpatient', 'residential', 'community')),
  placement_id uuid,
  valid_from date NOT NULL,
  valid_to date,
  end_reason text CHECK (length(end_reason) <= 300),
  recorded_at timestamptz NOT NULL DEFAULT now(),
  recorded_by uuid NOT NULL,
  UNIQUE (id, consumer_id),
  FOREIGN KEY (episode_id, consumer_id) REFERENCES episode (id, consumer_id),
  FOREIGN KEY (recorded_by, agency_id) REFERENCES staff (id, agency_id),
  CHECK (valid_to IS NULL OR valid_to >= valid_from)
);
COMMENT ON TABLE prescribing IS 'MC A3: a course that somebody prescribes, within a package of care; a note of it, not a prescription';
CREATE INDEX ON prescribing (consumer_id, valid_from);
CREATE INDEX ON prescribing (episode_id);

-- ---------------------------------------------------------------- services elsewhere: the directory

CREATE TABLE provider (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  agency_id uuid NOT NULL REFERENCES agency,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  kinds text[] NOT NULL CHECK (cardinality(kinds) > 0),
  what text CHECK (length(what) <= 1000),
  phone text,
  email text,
  address text,
  locality text,
  times text CHECK (length(times) <= 500),
  open_access boolean NOT NULL DEFAULT false,
  women_only boolean NOT NULL DEFAULT false,
  active boolean NOT NULL DEFAULT true,
  created_at timestamptz NOT NULL DEFAULT now(),
  created_by uuid,
  UNIQUE (id, agency_id),
  UNIQUE (agency_id, name),
  FOREIGN KEY (created_by, agency_id) REFERENCES staff (id, agency_id)
);
COMMENT ON TABLE provider IS 'The directory: services, meetings, drop-ins and groups of others, with times and places (MC A2, C1, C2)';
COMMENT ON COLUMN provider.kinds IS 'medical, psychiatric, child-care, social-care, housing, benefits, legal, mutual-aid, harm-reduction, relapse-prevention, education, employment, relationships, parenting, womens-service, peer-mentoring, activity, family-service, detox, rehab, crisis, domestic-abuse, other';
CREATE INDEX ON provider USING gin (kinds);
CALL access.protect('provider', 'agency_id = access.agency()',
  'agency_id = access.agency() AND (access.clinical() OR access.has_role(''administrator''))');

-- ---------------------------------------------------------------- placements (MC B1 to B4)

CREATE TABLE unit (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  agency_id uuid NOT NULL REFERENCES agency,
  program_id uuid,
  provider_id uuid,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  kind text NOT NULL CHECK (kind IN ('detox', 'rehab', 'crisis', 'second-stage', 'supported-housing', 'other')),
  approach text CHECK (approach IN ('therapeutic-community', '12-step', 'faith-based', 'social-learning', 'crisis-intervention', 'eclectic', 'other')),
  drug_free boolean NOT NULL DEFAULT false,
  women_only boolean NOT NULL DEFAULT false,
  men_only boolean NOT NULL DEFAULT false,
  takes_children boolean NOT NULL DEFAULT false,
  serves text[] NOT NULL DEFAULT '{}',
  does_not_take text[] NOT NULL DEFAULT '{}',
  attached_to uuid,
  locality text,
  staffing text CHECK (length(staffing) <= 300),
  about text CHECK (length(about) <= 2000),
  weeks integer CHECK (weeks BETWEEN 1 AND 200),
  active boolean NOT NULL DEFAULT true,
  created_at timestamptz NOT NULL DEFAULT now(),
  created_by uuid,
  UNIQUE (id, agency_id),
  UNIQUE (agency_id, name),
  FOREIGN KEY (program_id, agency_id) REFERENCES program (id, agency_id),
  FOREIGN KEY (provider_id, agency_id) REFERENCES provider (id, agency_id),
  FOREIGN KEY (attached_to, agency_id) REFERENCES unit (id, agency_id),
  FOREIGN KEY (created_by, agency_id) REFERENCES staff (id, agency_id),
  CHECK (num_nonnulls(program_id, provider_id) = 1),
  CHECK (NOT (women_only AND men_only)),
  CHECK (attached_to IS NULL OR kind = 'detox')
);
COMMENT ON TABLE unit IS 'Where people stay: a unit of a programme of ours, or of a service elsewhere (MC B1 to B4)';
COMMENT ON COLUMN unit.serves IS 'Particular groups (MC B3): pregnant, liver-disease, severe-mental-illness, offenders, young-adults, couples';
COMMENT ON COLUMN unit.does_not_take IS 'What it cannot care for safely, by the same codes and: children, current-prescribing';
COMMENT ON COLUMN unit.attached_to IS 'The rehab that a detox is attached to (MC B2): one stay moves through both';
CREATE INDEX ON unit (program_id);
CREATE INDEX ON unit (provider_id);

CREATE TABLE bed (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  agency_id uuid NOT NULL REFERENCES agency,
  unit_id uuid NOT NULL,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  overflow boolean NOT NULL DEFAULT false,
  child_place boolean NOT NULL DEFAULT false,
  active boolean NOT NULL DEFAULT true,
  UNIQUE (id, agency_id),
  UNIQUE (unit_id, name),
  FOREIGN KEY (unit_id, agency_id) REFERENCES unit (id, agency_id)
);
COMMENT ON TABLE bed IS 'A bed of a unit; overflow: a place made in an emergency, and counted as such';

CREATE TABLE placement (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  agency_id uuid NOT NULL REFERENCES agency,
  consumer_id uuid NOT NULL REFERENCES consumer,
  episode_id uuid NOT NULL,
  unit_id uuid NOT NULL,
  requested_on date NOT NULL,
  requested_by uuid NOT NULL,
  why text CHECK (length(why) <= 2000),
  children_with integer NOT NULL DEFAULT 0 CHECK (children_with BETWEEN 0 AND 10),
  joint_service text CHECK (length(joint_service) <= 200),
  joint_lead text CHECK (length(joint_lead) <= 200),
  joint_who_does_what text CHECK (length(joint_who_does_what) <= 2000),
  admitted_on date,
  expected_to date,
  ended_on date,
  end_planned boolean,
  end_reason text CHECK (length(end_reason) <= 300),
  end_note text CHECK (length(end_note) <= 1000),
  withdrawn_on date,
  withdrawn_reason text CHECK (length(withdrawn_reason) <= 300),
  without_residential_reason text CHECK (length(without_residential_reason) <= 500),
  UNIQUE (id, consumer_id),
  FOREIGN KEY (episode_id, consumer_id) REFERENCES episode (id, consumer_id),
  FOREIGN KEY (unit_id, agency_id) REFERENCES unit (id, agency_id),
  FOREIGN KEY (requested_by, agency_id) REFERENCES staff (id, agency_id),
  CHECK ((ended_on IS NULL) = (end_planned IS NULL)),
  CHECK (ended_on IS NULL OR (admitted_on IS NOT NULL AND ended_on >= admitted_on)),
  CHECK (withdrawn_on IS NULL OR admitted_on IS NULL)
);
COMMENT ON TABLE placement IS 'One stay, from being asked for to its end; a move from detox to the rehab it is attached to stays the same stay';
COMMENT ON COLUMN placement.unit_id IS 'Where it was asked for; where the person is now is the unit of the bed they are in';
COMMENT ON COLUMN placement.without_residential_reason IS 'Why second stage without a residential stay before it';
CREATE INDEX ON placement (consumer_id, requested_on);
CREATE INDEX ON placement (episode_id);
CREATE INDEX ON placement (unit_id) WHERE ended_on IS NULL AND withdrawn_on IS NULL;

CREATE TABLE bed_stay (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  agency_id uuid NOT NULL REFERENCES agency,
  consumer_id uuid NOT NULL REFERENCES consumer,
  placement_id uuid NOT NULL,
  bed_id uuid NOT NULL,
  starts_on date NOT NULL,
  ends_on date,
  arrived_on date,
  left_on date,
  cancelled_on date,
  cancelled_reason text CHECK (length(cancelled_reason) <= 300),
  booked_at timestamptz NOT NULL DEFAULT now(),
  booked_by uuid NOT NULL,
  during daterange NOT NULL GENERATED ALWAYS AS (
    CASE WHEN cancelled_on IS NOT NULL THEN 'empty'::daterange
      ELSE daterange(coalesce(arrived_on, starts_on), coalesce(left_on, ends_on), '[)') END) STORED,
  CONSTRAINT one_bed_one_person EXCLUDE USING gist (bed_id WITH =, during WITH &&),
  CONSTRAINT one_person_one_bed EXCLUDE USING gist (consumer_id WITH =, during WITH &&),
  FOREIGN KEY (placement_id, consumer_id) REFERENCES placement (id, consumer_id),
  FOREIGN KEY (bed_id, agency_id) REFERENCES bed (id, agency_id),
  FOREIGN KEY (booked_by, agency_id) REFERENCES staff (id, agency_id),
  CHECK (ends_on IS NULL OR ends_on >= starts_on),
  CHECK (left_on IS NULL OR (arrived_on IS NOT NULL AND left_on >= arrived_on)),
  CHECK (cancelled_on IS NULL OR arrived_on IS NULL)
);
COMMENT ON TABLE bed_stay IS 'A bed for somebody from a day until the day they leave it, on which the next may come; never two at once';
CREATE UNIQUE INDEX one_in_bed ON bed_stay (bed_id) WHERE arrived_on IS NOT NULL AND left_on IS NULL;
CREATE INDEX ON bed_stay (placement_id);
CREATE INDEX ON bed_stay (consumer_id);

CREATE TABLE leave_of_absence (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  agency_id uuid NOT NULL REFERENCES agency,
  consumer_id uuid NOT NULL REFERENCES consumer,
  placement_id uuid NOT NULL,
  from_on date NOT NULL,
  back_by date NOT NULL CHECK (back_by >= from_on),
  why text CHECK (length(why) <= 500),
  returned_on date,
  recorded_at timestamptz NOT NULL DEFAULT now(),
  recorded_by uuid NOT NULL,
  FOREIGN KEY (placement_id, consumer_id) REFERENCES placement (id, consumer_id),
  FOREIGN KEY (recorded_by, agency_id) REFERENCES staff (id, agency_id)
);
COMMENT ON TABLE leave_of_absence IS 'Days away during a stay; the bed is kept';
CREATE INDEX ON leave_of_absence (placement_id);
CREATE INDEX ON leave_of_absence (consumer_id);

CREATE TABLE funding (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  agency_id uuid NOT NULL REFERENCES agency,
  consumer_id uuid NOT NULL REFERENCES consumer,
  placement_id uuid NOT NULL,
  funder text NOT NULL CHECK (length(funder) BETWEEN 1 AND 200),
  panel_on date,
  state text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'agreed', 'refused')),
  decided_on date,
  weeks integer CHECK (weeks BETWEEN 1 AND 200),
  cents_per_week integer CHECK (cents_per_week >= 0),
  note text CHECK (length(note) <= 1000),
  recorded_at timestamptz NOT NULL DEFAULT now(),
  recorded_by uuid NOT NULL,
  FOREIGN KEY (placement_id, consumer_id) REFERENCES placement (id, consumer_id),
  FOREIGN KEY (recorded_by, agency_id) REFERENCES staff (id, agency_id),
  CHECK ((state = 'pending') = (decided_on IS NULL))
);
COMMENT ON TABLE funding IS 'Who pays for a stay, from the panel''s day to its answer; often several';
CREATE INDEX ON funding (placement_id);
CREATE INDEX ON funding (consumer_id);

CREATE TABLE use_event (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  agency_id uuid NOT NULL REFERENCES agency,
  consumer_id uuid NOT NULL REFERENCES consumer,
  episode_id uuid NOT NULL,
  placement_id uuid,
  happened_on date NOT NULL,
  what text NOT NULL CHECK (length(what) BETWEEN 1 AND 1000),
  review_due date NOT NULL,
  reviewed_on date,
  reviewed_by uuid,
  review text CHECK (length(review) <= 2000),
  recorded_at timestamptz NOT NULL DEFAULT now(),
  recorded_by uuid NOT NULL,
  FOREIGN KEY (episode_id, consumer_id) REFERENCES episode (id, consumer_id),
  FOREIGN KEY (placement_id, consumer_id) REFERENCES placement (id, consumer_id),
  FOREIGN KEY (reviewed_by, agency_id) REFERENCES staff (id, agency_id),
  FOREIGN KEY (recorded_by, agency_id) REFERENCES staff (id, agency_id),
  CHECK ((reviewed_on IS NULL) = (review IS NULL))
);
COMMENT ON TABLE use_event IS 'A return to use: it asks for a review with the person and ends nothing by itself';
CREATE INDEX ON use_event (consumer_id);
CREATE INDEX ON use_event (agency_id, review_due) WHERE reviewed_on IS NULL;

ALTER TABLE leaving ADD FOREIGN KEY (placement_id, consumer_id) REFERENCES placement (id, consumer_id);
ALTER TABLE prescribing ADD FOREIGN KEY (placement_id, consumer_id) REFERENCES placement (id, consumer_id);
CREATE INDEX ON leaving (placement_id);
CREATE INDEX ON prescribing (placement_id);

-- ---------------------------------------------------------------- aftercare (MC C, C1, C2)

ALTER TABLE relapse_trigger ADD sign boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN relapse_trigger.sign IS 'An early sign that a return to use is near, rather than what brings it on';

CREATE TABLE aftercare_plan (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  agency_id uuid NOT NULL REFERENCES agency,
  consumer_id uuid NOT NULL REFERENCES consumer,
  episode_id uuid NOT NULL,
  version integer NOT NULL CHECK (version > 0),
  state text NOT NULL CHECK (state IN ('draft', 'active', 'superseded')),
  saves integer NOT NULL DEFAULT 0,
  call_first text CHECK (length(call_first) <= 300),
  back_where text CHECK (length(back_where) <= 300),
  back_who_id uuid,
  back_phone text CHECK (length(back_phone) <= 100),
  back_within_days integer CHECK (back_within_days BETWEEN 0 AND 60),
  review_on date,
  agreed_on date,
  agreed_by_whom text CHECK (length(agreed_by_whom) <= 300),
  created_at timestamptz NOT NULL DEFAULT now(),
  created_by uuid NOT NULL,
  activated_at timestamptz,
  activated_by uuid,
  UNIQUE (id, consumer_id),
  UNIQUE (episode_id, version),
  FOREIGN KEY (episode_id, consumer_id) REFERENCES episode (id, consumer_id),
  FOREIGN KEY (back_who_id, agency_id) REFERENCES staff (id, agency_id),
  FOREIGN KEY (created_by, agency_id) REFERENCES staff (id, agency_id),
  FOREIGN KEY (activated_by, agency_id) REFERENCES staff (id, agency_id)
);
COMMENT ON TABLE aftercare_plan IS 'MC C: what holds after treatment ends, what to do if use returns, and the way back in; it outlives the episode';
COMMENT ON COLUMN aftercare_plan.back_where IS 'The way back in: where, who and how soon (working days)';
CREATE INDEX ON aftercare_plan (consumer_id);
CREATE UNIQUE INDEX one_active_aftercare ON aftercare_plan (episode_id) WHERE state = 'active';
CREATE UNIQUE INDEX one_draft_aftercare ON aftercare_plan (episode_id) WHERE state = 'draft';

CREATE TABLE recovery_support (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  agency_id uuid NOT NULL REFERENCES agency,
  consumer_id uuid NOT NULL REFERENCES consumer,
  episode_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('drug-related', 'non-drug-related')),
  what text NOT NULL,
  detail text CHECK (length(detail) <= 500),
  provider_id uuid,
  by_whom text CHECK (length(by_whom) <= 200),
  referral_id uuid,
  owner_id uuid NOT NULL,
  state text NOT NULL DEFAULT 'planned' CHECK (state IN ('planned', 'handed-over', 'accepted', 'declined', 'ended')),
  handed_on date,
  chase_on date,
  answered_on date,
  answered_by_whom text CHECK (length(answered_by_whom) <= 200),
  ended_on date,
  ended_reason text CHECK (length(ended_reason) <= 300),
  added_at timestamptz NOT NULL DEFAULT now(),
  added_by uuid NOT NULL,
  UNIQUE (id, consumer_id),
  FOREIGN KEY (episode_id, consumer_id) REFERENCES episode (id, consumer_id),
  FOREIGN KEY (provider_id, agency_id) REFERENCES provider (id, agency_id),
  FOREIGN KEY (referral_id, consumer_id) REFERENCES referral (id, consumer_id),
  FOREIGN KEY (owner_id, agency_id) REFERENCES staff (id, agency_id),
  FOREIGN KEY (added_by, agency_id) REFERENCES staff (id, agency_id)
);
COMMENT ON TABLE recovery_support IS 'MC C1 and C2: a support in second stage and aftercare, handed to whoever delivers it and accepted by them';
COMMENT ON COLUMN recovery_support.what IS 'drug-related: relapse-prevention, mutual-aid, advice, harm-reduction, prescribing, other; else: housing, supported-accommodation, relationships, education, employment, parenting, child-care, womens-service, peer-mentor, activity, health, money, other';
CREATE INDEX ON recovery_support (consumer_id);
CREATE INDEX ON recovery_support (owner_id) WHERE state IN ('planned', 'handed-over');

CREATE TABLE gain (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  agency_id uuid NOT NULL REFERENCES agency,
  consumer_id uuid NOT NULL REFERENCES consumer,
  episode_id uuid NOT NULL,
  text text NOT NULL CHECK (length(text) BETWEEN 1 AND 500),
  look_again_on date,
  added_at timestamptz NOT NULL DEFAULT now(),
  added_by uuid NOT NULL,
  ended_on date,
  UNIQUE (id, consumer_id),
  FOREIGN KEY (episode_id, consumer_id) REFERENCES episode (id, consumer_id),
  FOREIGN KEY (added_by, agency_id) REFERENCES staff (id, agency_id)
);
COMMENT ON TABLE gain IS 'MC C: something that treatment gained and aftercare is to keep';
CREATE INDEX ON gain (consumer_id);

CREATE TABLE gain_look (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  agency_id uuid NOT NULL REFERENCES agency,
  consumer_id uuid NOT NULL REFERENCES consumer,
  gain_id uuid NOT NULL,
  looked_on date NOT NULL,
  found text NOT NULL CHECK (found IN ('kept', 'at-risk', 'lost')),
  note text CHECK (length(note) <= 500),
  recorded_at timestamptz NOT NULL DEFAULT now(),
  recorded_by uuid NOT NULL,
  FOREIGN KEY (gain_id, consumer_id) REFERENCES gain (id, consumer_id),
  FOREIGN KEY (recorded_by, agency_id) REFERENCES staff (id, agency_id)
);
COMMENT ON TABLE gain_look IS 'A gain looked at again: kept, at risk or lost';
CREATE INDEX ON gain_look (gain_id, looked_on);
CREATE INDEX ON gain_look (consumer_id);

-- ---------------------------------------------------------------- how is it going

CREATE TABLE outcome_measure (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  agency_id uuid NOT NULL REFERENCES agency,
  consumer_id uuid NOT NULL REFERENCES consumer,
  episode_id uuid NOT NULL,
  stage text NOT NULL CHECK (stage IN ('start', 'review', 'exit', 'after')),
  measured_on date NOT NULL,
  alcohol_days integer CHECK (alcohol_days BETWEEN 0 AND 28),
  opiate_days integer CHECK (opiate_days BETWEEN 0 AND 28),
  crack_days integer CHECK (crack_days BETWEEN 0 AND 28),
  cocaine_days integer CHECK (cocaine_days BETWEEN 0 AND 28),
  amphetamine_days integer CHECK (amphetamine_days BETWEEN 0 AND 28),
  cannabis_days integer CHECK (cannabis_days BETWEEN 0 AND 28),
  other_days integer CHECK (other_days BETWEEN 0 AND 28),
  tobacco_days integer CHECK (tobacco_days BETWEEN 0 AND 28),
  injecting_days integer CHECK (injecting_days BETWEEN 0 AND 28),
  sharing boolean,
  shoplifting_days integer CHECK (shoplifting_days BETWEEN 0 AND 28),
  selling_days integer CHECK (selling_days BETWEEN 0 AND 28),
  other_theft_days integer CHECK (other_theft_days BETWEEN 0 AND 28),
  violence boolean,
  work_days integer CHECK (work_days BETWEEN 0 AND 28),
  education_days integer CHECK (education_days BETWEEN 0 AND 28),
  housing_problem boolean,
  eviction_risk boolean,
  psychological_health integer CHECK (psychological_health BETWEEN 0 AND 20),
  physical_health integer CHECK (physical_health BETWEEN 0 AND 20),
  quality_of_life integer CHECK (quality_of_life BETWEEN 0 AND 20),
  recorded_at timestamptz NOT NULL DEFAULT now(),
  recorded_by uuid NOT NULL,
  voided_at timestamptz,
  voided_by uuid,
  void_reason text CHECK (length(void_reason) <= 300),
  FOREIGN KEY (episode_id, consumer_id) REFERENCES episode (id, consumer_id),
  FOREIGN KEY (recorded_by, agency_id) REFERENCES staff (id, agency_id),
  FOREIGN KEY (voided_by, agency_id) REFERENCES staff (id, agency_id)
);
COMMENT ON TABLE outcome_measure IS 'How life went in the last 28 days, as the person says: days of use, work and so on; health and life from 0 to 20; null: not told';
CREATE INDEX ON outcome_measure (consumer_id, measured_on);
CREATE INDEX ON outcome_measure (episode_id);

-- ---------------------------------------------------------------- whole records, protected alike

DO $$
DECLARE tab text;
BEGIN
  FOREACH tab IN ARRAY ARRAY['referral_in', 'triage', 'assessment', 'assessment_substance', 'start_offer', 'come_back', 'leaving', 'leaving_contact',
    'prescribing', 'placement', 'bed_stay', 'leave_of_absence', 'funding', 'use_event', 'aftercare_plan', 'recovery_support', 'gain', 'gain_look', 'outcome_measure'] LOOP
    CALL access.protect(tab::regclass,
      'agency_id = access.agency() AND consumer_id IN (SELECT access.record_consumers())',
      'agency_id = access.agency() AND consumer_id IN (SELECT access.record_consumers())',
      may_update => tab NOT IN ('referral_in', 'triage', 'leaving_contact', 'gain_look'),
      may_delete => tab IN ('assessment_substance'));
  END LOOP;
  FOREACH tab IN ARRAY ARRAY['unit', 'bed'] LOOP
    CALL access.protect(tab::regclass,
      'agency_id = access.agency() AND access.has_role(''counselor'', ''keyworker'', ''supervisor'', ''program-manager'', ''administrator'', ''auditor'')',
      'agency_id = access.agency() AND access.has_role(''program-manager'', ''administrator'')');
  END LOOP;
END $$;

-- A duty clinician may have to act for somebody of no programme of theirs.
CALL access.protect('duty_alert',
  'agency_id = access.agency() AND (raised_by = access.staff() OR access.on_duty() OR (access.clinical() AND consumer_id IN (SELECT access.record_consumers())))',
  'agency_id = access.agency() AND (access.on_duty() OR consumer_id IN (SELECT access.record_consumers()))');

-- ---------------------------------------------------------------- open access, and those who call about somebody

CREATE TABLE open_contact (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  agency_id uuid NOT NULL REFERENCES agency,
  consumer_id uuid REFERENCES consumer,
  nickname text CHECK (length(nickname) <= 100),
  at timestamptz NOT NULL DEFAULT now(),
  kinds text[] NOT NULL CHECK (cardinality(kinds) > 0),
  completed_treatment boolean,
  naloxone_given boolean NOT NULL DEFAULT false,
  overdose_advice boolean NOT NULL DEFAULT false,
  note text CHECK (length(note) <= 1000),
  referral_in_id uuid,
  recorded_at timestamptz NOT NULL DEFAULT now(),
  recorded_by uuid NOT NULL,
  FOREIGN KEY (referral_in_id, consumer_id) REFERENCES referral_in (id, consumer_id),
  FOREIGN KEY (recorded_by, agency_id) REFERENCES staff (id, agency_id)
);
COMMENT ON TABLE open_contact IS 'MC C1: help without a plan or an episode, for whoever comes; a nickname is enough';
COMMENT ON COLUMN open_contact.kinds IS 'advice, harm-reduction, relapse-prevention, drop-in, group, telephone, needle-exchange, practical-help, other';
CREATE INDEX ON open_contact (agency_id, at);
CREATE INDEX ON open_contact (consumer_id);
CALL access.protect('open_contact',
  'agency_id = access.agency() AND (CASE WHEN consumer_id IS NULL THEN access.has_role(''counselor'', ''keyworker'', ''supervisor'', ''program-manager'', ''peer-mentor'') OR recorded_by = access.staff()
    ELSE consumer_id IN (SELECT access.record_consumers()) OR consumer_id IN (SELECT access.mentored()) END)',
  'agency_id = access.agency() AND access.has_role(''counselor'', ''keyworker'', ''supervisor'', ''program-manager'', ''peer-mentor'', ''front-desk'')
    AND (consumer_id IS NULL OR consumer_id IN (SELECT access.record_consumers()) OR consumer_id IN (SELECT access.mentored()))');

CREATE TABLE concern_call (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  agency_id uuid NOT NULL REFERENCES agency,
  consumer_id uuid REFERENCES consumer,
  at timestamptz NOT NULL DEFAULT now(),
  taken_by uuid NOT NULL,
  caller text NOT NULL CHECK (length(caller) BETWEEN 1 AND 200),
  callback text CHECK (length(callback) <= 200),
  safe_to_call_back text CHECK (length(safe_to_call_back) <= 300),
  about_whom text CHECK (length(about_whom) <= 300),
  said text CHECK (length(said) <= 2000),
  danger_now boolean,
  own_needs text[] NOT NULL DEFAULT '{}',
  offered text[] NOT NULL DEFAULT '{}',
  owner_id uuid,
  follow_up_on date,
  closed_on date,
  outcome text CHECK (length(outcome) <= 1000),
  FOREIGN KEY (taken_by, agency_id) REFERENCES staff (id, agency_id),
  FOREIGN KEY (owner_id, agency_id) REFERENCES staff (id, agency_id)
);
COMMENT ON TABLE concern_call IS 'Somebody called about somebody: heard without confirming or denying anything, and offered help of their own';
COMMENT ON COLUMN concern_call.consumer_id IS 'Set later by a clinician who knows whom it is about; never said to the caller';
CREATE INDEX ON concern_call (agency_id, at);
CREATE INDEX ON concern_call (consumer_id);
CREATE INDEX ON concern_call (owner_id) WHERE closed_on IS NULL;
CALL access.protect('concern_call',
  'agency_id = access.agency() AND (CASE WHEN consumer_id IS NULL THEN access.clinical() OR taken_by = access.staff() ELSE consumer_id IN (SELECT access.record_consumers()) END)',
  'agency_id = access.agency() AND (access.clinical() OR (access.has_role(''front-desk'', ''peer-mentor'') AND taken_by = access.staff() AND consumer_id IS NULL))');
-- Linking it to a record is the one thing about whose it is that is said later, once.
CREATE FUNCTION access.link_to_record(contact uuid, of_consumer uuid) RETURNS boolean
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT access.clinical() OR of_consumer NOT IN (SELECT access.record_consumers()) THEN RETURN false; END IF;
  UPDATE concern_call SET consumer_id = of_consumer WHERE id = contact AND consumer_id IS NULL AND agency_id = access.agency();
  IF FOUND THEN RETURN true; END IF;
  UPDATE open_contact SET consumer_id = of_consumer WHERE id = contact AND consumer_id IS NULL AND agency_id = access.agency();
  RETURN FOUND;
END $$;
COMMENT ON FUNCTION access.link_to_record(uuid, uuid) IS 'Says whose a call or an open-access contact was, by a clinician who may see that record';

-- ---------------------------------------------------------------- groups

CREATE TABLE support_group (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  agency_id uuid NOT NULL REFERENCES agency,
  program_id uuid,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  kind text NOT NULL,
  about text CHECK (length(about) <= 1000),
  weekday integer NOT NULL CHECK (weekday BETWEEN 1 AND 7),
  starts time NOT NULL,
  ends time NOT NULL CHECK (ends > starts),
  room_id uuid,
  lead_id uuid,
  places integer CHECK (places BETWEEN 1 AND 200),
  women_only boolean NOT NULL DEFAULT false,
  active boolean NOT NULL DEFAULT true,
  UNIQUE (id, agency_id),
  FOREIGN KEY (program_id, agency_id) REFERENCES program (id, agency_id),
  FOREIGN KEY (room_id, agency_id) REFERENCES room (id, agency_id),
  FOREIGN KEY (lead_id, agency_id) REFERENCES staff (id, agency_id)
);
COMMENT ON TABLE support_group IS 'A group that meets every week: the timetable. ISO weekday, 1 is Monday';
CALL access.protect('support_group', 'agency_id = access.agency() AND (access.clinical() OR access.has_role(''peer-mentor'', ''administrator''))',
  'agency_id = access.agency() AND access.clinical()');

CREATE TABLE group_meeting (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  agency_id uuid NOT NULL REFERENCES agency,
  group_id uuid NOT NULL,
  day date NOT NULL,
  starts time NOT NULL,
  ends time NOT NULL CHECK (ends > starts),
  lead_id uuid NOT NULL,
  topic text CHECK (length(topic) <= 500),
  signed_at timestamptz,
  signed_by uuid,
  created_at timestamptz NOT NULL DEFAULT now(),
  created_by uuid NOT NULL,
  UNIQUE (id, agency_id),
  UNIQUE (group_id, day),
  FOREIGN KEY (group_id, agency_id) REFERENCES support_group (id, agency_id),
  FOREIGN KEY (lead_id, agency_id) REFERENCES staff (id, agency_id),
  FOREIGN KEY (signed_by, agency_id) REFERENCES staff (id, agency_id),
  FOREIGN KEY (created_by, agency_id) REFERENCES staff (id, agency_id)
);
COMMENT ON TABLE group_meeting IS 'A group as it met on a day; its topic names nobody';
CALL access.protect('group_meeting', 'agency_id = access.agency() AND access.clinical()', 'agency_id = access.agency() AND access.clinical()');

CREATE TABLE group_attendance (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  agency_id uuid NOT NULL REFERENCES agency,
  consumer_id uuid NOT NULL REFERENCES consumer,
  meeting_id uuid NOT NULL,
  came boolean,
  note text CHECK (length(note) <= 2000),
  service_id uuid,
  recorded_at timestamptz NOT NULL DEFAULT now(),
  recorded_by uuid NOT NULL,
  UNIQUE (meeting_id, consumer_id),
  FOREIGN KEY (meeting_id, agency_id) REFERENCES group_meeting (id, agency_id),
  FOREIGN KEY (service_id, consumer_id) REFERENCES service (id, consumer_id),
  FOREIGN KEY (recorded_by, agency_id) REFERENCES staff (id, agency_id)
);
COMMENT ON TABLE group_attendance IS 'One person''s own part in a meeting: it becomes a contact of theirs, and its note names nobody else';
CREATE INDEX ON group_attendance (consumer_id);
CALL access.protect('group_attendance',
  'agency_id = access.agency() AND consumer_id IN (SELECT access.record_consumers())',
  'agency_id = access.agency() AND consumer_id IN (SELECT access.record_consumers())', may_delete => true);

-- ---------------------------------------------------------------- who wrote, and what stays

DO $$
DECLARE tab text;
BEGIN
  FOREACH tab IN ARRAY ARRAY['agency_bulletin', 'duty_shift', 'referral_in', 'triage', 'assessment', 'assessment_substance', 'start_offer', 'come_back', 'duty_alert',
    'leaving', 'leaving_contact', 'prescribing', 'provider', 'unit', 'bed', 'placement', 'bed_stay', 'leave_of_absence', 'funding', 'use_event',
    'aftercare_plan', 'recovery_support', 'gain', 'gain_look', 'outcome_measure', 'open_contact', 'concern_call', 'support_group', 'group_meeting', 'group_attendance'] LOOP
    CALL access.guard_table(tab::regclass);
  END LOOP;
END $$;

CREATE TRIGGER said_once BEFORE UPDATE ON start_offer FOR EACH ROW EXECUTE FUNCTION access.said_once('answer', 'answered_on', 'answered_by');
CREATE TRIGGER said_once BEFORE UPDATE ON duty_alert FOR EACH ROW EXECUTE FUNCTION access.said_once('closed_at', 'closed_by', 'what_was_done');
CREATE TRIGGER said_once BEFORE UPDATE ON use_event FOR EACH ROW EXECUTE FUNCTION access.said_once('reviewed_on', 'reviewed_by', 'review');
CREATE TRIGGER said_once BEFORE UPDATE ON placement FOR EACH ROW EXECUTE FUNCTION access.said_once('ended_on', 'end_planned', 'end_reason', 'admitted_on');
CREATE TRIGGER said_once BEFORE UPDATE ON outcome_measure FOR EACH ROW EXECUTE FUNCTION access.said_once('voided_at', 'voided_by', 'void_reason');
CREATE TRIGGER keep BEFORE UPDATE ON outcome_measure FOR EACH ROW EXECUTE FUNCTION access.only_these('voided_at', 'voided_by', 'void_reason');
CREATE TRIGGER keep BEFORE UPDATE ON prescribing FOR EACH ROW EXECUTE FUNCTION access.only_these('valid_to', 'end_reason');
CREATE TRIGGER keep BEFORE UPDATE ON gain FOR EACH ROW EXECUTE FUNCTION access.only_these('look_again_on', 'ended_on');
CREATE TRIGGER keep BEFORE UPDATE ON agency_bulletin FOR EACH ROW EXECUTE FUNCTION access.only_these('valid_to', 'during');
