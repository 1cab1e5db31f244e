-- What stands behind the occupancy of a report, and a contact at open access of another day.

-- As access.bed_days, with whose days they were where one may read the record.
CREATE FUNCTION access.bed_days_of(from_day date, before_day date)
  RETURNS TABLE (stay_id uuid, bed_id uuid, during daterange, placement_id uuid, consumer_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  BEGIN ATOMIC
    WITH readable AS MATERIALIZED (SELECT access.record_consumers() AS id)
    SELECT s.id, s.bed_id, daterange(s.arrived_on, coalesce(s.left_on, least((SELECT access.today()) + 1, before_day))) * daterange(from_day, before_day),
      CASE WHEN r.id IS NULL THEN NULL ELSE s.placement_id END, r.id
    FROM bed_stay s JOIN bed b ON b.id = s.bed_id JOIN unit u ON u.id = b.unit_id LEFT JOIN readable r ON r.id = s.consumer_id
    WHERE s.agency_id = (SELECT access.agency()) AND s.arrived_on IS NOT NULL AND s.cancelled_on IS NULL
      AND coalesce(s.left_on, 'infinity') > s.arrived_on AND s.arrived_on < before_day
      AND coalesce(s.left_on, before_day) > from_day AND s.arrived_on < coalesce(s.left_on, least((SELECT access.today()) + 1, before_day))
      AND u.program_id IN (SELECT access.my_programs());
  END;
COMMENT ON FUNCTION access.bed_days_of(date, date) IS 'The stays in beds of my programmes that make up access.bed_days, each named only where one may read the record';

ALTER TABLE open_contact ADD day_only boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN open_contact.day_only IS 'Written down later, and only the day is known: at is its noon';
