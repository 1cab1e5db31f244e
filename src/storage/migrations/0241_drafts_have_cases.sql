-- A draft is a folder in the making: the bulletin's file and its worked cases beside it.

ALTER TABLE bulletin_draft ADD cases text CHECK (octet_length(cases) <= 200000);
ALTER TABLE bulletin_draft_version ADD cases text CHECK (octet_length(cases) <= 200000);
COMMENT ON COLUMN bulletin_draft.cases IS 'Its worked cases, as cases.yaml has them; null: those of the bulletin that it is compared with';
COMMENT ON COLUMN bulletin_draft_version.cases IS 'The worked cases beside this text';

CREATE OR REPLACE FUNCTION access.keep_draft_version() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF (NEW.yaml, NEW.cases) IS DISTINCT FROM (OLD.yaml, OLD.cases) AND (NEW.saved_by <> OLD.saved_by OR NOT EXISTS (
    SELECT FROM bulletin_draft_version v
    WHERE v.bulletin_draft_id = OLD.id AND v.saved_at > OLD.saved_at - interval '5 minutes'))
  THEN
    INSERT INTO bulletin_draft_version (bulletin_draft_id, saves, agency_id, yaml, cases, saved_at, author_id)
    VALUES (OLD.id, OLD.saves, OLD.agency_id, OLD.yaml, OLD.cases, OLD.saved_at, OLD.saved_by)
    ON CONFLICT DO NOTHING;
  END IF;
  RETURN NEW;
END $$;
GRANT UPDATE (cases) ON bulletin_draft TO throughcare_app;
