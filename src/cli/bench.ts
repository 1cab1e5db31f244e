import { parseArgs } from "node:util";
import { benchAudit } from "../../bench/audit/bench.ts";
import { benchPages } from "../../bench/pages.ts";

/** Side by side, in one run: medians and ratios. Nothing is asserted. */
export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      times: { type: "string", default: "100" },
      lines: { type: "string", default: "1000000" },
      rounds: { type: "string", default: "3" },
    },
  });
  const [what = "pages"] = positionals;
  if (what === "audit") await benchAudit(Number(values.lines), Number(values.rounds));
  else await benchPages(Number(values.times));
  return 0;
}
