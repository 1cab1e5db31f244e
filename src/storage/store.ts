import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { connect, type Database } from "./database.ts";
import { ensureLogins, inDatabase, type Logins } from "./logins.ts";
import { migrate } from "./migrate.ts";

/** The database as the product uses it. */
export type Store = {
  /** Under row security: what every page uses, through `actingFor`. */
  app: Database;
  /** Above row security: migrations, the demonstration, `verify-log`. Never a page. */
  owner: Database;
  close: () => Promise<void>;
};

const OWNER = "throughcare_owner";

/**
 * On a server of our own: makes the owner, who is no superuser, and the database, once.
 *
 * @param superuser connection string of the server's superuser
 */
export async function prepareServer(
  superuser: string,
  folder: string,
  database = "throughcare",
): Promise<Logins> {
  const file = join(folder, "owner");
  if (!existsSync(file))
    writeFileSync(file, randomBytes(18).toString("base64url"), { mode: 0o600 });
  const password = readFileSync(file, "utf8");
  const client = new pg.Client({ connectionString: superuser });
  await client.connect();
  try {
    const has = async (catalogue: string, column: string, name: string) =>
      (await client.query(`SELECT FROM ${catalogue} WHERE ${column} = $1`, [name])).rowCount;
    if (!(await has("pg_roles", "rolname", OWNER))) {
      await client.query(`CREATE ROLE ${OWNER} LOGIN CREATEROLE PASSWORD '${password}'`);
    }
    if (!(await has("pg_database", "datname", database))) {
      await client.query(`CREATE DATABASE ${database} OWNER ${OWNER}`);
    }
  } finally {
    await client.end();
  }
  const owner = new URL(superuser);
  owner.username = OWNER;
  owner.password = password;
  owner.pathname = `/${database}`;
  return inDatabase(await ensureLogins(owner.href, folder), database);
}

/** Connects as both logins and brings the schema up to date first. */
export async function openStore(
  logins: Logins,
  { migrated = false }: { migrated?: boolean } = {},
): Promise<Store> {
  const owner = connect(logins.owner, 4);
  try {
    if (!migrated) await migrate(owner);
  } catch (error) {
    await owner.destroy();
    throw error;
  }
  const app = connect(logins.app);
  return {
    app,
    owner,
    close: async () => {
      await Promise.all([app.destroy(), owner.destroy()]);
    },
  };
}
