import { type RawBuilder, sql } from "kysely";
import type { Day } from "../kernel/day.ts";
import type { Acting } from "../storage/database.ts";
import { type Measure, measureNames, NO_PROGRAM, type TotalRow } from "./measure.ts";

/** What a relation of cases may lean on: the agency's own targets. */
type Targets = { wait: number; back: number };

/**
 * What several measures look at, read once: row security asks of every row of a table whether one may
 * see it. `ended` is each closed episode with the programme that the person was in last; `stay` each
 * stay with the programme of the unit where it was last; `time_in` the days of each stay and of each
 * enrolment.
 */
const shared = sql`
  enr AS MATERIALIZED (SELECT id, consumer_id, episode_id, program_id, valid_from, valid_to FROM enrolment),
  ep AS MATERIALIZED (SELECT id, consumer_id, opened_on, closed_on, closed_reason FROM episode),
  ended AS MATERIALIZED (
    SELECT DISTINCT ON (e.id) e.*, n.program_id
    FROM ep e LEFT JOIN enr n ON n.episode_id = e.id AND n.valid_from <= e.closed_on
    WHERE e.closed_on IS NOT NULL ORDER BY e.id, n.valid_from DESC, n.id DESC),
  stay AS MATERIALIZED (SELECT * FROM access.stays_in_sight()),
  time_in AS MATERIALIZED (
    (SELECT DISTINCT ON (s.placement_id) s.placement_id AS id, s.consumer_id, coalesce(s.program_id, n.program_id) AS program_id,
      true AS in_bed, s.ended_on AS last, daterange(s.admitted_on, s.ended_on, '[]') AS during
    FROM stay s LEFT JOIN enr n ON n.episode_id = s.episode_id AND n.valid_from <= greatest(s.admitted_on, s.ended_on - 1)
    ORDER BY s.placement_id, n.valid_from DESC, n.id DESC)
    UNION ALL
    SELECT id, consumer_id, program_id, false, valid_to, daterange(valid_from, valid_to, '[]') FROM enr WHERE valid_from IS NOT NULL)`;

/**
 * The cases of each measure: id, consumer_id, program_id, on_day, value, counts. One text for the
 * charts and the lists. Row security keeps them to the people of one's own programmes.
 */
