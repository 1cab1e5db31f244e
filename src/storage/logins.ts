import { randomBytes } from "node:crypto";
import { join } from "node:path";
import pg from "pg";
import { keep, readOrEmpty } from "./kept.ts";

/** The three ways into one database: see the head of migrations/0001_access.sql. */
export type Logins = { owner: string; app: string; signin: string };

const APP = "throughcare_app";
const SIGNIN = "throughcare_signin";
const OLDEST = 180_000;

/**
 * Makes sure that the two lesser logins exist and returns how to connect as each. Their passwords
 * are random and kept in `folder`, unless the operator names connection strings of their own.
 *
 * @param owner connection string of a login that owns the database and may create roles
 */
export async function ensureLogins(
  owner: string,
  folder: string,
  given: { app?: string | undefined; signin?: string | undefined } = {},
): Promise<Logins> {
  if (given.app && given.signin) return { owner, app: given.app, signin: given.signin };
  const file = join(folder, "logins.json");
  const passwords: Record<string, string> = {};
  const client = new pg.Client({ connectionString: owner });
  await client.connect();
  try {
    const { rows } = await client.query(
      "SELECT current_setting('server_version_num')::int AS number",
    );
    if (rows[0].number < OLDEST) {
      throw new Error(
        `This PostgreSQL is version ${Math.floor(rows[0].number / 10_000)}; Throughcare needs ${OLDEST / 10_000} or later.`,
      );
    }
    // Read under the lock: another process may be keeping its own just now.
    await client.query("SELECT pg_advisory_lock(7217001)");
    Object.assign(passwords, JSON.parse(readOrEmpty(file) || "{}"));
    for (const role of [APP, SIGNIN]) {
      const known = await client.query("SELECT FROM pg_roles WHERE rolname = $1", [role]);
      if (passwords[role] && known.rowCount) continue;
      passwords[role] ??= randomBytes(18).toString("base64url");
      // Only a superuser may so much as name BYPASSRLS of a role that is there; it was made without.
      await client.query(
        known.rowCount
          ? `ALTER ROLE ${role} PASSWORD '${passwords[role]}'`
          : `CREATE ROLE ${role} LOGIN NOBYPASSRLS NOCREATEDB NOCREATEROLE PASSWORD '${passwords[role]}'`,
      );
      keep(file, JSON.stringify(passwords));
    }
  } catch (error) {
    if (error instanceof pg.DatabaseError && error.code === "42501") {
      throw new Error(
        "The login in DATABASE_URL may not create roles. Create throughcare_app and " +
          "throughcare_signin by hand and name them in DATABASE_APP_URL and DATABASE_SIGNIN_URL.",
      );
    }
    throw error;
  } finally {
    await client.end();
  }
  const as = (role: string) => {
    const url = new URL(owner);
    url.username = role;
    url.password = passwords[role] ?? "";
    return url.href;
  };
  return { owner, app: given.app ?? as(APP), signin: given.signin ?? as(SIGNIN) };
}

/** The same logins in another database of the same server. */
export function inDatabase(logins: Logins, database: string): Logins {
  const swap = (text: string) => {
    const url = new URL(text);
    url.pathname = `/${database}`;
    return url.href;
  };
  return { owner: swap(logins.owner), app: swap(logins.app), signin: swap(logins.signin) };
}
