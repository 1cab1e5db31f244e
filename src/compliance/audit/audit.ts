import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Bulletin } from "../../policy/bulletin.ts";
import type { Duck } from "./duck.ts";
import { judgeLines } from "./judge-lines.ts";
import type { OutFolder } from "./out-folder.ts";
import { writeFindings, writeLines } from "./outputs.ts";
import { reportHtml } from "./report.ts";
import { type Summary, summaryOf } from "./summary.ts";
import { EXCEPTIONS } from "./tables.ts";
import { tally } from "./tally.ts";
import { compareReadings } from "./try-readings.ts";
import { type RunOptions, readFiles, runWhole } from "./whole-run.ts";

export interface AuditOptions extends RunOptions {
  readonly bulletin: Bulletin;
  /** Also says what hangs on each reading. */
  readonly readings: boolean;
}

/**
 * Audits a file of service lines by one bulletin and writes the folder `out`, whole or not at all. See
 * service-lines.md. Throws a Refusal for what the user can mend.
 */
export function audit(options: AuditOptions): Promise<Summary> {
  return runWhole(options, async (duck, folder, seconds) => {
    const { sums, effects } = await auditInto(duck, folder, options);
    const summary = summaryOf(options.bulletin, sums, effects, seconds());
    await writeFile(join(folder.draft, "summary.json"), `${JSON.stringify(summary, null, 2)}\n`);
    await writeFile(join(folder.draft, "report.html"), reportHtml(options.bulletin, summary));
    return summary;
  });
}

async function auditInto(duck: Duck, folder: OutFolder, options: AuditOptions) {
  const { bulletin, progress, atATime, format } = options;
  const lines = await readFiles(duck, folder, bulletin, options);

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
