-- Ten thousand people: the same rules, asked in a way that costs what the question is worth.

-- access.record_consumers() lists everybody whose record may be opened. A rule that asks "is this
-- person among them?" of one record built the list of thousands first, once for every table of a
-- query. As EXISTS the planner may choose: look one person up, or build the list once for many.
CREATE FUNCTION access.my_program_ids() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  BEGIN ATOMIC SELECT coalesce(array_agg(p), '{}') FROM access.my_programs() AS p; END;
COMMENT ON FUNCTION access.my_program_ids() IS 'access.my_programs() as one value';

CREATE VIEW access.enrolled WITH (security_barrier = true) AS
SELECT consumer_id FROM public.enrolment WHERE program_id = ANY ((SELECT access.my_program_ids())::uuid[]);
COMMENT ON VIEW access.enrolled IS 'Enrolled in, waiting for or once in my programmes: a row for each time';
GRANT SELECT ON access.enrolled TO throughcare_app;

CREATE FUNCTION access.opened_in_emergency() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp ROWS 2
  BEGIN ATOMIC
    SELECT consumer_id FROM emergency_access
    WHERE staff_id = access.staff() AND until > now() AND agency_id = access.agency()
      AND access.has_role('counselor', 'keyworker', 'supervisor', 'program-manager');
  END;
COMMENT ON FUNCTION access.opened_in_emergency() IS 'Opened in an emergency that has not run out: with access.enrolled, what access.record_consumers() gives';

-- In a rule's text, "x IN (SELECT access.record_consumers())" said the faster way.
CREATE FUNCTION access.asked_of_one(condition text, tab regclass) RETURNS text LANGUAGE sql STABLE
  RETURN regexp_replace(condition,
    '\m(consumer_id|id) IN \( ?SELECT access\.record_consumers\(\)(?: AS record_consumers)?\)',
    format('(EXISTS (SELECT FROM access.enrolled e WHERE e.consumer_id = %s.\1) OR %1$s.\1 IN (SELECT access.opened_in_emergency()))',
      (SELECT quote_ident(relname) FROM pg_class WHERE oid = tab)), 'g');
REVOKE EXECUTE ON FUNCTION access.asked_of_one(text, regclass) FROM throughcare_app;

-- Who asks is the same for every row: asked once, also of these two.
CREATE OR REPLACE FUNCTION access.asked_once(condition text) RETURNS text LANGUAGE sql IMMUTABLE
  RETURN regexp_replace(condition,
    '(?<!SELECT )access\.(agency\(\)|staff\(\)|today\(\)|clinical\(\)|on_duty\(\)|has_role\([^()]*\))', '(SELECT access.\1)', 'g');

DO $$
DECLARE rule record;
BEGIN
  FOR rule IN
    SELECT polname, polrelid::regclass AS tab,
      access.asked_of_one(access.asked_once(pg_get_expr(polqual, polrelid)), polrelid::regclass) AS reads,
      access.asked_of_one(access.asked_once(pg_get_expr(polwithcheck, polrelid)), polrelid::regclass) AS writes
    FROM pg_policy WHERE coalesce(pg_get_expr(polqual, polrelid), '') || coalesce(pg_get_expr(polwithcheck, polrelid), '') ~ 'access\.'
  LOOP
    EXECUTE format('ALTER POLICY %I ON %s %s %s', rule.polname, rule.tab,
      'USING (' || rule.reads || ')', 'WITH CHECK (' || rule.writes || ')');
  END LOOP;
  IF EXISTS (SELECT FROM pg_policy WHERE coalesce(pg_get_expr(polqual, polrelid), '') || coalesce(pg_get_expr(polwithcheck, polrelid), '') ~ 'record_consumers') THEN
    RAISE EXCEPTION 'a rule still lists everybody';
  END IF;
END $$;

-- Who looked: of each entry the few it names are looked up; everybody was listed for each entry.
CREATE OR REPLACE FUNCTION access.log_readable(ids uuid[]) RETURNS boolean LANGUAGE sql STABLE
  RETURN EXISTS (SELECT FROM unnest(ids) AS named
    WHERE EXISTS (SELECT FROM access.enrolled e WHERE e.consumer_id = named) OR named IN (SELECT access.opened_in_emergency()));

-- Rules of later tables are written the same way.
CREATE OR REPLACE PROCEDURE access.protect(tab regclass, may_read text, may_write text, may_update boolean DEFAULT true, may_delete boolean DEFAULT false)
LANGUAGE plpgsql AS $$
BEGIN
  may_read := access.asked_of_one(access.asked_once(may_read), tab);
  may_write := access.asked_of_one(access.asked_once(may_write), tab);
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

-- ---------------------------------------------------------------- lists that span everybody

-- Monday to Friday by arithmetic: counted day by day it was the dearest part of a dashboard.
CREATE OR REPLACE FUNCTION access.working_days_after(from_day date, days integer) RETURNS date LANGUAGE sql IMMUTABLE
  RETURN CASE WHEN days <= 0 THEN from_day ELSE
    from_day - greatest(extract(isodow FROM from_day)::integer - 5, 0)
      + days + 2 * ((least(extract(isodow FROM from_day)::integer, 5) + days - 1) / 5) END;

-- As access.care_in_sight(): whose records one may read is asked once, not of each of ten tables.
CREATE FUNCTION access.waits_in_sight() RETURNS SETOF waiting LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT w.* FROM waiting w
  WHERE w.agency_id = (SELECT access.agency())
    AND (EXISTS (SELECT FROM access.enrolled e WHERE e.consumer_id = w.consumer_id) OR w.consumer_id IN (SELECT access.opened_in_emergency()));
$$;
COMMENT ON FUNCTION access.waits_in_sight() IS 'Waits of everybody whose record one may read';
CREATE FUNCTION access.referrals_to_triage() RETURNS SETOF referral_to_triage LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT t.* FROM referral_to_triage t
  WHERE t.agency_id = (SELECT access.agency())
    AND (EXISTS (SELECT FROM access.enrolled e WHERE e.consumer_id = t.consumer_id) OR t.consumer_id IN (SELECT access.opened_in_emergency()));
$$;
COMMENT ON FUNCTION access.referrals_to_triage() IS 'Referrals to triage of everybody whose record one may read';

-- Who asks, and which day it is, once and not for each of thousands of stays.
CREATE OR REPLACE FUNCTION access.bed_days(from_day date, before_day date) RETURNS TABLE (bed_id uuid, during daterange)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  BEGIN ATOMIC
    SELECT s.bed_id, daterange(s.arrived_on, coalesce(s.left_on, least((SELECT access.today()) + 1, before_day))) * daterange(from_day, before_day)
    FROM bed_stay s JOIN bed b ON b.id = s.bed_id JOIN unit u ON u.id = b.unit_id
    WHERE s.agency_id = (SELECT access.agency()) AND s.arrived_on IS NOT NULL AND s.cancelled_on IS NULL
      AND coalesce(s.left_on, 'infinity') > s.arrived_on AND s.arrived_on < before_day
      AND coalesce(s.left_on, before_day) > from_day AND s.arrived_on < coalesce(s.left_on, least((SELECT access.today()) + 1, before_day))
      AND u.program_id IN (SELECT access.my_programs());
  END;

-- Who is somewhere now, among the many who were.
CREATE INDEX ON enrolment (valid_to);
CREATE INDEX ON episode (opened_on) WHERE closed_on IS NULL;
CREATE INDEX ON assignment (staff_id) WHERE part = 'keyworker' AND valid_to IS NULL;
CREATE INDEX ON placement (expected_to) WHERE admitted_on IS NOT NULL AND ended_on IS NULL;
