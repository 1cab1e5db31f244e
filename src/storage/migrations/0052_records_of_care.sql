-- Records of care, judged as services are: what stands today in the columns that bulletins about care
-- name, and what was said of it when it was saved. And which bulletins are in force for an agency.

-- ---------------------------------------------------------------- the facts

CREATE VIEW care_record WITH (security_invoker = true) AS
WITH standing AS (
  SELECT 'prescribing' AS care_record, p.id, p.agency_id, p.consumer_id, p.episode_id, false AS draft,
    p.valid_from AS on_day, p.kind AS prescribing_kind, p.setting, 'none' AS placement_kind, NULL::boolean AS said_why
  FROM prescribing p
  WHERE p.valid_from <= (SELECT access.today()) AND (p.valid_to IS NULL OR p.valid_to >= (SELECT access.today()))
  UNION ALL
  SELECT 'placement', p.id, p.agency_id, p.consumer_id, p.episode_id, false, p.admitted_on, 'none', NULL,
    -- Where the person is now; a stay moves from a detox to the rehab it is attached to.
    coalesce((SELECT u.kind FROM bed_stay s JOIN bed b ON b.id = s.bed_id JOIN unit u ON u.id = b.unit_id
      WHERE s.placement_id = p.id AND s.arrived_on IS NOT NULL AND s.left_on IS NULL LIMIT 1), u.kind),
    p.without_residential_reason IS NOT NULL
  FROM placement p JOIN unit u ON u.id = p.unit_id
  WHERE p.admitted_on <= (SELECT access.today()) AND p.ended_on IS NULL
  UNION ALL
  SELECT 'aftercare-plan', a.id, a.agency_id, a.consumer_id, a.episode_id, a.state = 'draft',
    (coalesce(a.activated_at, a.created_at) AT TIME ZONE g.time_zone)::date, 'none', NULL, 'none', NULL
  FROM aftercare_plan a JOIN agency g ON g.id = a.agency_id
  WHERE a.state = 'draft' OR (a.state = 'active' AND NOT EXISTS (SELECT FROM aftercare_plan later
    WHERE later.consumer_id = a.consumer_id AND later.state = 'active' AND later.activated_at > a.activated_at))
)
SELECT r.id AS line_id, r.consumer_id, r.agency_id, r.episode_id, r.draft,
  r.care_record, r.on_day, (SELECT access.today()) - r.on_day AS days_running,
  r.prescribing_kind, r.setting, plan.id IS NOT NULL AS active_plan,
  (SELECT count(*) FROM goal g JOIN intervention i ON i.goal_id = g.id
    WHERE g.plan_id = plan.id AND g.status <> 'dropped'
      AND i.kind NOT IN ('prescribing', 'medically-assisted-withdrawal', 'relapse-prevention-prescribing'))::integer AS other_interventions,
  EXISTS (SELECT FROM assignment k WHERE k.consumer_id = r.consumer_id AND k.part = 'keyworker'
    AND k.during @> (SELECT access.today())) AS keyworker_named,
  r.placement_kind,
  CASE WHEN r.placement_kind = 'second-stage' THEN EXISTS (
    SELECT FROM placement o JOIN unit u ON u.id = o.unit_id
    WHERE o.consumer_id = r.consumer_id AND o.episode_id = r.episode_id AND o.id <> r.id
      AND o.end_planned AND o.ended_on <= r.on_day
      AND (u.kind = 'rehab' OR EXISTS (SELECT FROM bed_stay s JOIN bed b ON b.id = s.bed_id JOIN unit w ON w.id = b.unit_id
        WHERE s.placement_id = o.id AND s.arrived_on IS NOT NULL AND w.kind = 'rehab'))) END AS residential_completed,
  CASE WHEN r.placement_kind = 'second-stage' THEN r.said_why END AS without_residential_reason,
  supports.drug_related AS drug_related_supports, supports.other AS non_drug_related_supports,
  CASE WHEN r.care_record = 'aftercare-plan' THEN (SELECT count(*) FROM relapse_trigger t
    WHERE t.consumer_id = r.consumer_id AND t.ended_at IS NULL)::integer END AS relapse_triggers,
  CASE WHEN r.care_record = 'aftercare-plan' THEN (SELECT count(*) FROM relapse_strategy t
    WHERE t.consumer_id = r.consumer_id AND t.ended_at IS NULL)::integer END AS relapse_strategies,
  back.back_where AS way_back_where, back.back_who AS way_back_who, back.back_soon AS way_back_soon,
  CASE WHEN r.care_record = 'aftercare-plan' THEN (SELECT count(*) FROM gain n
    WHERE n.episode_id = r.episode_id AND n.consumer_id = r.consumer_id AND n.ended_on IS NULL)::integer END AS gains_named,
  supports.handed_over
FROM standing r
LEFT JOIN care_plan plan ON plan.episode_id = r.episode_id AND plan.state = 'active'
LEFT JOIN LATERAL (
  SELECT (count(*) FILTER (WHERE s.kind = 'drug-related' AND s.state <> 'declined'))::integer AS drug_related,
    (count(*) FILTER (WHERE s.kind <> 'drug-related' AND s.state <> 'declined'))::integer AS other,
    bool_and(s.state = 'accepted') AS handed_over
  FROM recovery_support s
  WHERE r.care_record <> 'prescribing' AND s.consumer_id = r.consumer_id AND s.episode_id = r.episode_id AND s.state <> 'ended'
) supports ON r.care_record <> 'prescribing'
LEFT JOIN LATERAL (
  SELECT nullif(btrim(a.back_where), '') IS NOT NULL AS back_where,
    a.back_who_id IS NOT NULL OR nullif(btrim(a.back_phone), '') IS NOT NULL AS back_who,
    a.back_within_days IS NOT NULL AS back_soon
  FROM aftercare_plan a WHERE a.id = r.id
) back ON r.care_record = 'aftercare-plan';
COMMENT ON VIEW care_record IS 'Prescribing courses, stays and aftercare plans that stand today, each with what bulletins about care may ask of it; a new fact is a new column here';
COMMENT ON COLUMN care_record.line_id IS 'The id of the course, the placement or the plan';
COMMENT ON COLUMN care_record.draft IS 'An aftercare plan that is still being written: told what it lacks, and counted nowhere';
GRANT SELECT ON care_record TO throughcare_app;

