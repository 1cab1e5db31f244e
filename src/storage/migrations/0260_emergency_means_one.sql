-- Redefined whole, after 0222: a typed date opens the record that has this very date and no other. A
-- record without a date opens by about the year, and only if nobody else of that name could be meant.

CREATE OR REPLACE FUNCTION access.meant_in_emergency(given text, family text, born date, about integer) RETURNS uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  BEGIN ATOMIC
    WITH named AS (
      SELECT c.id, c.date_of_birth, c.born_about, extract(year FROM c.date_of_birth)::integer AS born_in FROM consumer c
      WHERE c.agency_id = access.agency() AND people.fold(c.family_name) = people.fold(family)
        AND people.fold(given) IN (people.fold(c.given_name), people.fold(coalesce(nullif(c.preferred_name, ''), c.given_name)))
    )
    SELECT CASE WHEN born IS NOT NULL
      THEN (SELECT n.id FROM named n WHERE n.date_of_birth = born ORDER BY n.id LIMIT 1)
      -- An age is guessed at: five years more or less may be the same person, and whose age nobody knows may be anybody.
      ELSE (SELECT n.id FROM named n
        WHERE about IS NOT NULL AND n.date_of_birth IS NULL
          AND (n.born_about IS NULL OR abs(n.born_about - about) <= 5)
          AND NOT EXISTS (SELECT FROM named o WHERE o.id <> n.id
            AND (n.born_about IS NULL OR o.born_in IS NULL OR abs(o.born_in - about) <= 5)))
      END;
  END;
COMMENT ON FUNCTION access.meant_in_emergency(text, text, date, integer) IS 'Whom both names and a date of birth mean: who has that very date. About a year means one whose date nobody knows, five years more or less, if no other of that name has no date either or was born within five years of it; whose age nobody knows, if there is no other of that name at all';
