import { type RawBuilder, sql } from "kysely";
import type { Day } from "../kernel/day.ts";
import type { Bulletin, RuleKind } from "../policy/bulletin.ts";
import { toVerdictsSql } from "../policy/sql-verdicts.ts";
import type { Acting } from "../storage/database.ts";
import type { CareRecord } from "./care-record.ts";
import { columns, readCareRecord } from "./care-store.ts";

/** A rule that a record of care falls short of, or that nobody can judge for want of a fact. */
export interface ShortFall {
  readonly record: CareRecord;
  readonly consumer: {
    readonly id: string;
    readonly given_name: string;
    readonly family_name: string;
    readonly preferred_name: string | null;
    readonly number: string;
  };
  readonly onDay: Day;
  /** Those of the episode, by name. */
  readonly programs: string | null;
  /** Of the person, today. */
  readonly keyworker: string | null;
  readonly bulletin: string;
  readonly clause: string;
  readonly kind: RuleKind;
  readonly verdict: "breached" | "unknown";
}

export interface ShortFalls {
  readonly rows: readonly ShortFall[];
  readonly total: number;
}

type Row = Parameters<typeof readCareRecord>[0] &
  ShortFall["consumer"] &
  Omit<ShortFall, "record" | "consumer" | "onDay"> & { on_day: Day; total: number };

export const SHORT_ORDERS = ["weight", "oldest", "newest", "keyworker"] as const;
export type ShortOrder = (typeof SHORT_ORDERS)[number];

/** Stands for a keyworker's id where a person has none. */
export const NOBODY = "nobody";

export interface ShortAsked {
  readonly bulletin: string | null;
  readonly clause: string | null;
  readonly programId: string | null;
  /** A member of staff, `NOBODY`, or null for all. */
  readonly keyworkerId: string | null;
  readonly order: ShortOrder;
  readonly skip: number;
  readonly most: number;
}

/** What comes first; what is the same in that is required before advised, breached before unknown. */
const orders: Readonly<Record<ShortOrder, RawBuilder<unknown>>> = {
  weight: sql`kind, verdict, on_day DESC`,
  oldest: sql`on_day, kind, verdict`,
  newest: sql`on_day DESC, kind, verdict`,
  keyworker: sql`keyworker NULLS FIRST, keyworker_id, kind, verdict, on_day DESC`,
};

/**
 * Everything that bulletins about care hold against the records one may see: what they require
 * before what they advise, what is breached before what is unknown, the newest record first.
 */
export async function findShortFalls(
  db: Acting,
  bulletins: readonly Bulletin[],
  of: ShortAsked,
): Promise<ShortFalls> {
  const verdicts = toVerdictsSql(bulletins, "postgresql", {
    lines: "care_line",
    facts: "own-records",
  });
  if (verdicts === null) return { rows: [], total: 0 };
  const inProgram = of.programId
    ? sql`EXISTS (SELECT FROM enrolment e WHERE e.episode_id = r.episode_id AND e.program_id = ${of.programId}::uuid)`
    : sql`true`;
  const asked = of.clause ? sql`bulletin = ${of.bulletin} AND clause = ${of.clause}` : sql`true`;
  const whose =
    of.keyworkerId === null
      ? sql`true`
      : of.keyworkerId === NOBODY
        ? sql`k.staff_id IS NULL`
        : sql`k.staff_id = ${of.keyworkerId}::uuid`;
  const order = sql`${orders[of.order]}, line_id, bulletin, place`;
  const { rows } = await sql<Row>`
    WITH ${keyworkers}, care_line AS MATERIALIZED (
      SELECT ${columns("episode_id")}, k.staff_id AS keyworker_id, k.name AS keyworker
      FROM access.care_in_sight() r LEFT JOIN keyworker k USING (consumer_id) WHERE ${inProgram} AND ${whose}
    ), short AS (
      SELECT said.*, l.on_day, l.keyworker, l.keyworker_id, count(*) OVER () AS total,
        row_number() OVER (ORDER BY ${order}) AS nth
      FROM (${sql.raw(verdicts)}) AS said JOIN care_line l USING (line_id)
      WHERE verdict IN ('breached', 'unknown') AND ${asked}
      ORDER BY nth OFFSET ${of.skip} LIMIT ${of.most}
    )
    SELECT l.*, short.bulletin, short.clause, short.kind, short.verdict, short.place, short.total,
      c.id, c.given_name, c.family_name, c.preferred_name, c.number,
      (SELECT string_agg(DISTINCT p.name, ', ' ORDER BY p.name)
        FROM enrolment e JOIN program p ON p.id = e.program_id WHERE e.episode_id = l.episode_id) AS programs
    FROM short JOIN care_line l USING (line_id) JOIN consumer c ON c.id = l.consumer_id
    ORDER BY short.nth`.execute(db);
  return { rows: rows.map(readShortFall), total: rows[0]?.total ?? 0 };
}

/** Whoever is somebody's keyworker today, as far as one may see. */
const keyworkers = sql`keyworker AS MATERIALIZED (
  SELECT DISTINCT ON (a.consumer_id) a.consumer_id, a.staff_id, s.name
  FROM assignment a JOIN staff s ON s.id = a.staff_id
  WHERE a.part = 'keyworker' AND a.valid_from <= (SELECT access.today())
    AND (a.valid_to IS NULL OR a.valid_to >= (SELECT access.today()))
  ORDER BY a.consumer_id, a.valid_from DESC)`;

/** Keyworkers of the people one may see, to narrow the list by. */
export async function findKeyworkers(db: Acting) {
  const { rows } = await sql<{ id: string; name: string }>`
    WITH ${keyworkers} SELECT DISTINCT staff_id AS id, name FROM keyworker ORDER BY name LIMIT 500`.execute(
    db,
  );
  return rows;
}

function readShortFall(row: Row): ShortFall {
  const { bulletin, clause, kind, verdict, programs, keyworker, on_day } = row;
  const { id, given_name, family_name, preferred_name, number } = row;
  return {
    ...{ bulletin, clause, kind, verdict, programs, keyworker, onDay: on_day },
    consumer: { id, given_name, family_name, preferred_name, number },
    record: readCareRecord({ ...row, draft: false }),
  };
}

/** The programmes one works in, to narrow the list by. */
export async function findOwnPrograms(db: Acting) {
  const { rows } = await sql<{ id: string; name: string }>`
    SELECT id, name FROM program WHERE id IN (SELECT access.my_programs()) ORDER BY name LIMIT 200`.execute(
    db,
  );
  return rows;
}
