-- Who leaves a programme is followed up as who leaves the agency is, and what somebody's work was
-- finds somebody else: also after an ending, and also when they only went to another team.

-- ---------------------------------------------------------------- the last programme ends

CREATE FUNCTION access.enrolment_left() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  writer uuid := access.staff();
  planned boolean := NEW.end_reason IN ('completed', 'transferred');
BEGIN
  -- Asked at the end of the transaction: moving on, or closing the episode, is no leaving of its own.
  IF writer IS NULL
    OR NOT EXISTS (SELECT FROM episode e WHERE e.id = NEW.episode_id AND e.closed_on IS NULL)
    OR EXISTS (SELECT FROM enrolment e WHERE e.episode_id = NEW.episode_id AND e.id <> NEW.id
      AND (e.valid_from IS NOT NULL AND (e.valid_to IS NULL OR e.valid_to > NEW.valid_to)
        -- Whoever left early and waits for something else is out of care until that begins.
        OR planned AND e.valid_from IS NULL AND e.valid_to IS NULL))
    OR EXISTS (SELECT FROM placement s WHERE s.episode_id = NEW.episode_id AND s.admitted_on IS NOT NULL AND s.ended_on IS NULL)
    OR EXISTS (SELECT FROM leaving l WHERE l.episode_id = NEW.episode_id AND l.ended_on = NEW.valid_to) THEN
    RETURN NULL;
  END IF;
  INSERT INTO leaving (agency_id, consumer_id, episode_id, ended_on, planned, reason, note, contact_due, recorded_by)
  SELECT NEW.agency_id, NEW.consumer_id, NEW.episode_id, NEW.valid_to, coalesce(planned, false), NEW.end_reason, NEW.end_note,
    CASE WHEN NEW.end_reason <> 'died' THEN greatest(now(), (NEW.valid_to + 1) AT TIME ZONE a.time_zone) + interval '48 hours' END, writer
  FROM agency a WHERE a.id = NEW.agency_id;
  RETURN NULL;
END $$;
COMMENT ON FUNCTION access.enrolment_left() IS 'The end of the last programme asks for overdose advice, naloxone and a contact within 48 hours, also where the episode stays open';
REVOKE EXECUTE ON FUNCTION access.enrolment_left() FROM PUBLIC;
CREATE CONSTRAINT TRIGGER asks_to_follow_up AFTER UPDATE ON enrolment DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (OLD.valid_to IS NULL AND NEW.valid_to IS NOT NULL AND NEW.valid_from IS NOT NULL) EXECUTE FUNCTION access.enrolment_left();

CREATE OR REPLACE FUNCTION access.episode_left() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE writer uuid := coalesce(NEW.closed_by, access.staff());
BEGIN
  -- Nobody is asked to ring somebody who died.
  IF NEW.closed_reason = 'died' THEN
    UPDATE leaving SET contact_due = NULL WHERE episode_id = NEW.id AND contact_due IS NOT NULL;
  END IF;
  -- The end of a stay on the same day has asked already, or the end of the last programme before.
  IF writer IS NULL OR EXISTS (SELECT FROM leaving l WHERE l.episode_id = NEW.id AND (l.ended_on = NEW.closed_on
    OR l.placement_id IS NULL AND l.ended_on <= NEW.closed_on
      AND NOT EXISTS (SELECT FROM enrolment e WHERE e.episode_id = NEW.id AND e.valid_from > l.ended_on)
      AND NOT EXISTS (SELECT FROM placement s WHERE s.episode_id = NEW.id AND s.admitted_on >= l.ended_on))) THEN
    RETURN NULL;
  END IF;
  INSERT INTO leaving (agency_id, consumer_id, episode_id, ended_on, planned, reason, note, contact_due, recorded_by)
  VALUES (NEW.agency_id, NEW.consumer_id, NEW.id, NEW.closed_on,
    coalesce(NEW.closed_reason IN ('completed', 'transferred'), false), coalesce(NEW.closed_reason, 'other'), NEW.closed_note,
    CASE WHEN NEW.closed_reason IS DISTINCT FROM 'died' THEN now() + interval '48 hours' END, writer);
  RETURN NULL;
