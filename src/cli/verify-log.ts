import { join } from "node:path";
import { parseArgs } from "node:util";
import { verifyAccessLog } from "../storage/verify-log.ts";
import { home } from "./home.ts";
import { DATA_FOLDER, withStore } from "./with-store.ts";

/** Exit 0 when every entry of the access log is as it was sealed; 1 when one is not. */
export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      data: { type: "string", default: DATA_FOLDER ?? join(home, "data") },
    },
  });
  const code = await withStore(values.data, async ({ owner }) => {
    const { entries, breaks } = await verifyAccessLog(owner);
    for (const found of breaks) console.log(found);
    console.log(`${entries} entries, ${breaks.length ? "ALTERED" : "all as they were sealed"}`);
    return breaks.length ? 1 : 0;
  });
  if (code === null) console.error(`There is no database in ${values.data}.`);
  return code ?? 2;
}
