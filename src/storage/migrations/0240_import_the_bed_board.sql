-- An agency begins with its real bed board: all that a unit is, its beds by name or by number, and
-- who lies in which of them now.

ALTER TABLE import_batch DROP CONSTRAINT import_batch_kind_check;
ALTER TABLE import_batch ADD CONSTRAINT import_batch_kind_check
  CHECK (kind IN ('staff', 'credentials', 'places', 'consumers', 'supports', 'episodes', 'stays'));

CREATE OR REPLACE FUNCTION access.import_problems(of_kind text, given jsonb) RETURNS TABLE (row_number integer, col text, problem text)
  LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE mine uuid := access.agency();
BEGIN
  IF NOT access.has_role('administrator') THEN RETURN; END IF;
  RETURN QUERY
  WITH r AS (SELECT (x ->> 'row')::integer AS n, x AS v FROM jsonb_array_elements(given) x),
  named AS (SELECT DISTINCT ON (lower(v ->> 'unit')) n, v FROM r WHERE of_kind = 'places' AND v ->> 'unit' IS NOT NULL ORDER BY lower(v ->> 'unit'), n),
  lies AS (
    SELECT n, v, c.id AS consumer_id, u.id AS unit_id, u.program_id, b.id AS bed_id, b.child_place,
      (v ->> 'since')::date AS since, coalesce(v ->> 'admitted_on', v ->> 'since')::date AS admitted_on,
      daterange((v ->> 'since')::date, greatest((v ->> 'since')::date, (v ->> 'expected_to')::date, access.today() + 1), '[)') AS days
    FROM r LEFT JOIN consumer c ON c.agency_id = mine AND c.number = v ->> 'number'
    LEFT JOIN unit u ON u.agency_id = mine AND lower(u.name) = lower(v ->> 'unit')
    LEFT JOIN bed b ON b.unit_id = u.id AND b.active AND lower(b.name) = lower(v ->> 'bed')
    WHERE of_kind = 'stays'
  )
  SELECT n, 'email', 'Somebody here has this email already' FROM r JOIN staff s ON s.agency_id = mine AND s.email = v ->> 'email'
    WHERE of_kind = 'staff'
  UNION ALL SELECT n, 'programs', 'There is no programme called “' || p || '”' FROM r, jsonb_array_elements_text(v -> 'programs') p
    WHERE of_kind = 'staff' AND NOT EXISTS (SELECT FROM program g WHERE g.agency_id = mine AND lower(g.name) = lower(p))
  UNION ALL SELECT n, 'staff_email', 'Nobody here has the email “' || (v ->> 'staff_email') || '”' FROM r
    WHERE of_kind = 'credentials' AND NOT EXISTS (SELECT FROM staff s WHERE s.agency_id = mine AND s.email = v ->> 'staff_email')
  UNION ALL SELECT n, 'supervisor_email', 'Nobody here has the email “' || (v ->> 'supervisor_email') || '”' FROM r
    WHERE of_kind = 'credentials' AND v ->> 'supervisor_email' IS NOT NULL
      AND NOT EXISTS (SELECT FROM staff s WHERE s.agency_id = mine AND s.email = v ->> 'supervisor_email')
  UNION ALL SELECT n, 'valid_from', 'This qualification is recorded for these days already' FROM r
    JOIN staff s ON s.agency_id = mine AND s.email = v ->> 'staff_email' JOIN credential c ON c.staff_id = s.id AND c.qualification = v ->> 'qualification'
      AND c.during && daterange((v ->> 'valid_from')::date, (v ->> 'valid_to')::date, '[]') WHERE of_kind = 'credentials'
  UNION ALL SELECT n, 'bed', 'The bed “' || (v ->> 'bed') || '” is there already' FROM r
    JOIN unit u ON u.agency_id = mine AND lower(u.name) = lower(v ->> 'unit') JOIN bed b ON b.unit_id = u.id AND lower(b.name) = lower(v ->> 'bed')
    WHERE of_kind = 'places'
  UNION ALL SELECT n, 'capacity', '“' || (v ->> 'unit') || '” has beds here already: name the new ones, a row each' FROM named
    JOIN unit u ON u.agency_id = mine AND lower(u.name) = lower(v ->> 'unit')
    WHERE v ->> 'capacity' IS NOT NULL AND EXISTS (SELECT FROM bed b WHERE b.unit_id = u.id)
  UNION ALL SELECT n, 'attached_to', 'There is no rehab called “' || (v ->> 'attached_to') || '” in the file or here' FROM named
    WHERE v ->> 'attached_to' IS NOT NULL
      AND NOT EXISTS (SELECT FROM named o WHERE lower(o.v ->> 'unit') = lower(named.v ->> 'attached_to') AND o.v ->> 'unit_kind' = 'rehab')
      AND NOT EXISTS (SELECT FROM unit u WHERE u.agency_id = mine AND lower(u.name) = lower(named.v ->> 'attached_to') AND u.kind = 'rehab')
  -- A unit that is here keeps what is said of it here.
  UNION ALL SELECT n, said.col, '“' || (v ->> 'unit') || '” is here already and says otherwise: leave this empty, or change it there' FROM named
    JOIN unit u ON u.agency_id = mine AND lower(u.name) = lower(v ->> 'unit')
    CROSS JOIN LATERAL (VALUES
      ('program', v ->> 'program', (SELECT name FROM program g WHERE g.id = u.program_id)), ('unit_kind', v ->> 'unit_kind', u.kind),
      ('approach', v ->> 'approach', u.approach), ('attached_to', v ->> 'attached_to', (SELECT name FROM unit o WHERE o.id = u.attached_to)),
      ('women_only', v ->> 'women_only', u.women_only::text), ('men_only', v ->> 'men_only', u.men_only::text),
      ('takes_children', v ->> 'takes_children', u.takes_children::text), ('drug_free', v ->> 'drug_free', u.drug_free::text),
      ('serves', (SELECT string_agg(x, ' ' ORDER BY x) FROM jsonb_array_elements_text(v -> 'serves') x), (SELECT string_agg(x, ' ' ORDER BY x) FROM unnest(u.serves) x)),
      ('does_not_take', (SELECT string_agg(x, ' ' ORDER BY x) FROM jsonb_array_elements_text(v -> 'does_not_take') x), (SELECT string_agg(x, ' ' ORDER BY x) FROM unnest(u.does_not_take) x)),
      ('locality', v ->> 'locality', u.locality), ('staffing', v ->> 'staffing', u.staffing),
      ('weeks', v ->> 'weeks', u.weeks::text), ('about', v ->> 'about', u.about)
    ) said (col, new, old)
    WHERE said.new IS NOT NULL AND lower(said.new) IS DISTINCT FROM lower(said.old)
  UNION ALL SELECT n, 'unit', 'There is no unit called “' || (v ->> 'unit') || '”' FROM lies WHERE unit_id IS NULL
  UNION ALL SELECT n, 'bed', 'There is no bed called “' || (v ->> 'bed') || '” in it' FROM lies WHERE unit_id IS NOT NULL AND bed_id IS NULL
  UNION ALL SELECT n, 'bed', '“' || (v ->> 'bed') || '” is a child''s place' FROM lies WHERE child_place
  UNION ALL SELECT n, 'bed', 'Somebody here lies in this bed, or is booked for it, on these days' FROM lies
    WHERE EXISTS (SELECT FROM bed_stay s WHERE s.bed_id = lies.bed_id AND s.cancelled_on IS NULL
      AND (s.during && lies.days OR s.arrived_on IS NOT NULL AND s.left_on IS NULL))
  UNION ALL SELECT n, 'since', 'Is a day to come: only who lies in a bed now is brought in' FROM lies WHERE since > access.today()
  UNION ALL SELECT n, 'number', 'Their open episode is not here, or began later: bring it in first' FROM lies
    WHERE consumer_id IS NOT NULL AND NOT EXISTS (SELECT FROM episode e WHERE e.consumer_id = lies.consumer_id AND e.closed_on IS NULL AND e.opened_on <= lies.admitted_on)
  UNION ALL SELECT n, 'since', 'What is here already of this person covers some of these days' FROM lies
    WHERE EXISTS (SELECT FROM bed_stay s WHERE s.consumer_id = lies.consumer_id AND s.cancelled_on IS NULL
        AND (s.during && lies.days OR s.arrived_on IS NOT NULL AND s.left_on IS NULL))
      OR EXISTS (SELECT FROM placement p WHERE p.consumer_id = lies.consumer_id AND p.withdrawn_on IS NULL
        AND coalesce(p.ended_on, 'infinity') > lies.admitted_on)
  UNION ALL SELECT n, 'unit', 'They wait for its programme, and are not in it: say since when they are among the open episodes' FROM lies
    WHERE EXISTS (SELECT FROM enrolment e WHERE e.consumer_id = lies.consumer_id AND e.program_id = lies.program_id AND e.valid_to IS NULL
      AND (e.valid_from IS NULL OR e.valid_from > access.today()))
  UNION ALL SELECT n, 'number', 'This person, or somebody with this number, is here already' FROM r
    WHERE of_kind = 'consumers' AND (EXISTS (SELECT FROM consumer c WHERE c.agency_id = mine AND c.number = v ->> 'number')
      OR EXISTS (SELECT FROM consumer c WHERE c.agency_id = mine AND c.date_of_birth = (v ->> 'date_of_birth')::date
        AND people.fold(c.family_name) = people.fold(v ->> 'family_name') AND people.fold(c.given_name) = people.fold(v ->> 'given_name')))
  UNION ALL SELECT n, 'number', 'Nobody here has this number' FROM r
    WHERE of_kind IN ('supports', 'episodes', 'stays') AND NOT EXISTS (SELECT FROM consumer c WHERE c.agency_id = mine AND c.number = v ->> 'number')
  UNION ALL SELECT n, 'program', 'There is no programme called “' || (v ->> 'program') || '”' FROM r
    WHERE of_kind = 'episodes' AND NOT EXISTS (SELECT FROM program g WHERE g.agency_id = mine AND lower(g.name) = lower(v ->> 'program'))
  UNION ALL SELECT n, 'keyworker_email', 'Nobody here has the email “' || (v ->> 'keyworker_email') || '”' FROM r
    WHERE of_kind = 'episodes' AND v ->> 'keyworker_email' IS NOT NULL
      AND NOT EXISTS (SELECT FROM staff s WHERE s.agency_id = mine AND s.email = v ->> 'keyworker_email')
  UNION ALL SELECT n, 'opened_on', 'What is here already of this person covers some of these days' FROM r
    JOIN consumer c ON c.agency_id = mine AND c.number = v ->> 'number'
    JOIN episode e ON e.consumer_id = c.id AND e.during && daterange((v ->> 'opened_on')::date, NULL, '[]') WHERE of_kind = 'episodes'
  ORDER BY 1, 2;
