import { join } from "node:path";
import type { Bulletin } from "../../policy/bulletin.ts";
import { EXPLAIN_MACROS } from "../../policy/sql-explain.ts";
import { toFindingsSql } from "../../policy/sql-findings.ts";
import { toAuditSql } from "../../policy/to-sql.ts";
import { type Duck, quoted } from "./duck.ts";
import { LINES } from "./reading-lines.ts";
import { JUDGED } from "./tally.ts";

export type Format = "csv" | "parquet";

/** What is written of each line and each finding, part by part and then whole. */
const PARTS = ["lines", "findings"] as const;

/** Judges the lines that were read. */
export async function judgeChunk(duck: Duck, bulletin: Bulletin): Promise<void> {
  await duck.run(
    `CREATE OR REPLACE TEMP TABLE ${JUDGED} AS ${toAuditSql(bulletin, "duckdb", { lines: LINES, key: "row" })}`,
  );
}

/** Writes what was judged as one part of each output. */
export async function writeParts(
  duck: Duck,
  bulletin: Bulletin,
  folder: string,
  part: number,
): Promise<void> {
  const selects = {
    lines: `SELECT line_id, outcome, CAST(units AS integer) AS units_billed, units_payable FROM ${JUDGED}`,
    findings: toFindingsSql(bulletin, { lines: LINES, judged: JUDGED, key: "row" }),
  };
  await duck.run(EXPLAIN_MACROS);
  for (const name of PARTS) {
    const file = join(folder, `${name}-${part}.parquet`);
    await duck.run(`COPY (${selects[name]}) TO ${quoted(file)} (FORMAT parquet)`);
  }
}

/** Puts the parts together. */
export async function joinParts(
  duck: Duck,
  format: Format,
  from: { readonly folder: string; readonly parts: number },
  to: string,
): Promise<void> {
  for (const name of PARTS) {
    const files = Array.from({ length: from.parts }, (_, part) =>
      quoted(join(from.folder, `${name}-${part}.parquet`)),
    );
    const options = format === "csv" ? "FORMAT csv, HEADER true" : "FORMAT parquet";
    await duck.run(`COPY (SELECT * FROM read_parquet([${files.join(", ")}], hive_partitioning=false))
TO ${quoted(join(to, `${name}.${format}`))} (${options})`);
  }
}
