import { type ControlledTransaction, Kysely, PostgresDialect, sql, type Transaction } from "kysely";
import pg from "pg";
import type { DB } from "./schema.ts";

/** Typed queries over the whole schema, as the login of the connection string may run them. */
export type Database = Kysely<DB>;

/** A transaction that acts for one member of staff: the only thing a room's store is given. */
export type Acting = Transaction<DB>;

/** Who writes, and for which agency: what every row says of its author. */
export type By = { readonly staffId: string; readonly agencyId: string };

export type { ControlledTransaction };

const DATE = 1082;
const TIME = 1083;
const INT8 = 20;

// Civil dates and times stay the text they are; counts are numbers.
const types: pg.CustomTypesConfig = {
  getTypeParser(oid, format) {
    if (oid === DATE) return (text: string) => text;
    if (oid === TIME) return (text: string) => text.slice(0, 5);
    if (oid === INT8) return Number;
    return pg.types.getTypeParser(oid, format);
  },
} as pg.CustomTypesConfig;

export function connect(url: string, most = 20): Database {
  const pool = new pg.Pool({ connectionString: url, max: most, types });
  pool.on("error", () => {}); // a dropped idle connection is replaced by the next query
  return new Kysely<DB>({ dialect: new PostgresDialect({ pool }) });
}

const TRY_AGAIN = new Set(["40001", "40P01"]);

/**
 * Runs `work` in one transaction in which row security sees the member of staff. A transaction
 * that lost a race inside the database is run again, so `work` must have no effect outside it.
 * `repeatable read`: every query sees the same moment.
 */
export async function actingFor<T>(
  database: Database,
  staffId: string,
  work: (db: Acting) => Promise<T>,
  isolation: "read committed" | "repeatable read" = "read committed",
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await database
        .transaction()
        .setIsolationLevel(isolation)
        .execute(async (db) => {
          await sql`SELECT set_config('app.staff', ${staffId}, true)`.execute(db);
          return await work(db);
        });
    } catch (error) {
      const lost = error instanceof pg.DatabaseError && TRY_AGAIN.has(error.code ?? "");
      if (!lost || attempt === 5) throw error;
    }
  }
}