const cases: Record<Measure, (targets: Targets, zone: string) => RawBuilder<unknown>> = {
  waiting: ({ wait }, zone) => sql`
    SELECT w.id, w.consumer_id, w.program_id, w.start_on, w.start_on - w.came_on, w.start_on - w.came_on <= ${wait}
    FROM (
      SELECT r.id, r.consumer_id, n.program_id, (r.received_at AT TIME ZONE ${zone})::date AS came_on, least(n.valid_from, o.start_on) AS start_on
      FROM referral_in r JOIN enr n ON n.id = r.enrolment_id
      LEFT JOIN (SELECT episode_id, min(start_on) AS start_on FROM start_offer GROUP BY episode_id) o ON o.episode_id = r.episode_id
    ) w WHERE w.start_on IS NOT NULL`,
  // A stay in beds is one, from admission, however often it moved: it belongs to where it ended, and one
  // elsewhere to the team that cared for them meanwhile. Time in a programme is a stay of the days that
  // nobody had a bed on. Each day is counted where they came last: in a bed before a programme, in what
  // began later before what began earlier. A stay in beds is one even where no day is left to it.
  stay: () => sql`
    SELECT d.id, d.consumer_id, d.program_id, d.last, d.days, NULL::boolean
    FROM (
      SELECT k.*, coalesce((SELECT sum(upper(r) - lower(r)) FROM unnest(datemultirange(k.during) - k.elsewhere) r), 0)::integer AS days
      FROM (
        SELECT o.*, coalesce(range_agg(x.during), '{}') AS elsewhere
        FROM time_in o LEFT JOIN time_in x ON x.consumer_id = o.consumer_id AND x.during && o.during
          AND (x.in_bed, lower(x.during), x.id) > (o.in_bed, lower(o.during), o.id)
        WHERE o.last IS NOT NULL GROUP BY o.id, o.consumer_id, o.program_id, o.in_bed, o.last, o.during
      ) k
    ) d WHERE d.in_bed OR d.days > 0`,
  endings: () => sql`
    SELECT DISTINCT ON (l.id) l.id, l.consumer_id, coalesce(s.program_id, n.program_id), l.ended_on, NULL::integer, l.planned
    FROM leaving l LEFT JOIN stay s ON s.placement_id = l.placement_id
    LEFT JOIN enr n ON n.episode_id = l.episode_id AND n.valid_from <= l.ended_on
    ORDER BY l.id, n.valid_from DESC, n.id DESC`,
  completion: () => sql`
    SELECT id, consumer_id, program_id, closed_on, closed_on - opened_on + 1, closed_reason = 'completed' FROM ended`,
  returns: () => sql`
    SELECT e.id, e.consumer_id, e.program_id, e.closed_on, min(f.opened_on) - e.closed_on,
      coalesce(min(f.opened_on) - e.closed_on <= 183, false)
    FROM ended e LEFT JOIN ep f ON f.consumer_id = e.consumer_id AND f.opened_on >= e.closed_on AND f.id <> e.id
    WHERE e.closed_reason = 'completed' GROUP BY e.id, e.consumer_id, e.program_id, e.closed_on`,
  "seen-again": (_, zone) => sql`
    SELECT DISTINCT ON (c.id) c.id, c.consumer_id, n.program_id, (c.asked_at AT TIME ZONE ${zone})::date,
      (c.seen_at AT TIME ZONE ${zone})::date - (c.asked_at AT TIME ZONE ${zone})::date,
      coalesce((c.seen_at AT TIME ZONE ${zone})::date <= c.due_on, false)
    FROM come_back c LEFT JOIN enr n ON n.episode_id = c.episode_id
    ORDER BY c.id, n.valid_from DESC NULLS LAST, n.id DESC`,
  // From the day they say they used again. Nobody who was not asked, or was not seen yet, is in it.
  "relapse-seen": (_, zone) => sql`
    SELECT DISTINCT ON (c.id) c.id, c.consumer_id, n.program_id, (c.seen_at AT TIME ZONE ${zone})::date,
      (c.seen_at AT TIME ZONE ${zone})::date - c.relapsed_on, NULL::boolean
    FROM come_back c LEFT JOIN enr n ON n.episode_id = c.episode_id
    WHERE c.relapsed_on IS NOT NULL AND c.seen_at IS NOT NULL
    ORDER BY c.id, n.valid_from DESC NULLS LAST, n.id DESC`,
  conferences: () => sql`
    SELECT c.id, c.consumer_id, c.program_id, a.day, NULL::integer, coalesce(j.units_payable > 0, false)
    FROM conference c JOIN appointment a ON a.id = c.appointment_id
    LEFT JOIN service s ON s.conference_id = c.id AND s.voided_at IS NULL
    LEFT JOIN judgement j ON j.service_id = s.id AND j.decides AND j.superseded_at IS NULL
    WHERE c.signed_at IS NOT NULL AND c.voided_at IS NULL`,
  // Of somebody who is known, the programme they were in last; of everybody else, none.
  "open-access": (_, zone) => sql`
    SELECT DISTINCT ON (o.id) o.id, o.consumer_id, n.program_id, o.day, NULL::integer, coalesce(o.completed_treatment, false)
    FROM (SELECT c.*, (c.at AT TIME ZONE ${zone})::date AS day FROM open_contact c) o
    LEFT JOIN enr n ON n.consumer_id = o.consumer_id AND n.valid_from <= o.day
    ORDER BY o.id, n.valid_from DESC, n.id DESC`,
};

function casesOf(measure: Measure, asked: Asked): RawBuilder<unknown> {
  return sql`SELECT ${sql.lit(measure)}::text AS measure, x.*
    FROM (${cases[measure](asked.targets, asked.zone)}) AS x (id, consumer_id, program_id, on_day, value, counts)
    WHERE x.on_day BETWEEN ${asked.from}::date AND ${asked.to}::date
      ${inProgram(asked.program)}`;
}

