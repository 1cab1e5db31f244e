import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { type AuditOptions, audit } from "../../src/compliance/audit/audit.ts";
import { LINE_COLUMNS } from "../../src/compliance/audit/columns.ts";
import type { Bulletin } from "../../src/policy/bulletin.ts";
import type { Line } from "../../src/policy/facts.ts";
import { loadBulletins } from "../../src/policy/shelf.ts";

export type Row = Readonly<Record<string, unknown>>;

/** A folder of the test's own, and what it takes to audit files in it. */
export async function auditBench() {
  const folder = mkdtempSync(join(tmpdir(), "throughcare-audit-"));
  const instance = await DuckDBInstance.create(":memory:", { threads: "1" });
  const duck = await instance.connect();
  const loaded = await loadBulletins("bulletins");
  const founding =
    loaded.ok &&
    loaded.value.find(({ bulletin }) => bulletin.number === "FY10-Clinical-16")?.bulletin;
  if (!founding) throw new Error("FY10-Clinical-16 does not load");
  let runs = 0;

  const rows = async (sql: string): Promise<readonly Row[]> =>
    (await duck.runAndReadAll(sql)).getRowObjectsJS() as readonly Row[];

  return {
    folder,
    founding: founding as Bulletin,
    rows,
    write: (name: string, content: string | Uint8Array) => {
      const file = join(folder, name);
      writeFileSync(file, content);
      return file;
    },
    /** Audits a file; gives every output's rows, sorted, and the warnings. */
    audit: async (lines: string, options: Partial<AuditOptions> = {}) => {
      const out = join(folder, `out-${runs++}`);
      const warnings: string[] = [];
      const format = options.format ?? "parquet";
      const summary = await audit({
        ...{ lines, out, format, bulletin: founding, threads: 2, memory: "1GB" },
        ...{ force: false, readings: false, progress: () => {} },
        warn: (message) => warnings.push(message),
        ...options,
      });
      const read = async (name: string) => {
        const file = join(options.out ?? out, name);
        const from = name.endsWith("csv")
          ? `read_csv('${file}', header=true, all_varchar=true, auto_detect=false, quote='"', escape='"', columns={${firstRow(
              file,
            )
              .map((column) => `'${column}': 'VARCHAR'`)
              .join(", ")}})`
          : `'${file}'`;
        return rows(`SELECT * FROM ${from} ORDER BY ALL`);
      };
      return {
        summary,
        warnings,
        out: options.out ?? out,
        lines: await read(`lines.${format}`),
        findings: await read(`findings.${format}`),
        rejects: await read("rejects.csv"),
      };
    },
    entries: () => readdirSync(folder),
    close: () => {
      duck.closeSync();
      instance.closeSync();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function firstRow(file: string): readonly string[] {
  return (readFileSync(file, "utf8").split("\n")[0] ?? "").split(",");
}

export const COLUMNS = LINE_COLUMNS.map(({ name }) => name);

/** Lines as a CSV file of the contract. */
export function csvOf(
  lines: readonly Readonly<Record<string, unknown>>[],
  columns: readonly string[] = COLUMNS,
): string {
  const cell = (value: unknown) => {
    const text = value == null ? "" : String(value);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const rows = lines.map((line) => columns.map((name) => cell(line[name])).join(","));
  return `${[columns.join(","), ...rows].join("\n")}\n`;
}

/** A line that meets every clause of the founding bulletin, but for what is said. */
export function conference(line_id: string, facts: Partial<Line> = {}): Line {
  return {
    line_id,
    ...{ consumer_id: "ann", service: "family-conference", service_date: "2010-05-04", units: 2 },
    ...{ agency_id: "north", program: "cstar-general", start_time: "09:00", end_time: "10:00" },
    ...{ setting: "office", consumer_present: true, supports_present: 1, plan_discussed: "both" },
    ...{ performer_id: "p", amount_cents: 5000 },
    // A file has room for one.
    ...({ performer_qualification: "qsap" } as object),
    ...facts,
  };
}
