import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Bulletin } from "../../policy/bulletin.ts";
import { audit } from "./audit.ts";
import { openDuck, quotedPath } from "./duck.ts";
import type { Summary } from "./summary.ts";

/** A file that somebody uploaded, to be audited beside other work. */
export interface Upload {
  readonly lines: string;
  readonly credentials?: string;
  readonly bulletin: Bulletin;
  /** Where the five outputs go; it must not be there yet. */
  readonly folder: string;
  /** `share` of the way, from 0 to 1. */
  readonly progress: (share: number, doing: string) => void;
  readonly warn: (message: string) => void;
}

/** Audits it, with little of the machine. Throws a Refusal for what whoever uploaded it can mend. */
export function auditUpload({ folder, ...upload }: Upload): Promise<Summary> {
  return audit({
    ...{ ...upload, out: folder, format: "parquet", threads: 1, memory: "512MB" },
    ...{ force: false, readings: false },
  });
}

export interface UploadedFinding {
  readonly line_id: string;
  readonly clause: string;
  readonly verdict: "breached" | "unknown";
  readonly explanation: string;
}

/** A page of what such an audit found, by line and clause; `next` is the offset of the one after it. */
export async function findUploadedFindings(
  folder: string,
  { offset = 0, most = 50 }: { offset?: number; most?: number } = {},
): Promise<{ readonly findings: readonly UploadedFinding[]; readonly next: number | null }> {
  const file = join(folder, "findings.parquet");
  if (!existsSync(file)) return { findings: [], next: null };
  const duck = await openDuck({ threads: 1, memory: "512MB", folder });
  try {
    const rows =
      await duck.rows(`SELECT line_id, clause, verdict, explanation FROM ${quotedPath(file)}
ORDER BY line_id, clause, verdict LIMIT ${Math.trunc(most) + 1} OFFSET ${Math.trunc(offset)}`);
    return {
      findings: rows.slice(0, most) as unknown as readonly UploadedFinding[],
      next: rows.length > most ? offset + most : null,
    };
  } finally {
    duck.close();
  }
}

/** A row of such a file that is no line, and why; `row` from 1, the first after the header. */
export interface UploadedReject {
  readonly row: number;
  readonly line_id: string | null;
  readonly reason: string;
}

/** The first rows that are no lines. */
export async function findUploadedRejects(
  folder: string,
  most: number,
): Promise<readonly UploadedReject[]> {
  const duck = await openDuck({ threads: 1, memory: "256MB", folder });
  try {
    const columns = "{'row': 'BIGINT', 'line_id': 'VARCHAR', 'reason': 'VARCHAR'}";
    const rows =
      await duck.rows(`SELECT "row", left(line_id, 200) AS line_id, left(reason, 1000) AS reason
FROM read_csv(${quotedPath(join(folder, "rejects.csv"))}, auto_detect=false, header=true, delim=',', quote='"', escape='"', columns=${columns})
ORDER BY "row" LIMIT ${Math.trunc(most)}`);
    return rows.map(({ row, line_id, reason }) => ({
      ...{ row: Number(row), reason: String(reason) },
      line_id: line_id === null ? null : String(line_id),
    }));
  } finally {
    duck.close();
  }
}
