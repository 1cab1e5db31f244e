-- People who have come and are in no programme yet; what keeps supports, flags and consents to one
-- consumer; and the questions that row security alone would answer slowly.

-- ---------------------------------------------------------------- arrivals

ALTER TABLE consumer ADD COLUMN awaiting_program boolean NOT NULL DEFAULT true;
COMMENT ON COLUMN consumer.awaiting_program IS 'Never enrolled and on no waiting list: every clinician sees who they are, or nobody could take them in';
UPDATE consumer SET awaiting_program = false WHERE id IN (SELECT consumer_id FROM enrolment);
CREATE INDEX ON consumer (agency_id) WHERE awaiting_program;

CREATE FUNCTION people.set_awaiting() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  NEW.awaiting_program := NOT EXISTS (SELECT FROM enrolment WHERE consumer_id = NEW.id);
  RETURN NEW;
END $$;
REVOKE EXECUTE ON FUNCTION people.set_awaiting() FROM throughcare_app;
CREATE TRIGGER awaiting BEFORE INSERT OR UPDATE ON consumer FOR EACH ROW EXECUTE FUNCTION people.set_awaiting();

CREATE FUNCTION people.end_awaiting() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  UPDATE consumer SET awaiting_program = false WHERE id = NEW.consumer_id AND awaiting_program;
  RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION people.end_awaiting() FROM throughcare_app;
CREATE TRIGGER taken_in AFTER INSERT ON enrolment FOR EACH ROW EXECUTE FUNCTION people.end_awaiting();

CREATE POLICY awaiting ON consumer FOR SELECT TO throughcare_app
  USING (agency_id = (SELECT access.agency()) AND awaiting_program AND (SELECT access.clinical()));
CREATE POLICY awaiting_edited ON consumer FOR UPDATE TO throughcare_app
  USING (agency_id = (SELECT access.agency()) AND awaiting_program AND (SELECT access.clinical()))
  WITH CHECK (agency_id = (SELECT access.agency()) AND (SELECT access.clinical()));

CREATE FUNCTION access.awaiting() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public ROWS 20
  BEGIN ATOMIC
    SELECT id FROM consumer WHERE agency_id = (SELECT access.agency()) AND awaiting_program AND (SELECT access.clinical());
  END;
COMMENT ON FUNCTION access.awaiting() IS 'Who has come and is in no programme yet';

-- Nobody enrols a person they cannot see: somebody else's has to be handed over by their own team,
-- or opened in an emergency.
DROP POLICY authors ON enrolment;
CREATE POLICY authors ON enrolment FOR INSERT TO throughcare_app
  WITH CHECK (agency_id = (SELECT access.agency()) AND (SELECT access.clinical())
    AND (consumer_id IN (SELECT access.record_consumers())
      OR (program_id IN (SELECT access.my_programs()) AND consumer_id IN (SELECT access.awaiting()))));
DROP POLICY editors ON enrolment;
CREATE POLICY editors ON enrolment FOR UPDATE TO throughcare_app
  USING (agency_id = (SELECT access.agency()) AND (SELECT access.clinical()) AND consumer_id IN (SELECT access.record_consumers()))
  WITH CHECK (agency_id = (SELECT access.agency()) AND (SELECT access.clinical()) AND consumer_id IN (SELECT access.record_consumers()));
DROP POLICY authors ON episode;
CREATE POLICY authors ON episode FOR INSERT TO throughcare_app
  WITH CHECK (agency_id = (SELECT access.agency()) AND (SELECT access.clinical())
    AND (consumer_id IN (SELECT access.record_consumers()) OR consumer_id IN (SELECT access.awaiting())));
CREATE POLICY awaiting ON episode FOR SELECT TO throughcare_app
  USING (agency_id = (SELECT access.agency()) AND consumer_id IN (SELECT access.awaiting()));

