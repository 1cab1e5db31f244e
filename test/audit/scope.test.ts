import { existsSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runUpload } from "../../src/compliance/audit/file-run.ts";
import { auditOwn } from "../../src/compliance/audit/own.ts";
import { runOwn } from "../../src/compliance/audit/own-run.ts";
import { stopWork } from "../../src/compliance/audit/running.ts";
import type { Summary } from "../../src/compliance/audit/summary.ts";
import {
  countFindings,
  deleteRun,
  findFindings,
  findFoundPeople,
  findRejects,
  findRun,
  finishRun,
  startRun,
  stopRun,
} from "../../src/compliance/audit-run-store.ts";
import {
  endScope,
  findAuditors,
  findLiveScopes,
  findScopedServices,
  findScopeOf,
  giveScope,
} from "../../src/compliance/audit-scope-store.ts";
import {
  findAuditedNote,
  findAuditedService,
  findAuditedSession,
} from "../../src/compliance/audited-store.ts";
import { addDays, type Day } from "../../src/kernel/day.ts";
import { addSessionNote } from "../../src/services/session-note-store.ts";
import { type Acting, actingFor } from "../../src/storage/database.ts";
import { type TestDatabase, testDatabase } from "../support/database.ts";
import { auditBench, COLUMNS, conference, csvOf } from "./files.ts";

let bench: Awaited<ReturnType<typeof auditBench>>;
let db: TestDatabase;
const who: Record<string, { agencyId: string; staffId: string }> = {};
let today: Day;
beforeAll(async () => {
  bench = await auditBench();
  db = await testDatabase("demonstration");
  const staff = await db.owner.selectFrom("staff").select(["id", "agency_id", "email"]).execute();
  for (const { id, agency_id, email } of staff) {
    who[email.split("@")[0] ?? ""] = { agencyId: agency_id, staffId: id };
  }
  const { rows } = await sql<{ today: Day }>`
    SELECT (now() AT TIME ZONE 'America/Chicago')::date AS today`.execute(db.owner);
  today = rows[0]?.today as Day;
  // What the demonstration gave would stand beside what is given here.
  await sql`UPDATE audit_scope SET ended_at = now(), ended_by = given_by`.execute(db.owner);
});
afterAll(async () => {
  bench?.close();
  await db?.drop();
});

const as = <T>(name: string, work: (acting: Acting) => Promise<T>) =>
  actingFor(db.app, who[name]?.staffId ?? "", work);
const by = (name: string) => who[name] as { agencyId: string; staffId: string };
const count = async (acting: Acting, table: string) => {
  const { rows } = await sql<{ n: number }>`
    SELECT count(*) AS n FROM ${sql.table(table)}`.execute(acting);
  return rows[0]?.n ?? 0;
};
const seen = async (acting: Acting) => ({
  services: await count(acting, "service"),
  judgements: await count(acting, "judgement"),
  verdicts: await count(acting, "verdict"),
  people: await count(acting, "consumer"),
  notes: await count(acting, "conference"),
});

function give(over: Partial<Parameters<typeof giveScope>[2]> = {}) {
  return as("sam", (acting) =>
    giveScope(acting, by("sam"), {
      ...{ staffId: by("aud").staffId, title: "A review", reason: "A letter", bulletin: null },
      ...{ firstDay: addDays(today, -365), lastDay: today, programIds: [] },
      ...{ validFrom: today, validTo: today },
      ...over,
    }),
  );
}

