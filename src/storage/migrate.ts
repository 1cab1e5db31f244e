import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { sql } from "kysely";
import { Migrator } from "kysely/migration";
import type { Database } from "./database.ts";

const folder = join(import.meta.dirname, "migrations");

/** Brings the database up to the newest schema; the lock in it makes two at once harmless. */
export async function migrate(owner: Database): Promise<string[]> {
  const files = readdirSync(folder).filter((name) => name.endsWith(".sql"));
  const migrator = new Migrator({
    db: owner,
    migrationTableSchema: "migration",
    provider: {
      getMigrations: async () =>
        Object.fromEntries(
          files.map((name) => [
            basename(name, ".sql"),
            {
              up: (db) =>
                sql
                  .raw(readFileSync(join(folder, name), "utf8"))
                  .execute(db)
                  .then(),
            },
          ]),
        ),
    },
  });
  const { error, results = [] } = await migrator.migrateToLatest();
  if (error) {
    const failed = results.find((result) => result.status === "Error");
    throw new Error(`Migration ${failed?.migrationName ?? ""} failed`, { cause: error });
  }
  return results.map((result) => result.migrationName);
}
