import { sql, type UpdateResult } from "kysely";
import { addDays, type Day } from "../kernel/day.ts";
import type { Acting, By } from "../storage/database.ts";

export const WORK_SHOWN = 200;

export type OpenWork = {
  kind: "keyworker" | "come-back" | "referral" | "support" | "call" | "appointment";
  ref_id: string;
  consumer_id: string | null;
  staff_id: string;
  staff: string;
  leaves_on: Day;
  what: string | null;
  due: Day | null;
  name: string | null;
};

/** What is open and belongs to somebody who has left, as far as the asker may see it. */
export async function findWithoutOwner(db: Acting): Promise<OpenWork[]> {
  const { rows } = await sql<OpenWork>`
    SELECT w.kind, w.ref_id, w.consumer_id, w.staff_id, w.staff, w.leaves_on, w.what, w.due,
      coalesce(nullif(p.preferred_name, ''), p.given_name) || ' ' || p.family_name AS name
    FROM work_without_owner w LEFT JOIN consumer p ON p.id = w.consumer_id
    ORDER BY w.leaves_on, w.staff, w.staff_id, name NULLS LAST, w.kind, w.ref_id
    LIMIT ${WORK_SHOWN}`.execute(db);
  return rows;
}

/** Who can open whose record: nothing is handed to somebody who cannot see that it is theirs. */
export async function findSight(
  db: Acting,
  consumerIds: readonly string[],
): Promise<Map<string, Set<string>>> {
  const { rows } = await sql<{ consumer_id: string; staff_id: string }>`
    SELECT c.id AS consumer_id, s.staff_id
    FROM unnest(${[...consumerIds]}::uuid[]) AS c (id), access.colleagues_with_sight(c.id) s`.execute(
    db,
  );
  const sight = new Map<string, Set<string>>(consumerIds.map((id) => [id, new Set()]));
  for (const { consumer_id, staff_id } of rows) sight.get(consumer_id)?.add(staff_id);
  return sight;
}

/** Hands one thing on. False when it stands no more, or is not one that is handed on like this. */
export async function handOn(
  db: Acting,
  by: By,
  work: OpenWork,
  to: string,
  today: Day,
): Promise<boolean> {
  switch (work.kind) {
    case "keyworker":
      return handOnKeyworker(db, by, work, to, today);
    case "come-back":
      return moved(
        await db
          .updateTable("come_back")
          .set({ told_staff_id: to, told_seen_at: null })
          .where("id", "=", work.ref_id)
          .executeTakeFirst(),
      );
    case "referral":
      return handOnReferral(db, by, work, to, today);
    case "support":
      return moved(
        await db
          .updateTable("recovery_support")
          .set({ owner_id: to })
          .where("id", "=", work.ref_id)
          .executeTakeFirst(),
      );
    case "call":
      return moved(
        await db
          .updateTable("concern_call")
          .set({ owner_id: to })
          .where("id", "=", work.ref_id)
          .executeTakeFirst(),
      );
    case "appointment":
      return false;
  }
}

const moved = ({ numUpdatedRows }: UpdateResult): boolean => numUpdatedRows > 0n;

async function handOnReferral(
  db: Acting,
  by: By,
  work: OpenWork,
  to: string,
  today: Day,
): Promise<boolean> {
  const handed = await db
    .updateTable("referral")
    .set({ owner_id: to })
    .where("id", "=", work.ref_id)
    .executeTakeFirst();
  if (!moved(handed)) return false;
  await db
    .insertInto("referral_step")
    .values({
      agency_id: by.agencyId,
      consumer_id: work.consumer_id ?? "",
      referral_id: work.ref_id,
      on_day: today,
      owner_id: to,
      remark: `${work.staff} has left`,
      by: by.staffId,
    })
    .execute();
  return true;
}

/** Whoever left was keyworker until their last day, or until yesterday where that is to come. */
async function handOnKeyworker(
  db: Acting,
  by: By,
  work: OpenWork,
  to: string,
  today: Day,
): Promise<boolean> {
  const last = work.leaves_on < today ? work.leaves_on : addDays(today, -1);
  const ended = await db
    .updateTable("assignment")
    .set({ valid_to: sql<string>`greatest(valid_from, ${last}::date)` })
    .where("id", "=", work.ref_id)
    .where("valid_to", "is", null)
    .executeTakeFirst();
  if (!moved(ended)) return false;
  await db
    .insertInto("assignment")
    .values({
      agency_id: by.agencyId,
      consumer_id: work.consumer_id ?? "",
      staff_id: to,
      part: "keyworker",
      valid_from: today,
    })
    .execute();
  return true;
}
