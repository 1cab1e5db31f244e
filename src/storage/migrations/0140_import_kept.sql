-- A file that waits to be written is its uploader's alone and for seven days; what its dry run tells
-- about people is in the access log; and whether an import can still be undone is said before it is tried.

ALTER POLICY readers ON import_batch USING (
  agency_id = (SELECT access.agency()) AND (SELECT access.has_role('administrator'))
  AND (imported_at IS NOT NULL OR (created_by = (SELECT access.staff()) AND created_at > now() - interval '7 days')));
COMMENT ON TABLE import_batch IS 'A file of another system, on its way in: the uploader''s for seven days; its rows are forgotten once they are written';
CREATE INDEX ON import_batch (created_at) WHERE imported_at IS NULL;

CREATE FUNCTION access.forget_imports() RETURNS integer LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
  BEGIN ATOMIC
    WITH gone AS (DELETE FROM import_batch WHERE imported_at IS NULL AND created_at <= now() - interval '7 days' RETURNING 1)
    SELECT count(*)::integer FROM gone;
  END;
COMMENT ON FUNCTION access.forget_imports() IS 'A file that was uploaded and not written is kept for seven days at most';

-- Of a person no more is said than that they, or their number, are here already: not by what they were known.
CREATE OR REPLACE FUNCTION access.import_problems(of_kind text, given jsonb) RETURNS TABLE (row_number integer, col text, problem text)
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
  UNION ALL SELECT n, 'number', 'This person, or somebody with this number, is here already' FROM r
    WHERE of_kind = 'consumers' AND (EXISTS (SELECT FROM consumer c WHERE c.agency_id = mine AND c.number = v ->> 'number')
      OR EXISTS (SELECT FROM consumer c WHERE c.agency_id = mine AND c.date_of_birth = (v ->> 'date_of_birth')::date
        AND people.fold(c.family_name) = people.fold(v ->> 'family_name') AND people.fold(c.given_name) = people.fold(v ->> 'given_name')))
  UNION ALL SELECT n, 'number', 'Nobody here has this number' FROM r
    WHERE of_kind IN ('supports', 'episodes') AND NOT EXISTS (SELECT FROM consumer c WHERE c.agency_id = mine AND c.number = v ->> 'number')
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

-- Whoever brings a file in learns of its people whether they are here: so it is written down whose names were tried.
CREATE FUNCTION access.try_import(of_batch uuid, given jsonb) RETURNS TABLE (row_number integer, col text, problem text)
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE batch import_batch; mine uuid := access.agency();
BEGIN
  SELECT * INTO batch FROM import_batch WHERE id = of_batch AND agency_id = mine AND created_by = access.staff() AND imported_at IS NULL;
  IF NOT FOUND OR NOT access.has_role('administrator') THEN RETURN; END IF;
  IF batch.kind IN ('consumers', 'supports', 'episodes') THEN
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
COMMENT ON FUNCTION access.try_import(uuid, jsonb) IS 'What of a file''s rows does not fit what is here; whose presence that tells is logged';
REVOKE EXECUTE ON FUNCTION access.import_problems(text, jsonb) FROM PUBLIC, throughcare_app;

-- Worked on: a row that the import wrote was changed or is gone, or something hangs on one that it did not write.
CREATE FUNCTION access.import_worked_on(of_batch uuid) RETURNS boolean
  LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  tabs text[] := ARRAY['assignment', 'enrolment', 'episode', 'support', 'consumer', 'bed', 'unit', 'program', 'credential', 'staff_program', 'staff_role', 'staff'];
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
COMMENT ON FUNCTION access.import_worked_on(uuid) IS 'Whether somebody has worked on what an import wrote: then it is not undone any more';

CREATE OR REPLACE FUNCTION access.undo_import(of_batch uuid) RETURNS text
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE batch import_batch; tab text;
BEGIN
  SELECT * INTO batch FROM import_batch WHERE id = of_batch AND agency_id = access.agency() FOR UPDATE;
  IF NOT FOUND OR NOT access.has_role('administrator') OR batch.imported_at IS NULL OR batch.undone_at IS NOT NULL THEN RETURN 'not-there'; END IF;
  IF access.import_worked_on(of_batch) THEN RETURN 'edited'; END IF;
  BEGIN
    FOREACH tab IN ARRAY ARRAY['assignment', 'enrolment', 'episode', 'support', 'consumer', 'bed', 'unit', 'program', 'credential', 'staff_program', 'staff_role', 'staff'] LOOP
      EXECUTE format('DELETE FROM %I t USING imported_row i WHERE i.batch_id = $1 AND i.tab = %L AND t.id = i.row_id', tab, tab) USING of_batch;
    END LOOP;
  EXCEPTION WHEN foreign_key_violation THEN RETURN 'edited';
  END;
  UPDATE import_batch SET undone_at = clock_timestamp() WHERE id = of_batch;
  RETURN 'undone';
END $$;
