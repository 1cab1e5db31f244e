-- A child who comes along has a place of their own, booked like a bed and as little bookable twice;
-- and why somebody came into a unit that something spoke against.

-- ---------------------------------------------------------------- what was asked before a bed was booked

ALTER TABLE bed_stay
  ADD asked text[] NOT NULL DEFAULT '{}',
  ADD fits_because text CHECK (length(fits_because) BETWEEN 1 AND 300),
  ADD CHECK ((cardinality(asked) = 0) = (fits_because IS NULL));
COMMENT ON COLUMN bed_stay.asked IS 'What spoke against the unit for this person when the bed was booked, as it was said then; it refuses nobody';
COMMENT ON COLUMN bed_stay.fits_because IS 'Why it was right all the same, in a word of whoever booked';
GRANT UPDATE (asked, fits_because) ON bed_stay TO throughcare_app;

-- ---------------------------------------------------------------- the places of children

CREATE TABLE child_stay (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  agency_id uuid NOT NULL REFERENCES agency,
  consumer_id uuid NOT NULL REFERENCES consumer,
  placement_id uuid NOT NULL,
  bed_id uuid NOT NULL,
  starts_on date NOT NULL,
  ends_on date,
  arrived_on date,
  left_on date,
  cancelled_on date,
  cancelled_reason text CHECK (length(cancelled_reason) <= 300),
  booked_at timestamptz NOT NULL DEFAULT now(),
  booked_by uuid NOT NULL,
  during daterange NOT NULL GENERATED ALWAYS AS (
    CASE WHEN cancelled_on IS NOT NULL THEN 'empty'::daterange
      ELSE daterange(coalesce(arrived_on, starts_on), coalesce(left_on, ends_on), '[)') END) STORED,
  CONSTRAINT one_place_one_child EXCLUDE USING gist (bed_id WITH =, during WITH &&),
  FOREIGN KEY (placement_id, consumer_id) REFERENCES placement (id, consumer_id),
  FOREIGN KEY (bed_id, agency_id) REFERENCES bed (id, agency_id),
  FOREIGN KEY (booked_by, agency_id) REFERENCES staff (id, agency_id),
  CHECK (ends_on IS NULL OR ends_on >= starts_on),
  CHECK (left_on IS NULL OR (arrived_on IS NOT NULL AND left_on >= arrived_on)),
  CHECK (cancelled_on IS NULL OR arrived_on IS NULL)
);
COMMENT ON TABLE child_stay IS 'A child''s place beside a parent''s bed, for the days of the parent''s stay; of the child nothing is written down';
COMMENT ON COLUMN child_stay.consumer_id IS 'The parent: the child has no record';
CREATE UNIQUE INDEX one_child_in_place ON child_stay (bed_id) WHERE arrived_on IS NOT NULL AND left_on IS NULL;
CREATE INDEX ON child_stay (placement_id);
CREATE INDEX ON child_stay (consumer_id);
CREATE INDEX ON child_stay (bed_id);
CALL access.protect('child_stay',
  'agency_id = access.agency() AND consumer_id IN (SELECT access.record_consumers())',
  'agency_id = access.agency() AND consumer_id IN (SELECT access.record_consumers())');
CALL access.guard_table('child_stay');
CREATE TRIGGER said_once BEFORE UPDATE ON child_stay FOR EACH ROW EXECUTE FUNCTION access.said_once('arrived_on');
CREATE TRIGGER said_once_left BEFORE UPDATE ON child_stay FOR EACH ROW EXECUTE FUNCTION access.said_once('left_on');
CREATE TRIGGER said_once_cancelled BEFORE UPDATE ON child_stay FOR EACH ROW EXECUTE FUNCTION access.said_once('cancelled_on', 'cancelled_reason');

-- A bed is for a grown person or for a child, so that each kind is looked for in one table alone.
CREATE FUNCTION access.bed_is_for() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM FROM bed WHERE id = NEW.bed_id AND child_place = TG_ARGV[0]::boolean FOR SHARE;
  IF NOT FOUND THEN RAISE EXCEPTION 'this bed is not for that' USING ERRCODE = 'check_violation', CONSTRAINT = 'bed_is_for'; END IF;
  RETURN NEW;
END $$;
COMMENT ON FUNCTION access.bed_is_for() IS 'Whoever is booked into a bed is whom it is for: true a child, false a grown person';
REVOKE EXECUTE ON FUNCTION access.bed_is_for() FROM throughcare_app;
CREATE TRIGGER bed_is_for BEFORE INSERT OR UPDATE OF bed_id ON bed_stay FOR EACH ROW EXECUTE FUNCTION access.bed_is_for('false');
CREATE TRIGGER bed_is_for BEFORE INSERT OR UPDATE OF bed_id ON child_stay FOR EACH ROW EXECUTE FUNCTION access.bed_is_for('true');

CREATE FUNCTION access.child_place_stays() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM bed_stay WHERE bed_id = NEW.id AND cancelled_on IS NULL AND left_on IS NULL)
    OR EXISTS (SELECT FROM child_stay WHERE bed_id = NEW.id AND cancelled_on IS NULL AND left_on IS NULL) THEN
    RAISE EXCEPTION 'somebody is in this bed or booked into it' USING ERRCODE = 'check_violation', CONSTRAINT = 'child_place_stays';
  END IF;
  RETURN NEW;
END $$;
COMMENT ON FUNCTION access.child_place_stays() IS 'A bed becomes a child''s place, or none, only while nobody is in it or booked';
REVOKE EXECUTE ON FUNCTION access.child_place_stays() FROM throughcare_app;
CREATE TRIGGER child_place_stays BEFORE UPDATE OF child_place ON bed FOR EACH ROW
  WHEN (NEW.child_place IS DISTINCT FROM OLD.child_place) EXECUTE FUNCTION access.child_place_stays();

