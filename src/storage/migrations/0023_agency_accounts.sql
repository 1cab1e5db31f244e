-- Setting an agency up, and keeping its accounts: the administrator's part.

ALTER TABLE staff ADD COLUMN closed_at timestamptz;
COMMENT ON COLUMN staff.closed_at IS 'Their account was closed at this moment, whatever the dates say; null again when it is opened';

CREATE OR REPLACE FUNCTION access.has_role(VARIADIC roles text[]) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public
  BEGIN ATOMIC
    SELECT EXISTS (
      SELECT FROM staff s JOIN staff_role r ON r.staff_id = s.id
      WHERE s.id = access.staff() AND r.role = ANY (roles)
        AND r.during @> access.today()
        AND s.closed_at IS NULL
        AND daterange(s.active_from, s.active_to, '[]') @> access.today());
  END;

CREATE OR REPLACE FUNCTION access.staff_of(account text) RETURNS TABLE (staff_id uuid, agency_id uuid, name text, roles text[])
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public
  BEGIN ATOMIC
    SELECT s.id, s.agency_id, s.name,
      coalesce(array_agg(r.role ORDER BY r.role) FILTER (WHERE r.role IS NOT NULL), '{}')
    FROM staff s JOIN agency a ON a.id = s.agency_id
    LEFT JOIN staff_role r ON r.staff_id = s.id AND r.during @> (now() AT TIME ZONE a.time_zone)::date
    WHERE s.user_id = account AND s.closed_at IS NULL
      AND daterange(s.active_from, s.active_to, '[]') @> (now() AT TIME ZONE a.time_zone)::date
    GROUP BY s.id;
  END;

-- The first agency and its first administrator. Row security lets nobody insert an agency, for
-- nobody belongs to it yet; this does, once: of two that come at the same time the second finds
-- the first one's and gets null.
CREATE FUNCTION access.found_agency(name text, neutral_name text, phone text, jurisdiction text, locale text, time_zone text,
  administrator text, email text) RETURNS uuid
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public AS $$
#variable_conflict use_column
DECLARE made uuid; first uuid; first_day date;
BEGIN
  PERFORM pg_advisory_xact_lock(7217002);
  IF EXISTS (SELECT FROM agency) THEN RETURN NULL; END IF;
  INSERT INTO agency (name, neutral_name, phone, jurisdiction, locale, time_zone)
  VALUES ($1, $2, $3, $4, $5, $6) RETURNING id INTO made;
  first_day := (now() AT TIME ZONE $6)::date;
  INSERT INTO staff (agency_id, name, email, title, active_from)
  VALUES (made, $7, lower($8), 'Administrator', first_day) RETURNING id INTO first;
  INSERT INTO staff_role (agency_id, staff_id, role, valid_from)
  VALUES (made, first, 'administrator', first_day);
  RETURN first;
END $$;
COMMENT ON FUNCTION access.found_agency(text, text, text, text, text, text, text, text) IS 'The first administrator''s staff id; null when an agency is there already';

CREATE FUNCTION access.account_taken(account text) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public
  BEGIN ATOMIC SELECT EXISTS (SELECT FROM staff WHERE user_id = account); END;
COMMENT ON FUNCTION access.account_taken(text) IS 'An account that is nobody''s was left by an opening that did not finish, and may be used again';

-- What somebody who leaves still holds: counts, for the administrator sees no record.
CREATE FUNCTION access.open_work(whose uuid) RETURNS TABLE (what text, how_many bigint)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public
  BEGIN ATOMIC
    SELECT held.what, held.how_many FROM (
      SELECT 1 AS place, 'keyworker' AS what, count(*) AS how_many FROM assignment
        WHERE staff_id = whose AND part = 'keyworker' AND (valid_to IS NULL OR valid_to >= access.today())
      UNION ALL SELECT 2, 'peer-mentor', count(*) FROM assignment
        WHERE staff_id = whose AND part = 'peer-mentor' AND (valid_to IS NULL OR valid_to >= access.today())
      UNION ALL SELECT 3, 'appointment', count(*) FROM appointment
        WHERE staff_id = whose AND status = 'scheduled'
      UNION ALL SELECT 4, 'unsigned', count(*) FROM conference c JOIN appointment a ON a.id = c.appointment_id
        WHERE c.lead_id = whose AND c.signed_at IS NULL AND c.voided_at IS NULL AND a.status = 'held'
      UNION ALL SELECT 5, 'cosign', count(*) FROM conference
        WHERE cosign_by = whose AND signed_at IS NOT NULL AND cosigned_at IS NULL AND voided_at IS NULL
      UNION ALL SELECT 6, 'referral', count(*) FROM referral WHERE owner_id = whose AND status = 'open'
      UNION ALL SELECT 7, 'question', count(*) FROM question WHERE to_staff = whose AND answered_at IS NULL
      UNION ALL SELECT 8, 'associate', count(DISTINCT staff_id) FROM credential
        WHERE supervisor_id = whose AND (valid_to IS NULL OR valid_to >= access.today())
    ) held
    WHERE held.how_many > 0 AND access.has_role('administrator')
      AND EXISTS (SELECT FROM staff s WHERE s.id = whose AND s.agency_id = access.agency())
    ORDER BY held.place;
  END;
COMMENT ON FUNCTION access.open_work(uuid) IS 'Counts of open work, for the administrator; no name, no record';

CREATE TABLE agency_change (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  agency_id uuid NOT NULL REFERENCES agency,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  by uuid NOT NULL REFERENCES staff,
  staff_id uuid REFERENCES staff,
  what text NOT NULL CHECK (length(what) BETWEEN 1 AND 500)
);
COMMENT ON TABLE agency_change IS 'What an administrator changed, and when: roles, accounts, settings; appended to, never changed';
COMMENT ON COLUMN agency_change.staff_id IS 'Whom it is about; null when it is about the agency';
CREATE INDEX ON agency_change (staff_id, at);
CREATE INDEX ON agency_change (agency_id, at);
CALL access.protect('agency_change',
  'agency_id = access.agency() AND access.has_role(''administrator'')',
  'agency_id = access.agency() AND by = access.staff() AND access.has_role(''administrator'')', may_update => false);
CREATE TRIGGER keep BEFORE UPDATE OR DELETE OR TRUNCATE ON agency_change FOR EACH STATEMENT EXECUTE FUNCTION access.refuse();

-- What was given by mistake can be taken back on the same day, before it was held for one: the row
-- goes, agency_change keeps who gave it and who took it back. Anything older only ends.
CREATE POLICY removers ON staff_role FOR DELETE TO throughcare_app
  USING (agency_id = access.agency() AND access.has_role('administrator') AND valid_from >= access.today());
CREATE POLICY removers ON staff_program FOR DELETE TO throughcare_app
  USING (agency_id = access.agency() AND access.has_role('administrator') AND valid_from >= access.today());
CREATE POLICY removers ON credential FOR DELETE TO throughcare_app
  USING (agency_id = access.agency() AND access.has_role('administrator') AND valid_from >= access.today());
GRANT DELETE ON staff_role, staff_program, credential TO throughcare_app;
