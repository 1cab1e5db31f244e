-- What reports count: the days in beds, without who lay in them.

CREATE FUNCTION access.bed_days(from_day date, before_day date) RETURNS TABLE (bed_id uuid, during daterange)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  BEGIN ATOMIC
    SELECT s.bed_id, daterange(s.arrived_on, coalesce(s.left_on, least(access.today() + 1, before_day))) * daterange(from_day, before_day)
    FROM bed_stay s JOIN bed b ON b.id = s.bed_id JOIN unit u ON u.id = b.unit_id
    WHERE s.agency_id = access.agency() AND s.arrived_on IS NOT NULL AND s.cancelled_on IS NULL
      AND coalesce(s.left_on, 'infinity') > s.arrived_on AND s.arrived_on < before_day
      AND coalesce(s.left_on, before_day) > from_day AND s.arrived_on < coalesce(s.left_on, least(access.today() + 1, before_day))
      AND u.program_id IN (SELECT access.my_programs());
  END;
COMMENT ON FUNCTION access.bed_days(date, date) IS 'Days that beds of my programmes were lain in, with nobody''s name: a bed''s days count whoever may open the record';
