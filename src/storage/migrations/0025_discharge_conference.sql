-- The discharge conference is an event of its own (FC 3.1.1.3): held with the family or without, and a
-- Family Conference can be the family's part in it.

ALTER TABLE episode ADD CONSTRAINT episode_of_consumer UNIQUE (id, consumer_id);
ALTER TABLE conference ADD CONSTRAINT conference_of_consumer UNIQUE (id, consumer_id);

CREATE TABLE discharge_conference (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  agency_id uuid NOT NULL REFERENCES agency,
  consumer_id uuid NOT NULL REFERENCES consumer,
  episode_id uuid NOT NULL,
  held_on date NOT NULL,
  consumer_took_part boolean NOT NULL,
  family text NOT NULL CHECK (family IN ('there', 'family-conference', 'none')),
  conference_id uuid,
  remark text CHECK (length(remark) <= 1000),
  recorded_at timestamptz NOT NULL DEFAULT now(),
  recorded_by uuid NOT NULL REFERENCES staff,
  FOREIGN KEY (episode_id, consumer_id) REFERENCES episode (id, consumer_id),
  FOREIGN KEY (conference_id, consumer_id) REFERENCES conference (id, consumer_id),
  CONSTRAINT names_the_family_conference CHECK ((family = 'family-conference') = (conference_id IS NOT NULL))
);
COMMENT ON TABLE discharge_conference IS 'FC 3.1.1.3: the discharge conference, an event of its own; it is recorded once and not rewritten';
COMMENT ON COLUMN discharge_conference.family IS 'Whether family took part: there, by a Family Conference of theirs, or not';
COMMENT ON COLUMN discharge_conference.conference_id IS 'The Family Conference that was the family''s part in it';
CREATE INDEX ON discharge_conference (consumer_id, held_on);
CREATE TRIGGER keep BEFORE UPDATE OR DELETE OR TRUNCATE ON discharge_conference FOR EACH STATEMENT EXECUTE FUNCTION access.refuse();

CALL access.protect('discharge_conference',
  'agency_id = access.agency() AND consumer_id IN (SELECT access.record_consumers())',
  'agency_id = access.agency() AND consumer_id IN (SELECT access.record_consumers()) AND recorded_by = access.staff()',
  may_update => false);