END $$;
-- contact_due goes when there is nobody to contact any more; that is the trigger's to write alone.
REVOKE UPDATE (contact_due) ON leaving FROM throughcare_app;
DROP TRIGGER keep ON leaving;
CREATE TRIGGER keep BEFORE UPDATE ON leaving FOR EACH ROW EXECUTE FUNCTION access.only_these(
  'overdose_advice', 'overdose_advice_on', 'overdose_advice_by', 'naloxone', 'naloxone_on', 'naloxone_by', 'contact_due');

-- ---------------------------------------------------------------- who follows up after an ending

ALTER TABLE assignment DROP CONSTRAINT assignment_part_check;
ALTER TABLE assignment ADD CONSTRAINT assignment_part_check CHECK (part IN ('keyworker', 'peer-mentor', 'aftercare'));
COMMENT ON TABLE assignment IS 'Who is whose keyworker (in the US: primary counselor) or peer mentor, from day to day; after an ending, who follows up in place of a keyworker who left';
CREATE UNIQUE INDEX one_aftercare ON assignment (consumer_id) WHERE part = 'aftercare' AND valid_to IS NULL;
CREATE INDEX ON assignment (consumer_id, valid_from DESC) WHERE part IN ('keyworker', 'aftercare');

-- Whose work here is nobody's: of an open episode, where no keyworker can open the record; for a year
-- after a closed one, where whoever followed up cannot. It is for those who answer for the team.
CREATE FUNCTION access.nobodys() RETURNS TABLE (consumer_id uuid, episode_id uuid, closed_on date, assignment_id uuid, staff_id uuid, since date)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp ROWS 50
  BEGIN ATOMIC
    SELECT e.consumer_id, e.id, e.closed_on, CASE WHEN last.stands THEN last.id END, last.staff_id,
      CASE WHEN e.closed_on IS NOT NULL THEN e.closed_on ELSE greatest(e.opened_on, last.until) END
    FROM (
      SELECT DISTINCT ON (p.consumer_id) p.* FROM episode p
      WHERE p.agency_id = (SELECT access.agency()) AND (SELECT access.has_role('supervisor', 'program-manager'))
        AND (p.closed_on >= (SELECT access.today()) - 365
          -- Who only waits is their programme's team's.
          OR p.closed_on IS NULL AND (EXISTS (SELECT FROM enrolment n WHERE n.episode_id = p.id AND n.valid_from <= (SELECT access.today()))
            OR EXISTS (SELECT FROM placement s WHERE s.episode_id = p.id AND s.admitted_on IS NOT NULL)))
        AND EXISTS (SELECT FROM access.enrolled n WHERE n.consumer_id = p.consumer_id)
      ORDER BY p.consumer_id, p.closed_on DESC NULLS FIRST, p.opened_on DESC
    ) e
    LEFT JOIN LATERAL (
      SELECT a.id, a.staff_id, a.during @> (SELECT access.today()) AS stands,
        least(a.valid_to, s.active_to, (SELECT max(w.valid_to) FROM staff_program w WHERE w.staff_id = a.staff_id)) AS until,
        s.closed_at IS NULL AND daterange(s.active_from, s.active_to, '[]') @> (SELECT access.today())
          AND EXISTS (SELECT FROM staff_role r WHERE r.staff_id = s.id AND r.during @> (SELECT access.today())
            AND r.role IN ('counselor', 'keyworker', 'supervisor', 'program-manager'))
          AND EXISTS (SELECT FROM staff_program w JOIN enrolment n ON n.program_id = w.program_id
            WHERE w.staff_id = s.id AND w.during @> (SELECT access.today()) AND n.consumer_id = a.consumer_id) AS able
      FROM assignment a JOIN staff s ON s.id = a.staff_id
      WHERE a.consumer_id = e.consumer_id AND a.valid_from <= (SELECT access.today())
        AND (a.part = 'keyworker' OR a.part = 'aftercare' AND e.closed_on IS NOT NULL)
      ORDER BY a.valid_from DESC, a.id DESC LIMIT 1
    ) last ON true
    WHERE NOT coalesce(last.able AND (last.stands OR e.closed_on IS NOT NULL), false)
      AND e.closed_reason IS DISTINCT FROM 'died';
  END;
COMMENT ON FUNCTION access.nobodys() IS 'People in one''s programmes whose keyworker, or whoever followed up last, is nobody who can open their record: for supervisors and managers';
GRANT EXECUTE ON FUNCTION access.nobodys() TO throughcare_app;

-- ---------------------------------------------------------------- what is handed on

