-- Nobody writes in a colleague's name, and what was signed stays signed in every part.

CREATE FUNCTION access.own_hand() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE col text; said text; said_before text;
BEGIN
  IF access.staff() IS NULL THEN RETURN NEW; END IF;
  FOREACH col IN ARRAY TG_ARGV LOOP
    said := to_jsonb(NEW) ->> col;
    said_before := CASE WHEN TG_OP = 'UPDATE' THEN to_jsonb(OLD) ->> col END;
    IF said IS DISTINCT FROM said_before AND said <> access.staff()::text THEN
      RAISE EXCEPTION '% of % names whoever writes it', col, TG_TABLE_NAME;
    END IF;
  END LOOP;
  RETURN NEW;
END $$;
COMMENT ON FUNCTION access.own_hand() IS 'The named columns say who did something: they take the acting member of staff and nobody else';
REVOKE EXECUTE ON FUNCTION access.own_hand() FROM throughcare_app;

-- Every column that says by whom, on every table the application writes.
DO $$
DECLARE one record;
BEGIN
  FOR one IN
    SELECT c.oid::regclass AS tab, string_agg(quote_literal(a.attname), ', ' ORDER BY a.attnum) AS cols
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.atttypid = 'uuid'::regtype
      AND a.attname ~ '(^|_)by$' AND a.attname <> 'cosign_by'
    GROUP BY c.oid
  LOOP
    EXECUTE format('CREATE TRIGGER own_hand BEFORE INSERT OR UPDATE ON %s FOR EACH ROW EXECUTE FUNCTION access.own_hand(%s)', one.tab, one.cols);
  END LOOP;
END $$;

-- ---------------------------------------------------------------- a signed note

CREATE FUNCTION access.signing_stands() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF access.staff() IS NULL THEN RETURN NEW; END IF;
  IF NEW.signed_at IS DISTINCT FROM OLD.signed_at AND NOT (NEW.signed_by = access.staff()
    AND (NEW.lead_id = access.staff() OR access.has_role('supervisor'))) THEN
    RAISE EXCEPTION 'a note is signed by its lead or a supervisor';
  END IF;
  IF NEW.cosigned_at IS DISTINCT FROM OLD.cosigned_at AND NOT (OLD.cosigned_at IS NULL
    AND NEW.cosign_by = access.staff() AND NEW.lead_id <> access.staff() AND access.has_role('supervisor')) THEN
    RAISE EXCEPTION 'a note is co-signed once, by the supervisor it waits for';
  END IF;
  IF OLD.cosign_by IS NOT NULL AND NEW.cosign_by IS DISTINCT FROM OLD.cosign_by AND OLD.signed_at IS NOT NULL THEN
    RAISE EXCEPTION 'a note waits for the supervisor it was signed to';
  END IF;
  IF OLD.voided_at IS NOT NULL AND (NEW.voided_at, NEW.voided_by, NEW.void_reason) IS DISTINCT FROM (OLD.voided_at, OLD.voided_by, OLD.void_reason) THEN
    RAISE EXCEPTION 'what was voided stays voided';
  END IF;
  RETURN NEW;
END $$;
REVOKE EXECUTE ON FUNCTION access.signing_stands() FROM throughcare_app;
CREATE TRIGGER signing_stands BEFORE UPDATE ON conference FOR EACH ROW EXECUTE FUNCTION access.signing_stands();

-- Who was there, what was agreed and what was found are parts of the note and locked with it.
REVOKE UPDATE ON conference_attendance, private_word, agreement, need_assessment FROM throughcare_app;
DO $$
DECLARE tab text;
BEGIN
  FOREACH tab IN ARRAY ARRAY['conference_attendance', 'private_word', 'agreement', 'need_assessment'] LOOP
    EXECUTE format('DROP POLICY editors ON %I', tab);
  END LOOP;
END $$;
REVOKE UPDATE ON conference_support FROM throughcare_app;
GRANT UPDATE (invited_at, invited_how, told_at, came, remote) ON conference_support TO throughcare_app;

CREATE FUNCTION access.part_of_note() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE part jsonb := CASE WHEN TG_OP = 'DELETE' THEN to_jsonb(OLD) ELSE to_jsonb(NEW) END;
BEGIN
  IF access.staff() IS NOT NULL
    AND NOT (TG_OP = 'UPDATE' AND part -> 'came' = to_jsonb(OLD) -> 'came' AND part -> 'remote' = to_jsonb(OLD) -> 'remote')
    AND EXISTS (SELECT FROM conference c WHERE c.id = (part ->> 'conference_id')::uuid AND c.signed_at IS NOT NULL) THEN
    RAISE EXCEPTION 'a signed note is locked: add an addendum';
  END IF;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
