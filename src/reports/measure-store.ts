import { type RawBuilder, sql } from "kysely";
import type { Day } from "../kernel/day.ts";
import type { Acting } from "../storage/database.ts";
import { type Measure, measureNames, NO_PROGRAM, type TotalRow } from "./measure.ts";

/** What a relation of cases may lean on: the agency's own targets. */
type Targets = { wait: number; back: number };

/**
 * What several measures look at, read once: row security asks of every row of a table whether one may
 * see it. `ended` is each closed episode with the programme that the person was in last.
 */
const shared = sql`
  enr AS MATERIALIZED (SELECT id, consumer_id, episode_id, program_id, valid_from, valid_to FROM enrolment),
  ep AS MATERIALIZED (SELECT id, consumer_id, opened_on, closed_on, closed_reason FROM episode),
  ended AS MATERIALIZED (
    SELECT DISTINCT ON (e.id) e.*, n.program_id
    FROM ep e LEFT JOIN enr n ON n.episode_id = e.id AND n.valid_from <= e.closed_on
    WHERE e.closed_on IS NOT NULL ORDER BY e.id, n.valid_from DESC, n.id DESC)`;

/**
 * The cases of each measure: consumer_id, program_id, on_day, value, counts. One text for the charts
 * and the lists. Row security keeps them to the people of one's own programmes.
 */
const cases: Record<Measure, (targets: Targets, zone: string) => RawBuilder<unknown>> = {
  waiting: ({ wait }, zone) => sql`
    SELECT w.consumer_id, w.program_id, w.start_on, w.start_on - w.came_on, w.start_on - w.came_on <= ${wait}
    FROM (
      SELECT r.consumer_id, n.program_id, (r.received_at AT TIME ZONE ${zone})::date AS came_on, least(n.valid_from, o.start_on) AS start_on
      FROM referral_in r JOIN enr n ON n.id = r.enrolment_id
      LEFT JOIN (SELECT episode_id, min(start_on) AS start_on FROM start_offer GROUP BY episode_id) o ON o.episode_id = r.episode_id
    ) w WHERE w.start_on IS NOT NULL`,
  stay: () => sql`
    SELECT consumer_id, program_id, valid_to, valid_to - valid_from + 1, NULL::boolean
    FROM enr WHERE valid_from IS NOT NULL AND valid_to IS NOT NULL`,
  endings: () => sql`
    SELECT DISTINCT ON (l.id) l.consumer_id, coalesce(u.program_id, n.program_id), l.ended_on, NULL::integer, l.planned
    FROM leaving l LEFT JOIN placement p ON p.id = l.placement_id LEFT JOIN unit u ON u.id = p.unit_id
    LEFT JOIN enr n ON n.episode_id = l.episode_id AND n.valid_from <= l.ended_on
    ORDER BY l.id, n.valid_from DESC, n.id DESC`,
  completion: () => sql`
    SELECT consumer_id, program_id, closed_on, closed_on - opened_on + 1, closed_reason = 'completed' FROM ended`,
  returns: () => sql`
    SELECT e.consumer_id, e.program_id, e.closed_on, min(f.opened_on) - e.closed_on,
      coalesce(min(f.opened_on) - e.closed_on <= 183, false)
    FROM ended e LEFT JOIN ep f ON f.consumer_id = e.consumer_id AND f.opened_on >= e.closed_on AND f.id <> e.id
    WHERE e.closed_reason = 'completed' GROUP BY e.id, e.consumer_id, e.program_id, e.closed_on`,
  "seen-again": (_, zone) => sql`
    SELECT DISTINCT ON (c.id) c.consumer_id, n.program_id, (c.asked_at AT TIME ZONE ${zone})::date,
      (c.seen_at AT TIME ZONE ${zone})::date - (c.asked_at AT TIME ZONE ${zone})::date,
      coalesce((c.seen_at AT TIME ZONE ${zone})::date <= c.due_on, false)
    FROM come_back c LEFT JOIN enr n ON n.episode_id = c.episode_id
    ORDER BY c.id, n.valid_from DESC NULLS LAST, n.id DESC`,
  // From the day they say they used again. Nobody who was not asked, or was not seen yet, is in it.
  "relapse-seen": (_, zone) => sql`
    SELECT DISTINCT ON (c.id) c.consumer_id, n.program_id, (c.seen_at AT TIME ZONE ${zone})::date,
      (c.seen_at AT TIME ZONE ${zone})::date - c.relapsed_on, NULL::boolean
    FROM come_back c LEFT JOIN enr n ON n.episode_id = c.episode_id
    WHERE c.relapsed_on IS NOT NULL AND c.seen_at IS NOT NULL
    ORDER BY c.id, n.valid_from DESC NULLS LAST, n.id DESC`,
  conferences: () => sql`
    SELECT c.consumer_id, c.program_id, a.day, NULL::integer, coalesce(j.units_payable > 0, false)
    FROM conference c JOIN appointment a ON a.id = c.appointment_id
    LEFT JOIN service s ON s.conference_id = c.id AND s.voided_at IS NULL
    LEFT JOIN judgement j ON j.service_id = s.id AND j.decides AND j.superseded_at IS NULL
    WHERE c.signed_at IS NOT NULL AND c.voided_at IS NULL`,
};

