import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Bulletin, rulesOf, withReadings } from "../../policy/bulletin.ts";
import { judge } from "../../policy/judge.ts";
import type { Acting } from "../../storage/database.ts";
import { type Duck, quoted } from "./duck.ts";
import {
  countOwnChanges,
  countOwnClauses,
  findOwnLines,
  findOwnVerdicts,
  type OwnScope,
  type OwnSum,
  type OwnVerdict,
  streamOwnOutcomes,
  streamOwnVerdicts,
  sumOwn,
} from "./own-store.ts";
import { reportHtml } from "./report.ts";
import { type Summary, summaryOf } from "./summary.ts";
import { OUTCOMES } from "./tables.ts";
import type { ByOutcome, Share } from "./tally.ts";
import { effectOf, otherReadings, type ReadingEffect } from "./try-readings.ts";
import { type RunOptions, runWhole } from "./whole-run.ts";

export type { OwnScope } from "./own-store.ts";

/** A clause that one of the agency's own services does not meet, in words. */
export interface OwnFinding extends OwnVerdict {
  readonly explanation: string;
}

/** A page of findings; `next` is where the one after it begins, null after the last. */
export interface OwnPage {
  readonly findings: readonly OwnFinding[];
  readonly next: string | null;
}

/**
 * Audits an agency's own services of some days by one bulletin, in PostgreSQL. Gives what summary.json
 * says; a service's amount is its units at the rate of its day. The seconds are 0: the caller knows them.
 */
export async function auditOwn(
  db: Acting,
  bulletin: Bulletin,
  scope: OwnScope,
  effects: readonly ReadingEffect[] | null = null,
): Promise<Summary> {
  const sums = await sumOwn(db, bulletin, scope);
  const counted = await countOwnClauses(db, bulletin, scope);
  const clauses = rulesOf(bulletin)
    .filter(({ kind }) => kind !== "should")
    .map(({ clause }) => {
      const found = counted.find((one) => one.clause === clause);
      return [
        clause,
        { breached: Number(found?.breached ?? 0), unknown: Number(found?.unknown ?? 0) },
      ];
    });
  const [all = shareOf(null, [])] = sharesBy(sums, () => null);
  return summaryOf(
    bulletin,
    {
      ...{ lines: all.lines, units: all.units, clauses: Object.fromEntries(clauses) },
      amount_at_risk_cents: sums.reduce((all, { risk }) => all + Number(risk), 0),
      lines_without_amount: sums.reduce((all, { without_rate }) => all + Number(without_rate), 0),
      by_program: sharesBy(sums, ({ program }) => program),
      by_agency: sharesBy(sums, ({ agency_id }) => agency_id),
      by_month: sharesBy(sums, ({ month }) => month),
      rejected: 0,
    },
    effects,
    0,
  );
}

/** What hangs on each reading: the same services judged again by each of its other values. */
export async function tryOwnReadings(
  db: Acting,
  bulletin: Bulletin,
  scope: OwnScope,
  progress: (share: number) => void = () => {},
): Promise<readonly ReadingEffect[]> {
  const others = otherReadings(bulletin);
  const effects: ReadingEffect[] = [];
  for (const { name, value } of others) {
    const other = withReadings(bulletin, { [name]: value });
    effects.push(effectOf(name, value, await countOwnChanges(db, bulletin, other, scope)));
    progress(effects.length / others.length);
  }
  return effects;
}

/** The findings of such an audit, by date, at most `most` at a time. */
export async function findOwnFindings(
  db: Acting,
  bulletin: Bulletin,
  scope: OwnScope,
  { after = null, most = 50 }: { after?: string | null; most?: number } = {},
): Promise<OwnPage> {
  const place =
    after === null ? null : (JSON.parse(after) as [OwnVerdict["service_date"], string, number]);
  const rows = await findOwnVerdicts(db, bulletin, scope, { after: place, most: most + 1 });
  const shown = rows.slice(0, most);
  const last = shown.at(-1);
  return {
    findings: await explained(db, bulletin, scope, shown),
    next:
      rows.length > most && last !== undefined
        ? JSON.stringify([last.service_date, last.line_id, last.place])
        : null,
  };
}

/** The sentences come from the judge in TypeScript, over the same lines; the two agree on verdicts. */
async function explained(
  db: Acting,
  bulletin: Bulletin,
  scope: OwnScope,
  verdicts: readonly OwnVerdict[],
): Promise<readonly OwnFinding[]> {
  if (verdicts.length === 0) return [];
  const people = [...new Set(verdicts.map(({ consumer_id }) => consumer_id))];
  const judged = judge(bulletin, await findOwnLines(db, scope, people));
  const byLine = new Map(judged.map((one) => [one.line_id, one.findings]));
  return verdicts.map(({ line_id, consumer_id, service_date, clause, verdict }) => {
    const same = byLine
      .get(line_id)
      ?.find((one) => one.clause === clause && one.verdict === verdict && one.kind !== "should");
    if (same === undefined) throw new Error("PostgreSQL and the judge say otherwise of a service");
    return { line_id, consumer_id, service_date, clause, verdict, explanation: same.explanation };
  });
}

