-- Who works here, what they may see, and who looked.
--
-- Three logins use this database. The owner makes tables and is used by nobody at run time but
-- migrations and the demonstration. throughcare_app serves every page: it owns nothing, cannot
-- bypass row security, and sees nothing until a transaction says which member of staff it acts
-- for (app.staff). throughcare_signin reaches the schema "signin" and nothing else.

CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS unaccent;

CREATE SCHEMA access;
COMMENT ON SCHEMA access IS 'Who may see what: read by row security, run with the owner''s rights';
GRANT USAGE ON SCHEMA access TO throughcare_app;
GRANT USAGE ON SCHEMA public TO throughcare_app;
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;

CREATE TABLE agency (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  neutral_name text NOT NULL,
  phone text,
  jurisdiction text NOT NULL,
  locale text NOT NULL CHECK (locale IN ('en-US', 'en-GB')),
  time_zone text NOT NULL,
  cosign_associates boolean NOT NULL DEFAULT true,
  created_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE agency IS 'A treatment agency: the tenant. Nothing crosses from one to another';
COMMENT ON COLUMN agency.neutral_name IS 'What outsiders read on invitations and calendars; says nothing of treatment';
COMMENT ON COLUMN agency.cosign_associates IS 'An associate''s note waits for the supervisor before it is claimed';

CREATE TABLE program (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  agency_id uuid NOT NULL REFERENCES agency,
  name text NOT NULL,
  kind text NOT NULL,
  active boolean NOT NULL DEFAULT true,
  UNIQUE (agency_id, name)
);
COMMENT ON TABLE program IS 'A programme the agency runs';
COMMENT ON COLUMN program.kind IS 'The program code of service lines: cstar-general, cstar-adolescent …';

CREATE TABLE room (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  agency_id uuid NOT NULL REFERENCES agency,
  name text NOT NULL,
  setting text NOT NULL CHECK (setting IN ('office', 'home', 'community', 'residential', 'telehealth', 'telephone', 'other')),
  active boolean NOT NULL DEFAULT true,
  UNIQUE (agency_id, name)
);
COMMENT ON TABLE room IS 'A place to meet; it carries its setting, so that nobody types one';

CREATE TABLE staff (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  agency_id uuid NOT NULL REFERENCES agency,
  user_id text UNIQUE,
  name text NOT NULL,
  email text NOT NULL,
  title text,
  active_from date NOT NULL,
  active_to date,
  UNIQUE (agency_id, email)
);
COMMENT ON TABLE staff IS 'A person who works for an agency';
COMMENT ON COLUMN staff.user_id IS 'Their account in the schema signin; null until they have one';

CREATE TABLE staff_role (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  agency_id uuid NOT NULL REFERENCES agency,
  staff_id uuid NOT NULL REFERENCES staff,
  role text NOT NULL CHECK (role IN ('counselor', 'keyworker', 'peer-mentor', 'supervisor', 'program-manager',
    'front-desk', 'biller', 'auditor', 'policy-analyst', 'administrator')),
  valid_from date NOT NULL,
  valid_to date,
  during daterange NOT NULL GENERATED ALWAYS AS (daterange(valid_from, valid_to, '[]')) STORED,
  UNIQUE (staff_id, role, during WITHOUT OVERLAPS)
);
COMMENT ON TABLE staff_role IS 'What a member of staff is, from day to day';

CREATE TABLE staff_program (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  agency_id uuid NOT NULL REFERENCES agency,
  staff_id uuid NOT NULL REFERENCES staff,
  program_id uuid NOT NULL REFERENCES program,
  valid_from date NOT NULL,
  valid_to date,
  during daterange NOT NULL GENERATED ALWAYS AS (daterange(valid_from, valid_to, '[]')) STORED,
  UNIQUE (staff_id, program_id, during WITHOUT OVERLAPS)
);
COMMENT ON TABLE staff_program IS 'The programmes a member of staff works in, from day to day';
CREATE INDEX ON staff_program (program_id);

CREATE TABLE credential (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  agency_id uuid NOT NULL REFERENCES agency,
  staff_id uuid NOT NULL REFERENCES staff,
  qualification text NOT NULL,
  name text NOT NULL,
  issuer text NOT NULL,
  number text,
  supervisor_id uuid REFERENCES staff,
  valid_from date NOT NULL,
  valid_to date,
  during daterange NOT NULL GENERATED ALWAYS AS (daterange(valid_from, valid_to, '[]')) STORED,
  UNIQUE (staff_id, qualification, during WITHOUT OVERLAPS)
);
COMMENT ON TABLE credential IS 'A qualification held from day to day, both days included; FC 5.1 asks for it on the day of service';
COMMENT ON COLUMN credential.qualification IS 'The performer_qualification code of service lines: qsap, asac, or another';
COMMENT ON COLUMN credential.supervisor_id IS 'Who supervises an associate and co-signs their notes';
CREATE INDEX ON credential (supervisor_id) WHERE supervisor_id IS NOT NULL;

-- ---------------------------------------------------------------- who is asking

CREATE FUNCTION access.staff() RETURNS uuid LANGUAGE sql STABLE
  RETURN nullif(current_setting('app.staff', true), '')::uuid;

CREATE FUNCTION access.agency() RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public
  BEGIN ATOMIC SELECT agency_id FROM staff WHERE id = access.staff(); END;
COMMENT ON FUNCTION access.agency() IS 'The agency of the acting member of staff; null when nobody acts';

CREATE FUNCTION access.today() RETURNS date LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public
  BEGIN ATOMIC SELECT (now() AT TIME ZONE time_zone)::date FROM agency WHERE id = access.agency(); END;
COMMENT ON FUNCTION access.today() IS 'The agency''s own calendar day';

CREATE FUNCTION access.has_role(VARIADIC roles text[]) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public
  BEGIN ATOMIC
    SELECT EXISTS (
      SELECT FROM staff s JOIN staff_role r ON r.staff_id = s.id
      WHERE s.id = access.staff() AND r.role = ANY (roles)
        AND r.during @> access.today()
        AND daterange(s.active_from, s.active_to, '[]') @> access.today());
  END;

CREATE FUNCTION access.my_programs() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public
  BEGIN ATOMIC
    SELECT program_id FROM staff_program
    WHERE staff_id = access.staff() AND during @> access.today()
      AND access.has_role('counselor', 'keyworker', 'supervisor', 'program-manager');
  END;

-- Called for each sign-in, before anybody acts: which member of staff an account belongs to.
CREATE FUNCTION access.staff_of(account text) RETURNS TABLE (staff_id uuid, agency_id uuid, name text, roles text[])
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public
  BEGIN ATOMIC
    SELECT s.id, s.agency_id, s.name,
      coalesce(array_agg(r.role ORDER BY r.role) FILTER (WHERE r.role IS NOT NULL), '{}')
    FROM staff s JOIN agency a ON a.id = s.agency_id
    LEFT JOIN staff_role r ON r.staff_id = s.id AND r.during @> (now() AT TIME ZONE a.time_zone)::date
    WHERE s.user_id = account
      AND daterange(s.active_from, s.active_to, '[]') @> (now() AT TIME ZONE a.time_zone)::date
    GROUP BY s.id;
  END;

CREATE FUNCTION access.any_agency() RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public
  BEGIN ATOMIC SELECT EXISTS (SELECT FROM agency); END;
COMMENT ON FUNCTION access.any_agency() IS 'False until the first agency is set up';

-- ---------------------------------------------------------------- row security, said once

-- Who asks is the same for every row of a query. Written as a subquery it is asked once; as a bare
-- call it would be asked again for each row: 3 seconds over 50 000 services instead of 0.1.
CREATE FUNCTION access.asked_once(condition text) RETURNS text LANGUAGE sql IMMUTABLE
  RETURN regexp_replace(condition, 'access\.(agency\(\)|staff\(\)|today\(\)|has_role\([^()]*\))', '(SELECT access.\1)', 'g');
REVOKE EXECUTE ON FUNCTION access.asked_once(text) FROM PUBLIC;

-- Every table names the rule for reading and for writing its rows. Rows are never deleted by the
-- application unless the table says so: they end, are revoked, superseded or voided.
CREATE PROCEDURE access.protect(tab regclass, may_read text, may_write text, may_update boolean DEFAULT true, may_delete boolean DEFAULT false)
LANGUAGE plpgsql AS $$
BEGIN
  may_read := access.asked_once(may_read);
  may_write := access.asked_once(may_write);
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', tab);
  EXECUTE format('CREATE POLICY readers ON %s FOR SELECT TO throughcare_app USING (%s)', tab, may_read);
  EXECUTE format('GRANT SELECT ON %s TO throughcare_app', tab);
  IF may_write IS NULL THEN RETURN; END IF;
  EXECUTE format('CREATE POLICY authors ON %s FOR INSERT TO throughcare_app WITH CHECK (%s)', tab, may_write);
  EXECUTE format('GRANT INSERT ON %s TO throughcare_app', tab);
  IF may_update THEN
    EXECUTE format('CREATE POLICY editors ON %s FOR UPDATE TO throughcare_app USING (%s) WITH CHECK (%s)', tab, may_write, may_write);
    EXECUTE format('GRANT UPDATE ON %s TO throughcare_app', tab);
  END IF;
  IF may_delete THEN
    EXECUTE format('CREATE POLICY removers ON %s FOR DELETE TO throughcare_app USING (%s)', tab, may_write);
    EXECUTE format('GRANT DELETE ON %s TO throughcare_app', tab);
  END IF;
END $$;

CALL access.protect('agency', 'id = access.agency()', 'id = access.agency() AND access.has_role(''administrator'')');
CALL access.protect('program',
  'agency_id = access.agency() AND NOT access.has_role(''peer-mentor'') AND (NOT access.has_role(''front-desk'') OR access.has_role(''counselor'', ''keyworker'', ''supervisor'', ''program-manager'', ''administrator'', ''biller''))',
  'agency_id = access.agency() AND access.has_role(''administrator'')');
CALL access.protect('room', 'agency_id = access.agency()', 'agency_id = access.agency() AND access.has_role(''administrator'')');
CALL access.protect('staff', 'agency_id = access.agency()', 'agency_id = access.agency() AND access.has_role(''administrator'')');
CALL access.protect('staff_role',
  'agency_id = access.agency() AND (staff_id = access.staff() OR access.has_role(''administrator'', ''supervisor'', ''program-manager''))',
  'agency_id = access.agency() AND access.has_role(''administrator'')');
CALL access.protect('staff_program',
  'agency_id = access.agency() AND (staff_id = access.staff() OR program_id IN (SELECT access.my_programs()) OR access.has_role(''administrator''))',
  'agency_id = access.agency() AND access.has_role(''administrator'')');
CALL access.protect('credential', 'agency_id = access.agency()',
  'agency_id = access.agency() AND access.has_role(''administrator'')');

-- ---------------------------------------------------------------- who looked

CREATE TABLE access_log (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  agency_id uuid NOT NULL,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  staff_id uuid NOT NULL,
  action text NOT NULL CHECK (action IN ('read', 'write', 'listed', 'disclosed', 'emergency')),
  room text NOT NULL,
  consumer_ids uuid[] NOT NULL,
  reason text
);
COMMENT ON TABLE access_log IS 'Every look at and change of a consumer''s record; appended to, never changed';
COMMENT ON COLUMN access_log.room IS 'The page, as its route is named; never what stood on it';
COMMENT ON COLUMN access_log.consumer_ids IS 'Whose record: one, or all those on a list that was shown';
CREATE INDEX ON access_log USING gin (consumer_ids);
CREATE INDEX ON access_log (agency_id, at);

CREATE TABLE access_seal (
  agency_id uuid NOT NULL,
  number bigint NOT NULL,
  log_id uuid NOT NULL UNIQUE REFERENCES access_log,
  hash bytea NOT NULL,
  PRIMARY KEY (agency_id, number)
);
COMMENT ON TABLE access_seal IS 'The chain: each entry''s hash covers the entry and the hash before it';

CREATE TABLE access_head (
  agency_id uuid PRIMARY KEY,
  number bigint NOT NULL,
  hash bytea NOT NULL
);
COMMENT ON TABLE access_head IS 'The end of each agency''s chain; its row is the lock that orders the sealing';

CREATE FUNCTION access.log_text(entry access_log) RETURNS text LANGUAGE sql STABLE
  RETURN json_build_array(entry.id, entry.agency_id, extract(epoch FROM entry.at)::text, entry.staff_id,
    entry.action, entry.room, entry.consumer_ids, entry.reason)::text;

-- Sealed at commit, so that the chain's lock is held for no longer than the commit itself and is
-- always the last one taken: it can neither slow a page down nor close a ring of waiting.
CREATE FUNCTION access.seal() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE head access_head; link bytea;
BEGIN
  INSERT INTO access_head VALUES (NEW.agency_id, 0, '\x') ON CONFLICT DO NOTHING;
  SELECT * INTO head FROM access_head WHERE agency_id = NEW.agency_id FOR UPDATE;
  link := sha256(head.hash || convert_to(access.log_text(NEW), 'UTF8'));
  INSERT INTO access_seal VALUES (NEW.agency_id, head.number + 1, NEW.id, link);
  UPDATE access_head SET number = head.number + 1, hash = link WHERE agency_id = NEW.agency_id;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER seal AFTER INSERT ON access_log
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION access.seal();

CREATE FUNCTION access.refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is never changed after it is written', TG_TABLE_NAME; END $$;
CREATE TRIGGER keep BEFORE UPDATE OR DELETE OR TRUNCATE ON access_log FOR EACH STATEMENT EXECUTE FUNCTION access.refuse();
CREATE TRIGGER keep BEFORE UPDATE OR DELETE OR TRUNCATE ON access_seal FOR EACH STATEMENT EXECUTE FUNCTION access.refuse();

ALTER TABLE access_seal ENABLE ROW LEVEL SECURITY;
ALTER TABLE access_head ENABLE ROW LEVEL SECURITY;

-- ---------------------------------------------------------------- what the application may call
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA access TO throughcare_app;
REVOKE EXECUTE ON FUNCTION access.seal(), access.refuse() FROM throughcare_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA access GRANT EXECUTE ON FUNCTIONS TO throughcare_app;

CREATE SCHEMA signin;
COMMENT ON SCHEMA signin IS 'Accounts, sessions and second factors; Better Auth keeps the tables, and no page''s login reaches them';
GRANT USAGE ON SCHEMA signin TO throughcare_signin;
ALTER DEFAULT PRIVILEGES IN SCHEMA signin GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO throughcare_signin;
