-- A record without a date of birth is opened in an emergency by both names and about the year, if that
-- means one person and no other. One that has a date is opened by that date alone, as before.

DROP FUNCTION access.open_in_emergency(text, text, date, text);
CREATE FUNCTION access.meant_in_emergency(given text, family text, born date, about integer) RETURNS uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  BEGIN ATOMIC
    WITH named AS (
      SELECT c.id, c.date_of_birth, c.born_about FROM consumer c
      WHERE c.agency_id = access.agency() AND people.fold(c.family_name) = people.fold(family)
        AND people.fold(given) IN (people.fold(c.given_name), people.fold(coalesce(nullif(c.preferred_name, ''), c.given_name)))
    ), undated AS (
      -- An age is guessed at: five years more or less are the same person.
      SELECT n.id FROM named n WHERE n.date_of_birth IS NULL
        AND abs(coalesce(n.born_about, extract(year FROM born)::integer, about) - coalesce(extract(year FROM born)::integer, about)) <= 5
    )
    SELECT coalesce(
      (SELECT n.id FROM named n WHERE n.date_of_birth = born ORDER BY n.id LIMIT 1),
      (SELECT u.id FROM undated u WHERE (SELECT count(*) FROM undated) = 1));
  END;
COMMENT ON FUNCTION access.meant_in_emergency(text, text, date, integer) IS 'Whom both names and a date of birth mean; about a year is enough only for one whose date nobody knows, and only if they are the only one';
REVOKE EXECUTE ON FUNCTION access.meant_in_emergency(text, text, date, integer) FROM PUBLIC, throughcare_app;

CREATE FUNCTION access.open_in_emergency(given text, family text, born date, about integer, why text) RETURNS uuid
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE found uuid;
BEGIN
  IF NOT access.clinical() THEN RETURN NULL; END IF;
  found := access.meant_in_emergency(given, family, born, about);
  IF found IS NULL THEN RETURN NULL; END IF;
  INSERT INTO emergency_access (agency_id, consumer_id, staff_id, reason, until)
  VALUES (access.agency(), found, access.staff(), why, now() + interval '4 hours');
  INSERT INTO access_log (agency_id, staff_id, action, room, consumer_ids, reason)
  VALUES (access.agency(), access.staff(), 'emergency', 'emergency-access', ARRAY[found], why);
  RETURN found;
END $$;
COMMENT ON FUNCTION access.open_in_emergency(text, text, date, integer, text) IS 'Opens a record for four hours; the answer to not yours and no such person is the same null';
GRANT EXECUTE ON FUNCTION access.open_in_emergency(text, text, date, integer, text) TO throughcare_app;

-- A page that looks every few seconds stands in the log once, not with every look.
CREATE FUNCTION access.watched_lately(in_room text, of_consumer uuid) RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  BEGIN ATOMIC
    SELECT EXISTS (SELECT FROM access_log l WHERE l.agency_id = access.agency() AND l.at > now() - interval '10 minutes'
      AND l.staff_id = access.staff() AND l.room = in_room AND l.consumer_ids = ARRAY[of_consumer]);
  END;
COMMENT ON FUNCTION access.watched_lately(text, uuid) IS 'Whether the asker''s own watching of this page is in the log of the last ten minutes already';
GRANT EXECUTE ON FUNCTION access.watched_lately(text, uuid) TO throughcare_app;
