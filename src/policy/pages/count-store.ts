import { sql } from "kysely";
import type { Day } from "../../kernel/day.ts";
import type { Acting } from "../../storage/database.ts";
import type { Bulletin } from "../bulletin.ts";
import { toVerdictsSql } from "../sql-verdicts.ts";
import type { ClauseCount } from "./clause-rows.ts";

/**
 * How often each rule of the bulletins was met, breached or left open, the agency's own: of services
 * since a day, of records of care as they stand today.
 */
export async function findClauseCounts(
  db: Acting,
  bulletins: readonly Bulletin[],
  since: Day,
): Promise<readonly ClauseCount[]> {
  const services = bulletins.filter(({ about }) => about === "service");
  const care = bulletins.filter(({ about }) => about === "care");
  return [...(await countKept(db, services, since)), ...(await countCare(db, care))];
}

/** As they were judged and kept. */
async function countKept(db: Acting, bulletins: readonly Bulletin[], since: Day) {
  const numbers = [...new Set(bulletins.map(({ number }) => number))];
  const { rows } = await sql<ClauseCount>`
    SELECT asked.bulletin, found.clause, found.kind, found.verdict, found.services AS lines
    FROM unnest(${numbers}::text[]) AS asked (bulletin),
      access.clause_counts(asked.bulletin, ${since}) AS found`.execute(db);
  return rows;
}

/** As they stand now, by facts that name nobody. */
async function countCare(db: Acting, bulletins: readonly Bulletin[]) {
  const verdicts = toVerdictsSql(bulletins, "postgresql", {
    lines: "care_line",
    facts: "own-records",
  });
  if (verdicts === null) return [];
  const { rows } = await sql<ClauseCount>`
    WITH care_line AS MATERIALIZED (SELECT * FROM access.care_facts())
    SELECT bulletin, clause, kind, verdict, count(*) AS lines
    FROM (${sql.raw(verdicts)}) AS said GROUP BY bulletin, clause, kind, verdict`.execute(db);
  return rows;
}
