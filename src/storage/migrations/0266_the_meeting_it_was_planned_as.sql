-- A discharge conference names the meeting in the calendar as which it was planned, where it was.
ALTER TABLE discharge_conference
  ADD appointment_id uuid,
  ADD CONSTRAINT one_meeting_one_conference UNIQUE (appointment_id),
  ADD FOREIGN KEY (appointment_id, consumer_id) REFERENCES appointment (id, consumer_id);
COMMENT ON COLUMN discharge_conference.appointment_id IS 'The meeting in the calendar as which it was planned; null where it was held without one';

-- Until now only the day said so: where the day says it of one meeting and of one conference, it is kept.
ALTER TABLE discharge_conference DISABLE TRIGGER keep;
UPDATE discharge_conference d SET appointment_id = a.id
FROM appointment a
WHERE a.consumer_id = d.consumer_id AND a.kind = 'discharge-conference' AND a.status = 'held' AND a.day = d.held_on
  AND NOT EXISTS (SELECT FROM appointment o WHERE o.consumer_id = a.consumer_id AND o.kind = a.kind AND o.status = a.status AND o.day = a.day AND o.id <> a.id)
  AND NOT EXISTS (SELECT FROM discharge_conference o WHERE o.consumer_id = d.consumer_id AND o.held_on = d.held_on AND o.id <> d.id);
ALTER TABLE discharge_conference ENABLE TRIGGER keep;
