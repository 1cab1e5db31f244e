-- Coming from another system: a file is read, its columns are matched, everything that is wrong is
-- listed, and then all of it is written or nothing. Until the first edit it can be undone.

CREATE TABLE import_batch (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  agency_id uuid NOT NULL REFERENCES agency,
  kind text NOT NULL CHECK (kind IN ('staff', 'credentials', 'places', 'consumers', 'supports', 'episodes')),
  file_name text NOT NULL CHECK (length(file_name) BETWEEN 1 AND 200),
  header text[] NOT NULL,
  rows jsonb,
  columns jsonb NOT NULL DEFAULT '{}',
  row_count integer NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  created_by uuid NOT NULL,
  imported_at timestamptz,
  undone_at timestamptz,
  UNIQUE (id, agency_id),
  FOREIGN KEY (created_by, agency_id) REFERENCES staff (id, agency_id)
);
COMMENT ON TABLE import_batch IS 'A file of another system, on its way in; its rows are forgotten once they are written';
COMMENT ON COLUMN import_batch.columns IS 'Which column of the file is which of ours: {ours: place in the header, from 0}';
CREATE INDEX ON import_batch (agency_id, created_at);
CALL access.protect('import_batch',
  'agency_id = access.agency() AND access.has_role(''administrator'')',
  'agency_id = access.agency() AND access.has_role(''administrator'') AND created_by = access.staff()', may_delete => true);
CALL access.guard_table('import_batch');
REVOKE UPDATE ON import_batch FROM throughcare_app;
GRANT UPDATE (columns) ON import_batch TO throughcare_app;

CREATE TABLE imported_row (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  agency_id uuid NOT NULL REFERENCES agency,
  batch_id uuid NOT NULL,
  tab text NOT NULL,
  row_id uuid NOT NULL,
  as_written text NOT NULL,
  FOREIGN KEY (batch_id, agency_id) REFERENCES import_batch (id, agency_id)
);
COMMENT ON TABLE imported_row IS 'A row that an import wrote, and a digest of how: an edit is told from it';
CREATE INDEX ON imported_row (batch_id);
CALL access.protect('imported_row', 'agency_id = access.agency() AND access.has_role(''administrator'')', NULL);
CALL access.guard_table('imported_row');

-- An administrator sees no record: the rows go in, and nothing of anybody comes out but what in
-- their own file cannot be written, by its row and column.
CREATE FUNCTION access.import_problems(of_kind text, given jsonb) RETURNS TABLE (row_number integer, col text, problem text)
  LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE mine uuid := access.agency();
BEGIN
  IF NOT access.has_role('administrator') THEN RETURN; END IF;
  RETURN QUERY
  WITH r AS (SELECT (x ->> 'row')::integer AS n, x AS v FROM jsonb_array_elements(given) x)
  SELECT n, 'email', 'Somebody here has this email already' FROM r JOIN staff s ON s.agency_id = mine AND s.email = v ->> 'email'
    WHERE of_kind = 'staff'
  UNION ALL SELECT n, 'programs', 'There is no programme called “' || p || '”' FROM r, jsonb_array_elements_text(v -> 'programs') p
    WHERE of_kind = 'staff' AND NOT EXISTS (SELECT FROM program g WHERE g.agency_id = mine AND lower(g.name) = lower(p))
  UNION ALL SELECT n, 'staff_email', 'Nobody here has this email' FROM r
    WHERE of_kind = 'credentials' AND NOT EXISTS (SELECT FROM staff s WHERE s.agency_id = mine AND s.email = v ->> 'staff_email')
  UNION ALL SELECT n, 'supervisor_email', 'Nobody here has this email' FROM r
    WHERE of_kind = 'credentials' AND v ->> 'supervisor_email' IS NOT NULL
      AND NOT EXISTS (SELECT FROM staff s WHERE s.agency_id = mine AND s.email = v ->> 'supervisor_email')
  UNION ALL SELECT n, 'valid_from', 'This qualification is recorded for these days already' FROM r
    JOIN staff s ON s.agency_id = mine AND s.email = v ->> 'staff_email' JOIN credential c ON c.staff_id = s.id AND c.qualification = v ->> 'qualification'
      AND c.during && daterange((v ->> 'valid_from')::date, (v ->> 'valid_to')::date, '[]') WHERE of_kind = 'credentials'
  UNION ALL SELECT n, 'bed', 'This bed is there already' FROM r
    JOIN unit u ON u.agency_id = mine AND lower(u.name) = lower(v ->> 'unit') JOIN bed b ON b.unit_id = u.id AND lower(b.name) = lower(v ->> 'bed')
    WHERE of_kind = 'places'
  UNION ALL SELECT n, 'number', 'This number is somebody''s already' FROM r JOIN consumer c ON c.agency_id = mine AND c.number = v ->> 'number'
    WHERE of_kind = 'consumers'
  UNION ALL SELECT n, 'family_name', 'Somebody with this name and date of birth is here already' FROM r
    JOIN consumer c ON c.agency_id = mine AND c.date_of_birth = (v ->> 'date_of_birth')::date
      AND people.fold(c.family_name) = people.fold(v ->> 'family_name') AND people.fold(c.given_name) = people.fold(v ->> 'given_name')
    WHERE of_kind = 'consumers' AND c.number IS DISTINCT FROM v ->> 'number'
  UNION ALL SELECT n, 'number', 'Nobody here has this number' FROM r
    WHERE of_kind IN ('supports', 'episodes') AND NOT EXISTS (SELECT FROM consumer c WHERE c.agency_id = mine AND c.number = v ->> 'number')
  UNION ALL SELECT n, 'program', 'There is no programme of this name' FROM r
    WHERE of_kind = 'episodes' AND NOT EXISTS (SELECT FROM program g WHERE g.agency_id = mine AND lower(g.name) = lower(v ->> 'program'))
  UNION ALL SELECT n, 'keyworker_email', 'Nobody here has this email' FROM r
    WHERE of_kind = 'episodes' AND v ->> 'keyworker_email' IS NOT NULL
      AND NOT EXISTS (SELECT FROM staff s WHERE s.agency_id = mine AND s.email = v ->> 'keyworker_email')
  UNION ALL SELECT n, 'opened_on', 'An episode of theirs is recorded for these days already' FROM r
    JOIN consumer c ON c.agency_id = mine AND c.number = v ->> 'number'
    JOIN episode e ON e.consumer_id = c.id AND e.during && daterange((v ->> 'opened_on')::date, NULL, '[]') WHERE of_kind = 'episodes'
  ORDER BY 1, 2;
