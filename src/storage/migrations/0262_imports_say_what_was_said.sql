-- Redefined whole, after 0240: what a file does not say of a unit, nobody said; and what was written is
-- noted row by row as it is written, so that it is known inside a savepoint, too, and nothing else is
-- taken for it that was written in the same transaction.

CREATE OR REPLACE FUNCTION access.run_import(of_batch uuid, given jsonb) RETURNS integer
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE batch import_batch; mine uuid := access.agency(); day date := access.today(); written integer;
BEGIN
  SELECT * INTO batch FROM import_batch WHERE id = of_batch AND agency_id = mine AND created_by = access.staff() FOR UPDATE;
  IF NOT FOUND OR batch.imported_at IS NOT NULL OR NOT access.has_role('administrator')
    OR EXISTS (SELECT FROM access.import_problems(batch.kind, given)) THEN RETURN NULL; END IF;
  CREATE TEMP TABLE coming ON COMMIT DROP AS
    SELECT (x ->> 'row')::integer AS n, x AS v, uuidv7() AS id, uuidv7() AS other_id FROM jsonb_array_elements(given) x;
  CREATE TEMP TABLE made (tab text, id uuid) ON COMMIT DROP;

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
    WITH put AS (INSERT INTO program (agency_id, name, kind)
      SELECT DISTINCT ON (lower(v ->> 'program')) mine, v ->> 'program', v ->> 'program_kind' FROM coming
      WHERE NOT EXISTS (SELECT FROM program g WHERE g.agency_id = mine AND lower(g.name) = lower(v ->> 'program')) ORDER BY lower(v ->> 'program'), n
      RETURNING id)
    INSERT INTO made SELECT 'program', id FROM put;
    CREATE TEMP TABLE unit_coming ON COMMIT DROP AS
      SELECT DISTINCT ON (lower(v ->> 'unit')) n, v, v ->> 'unit' AS unit FROM coming
      WHERE v ->> 'unit' IS NOT NULL AND NOT EXISTS (SELECT FROM unit u WHERE u.agency_id = mine AND lower(u.name) = lower(v ->> 'unit')) ORDER BY lower(v ->> 'unit'), n;
    WITH put AS (INSERT INTO unit (agency_id, program_id, name, kind, approach, women_only, men_only, takes_children, drug_free, serves, does_not_take,
        locality, weeks, staffing, about, created_by)
      SELECT mine, g.id, unit, v ->> 'unit_kind', v ->> 'approach', coalesce((v ->> 'women_only')::boolean, false), coalesce((v ->> 'men_only')::boolean, false),
        coalesce((v ->> 'takes_children')::boolean, false), (v ->> 'drug_free')::boolean,
        ARRAY(SELECT jsonb_array_elements_text(coalesce(v -> 'serves', '[]'))), ARRAY(SELECT jsonb_array_elements_text(coalesce(v -> 'does_not_take', '[]'))),
        v ->> 'locality', (v ->> 'weeks')::integer, v ->> 'staffing', v ->> 'about', access.staff()
      FROM unit_coming JOIN program g ON g.agency_id = mine AND lower(g.name) = lower(v ->> 'program')
      RETURNING id)
    INSERT INTO made SELECT 'unit', id FROM put;
    UPDATE unit SET attached_to = (SELECT o.id FROM unit o WHERE o.agency_id = mine AND lower(o.name) = lower(v ->> 'attached_to'))
      FROM unit_coming WHERE unit.agency_id = mine AND unit.name = unit_coming.unit AND v ->> 'attached_to' IS NOT NULL;
    WITH put AS (INSERT INTO bed (agency_id, unit_id, name, child_place)
      SELECT mine, u.id, v ->> 'bed', coalesce((v ->> 'child_place')::boolean, false)
        FROM coming JOIN unit u ON u.agency_id = mine AND lower(u.name) = lower(v ->> 'unit') WHERE v ->> 'bed' IS NOT NULL
      UNION ALL SELECT mine, u.id, 'Bed ' || nth, false
        FROM (SELECT DISTINCT lower(v ->> 'unit') AS unit, (v ->> 'capacity')::integer AS capacity FROM coming WHERE v ->> 'capacity' IS NOT NULL) c
        JOIN unit u ON u.agency_id = mine AND lower(u.name) = c.unit CROSS JOIN generate_series(1, c.capacity) nth
      RETURNING id)
    INSERT INTO made SELECT 'bed', id FROM put;
    INSERT INTO imported_row (agency_id, batch_id, tab, row_id, as_written)
      SELECT mine, of_batch, 'bed', b.id, md5(to_jsonb(b)::text) FROM bed b JOIN made m ON m.id = b.id
      UNION ALL SELECT mine, of_batch, 'unit', u.id, md5(to_jsonb(u)::text) FROM unit u JOIN made m ON m.id = u.id
      UNION ALL SELECT mine, of_batch, 'program', g.id, md5(to_jsonb(g)::text) FROM program g JOIN made m ON m.id = g.id;
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
    WITH put AS (INSERT INTO enrolment (agency_id, consumer_id, episode_id, program_id, requested_on, valid_from)
      SELECT mine, p.consumer_id, p.episode_id, u.program_id, p.admitted_on,
        greatest(p.admitted_on, (SELECT max(o.valid_to) + 1 FROM enrolment o WHERE o.consumer_id = p.consumer_id AND o.program_id = u.program_id))
      FROM coming c JOIN placement p ON p.id = c.id JOIN unit u ON u.id = p.unit_id
      WHERE u.program_id IS NOT NULL AND NOT EXISTS (SELECT FROM enrolment e WHERE e.consumer_id = p.consumer_id AND e.program_id = u.program_id AND e.valid_to IS NULL)
      RETURNING id)
    INSERT INTO made SELECT 'enrolment', id FROM put;
    INSERT INTO imported_row (agency_id, batch_id, tab, row_id, as_written)
      SELECT mine, of_batch, 'enrolment', e.id, md5(to_jsonb(e)::text) FROM enrolment e JOIN made m ON m.id = e.id
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
    WITH put AS (INSERT INTO assignment (agency_id, consumer_id, staff_id, part, valid_from)
      SELECT mine, p.id, s.id, 'keyworker', (v ->> 'opened_on')::date
      FROM coming c JOIN consumer p ON p.agency_id = mine AND p.number = v ->> 'number'
      JOIN staff s ON s.agency_id = mine AND s.email = v ->> 'keyworker_email'
      RETURNING id)
    INSERT INTO made SELECT 'assignment', id FROM put;
    INSERT INTO imported_row (agency_id, batch_id, tab, row_id, as_written)
      SELECT mine, of_batch, 'assignment', a.id, md5(to_jsonb(a)::text) FROM assignment a JOIN made m ON m.id = a.id
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
  DROP TABLE coming, made;
  RETURN written;
END $$;
