import { Readable } from "node:stream";
import { createReadableStreamFromReadable } from "@react-router/node";
import { writeSheet } from "../../exchange/csv.ts";
import { fullName } from "../../people/consumer.ts";
import type { Bulletin } from "../../policy/bulletin.ts";
import { logAccess, OF_NOBODY } from "../../storage/access-log.ts";
import { actingFor } from "../../storage/database.ts";
import { noSuchPage, page, type Visit } from "../../web/guard.ts";
import { paths } from "../../web/paths.ts";
import { MOST_REJECTS } from "../audit/file-run.ts";
import { reportHtml } from "../audit/report.ts";
import { drawSample } from "../audit/sample.ts";
import type { Summary } from "../audit/summary.ts";
import {
  type AuditRun,
  findFindingsAfter,
  findFindingsAt,
  findFoundPeople,
  findPlaces,
  findRejects,
  findRun,
  type KeptFinding,
} from "../audit-run-store.ts";
import { reasonOf } from "../audit-scope-store.ts";
import { isId } from "../claim.ts";
import { serviceName } from "../service-name.ts";

/** Rows read at a time: a file may be longer than what one wants in memory. */
const AT_A_TIME = 2000;
const MOST_DRAWN = 2000;

/** What an audit came to, as files: the report, its numbers, its findings, a sample of them. */
export const loader = page("audit.run", async (visit) => {
  const { db, params, url } = visit;
  const run = isId(params.auditRunId) ? await findRun(db, params.auditRunId) : null;
  if (!run?.summary) throw noSuchPage();
  switch (url.searchParams.get("what")) {
    case "summary":
      await looked(visit, run, "numbers");
      return file("audit-summary.json", "application/json", JSON.stringify(run.summary, null, 2));
    case "report":
      await looked(visit, run, "report");
      return file("audit-report.html", "text/html", reportOf(visit, run, run.summary));
    case "rejects":
      await looked(visit, run, "rows not read");
      return rejects(visit, run);
    case "sample":
      return sample(visit, run);
    default:
      return allFindings(visit, run);
  }
});

/** What names nobody is in the log too: all that was done by an audit is. */
async function looked({ db, me }: Visit, run: AuditRun, what: string): Promise<void> {
  const reason = why(run, `${what} taken as a file`);
  await logAccess(db, me, { ...OF_NOBODY, action: "read", room: ROOM, reason });
}

const ROOM = "audit.run /audits/:id/file";

function why(run: AuditRun, what: string): string {
  const by = run.scope ? reasonOf(run.scope) : `Audit ${run.id}`;
  return `${by}; ${what}`;
}

function reportOf(visit: Visit, run: AuditRun, summary: Summary): string {
  const bulletin = bulletinOf(visit, run);
  // Of another text of it the sentences would be wrong.
  if (!bulletin) throw noSuchPage();
  return reportHtml(bulletin, summary);
}

function bulletinOf({ services }: Visit, run: AuditRun): Bulletin | null {
  const same = services.shelf.find(({ bulletin }) => bulletin.contentHash === run.contentHash);
  return same?.bulletin ?? null;
}

async function rejects({ db }: Visit, run: AuditRun): Promise<Response> {
  const found = await findRejects(db, run.id, MOST_REJECTS);
  const table = found.map(({ row, line_id, reason }) => [row, line_id, reason]);
  return file("audit-rejects.csv", "text/csv", writeSheet(["row", "line_id", "reason"], table));
}

