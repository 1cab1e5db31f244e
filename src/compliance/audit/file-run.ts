import { rmSync } from "node:fs";
import { readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { alive } from "../../storage/processes.ts";
import { finishRun, keepFindings, keepRejects } from "../audit-run-store.ts";
import { type Child, startChild } from "./child.ts";
import { Refusal } from "./refusal.ts";
import { acting, inTurn, MOST_KEPT, progressOf, type Running, say } from "./running.ts";

/** Files that somebody uploaded, by where they lie and what they were called. */
export interface UploadedFiles {
  /** Where they lie; it goes when it is done. */
  readonly folder: string;
  readonly lines: { readonly path: string; readonly name: string };
  readonly credentials: { readonly path: string; readonly name: string } | null;
}

/** As many rows that are no lines are kept. */
export const MOST_REJECTS = 10_000;
const AT_A_TIME = 20_000;

/** Where files of audits lie that run or wait here: a server that is closed leaves none. */
const held = new Set<string>();
process.once("exit", () => {
  for (const folder of held) rmSync(folder, { recursive: true, force: true });
});

/** Audits uploaded files beside other work, in a process of their own. */
export function runUpload(run: Running, files: UploadedFiles): Promise<void> {
  held.add(files.folder);
  return inTurn(run, async (stop) => {
    const child = startChild(stop);
    try {
      await auditFiles(run, child, files, stop);
    } catch (error) {
      if (error instanceof Refusal) throw new Refusal(byName(error.message, files));
      throw error;
    } finally {
      child.end();
    }
  }).finally(async () => {
    await rm(files.folder, { recursive: true, force: true });
    held.delete(files.folder);
  });
}

/** Files are known by the names that they had, and where they lie is nobody's business. */
function byName(text: string, { lines, credentials, folder }: UploadedFiles): string {
  const named = text.replaceAll(lines.path, lines.name);
  return (credentials ? named.replaceAll(credentials.path, credentials.name) : named).replaceAll(
    folder,
    "",
  );
}

async function auditFiles(
  run: Running,
  child: Child,
  files: UploadedFiles,
  stop: AbortSignal,
): Promise<void> {
  const { folder, lines, credentials } = files;
  const report = progressOf(run);
  const { summary, warnings } = await child.audit(
    { lines: lines.path, credentials: credentials?.path ?? null, bulletin: run.bulletin, folder },
    (share, doing) => report(share * 0.8, doing),
  );
  await say(run, 0.8, "keeping what was found");
  await acting(run, stop, async (db) => {
    for (let offset: number | null = 0; offset !== null && offset < MOST_KEPT; ) {
      const { findings, next } = await child.findings({ offset, most: AT_A_TIME });
      await keepFindings(db, run.by, run.runId, offset, findings);
      offset = next;
    }
    const { rejects } = await child.rejects(MOST_REJECTS);
    await keepRejects(db, run.by, run.runId, rejects);
    await finishRun(
      db,
      run.runId,
      summary,
      warnings.map((text) => byName(text, files)).slice(0, 20),
    );
  });
}

const HOUR_MS = 3_600_000;

/** Removes what a killed server left of uploads, now and every hour. Gives what ends it. */
export function sweepUploads(): () => void {
  const sweep = (starting: boolean) => void removeLeftUploads(starting).catch(() => {});
  sweep(true);
  const timer = setInterval(() => sweep(false), HOUR_MS);
  timer.unref();
  return () => clearInterval(timer);
}

/** As web/upload.ts names them, with the number of the process. */
const FOLDERS = /^throughcare-upload-(\d+)-/;
const A_DAY_MS = 86_400_000;

/**
 * Removes uploaded files that a server left which was killed: those of a process that is gone, and what
 * has lain there for a day, since numbers of processes come again. `starting`: none can be this server's own.
 */
export async function removeLeftUploads(starting: boolean, place = tmpdir()): Promise<void> {
  for (const name of await readdir(place)) {
    const pid = Number(FOLDERS.exec(name)?.[1]);
    if (!pid) continue;
    const folder = join(place, name);
    const { mtimeMs } = await stat(folder).catch(() => ({ mtimeMs: Date.now() }));
    const own = pid === process.pid;
    if ((own ? starting : !alive(pid)) || Date.now() - mtimeMs > A_DAY_MS) {
      await rm(folder, { recursive: true, force: true }).catch(() => {});
    }
  }
}