-- Facts without ids or names, for whoever may read bulletins and their counts.
CREATE FUNCTION access.care_facts()
  RETURNS TABLE (line_id bigint, consumer_id text, care_record text, on_day date, days_running integer, prescribing_kind text, setting text,
    active_plan boolean, other_interventions integer, keyworker_named boolean, placement_kind text, residential_completed boolean,
    without_residential_reason boolean, drug_related_supports integer, non_drug_related_supports integer, relapse_triggers integer,
    relapse_strategies integer, way_back_where boolean, way_back_who boolean, way_back_soon boolean, gains_named integer, handed_over boolean)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  BEGIN ATOMIC
    SELECT row_number() OVER (), '', r.care_record, r.on_day, r.days_running, r.prescribing_kind, r.setting,
      r.active_plan, r.other_interventions, r.keyworker_named, r.placement_kind, r.residential_completed,
      r.without_residential_reason, r.drug_related_supports, r.non_drug_related_supports, r.relapse_triggers,
      r.relapse_strategies, r.way_back_where, r.way_back_who, r.way_back_soon, r.gains_named, r.handed_over
    FROM care_record r WHERE r.agency_id = access.agency() AND NOT r.draft;
  END;
COMMENT ON FUNCTION access.care_facts() IS 'The agency''s records of care as facts alone, to be judged and counted';

-- ---------------------------------------------------------------- what was said when it was saved

CREATE TABLE care_judgement (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  agency_id uuid NOT NULL REFERENCES agency,
  consumer_id uuid NOT NULL REFERENCES consumer,
  prescribing_id uuid,
  placement_id uuid,
  aftercare_plan_id uuid,
  bulletin text NOT NULL,
  content_hash text NOT NULL,
  verdicts jsonb NOT NULL,
  facts jsonb NOT NULL,
  judged_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  judged_by uuid NOT NULL,
  FOREIGN KEY (prescribing_id, consumer_id) REFERENCES prescribing (id, consumer_id),
  FOREIGN KEY (placement_id, consumer_id) REFERENCES placement (id, consumer_id),
  FOREIGN KEY (aftercare_plan_id, consumer_id) REFERENCES aftercare_plan (id, consumer_id),
  FOREIGN KEY (judged_by, agency_id) REFERENCES staff (id, agency_id),
  CHECK (num_nonnulls(prescribing_id, placement_id, aftercare_plan_id) = 1)
);
COMMENT ON TABLE care_judgement IS 'What a bulletin said of a record of care when it was saved, whenever it said something else than before; appended to, never changed';
COMMENT ON COLUMN care_judgement.verdicts IS 'A verdict for each rule: [{"clause", "kind", "verdict"}]';
COMMENT ON COLUMN care_judgement.judged_by IS 'Who saved what was judged';
CREATE INDEX ON care_judgement (consumer_id, judged_at);
CREATE INDEX ON care_judgement (prescribing_id);
CREATE INDEX ON care_judgement (placement_id);
CREATE INDEX ON care_judgement (aftercare_plan_id);
CALL access.protect('care_judgement',
  'agency_id = access.agency() AND consumer_id IN (SELECT access.record_consumers())',
  'agency_id = access.agency() AND consumer_id IN (SELECT access.record_consumers())', may_update => false);
CALL access.guard_table('care_judgement');
CREATE TRIGGER keep BEFORE UPDATE OR DELETE OR TRUNCATE ON care_judgement FOR EACH STATEMENT EXECUTE FUNCTION access.refuse();

-- ---------------------------------------------------------------- which bulletins are in force

-- What an agency chooses changes what its services are judged by: they are judged again.
CREATE FUNCTION access.bulletins_chosen() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE since date := CASE TG_OP WHEN 'UPDATE' THEN least(coalesce(OLD.valid_to, 'infinity'), coalesce(NEW.valid_to, 'infinity')) ELSE NEW.valid_from END;
BEGIN
  -- The first choice also ends what held without one.
  IF NOT EXISTS (SELECT FROM agency_bulletin b WHERE b.agency_id = NEW.agency_id AND b.id <> NEW.id) THEN since := '-infinity'; END IF;
  INSERT INTO judgement_due (agency_id, consumer_id, day)
  SELECT DISTINCT s.agency_id, s.consumer_id, s.service_date FROM service s
  WHERE s.agency_id = NEW.agency_id AND s.voided_at IS NULL AND s.service_date >= since
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
COMMENT ON FUNCTION access.bulletins_chosen() IS 'Puts the services of the days that another choice of bulletins is about in line to be judged again';
REVOKE EXECUTE ON FUNCTION access.bulletins_chosen() FROM PUBLIC;
CREATE TRIGGER judge_again AFTER INSERT OR UPDATE ON agency_bulletin FOR EACH ROW EXECUTE FUNCTION access.bulletins_chosen();
