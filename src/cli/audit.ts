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
import { AUDITING_OPTIONS, findBulletin, runAuditing } from "./auditing.ts";
import { home } from "./home.ts";
import { DATA_FOLDER, withStore } from "./with-store.ts";

const USAGE =
  "throughcare audit LINES --bulletin NUMBER --out DIR [--credentials FILE] [--format csv|parquet] [--json] [--threads N] [--memory 4GB] [--bulletins DIR] [--force] [--readings], or audit --own [--agency NAME|ID] [--from DAY] [--to DAY] [--data DIR] for the agency's own records";

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
    if (values.readings) throw new Refusal("--readings is for files");
    const span = { from: dayOf("from", values.from), to: dayOf("to", values.to) };
    const summary = await withStore(data, ({ owner }) =>
      auditRecords(owner, options, bulletin, { agency, ...span }),
    );
    if (summary === null) throw new Refusal(`there is no database in ${data}`);
    return summary;
  });
}

/** Reads only, all of it as it stands at one moment. */
function auditRecords(
  database: Database,
  options: RunOptions,
  bulletin: Bulletin,
  { agency, ...span }: { agency: string | undefined; from: Day; to: Day },
): Promise<Summary> {
  return database
    .transaction()
    .setIsolationLevel("repeatable read")
    .setAccessMode("read only")
    .execute(async (db) => {
      const all = await db.selectFrom("agency").select(["id", "name"]).orderBy("name").execute();
      const named = all.filter(
        ({ id, name }) => agency === undefined || [id, name].includes(agency),
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