END $$;

CREATE OR REPLACE FUNCTION access.try_import(of_batch uuid, given jsonb) RETURNS TABLE (row_number integer, col text, problem text)
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE batch import_batch; mine uuid := access.agency();
BEGIN
  SELECT * INTO batch FROM import_batch WHERE id = of_batch AND agency_id = mine AND created_by = access.staff() AND imported_at IS NULL;
  IF NOT FOUND OR NOT access.has_role('administrator') THEN RETURN; END IF;
  IF batch.kind IN ('consumers', 'supports', 'episodes', 'stays') THEN
    INSERT INTO access_log (agency_id, staff_id, action, room, consumer_ids, reason)
      SELECT mine, access.staff(), 'listed', 'import', array_agg(here.id), 'Told by a file that was tried that they are here'
      FROM (
        SELECT c.id FROM jsonb_array_elements(given) v JOIN consumer c ON c.agency_id = mine AND c.number = v ->> 'number'
        UNION
        SELECT c.id FROM jsonb_array_elements(given) v JOIN consumer c ON c.agency_id = mine AND c.date_of_birth = (v ->> 'date_of_birth')::date
          AND people.fold(c.family_name) = people.fold(v ->> 'family_name') AND people.fold(c.given_name) = people.fold(v ->> 'given_name')
        WHERE batch.kind = 'consumers'
      ) here HAVING count(*) > 0;
  END IF;
  RETURN QUERY SELECT * FROM access.import_problems(batch.kind, given);
