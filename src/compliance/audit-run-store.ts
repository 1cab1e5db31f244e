import { sql, type UpdateObject } from "kysely";
import type { Day } from "../kernel/day.ts";
import type { Acting, By } from "../storage/database.ts";
import type { DB } from "../storage/schema.ts";
import type { Summary } from "./audit/summary.ts";

/** An audit that somebody ran: theirs alone. */
export interface AuditRun {
  readonly id: string;
  readonly startedAt: Date;
  readonly jurisdiction: string;
  readonly bulletin: string;
  readonly contentHash: string;
  readonly over: "own-records" | "file";
  readonly firstDay: Day | null;
  readonly lastDay: Day | null;
  readonly fileName: string | null;
  readonly scope: { readonly id: string; readonly title: string } | null;
  readonly state: "running" | "done" | "failed" | "stopped";
  /** How far it is, from 0 to 1, and with what. */
  readonly share: number;
  readonly doing: string | null;
  /** It says so of itself, but nothing was heard of it for a minute. */
  readonly cutOff: boolean;
  readonly problem: string | null;
  /** What was not as expected and did not end it. */
  readonly warnings: readonly string[];
  readonly summary: Summary | null;
}

/** How far an audit is. */
export type RunStanding = Pick<AuditRun, "id" | "state" | "share" | "doing" | "cutOff">;

export type NewRun = Pick<AuditRun, "jurisdiction" | "bulletin" | "contentHash" | "over"> &
  Partial<Pick<AuditRun, "firstDay" | "lastDay" | "fileName">> & { scopeId?: string | null };

