import { existsSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { startCluster } from "../storage/cluster.ts";
import { claimFolder } from "../storage/folder.ts";
import { ensureLogins } from "../storage/logins.ts";
import { openStore, prepareServer } from "../storage/store.ts";
import { verifyAccessLog } from "../storage/verify-log.ts";
import { home } from "./home.ts";

/** Exit 0 when every entry of the access log is as it was sealed; 1 when one is not. */
export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      data: { type: "string", default: process.env.THROUGHCARE_DATA ?? join(home, "data") },
    },
  });
  const external = process.env.DATABASE_URL;
  if (!external && !existsSync(join(values.data, "cluster"))) {
    console.error(`There is no database in ${values.data}.`);
    return 2;
  }
  // A server that was running before belongs to the product that runs on it.
  const claim = external ? null : claimFolder(values.data);
  const cluster = external ? null : await startCluster(values.data);
  try {
    const logins = external
      ? await ensureLogins(external, values.data)
      : await prepareServer(cluster?.url() ?? "", values.data);
    const store = await openStore(logins, { migrated: true });
    try {
      const { entries, breaks } = await verifyAccessLog(store.owner);
      for (const found of breaks) console.log(found);
      console.log(`${entries} entries, ${breaks.length ? "ALTERED" : "all as they were sealed"}`);
      return breaks.length ? 1 : 0;
    } finally {
      await store.close();
    }
  } finally {
    if (claim?.ours) {
      await cluster?.stop();
      claim.release();
    }
  }
}
