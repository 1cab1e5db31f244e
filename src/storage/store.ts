import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { sql } from "kysely";
import pg from "pg";
import { connect, type Database } from "./database.ts";
import { keptOr } from "./kept.ts";
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
 * @param startAgain throws away what the database holds: a demonstration that was left half filled
 */
export async function prepareServer(
  superuser: string,
  folder: string,
  database = "throughcare",
  { startAgain = false }: { startAgain?: boolean } = {},
): Promise<Logins> {
  const password = keptOr(join(folder, "owner"), () => randomBytes(18).toString("base64url"));
  const client = new pg.Client({ connectionString: superuser });
  await client.connect();
  try {
    // Two that start at once on a fresh server would both find nothing there; let go with the connection.
    await client.query("SELECT pg_advisory_lock(20_070)");
    const has = async (catalogue: string, column: string, name: string) =>
      (await client.query(`SELECT FROM ${catalogue} WHERE ${column} = $1`, [name])).rowCount;
    if (!(await has("pg_roles", "rolname", OWNER))) {
      await client.query(`CREATE ROLE ${OWNER} LOGIN CREATEROLE PASSWORD '${password}'`);
    }
    if (startAgain) await client.query(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`);
    if (!(await has("pg_database", "datname", database))) {
      await client.query(`CREATE DATABASE ${database} OWNER ${OWNER}`).catch((error) => {
        // Another start made it that very moment.
        if (!["42P04", "23505"].includes(error.code)) throw error;
      });
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
  try {
    await refuseMighty(app);
  } catch (error) {
    await Promise.all([app.destroy(), owner.destroy()]);
    throw error;
  }
  return {
    app,
    owner,
    close: async () => {
      await Promise.all([app.destroy(), owner.destroy()]);
    },
  };
}

/** Row security is the last wall: a login that may pass it serves no page. */
async function refuseMighty(app: Database): Promise<void> {
  const { rows } = await sql<{ login: string; passes: boolean }>`
    SELECT current_user AS login, rolsuper OR rolbypassrls OR EXISTS (
      SELECT FROM pg_class WHERE oid = 'public.consumer'::regclass
        AND pg_has_role(current_user, relowner, 'MEMBER')) AS passes
    FROM pg_roles WHERE rolname = current_user`.execute(app);
  if (rows[0]?.passes === false) return;
  throw new Error(
    `The login ${rows[0]?.login} can pass row security. Pages need one that cannot: throughcare_app.`,
  );
}