REVOKE EXECUTE ON FUNCTION access.part_of_note() FROM throughcare_app;
CREATE TRIGGER part_of_note BEFORE INSERT ON conference_attendance FOR EACH ROW EXECUTE FUNCTION access.part_of_note();
CREATE TRIGGER part_of_note BEFORE INSERT ON private_word FOR EACH ROW EXECUTE FUNCTION access.part_of_note();
CREATE TRIGGER part_of_note BEFORE INSERT ON agreement FOR EACH ROW EXECUTE FUNCTION access.part_of_note();
CREATE TRIGGER part_of_note BEFORE INSERT ON need_assessment FOR EACH ROW EXECUTE FUNCTION access.part_of_note();
CREATE TRIGGER part_of_note BEFORE INSERT OR UPDATE OR DELETE ON conference_support FOR EACH ROW EXECUTE FUNCTION access.part_of_note();

-- ---------------------------------------------------------------- a service's facts

-- They are the signer's to correct and a supervisor's to let stand; what is voided stays voided.
CREATE FUNCTION access.facts_stand() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF access.staff() IS NULL THEN RETURN NEW; END IF;
  IF OLD.voided_at IS NOT NULL AND (NEW.voided_at, NEW.voided_by, NEW.void_reason) IS DISTINCT FROM (OLD.voided_at, OLD.voided_by, OLD.void_reason) THEN
    RAISE EXCEPTION 'what was voided stays voided';
  END IF;
  IF (to_jsonb(NEW) - '{moved}'::text[]) IS DISTINCT FROM (to_jsonb(OLD) - '{moved}'::text[])
    AND NOT access.has_role('supervisor')
    AND access.staff() IS DISTINCT FROM coalesce((SELECT c.signed_by FROM conference c WHERE c.id = NEW.conference_id), NEW.recorded_by) THEN
    RAISE EXCEPTION 'only whoever signed this can say that it was wrongly recorded';
  END IF;
  IF NEW.awaits_cosign IS DISTINCT FROM OLD.awaits_cosign AND NOT access.has_role('supervisor') THEN
    RAISE EXCEPTION 'a supervisor co-signs';
  END IF;
  RETURN NEW;
END $$;
REVOKE EXECUTE ON FUNCTION access.facts_stand() FROM throughcare_app;
CREATE TRIGGER facts_stand BEFORE UPDATE ON service FOR EACH ROW EXECUTE FUNCTION access.facts_stand();

CREATE FUNCTION access.correction_waits() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF access.staff() IS NULL THEN RETURN NEW; END IF;
  IF TG_OP = 'INSERT' THEN
    IF NEW.decided_by IS NOT NULL OR NEW.state = 'refused' OR (NEW.state = 'applied') = NEW.changes_payment THEN
      RAISE EXCEPTION 'a correction that changes payment waits for a supervisor';
    END IF;
  ELSIF OLD.state <> 'waiting' OR (NEW.state = 'applied' AND NOT (access.has_role('supervisor') AND (to_jsonb(OLD) ->> 'by') <> access.staff()::text)) THEN
    RAISE EXCEPTION 'a correction is decided once, by a supervisor who did not ask for it';
  END IF;
  RETURN NEW;
END $$;
REVOKE EXECUTE ON FUNCTION access.correction_waits() FROM throughcare_app;
CREATE TRIGGER correction_waits BEFORE INSERT OR UPDATE ON correction FOR EACH ROW EXECUTE FUNCTION access.correction_waits();

-- ---------------------------------------------------------------- whom a consent names

-- A consent lets one person be told. Another name on the same row would let another person be told.
CREATE FUNCTION people.named_in_consent() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF (people.fold(NEW.name), people.fold(coalesce(NEW.organisation, ''))) IS DISTINCT FROM (people.fold(OLD.name), people.fold(coalesce(OLD.organisation, '')))
    AND EXISTS (SELECT FROM consent c WHERE c.support_id = OLD.id
      AND NOT EXISTS (SELECT FROM consent_revocation r WHERE r.consent_id = c.id)) THEN
    RAISE EXCEPTION 'a signed consent names this support';
  END IF;
  RETURN NEW;
END $$;
REVOKE EXECUTE ON FUNCTION people.named_in_consent() FROM throughcare_app;
CREATE TRIGGER named_in_consent BEFORE UPDATE OF name, organisation ON support FOR EACH ROW EXECUTE FUNCTION people.named_in_consent();