function casesOf(measure: Measure, asked: Asked): RawBuilder<unknown> {
  return sql`SELECT ${sql.lit(measure)}::text AS measure, x.*
    FROM (${cases[measure](asked.targets, asked.zone)}) AS x (consumer_id, program_id, on_day, value, counts)
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
  consumer_id: string;
  given_name: string;
  family_name: string;
  preferred_name: string | null;
  number: string;
  program: string | null;
  on_day: Day;
  value: number | null;
  counts: boolean | null;
};

/** The cases behind a number, the newest first. `part`: those that count, the rest, or null for both. */
export async function findCases(
  db: Acting,
  measure: Measure,
  asked: Asked,
  { part, offset, most }: { part: boolean | null; offset: number; most: number },
): Promise<Case[]> {
  const { rows } = await sql<Case>`
    WITH ${shared}
    SELECT c.consumer_id, p.given_name, p.family_name, p.preferred_name, p.number, g.name AS program,
      c.on_day, c.value, c.counts
    FROM (${casesOf(measure, asked)}) c
    JOIN consumer p ON p.id = c.consumer_id LEFT JOIN program g ON g.id = c.program_id
    ${part === null ? sql`` : sql`WHERE coalesce(c.counts, false) = ${part}`}
    ORDER BY c.on_day DESC, c.consumer_id, c.value
    LIMIT ${most} OFFSET ${offset}`.execute(db);
  return rows;
}

export type Occupancy = {
  unit_id: string;
  unit: string;
  program_id: string | null;
  month: Day;
  /** Bed days that there were, and that somebody lay in; a place made in an emergency, or for a child who comes along, is over and above. */
  beds: number;
  taken: number;
};

/** How full our own units were, month by month: bed days taken of bed days there were. */
export async function findOccupancy(db: Acting, asked: Asked): Promise<Occupancy[]> {
  const { rows } = await sql<Occupancy>`
    WITH month AS (
      SELECT m::date AS first, least((m + interval '1 month')::date, ${asked.to}::date + 1) AS next
      FROM generate_series(date_trunc('month', ${asked.from}::date), ${asked.to}::date, interval '1 month') m
    ), beds AS (
      SELECT unit_id, count(*) FILTER (WHERE active AND NOT overflow AND NOT child_place) AS beds FROM bed GROUP BY unit_id
    ), taken AS (
      SELECT d.unit_id, m.first, sum(least(d.until, m.next) - greatest(d.since, m.first)) AS taken
      FROM (SELECT b.unit_id, lower(o.during) AS since, upper(o.during) AS until
        FROM access.bed_days(${asked.from}::date, ${asked.to}::date + 1) o JOIN bed b ON b.id = o.bed_id) d
      JOIN month m ON d.since < m.next AND m.first < d.until
      GROUP BY d.unit_id, m.first
    )
    SELECT u.id AS unit_id, u.name AS unit, u.program_id, m.first AS month,
      coalesce(b.beds, 0) * (m.next - m.first) AS beds, coalesce(t.taken, 0) AS taken
    FROM unit u JOIN beds b ON b.unit_id = u.id CROSS JOIN month m
    LEFT JOIN taken t ON t.unit_id = u.id AND t.first = m.first
    WHERE u.provider_id IS NULL AND u.active AND u.program_id IN (SELECT access.my_programs())
      ${asked.program === null ? sql`` : sql`AND u.program_id::text = ${asked.program}`}
    ORDER BY u.name, m.first LIMIT 5000`.execute(db);
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