export interface OwnOptions extends Omit<RunOptions, "lines" | "credentials"> {
  readonly bulletin: Bulletin;
  readonly scope: OwnScope;
  /** Also says what hangs on each reading. */
  readonly readings: boolean;
}

/** Such an audit as the five files of an audit of a file, whole or not at all. */
export function auditOwnInto(db: Acting, options: OwnOptions): Promise<Summary> {
  const { bulletin, scope, format, progress } = options;
  return runWhole(
    { ...options, lines: "the agency's own records" },
    async (duck, folder, seconds) => {
      const place = (name: string) => ({
        part: join(folder.work, `${name}.csv`),
        file: join(folder.draft, `${name}.${format}`),
      });
      progress(0.1, "judging");
      await writeOut(duck, place("lines"), LINE_TYPES, streamOwnOutcomes(db, bulletin, scope));
      progress(0.4, "finding");
      await writeOut(duck, place("findings"), FINDING_TYPES, explainAll(db, bulletin, scope));
      progress(0.8, "adding up");
      await writeFile(join(folder.draft, "rejects.csv"), "row,line_id,reason\n");
      const effects = options.readings
        ? await tryOwnReadings(db, bulletin, scope, (share) =>
            progress(0.8 + share * 0.2, "trying readings"),
          )
        : null;
      const sums = await auditOwn(db, bulletin, scope, effects);
      const summary = { ...sums, seconds: seconds() };
      await writeFile(join(folder.draft, "summary.json"), `${JSON.stringify(summary, null, 2)}\n`);
      await writeFile(join(folder.draft, "report.html"), reportHtml(bulletin, summary));
      return summary;
    },
  );
}

async function* explainAll(db: Acting, bulletin: Bulletin, scope: OwnScope) {
  for await (const found of streamOwnFindings(db, bulletin, scope)) {
    yield found.map((one) => ({ ...one, bulletin: bulletin.number }));
  }
}

/** All findings of such an audit, a few thousand at a time. */
export async function* streamOwnFindings(
  db: Acting,
  bulletin: Bulletin,
  scope: OwnScope,
): AsyncGenerator<readonly OwnFinding[]> {
  for await (const verdicts of streamOwnVerdicts(db, bulletin, scope)) {
    yield await explained(db, bulletin, scope, verdicts);
  }
}

const LINE_TYPES = {
  line_id: "text",
  outcome: "text",
  units_billed: "integer",
  units_payable: "integer",
};
const FINDING_TYPES = {
  line_id: "text",
  bulletin: "text",
  clause: "text",
  verdict: "text",
  explanation: "text",
};

/** Rows as CSV, a batch at a time, and then in the format that is wanted. */
async function writeOut(
  duck: Duck,
  { part, file }: { readonly part: string; readonly file: string },
  types: Readonly<Record<string, string>>,
  batches: AsyncIterable<readonly object[]>,
): Promise<void> {
  const names = Object.keys(types);
  const cell = (value: unknown) => `"${String(value ?? "").replaceAll('"', '""')}"`;
  const stream = createWriteStream(part);
  stream.write(`${names.join(",")}\n`);
  for await (const rows of batches) {
    const text = rows
      .map(
        (row) => `${names.map((name) => cell((row as Record<string, unknown>)[name])).join(",")}\n`,
      )
      .join("");
    if (!stream.write(text)) await once(stream, "drain");
  }
  stream.end();
  await once(stream, "close");
  const columns = Object.entries(types).map(([name, type]) => `'${name}': '${type}'`);
  await duck.run(`COPY (SELECT * FROM read_csv(${quoted(part)}, auto_detect=false, header=true, delim=',',
  quote='"', escape='"', columns={${columns.join(", ")}}))
TO ${quoted(file)} (${file.endsWith("csv") ? "FORMAT csv, HEADER true" : "FORMAT parquet"})`);
}

function sharesBy(sums: readonly OwnSum[], key: (sum: OwnSum) => string | null): readonly Share[] {
  const groups = [...Map.groupBy(sums, key)].map(([name, of]) => shareOf(name, of));
  return groups.toSorted((a, b) =>
    a.key === null || b.key === null
      ? Number(a.key === null) - Number(b.key === null)
      : Buffer.compare(Buffer.from(a.key), Buffer.from(b.key)),
  );
}

function shareOf(key: string | null, sums: readonly OwnSum[]): Share {
  const total = (of: (sum: OwnSum) => number, outcome?: string) =>
    sums
      .filter((sum) => outcome === undefined || sum.outcome === outcome)
      .reduce((all, sum) => all + Number(of(sum)), 0);
  return {
    key,
    lines: Object.fromEntries(
      OUTCOMES.map((name) => [name, total((sum) => sum.lines, name)]),
    ) as ByOutcome,
    units: { billed: total((sum) => sum.billed), payable: total((sum) => sum.payable) },
  };
}
