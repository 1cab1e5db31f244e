import { join } from "node:path";
import type { Bulletin } from "../../policy/bulletin.ts";
import { auditAppliesSql } from "../../policy/sql-audit.ts";
import { EXPLAIN_MACROS } from "../../policy/sql-explain.ts";
import { toFindingsSql } from "../../policy/sql-findings.ts";
import { type Duck, quoted } from "./duck.ts";
import { EXCEPTIONS, FOUND, LINES, OUTCOME, REJECTS } from "./tables.ts";

export type Format = "csv" | "parquet";

/** What became of line `l`, from its exception `j` if it has one. */
export function settledSql(bulletin: Bulletin, j: string): { outcome: string; payable: string } {
  const applies = auditAppliesSql(bulletin, "column");
  const otherwise = (yes: string, no: string) => `CASE WHEN ${applies} THEN ${yes} ELSE ${no} END`;
  return {
    outcome: `COALESCE(${j}.outcome, ${otherwise(`CAST('payable' AS ${OUTCOME})`, `CAST('not-applicable' AS ${OUTCOME})`)})`,
    payable: `COALESCE(${j}.units_payable, ${otherwise("CAST(l.units AS integer)", "0")})`,
  };
}

/** Writes one row a line. */
export async function writeLines(
  duck: Duck,
  bulletin: Bulletin,
  format: Format,
  folder: string,
): Promise<void> {
  const { outcome, payable } = settledSql(bulletin, "j");
  await copy(
    duck,
    `SELECT l.line_id, ${outcome} AS outcome, CAST(l.units AS integer) AS units_billed, ${payable} AS units_payable
FROM ${LINES} AS l LEFT JOIN ${EXCEPTIONS} AS j ON j."row" = l."row"`,
    join(folder, `lines.${format}`),
    format,
    100,
  );
}

/** The findings as a Parquet file, which is counted too, and copied where CSV is wanted. */
export async function writeFindings(
  duck: Duck,
  bulletin: Bulletin,
  format: Format,
  { work, draft }: { readonly work: string; readonly draft: string },
): Promise<string> {
  await duck.run(EXPLAIN_MACROS);
  const file = join(format === "parquet" ? draft : work, "findings.parquet");
  const findings = toFindingsSql(bulletin, { facts: FOUND, key: "row" });
  await copy(duck, findings, file, "parquet");
  if (format === "csv") {
    await copy(duck, `SELECT * FROM ${quoted(file)}`, join(draft, "findings.csv"), format);
  }
  return file;
}

/** Writes why rows are no lines. */
export async function writeRejects(duck: Duck, folder: string): Promise<void> {
  await duck.run(`COPY (SELECT "row", line_id, reason FROM ${REJECTS} ORDER BY "row")
TO ${quoted(join(folder, "rejects.csv"))} (FORMAT csv, HEADER true)`);
}

/** `most`: how many values a dictionary may have; ids don't come twice, and trying takes time. */
async function copy(
  duck: Duck,
  select: string,
  file: string,
  format: Format,
  most = 20_000,
): Promise<void> {
  const how =
    format === "csv" ? "FORMAT csv, HEADER true" : `FORMAT parquet, DICTIONARY_SIZE_LIMIT ${most}`;
  await duck.run(`COPY (${select}) TO ${quoted(file)} (${how})`);
}
