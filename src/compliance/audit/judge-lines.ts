import type { Bulletin } from "../../policy/bulletin.ts";
import { toAuditSql } from "../../policy/sql-audit.ts";
import { EXPLAIN_MACROS } from "../../policy/sql-explain.ts";
import { planChunks } from "./chunks.ts";
import { allOf, type Duck } from "./duck.ts";
import { type Surveyed, viewLines } from "./reading-lines.ts";
import { scatterWhereNeeded } from "./scatter.ts";
import { AGENCY, FACTS, LINES, OUTCOME, PROGRAM } from "./tables.ts";

/** What exceptions are added up by. */
const CARRIED = ["program", "agency_id", "service_date", "amount_cents"];
const NARROW = { program: PROGRAM, agency_id: AGENCY };

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
    narrow: NARROW,
  });
  const narrowed = Object.entries({ ...NARROW, outcome: OUTCOME }).map(
    ([name, type]) => `CAST(${name} AS ${type}) AS ${name}`,
  );
  const exceptions = `SELECT * REPLACE (${narrowed.join(", ")}) FROM (\n${sql}) AS judged`;
  await duck.run(EXPLAIN_MACROS);
  // What is joined is written after what it is joined to and is the smaller; the database, which can't tell,
  // would keep the many to pass the few by.
  await duck.run("SET disabled_optimizers = 'build_side_probe_side'");
  await viewLines(duck, lines, bulletin, { from: null, to: null });
  await duck.run(`CREATE OR REPLACE TABLE ${table} AS\n${exceptions}\nWITH NO DATA`);
  let begun = 0;
  let done = 0;
  const judgeOn = async (own: Duck) => {
    for (let chunk = chunks[begun++]; chunk !== undefined; chunk = chunks[begun++]) {
      try {
        await viewLines(own, lines, bulletin, chunk);
        await own.run(`INSERT INTO ${table}\n${exceptions}`);
      } catch (error) {
        begun = chunks.length;
        throw error;
      }
      progress(++done / chunks.length);
    }
  };
  // Two at a time: while one is planned or ends on one thread, the other keeps the processor busy.
  const beside = duck.threads > 1 && chunks.length > 1 ? [await duck.beside()] : [];
  try {
    await allOf([duck, ...beside].map(judgeOn));
  } finally {
    for (const own of beside) own.close();
  }
  await duck.run("RESET disabled_optimizers");
  await viewLines(duck, lines, bulletin, { from: null, to: null }, table);
}
