import type { Bulletin } from "../../policy/bulletin.ts";
import { toAuditSql } from "../../policy/sql-audit.ts";
import { EXPLAIN_MACROS } from "../../policy/sql-explain.ts";
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
  });
  const exceptions = `SELECT * REPLACE (CAST(outcome AS ${OUTCOME}) AS outcome) FROM (\n${sql}) AS judged`;
  await duck.run(EXPLAIN_MACROS);
  // What is joined is written after what it is joined to and is the smaller; the database, which can't tell,
  // would keep the many to pass the few by.
  await duck.run("SET disabled_optimizers = 'build_side_probe_side'");
  for (const [index, chunk] of chunks.entries()) {
    await viewLines(duck, lines, bulletin, chunk);
    await duck.run(
      index === 0
        ? `CREATE OR REPLACE TEMP TABLE ${table} AS\n${exceptions}`
        : `INSERT INTO ${table}\n${exceptions}`,
    );
    progress((index + 1) / chunks.length);
  }
  await duck.run("RESET disabled_optimizers");
  await viewLines(duck, lines, bulletin, { from: null, to: null }, table);
}