describe("an audit scope", () => {
  test("without one an auditor sees nobody; with one what it names, until it is ended", async () => {
    const nothing = { services: 0, judgements: 0, verdicts: 0, people: 0, notes: 0 };
    expect(await as("aud", seen)).toEqual(nothing);
    const id = await give({ bulletin: "FY10-Clinical-16" });
    const some = await as("aud", seen);
    expect(some.services).toBeGreaterThan(5);
    expect(some.people).toBeGreaterThan(2);
    expect(some.notes).toBeGreaterThan(2);
    const kinds = await as("aud", (acting) =>
      acting.selectFrom("service").select("kind").distinct().execute(),
    );
    expect(kinds).toEqual([{ kind: "family-conference" }]);
    expect(await as("sam", (acting) => endScope(acting, by("sam"), id))).toBe(true);
    expect(await as("aud", seen)).toEqual(nothing);
    expect(await as("sam", (acting) => endScope(acting, by("sam"), id))).toBe(false);
  });

  test("names services by programme and by their days, and holds from its first day to its last", async () => {
    const days = await as("ruth", (acting) =>
      acting.selectFrom("service").select(["service_date", "program_id"]).execute(),
    );
    const { program_id, service_date } = days.find((one) => one.program_id) ?? {};
    const id = await give({ programIds: [program_id ?? ""], firstDay: service_date as Day });
    const found = await as("aud", (acting) =>
      acting.selectFrom("service").select(["service_date", "program_id"]).execute(),
    );
    expect(found.length).toBeGreaterThan(0);
    for (const one of found) {
      expect(one.program_id).toBe(program_id);
      expect(one.service_date >= (service_date ?? "")).toBe(true);
    }
    await as("sam", (acting) => endScope(acting, by("sam"), id));
    for (const over of [
      { validFrom: addDays(today, 1), validTo: addDays(today, 9) },
      { validFrom: addDays(today, -9), validTo: addDays(today, -1) },
    ]) {
      await give(over);
      expect(await as("aud", (acting) => count(acting, "service"))).toBe(0);
    }
  });

  test("is for its auditor alone, in their agency, and read-only", async () => {
    const id = await give();
    expect(await as("hugh", seen)).toMatchObject({ services: 0, people: 0 });
    const foreign = await as("aud", (acting) =>
      acting.selectFrom("service").select("agency_id").distinct().execute(),
    );
    expect(foreign).toEqual([{ agency_id: by("aud").agencyId }]);
    for (const text of [
      "service SET units = 1",
      "claim SET cents = 1",
      "consumer SET phone = '1'",
    ]) {
      const changed = await as("aud", (acting) => sql.raw(`UPDATE ${text}`).execute(acting))
        .then(({ numAffectedRows }) => Number(numAffectedRows ?? 0))
        .catch(() => 0);
      expect(changed, text).toBe(0);
    }
    await as("sam", (acting) => endScope(acting, by("sam"), id));
  });

  test("is given by an administrator, to somebody else, and not by an auditor", async () => {
    const auditors = await as("sam", (acting) => findAuditors(acting, by("sam"), today));
    expect(auditors.map(({ name }) => name)).toEqual(["Audrey Finch"]);
    const scope = (staffId: string) => ({
      ...{ staffId, title: "x", reason: "x", bulletin: null, programIds: [] },
      ...{ firstDay: today, lastDay: today, validFrom: today, validTo: today },
    });
    const refused = /row-level security/;
    for (const [giver, to] of [
      ["aud", "aud"],
      ["ruth", "aud"],
      ["sam", "sam"],
    ] as const) {
      const giving = as(giver, (acting) => giveScope(acting, by(giver), scope(by(to).staffId)));
      await expect(giving, `${giver} to ${to}`).rejects.toThrow(refused);
    }
  });

  test("opens the signed note, and no draft", async () => {
    const id = await give();
    const drafts = await as("aud", (acting) =>
      acting.selectFrom("conference").select("id").where("signed_at", "is", null).execute(),
    );
    expect(drafts).toEqual([]);
    const listed = await as("aud", (acting) =>
      findScopedServices(acting, id, { offset: 0, most: 100 }),
    );
    const opened = await as("aud", async (acting) => {
      for (const one of listed) {
        const service = await findAuditedService(acting, one.id);
        if (service?.conference_id) return findAuditedNote(acting, service.conference_id);
      }
      return null;
    });
    expect(opened?.note).toBeTruthy();
    const scope = await as("aud", (acting) => findScopeOf(acting, listed[0]?.id ?? ""));
    expect(scope).toMatchObject({ id, title: "A review" });
    await as("sam", (acting) => endScope(acting, by("sam"), id));
  });
});

describe("a session in a scope", () => {
  test("is read with what was written of it; outside, nothing of any is", async () => {
    const session = await as("ana", (acting) =>
      acting
        .selectFrom("service")
        .select(["id as serviceId", "consumer_id as consumerId"])
        .where("kind", "=", "individual-counseling")
        .where("voided_at", "is", null)
        .where("service_date", ">", addDays(today, -300))
        .executeTakeFirstOrThrow(),
    );
    const text = "Worked on the second goal";
    await as("ana", (acting) => addSessionNote(acting, by("ana"), session, { text, goals: [] }));
    const read = () => as("aud", (acting) => findAuditedSession(acting, session.serviceId));
    expect(await read()).toEqual({ notes: [], register: null });
    const scopes = [
      await give({ firstDay: addDays(today, -3000), lastDay: addDays(today, -2000) }),
      await give(),
    ];
    expect((await read()).notes).toMatchObject([{ text }]);
    await as("sam", (acting) => endScope(acting, by("sam"), scopes[1] ?? ""));
    expect(await read()).toEqual({ notes: [], register: null });
    await as("sam", (acting) => endScope(acting, by("sam"), scopes[0] ?? ""));
  });
});

