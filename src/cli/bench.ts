import { parseArgs } from "node:util";
import { benchPages } from "../../bench/pages.ts";

/** Side by side, in one run: medians and ratios. Nothing is asserted. */
export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: { times: { type: "string", default: "100" } },
  });
  await benchPages(Number(values.times));
  return 0;
}
