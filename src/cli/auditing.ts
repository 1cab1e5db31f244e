import { availableParallelism } from "node:os";
import { join } from "node:path";
import { onOneLine, Refusal } from "../compliance/audit/refusal.ts";
import type { RunOptions } from "../compliance/audit/whole-run.ts";
import type { Bulletin } from "../policy/bulletin.ts";
import { SUBJECTS } from "../policy/facts.ts";
import { bulletinFolders, loadBulletins } from "../policy/shelf.ts";
import { sayProblem } from "../policy/yaml-source.ts";
import { home } from "./home.ts";

/** Options of every command that judges a file of lines, for `parseArgs`. */
export const AUDITING_OPTIONS = {
  out: { type: "string" },
  credentials: { type: "string" },
  format: { type: "string", default: "parquet" },
  json: { type: "boolean", default: false },
  threads: { type: "string", default: String(availableParallelism()) },
  memory: { type: "string", default: "1GB" },
  bulletins: { type: "string", multiple: true, default: [] as string[] },
  force: { type: "boolean", default: false },
} as const;

/** What `--help` says of them. */
export const AUDITING_HELP = `  --force               replace what an earlier run wrote to DIR; other files there are kept
  --format csv|parquet  how lines and findings are written; parquet unless said
  --json                print summary.json on standard output
  --bulletins DIR       look for bulletins in this folder too, as <jurisdiction>/<name>/bulletin.yaml and
                        cases.yaml; may be given again
  --threads N           as many as the machine has unless said
  --memory SIZE         such as 4GB; 1GB unless said. What does not fit is put on the disk beside DIR`;

/** What it says of the ones that are about files. */
export const FILES_HELP = `  --credentials FILE    CSV or Parquet: performer_id, qualification, valid_from, valid_to. Tells what a performer
                        held on the day, where a line has no performer_qualification of its own`;

interface Given {
  readonly out?: string | undefined;
  readonly credentials?: string | undefined;
  readonly format: string;
  readonly json: boolean;
  readonly threads: string;
  readonly memory: string;
  readonly force: boolean;
}

/**
 * Runs a command over a file of lines: its progress on a terminal, its summary on standard output where
 * asked, nothing left behind when it is broken off. Exit 0 when it ran, whatever it found; 2, with one
 * line, when it could not.
 */
export async function runAuditing(
  usage: string,
  values: Given,
  lines: string | undefined,
  work: (options: RunOptions) => Promise<unknown>,
): Promise<number> {
  const { format, threads, memory, out } = values;
  const progress = progressBar();
  let discard = () => {};
  const broken = () => {
    discard();
    process.exit(130);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, broken);
  try {
    if (lines === undefined || !out) throw new Refusal(usage);
    if (format !== "csv" && format !== "parquet") throw new Refusal("--format is csv or parquet");
    if (!/^[1-9]\d{0,3}$/.test(threads)) throw new Refusal("--threads is a whole number from 1");
    if (!/^\d+(\.\d+)? ?[KMGT]i?B$/i.test(memory)) throw new Refusal("--memory is a size like 4GB");
    const summary = await work({
      ...{ lines, out, format, memory, credentials: values.credentials, force: values.force },
      threads: Number(threads),
      warn: (message) => {
        progress.clear();
        console.error(onOneLine(message));
      },
      progress: progress.show,
      onDiscard: (found) => {
        discard = found;
      },
    });
    progress.clear();
    if (values.json) console.log(JSON.stringify(summary, null, 2));
    else if (process.stdout.isTTY) console.log(`Written to ${out}: open report.html there.`);
    return 0;
  } catch (error) {
    progress.clear();
    if (!(error instanceof Refusal)) throw error;
    console.error(onOneLine(error.message));
    if (process.env.THROUGHCARE_DEBUG) console.error(error);
    return 2;
  }
}

/** Every bulletin of the repository's folder and those given. */
export async function shelved(folders: readonly string[]) {
  const unread = (error: Error) => {
    throw new Refusal(`the folder of bulletins can't be read: ${error.message}`);
  };
  for (const folder of folders) {
    if ((await bulletinFolders(folder).catch(unread)).length > 0) continue;
    throw new Refusal(`${folder}: no bulletin lies there as <jurisdiction>/<name>/bulletin.yaml`);
  }
  const loaded = await loadBulletins(join(home, "bulletins"), ...folders).catch(unread);
  if (loaded.ok) return loaded.value;
  const [first, ...more] = loaded.problems;
  const others = more.length > 0 ? ` (and ${more.length} more)` : "";
  throw new Refusal(`${first ? sayProblem(first) : "a bulletin is invalid"}${others}`);
}

/** The bulletin of a number. */
export async function findBulletin(number: string, folders: readonly string[]): Promise<Bulletin> {
  const all = await shelved(folders);
  const found = all.filter(({ bulletin }) => bulletin.number === number);
  const [one] = found;
  if (found.length > 1) {
    throw new Refusal(
      `bulletin ${number} is in ${found.map(({ folder }) => folder).join(" and ")}: it is not one`,
    );
  }
  if (one === undefined) {
    const known = all
      .filter(({ bulletin }) => bulletin.about === "service")
      .map(({ bulletin }) => bulletin.number)
      .join(", ");
    throw new Refusal(`there is no bulletin ${number}; there is ${known}`);
  }
  const { about } = one.bulletin;
  if (about !== "service") {
    throw new Refusal(
      `bulletin ${number} is about ${SUBJECTS[about].label}, and a file of service lines holds none`,
    );
  }
  return one.bulletin;
}

/** On a terminal only, on standard error, so that a pipe gets the summary alone. */
function progressBar() {
  const terminal = process.stderr.isTTY;
  return {
    show: (share: number, doing: string) => {
      if (!terminal) return;
      const done = Math.round(Math.min(1, share) * 30);
      process.stderr.write(`\r\x1b[K${"█".repeat(done)}${"░".repeat(30 - done)} ${doing}`);
    },
    clear: () => {
      if (terminal) process.stderr.write("\r\x1b[K");
    },
  };
}