describe("an audit that is run", () => {
  async function run(name: string, scopeId: string | null, days: { from: Day; to: Day }) {
    const { agencyId } = by(name);
    const { jurisdiction, number, contentHash } = bench.founding;
    const runId = await as(name, (acting) =>
      startRun(acting, by(name), {
        ...{ jurisdiction, bulletin: number, contentHash, over: "own-records", scopeId },
        ...{ firstDay: days.from, lastDay: days.to },
      }),
    );
    const running = { database: db.app, by: by(name), runId, bulletin: bench.founding };
    await runOwn(running, { agencyId, ...days, scopeId }, `Audit ${runId}`);
    return runId;
  }
  const year = () => ({ from: addDays(today, -365), to: today });

  test("by a scope says of its services what is said of all of them, limits counted over what it does not name", async () => {
    const whole = await db.owner
      .transaction()
      .execute((acting) =>
        auditOwn(acting, bench.founding, { agencyId: by("aud").agencyId, ...year() }),
      );
    const id = await give({ bulletin: "FY10-Clinical-16" });
    const runId = await run("aud", id, year());
    const found = await as("aud", (acting) => findRun(acting, runId));
    expect(found).toMatchObject({ state: "done", problem: null, scope: { id } });
    expect(found?.summary?.clauses).toEqual(whole.clauses);
    expect(found?.summary?.units).toEqual(whole.units);
    // The one day on which a limit cuts, alone: what went before it still counts.
    const limited = await as("aud", (acting) =>
      findFindings(acting, runId, { clause: "4.1", verdict: null }, { offset: 0, most: 5 }),
    );
    const day = limited[0]?.service?.day as Day;
    await as("sam", (acting) => endScope(acting, by("sam"), id));
    const narrow = await give({ firstDay: day, lastDay: day });
    const again = await as("aud", async () => run("aud", narrow, { from: day, to: day }));
    const counts = await as("aud", (acting) => countFindings(acting, again));
    expect(counts.some(({ clause }) => clause === "4.1")).toBe(true);
    const inSight = await as("aud", (acting) => count(acting, "service"));
    expect(inSight).toBeLessThan(whole.lines.payable);
    await as("sam", (acting) => endScope(acting, by("sam"), narrow));
    // A scope that has ended closes what was found by it.
    expect(await as("aud", (acting) => findRun(acting, again))).toBeNull();
    expect(await as("aud", (acting) => count(acting, "audit_finding"))).toBe(0);
  });

  test("by a supervisor is over their programmes' records, and theirs alone", async () => {
    const runId = await run("ruth", null, year());
    const findings = await as("ruth", (acting) =>
      findFindings(acting, runId, { clause: null, verdict: null }, { offset: 0, most: 50 }),
    );
    expect(findings.length).toBeGreaterThan(0);
    for (const { service } of findings) expect(service?.number).toBeTruthy();
    expect(await as("omar", (acting) => findRun(acting, runId))).toBeNull();
    expect(await as("aud", (acting) => findRun(acting, runId))).toBeNull();
    expect(await as("ruth", (acting) => deleteRun(acting, runId))).toBe(true);
    expect(await as("ruth", (acting) => count(acting, "audit_finding"))).toBe(0);
  });

  async function upload(text: string, age = "0 days") {
    const { jurisdiction, number, contentHash } = bench.founding;
    const folder = mkdtempSync(join(tmpdir(), "throughcare-upload-test-"));
    const file = { path: join(folder, "0"), name: "march.csv" };
    writeFileSync(file.path, text);
    const runId = await as("aud", (acting) =>
      startRun(acting, by("aud"), {
        ...{ jurisdiction, bulletin: number, contentHash, over: "file", fileName: file.name },
      }),
    );
    const running = { database: db.app, by: by("aud"), runId, bulletin: bench.founding };
    await runUpload(running, { folder, lines: file, credentials: null });
    expect(existsSync(folder)).toBe(false);
    await sql`UPDATE audit_run SET started_at = now() - ${age}::interval WHERE id = ${runId}`.execute(
      db.owner,
    );
    return runId;
  }

  test("over an uploaded file keeps what it found, and nothing of the file", async () => {
    const lines = ["c", "a", "b"].map((id) => conference(id, { setting: "home" }));
    const runId = await upload(csvOf(lines));
    const run = await as("aud", (acting) => findRun(acting, runId));
    expect(run).toMatchObject({ state: "done", fileName: "march.csv" });
    expect(run?.summary?.lines.denied).toBe(3);
    const findings = await as("aud", (acting) =>
      findFindings(acting, runId, { clause: "4.2", verdict: "breached" }, { offset: 0, most: 9 }),
    );
    expect(findings.map(({ lineId, service }) => [lineId, service])).toEqual([
      ...[
        ["a", null],
        ["b", null],
        ["c", null],
      ],
    ]);
  });

  test("over a file that can't be read says why, by the name the user knows", async () => {
    const runId = await upload("line_id,consumer_id\n1,2\n");
    const run = await as("aud", (acting) => findRun(acting, runId));
    expect(run?.state).toBe("failed");
    expect(run?.problem).toMatch(/^march\.csv: /);
    expect(run?.problem).not.toMatch(/tmp|throughcare/);
  });

  test("over a file names rows and columns that were not read, and opens one's own services", async () => {
    const scope = await give();
    const service = await as("aud", (acting) =>
      acting.selectFrom("service").select("id").orderBy("id").executeTakeFirstOrThrow(),
    );
    const lines = [
      conference(service.id, { setting: "home" }),
      conference("=1+1", { setting: "home" }),
      { ...conference("bad"), units: "many" },
    ].map((line) => ({ ...line, shoe_size: 44 }));
    const runId = await upload(csvOf(lines, [...COLUMNS, "shoe_size"]));
    const run = await as("aud", (acting) => findRun(acting, runId));
    expect(run?.summary?.rejected).toBe(1);
    expect(run?.warnings).toEqual(['march.csv: ignoring columns that are not read: "shoe_size"']);
    const rejects = await as("aud", (acting) => findRejects(acting, runId, 10));
    expect(rejects).toEqual([{ row: 3, line_id: "bad", reason: expect.stringContaining("units") }]);
    expect(await as("ruth", (acting) => findRejects(acting, runId, 10))).toEqual([]);
    const all = { clause: null, verdict: null };
    const found = () =>
      as("aud", (acting) => findFindings(acting, runId, all, { offset: 0, most: 9 }));
    expect((await found()).map(({ service: own }) => own?.id ?? null)).toEqual(
      expect.arrayContaining([service.id, null]),
    );
    expect(await as("aud", (acting) => findFoundPeople(acting, runId))).toHaveLength(1);
    await as("sam", (acting) => endScope(acting, by("sam"), scope));
    // Out of sight, it is a line of a file like any other.
    expect((await found()).map(({ service: own }) => own)).toEqual(
      Array((await found()).length).fill(null),
    );
  });

  test("stops when it is told to, and what it found until then is not kept", async () => {
    const { jurisdiction, number, contentHash } = bench.founding;
    const started = (name: string) =>
      as(name, (acting) =>
        startRun(acting, by(name), {
          ...{ jurisdiction, bulletin: number, contentHash, over: "own-records" },
          ...{ firstDay: year().from, lastDay: today },
        }),
      );
    const begin = (runId: string) =>
      runOwn(
        { database: db.app, by: by("ruth"), runId, bulletin: bench.founding },
        { agencyId: by("ruth").agencyId, ...year() },
        "a reason",
      );
    // The second waits for the first; it is stopped while it waits.
    const [first, second] = [await started("ruth"), await started("ruth")];
    const [one, two] = [begin(first), begin(second)];
    expect(await as("omar", (acting) => stopRun(acting, second))).toBe(false);
    expect(await as("ruth", (acting) => stopRun(acting, second))).toBe(true);
    stopWork(second);
    await Promise.all([one, two]);
    expect(await as("ruth", (acting) => findRun(acting, first))).toMatchObject({ state: "done" });
    const stopped = await as("ruth", (acting) => findRun(acting, second));
    expect(stopped).toMatchObject({ state: "stopped", summary: null });
    expect(await as("ruth", (acting) => countFindings(acting, second))).toEqual([]);
    expect(await as("ruth", (acting) => finishRun(acting, second, {} as Summary))).toBe(false);
    // Whose records were judged is in the log, with the reason.
    const logged = await db.owner
      .selectFrom("access_log")
      .select(["action", "room", "consumer_ids"])
      .where("reason", "=", "a reason")
      .execute();
    expect(logged).toHaveLength(1);
    expect(logged[0]).toMatchObject({ action: "read", room: "audit.run own records" });
    expect(logged[0]?.consumer_ids.length).toBeGreaterThan(3);
    // What says nothing for a minute was cut off.
    const lost = await started("ruth");
    expect(await as("ruth", (acting) => findRun(acting, lost))).toMatchObject({ cutOff: false });
    await sql`UPDATE audit_run SET heard_at = now() - interval '61 seconds' WHERE id = ${lost}`.execute(
      db.owner,
    );
    expect(await as("ruth", (acting) => findRun(acting, lost))).toMatchObject({ cutOff: true });
  });

  test("over a file is gone after thirty days", async () => {
    const runId = await upload(csvOf([conference("a", { setting: "home" })]), "31 days");
    expect(await as("aud", (acting) => findRun(acting, runId))).toBeNull();
    await as("flo", (acting) => sql`SELECT access.forget_uploads()`.execute(acting));
    const left = await db.owner
      .selectFrom("audit_run")
      .select("id")
      .where("id", "=", runId)
      .execute();
    expect(left).toEqual([]);
  });
});

test("scopes of nobody else are live for an auditor", async () => {
  expect(await as("hugh", findLiveScopes)).toEqual([]);
});
