-- A claim that was reversed, a flag that was lifted or settled, a review that was given: said once,
-- with who said it, and not taken back or rewritten by whoever comes after.

CREATE FUNCTION access.said_once() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE col text;
BEGIN
  IF to_jsonb(OLD) ->> TG_ARGV[0] IS NULL THEN RETURN NEW; END IF;
  FOREACH col IN ARRAY TG_ARGV LOOP
    IF to_jsonb(NEW) -> col IS DISTINCT FROM to_jsonb(OLD) -> col THEN
      RAISE EXCEPTION '% of % is said once', col, TG_TABLE_NAME;
    END IF;
  END LOOP;
  RETURN NEW;
END $$;
COMMENT ON FUNCTION access.said_once() IS 'Once the first named column has a value, it and the others keep theirs';
REVOKE EXECUTE ON FUNCTION access.said_once() FROM throughcare_app;

CREATE TRIGGER said_once BEFORE UPDATE ON claim FOR EACH ROW EXECUTE FUNCTION access.said_once('reversed_at', 'reversed_by', 'reversal_reason');
CREATE TRIGGER said_once BEFORE UPDATE ON claim_flag FOR EACH ROW EXECUTE FUNCTION access.said_once('settled_at', 'settled_by', 'settlement');
CREATE TRIGGER said_once BEFORE UPDATE ON no_contact FOR EACH ROW EXECUTE FUNCTION access.said_once('lifted_at', 'lifted_by', 'lifted_reason');
CREATE TRIGGER said_once BEFORE UPDATE ON emergency_access FOR EACH ROW EXECUTE FUNCTION access.said_once('reviewed_at', 'reviewed_by', 'review');
CREATE TRIGGER said_once BEFORE UPDATE ON rate FOR EACH ROW EXECUTE FUNCTION access.said_once('withdrawn_at', 'withdrawn_by', 'withdrawn_reason');
CREATE TRIGGER said_once BEFORE UPDATE ON judgement FOR EACH ROW EXECUTE FUNCTION access.said_once('superseded_at');

-- Who was whose keyworker from when is not rewritten: a part ends, and another one begins.
REVOKE UPDATE ON assignment FROM throughcare_app;
GRANT UPDATE (valid_to) ON assignment TO throughcare_app;
