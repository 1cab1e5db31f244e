import { existsSync } from "node:fs";
import { join } from "node:path";
import { startCluster } from "../storage/cluster.ts";
import { claimFolder } from "../storage/folder.ts";
import { ensureLogins } from "../storage/logins.ts";
import { openStore, prepareServer, type Store } from "../storage/store.ts";

/** Where a command finds the data folder when it is not told. */
export const DATA_FOLDER = process.env.THROUGHCARE_DATA;

/**
 * Works on the product's database: the one that DATABASE_URL names, else the one in the data folder, which
 * is started for the while unless the product runs on it. Null when there is none.
 */
export async function withStore<T>(
  data: string,
  work: (store: Store) => Promise<T>,
): Promise<T | null> {
  const external = process.env.DATABASE_URL;
  if (!external && !existsSync(join(data, "cluster"))) return null;
  // A server that was running before belongs to the product that runs on it.
  const claim = external ? null : claimFolder(data);
  const cluster = external ? null : await startCluster(data);
  try {
    const logins = external
      ? await ensureLogins(external, data)
      : await prepareServer(cluster?.url() ?? "", data);
    const store = await openStore(logins, { migrated: true });
    try {
      return await work(store);
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
