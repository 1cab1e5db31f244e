import { sql } from "kysely";
import type { Day } from "../kernel/day.ts";
import type { Acting, By } from "../storage/database.ts";
import { changeFrom } from "./rate.ts";

/** Every rate ever set, by service, the newest first; those withdrawn say why. */
export async function findRates(db: Acting) {
  const rows = await db
    .selectFrom("rate as r")
    .leftJoin("staff as s", "s.id", "r.withdrawn_by")
    .select([
      "r.id",
      "r.service",
      "r.code",
      "r.cents_per_unit as cents",
      sql<Day>`r.valid_from`.as("from"),
      sql<Day | null>`r.valid_to`.as("to"),
      "r.withdrawn_at as withdrawnAt",
      "r.withdrawn_reason as withdrawnReason",
      "s.name as withdrawnBy",
    ])
    .orderBy("r.service")
    .orderBy("r.valid_from", "desc")
    .orderBy("r.withdrawn_at")
    .limit(500)
    .execute();
  return rows;
}

/** Sets a rate from a day on and ends the one before; says why not when it cannot. */
export async function setRate(
  db: Acting,
  by: By,
  rate: { service: string; code: string; cents: number; from: Day },
): Promise<"set" | "starts-that-day"> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${by.agencyId}, 43))`.execute(db);
  const standing = (await findRates(db)).filter(
    ({ service, withdrawnAt }) => service === rate.service && withdrawnAt === null,
  );
  const change = changeFrom(standing, rate.from);
  if (!change.ok) return change.because;
  if (change.ends) {
    await db
      .updateTable("rate")
      .set({ valid_to: change.endsOn })
      .where("id", "=", change.ends)
      .execute();
  }
  await db
    .insertInto("rate")
    .values({
      agency_id: by.agencyId,
      service: rate.service,
      code: rate.code,
      cents_per_unit: rate.cents,
      valid_from: rate.from,
      valid_to: change.to,
    })
    .execute();
  return "set";
}

/** Takes back a rate that was wrong from the start; false when none such stands. */
export async function withdrawRate(
  db: Acting,
  by: By,
  id: string,
  reason: string,
): Promise<boolean> {
  const withdrawn = await db
    .updateTable("rate")
    .set({
      withdrawn_at: sql`clock_timestamp()`,
      withdrawn_by: by.staffId,
      withdrawn_reason: reason,
    })
    .where("id", "=", id)
    .where("withdrawn_at", "is", null)
    .returning("id")
    .executeTakeFirst();
  return withdrawn !== undefined;
}