CREATE FUNCTION access.child_not_left() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NEW.cancelled_on IS NULL AND NEW.left_on IS NULL AND EXISTS (
    SELECT FROM child_stay s JOIN agency a ON a.id = s.agency_id
    WHERE s.bed_id = NEW.bed_id AND s.id <> NEW.id AND s.arrived_on IS NOT NULL AND s.left_on IS NULL
      AND s.ends_on < (now() AT TIME ZONE a.time_zone)::date) THEN
    RAISE EXCEPTION 'a child is still in this place' USING ERRCODE = 'exclusion_violation', CONSTRAINT = 'child_not_left';
  END IF;
  RETURN NEW;
END $$;
COMMENT ON FUNCTION access.child_not_left() IS 'As bed_not_left: nobody is booked over a child who is still there';
REVOKE EXECUTE ON FUNCTION access.child_not_left() FROM throughcare_app;
CREATE TRIGGER child_not_left BEFORE INSERT OR UPDATE OF bed_id ON child_stay FOR EACH ROW EXECUTE FUNCTION access.child_not_left();

CREATE FUNCTION access.child_occupancy(from_day date, to_day date)
  RETURNS TABLE (bed_id uuid, starts_on date, ends_on date, arrived_on date, left_on date, stay_id uuid, placement_id uuid, consumer_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  BEGIN ATOMIC
    WITH readable AS (SELECT access.record_consumers() AS id)
    SELECT s.bed_id, s.starts_on, s.ends_on, s.arrived_on, s.left_on,
      CASE WHEN r.id IS NULL THEN NULL ELSE s.id END,
      CASE WHEN r.id IS NULL THEN NULL ELSE s.placement_id END, r.id
    FROM child_stay s LEFT JOIN readable r ON r.id = s.consumer_id
    WHERE s.agency_id = access.agency() AND s.cancelled_on IS NULL
      AND access.has_role('counselor', 'keyworker', 'supervisor', 'program-manager', 'administrator')
      AND (s.during && daterange(from_day, to_day)
        OR (s.arrived_on IS NOT NULL AND s.left_on IS NULL AND s.arrived_on < to_day));
  END;
COMMENT ON FUNCTION access.child_occupancy(date, date) IS 'As bed_occupancy, of children''s places: consumer_id is the parent, only where one may read the record';

-- ---------------------------------------------------------------- whoever leaves late leaves late

CREATE FUNCTION access.make_child_way(of_stay uuid, until date) RETURNS integer
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE stay child_stay; moved integer; given_up integer;
BEGIN
  SELECT * INTO stay FROM child_stay s
  WHERE s.id = of_stay AND s.arrived_on IS NOT NULL AND s.left_on IS NULL
    AND s.agency_id = access.agency() AND s.consumer_id IN (SELECT access.record_consumers());
  IF NOT FOUND OR until > access.today() THEN RETURN 0; END IF;
  UPDATE child_stay SET cancelled_on = access.today(), cancelled_reason = 'The place was not free in time'
  WHERE bed_id = stay.bed_id AND id <> stay.id AND cancelled_on IS NULL AND arrived_on IS NULL AND starts_on < until AND ends_on <= until;
  GET DIAGNOSTICS given_up = ROW_COUNT;
  UPDATE child_stay SET starts_on = until
  WHERE bed_id = stay.bed_id AND id <> stay.id AND cancelled_on IS NULL AND arrived_on IS NULL AND starts_on < until;
  GET DIAGNOSTICS moved = ROW_COUNT;
  RETURN moved + given_up;
END $$;
COMMENT ON FUNCTION access.make_child_way(uuid, date) IS 'As make_way, of a child''s place';

-- Whose bed comes free later comes later, and their child with them.
CREATE OR REPLACE FUNCTION access.make_way(of_stay uuid, until date) RETURNS integer
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE stay bed_stay; moved integer; given_up integer;
BEGIN
  SELECT * INTO stay FROM bed_stay s
  WHERE s.id = of_stay AND s.arrived_on IS NOT NULL AND s.left_on IS NULL
    AND s.agency_id = access.agency() AND s.consumer_id IN (SELECT access.record_consumers());
  IF NOT FOUND OR until > access.today() THEN RETURN 0; END IF;
  WITH over AS (
    UPDATE bed_stay SET cancelled_on = access.today(), cancelled_reason = 'The bed was not free in time'
    WHERE bed_id = stay.bed_id AND id <> stay.id AND cancelled_on IS NULL AND arrived_on IS NULL AND starts_on < until AND ends_on <= until
    RETURNING placement_id
  ), children AS (
    UPDATE child_stay c SET cancelled_on = access.today(), cancelled_reason = 'The bed was not free in time'
    FROM over WHERE c.placement_id = over.placement_id AND c.cancelled_on IS NULL AND c.arrived_on IS NULL
  ) SELECT count(*) INTO given_up FROM over;
  WITH later AS (
    UPDATE bed_stay SET starts_on = until
    WHERE bed_id = stay.bed_id AND id <> stay.id AND cancelled_on IS NULL AND arrived_on IS NULL AND starts_on < until
    RETURNING placement_id
  ), children AS (
    UPDATE child_stay c SET starts_on = until, ends_on = CASE WHEN c.ends_on < until THEN until ELSE c.ends_on END
    FROM later WHERE c.placement_id = later.placement_id AND c.cancelled_on IS NULL AND c.arrived_on IS NULL AND c.starts_on < until
  ) SELECT count(*) INTO moved FROM later;
  RETURN moved + given_up;
END $$;
