-- A row belongs to one person of one agency, and so does everything it names. Row security looks at
-- the row alone; foreign keys look past it, at rows of other people and of other agencies.

-- Each key to a row of somebody's record carries the consumer along, each key to a row of an agency
-- the agency: then nothing of one can hang on something of another, whoever writes it.
DO $$
DECLARE one record; key text; named text;
BEGIN
  FOR one IN
    SELECT k.conname, k.conrelid, k.confrelid, k.conrelid::regclass AS tab, k.confrelid::regclass AS target, a.attname AS col,
      EXISTS (SELECT FROM pg_attribute WHERE attrelid = k.conrelid AND attname = 'consumer_id' AND a.attname <> 'consumer_id')
        AND EXISTS (SELECT FROM pg_attribute WHERE attrelid = k.confrelid AND attname = 'consumer_id') AS of_consumer
    FROM pg_constraint k JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1]
    WHERE k.contype = 'f' AND k.connamespace = 'public'::regnamespace AND cardinality(k.conkey) = 1
      AND k.confrelid <> 'agency'::regclass AND k.conrelid <> 'access_seal'::regclass
      AND EXISTS (SELECT FROM pg_attribute WHERE attrelid = k.conrelid AND attname = 'agency_id')
      AND EXISTS (SELECT FROM pg_attribute WHERE attrelid = k.confrelid AND attname = 'agency_id')
    ORDER BY k.confrelid, k.conrelid, k.conname
  LOOP
    key := CASE WHEN one.of_consumer THEN 'consumer_id' ELSE 'agency_id' END;
    IF NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conrelid = one.confrelid AND c.contype = 'u'
      AND (SELECT array_agg(a.attname ORDER BY a.attname) FROM pg_attribute a WHERE a.attrelid = c.conrelid AND a.attnum = ANY (c.conkey)) = ARRAY[key, 'id']::name[]) THEN
      EXECUTE format('ALTER TABLE %s ADD UNIQUE (id, %I)', one.target, key);
    END IF;
    EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', one.tab, one.conname);
    -- Some of them were written with their consumer from the start.
    IF NOT EXISTS (SELECT FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
      WHERE c.conrelid = one.conrelid AND c.confrelid = one.confrelid AND c.contype = 'f' AND cardinality(c.conkey) = 2 AND a.attname = one.col) THEN
      EXECUTE format('ALTER TABLE %s ADD CONSTRAINT %I FOREIGN KEY (%I, %I) REFERENCES %s (id, %I)',
        one.tab, one.conname, one.col, key, one.target, key);
    END IF;
  END LOOP;
END $$;

-- Whose a row is, who wrote it first and when is never written again.
DO $$
DECLARE one record; written text;
BEGIN
  FOR one IN
    SELECT c.oid, c.oid::regclass AS tab FROM pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND has_table_privilege('throughcare_app', c.oid, 'UPDATE')
  LOOP
    SELECT string_agg(format('%I', attname), ', ' ORDER BY attnum) INTO written FROM pg_attribute
    WHERE attrelid = one.oid AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
      AND attname NOT IN ('id', 'agency_id', 'consumer_id', 'created_at', 'created_by', 'recorded_at', 'recorded_by', 'added_at', 'added_by');
    EXECUTE format('REVOKE UPDATE ON %s FROM throughcare_app', one.tab);
    EXECUTE format('GRANT UPDATE (%s) ON %s TO throughcare_app', written, one.tab);
  END LOOP;
END $$;

-- Where a bare grant was more than anything needs: what a conference or an appointment is about, and
-- which service was delivered and by whom, is written once. A move is a new appointment.
REVOKE UPDATE ON conference, appointment, service, correction FROM throughcare_app;
GRANT UPDATE (plan_discussed, draft, draft_version, draft_saved_at, signed_at, signed_by, cosign_by, cosigned_at, cosign_remark,
  voided_at, voided_by, void_reason, note, agreed_approved_at, agreed_approved_how, held_from, held_to) ON conference TO throughcare_app;
GRANT UPDATE (room_id, kind, status, status_reason, status_at, status_by) ON appointment TO throughcare_app;
GRANT UPDATE (service_date, start_time, end_time, private_minutes, units, setting, consumer_present, supports_present, plan_discussed,
  awaits_cosign, voided_at, voided_by, void_reason, moved) ON service TO throughcare_app;
GRANT UPDATE (state, decided_by, decided_at, decision, moved) ON correction TO throughcare_app;

-- The moment of a look is the database's to say, not the writer's.
REVOKE INSERT ON access_log FROM throughcare_app;
GRANT INSERT (id, agency_id, staff_id, action, room, consumer_ids, reason) ON access_log TO throughcare_app;

-- Without its mention pg_temp is searched first: a temporary table could stand in for the chain's
-- head, or for the consents that live.
DO $$
DECLARE one regprocedure;
BEGIN
  FOR one IN SELECT p.oid FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang
    WHERE p.pronamespace IN ('access'::regnamespace, 'people'::regnamespace) AND p.prokind = 'f' AND (p.prosecdef OR l.lanname = 'plpgsql')
  LOOP
    EXECUTE format('ALTER FUNCTION %s SET search_path = public, pg_temp', one);
  END LOOP;
END $$;

-- A conference follows an appointment that was given up, not one that is held.
CREATE OR REPLACE FUNCTION access.follow_appointment() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE conference SET appointment_id = NEW.id, lead_id = NEW.staff_id
  WHERE appointment_id = NEW.moved_from AND signed_at IS NULL AND consumer_id = NEW.consumer_id AND agency_id = NEW.agency_id
    AND EXISTS (SELECT FROM appointment a WHERE a.id = NEW.moved_from AND a.status = 'moved');
  RETURN NULL;
END $$;

-- Taken hours are for whoever books or keeps appointments.
CREATE OR REPLACE FUNCTION access.busy_between(first_day date, last_day date)
  RETURNS TABLE (appointment_id uuid, day date, staff_id uuid, room_id uuid, starts time, ends time)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  BEGIN ATOMIC
    SELECT id, day, staff_id, room_id, starts, ends FROM appointment
    WHERE agency_id = access.agency() AND day BETWEEN first_day AND last_day AND status IN ('scheduled', 'held')
      AND access.has_role('counselor', 'keyworker', 'supervisor', 'program-manager', 'peer-mentor', 'front-desk')
    ORDER BY day, starts, id
    LIMIT 2000;
  END;
