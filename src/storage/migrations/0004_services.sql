-- Appointments (identity: the front desk books them), conferences (clinical) and services (what
-- was delivered, as facts that a bulletin judges and a biller may read).

CREATE TABLE appointment (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  agency_id uuid NOT NULL REFERENCES agency,
  consumer_id uuid NOT NULL REFERENCES consumer,
  staff_id uuid NOT NULL REFERENCES staff,
  room_id uuid NOT NULL REFERENCES room,
  kind text NOT NULL DEFAULT 'family-conference',
  day date NOT NULL,
  starts time NOT NULL,
  ends time NOT NULL,
  status text NOT NULL DEFAULT 'scheduled' CHECK (status IN ('scheduled', 'cancelled', 'did-not-come', 'family-only', 'held')),
  status_reason text,
  moved_from uuid REFERENCES appointment,
  created_at timestamptz NOT NULL DEFAULT now(),
  created_by uuid NOT NULL REFERENCES staff,
  CHECK (ends > starts)
);
COMMENT ON TABLE appointment IS 'When and where somebody is expected; times are the agency''s local ones';
COMMENT ON COLUMN appointment.status IS 'family-only: family came, the consumer did not; staff listened and told nothing';
CREATE INDEX ON appointment (consumer_id, day);
CREATE INDEX ON appointment (agency_id, day);
CREATE INDEX ON appointment (staff_id, day);
CREATE INDEX ON appointment (room_id, day);

CREATE TABLE conference (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  agency_id uuid NOT NULL REFERENCES agency,
  consumer_id uuid NOT NULL REFERENCES consumer,
  episode_id uuid NOT NULL REFERENCES episode,
  program_id uuid NOT NULL REFERENCES program,
  appointment_id uuid NOT NULL UNIQUE REFERENCES appointment,
  lead_id uuid NOT NULL REFERENCES staff,
  purposes text[] NOT NULL DEFAULT '{}',
  plan_discussed text CHECK (plan_discussed IN ('treatment-plan', 'discharge-plan', 'both', 'none')),
  draft jsonb,
  draft_version integer NOT NULL DEFAULT 0,
  draft_saved_at timestamptz,
  signed_at timestamptz,
  signed_by uuid REFERENCES staff,
  cosign_by uuid REFERENCES staff,
  cosigned_at timestamptz,
  cosign_remark text,
  voided_at timestamptz,
  voided_by uuid REFERENCES staff,
  void_reason text,
  note text,
  agreed_approved_at timestamptz,
  agreed_approved_how text,
  created_at timestamptz NOT NULL DEFAULT now(),
  created_by uuid NOT NULL REFERENCES staff
);
COMMENT ON TABLE conference IS 'A Family Conference (FC 3.1), planned, held, signed; its draft is locked by signing';
COMMENT ON COLUMN conference.purposes IS 'The functions planned: 3.1.1.1 … 3.1.1.4, by clause number';
COMMENT ON COLUMN conference.draft IS 'What is being written, in the form of services/conference-draft.ts; cleared on signing';
COMMENT ON COLUMN conference.draft_version IS 'Counts saves: a stale tab cannot overwrite a newer one';
COMMENT ON COLUMN conference.cosign_by IS 'The supervisor who must co-sign; null when nobody must';
CREATE INDEX ON conference (consumer_id);
CREATE INDEX ON conference (lead_id) WHERE signed_at IS NULL;
CREATE INDEX ON conference (cosign_by) WHERE cosigned_at IS NULL;

CREATE TABLE conference_support (
  conference_id uuid NOT NULL REFERENCES conference,
  support_id uuid NOT NULL REFERENCES support,
  agency_id uuid NOT NULL REFERENCES agency,
  consumer_id uuid NOT NULL REFERENCES consumer,
  invited_at timestamptz,
  invited_how text CHECK (invited_how IN ('calendar-file', 'letter', 'phone', 'in-person')),
  came boolean,
  remote boolean NOT NULL DEFAULT false,
  PRIMARY KEY (conference_id, support_id)
);
COMMENT ON TABLE conference_support IS 'A natural support who is expected, was invited, came';
CREATE INDEX ON conference_support (consumer_id);
CREATE INDEX ON conference_support (support_id);

