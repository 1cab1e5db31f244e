-- As 0275 and 0276 have them, but asked of the one person: listing a whole caseload for each row took a
-- second at eight thousand people (decision 2).

CREATE OR REPLACE FUNCTION access.session_cosigners(of_service uuid) RETURNS TABLE (staff_id uuid, name text, named boolean)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp ROWS 2
  BEGIN ATOMIC
    WITH able AS (
      SELECT s.id, s.name, EXISTS (SELECT FROM credential c
        WHERE c.staff_id = v.performer_id AND c.supervisor_id = s.id AND c.during @> v.service_date) AS named
      FROM service v JOIN staff s ON s.agency_id = v.agency_id AND s.id <> v.performer_id
      WHERE v.id = of_service AND v.agency_id = access.agency()
        AND (EXISTS (SELECT FROM access.enrolled e WHERE e.consumer_id = v.consumer_id)
          OR v.consumer_id IN (SELECT access.opened_in_emergency()))
        AND access.supervises(s.id, v.consumer_id))
    SELECT id, able.name, able.named FROM able
    WHERE able.named OR NOT EXISTS (SELECT FROM able AS other WHERE other.named)
    ORDER BY able.name;
  END;

CREATE OR REPLACE FUNCTION access.cosigner_lost(of_conference uuid) RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  BEGIN ATOMIC
    SELECT EXISTS (SELECT FROM conference c
      WHERE c.id = of_conference AND c.agency_id = access.agency() AND c.cosigned_at IS NULL
        AND (EXISTS (SELECT FROM access.enrolled e WHERE e.consumer_id = c.consumer_id)
          OR c.consumer_id IN (SELECT access.opened_in_emergency()))
        AND c.cosign_by IS NOT NULL AND NOT access.supervises(c.cosign_by, c.consumer_id));
  END;

CREATE INDEX ON service (agency_id) WHERE awaits_cosign AND voided_at IS NULL;
