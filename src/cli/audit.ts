import { join } from "node:path";
import { parseArgs } from "node:util";
import { audit } from "../compliance/audit/audit.ts";
import { auditOwnInto, type OwnScope } from "../compliance/audit/own.ts";
import { Refusal } from "../compliance/audit/refusal.ts";
import type { Summary } from "../compliance/audit/summary.ts";
import type { RunOptions } from "../compliance/audit/whole-run.ts";
import { type Day, getDay, parseDay } from "../kernel/day.ts";
import type { Bulletin } from "../policy/bulletin.ts";
import type { Database } from "../storage/database.ts";
import {
  AUDITING_HELP,
  AUDITING_OPTIONS,
  FILES_HELP,
  findBulletin,
  runAuditing,
} from "./auditing.ts";
import { home } from "./home.ts";
import { DATA_FOLDER, withStore } from "./with-store.ts";

const USAGE =
  "throughcare audit LINES --bulletin NUMBER --out DIR, or audit --own --bulletin NUMBER --out DIR; throughcare audit --help says more";

export const help = `throughcare audit LINES --bulletin NUMBER --out DIR [options]
  Judges a CSV or Parquet file of service lines by a bulletin. Needs no server and no database.
throughcare audit --own --bulletin NUMBER --out DIR [options]
  Judges the agency's own records, in the database of a data folder. Changes nothing there.

Written to DIR, all or nothing: lines and findings (Parquet or CSV), rejects.csv, summary.json, report.html.
Exit 0 when the audit ran, whatever it found; 2, with one line that says why, when it could not.

  --bulletin NUMBER     the bulletin to judge by, such as FY10-Clinical-16
  --out DIR             a folder that does not exist yet or is empty
${AUDITING_HELP}
  --readings            also try every other reading of the bulletin: how many lines and units hang on each

With LINES:
${FILES_HELP}

With --own:
  --agency NAME|ID      which agency, where several are of the bulletin's jurisdiction
  --from DAY --to DAY   services of these days only, YYYY-MM-DD, both included
  --data FOLDER         the data folder, ./data unless said`;

export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      ...AUDITING_OPTIONS,
      bulletin: { type: "string" },
      readings: { type: "boolean", default: false },
      own: { type: "boolean", default: false },
      agency: { type: "string" },
      from: { type: "string", default: "1900-01-01" },
      to: { type: "string", default: "9999-12-31" },
      data: { type: "string", default: DATA_FOLDER ?? join(home, "data") },
    },
  });
  const { own, data, agency } = values;
  const [lines = own ? "" : undefined, ...more] = positionals;
  return runAuditing(USAGE, values, lines, async (options) => {
    if (more.length > 0 || !values.bulletin || (own && lines !== "")) throw new Refusal(USAGE);
    const bulletin = await findBulletin(values.bulletin, values.bulletins);
    if (!own) return audit({ ...options, bulletin, readings: values.readings });
    const span = { from: dayOf("from", values.from), to: dayOf("to", values.to) };
    const summary = await withStore(data, ({ owner }) =>
      auditRecords(owner, { ...options, readings: values.readings }, bulletin, { agency, ...span }),
    );
    if (summary === null) throw new Refusal(`there is no database in ${data}`);
    return summary;
  });
}

/** Reads only, all of it as it stands at one moment. */
function auditRecords(
  database: Database,
  options: RunOptions & { readonly readings: boolean },
  bulletin: Bulletin,
  { agency, ...span }: { agency: string | undefined; from: Day; to: Day },
): Promise<Summary> {
  return database
    .transaction()
    .setIsolationLevel("repeatable read")
    .setAccessMode("read only")
    .execute(async (db) => {
      const all = await db
        .selectFrom("agency")
        .select(["id", "name", "jurisdiction"])
        .orderBy("name")
        .execute();
      const named = all.filter(({ id, name, jurisdiction }) =>
        agency === undefined ? jurisdiction === bulletin.jurisdiction : [id, name].includes(agency),
      );
      const [one, ...others] = named;
      if (one === undefined || others.length > 0) {
        const known = all.map(({ name }) => name).join(", ");
        throw new Refusal(`--agency: say which; there is ${known || "none"}`);
      }
      const scope: OwnScope = { agencyId: one.id, ...span };
      return auditOwnInto(db, { ...options, bulletin, scope });
    });
}

function dayOf(option: string, text: string): Day {
  if (parseDay(text) === null) throw new Refusal(`--${option} is a date YYYY-MM-DD`);
  return getDay(text);
}
