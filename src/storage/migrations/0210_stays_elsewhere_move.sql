-- A stay where no beds are kept here moves too: from the detox to the rehab it is attached to, as one
-- stay (MC B2). And where a stay is, unit by unit, is said in one place.

CREATE TABLE unit_move (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  agency_id uuid NOT NULL REFERENCES agency,
  consumer_id uuid NOT NULL REFERENCES consumer,
  placement_id uuid NOT NULL,
  unit_id uuid NOT NULL,
  moved_on date NOT NULL,
  asked text[] NOT NULL DEFAULT '{}',
  fits_because text CHECK (length(fits_because) BETWEEN 1 AND 300),
  recorded_at timestamptz NOT NULL DEFAULT now(),
  recorded_by uuid NOT NULL,
  FOREIGN KEY (placement_id, consumer_id) REFERENCES placement (id, consumer_id),
  FOREIGN KEY (unit_id, agency_id) REFERENCES unit (id, agency_id),
  FOREIGN KEY (recorded_by, agency_id) REFERENCES staff (id, agency_id),
  CHECK ((cardinality(asked) = 0) = (fits_because IS NULL))
);
COMMENT ON TABLE unit_move IS 'A stay went on in another unit whose beds are not kept here; a move into a bed of ours is its bed_stay';
COMMENT ON COLUMN unit_move.asked IS 'As bed_stay.asked: what spoke against the unit for this person, as it was said then';
COMMENT ON COLUMN unit_move.fits_because IS 'Why it was right all the same, in a word of whoever recorded it';
CREATE INDEX ON unit_move (placement_id);
CREATE INDEX ON unit_move (consumer_id);
CALL access.protect('unit_move',
  'agency_id = access.agency() AND consumer_id IN (SELECT access.record_consumers())',
  'agency_id = access.agency() AND consumer_id IN (SELECT access.record_consumers())', may_update => false);
CALL access.guard_table('unit_move');
CREATE TRIGGER keep BEFORE UPDATE OR DELETE OR TRUNCATE ON unit_move FOR EACH STATEMENT EXECUTE FUNCTION access.refuse();

COMMENT ON COLUMN placement.unit_id IS 'Where it was asked for; where the person is now, or was last, is in stay_place';

CREATE VIEW stay_place WITH (security_invoker = true) AS
SELECT consumer_id, placement_id, unit_id, bed_id, since, coalesce(left_on, lead(since) OVER onward, ended_on) AS until,
  row_number() OVER (PARTITION BY consumer_id, placement_id ORDER BY since DESC, step DESC, id DESC)::integer AS back
FROM (
  -- Where they came in, if not into a bed of ours.
  SELECT p.consumer_id, p.id AS placement_id, p.unit_id, NULL::uuid AS bed_id, p.admitted_on AS since, NULL::date AS left_on, p.ended_on, 0 AS step, p.id
  FROM placement p
  WHERE p.admitted_on IS NOT NULL
    AND NOT EXISTS (SELECT FROM bed_stay s WHERE s.placement_id = p.id AND s.consumer_id = p.consumer_id AND s.arrived_on <= p.admitted_on)
  UNION ALL
  SELECT s.consumer_id, s.placement_id, b.unit_id, b.id, s.arrived_on, s.left_on, NULL, 1, s.id
  FROM bed_stay s JOIN bed b ON b.id = s.bed_id
  WHERE s.arrived_on IS NOT NULL
  UNION ALL
  SELECT m.consumer_id, m.placement_id, m.unit_id, NULL, m.moved_on, NULL, p.ended_on, 1, m.id
  FROM unit_move m JOIN placement p ON p.id = m.placement_id AND p.consumer_id = m.consumer_id
) AS place
WINDOW onward AS (PARTITION BY consumer_id, placement_id ORDER BY since, step, id);
COMMENT ON VIEW stay_place IS 'Where each stay was, bed by bed and unit by unit, from a day until the day of leaving it; back = 1 is where the person is now or was last; without a bed where none is kept here';
GRANT SELECT ON stay_place TO throughcare_app;

-- The same columns as in 0052: of a stay, where the person is now, beds kept here or not.
CREATE OR REPLACE VIEW care_record WITH (security_invoker = true) AS
WITH standing AS (
  SELECT 'prescribing' AS care_record, p.id, p.agency_id, p.consumer_id, p.episode_id, false AS draft,
    p.valid_from AS on_day, p.kind AS prescribing_kind, p.setting, 'none' AS placement_kind, NULL::boolean AS said_why
  FROM prescribing p
  WHERE p.valid_from <= (SELECT access.today()) AND (p.valid_to IS NULL OR p.valid_to >= (SELECT access.today()))
  UNION ALL
  SELECT 'placement', p.id, p.agency_id, p.consumer_id, p.episode_id, false, p.admitted_on, 'none', NULL,
    (SELECT u.kind FROM stay_place s JOIN unit u ON u.id = s.unit_id
      WHERE s.placement_id = p.id AND s.consumer_id = p.consumer_id AND s.back = 1),
    p.without_residential_reason IS NOT NULL
  FROM placement p
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
    SELECT FROM placement o JOIN stay_place s ON s.placement_id = o.id AND s.consumer_id = o.consumer_id JOIN unit u ON u.id = s.unit_id
    WHERE o.consumer_id = r.consumer_id AND o.episode_id = r.episode_id AND o.id <> r.id
      AND o.end_planned AND o.ended_on <= r.on_day AND u.kind = 'rehab') END AS residential_completed,
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
