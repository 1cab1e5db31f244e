import { sql } from "kysely";
import type { Day } from "../kernel/day.ts";
import type { Acting, By } from "../storage/database.ts";

type Row = {
  id: string;
  consumer_id: string;
  ended_on: string;
  planned: boolean;
  reason: string;
  note: string | null;
  contact_due: Date | null;
  overdose_advice: string | null;
  overdose_advice_on: string | null;
  overdose_advice_by: string | null;
  naloxone: string | null;
  naloxone_on: string | null;
  naloxone_by: string | null;
  reached_at: Date | null;
  came_back: boolean;
  /** The unit that they left. */
  unit: string | null;
  /** The whole episode ended that day. */
  whole: boolean;
  /** Who knows them: the last keyworker. */
  keyworker: string | null;
  given_name: string;
  family_name: string;
  preferred_name: string | null;
  phone: string | null;
  safe_to_call: string | null;
};
export type LeavingRow = Row;

const leavings = (where: ReturnType<typeof sql>) => sql<Row>`
  SELECT l.id, l.consumer_id, l.ended_on, l.planned, l.reason, l.note, l.contact_due,
    l.overdose_advice, l.overdose_advice_on, adviser.name AS overdose_advice_by,
    l.naloxone, l.naloxone_on, giver.name AS naloxone_by, reached.at AS reached_at,
    EXISTS (SELECT FROM episode e WHERE e.consumer_id = l.consumer_id AND e.id <> l.episode_id AND e.opened_on >= l.ended_on)
      OR EXISTS (SELECT FROM placement s WHERE s.consumer_id = l.consumer_id AND s.id IS DISTINCT FROM l.placement_id AND s.admitted_on >= l.ended_on)
      OR EXISTS (SELECT FROM enrolment n WHERE n.episode_id = l.episode_id AND n.valid_from > l.ended_on AND n.valid_from <= access.today()) AS came_back,
    u.name AS unit,
    EXISTS (SELECT FROM episode e WHERE e.id = l.episode_id AND e.closed_on = l.ended_on) AS whole,
    (SELECT k.name FROM assignment a JOIN staff k ON k.id = a.staff_id
      WHERE a.consumer_id = l.consumer_id AND a.part = 'keyworker' ORDER BY a.valid_from DESC LIMIT 1) AS keyworker,
    p.given_name, p.family_name, p.preferred_name, p.phone, p.safe_to_call
  FROM leaving l JOIN consumer p ON p.id = l.consumer_id
  LEFT JOIN staff adviser ON adviser.id = l.overdose_advice_by
  LEFT JOIN staff giver ON giver.id = l.naloxone_by
  LEFT JOIN LATERAL (SELECT a.unit_id FROM stay_place a
    WHERE a.placement_id = l.placement_id AND a.consumer_id = l.consumer_id AND a.back = 1) at ON true
  LEFT JOIN unit u ON u.id = at.unit_id
  LEFT JOIN LATERAL (SELECT c.at FROM leaving_contact c
    WHERE c.leaving_id = l.id AND c.reached ORDER BY c.at LIMIT 1) reached ON true
  ${where}`;

/** Every ending of one person, the newest first. */
export async function findLeavings(db: Acting, consumerId: string): Promise<Row[]> {
  const { rows } = await leavings(
    sql`WHERE l.consumer_id = ${consumerId} ORDER BY l.ended_on DESC, l.id DESC LIMIT 50`,
  ).execute(db);
  return rows;
}

/** One ending that is in sight, whoever's it is. */
export async function findLeaving(db: Acting, id: string): Promise<Row | null> {
  const { rows } = await leavings(sql`WHERE l.id = ${id}`).execute(db);
  return rows[0] ?? null;
}

/** How many endings the list of a team shows at most. */
export const LEAVINGS_SHOWN = 100;

/** Endings in sight that still ask for something: by `contact_due`, the unplanned and unreached first. */
export async function findOpenLeavings(db: Acting): Promise<Row[]> {
  const { rows } = await leavings(sql`
    WHERE l.contact_due IS NOT NULL AND (l.overdose_advice IS NULL OR l.naloxone IS NULL OR l.id NOT IN (SELECT leaving_id FROM leaving_contact WHERE reached))
    ORDER BY l.planned, reached.at IS NOT NULL, l.contact_due LIMIT ${2 * LEAVINGS_SHOWN}`).execute(
    db,
  );
  return rows;
}

/** The tries to reach people who left, by leaving, the newest first. */
export async function findTries(db: Acting, leavingIds: readonly string[]) {
  if (leavingIds.length === 0) return [];
  return db
    .selectFrom("leaving_contact as try")
    .innerJoin("staff as author", "author.id", "try.recorded_by")
    .select(["try.id", "try.leaving_id", "try.at", "try.how", "try.reached", "try.note"])
    .leftJoin("support as whom", "whom.id", "try.support_id")
    .select(["author.name as author", "whom.name as through"])
    .where("try.leaving_id", "in", leavingIds)
    .orderBy("try.at", "desc")
    .limit(500)
    .execute();
}
export type Try = Awaited<ReturnType<typeof findTries>>[number];

/** Says whether overdose advice or naloxone was given. False when that was answered for good. */
export async function answerLeaving(
  db: Acting,
  by: By,
  consumerId: string,
  leavingId: string,
  answer: { of: "overdose_advice" | "naloxone"; said: string; on: Day },
): Promise<boolean> {
  const set =
    answer.of === "naloxone"
      ? { naloxone: answer.said, naloxone_on: answer.on, naloxone_by: by.staffId }
      : {
          overdose_advice: answer.said,
          overdose_advice_on: answer.on,
          overdose_advice_by: by.staffId,
        };
  const { numUpdatedRows } = await db
    .updateTable("leaving")
    .set(set)
    .where("id", "=", leavingId)
    .where("consumer_id", "=", consumerId)
    .where((eb) =>
      eb.or([eb(answer.of, "is", null), eb(answer.of, "in", ["declined", "not-possible"])]),
    )
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Records a try to reach somebody who left. */
export async function addTry(
  db: Acting,
  by: By,
  consumerId: string,
  leavingId: string,
  tried: {
    at: Date;
    how: string;
    reached: boolean;
    note: string | null;
    /** Through whom, and the row of the accounting that says what they were told. */
    through?: { supportId: string; disclosureId: string } | null;
  },
): Promise<void> {
  await db
    .insertInto("leaving_contact")
    .values({
      agency_id: by.agencyId,
      consumer_id: consumerId,
      leaving_id: leavingId,
      at: tried.at.toISOString(),
      how: tried.how,
      reached: tried.reached,
      note: tried.note,
      support_id: tried.through?.supportId ?? null,
      disclosure_id: tried.through?.disclosureId ?? null,
      recorded_by: by.staffId,
    })
    .execute();
}