END $$;

CREATE OR REPLACE FUNCTION access.run_import(of_batch uuid, given jsonb) RETURNS integer
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE batch import_batch; mine uuid := access.agency(); day date := access.today(); written integer;
BEGIN
  SELECT * INTO batch FROM import_batch WHERE id = of_batch AND agency_id = mine AND created_by = access.staff() FOR UPDATE;
  IF NOT FOUND OR batch.imported_at IS NOT NULL OR NOT access.has_role('administrator')
    OR EXISTS (SELECT FROM access.import_problems(batch.kind, given)) THEN RETURN NULL; END IF;
  CREATE TEMP TABLE coming ON COMMIT DROP AS
    SELECT (x ->> 'row')::integer AS n, x AS v, uuidv7() AS id, uuidv7() AS other_id FROM jsonb_array_elements(given) x;

  IF batch.kind = 'staff' THEN
    INSERT INTO staff (id, agency_id, name, email, title, active_from)
      SELECT id, mine, v ->> 'name', v ->> 'email', v ->> 'title', coalesce((v ->> 'active_from')::date, day) FROM coming;
    INSERT INTO staff_role (agency_id, staff_id, role, valid_from)
      SELECT mine, id, role, coalesce((v ->> 'active_from')::date, day) FROM coming, jsonb_array_elements_text(v -> 'roles') role;
    INSERT INTO staff_program (agency_id, staff_id, program_id, valid_from)
      SELECT mine, c.id, g.id, coalesce((v ->> 'active_from')::date, day) FROM coming c, jsonb_array_elements_text(v -> 'programs') p
      JOIN program g ON g.agency_id = mine AND lower(g.name) = lower(p);
    INSERT INTO imported_row (agency_id, batch_id, tab, row_id, as_written)
      SELECT mine, of_batch, 'staff', s.id, md5(to_jsonb(s)::text) FROM staff s JOIN coming c ON c.id = s.id
      UNION ALL SELECT mine, of_batch, 'staff_role', s.id, md5(to_jsonb(s)::text) FROM staff_role s JOIN coming c ON c.id = s.staff_id
      UNION ALL SELECT mine, of_batch, 'staff_program', s.id, md5(to_jsonb(s)::text) FROM staff_program s JOIN coming c ON c.id = s.staff_id;
  ELSIF batch.kind = 'credentials' THEN
    INSERT INTO credential (id, agency_id, staff_id, qualification, name, issuer, number, supervisor_id, valid_from, valid_to)
      SELECT c.id, mine, s.id, v ->> 'qualification', v ->> 'name', v ->> 'issuer', v ->> 'number',
        (SELECT h.id FROM staff h WHERE h.agency_id = mine AND h.email = v ->> 'supervisor_email'), (v ->> 'valid_from')::date, (v ->> 'valid_to')::date
      FROM coming c JOIN staff s ON s.agency_id = mine AND s.email = v ->> 'staff_email';
    INSERT INTO imported_row (agency_id, batch_id, tab, row_id, as_written)
      SELECT mine, of_batch, 'credential', s.id, md5(to_jsonb(s)::text) FROM credential s JOIN coming c ON c.id = s.id;
  ELSIF batch.kind = 'places' THEN
    INSERT INTO program (agency_id, name, kind)
      SELECT DISTINCT ON (lower(v ->> 'program')) mine, v ->> 'program', v ->> 'program_kind' FROM coming
      WHERE NOT EXISTS (SELECT FROM program g WHERE g.agency_id = mine AND lower(g.name) = lower(v ->> 'program')) ORDER BY lower(v ->> 'program'), n;
    CREATE TEMP TABLE unit_coming ON COMMIT DROP AS
      SELECT DISTINCT ON (lower(v ->> 'unit')) n, v, v ->> 'unit' AS unit FROM coming
      WHERE v ->> 'unit' IS NOT NULL AND NOT EXISTS (SELECT FROM unit u WHERE u.agency_id = mine AND lower(u.name) = lower(v ->> 'unit')) ORDER BY lower(v ->> 'unit'), n;
    INSERT INTO unit (agency_id, program_id, name, kind, approach, women_only, men_only, takes_children, drug_free, serves, does_not_take,
        locality, weeks, staffing, about, created_by)
      SELECT mine, g.id, unit, v ->> 'unit_kind', v ->> 'approach', coalesce((v ->> 'women_only')::boolean, false), coalesce((v ->> 'men_only')::boolean, false),
        coalesce((v ->> 'takes_children')::boolean, false), coalesce((v ->> 'drug_free')::boolean, false),
        ARRAY(SELECT jsonb_array_elements_text(coalesce(v -> 'serves', '[]'))), ARRAY(SELECT jsonb_array_elements_text(coalesce(v -> 'does_not_take', '[]'))),
        v ->> 'locality', (v ->> 'weeks')::integer, v ->> 'staffing', v ->> 'about', access.staff()
      FROM unit_coming JOIN program g ON g.agency_id = mine AND lower(g.name) = lower(v ->> 'program');
    UPDATE unit SET attached_to = (SELECT o.id FROM unit o WHERE o.agency_id = mine AND lower(o.name) = lower(v ->> 'attached_to'))
      FROM unit_coming WHERE unit.agency_id = mine AND unit.name = unit_coming.unit AND v ->> 'attached_to' IS NOT NULL;
    INSERT INTO bed (agency_id, unit_id, name, child_place)
      SELECT mine, u.id, v ->> 'bed', coalesce((v ->> 'child_place')::boolean, false)
        FROM coming JOIN unit u ON u.agency_id = mine AND lower(u.name) = lower(v ->> 'unit') WHERE v ->> 'bed' IS NOT NULL
      UNION ALL SELECT mine, u.id, 'Bed ' || nth, false
        FROM (SELECT DISTINCT lower(v ->> 'unit') AS unit, (v ->> 'capacity')::integer AS capacity FROM coming WHERE v ->> 'capacity' IS NOT NULL) c
        JOIN unit u ON u.agency_id = mine AND lower(u.name) = c.unit CROSS JOIN generate_series(1, c.capacity) nth;
    INSERT INTO imported_row (agency_id, batch_id, tab, row_id, as_written)
      SELECT mine, of_batch, 'bed', b.id, md5(to_jsonb(b)::text) FROM bed b WHERE b.agency_id = mine AND b.xmin = pg_current_xact_id()::xid
      UNION ALL SELECT mine, of_batch, 'unit', u.id, md5(to_jsonb(u)::text) FROM unit u WHERE u.agency_id = mine AND u.xmin = pg_current_xact_id()::xid
      UNION ALL SELECT mine, of_batch, 'program', g.id, md5(to_jsonb(g)::text) FROM program g WHERE g.agency_id = mine AND g.xmin = pg_current_xact_id()::xid;
    DROP TABLE unit_coming;
  ELSIF batch.kind = 'consumers' THEN
    INSERT INTO consumer (id, agency_id, number, given_name, family_name, preferred_name, pronouns, date_of_birth, phone, safe_to_call,
        language, interpreter, access_needs, search_key, created_by)
      SELECT id, mine, v ->> 'number', v ->> 'given_name', v ->> 'family_name', v ->> 'preferred_name', v ->> 'pronouns',
        (v ->> 'date_of_birth')::date, v ->> 'phone', v ->> 'safe_to_call', coalesce(v ->> 'language', 'English'),
        coalesce((v ->> 'interpreter')::boolean, false), v ->> 'access_needs', '', access.staff() FROM coming;
    INSERT INTO imported_row (agency_id, batch_id, tab, row_id, as_written)
      SELECT mine, of_batch, 'consumer', s.id, md5(to_jsonb(s)::text) FROM consumer s JOIN coming c ON c.id = s.id;
  ELSIF batch.kind = 'supports' THEN
    INSERT INTO support (id, agency_id, consumer_id, kind, name, relation, organisation, phone, email, language)
      SELECT c.id, mine, p.id, v ->> 'kind', v ->> 'name', v ->> 'relation', v ->> 'organisation', v ->> 'phone', v ->> 'email', coalesce(v ->> 'language', 'English')
      FROM coming c JOIN consumer p ON p.agency_id = mine AND p.number = v ->> 'number';
    INSERT INTO imported_row (agency_id, batch_id, tab, row_id, as_written)
      SELECT mine, of_batch, 'support', s.id, md5(to_jsonb(s)::text) FROM support s JOIN coming c ON c.id = s.id;
  ELSIF batch.kind = 'stays' THEN
    INSERT INTO placement (id, agency_id, consumer_id, episode_id, unit_id, requested_on, requested_by, admitted_on, expected_to)
      SELECT c.id, mine, p.id, e.id, u.id, coalesce(v ->> 'admitted_on', v ->> 'since')::date, access.staff(),
        coalesce(v ->> 'admitted_on', v ->> 'since')::date, (v ->> 'expected_to')::date
      FROM coming c JOIN consumer p ON p.agency_id = mine AND p.number = v ->> 'number' JOIN episode e ON e.consumer_id = p.id AND e.closed_on IS NULL
      JOIN unit u ON u.agency_id = mine AND lower(u.name) = lower(v ->> 'unit');
    INSERT INTO bed_stay (id, agency_id, consumer_id, placement_id, bed_id, starts_on, ends_on, arrived_on, booked_by)
      SELECT c.other_id, mine, p.consumer_id, c.id, b.id, (v ->> 'since')::date, (v ->> 'expected_to')::date, (v ->> 'since')::date, access.staff()
      FROM coming c JOIN placement p ON p.id = c.id JOIN bed b ON b.unit_id = p.unit_id AND b.active AND lower(b.name) = lower(v ->> 'bed');
    -- The unit's team sees who lies there: whoever is not in its programme yet is from that day.
    INSERT INTO enrolment (agency_id, consumer_id, episode_id, program_id, requested_on, valid_from)
      SELECT mine, p.consumer_id, p.episode_id, u.program_id, p.admitted_on,
        greatest(p.admitted_on, (SELECT max(o.valid_to) + 1 FROM enrolment o WHERE o.consumer_id = p.consumer_id AND o.program_id = u.program_id))
      FROM coming c JOIN placement p ON p.id = c.id JOIN unit u ON u.id = p.unit_id
      WHERE u.program_id IS NOT NULL AND NOT EXISTS (SELECT FROM enrolment e WHERE e.consumer_id = p.consumer_id AND e.program_id = u.program_id AND e.valid_to IS NULL);
    INSERT INTO imported_row (agency_id, batch_id, tab, row_id, as_written)
      SELECT mine, of_batch, 'enrolment', e.id, md5(to_jsonb(e)::text) FROM enrolment e WHERE e.agency_id = mine AND e.xmin = pg_current_xact_id()::xid
      UNION ALL SELECT mine, of_batch, 'placement', s.id, md5(to_jsonb(s)::text) FROM placement s JOIN coming c ON c.id = s.id
      UNION ALL SELECT mine, of_batch, 'bed_stay', s.id, md5(to_jsonb(s)::text) FROM bed_stay s JOIN coming c ON c.other_id = s.id;
  ELSE
    INSERT INTO episode (id, agency_id, consumer_id, previous_id, opened_on)
      SELECT c.id, mine, p.id, (SELECT l.id FROM episode l WHERE l.consumer_id = p.id ORDER BY l.opened_on DESC LIMIT 1), (v ->> 'opened_on')::date
      FROM coming c JOIN consumer p ON p.agency_id = mine AND p.number = v ->> 'number';
    INSERT INTO enrolment (id, agency_id, consumer_id, episode_id, program_id, requested_on, valid_from)
      SELECT c.other_id, mine, p.id, c.id, g.id, (v ->> 'opened_on')::date, (v ->> 'in_program_since')::date
      FROM coming c JOIN consumer p ON p.agency_id = mine AND p.number = v ->> 'number'
      JOIN program g ON g.agency_id = mine AND lower(g.name) = lower(v ->> 'program');
    INSERT INTO assignment (agency_id, consumer_id, staff_id, part, valid_from)
      SELECT mine, p.id, s.id, 'keyworker', (v ->> 'opened_on')::date
      FROM coming c JOIN consumer p ON p.agency_id = mine AND p.number = v ->> 'number'
      JOIN staff s ON s.agency_id = mine AND s.email = v ->> 'keyworker_email';
    INSERT INTO imported_row (agency_id, batch_id, tab, row_id, as_written)
      SELECT mine, of_batch, 'assignment', a.id, md5(to_jsonb(a)::text) FROM assignment a WHERE a.agency_id = mine AND a.xmin = pg_current_xact_id()::xid
      UNION ALL SELECT mine, of_batch, 'enrolment', s.id, md5(to_jsonb(s)::text) FROM enrolment s JOIN coming c ON c.other_id = s.id
      UNION ALL SELECT mine, of_batch, 'episode', s.id, md5(to_jsonb(s)::text) FROM episode s JOIN coming c ON c.id = s.id;
  END IF;
  SELECT count(*) INTO written FROM coming;
  UPDATE import_batch SET imported_at = clock_timestamp(), rows = NULL WHERE id = of_batch;
  INSERT INTO access_log (agency_id, staff_id, action, room, consumer_ids, reason)
    SELECT mine, access.staff(), 'write', 'import', array_agg(s.consumer_id), 'Imported from a file'
    FROM (SELECT row_id AS consumer_id FROM imported_row WHERE batch_id = of_batch AND tab = 'consumer'
      UNION SELECT u.consumer_id FROM support u JOIN imported_row i ON i.row_id = u.id WHERE i.batch_id = of_batch AND i.tab = 'support'
      UNION SELECT p.consumer_id FROM placement p JOIN imported_row i ON i.row_id = p.id WHERE i.batch_id = of_batch AND i.tab = 'placement'
      UNION SELECT e.consumer_id FROM episode e JOIN imported_row i ON i.row_id = e.id WHERE i.batch_id = of_batch AND i.tab = 'episode') s
    HAVING count(*) > 0;
  DROP TABLE coming;
  RETURN written;