END $$;

CREATE FUNCTION access.run_import(of_batch uuid, given jsonb) RETURNS integer
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
    INSERT INTO unit (agency_id, program_id, name, kind, women_only, takes_children, created_by)
      SELECT DISTINCT ON (lower(v ->> 'unit')) mine, g.id, v ->> 'unit', v ->> 'unit_kind',
        coalesce((v ->> 'women_only')::boolean, false), coalesce((v ->> 'takes_children')::boolean, false), access.staff()
      FROM coming JOIN program g ON g.agency_id = mine AND lower(g.name) = lower(v ->> 'program')
      WHERE v ->> 'unit' IS NOT NULL AND NOT EXISTS (SELECT FROM unit u WHERE u.agency_id = mine AND lower(u.name) = lower(v ->> 'unit')) ORDER BY lower(v ->> 'unit'), n;
    INSERT INTO bed (id, agency_id, unit_id, name)
      SELECT c.id, mine, u.id, v ->> 'bed' FROM coming c JOIN unit u ON u.agency_id = mine AND lower(u.name) = lower(v ->> 'unit') WHERE v ->> 'bed' IS NOT NULL;
    INSERT INTO imported_row (agency_id, batch_id, tab, row_id, as_written)
      SELECT mine, of_batch, 'bed', b.id, md5(to_jsonb(b)::text) FROM bed b JOIN coming c ON c.id = b.id
      UNION ALL SELECT mine, of_batch, 'unit', u.id, md5(to_jsonb(u)::text) FROM unit u WHERE u.agency_id = mine AND u.xmin = pg_current_xact_id()::xid
      UNION ALL SELECT mine, of_batch, 'program', g.id, md5(to_jsonb(g)::text) FROM program g WHERE g.agency_id = mine AND g.xmin = pg_current_xact_id()::xid;
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
      UNION SELECT e.consumer_id FROM episode e JOIN imported_row i ON i.row_id = e.id WHERE i.batch_id = of_batch AND i.tab = 'episode') s
    HAVING count(*) > 0;
  DROP TABLE coming;
  RETURN written;
END $$;
COMMENT ON FUNCTION access.run_import(uuid, jsonb) IS 'Writes every row of a file or none; null: something is wrong with it, or it was written already';

-- Undone as a whole or not at all: not when a row was changed since, or something hangs on one.
CREATE FUNCTION access.undo_import(of_batch uuid) RETURNS text
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE batch import_batch; tab text; changed bigint;
BEGIN
  SELECT * INTO batch FROM import_batch WHERE id = of_batch AND agency_id = access.agency() FOR UPDATE;
  IF NOT FOUND OR NOT access.has_role('administrator') OR batch.imported_at IS NULL OR batch.undone_at IS NOT NULL THEN RETURN 'not-there'; END IF;
  FOREACH tab IN ARRAY ARRAY['assignment', 'enrolment', 'episode', 'support', 'consumer', 'bed', 'unit', 'program', 'credential', 'staff_program', 'staff_role', 'staff'] LOOP
    EXECUTE format('SELECT count(*) FROM imported_row i LEFT JOIN %I t ON t.id = i.row_id
      WHERE i.batch_id = $1 AND i.tab = %L AND i.as_written IS DISTINCT FROM md5(to_jsonb(t)::text)', tab, tab) INTO changed USING of_batch;
    IF changed > 0 THEN RETURN 'edited'; END IF;
  END LOOP;
  BEGIN
    FOREACH tab IN ARRAY ARRAY['assignment', 'enrolment', 'episode', 'support', 'consumer', 'bed', 'unit', 'program', 'credential', 'staff_program', 'staff_role', 'staff'] LOOP
      EXECUTE format('DELETE FROM %I t USING imported_row i WHERE i.batch_id = $1 AND i.tab = %L AND t.id = i.row_id', tab, tab) USING of_batch;
    END LOOP;
  EXCEPTION WHEN foreign_key_violation THEN RETURN 'edited';
  END;
  UPDATE import_batch SET undone_at = clock_timestamp() WHERE id = of_batch;
  RETURN 'undone';
END $$;
COMMENT ON FUNCTION access.undo_import(uuid) IS 'undone; edited: somebody has worked on it since; not-there';
