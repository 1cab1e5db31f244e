import { sql } from "kysely";
import type { Day } from "../../kernel/day.ts";
import type { Acting } from "../../storage/database.ts";
import type { ClauseCount } from "./clause-rows.ts";

/** How often each rule of the bulletins was met, breached or left open since a day, the agency's own. */
export async function findClauseCounts(
  db: Acting,
  numbers: readonly string[],
  since: Day,
): Promise<readonly ClauseCount[]> {
  const { rows } = await sql<ClauseCount>`
    SELECT asked.bulletin, found.clause, found.kind, found.verdict, found.services
    FROM unnest(${[...numbers]}::text[]) AS asked (bulletin),
      access.clause_counts(asked.bulletin, ${since}) AS found`.execute(db);
  return rows;
}
