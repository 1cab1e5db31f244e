import { sql } from "kysely";
import type { Bulletin } from "../../policy/bulletin.ts";
import { type Acting, actingFor, type By, type Database } from "../../storage/database.ts";
import { failRun, sayProgress } from "../audit-run-store.ts";
import { Refusal } from "./refusal.ts";

/** An audit whose row stands already, and for whom it is done. */
export interface Running {
  readonly database: Database;
  readonly by: By;
  readonly runId: string;
  readonly bulletin: Bulletin;
}

/** As many findings are kept of an audit; the numbers of its report are of all. */
export const MOST_KEPT = 200_000;

/** What goes on here, to be stopped by its id. */
const going = new Map<string, AbortController>();
/** One after another: an audit takes a processor for itself. */
let queue: Promise<void> = Promise.resolve();

const BEAT_MS = 10_000;

/** Stops an audit that runs or waits here. */
export function stopWork(runId: string): void {
  going.get(runId)?.abort();
}

/**
 * Does the work of a run when its turn comes. Until then and while it lasts it says that it is there;
 * once nobody wants it any more it ends: stopped or deleted, here or elsewhere, or its scope at an end.
 */
export function inTurn(run: Running, work: (stop: AbortSignal) => Promise<void>): Promise<void> {
  const stop = new AbortController();
  going.set(run.runId, stop);
  whenClosing();
  const beat = setInterval(() => {
    hear(run).then(
      (wanted) => wanted || stop.abort(),
      () => {},
    );
  }, BEAT_MS);
  beat.unref();
  const turn = async () => {
    try {
      if (!stop.signal.aborted) await work(stop.signal);
    } catch (error) {
      if (!stop.signal.aborted) await fail(run, error);
    } finally {
      clearInterval(beat);
      going.delete(run.runId);
    }
  };
  queue = queue.then(turn);
  return queue;
}

/** Says how far it is, now and then; that nobody could be told is no reason to stop. */
export function progressOf(run: Running): (share: number, doing: string) => void {
  const OFTEN_MS = 500;
  let last = 0;
  return (share, doing) => {
    if (performance.now() - last < OFTEN_MS) return;
    last = performance.now();
    void say(run, share, doing).catch(() => {});
  };
}

export async function say(run: Running, share: number, doing: string): Promise<void> {
  await actingFor(run.database, run.by.staffId, (db) =>
    sayProgress(db, run.runId, { share, doing }),
  );
}

function hear(run: Running): Promise<boolean> {
  return actingFor(run.database, run.by.staffId, (db) => sayProgress(db, run.runId));
}

/** Work in one transaction; to stop is to cancel what the database does for it. */
export function acting<T>(
  { database, by }: Running,
  stop: AbortSignal,
  work: (db: Acting) => Promise<T>,
  isolation: "read committed" | "repeatable read" = "read committed",
): Promise<T> {
  return actingFor(
    database,
    by.staffId,
    async (db) => {
      const { rows } = await sql<{ pid: number }>`SELECT pg_backend_pid() AS pid`.execute(db);
      let cancelling: Promise<unknown> = Promise.resolve();
      const cancel = () => {
        const asked = sql`SELECT pg_cancel_backend(${rows[0]?.pid ?? 0})`.execute(database);
        cancelling = asked.catch(() => {});
      };
      stop.throwIfAborted();
      stop.addEventListener("abort", cancel, { once: true });
      try {
        return await work(db);
      } finally {
        stop.removeEventListener("abort", cancel);
        // Later the connection would be somebody else's, and it is their work that would be cancelled.
        await cancelling;
      }
    },
    isolation,
  );
}

/** What the user can mend is told to them; of anything else only its kind, since it may quote a record. */
async function fail(run: Running, error: unknown): Promise<void> {
  const mendable = error instanceof Refusal;
  if (!mendable) console.error("audit failed:", error instanceof Error ? error.name : "error");
  if (!mendable && process.env.THROUGHCARE_DEBUG) console.error(error);
  const problem = mendable
    ? forPages(error.message)
    : "Something went wrong on our side. Run it again; if it fails again, tell an administrator.";
  await actingFor(run.database, run.by.staffId, (db) => failRun(db, run.runId, problem)).catch(
    () => {},
  );
}

/** What a command says of its own options helps nobody on a page. */
function forPages(message: string): string {
  if (/no room on the disk/.test(message)) {
    return "The disk of the server became full while it ran. Nothing was kept. Tell whoever runs the server; once there is room, run it again.";
  }
  return /--memory/.test(message)
    ? "It needs more memory than an audit has here: split the file by months, or use throughcare audit on the command line."
    : message;
}

let listening = false;

/** A server that is closed waits for no audit; its silence says soon enough that it was cut off. */
function whenClosing(): void {
  if (listening) return;
  listening = true;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    // Where nobody else listens, the signal itself ends the process.
    if (process.listenerCount(signal) === 0) continue;
    process.once(signal, () => {
      for (const stop of going.values()) stop.abort();
    });
  }
}
