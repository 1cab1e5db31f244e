import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import type { Bulletin } from "../../policy/bulletin.ts";
import { CREDENTIAL_COLUMNS, LINE_COLUMNS } from "./columns.ts";
import { holdStretches, readCredentials } from "./credentials.ts";
import { type Duck, openDuck } from "./duck.ts";
import { judgeLines } from "./judge-lines.ts";
import { type OutFolder, prepareOutFolder } from "./out-folder.ts";
import { type Format, writeFindings, writeLines, writeRejects } from "./outputs.ts";
import { surveyLines } from "./reading-lines.ts";
import { reportHtml } from "./report.ts";
import { asRefusal, openSource, type Source } from "./source.ts";
import { type Summary, summaryOf } from "./summary.ts";
import { EXCEPTIONS, OUTCOME_TYPE } from "./tables.ts";
import { tally } from "./tally.ts";
import { compareReadings } from "./try-readings.ts";

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
    const { sums, effects } = await auditInto(duck, folder, options);
    const seconds = Math.round(performance.now() - began) / 1000;
    const summary = summaryOf(options.bulletin, sums, effects, seconds);
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

async function auditInto(duck: Duck, folder: OutFolder, options: AuditOptions) {
  const { bulletin, progress, atATime, format } = options;
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
    await holdStretches(duck);
  }
  await duck.run(OUTCOME_TYPE);
  progress(0.3, "looking for rejects");
  const lines = await surveyLines(duck, source, bulletin, options.credentials !== undefined);
  await writeRejects(duck, folder.draft);

  const span = options.readings ? 0.2 : 0.35;
  await judgeLines(duck, lines, bulletin, EXCEPTIONS, {
    atATime,
    progress: (share) => progress(0.4 + share * span, "judging"),
  });
  progress(0.4 + span, "writing");
  await writeLines(duck, bulletin, format, folder.draft);
  const findings = await writeFindings(duck, bulletin, format, folder);
  progress(0.6 + span, "adding up");
  const sums = await tally(duck, bulletin, findings);
  if (!options.readings) return { sums, effects: null };
  const effects = await compareReadings(
    duck,
    lines,
    { bulletin, exceptions: EXCEPTIONS },
    { atATime, progress: (share) => progress(0.8 + share * 0.2, "trying readings") },
  );
  return { sums, effects };
}

function warnOfUnknown({ file, unknown }: Source, { warn }: AuditOptions): void {
  if (unknown.length === 0) return;
  const shown = unknown.slice(0, 10).map((name) => JSON.stringify(name.slice(0, 60)));
  const more = unknown.length > shown.length ? ` and ${unknown.length - shown.length} more` : "";
  warn(`${file}: ignoring columns that are not read: ${shown.join(", ")}${more}`);
}
