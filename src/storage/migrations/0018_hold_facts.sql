-- What a held conference and a voided service need besides: the times that were held stay known
-- when they come to no whole unit (then there is no service row), and a service that is voided
-- says by whom and why.

ALTER TABLE conference
  ADD held_from time,
  ADD held_to time;
COMMENT ON COLUMN conference.held_from IS 'When it began, as signed; the service''s times may be corrected later, these stay';

ALTER TABLE service
  ADD voided_by uuid REFERENCES staff,
  ADD void_reason text CHECK (length(void_reason) BETWEEN 1 AND 1000);

CREATE OR REPLACE FUNCTION access.locked_when_signed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.signed_at IS NOT NULL AND
    (NEW.note, NEW.purposes, NEW.plan_discussed, NEW.lead_id, NEW.program_id, NEW.signed_at, NEW.signed_by, NEW.consumer_id, NEW.draft, NEW.held_from, NEW.held_to)
    IS DISTINCT FROM
    (OLD.note, OLD.purposes, OLD.plan_discussed, OLD.lead_id, OLD.program_id, OLD.signed_at, OLD.signed_by, OLD.consumer_id, OLD.draft, OLD.held_from, OLD.held_to) THEN
    RAISE EXCEPTION 'a signed note is locked: add an addendum';
  END IF;
  RETURN NEW;
END $$;
