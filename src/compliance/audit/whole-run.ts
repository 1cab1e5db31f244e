import { performance } from "node:perf_hooks";
import type { Bulletin } from "../../policy/bulletin.ts";
import { CREDENTIAL_COLUMNS, LINE_COLUMNS } from "./columns.ts";
import { holdStretches, readCredentials } from "./credentials.ts";
import { allOf, type Duck, openDuck } from "./duck.ts";
import { type OutFolder, prepareOutFolder } from "./out-folder.ts";
import { type Format, writeRejects } from "./outputs.ts";
import { type Surveyed, surveyLines } from "./reading-lines.ts";
import { asRefusal, openSource, type Source } from "./source.ts";
import { OUTCOME_TYPE } from "./tables.ts";

/** What every command over a file of lines takes. */
export interface RunOptions {
  readonly lines: string;
  readonly out: string;
  readonly credentials?: string | undefined;
  readonly format: Format;
  readonly threads: number;
  readonly memory: string;
  readonly force: boolean;
  readonly warn: (message: string) => void;
  /** `share` of the way, from 0 to 1. */
  readonly progress: (share: number, doing: string) => void;
  /** Told what to call when the run is broken off. */
  readonly onDiscard?: (discard: () => void) => void;
  /** Rows judged at a time, where a test wants few. */
  readonly atATime?: number;
}

/**
 * Does the work with a database of its own and puts its outputs in place, whole or not at all. The work
 * writes into the folder's `draft`. Throws a Refusal for what the user can mend.
 */
export async function runWhole<T>(
  options: RunOptions,
  work: (duck: Duck, folder: OutFolder, seconds: () => number) => Promise<T>,
): Promise<T> {
  const began = performance.now();
  const folder = prepareOutFolder(options.out, options.force);
  options.onDiscard?.(folder.discard);
  let duck: Duck | null = null;
  try {
    duck = await openDuck({ ...options, folder: folder.work });
    await duck.run(OUTCOME_TYPE);
    const done = await work(duck, folder, () => Math.round(performance.now() - began) / 1000);
    duck.close();
    duck = null;
    folder.publish();
    return done;
  } catch (error) {
    duck?.close();
    folder.discard();
    throw asRefusal(options.lines, error);
  }
}

/** Opens the lines and the credentials, and writes the rejects. */
export async function readFiles(
  duck: Duck,
  folder: OutFolder,
  bulletin: Bulletin,
  options: RunOptions,
): Promise<Surveyed> {
  const source = await openSource({
    ...{ duck, folder: folder.work, file: options.lines },
    ...{ view: "audit_source", columns: LINE_COLUMNS },
    progress: (share) => options.progress(share * 0.3, "reading"),
  });
  warnOfUnknown(source, options);
  options.progress(0.3, "looking for rejects");
  const beside = await duck.beside();
  const [lines] = await allOf([
    surveyLines(duck, source, bulletin, {
      credentials: options.credentials !== undefined,
      folder: folder.work,
    }),
    readHeld(beside, options, folder.work),
  ]).finally(beside.close);
  await writeRejects(duck, folder.draft);
  return lines;
}

/** Reads the credentials, where there are any. */
async function readHeld(duck: Duck, options: RunOptions, folder: string): Promise<void> {
  if (options.credentials === undefined) return;
  const source = await openSource({
    ...{ duck, folder, file: options.credentials },
    ...{ view: "audit_credentials", columns: CREDENTIAL_COLUMNS, progress: () => {} },
  });
  warnOfUnknown(source, options);
  await readCredentials(duck, source);
  await holdStretches(duck);
}

function warnOfUnknown({ file, unknown }: Source, { warn }: RunOptions): void {
  if (unknown.length === 0) return;
  const shown = unknown.slice(0, 10).map((name) => JSON.stringify(name.slice(0, 60)));
  const more = unknown.length > shown.length ? ` and ${unknown.length - shown.length} more` : "";
  warn(`${file}: ignoring columns that are not read: ${shown.join(", ")}${more}`);
}
