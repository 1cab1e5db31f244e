import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Bulletin } from "../../policy/bulletin.ts";
import { type Acting, actingFor, type By, type Database } from "../../storage/database.ts";
import {
  failRun,
  finishRun,
  keepFindings,
  type NewFinding,
  sayProgress,
} from "../audit-run-store.ts";
import { auditOwn, type OwnScope, streamOwnFindings } from "./own.ts";
import { Refusal } from "./refusal.ts";
import { auditUpload, findUploadedFindings } from "./uploaded.ts";

/** An audit whose row stands already, and for whom it is done. */
export interface Running {
  readonly database: Database;
  readonly by: By;
  readonly runId: string;
  readonly bulletin: Bulletin;
}

/** As many findings are kept of an audit; the numbers of its report are of all. */
export const MOST_KEPT = 200_000;

/** One after another: an audit takes a processor for itself. */
let queue: Promise<void> = Promise.resolve();

function inTurn(run: Running, work: () => Promise<void>): Promise<void> {
  queue = queue.then(() => work().catch((error) => fail(run, error)));
  return queue;
}

/** Audits the agency's own records beside other work; what it comes to stands in the row of the run. */
export function runOwn(run: Running, scope: OwnScope): Promise<void> {
  const { bulletin, runId, by } = run;
  return inTurn(run, async () => {
    await say(run, 0.05, "judging");
    const summary = await acting(run, async (db) => {
      const began = performance.now();
      const sums = await auditOwn(db, bulletin, scope);
      await say(run, 0.5, "keeping what was found");
      let kept = 0;
      for await (const found of streamOwnFindings(db, bulletin, scope)) {
        const few = found.slice(0, MOST_KEPT - kept);
        await keepFindings(db, by, runId, kept, few);
        kept += few.length;
        if (kept === MOST_KEPT) break;
      }
      return { ...sums, seconds: Math.round(performance.now() - began) / 1000 };
    });
    await acting(run, (db) => finishRun(db, runId, summary));
  });
}

export interface UploadedFiles {
  readonly lines: File;
  readonly credentials: File | null;
}

/** Audits uploaded files likewise. They lie in a folder of their own, which goes when it is done. */
export async function runUpload(run: Running, files: UploadedFiles): Promise<void> {
  const folder = await keepFiles(files).catch((error) => fail(run, error));
  if (!folder) return;
  const place = placesIn(folder);
  const named = (text: string) =>
    text
      .replaceAll(place.lines, files.lines.name)
      .replaceAll(place.credentials, files.credentials?.name ?? "")
      .replaceAll(folder, "");
  return inTurn(run, async () => {
    try {
      await auditFiles(run, folder, { ...place, hasCredentials: files.credentials !== null });
    } catch (error) {
      if (error instanceof Refusal) throw new Refusal(named(error.message));
      throw error;
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
}

function placesIn(folder: string) {
  return { lines: join(folder, "lines"), credentials: join(folder, "credentials") };
}

async function keepFiles({ lines, credentials }: UploadedFiles): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "throughcare-audit-"));
  const place = placesIn(folder);
  try {
    await writeFile(place.lines, lines.stream());
    if (credentials) await writeFile(place.credentials, credentials.stream());
    return folder;
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

async function auditFiles(
  run: Running,
  folder: string,
  files: { lines: string; credentials: string; hasCredentials: boolean },
): Promise<void> {
  const out = join(folder, "out");
  const report = progressOf(run);
  const summary = await auditUpload({
    ...{ lines: files.lines, bulletin: run.bulletin, folder: out },
    ...(files.hasCredentials ? { credentials: files.credentials } : {}),
    progress: (share, doing) => report(share * 0.8, doing),
    warn: () => {},
  });
  await say(run, 0.8, "keeping what was found");
  await acting(run, async (db) => {
    for (let offset: number | null = 0; offset !== null && offset < MOST_KEPT; ) {
      const found: { findings: readonly NewFinding[]; next: number | null } =
        await findUploadedFindings(out, { offset, most: 20_000 });
      await keepFindings(db, run.by, run.runId, offset, found.findings);
      offset = found.next;
    }
    await finishRun(db, run.runId, summary);
  });
}

const OFTEN = 500;

/** Says how far it is, now and then; that nobody could be told is no reason to stop. */
function progressOf(run: Running): (share: number, doing: string) => void {
  let last = 0;
  return (share, doing) => {
    if (performance.now() - last < OFTEN) return;
    last = performance.now();
    void say(run, share, doing).catch(() => {});
  };
}

async function say(run: Running, share: number, doing: string): Promise<void> {
  await actingFor(run.database, run.by.staffId, (db) => sayProgress(db, run.runId, share, doing));
}

function acting<T>({ database, by }: Running, work: (db: Acting) => Promise<T>): Promise<T> {
  return actingFor(database, by.staffId, work, "repeatable read");
}

/** What the user can mend is told to them; of anything else only its kind, since it may quote a record. */
async function fail(run: Running, error: unknown): Promise<void> {
  const mendable = error instanceof Refusal;
  if (!mendable) console.error("audit failed:", error instanceof Error ? error.name : "error");
  if (!mendable && process.env.THROUGHCARE_DEBUG) console.error(error);
  const problem = mendable
    ? error.message
    : "Something went wrong on our side. Run it again; if it fails again, tell an administrator.";
  await actingFor(run.database, run.by.staffId, (db) => failRun(db, run.runId, problem)).catch(
    () => {},
  );
}