-- A note waits for the supervisor it was signed to, unless that one works here no more.
CREATE OR REPLACE FUNCTION access.signing_stands() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF access.staff() IS NULL THEN RETURN NEW; END IF;
  IF NEW.signed_at IS DISTINCT FROM OLD.signed_at AND NOT (NEW.signed_by = access.staff()
    AND (NEW.lead_id = access.staff() OR access.has_role('supervisor'))) THEN
    RAISE EXCEPTION 'a note is signed by its lead or a supervisor';
  END IF;
  IF NEW.cosigned_at IS DISTINCT FROM OLD.cosigned_at AND NOT (OLD.cosigned_at IS NULL
    AND NEW.cosign_by = access.staff() AND NEW.lead_id <> access.staff() AND access.has_role('supervisor')) THEN
    RAISE EXCEPTION 'a note is co-signed once, by the supervisor it waits for';
  END IF;
  IF OLD.cosign_by IS NOT NULL AND NEW.cosign_by IS DISTINCT FROM OLD.cosign_by AND OLD.signed_at IS NOT NULL
    AND NOT (OLD.cosigned_at IS NULL AND access.leaves(OLD.cosign_by) AND access.has_role('supervisor', 'program-manager')) THEN
    RAISE EXCEPTION 'a note waits for the supervisor it was signed to';
  END IF;
  IF OLD.voided_at IS NOT NULL AND (NEW.voided_at, NEW.voided_by, NEW.void_reason) IS DISTINCT FROM (OLD.voided_at, OLD.voided_by, OLD.void_reason) THEN
    RAISE EXCEPTION 'what was voided stays voided';
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION access.leaves(whose uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  RETURN EXISTS (SELECT FROM staff s WHERE s.id = whose AND s.agency_id = access.agency() AND s.active_to <= access.today() + 14);
COMMENT ON FUNCTION access.leaves(uuid) IS 'Whether a colleague has left, or leaves within two weeks: then what was theirs may be handed on';

-- The question stays the biller's, word for word; only whom it waits for changes.
DROP TRIGGER keep ON question;
CREATE TRIGGER keep BEFORE UPDATE ON question FOR EACH ROW
  EXECUTE FUNCTION access.kept_as_written('answer', 'answered_by', 'answered_at', 'to_staff');
REVOKE UPDATE ON question FROM throughcare_app;
GRANT UPDATE (answer, answered_by, answered_at) ON question TO throughcare_app;
CREATE FUNCTION access.hand_on_question(of_question uuid, to_whom uuid) RETURNS boolean
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE question q SET to_staff = to_whom
  WHERE q.id = of_question AND q.agency_id = access.agency() AND q.answered_at IS NULL
    AND access.has_role('supervisor', 'program-manager') AND access.leaves(q.to_staff)
    AND q.consumer_id IN (SELECT access.record_consumers())
    AND EXISTS (SELECT FROM staff s WHERE s.id = to_whom AND s.agency_id = q.agency_id);
  RETURN FOUND;
END $$;
COMMENT ON FUNCTION access.hand_on_question(uuid, uuid) IS 'A question to somebody who left waits for a colleague instead';
GRANT EXECUTE ON FUNCTION access.leaves(uuid), access.hand_on_question(uuid, uuid) TO throughcare_app;

CREATE INDEX ON conference (lead_id) WHERE signed_at IS NOT NULL AND agreed_approved_at IS NULL AND voided_at IS NULL;
CREATE INDEX ON aftercare_plan (back_who_id) WHERE state = 'active';
CREATE INDEX ON recovery_support (owner_id) WHERE state = 'declined';

CREATE OR REPLACE VIEW work_without_owner WITH (security_invoker = true) AS
WITH gone AS (
  SELECT s.id, s.agency_id, s.name, s.active_to FROM staff s
  WHERE s.agency_id = access.agency() AND s.active_to <= access.today() + 14
)
SELECT w.kind, w.ref_id, w.consumer_id, g.agency_id, g.id AS staff_id, g.name AS staff, g.active_to AS leaves_on, w.what, w.due, false AS moved
FROM gone g JOIN (
  -- Closing an account ends none of these; a part that ended with the episode is not open.
  SELECT 'keyworker' AS kind, a.id AS ref_id, a.consumer_id, a.staff_id, NULL::text AS what, NULL::date AS due
  FROM assignment a WHERE a.part = 'keyworker' AND a.valid_to IS NULL
    AND EXISTS (SELECT FROM episode e WHERE e.consumer_id = a.consumer_id AND e.closed_on IS NULL)
  UNION ALL SELECT 'aftercare', n.consumer_id, n.consumer_id, n.staff_id, NULL, n.closed_on + 7 FROM access.nobodys() n WHERE n.closed_on IS NOT NULL
  UNION ALL SELECT 'peer-mentor', a.id, a.consumer_id, a.staff_id, NULL, NULL FROM assignment a WHERE a.part = 'peer-mentor' AND a.valid_to IS NULL
  UNION ALL SELECT 'way-back', p.id, p.consumer_id, p.back_who_id, NULL, NULL FROM aftercare_plan p WHERE p.state = 'active'
    AND NOT EXISTS (SELECT FROM aftercare_plan n WHERE n.consumer_id = p.consumer_id AND n.state = 'active' AND n.activated_at > p.activated_at)
    AND EXISTS (SELECT FROM episode e WHERE e.id = p.episode_id AND (e.closed_on IS NULL OR e.closed_on >= access.today() - 365 AND e.closed_reason <> 'died'))
  UNION ALL SELECT 'come-back', c.id, c.consumer_id, c.told_staff_id, NULL, NULL FROM come_back c WHERE c.seen_at IS NULL
  UNION ALL SELECT 'referral', r.id, r.consumer_id, r.owner_id, r.what, r.due_on FROM referral r
    WHERE r.status NOT IN ('provided', 'declined', 'closed')
  UNION ALL SELECT DISTINCT 'letter', l.referral_id, l.consumer_id, l.recorded_by, d.name, NULL::date FROM referral_sending l JOIN provider d ON d.id = l.provider_id
    WHERE l.sent_at IS NULL AND l.dropped_at IS NULL
  UNION ALL SELECT 'support', s.id, s.consumer_id, s.owner_id, replace(s.what, '-', ' '), s.chase_on FROM recovery_support s
    WHERE s.state IN ('planned', 'handed-over') OR s.state = 'declined' AND NOT EXISTS (SELECT FROM recovery_support o
      WHERE o.consumer_id = s.consumer_id AND o.kind = s.kind AND o.what = s.what AND o.state IN ('planned', 'handed-over', 'accepted'))
  UNION ALL SELECT 'call', c.id, c.consumer_id, c.owner_id, c.caller, c.follow_up_on FROM concern_call c WHERE c.closed_on IS NULL
  UNION ALL SELECT 'note', c.id, c.consumer_id, c.lead_id, NULL, a.day FROM conference c JOIN appointment a ON a.id = c.appointment_id
    WHERE c.signed_at IS NULL AND c.voided_at IS NULL AND a.status IN ('scheduled', 'held') AND a.day <= access.today()
  UNION ALL SELECT 'cosign', c.id, c.consumer_id, c.cosign_by, NULL, NULL FROM conference c
    WHERE c.cosigned_at IS NULL AND c.signed_at IS NOT NULL AND c.voided_at IS NULL
  UNION ALL SELECT 'agreed', c.id, c.consumer_id, c.lead_id, NULL, NULL FROM conference c
    WHERE c.signed_at IS NOT NULL AND c.voided_at IS NULL AND c.agreed_approved_at IS NULL
      AND EXISTS (SELECT FROM agreement g WHERE g.conference_id = c.id)
  UNION ALL SELECT 'question', q.id, q.consumer_id, q.to_staff, NULL, NULL FROM question q
    WHERE q.answered_at IS NULL AND access.has_role('supervisor', 'program-manager')
  UNION ALL SELECT 'group', m.id, NULL, m.lead_id, m.name, NULL FROM support_group m WHERE m.active
  UNION ALL SELECT 'appointment', a.id, a.consumer_id, a.staff_id, NULL, a.day FROM appointment a
    WHERE a.status = 'scheduled' AND a.day >= access.today()
) w ON w.staff_id = g.id
WHERE w.kind <> 'appointment' OR w.due > g.active_to
UNION ALL
-- Still employed, and somewhere else: they see these records no more, and nothing of what is due in them.
SELECT 'keyworker', n.assignment_id, n.consumer_id, s.agency_id, s.id, s.name, least(n.since, access.today()), NULL::text, NULL::date, true
FROM access.nobodys() n JOIN staff s ON s.id = n.staff_id
WHERE n.closed_on IS NULL AND n.assignment_id IS NOT NULL AND (s.active_to IS NULL OR s.active_to > access.today() + 14);
