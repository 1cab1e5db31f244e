import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import type { Bulletin } from "../../policy/bulletin.ts";
import { daysSql, planChunks } from "./chunks.ts";
import { CREDENTIAL_COLUMNS, LINE_COLUMNS } from "./columns.ts";
import { holdOn, readCredentials } from "./credentials.ts";
import { type Duck, openDuck, quoted } from "./duck.ts";
import { type Format, joinParts, judgeChunk, writeParts } from "./judge-chunk.ts";
import { type OutFolder, prepareOutFolder } from "./out-folder.ts";
import { addRejects, findRepeated, prepareRejects, REJECTS, readLines } from "./reading-lines.ts";
import { reportHtml } from "./report.ts";
import { asRefusal, openSource, type Source } from "./source.ts";
import { type Summary, summaryOf } from "./summary.ts";
import { addToTally, prepareTally, readTally } from "./tally.ts";
import { compareReadings, keepForComparing, type ReadingEffect } from "./try-readings.ts";

export interface AuditOptions {
  readonly lines: string;
  readonly bulletin: Bulletin;
  readonly out: string;
  readonly credentials?: string | undefined;
  readonly format: Format;
  readonly threads: number;
  readonly memory: string;
  readonly force: boolean;
  /** Also says what hangs on each reading. */
  readonly readings: boolean;
  readonly warn: (message: string) => void;
  /** `share` of the way, from 0 to 1. */
  readonly progress: (share: number, doing: string) => void;
  /** Told what to call when the run is broken off. */
  readonly onDiscard?: (discard: () => void) => void;
  /** Rows judged at a time, where a test wants few. */
  readonly atATime?: number;
}

/**
 * Audits a file of service lines by one bulletin and writes the folder `out`, whole or not at all. See
 * service-lines.md. Throws a Refusal for what the user can mend.
 */
export async function audit(options: AuditOptions): Promise<Summary> {
  const began = performance.now();
  const folder = prepareOutFolder(options.out, options.force);
  options.onDiscard?.(folder.discard);
  let duck: Duck | null = null;
  try {
    duck = await openDuck({ ...options, folder: folder.work });
    const effects = await auditInto(duck, folder, options);
    const tally = await readTally(duck, options.bulletin);
    await duck.run(`COPY (SELECT "row", line_id, reason FROM ${REJECTS} ORDER BY "row")
TO ${quoted(join(folder.draft, "rejects.csv"))} (FORMAT csv, HEADER true)`);
    const seconds = Math.round(performance.now() - began) / 1000;
    const summary = summaryOf(options.bulletin, tally, effects, seconds);
    await writeFile(join(folder.draft, "summary.json"), `${JSON.stringify(summary, null, 2)}\n`);
    await writeFile(join(folder.draft, "report.html"), reportHtml(options.bulletin, summary));
    duck.close();
    duck = null;
    folder.publish();
    return summary;
  } catch (error) {
    duck?.close();
    folder.discard();
    throw asRefusal(options.lines, error);
  }
}

async function auditInto(
  duck: Duck,
  folder: OutFolder,
  options: AuditOptions,
): Promise<readonly ReadingEffect[] | null> {
  const { bulletin, progress } = options;
  const opening = { duck, folder: folder.work };
  const source = await openSource({
    ...opening,
    ...{ file: options.lines, view: "audit_source", columns: LINE_COLUMNS },
    progress: (share) => progress(share * 0.3, "reading"),
  });
  warnOfUnknown(source, options);
  if (options.credentials !== undefined) {
    const credentials = await openSource({
      ...opening,
      ...{ file: options.credentials, view: "audit_credentials", columns: CREDENTIAL_COLUMNS },
      progress: () => {},
    });
    warnOfUnknown(credentials, options);
    await readCredentials(duck, credentials);
  }
  await Promise.all([prepareRejects(duck), prepareTally(duck)]);
  progress(0.3, "looking for repeated ids");
  const repeated = await findRepeated(duck, source);
  const given = { repeated, credentials: options.credentials !== undefined };
  const read = { duck, source, given, atATime: options.atATime };

  const parts = await eachChunk(read, bulletin, async (part, share) => {
    await addRejects(duck, source, part.chunk, repeated);
    await judgeChunk(duck, bulletin);
    await writeParts(duck, bulletin, folder.work, part.index);
    await addToTally(duck, bulletin);
    if (options.readings) await keepForComparing(duck, part.index);
    progress(0.35 + share * (options.readings ? 0.25 : 0.55), "judging");
  });
  await joinParts(duck, options.format, { folder: folder.work, parts }, folder.draft);
  progress(options.readings ? 0.65 : 0.95, "writing");
  if (!options.readings) return null;
  return compareReadings(
    bulletin,
    duck,
    (other, judged) => eachChunk(read, other, judged),
    (share) => progress(0.65 + share * 0.3, "trying readings"),
  );
}

interface Reading {
  readonly duck: Duck;
  readonly source: Source;
  readonly given: { readonly repeated: boolean; readonly credentials: boolean };
  readonly atATime: number | undefined;
}

/** Reads the lines chunk by chunk. Gives how many chunks there were. */
async function eachChunk(
  { duck, source, given, atATime }: Reading,
  bulletin: Bulletin,
  work: (
    part: { readonly index: number; readonly chunk: Parameters<typeof readLines>[2] },
    share: number,
  ) => Promise<void>,
): Promise<number> {
  const chunks = await planChunks(duck, source, bulletin, atATime);
  for (const [index, chunk] of chunks.entries()) {
    if (given.credentials) await holdOn(duck, daysSql(source, chunk));
    await readLines(duck, source, chunk, given);
    await work({ index, chunk }, (index + 1) / chunks.length);
  }
  return chunks.length;
}

function warnOfUnknown({ file, unknown }: Source, { warn }: AuditOptions): void {
  if (unknown.length === 0) return;
  const shown = unknown.slice(0, 10).map((name) => JSON.stringify(name.slice(0, 60)));
  const more = unknown.length > shown.length ? ` and ${unknown.length - shown.length} more` : "";
  warn(`${file}: ignoring columns that are not read: ${shown.join(", ")}${more}`);
}
