import type { Bulletin } from "../../policy/bulletin.ts";
import { toAuditSql } from "../../policy/sql-audit.ts";
import { planChunks } from "./chunks.ts";
import type { Duck } from "./duck.ts";
import { type Surveyed, viewLines } from "./reading-lines.ts";
import { scatterWhereNeeded } from "./scatter.ts";
import { FACTS, LINES, OUTCOME } from "./tables.ts";

/** What exceptions are added up by. */
const CARRIED = ["program", "agency_id", "service_date", "amount_cents"];

/**
 * Judges the lines chunk by chunk and keeps the exceptions in a table. Afterwards `LINES` are all
 * the lines again, and `FOUND` the exceptions among them.
 */
export async function judgeLines(
  duck: Duck,
  lines: Surveyed,
  bulletin: Bulletin,
  table: string,
  { atATime, progress }: { atATime: number | undefined; progress: (share: number) => void },
): Promise<void> {
  const chunks = await planChunks(duck, lines.source, bulletin, atATime);
  await scatterWhereNeeded(duck, lines, chunks);
  const sql = toAuditSql(bulletin, {
    lines: LINES,
    facts: FACTS,
    key: "row",
    tie: lines.rising ? "row" : "line_id",
    carry: CARRIED,
    prefix: `${table}_`,
  });
  const exceptions = `SELECT * REPLACE (CAST(outcome AS ${OUTCOME}) AS outcome) FROM (\n${sql.exceptions}) AS judged`;
  for (const { create } of sql.overlaps) await duck.run(create);
  for (const [index, chunk] of chunks.entries()) {
    await viewLines(duck, lines, bulletin, chunk);
    // The services looked for are fewer than the lines they are looked for; the database can't tell, and
    // keeping the many to pass the few by takes a quarter longer.
    await duck.run("SET disabled_optimizers = 'build_side_probe_side'");
    for (const { fill } of sql.overlaps) await duck.run(fill);
    await duck.run("RESET disabled_optimizers");
    await duck.run(
      index === 0
        ? `CREATE OR REPLACE TEMP TABLE ${table} AS\n${exceptions}`
        : `INSERT INTO ${table}\n${exceptions}`,
    );
    progress((index + 1) / chunks.length);
  }
  await viewLines(duck, lines, bulletin, { from: null, to: null }, table);
}
