-- Bulletins that are being drafted, and what they would do to the agency's own records.

CREATE TABLE bulletin_draft (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  agency_id uuid NOT NULL REFERENCES agency,
  title text NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
  against_jurisdiction text NOT NULL,
  against text NOT NULL,
  yaml text NOT NULL CHECK (octet_length(yaml) <= 200000),
  saves integer NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL DEFAULT now(),
  created_by uuid NOT NULL REFERENCES staff,
  saved_at timestamptz NOT NULL DEFAULT now(),
  saved_by uuid NOT NULL REFERENCES staff,
  UNIQUE (id, agency_id)
);
COMMENT ON TABLE bulletin_draft IS 'A bulletin''s file in the making; judges nothing until it is a folder of its own under bulletins/';
COMMENT ON COLUMN bulletin_draft.against IS 'The number of the bulletin in force that it is compared with';
COMMENT ON COLUMN bulletin_draft.saves IS 'Counts saves: a stale tab cannot overwrite a newer one';
CREATE INDEX ON bulletin_draft (agency_id, saved_at);
CALL access.protect('bulletin_draft',
  'agency_id = access.agency() AND access.has_role(''policy-analyst'')',
  'agency_id = access.agency() AND access.has_role(''policy-analyst'')');
CALL access.guard_table('bulletin_draft');

-- Numbers of their own for services and people, other ones each time; order among services of a day
-- is kept, since a limit is taken in that order.
CREATE FUNCTION access.nameless_lines(first_day date, last_day date) RETURNS SETOF service_line
  LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE one record; said service_line; salt text := gen_random_uuid()::text;
BEGIN
  IF NOT access.has_role('policy-analyst') THEN RETURN; END IF;
  FOR one IN
    SELECT l AS line, dense_rank() OVER (ORDER BY md5(l.consumer_id || salt)) AS person,
      row_number() OVER (ORDER BY l.line_id COLLATE "C") AS place
    FROM service_line l
    WHERE l.agency_id = access.agency()::text AND l.service_date BETWEEN first_day AND last_day
  LOOP
    said := one.line;
    said.line_id := lpad(one.place::text, 10, '0');
    said.consumer_id := one.person::text;
    said.performer_id := NULL;
    said.recorded_at := NULL;
    RETURN NEXT said;
  END LOOP;
END $$;
COMMENT ON FUNCTION access.nameless_lines(date, date) IS 'The agency''s services as facts without anybody''s id, for a policy analyst to try a draft on; pages show counts only';
