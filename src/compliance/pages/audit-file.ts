import { writeCsv } from "../../exchange/csv.ts";
import { fullName } from "../../people/consumer.ts";
import { noSuchPage, page, type Visit } from "../../web/guard.ts";
import { paths } from "../../web/paths.ts";
import { reportHtml } from "../audit/report.ts";
import { drawSample } from "../audit/sample.ts";
import type { Summary } from "../audit/summary.ts";
import {
  type AuditRun,
  findFindings,
  findFindingsAt,
  findPlaces,
  findRun,
  type KeptFinding,
} from "../audit-run-store.ts";
import { reasonOf } from "../audit-scope-store.ts";
import { isId } from "../claim.ts";
import { serviceName } from "../service-name.ts";

/** As many rows as a page may hold in memory at once. */
const MOST = 50_000;
const MOST_DRAWN = 2000;

/** What an audit came to, as files: the report, its numbers, its findings, a sample of them. */
export const loader = page("audit.run", async (visit) => {
  const { db, params, url } = visit;
  const run = isId(params.auditRunId) ? await findRun(db, params.auditRunId) : null;
  if (!run?.summary) throw noSuchPage();
  switch (url.searchParams.get("what")) {
    case "summary":
      return file("audit-summary.json", "application/json", JSON.stringify(run.summary, null, 2));
    case "report":
      return file("audit-report.html", "text/html", reportOf(visit, run, run.summary));
    case "sample":
      return sample(visit, run);
    default: {
      const all = { clause: null, verdict: null };
      const found = await findFindings(db, run.id, all, { offset: 0, most: MOST });
      return rows(visit, run, found, "audit-findings.csv");
    }
  }
});

function reportOf({ services }: Visit, run: AuditRun, summary: Summary): string {
  const bulletin = services.shelf.find(
    ({ bulletin: one }) => one.number === run.bulletin && one.jurisdiction === run.jurisdiction,
  )?.bulletin;
  // Of another text of it the sentences would be wrong.
  if (!bulletin || bulletin.contentHash !== run.contentHash) throw noSuchPage();
  return reportHtml(bulletin, summary);
}

async function sample(visit: Visit, run: AuditRun): Promise<Response> {
  const { db, url } = visit;
  const asked = Number(url.searchParams.get("size"));
  const size = Number.isInteger(asked) && asked > 0 ? Math.min(asked, MOST_DRAWN) : 30;
  const seed = (url.searchParams.get("seed") ?? "").slice(0, 100) || run.id;
  const drawn = drawSample(await findPlaces(db, run.id), { size, seed });
  const places = drawn.map(({ place }) => place);
  const found = new Map((await findFindingsAt(db, run.id, places)).map((one) => [one.place, one]));
  const findings = places.flatMap((place) => found.get(place) ?? []);
  const name = `audit-sample-${seed.replaceAll(/[^A-Za-z0-9-]+/g, "-")}.csv`;
  return rows(visit, run, findings, name, ["what the record shows", "agree (yes/no)"]);
}

/** Findings as CSV with what it takes to find the record, and columns to be filled in. */
async function rows(
  { services, listed }: Visit,
  run: AuditRun,
  findings: readonly KeptFinding[],
  name: string,
  toFill: readonly string[] = [],
): Promise<Response> {
  const people = new Set(findings.flatMap(({ service }) => service?.consumerId ?? []));
  await listed([...people], run.scope ? reasonOf(run.scope) : `Audit ${run.id}`);
  const own = run.over === "own-records";
  const bulletin = services.shelf.find(
    ({ bulletin: one }) => one.contentHash === run.contentHash,
  )?.bulletin;
  const header = [
    ...["bulletin", "clause", "clause says", "verdict", "explanation", "line_id"],
    ...(own
      ? ["number", "name", "service", "service_date", "start", "units", "program", "performer"]
      : []),
    ...(own ? ["record"] : []),
    ...toFill,
  ];
  const table = findings.map(({ clause, verdict, explanation, lineId, service }) => [
    ...[run.bulletin, clause, bulletin?.clauses.find((one) => one.number === clause)?.gist ?? ""],
    ...[verdict, explanation, lineId],
    ...(own
      ? [
          ...[service?.number ?? null, service ? fullName(service) : null],
          ...[service ? serviceName(service.kind) : null, service?.day ?? null],
          ...[service?.starts ?? null, service?.units ?? null, service?.program ?? null],
          service?.performer ?? null,
          service ? services.address + paths.auditedService(service.id) : null,
        ]
      : []),
    ...toFill.map(() => ""),
  ]);
  return file(name, "text/csv", writeCsv(header, table));
}

function file(name: string, type: string, text: string): Response {
  return new Response(text, {
    headers: {
      "Content-Type": `${type}; charset=utf-8`,
      "Content-Disposition": `attachment; filename="${name}"`,
      "Cache-Control": "no-store",
    },
  });
}