CREATE TABLE conference_attendance (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  agency_id uuid NOT NULL REFERENCES agency,
  consumer_id uuid NOT NULL REFERENCES consumer,
  conference_id uuid NOT NULL REFERENCES conference,
  part text NOT NULL CHECK (part IN ('consumer', 'child', 'interpreter', 'staff')),
  staff_id uuid REFERENCES staff,
  name text
);
COMMENT ON TABLE conference_attendance IS 'Who else was in the room; children and interpreters are never supports';
CREATE INDEX ON conference_attendance (conference_id);
CREATE INDEX ON conference_attendance (consumer_id);

CREATE TABLE private_word (
  conference_id uuid PRIMARY KEY REFERENCES conference,
  agency_id uuid NOT NULL REFERENCES agency,
  consumer_id uuid NOT NULL REFERENCES consumer,
  held boolean NOT NULL,
  minutes integer NOT NULL DEFAULT 0 CHECK (minutes BETWEEN 0 AND 600),
  safe_to_go_on boolean,
  not_to_be_said text,
  ended_quietly boolean NOT NULL DEFAULT false,
  recorded_by uuid NOT NULL REFERENCES staff,
  recorded_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE private_word IS 'The word with the consumer alone, before family joins: safe to go on? what may be said?';
COMMENT ON COLUMN private_word.minutes IS 'Minutes; they are not part of the conference''s units';
CREATE INDEX ON private_word (consumer_id);

CREATE TABLE agreement (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  agency_id uuid NOT NULL REFERENCES agency,
  consumer_id uuid NOT NULL REFERENCES consumer,
  conference_id uuid NOT NULL REFERENCES conference,
  who text NOT NULL,
  support_id uuid REFERENCES support,
  what text NOT NULL CHECK (length(what) BETWEEN 1 AND 500),
  due_on date,
  done_on date
);
COMMENT ON TABLE agreement IS 'FC 3.1: who agreed to do what, by when';
CREATE INDEX ON agreement (conference_id);
CREATE INDEX ON agreement (consumer_id);

CREATE TABLE need_assessment (
  conference_id uuid PRIMARY KEY REFERENCES conference,
  agency_id uuid NOT NULL REFERENCES agency,
  consumer_id uuid NOT NULL REFERENCES consumer,
  result text NOT NULL CHECK (result IN ('found', 'none', 'declined')),
  remark text
);
COMMENT ON TABLE need_assessment IS 'FC 3.1.1.4: was a need for family therapy or another referral looked for, and what came of it';
CREATE INDEX ON need_assessment (consumer_id);

CREATE TABLE addendum (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  agency_id uuid NOT NULL REFERENCES agency,
  consumer_id uuid NOT NULL REFERENCES consumer,
  conference_id uuid NOT NULL REFERENCES conference,
  text text NOT NULL CHECK (length(text) BETWEEN 1 AND 4000),
  at timestamptz NOT NULL DEFAULT now(),
  by uuid NOT NULL REFERENCES staff
);
COMMENT ON TABLE addendum IS 'What is added to a signed note, dated; the note itself stays as signed';
CREATE INDEX ON addendum (conference_id);
CREATE INDEX ON addendum (consumer_id);

CREATE TABLE family_contact (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  agency_id uuid NOT NULL REFERENCES agency,
  consumer_id uuid NOT NULL REFERENCES consumer,
  appointment_id uuid REFERENCES appointment,
  support_id uuid REFERENCES support,
  who text NOT NULL,
  heard text NOT NULL CHECK (length(heard) BETWEEN 1 AND 4000),
  at timestamptz NOT NULL DEFAULT now(),
  by uuid NOT NULL REFERENCES staff
);
COMMENT ON TABLE family_contact IS 'Family spoke and staff listened: nothing about the consumer was told';
CREATE INDEX ON family_contact (consumer_id);

-- ---------------------------------------------------------------- services delivered

CREATE TABLE service (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  agency_id uuid NOT NULL REFERENCES agency,
  consumer_id uuid NOT NULL REFERENCES consumer,
  program_id uuid REFERENCES program,
  kind text NOT NULL,
  service_date date NOT NULL,
  start_time time,
  end_time time,
  private_minutes integer NOT NULL DEFAULT 0 CHECK (private_minutes BETWEEN 0 AND 600),
  units integer NOT NULL CHECK (units BETWEEN 1 AND 96),
  setting text CHECK (setting IN ('office', 'home', 'community', 'residential', 'telehealth', 'telephone', 'other')),
  consumer_present boolean,
  supports_present integer CHECK (supports_present BETWEEN 0 AND 200),
  plan_discussed text CHECK (plan_discussed IN ('treatment-plan', 'discharge-plan', 'both', 'none')),
  performer_id uuid REFERENCES staff,
  conference_id uuid UNIQUE REFERENCES conference,
  awaits_cosign boolean NOT NULL DEFAULT false,
  recorded_at timestamptz NOT NULL DEFAULT now(),
  recorded_by uuid NOT NULL REFERENCES staff,
  voided_at timestamptz
);
COMMENT ON TABLE service IS 'One service delivered, as the facts of a service line; corrections keep what stood before';
COMMENT ON COLUMN service.units IS 'From the times, less private minutes, by the bulletin''s reading of a unit';
COMMENT ON COLUMN service.awaits_cosign IS 'Not to be claimed before the supervisor has co-signed';
CREATE INDEX ON service (consumer_id, service_date);
CREATE INDEX ON service (agency_id, service_date);
CREATE INDEX ON service (performer_id, service_date);

CREATE TABLE correction (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  agency_id uuid NOT NULL REFERENCES agency,
  consumer_id uuid NOT NULL REFERENCES consumer,
  service_id uuid NOT NULL REFERENCES service,
  fact text NOT NULL,
  was jsonb,
  becomes jsonb,
  reason text NOT NULL CHECK (length(reason) BETWEEN 1 AND 1000),
  by uuid NOT NULL REFERENCES staff,
  at timestamptz NOT NULL DEFAULT now(),
  changes_payment boolean NOT NULL,
  state text NOT NULL CHECK (state IN ('applied', 'waiting', 'refused')),
  decided_by uuid REFERENCES staff,
  decided_at timestamptz,
  decision text
);
COMMENT ON TABLE correction IS 'A fact that was wrongly recorded, corrected by its signer; one that changes payment waits for the supervisor';
CREATE INDEX ON correction (service_id);
CREATE INDEX ON correction (consumer_id);
CREATE INDEX ON correction (agency_id) WHERE state = 'waiting';

DO $$
DECLARE tab text;
BEGIN
  FOREACH tab IN ARRAY ARRAY['conference', 'conference_support', 'conference_attendance', 'private_word', 'agreement', 'need_assessment', 'addendum', 'family_contact'] LOOP
    CALL access.protect(tab::regclass,
      'agency_id = access.agency() AND consumer_id IN (SELECT access.record_consumers())',
      'agency_id = access.agency() AND consumer_id IN (SELECT access.record_consumers())',
      may_update => tab NOT IN ('addendum', 'family_contact'),
      may_delete => tab = 'conference_support');
  END LOOP;
END $$;
CREATE TRIGGER keep BEFORE UPDATE OR DELETE OR TRUNCATE ON addendum FOR EACH STATEMENT EXECUTE FUNCTION access.refuse();

CALL access.protect('appointment',
  'agency_id = access.agency() AND (access.has_role(''front-desk'') OR consumer_id IN (SELECT access.record_consumers()) OR consumer_id IN (SELECT access.mentored()))',
  'agency_id = access.agency() AND (access.has_role(''front-desk'') OR consumer_id IN (SELECT access.record_consumers()))');
CALL access.protect('service',
  'agency_id = access.agency() AND (access.has_role(''biller'') OR consumer_id IN (SELECT access.record_consumers()))',
  'agency_id = access.agency() AND consumer_id IN (SELECT access.record_consumers())');
CALL access.protect('correction',
  'agency_id = access.agency() AND (access.has_role(''biller'') OR consumer_id IN (SELECT access.record_consumers()))',
  'agency_id = access.agency() AND consumer_id IN (SELECT access.record_consumers())');

-- A room or a colleague's hour, without whose it is: so that booking shows what is free.
CREATE FUNCTION access.busy(on_day date) RETURNS TABLE (staff_id uuid, room_id uuid, starts time, ends time)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public
  BEGIN ATOMIC
    SELECT staff_id, room_id, starts, ends FROM appointment
    WHERE agency_id = access.agency() AND day = on_day AND status IN ('scheduled', 'held');
  END;

-- A signed note is locked: afterwards only the co-signature, the consumer's approval of what was
-- agreed, and voiding with a reason may still be written.
CREATE FUNCTION access.locked_when_signed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.signed_at IS NOT NULL AND
    (NEW.note, NEW.purposes, NEW.plan_discussed, NEW.lead_id, NEW.program_id, NEW.signed_at, NEW.signed_by, NEW.consumer_id, NEW.draft)
    IS DISTINCT FROM
    (OLD.note, OLD.purposes, OLD.plan_discussed, OLD.lead_id, OLD.program_id, OLD.signed_at, OLD.signed_by, OLD.consumer_id, OLD.draft) THEN
    RAISE EXCEPTION 'a signed note is locked: add an addendum';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER locked_when_signed BEFORE UPDATE ON conference FOR EACH ROW EXECUTE FUNCTION access.locked_when_signed();

-- ---------------------------------------------------------------- the columns that bulletins name

CREATE VIEW service_line WITH (security_invoker = true) AS
SELECT
  s.id::text AS line_id,
  s.consumer_id::text AS consumer_id,
  s.kind AS service,
  s.service_date,
  s.units,
  s.agency_id::text AS agency_id,
  p.kind AS program,
  to_char(s.start_time, 'HH24:MI') AS start_time,
  CASE WHEN s.end_time = '24:00' THEN '24:00' ELSE to_char(s.end_time, 'HH24:MI') END AS end_time,
  s.setting,
  s.consumer_present,
  s.supports_present,
  s.plan_discussed,
  s.performer_id::text AS performer_id,
  CASE WHEN s.performer_id IS NULL THEN NULL
    ELSE ARRAY(SELECT c.qualification FROM credential c
      WHERE c.staff_id = s.performer_id AND c.during @> s.service_date
      ORDER BY c.qualification) END AS performer_qualification,
  -- 0: nothing waits. Whoever may not see referrals may not judge either.
  coalesce((SELECT max(s.service_date - r.found_on) FROM referral r
    WHERE r.consumer_id = s.consumer_id AND r.need = 'family-therapy' AND r.status NOT IN ('declined', 'closed')
      AND r.found_on <= s.service_date AND (r.arranged_on IS NULL OR r.arranged_on > s.service_date)), 0) AS therapy_need_open_days,
  s.awaits_cosign,
  s.recorded_at
FROM service s LEFT JOIN program p ON p.id = s.program_id
WHERE s.voided_at IS NULL;
COMMENT ON VIEW service_line IS 'The agency''s own services in the columns of service lines; a new fact is a new column here';
GRANT SELECT ON service_line TO throughcare_app;
