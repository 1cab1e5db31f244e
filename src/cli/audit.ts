import { parseArgs } from "node:util";
import { audit } from "../compliance/audit/audit.ts";
import { Refusal } from "../compliance/audit/refusal.ts";
import { AUDITING_OPTIONS, findBulletin, runAuditing } from "./auditing.ts";

const USAGE =
  "throughcare audit LINES --bulletin NUMBER --out DIR [--credentials FILE] [--format csv|parquet] [--json] [--threads N] [--memory 4GB] [--bulletins DIR] [--force] [--readings]";

export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      ...AUDITING_OPTIONS,
      bulletin: { type: "string" },
      readings: { type: "boolean", default: false },
    },
  });
  const [lines, ...more] = positionals;
  return runAuditing(USAGE, values, lines, async (options) => {
    if (more.length > 0 || !values.bulletin) throw new Refusal(USAGE);
    const bulletin = await findBulletin(values.bulletin, values.bulletins);
    return audit({ ...options, bulletin, readings: values.readings });
  });
}
