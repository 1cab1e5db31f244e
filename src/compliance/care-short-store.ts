import { sql } from "kysely";
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
  };
  readonly onDay: Day;
  /** Those of the episode, by name. */
  readonly programs: string | null;
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

/**
 * Everything that bulletins about care hold against the records one may see: what they require
 * before what they advise, what is breached before what is unknown, the newest record first.
 */
export async function findShortFalls(
  db: Acting,
  bulletins: readonly Bulletin[],
  of: {
    bulletin: string | null;
    clause: string | null;
    programId: string | null;
    skip: number;
    most: number;
  },
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
  const order = sql`kind, verdict, on_day DESC, line_id, bulletin, place`;
  const { rows } = await sql<Row>`
    WITH care_line AS MATERIALIZED (
      SELECT ${columns("episode_id")} FROM access.care_in_sight() r WHERE ${inProgram}
    ), short AS (
      SELECT said.*, l.on_day, count(*) OVER () AS total
      FROM (${sql.raw(verdicts)}) AS said JOIN care_line l USING (line_id)
      WHERE verdict IN ('breached', 'unknown') AND ${asked}
      ORDER BY ${order} OFFSET ${of.skip} LIMIT ${of.most}
    )
    SELECT l.*, short.bulletin, short.clause, short.kind, short.verdict, short.place, short.total,
      c.id, c.given_name, c.family_name, c.preferred_name,
      (SELECT string_agg(DISTINCT p.name, ', ' ORDER BY p.name)
        FROM enrolment e JOIN program p ON p.id = e.program_id WHERE e.episode_id = l.episode_id) AS programs
    FROM short JOIN care_line l USING (line_id) JOIN consumer c ON c.id = l.consumer_id
    ORDER BY short.kind, short.verdict, l.on_day DESC, l.line_id, short.bulletin, short.place`.execute(
    db,
  );
  return { rows: rows.map(readShortFall), total: rows[0]?.total ?? 0 };
}

function readShortFall(row: Row): ShortFall {
  const { bulletin, clause, kind, verdict, programs, on_day } = row;
  const { id, given_name, family_name, preferred_name } = row;
  return {
    ...{ bulletin, clause, kind, verdict, programs, onDay: on_day },
    consumer: { id, given_name, family_name, preferred_name },
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