export async function startRun(db: Acting, by: By, run: NewRun): Promise<string> {
  const { id } = await db
    .insertInto("audit_run")
    .values({
      ...{ agency_id: by.agencyId, started_by: by.staffId, over: run.over },
      ...{ jurisdiction: run.jurisdiction, bulletin: run.bulletin, content_hash: run.contentHash },
      ...{ first_day: run.firstDay ?? null, last_day: run.lastDay ?? null },
      ...{ file_name: run.fileName?.slice(-200) ?? null, scope_id: run.scopeId ?? null },
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

const NOW = sql<Date>`now()`;

/** Says how far it is. False when it is no longer wanted: stopped, deleted, or its scope has ended. */
export async function sayProgress(
  db: Acting,
  id: string,
  at: { share: number; doing: string } | null = null,
): Promise<boolean> {
  return heard(await set(db, id, { ...at, heard_at: NOW }));
}

/** False when it was stopped or deleted meanwhile: then it stays so. */
export async function finishRun(
  db: Acting,
  id: string,
  summary: Summary,
  warnings: readonly string[] = [],
): Promise<boolean> {
  const said = { summary: JSON.stringify(summary), warnings: [...warnings] };
  const done = { state: "done", share: 1, doing: null, finished_at: NOW };
  return heard(await set(db, id, { ...done, ...said }));
}

export async function failRun(db: Acting, id: string, problem: string): Promise<boolean> {
  const failed = { state: "failed", doing: null, finished_at: NOW };
  return heard(await set(db, id, { ...failed, problem: problem.slice(0, 1000) }));
}

/** True when it was running; whoever runs it hears of it. */
export async function stopRun(db: Acting, id: string): Promise<boolean> {
  return heard(await set(db, id, { state: "stopped", doing: null, finished_at: NOW }));
}

function set(db: Acting, id: string, values: UpdateObject<DB, "audit_run">) {
  return db
    .updateTable("audit_run")
    .set(values)
    .where("id", "=", id)
    .where("state", "=", "running")
    .executeTakeFirst();
}

function heard({ numUpdatedRows }: { numUpdatedRows: bigint }): boolean {
  return numUpdatedRows > 0;
}

/** How many of one's own wait or run. */
export async function countRunning(db: Acting): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    SELECT count(*) FROM audit_run WHERE state = 'running' AND heard_at > now() - ${SILENCE}::interval`.execute(
    db,
  );
  return rows[0]?.count ?? 0;
}

/** True when there was one to delete; what it found goes with it. */
export async function deleteRun(db: Acting, id: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom("audit_run")
    .where("id", "=", id)
    .executeTakeFirst();
  return numDeletedRows > 0;
}

const MOST_RUNS = 100;
/** A run is heard of every few seconds: after this long it was cut off. */
const SILENCE = "1 minute";
const CUT_OFF = sql`r.state = 'running' AND r.heard_at < now() - ${SILENCE}::interval`;

/** One's own audits, the newest first. */
export function findRuns(db: Acting): Promise<readonly AuditRun[]> {
  return runs(db, sql`true`);
}

/** How far one's own audits are: little to read, since it is asked every few seconds. */
export async function findStandings(db: Acting): Promise<readonly RunStanding[]> {
  const { rows } = await sql<RunStanding>`
    SELECT r.id, r.state, r.share, r.doing, ${CUT_OFF} AS "cutOff"
    FROM audit_run r ORDER BY r.started_at DESC, r.id LIMIT ${MOST_RUNS}`.execute(db);
  return rows;
}

export async function findRun(db: Acting, id: string): Promise<AuditRun | null> {
  return (await runs(db, sql`r.id = ${id}::uuid`))[0] ?? null;
}

async function runs(db: Acting, which: ReturnType<typeof sql>): Promise<readonly AuditRun[]> {
  const { rows } = await sql<AuditRun>`
    SELECT r.id, r.started_at AS "startedAt", r.jurisdiction, r.bulletin, r.content_hash AS "contentHash",
      r.over, r.first_day AS "firstDay", r.last_day AS "lastDay", r.file_name AS "fileName",
      CASE WHEN a.id IS NOT NULL THEN json_build_object('id', a.id, 'title', a.title) END AS scope,
      r.state, r.share, r.doing, r.problem, r.warnings, r.summary,
      ${CUT_OFF} AS "cutOff"
    FROM audit_run r LEFT JOIN audit_scope a ON a.id = r.scope_id
    WHERE ${which} ORDER BY r.started_at DESC, r.id LIMIT ${MOST_RUNS}`.execute(db);
  return rows;
}

/** What is kept of a finding. */
export interface NewFinding {
  readonly line_id: string;
  readonly clause: string;
  readonly verdict: "breached" | "unknown";
  readonly explanation: string;
  /** Whose it is, where the line is a service of the agency's own. */
  readonly consumer_id?: string;
}

/** Keeps findings from the place `from` on. */
export async function keepFindings(
  db: Acting,
  by: By,
  runId: string,
  from: number,
  findings: readonly NewFinding[],
): Promise<void> {
  const column = <T>(read: (one: NewFinding) => T) => findings.map(read);
  await sql`
    INSERT INTO audit_finding (audit_run_id, place, agency_id, consumer_id, service_id, line_id, clause, verdict, explanation)
    SELECT ${runId}::uuid, ${from}::integer + f.place::integer - 1, ${by.agencyId}::uuid, f.consumer_id,
      CASE WHEN f.consumer_id IS NOT NULL THEN f.line_id::uuid END, f.line_id, f.clause, f.verdict, f.explanation
    FROM unnest(${column(({ consumer_id }) => consumer_id ?? null)}::uuid[], ${column(({ line_id }) => line_id)}::text[],
      ${column(({ clause }) => clause)}::text[], ${column(({ verdict }) => verdict)}::text[],
      ${column(({ explanation }) => explanation)}::text[])
      WITH ORDINALITY AS f (consumer_id, line_id, clause, verdict, explanation, place)`.execute(db);
}

/** A row of an uploaded file that is no line, and why. */
export interface KeptReject {
  readonly row: number;
  readonly line_id: string | null;
  readonly reason: string;
}

export async function keepRejects(
  db: Acting,
  by: By,
  runId: string,
  rejects: readonly KeptReject[],
): Promise<void> {
  const column = <T>(read: (one: KeptReject) => T) => rejects.map(read);
  await sql`
    INSERT INTO audit_reject (audit_run_id, agency_id, row, line_id, reason)
    SELECT ${runId}::uuid, ${by.agencyId}::uuid, r.* FROM unnest(${column(({ row }) => row)}::bigint[],
      ${column(({ line_id }) => line_id)}::text[], ${column(({ reason }) => reason)}::text[]) AS r`.execute(
    db,
  );
}

/** The first rows that are no lines, in the order of the file. */
export function findRejects(
  db: Acting,
  runId: string,
  most: number,
): Promise<readonly KeptReject[]> {
  return db
    .selectFrom("audit_reject")
    .select(["row", "line_id", "reason"])
    .where("audit_run_id", "=", runId)
    .orderBy("row")
    .limit(most)
    .execute();
}

/** A finding as a list shows it, with the service it is about where one may see it. */
export interface KeptFinding {
  readonly place: number;
  readonly lineId: string;
  readonly clause: string;
  readonly verdict: "breached" | "unknown";
  readonly explanation: string;
  readonly service: {
    readonly id: string;
    readonly consumerId: string;
    readonly number: string;
    readonly given_name: string;
    readonly family_name: string;
    readonly preferred_name: string | null;
    readonly day: Day;
    readonly starts: string | null;
    readonly kind: string;
    readonly units: number;
    readonly program: string | null;
    readonly performer: string | null;
  } | null;
}

export interface FindingFilter {
  readonly clause: string | null;
  readonly verdict: "breached" | "unknown" | null;
}

/** A page of what an audit found, in the order in which it was found. */
export function findFindings(
  db: Acting,
  runId: string,
  { clause, verdict }: FindingFilter,
  { offset, most }: { offset: number; most: number },
): Promise<readonly KeptFinding[]> {
  const asked = sql`f.audit_run_id = ${runId}::uuid
    ${clause === null ? sql`` : sql`AND f.clause = ${clause}`}
    ${verdict === null ? sql`` : sql`AND f.verdict = ${verdict}`}`;
  return findings(
    db,
    sql`SELECT * FROM audit_finding f WHERE ${asked} ORDER BY f.place LIMIT ${most} OFFSET ${offset}`,
  );
}

/** Findings after a place, to go through all of them. */
export function findFindingsAfter(
  db: Acting,
  runId: string,
  after: number,
  most: number,
): Promise<readonly KeptFinding[]> {
  return findings(
    db,
    sql`SELECT * FROM audit_finding f WHERE f.audit_run_id = ${runId}::uuid AND f.place > ${after} ORDER BY f.place LIMIT ${most}`,
  );
}

/** Whose services the findings are about, as far as one may see them. */
export async function findFoundPeople(db: Acting, runId: string): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    SELECT DISTINCT s.consumer_id AS id FROM audit_finding f JOIN service s ON s.id = ${own}
    WHERE f.audit_run_id = ${runId}::uuid`.execute(db);
  return rows.map(({ id }) => id);
}

/** The findings of some places. */
export function findFindingsAt(
  db: Acting,
  runId: string,
  places: readonly number[],
): Promise<readonly KeptFinding[]> {
  return findings(
    db,
    sql`SELECT * FROM audit_finding f WHERE f.audit_run_id = ${runId}::uuid AND f.place = ANY (${[...places]}::integer[])`,
  );
}

/** The service that a finding is about: an agency's own export names its services in a file too. */
const own = sql`coalesce(f.service_id, CASE WHEN f.line_id ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN f.line_id::uuid END)`;

async function findings(
  db: Acting,
  chosen: ReturnType<typeof sql>,
): Promise<readonly KeptFinding[]> {
  const { rows } = await sql<KeptFinding>`
    WITH f AS MATERIALIZED (${chosen})
    SELECT f.place, f.line_id AS "lineId", f.clause, f.verdict, f.explanation,
      CASE WHEN c.id IS NOT NULL THEN json_build_object('id', s.id, 'consumerId', c.id, 'number', c.number,
        'given_name', c.given_name, 'family_name', c.family_name, 'preferred_name', c.preferred_name,
        'day', s.service_date, 'starts', to_char(s.start_time, 'HH24:MI'), 'kind', s.kind, 'units', s.units,
        'program', p.name, 'performer', w.name) END AS service
    FROM f LEFT JOIN service s ON s.id = ${own} LEFT JOIN consumer c ON c.id = s.consumer_id
    LEFT JOIN program p ON p.id = s.program_id LEFT JOIN staff w ON w.id = s.performer_id
    ORDER BY f.place`.execute(db);
  return rows;
}

/** How many findings are kept of each clause and verdict. */
export async function countFindings(db: Acting, runId: string) {
  return db
    .selectFrom("audit_finding")
    .select(["clause", "verdict", (eb) => eb.fn.countAll<number>().as("count")])
    .where("audit_run_id", "=", runId)
    .groupBy(["clause", "verdict"])
    .execute();
}

/** Where the findings of each clause stand, to draw a sample from: what has no service is one too. */
export async function findPlaces(db: Acting, runId: string) {
  return db
    .selectFrom("audit_finding")
    .select(["place", "clause", "line_id as lineId"])
    .where("audit_run_id", "=", runId)
    .orderBy("place")
    .execute();
}