END $$;

CREATE OR REPLACE FUNCTION access.import_worked_on(of_batch uuid) RETURNS boolean
  LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  tabs text[] := ARRAY['bed_stay', 'placement', 'assignment', 'enrolment', 'episode', 'support', 'consumer', 'bed', 'unit', 'program', 'credential', 'staff_program', 'staff_role', 'staff'];
  tab text; link record; found boolean;
BEGIN
  IF NOT access.has_role('administrator') OR NOT EXISTS (SELECT FROM import_batch WHERE id = of_batch AND agency_id = access.agency()) THEN RETURN NULL; END IF;
  FOREACH tab IN ARRAY tabs LOOP
    EXECUTE format('SELECT EXISTS (SELECT FROM imported_row i LEFT JOIN %I t ON t.id = i.row_id
      WHERE i.batch_id = $1 AND i.tab = %L AND i.as_written IS DISTINCT FROM md5(to_jsonb(t)::text))', tab, tab) INTO found USING of_batch;
    IF found THEN RETURN true; END IF;
  END LOOP;
  FOR link IN
    SELECT c.conrelid::regclass AS child, child_key.attname AS col, parent.relname AS parent
    FROM pg_constraint c JOIN pg_class parent ON parent.oid = c.confrelid AND parent.relnamespace = 'public'::regnamespace
    CROSS JOIN LATERAL unnest(c.conkey, c.confkey) AS pair (child_no, parent_no)
    JOIN pg_attribute parent_key ON parent_key.attrelid = c.confrelid AND parent_key.attnum = pair.parent_no AND parent_key.attname = 'id'
    JOIN pg_attribute child_key ON child_key.attrelid = c.conrelid AND child_key.attnum = pair.child_no
    WHERE c.contype = 'f' AND parent.relname = ANY (tabs)
      AND EXISTS (SELECT FROM imported_row i WHERE i.batch_id = of_batch AND i.tab = parent.relname)
  LOOP
    EXECUTE format('SELECT EXISTS (SELECT FROM imported_row i JOIN %s t ON t.%I = i.row_id WHERE i.batch_id = $1 AND i.tab = %L%s)',
      link.child, link.col, link.parent,
      CASE WHEN link.child::text = ANY (tabs) THEN ' AND NOT EXISTS (SELECT FROM imported_row own WHERE own.batch_id = $1 AND own.row_id = t.id)' END)
      INTO found USING of_batch;
    IF found THEN RETURN true; END IF;
  END LOOP;
  RETURN false;
END $$;

CREATE OR REPLACE FUNCTION access.undo_import(of_batch uuid) RETURNS text
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE batch import_batch; tab text;
BEGIN
  SELECT * INTO batch FROM import_batch WHERE id = of_batch AND agency_id = access.agency() FOR UPDATE;
  IF NOT FOUND OR NOT access.has_role('administrator') OR batch.imported_at IS NULL OR batch.undone_at IS NOT NULL THEN RETURN 'not-there'; END IF;
  IF access.import_worked_on(of_batch) THEN RETURN 'edited'; END IF;
  BEGIN
    FOREACH tab IN ARRAY ARRAY['bed_stay', 'placement', 'assignment', 'enrolment', 'episode', 'support', 'consumer', 'bed', 'unit', 'program', 'credential', 'staff_program', 'staff_role', 'staff'] LOOP
      EXECUTE format('DELETE FROM %I t USING imported_row i WHERE i.batch_id = $1 AND i.tab = %L AND t.id = i.row_id', tab, tab) USING of_batch;
    END LOOP;
  EXCEPTION WHEN foreign_key_violation THEN RETURN 'edited';
  END;
  UPDATE import_batch SET undone_at = clock_timestamp() WHERE id = of_batch;
  RETURN 'undone';
END $$;