/** All findings, a few at a time, each read as it is sent. Whose they are is logged before the first. */
async function allFindings(visit: Visit, run: AuditRun): Promise<Response> {
  const { services, me, db } = visit;
  const bulletin = bulletinOf(visit, run);
  const people = await findFoundPeople(db, run.id);
  if (people.length === 0) await looked(visit, run, "findings");
  else await visit.listed(people, why(run, "findings taken as a file"));
  const head = findingColumns(run);
  async function* texts() {
    yield writeSheet(head, []);
    for (let after = -1; ; ) {
      const found = await actingFor(services.database, me.staffId, (acting) =>
        findFindingsAfter(acting, run.id, after, AT_A_TIME),
      );
      const last = found.at(-1);
      if (!last) return;
      const rows = found.map((one) => findingRow(one, run, bulletin, services.address));
      // Without the header, which stands above.
      yield writeSheet([], rows).slice(2);
      after = last.place;
    }
  }
  const stream = createReadableStreamFromReadable(Readable.from(texts(), { objectMode: false }));
  return file("audit-findings.csv", "text/csv", stream);
}

async function sample(visit: Visit, run: AuditRun): Promise<Response> {
  const { db, url, services } = visit;
  const asked = Number(url.searchParams.get("size"));
  const size = Number.isInteger(asked) && asked > 0 ? Math.min(asked, MOST_DRAWN) : 30;
  const seed = (url.searchParams.get("seed") ?? "").trim().slice(0, 100) || run.id.slice(-8);
  const drawn = drawSample(await findPlaces(db, run.id), { size, seed });
  const places = drawn.map(({ finding }) => finding.place);
  const found = new Map((await findFindingsAt(db, run.id, places)).map((one) => [one.place, one]));
  const people = [...found.values()].flatMap(({ service }) => service?.consumerId ?? []);
  const reason = why(run, `sample of ${drawn.length}, seed ${seed}`);
  if (people.length === 0) await looked(visit, run, `sample of ${drawn.length}, seed ${seed}`);
  else await visit.listed([...new Set(people)], reason);
  const bulletin = bulletinOf(visit, run);
  const header = [...DRAWN_COLUMNS, ...findingColumns(run), ...TO_FILL];
  const table = drawn.flatMap((one, place) => {
    const finding = found.get(one.finding.place);
    if (!finding) return [];
    const row = findingRow(finding, run, bulletin, services.address);
    return [[place + 1, seed, one.of, one.drawn, ...row, ...TO_FILL.map(() => "")]];
  });
  const name = `audit-sample-${seed.replaceAll(/[^A-Za-z0-9-]+/g, "-")}.csv`;
  return file(name, "text/csv", writeSheet(header, table));
}

/** So that whoever reads it can draw it again, and weigh each clause by how many it stands for. */
const DRAWN_COLUMNS = ["place", "seed", "findings of the clause", "drawn of the clause"];
const TO_FILL = ["what the record shows", "agree (yes/no)", "reviewed by", "reviewed on"];

function findingColumns(run: AuditRun): readonly string[] {
  return [
    ...["audit", "bulletin", "clause", "clause says", "verdict", "explanation", "line_id"],
    // A line of a file has no more than its id, unless it is one of the agency's own services.
    ...["number", "name", "service", "service_date", "start", "units", "program", "performer"],
    run.over === "own-records" ? "record" : "own record",
  ];
}

/** A finding with what it takes to find the record. */
function findingRow(
  { clause, verdict, explanation, lineId, service }: KeptFinding,
  run: AuditRun,
  bulletin: Bulletin | null,
  address: string,
) {
  const gist = bulletin?.clauses.find((one) => one.number === clause)?.gist ?? "";
  return [
    ...[run.id, run.bulletin, clause, gist, verdict, explanation, lineId],
    ...(service
      ? [
          ...[service.number, fullName(service), serviceName(service.kind), service.day],
          ...[service.starts, service.units, service.program, service.performer],
          address + paths.auditedService(service.id),
        ]
      : Array<null>(9).fill(null)),
  ];
}

function file(name: string, type: string, body: string | ReadableStream): Response {
  return new Response(body, {
    headers: {
      "Content-Type": `${type}; charset=utf-8`,
      "Content-Disposition": `attachment; filename="${name}"`,
      "Cache-Control": "no-store",
    },
  });
}
