import { randomBytes } from "node:crypto";
import pg from "pg";
import { inject } from "vitest";
import { inDatabase, type Logins } from "../../src/storage/logins.ts";
import { openStore, prepareServer, type Store } from "../../src/storage/store.ts";
import { TEMPLATES } from "./cluster.ts";

export type TestDatabase = Store & { logins: Logins; drop: () => Promise<void> };

/**
 * A database of this file's own on the run's real PostgreSQL, copied from a template: `empty`
 * (the schema alone) or `demonstration` (the demonstration agency).
 */
export async function testDatabase(
  template: keyof typeof TEMPLATES = "empty",
): Promise<TestDatabase> {
  const { url, folder } = inject("cluster");
  const name = `test_${randomBytes(6).toString("hex")}`;
  await command(url, `CREATE DATABASE ${name} TEMPLATE ${TEMPLATES[template]} STRATEGY FILE_COPY`);
  // Of a database that is there already: two files at once would both make one that is not.
  const logins = inDatabase(await prepareServer(url, folder, TEMPLATES[template]), name);
  const store = await openStore(logins, { migrated: true });
  return {
    ...store,
    logins,
    drop: async () => {
      await store.close();
      await command(url, `DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
}

async function command(url: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}
