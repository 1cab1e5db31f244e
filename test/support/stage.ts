import { sql } from "kysely";
import type { Day } from "../../src/kernel/day.ts";
import { type Acting, actingFor } from "../../src/storage/database.ts";
import { type TestDatabase, testDatabase } from "./database.ts";

/** The demonstration's agency in Missouri by the names of its people, and Zoe, who does everything in another agency. */
export type Stage = {
  db: TestDatabase;
  today: Day;
  agencyId: string;
  /** A consumer's id by given name. */
  id: (given: string) => string;
  /** A member of staff's id by the first part of their email. */
  staffId: (who: string) => string;
  by: (who: string) => { staffId: string; agency: { id: string } };
  as: <T>(who: string, work: (acting: Acting) => Promise<T>) => Promise<T>;
  /** Tries what must be refused, and gives what the database said to it; "" when it let it through. */
  refused: (who: string, work: (acting: Acting) => Promise<unknown>) => Promise<string>;
};

export async function demonstrationStage(): Promise<Stage> {
  const db = await testDatabase("demonstration");
  const { id: agencyId } = await db.owner
    .selectFrom("agency")
    .select("id")
    .where("jurisdiction", "=", "us-mo")
    .executeTakeFirstOrThrow();
  const staff = new Map<string, string>();
  for (const row of await db.owner.selectFrom("staff").select(["id", "email"]).execute()) {
    staff.set(row.email.split("@")[0] ?? "", row.id);
  }
  staff.set("zoe", await addOutsider(db));
  const people = new Map<string, string>();
  for (const row of await db.owner.selectFrom("consumer").select(["id", "given_name"]).execute()) {
    people.set(row.given_name, row.id);
  }
  const get = (map: Map<string, string>) => (key: string) => {
    const found = map.get(key);
    if (!found) throw new Error(`nobody in the demonstration is ${key}`);
    return found;
  };
  const staffId = get(staff);
  const as: Stage["as"] = (who, work) => actingFor(db.app, staffId(who), work);
  const today = await as("ana", async (acting) => {
    const { rows } = await sql<{ day: Day }>`SELECT access.today() AS day`.execute(acting);
    return rows[0]?.day as Day;
  });
  return {
    db,
    today,
    agencyId,
    id: get(people),
    staffId,
    by: (who) => ({ staffId: staffId(who), agency: { id: agencyId } }),
    as,
    refused: (who, work) =>
      as(who, work).then(
        () => "",
        (error: Error) => error.message,
      ),
  };
}

async function addOutsider(db: TestDatabase): Promise<string> {
  const other = await db.owner
    .insertInto("agency")
    .values({
      name: "Elsewhere",
      neutral_name: "Elsewhere",
      jurisdiction: "us-mo",
      locale: "en-US",
      time_zone: "America/Chicago",
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  const zoe = await db.owner
    .insertInto("staff")
    .values({
      agency_id: other.id,
      name: "Zoe",
      email: "zoe@else.example",
      active_from: "2020-01-01",
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  for (const role of ["counselor", "supervisor", "front-desk"]) {
    await db.owner
      .insertInto("staff_role")
      .values({ agency_id: other.id, staff_id: zoe.id, role, valid_from: "2020-01-01" })
      .execute();
  }
  return zoe.id;
}
