import { type RawBuilder, sql, type UpdateResult } from "kysely";
import { addDays, type Day } from "../kernel/day.ts";
import type { Acting, By } from "../storage/database.ts";

export const WORK_SHOWN = 200;

/** Handed to a colleague as they stand. */
const handed = [
  ...(["keyworker", "aftercare", "come-back", "referral", "support"] as const),
  ...(["call", "relative-referral", "cosign", "question", "group"] as const),
] as const;
/** Each is seen to where it stands: moved, cancelled, signed for them, sent, or named anew. */
const seenTo = ["appointment", "note", "agreed", "letter", "peer-mentor", "way-back"] as const;

export type OpenWork = {
  kind: (typeof handed)[number] | (typeof seenTo)[number];
  ref_id: string;
  consumer_id: string | null;
  staff_id: string;
  staff: string;
  leaves_on: Day;
  what: string | null;
  due: Day | null;
  /** They still work here, only not with this person any more. */
  moved: boolean;
  name: string | null;
};

export function isHandedOn({ kind }: Pick<OpenWork, "kind">): boolean {
  return (handed as readonly string[]).includes(kind);
}

/** What is open and belongs to somebody who has left, as far as the asker may see it. */
export async function findWithoutOwner(db: Acting): Promise<OpenWork[]> {
  const { rows } = await sql<OpenWork>`
    SELECT w.kind, w.ref_id, w.consumer_id, w.staff_id, w.staff, w.leaves_on, w.what, w.due, w.moved,
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

/** What is handed on by naming somebody else on it, and nothing more. */
const named: Partial<Record<OpenWork["kind"], (id: string, to: string) => RawBuilder<unknown>>> = {
  "come-back": (id, to) =>
    sql`UPDATE come_back SET told_staff_id = ${to}, told_seen_at = NULL WHERE id = ${id}`,
  support: (id, to) => sql`UPDATE recovery_support SET owner_id = ${to} WHERE id = ${id}`,
  call: (id, to) => sql`UPDATE concern_call SET owner_id = ${to} WHERE id = ${id}`,
  cosign: (id, to) =>
    sql`UPDATE conference SET cosign_by = ${to} WHERE id = ${id} AND cosigned_at IS NULL`,
  group: (id, to) => sql`UPDATE support_group SET lead_id = ${to} WHERE id = ${id}`,
};

/** Hands one thing on. False when it stands no more, or is not one that is handed on like this. */
export async function handOn(
  db: Acting,
  by: By,
  work: OpenWork,
  to: string,
  today: Day,
): Promise<boolean> {
  const onlyNamed = named[work.kind];
  if (onlyNamed) {
    const { numAffectedRows } = await onlyNamed(work.ref_id, to).execute(db);
    return numAffectedRows === 1n;
  }
  switch (work.kind) {
    case "keyworker":
      return handOnKeyworker(db, by, work, to, today);
    case "referral":
      return handOnReferral(db, by, work, to, today);
    case "relative-referral":
      return handOnRelative(db, by, work, to, today);
    case "question":
      return handOnQuestion(db, work.ref_id, to);
    case "aftercare":
      return handOnAftercare(db, by, work.ref_id, to, today);
    default:
      return false;
  }
}

async function handOnQuestion(db: Acting, id: string, to: string): Promise<boolean> {
  const { rows } = await sql<{ done: boolean }>`
    SELECT access.hand_on_question(${id}, ${to}) AS done`.execute(db);
  return rows[0]?.done ?? false;
}

/** After an ending nobody is keyworker: a colleague follows up in their place. */
async function handOnAftercare(
  db: Acting,
  by: By,
  consumerId: string,
  to: string,
  today: Day,
): Promise<boolean> {
  // Whoever followed up until now began on an earlier day, or is replaced on the very same.
  await sql`UPDATE assignment SET valid_to = greatest(valid_from, ${addDays(today, -1)}::date)
    WHERE consumer_id = ${consumerId} AND part = 'aftercare' AND valid_to IS NULL`.execute(db);
  await db
    .insertInto("assignment")
    .values({
      agency_id: by.agencyId,
      consumer_id: consumerId,
      staff_id: to,
      part: "aftercare",
      valid_from: today,
    })
    .execute();
  return true;
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

async function handOnRelative(
  db: Acting,
  by: By,
  work: OpenWork,
  to: string,
  today: Day,
): Promise<boolean> {
  const handed = await db
    .updateTable("concern_referral")
    .set({ owner_id: to })
    .where("id", "=", work.ref_id)
    .where("status", "<>", "closed")
    .executeTakeFirst();
  if (!moved(handed)) return false;
  await db
    .insertInto("concern_referral_step")
    .values({
      ...{ agency_id: by.agencyId, referral_id: work.ref_id, on_day: today, owner_id: to },
      ...{ remark: `${work.staff} has left`, recorded_by: by.staffId },
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