CREATE OR REPLACE FUNCTION people.search(words text, born date, most integer) RETURNS SETOF uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public
  BEGIN ATOMIC
    SELECT c.id FROM consumer c
    WHERE c.agency_id = (SELECT access.agency())
      AND (words = '' OR c.search_key LIKE ALL (
        SELECT '%' || replace(replace(replace(word, '\', '\\'), '%', '\%'), '_', '\_') || '%'
        FROM unnest(string_to_array(people.fold(words), ' ')) AS word WHERE word <> ''))
      AND (born IS NULL OR c.date_of_birth = born)
      AND ((SELECT access.has_role('front-desk', 'biller'))
        OR (c.awaiting_program AND (SELECT access.clinical()))
        OR c.id IN (SELECT access.record_consumers()) OR c.id IN (SELECT access.mentored()))
    ORDER BY c.family_name, c.given_name, c.id
    LIMIT least(most, 100);
  END;

-- ---------------------------------------------------------------- one consumer's own

ALTER TABLE support ADD CONSTRAINT support_of_consumer UNIQUE (id, consumer_id);
ALTER TABLE no_contact ADD FOREIGN KEY (support_id, consumer_id) REFERENCES support (id, consumer_id);
ALTER TABLE consent ADD FOREIGN KEY (support_id, consumer_id) REFERENCES support (id, consumer_id);
ALTER TABLE consent ADD CONSTRAINT consent_of_consumer UNIQUE (id, consumer_id);
ALTER TABLE consent_revocation ADD FOREIGN KEY (consent_id, consumer_id) REFERENCES consent (id, consumer_id);
ALTER TABLE disclosure ADD FOREIGN KEY (consent_id, consumer_id) REFERENCES consent (id, consumer_id);
ALTER TABLE disclosure ADD FOREIGN KEY (support_id, consumer_id) REFERENCES support (id, consumer_id);

-- A flag keeps who set it and why; only its lifting is written later.
REVOKE UPDATE ON no_contact FROM throughcare_app;
GRANT UPDATE (lifted_at, lifted_by, lifted_reason) ON no_contact TO throughcare_app;

-- As `people/consent.ts` decides: also dead are a consent of the wrong kind for its recipient, one to
-- a support who has ended, and one signed before the consumer came of age.
CREATE OR REPLACE VIEW live_consent WITH (security_invoker = true) AS
SELECT c.id, c.agency_id, c.consumer_id, c.support_id, c.kind, c.topics, c.valid_from, c.expires_on
FROM consent c
JOIN support s ON s.id = c.support_id
JOIN consumer p ON p.id = c.consumer_id
WHERE c.valid_from <= access.today() AND (c.expires_on IS NULL OR c.expires_on >= access.today())
  AND (c.kind = 'criminal-justice') = s.criminal_justice
  AND (s.ended_on IS NULL OR s.ended_on > access.today())
  AND NOT (extract(year FROM age(c.signed_on, p.date_of_birth)) < 18
    AND extract(year FROM age(access.today(), p.date_of_birth)) >= 18)
  AND NOT EXISTS (SELECT FROM consent_revocation r WHERE r.consent_id = c.id)
  AND NOT EXISTS (SELECT FROM no_contact n WHERE n.support_id = c.support_id AND n.lifted_at IS NULL);

-- What is told on the strength of a consent needs one that lives: the database asks again.
CREATE FUNCTION people.needs_live_consent() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.basis = 'consent' AND access.staff() IS NOT NULL
    AND NOT EXISTS (SELECT FROM live_consent l WHERE l.id = NEW.consent_id AND l.support_id IS NOT DISTINCT FROM NEW.support_id) THEN
    RAISE EXCEPTION 'no live consent carries this disclosure';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER needs_live_consent BEFORE INSERT ON disclosure FOR EACH ROW EXECUTE FUNCTION people.needs_live_consent();

-- ---------------------------------------------------------------- who looked

-- Array operators are not leakproof, so under row security they could not use their index; this
-- asks the access rule itself. Looks at one page within a minute are one line.
CREATE FUNCTION people.who_looked(at_consumer uuid, by_staff uuid, doing text, skip integer, most integer)
  RETURNS TABLE (minute timestamptz, staff_id uuid, staff_name text, action text, room text, reason text, times bigint)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public
  BEGIN ATOMIC
    SELECT date_trunc('minute', l.at), l.staff_id, s.name, l.action, l.room, l.reason, count(*)
    FROM access_log l JOIN staff s ON s.id = l.staff_id
    WHERE l.agency_id = (SELECT access.agency()) AND l.consumer_ids @> ARRAY[at_consumer]
      AND at_consumer IN (SELECT access.record_consumers())
      AND (by_staff IS NULL OR l.staff_id = by_staff)
      AND (doing IS NULL OR l.action = doing)
    GROUP BY 1, 2, 3, 4, 5, 6
    ORDER BY 1 DESC, 3, 5, 4
    OFFSET greatest(skip, 0) LIMIT least(most, 200);
  END;
COMMENT ON FUNCTION people.who_looked(uuid, uuid, text, integer, integer) IS 'The access log of one consumer, newest first, grouped by minute';

CREATE FUNCTION people.lookers(at_consumer uuid) RETURNS TABLE (staff_id uuid, staff_name text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public
  BEGIN ATOMIC
    SELECT DISTINCT l.staff_id, s.name FROM access_log l JOIN staff s ON s.id = l.staff_id
    WHERE l.agency_id = (SELECT access.agency()) AND l.consumer_ids @> ARRAY[at_consumer]
      AND at_consumer IN (SELECT access.record_consumers())
    ORDER BY s.name LIMIT 500;
  END;
COMMENT ON FUNCTION people.lookers(uuid) IS 'Everybody who ever looked at one consumer''s record';