function inProgram(program: Asked["program"]): RawBuilder<unknown> {
  if (program === null) return sql``;
  return program === NO_PROGRAM
    ? sql`AND x.program_id IS NULL`
    : sql`AND x.program_id = ${program}::uuid`;
}

export type Asked = {
  from: Day;
  to: Day;
  /** A programme's id, `NO_PROGRAM`, or null for all. */
  program: string | null;
  zone: string;
  targets: Targets;
};

/** Every measure by month, by programme and altogether: one query. */
export async function findTotals(db: Acting, asked: Asked): Promise<TotalRow[]> {
  const all = sql.join(
    measureNames.map((measure) => casesOf(measure, asked)),
    sql` UNION ALL `,
  );
  const { rows } = await sql<TotalRow>`
    WITH ${shared}
    SELECT measure, date_trunc('month', on_day)::date AS month, program_id,
      grouping(program_id) = 0 AS by_program, count(*) AS cases,
      count(*) FILTER (WHERE counts) AS counting, (percentile_cont(0.5) WITHIN GROUP (ORDER BY value))::float AS median,
      count(value) AS valued
    FROM (${all}) c
    GROUP BY GROUPING SETS ((measure), (measure, program_id), (measure, date_trunc('month', on_day)::date))
    ORDER BY measure, month NULLS FIRST`.execute(db);
  return rows;
}

/** Every measure by programme and month: what an export is put together from. */
export async function findMonths(db: Acting, asked: Asked): Promise<TotalRow[]> {
  const all = sql.join(
    measureNames.map((measure) => casesOf(measure, asked)),
    sql` UNION ALL `,
  );
  const { rows } = await sql<TotalRow>`
    WITH ${shared}
    SELECT measure, date_trunc('month', on_day)::date AS month, program_id, true AS by_program, count(*) AS cases,
      count(*) FILTER (WHERE counts) AS counting, (percentile_cont(0.5) WITHIN GROUP (ORDER BY value))::float AS median,
      count(value) AS valued
    FROM (${all}) c GROUP BY measure, date_trunc('month', on_day)::date, program_id
    ORDER BY measure, month, program_id LIMIT 100000`.execute(db);
  return rows;
}

export type Case = {
  /** Of what is counted: a stay or the time in a programme, an ending, a contact … */
  id: string;
  /** Null: somebody who came without a name. */
  consumer_id: string | null;
  given_name: string | null;
  family_name: string | null;
  preferred_name: string | null;
  number: string | null;
  program: string | null;
  on_day: Day;
  value: number | null;
  counts: boolean | null;
};

/**
 * The cases behind a number, the newest first or, behind a median, by their value. `part`: those that
 * count, the rest, or null for both.
 */
export async function findCases(
  db: Acting,
  measure: Measure,
  asked: Asked,
  {
    part,
    offset,
    most,
    byValue = false,
  }: { part: boolean | null; offset: number; most: number; byValue?: boolean },
): Promise<Case[]> {
  const { rows } = await sql<Case>`
    WITH ${shared}
    SELECT c.id, c.consumer_id, p.given_name, p.family_name, p.preferred_name, p.number, g.name AS program,
      c.on_day, c.value, c.counts
    FROM (${casesOf(measure, asked)}) c
    LEFT JOIN consumer p ON p.id = c.consumer_id LEFT JOIN program g ON g.id = c.program_id
    ${part === null ? sql`` : sql`WHERE coalesce(c.counts, false) = ${part}`}
    ORDER BY ${byValue ? sql`c.value, ` : sql``}c.on_day DESC, c.id
    LIMIT ${most} OFFSET ${offset}`.execute(db);
  return rows;
}

/** The acting person's own programmes: what the dashboard can be narrowed to. */
export async function findMyPrograms(db: Acting) {
  return db
    .selectFrom("program")
    .select(["id", "name"])
    .where(sql<boolean>`id IN (SELECT access.my_programs())`)
    .orderBy("name")
    .limit(200)
    .execute();
}

export async function findTargets(db: Acting) {
  return db
    .selectFrom("agency")
    .select(["wait_target_days as wait", "return_target_days as back", "small_count as small"])
    .executeTakeFirstOrThrow();
}
