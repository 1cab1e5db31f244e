import { sql } from "kysely";
import type { Day } from "../kernel/day.ts";
import type { Acting, By } from "../storage/database.ts";

export type HeardCall = {
  caller: string;
  callback: string | null;
  safeToCallBack: string | null;
  aboutWhom: string | null;
  said: string | null;
  dangerNow: boolean | null;
  ownNeeds: readonly string[];
  offered: readonly string[];
  ownerId: string | null;
  followUpOn: Day | null;
};

/** Writes down what was heard. It is about nobody's record until a clinician says whose. */
export async function keepCall(db: Acting, by: By, call: HeardCall): Promise<string> {
  const { id } = await db
    .insertInto("concern_call")
    .values({
      agency_id: by.agencyId,
      taken_by: by.staffId,
      caller: call.caller,
      callback: call.callback,
      safe_to_call_back: call.safeToCallBack,
      about_whom: call.aboutWhom,
      said: call.said,
      danger_now: call.dangerNow,
      own_needs: [...call.ownNeeds],
      offered: [...call.offered],
      owner_id: call.ownerId,
      follow_up_on: call.followUpOn,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

/** Calls that the asker may read, those to follow up first. */
export async function findCalls(
  db: Acting,
  { closed, skip, most }: { closed: boolean; skip: number; most: number },
) {
  return db
    .selectFrom("concern_call as c")
    .innerJoin("staff as t", "t.id", "c.taken_by")
    .leftJoin("staff as o", "o.id", "c.owner_id")
    .leftJoin("consumer as p", "p.id", "c.consumer_id")
    .select(["c.id", "c.at", "c.caller", "c.danger_now", "c.follow_up_on", "c.closed_on"])
    .select(["t.name as taker", "o.name as owner", "p.id as consumer_id"])
    .where("c.closed_on", closed ? "is not" : "is", null)
    .orderBy(sql`CASE WHEN c.closed_on IS NULL THEN c.follow_up_on END`, (order) =>
      order.asc().nullsLast(),
    )
    .orderBy("c.at", "desc")
    .offset(skip)
    .limit(most)
    .execute();
}

/** One call that the asker may read. */
export async function findCall(db: Acting, id: string) {
  return (
    (await db
      .selectFrom("concern_call as c")
      .innerJoin("staff as t", "t.id", "c.taken_by")
      .leftJoin("staff as o", "o.id", "c.owner_id")
      .leftJoin("consumer as p", "p.id", "c.consumer_id")
      .selectAll("c")
      .select(["t.name as taker", "o.name as owner"])
      .select(["p.given_name", "p.family_name", "p.preferred_name"])
      .where("c.id", "=", id)
      .executeTakeFirst()) ?? null
  );
}

/** Colleagues who may follow a call up. */
export async function findCallOwners(db: Acting, today: Day) {
  return db
    .selectFrom("staff")
    .select(["id", "name"])
    .where("closed_at", "is", null)
    .where((eb) => eb.or([eb("active_to", "is", null), eb("active_to", ">=", today)]))
    .where((eb) =>
      eb.or([
        eb.exists(
          eb
            .selectFrom("credential")
            .select("credential.id")
            .whereRef("credential.staff_id", "=", "staff.id"),
        ),
        eb("id", "=", sql<string>`access.staff()`),
      ]),
    )
    .orderBy("name")
    .limit(300)
    .execute();
}

/** Who follows it up, and when. */
export async function ownCall(
  db: Acting,
  id: string,
  { ownerId, on }: { ownerId: string | null; on: Day | null },
): Promise<void> {
  await db
    .updateTable("concern_call")
    .set({ owner_id: ownerId, follow_up_on: on })
    .where("id", "=", id)
    .where("closed_on", "is", null)
    .execute();
}

export async function closeCall(
  db: Acting,
  id: string,
  { on, outcome }: { on: Day; outcome: string },
): Promise<void> {
  await db
    .updateTable("concern_call")
    .set({ closed_on: on, outcome })
    .where("id", "=", id)
    .where("closed_on", "is", null)
    .execute();
}

/** Says whose record it belongs to, once. False when it may not be said, or was said already. */
export async function linkToRecord(
  db: Acting,
  contactId: string,
  consumerId: string,
): Promise<boolean> {
  const { rows } = await sql<{ linked: boolean }>`
    SELECT access.link_to_record(${contactId}::uuid, ${consumerId}::uuid) AS linked`.execute(db);
  return rows[0]?.linked ?? false;
}
