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

-- As access.care_in_sight(): whose records one may read is asked once, not of each of five tables.
CREATE FUNCTION access.stays_in_sight()
  RETURNS TABLE (placement_id uuid, consumer_id uuid, episode_id uuid, admitted_on date, ended_on date, program_id uuid, programs uuid[])
  LANGUAGE sql STABLE SECURITY DEFINER ROWS 5000 SET search_path = public, pg_temp AS $$
    SELECT p.id, p.consumer_id, p.episode_id, p.admitted_on, p.ended_on, w.programs[1], array_remove(w.programs, NULL)
    FROM placement p
    JOIN (SELECT s.placement_id, array_agg(u.program_id ORDER BY s.back) AS programs
      FROM stay_place s JOIN unit u ON u.id = s.unit_id GROUP BY s.placement_id) w ON w.placement_id = p.id
    WHERE p.agency_id = (SELECT access.agency())
      AND (EXISTS (SELECT FROM access.enrolled e WHERE e.consumer_id = p.consumer_id) OR p.consumer_id IN (SELECT access.opened_in_emergency()));
  $$;
COMMENT ON FUNCTION access.stays_in_sight() IS 'Stays of everybody whose record one may read, with the programme of the unit where each is or was last, and of every unit it was in';
