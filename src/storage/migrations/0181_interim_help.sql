-- Help that is given while somebody waits, whenever it is given: who has priority is not left without.

CREATE TABLE interim_help (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  agency_id uuid NOT NULL REFERENCES agency,
  consumer_id uuid NOT NULL REFERENCES consumer,
  episode_id uuid NOT NULL,
  given_on date NOT NULL,
  what text NOT NULL CHECK (length(what) BETWEEN 1 AND 1000),
  recorded_at timestamptz NOT NULL DEFAULT now(),
  recorded_by uuid NOT NULL,
  FOREIGN KEY (episode_id, consumer_id) REFERENCES episode (id, consumer_id),
  FOREIGN KEY (recorded_by, agency_id) REFERENCES staff (id, agency_id)
);
COMMENT ON TABLE interim_help IS 'What helped somebody until their care started, and when: naloxone, advice, a number to call; what was given with the referral stands there';
CREATE INDEX ON interim_help (episode_id, given_on);
CREATE INDEX ON interim_help (consumer_id);
CALL access.protect('interim_help',
  'agency_id = access.agency() AND consumer_id IN (SELECT access.record_consumers())',
  'agency_id = access.agency() AND consumer_id IN (SELECT access.record_consumers())', may_update => false);
CALL access.guard_table('interim_help');
CREATE TRIGGER keep BEFORE UPDATE OR DELETE OR TRUNCATE ON interim_help FOR EACH STATEMENT EXECUTE FUNCTION access.refuse();
