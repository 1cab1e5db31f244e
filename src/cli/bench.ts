import { parseArgs } from "node:util";
import { benchAudit } from "../../bench/audit/bench.ts";
import { benchPages } from "../../bench/pages.ts";

/** Side by side, in one run: medians and ratios. Nothing is asserted. */
export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      times: { type: "string", default: "20" },
      people: { type: "string", default: "10000" },
      lines: { type: "string", default: "1000000" },
      rounds: { type: "string", default: "3" },
      peers: { type: "boolean", default: false },
      sample: { type: "string", default: "20000" },
    },
  });
  const [what = "pages"] = positionals;
  if (what === "audit") {
    const [lines, rounds] = [Number(values.lines), Number(values.rounds)];
    await benchAudit({ lines, rounds, sample: Number(values.sample), peers: values.peers });
  } else await benchPages({ times: Number(values.times), people: Number(values.people) });
  return 0;
}
