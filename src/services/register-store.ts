import { sql } from "kysely";
import type { Day } from "../kernel/day.ts";
import type { Acting, By } from "../storage/database.ts";

/** How many meetings back somebody who came is a regular. */
const REGULAR = 6;

export type Expected = {
  consumer_id: string;
  given_name: string;
  family_name: string;
  preferred_name: string | null;
  came: boolean | null;
  note: string | null;
  service_id: string | null;
  /** On it, and not signed yet: on a signed register, it waits for one of its own team. */
  waits: boolean;
  recorded_by: string | null;
  /** Already on this meeting's register; else the others by why they are expected. */
  on_register: boolean;
  regular: boolean;
};

/**
 * Whom a register lists, among those whose records the acting member of staff may open: who is on it
 * already, who came lately, and who is in the group's programme, at most `most` of those.
 */
export async function findExpectedAt(
  db: Acting,
  meeting: { id: string; group_id: string; day: Day; program_id: string | null },
  most: number,
): Promise<{ lines: Expected[]; others: number }> {
  const { rows } = await sql<Expected>`
    WITH regular AS (
      SELECT DISTINCT a.consumer_id FROM group_attendance a
      WHERE a.came AND a.meeting_id IN (SELECT m.id FROM group_meeting m
        WHERE m.group_id = ${meeting.group_id} AND m.day < ${meeting.day} ORDER BY m.day DESC LIMIT ${REGULAR})
    ), enrolled AS (
      SELECT DISTINCT e.consumer_id FROM enrolment e
      WHERE e.program_id = ${meeting.program_id}::uuid AND e.valid_from IS NOT NULL AND e.during @> ${meeting.day}::date
    ), listed AS (
      SELECT consumer_id FROM group_attendance WHERE meeting_id = ${meeting.id}
      UNION SELECT consumer_id FROM regular UNION SELECT consumer_id FROM enrolled
    )
    SELECT c.id AS consumer_id, c.given_name, c.family_name, c.preferred_name, a.came, a.note, a.service_id,
      a.id IS NOT NULL AS on_register, a.id IS NOT NULL AND a.signed_at IS NULL AS waits, a.recorded_by,
      c.id IN (SELECT consumer_id FROM regular) AS regular
    FROM listed l JOIN consumer c ON c.id = l.consumer_id
    LEFT JOIN group_attendance a ON a.meeting_id = ${meeting.id} AND a.consumer_id = c.id
    WHERE c.id IN (SELECT access.record_consumers())
    ORDER BY on_register DESC, regular DESC, c.family_name, c.given_name, c.id
    LIMIT 500`.execute(db);
  const certain = rows.filter((row) => row.on_register || row.regular);
  const room = Math.max(0, most - certain.length);
  const rest = rows.filter((row) => !row.on_register && !row.regular);
  const lines = [...certain, ...rest.slice(0, room)];
  return {
    lines: lines.sort((a, b) =>
      `${a.family_name} ${a.given_name}`.localeCompare(`${b.family_name} ${b.given_name}`),
    ),
    others: rest.length - Math.min(rest.length, room),
  };
}

/** People of one's own programmes whom a register does not list yet, for adding. */
export async function findAddable(db: Acting, listed: readonly string[], today: Day) {
  return db
    .selectFrom("consumer as c")
    .select(["c.id", "c.given_name", "c.family_name", "c.preferred_name"])
    .where(sql<boolean>`c.id IN (SELECT access.record_consumers())`)
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom("enrolment as e")
          .select("e.id")
          .whereRef("e.consumer_id", "=", "c.id")
          .where("e.valid_from", "is not", null)
          .where((or) => or.or([or("e.valid_to", "is", null), or("e.valid_to", ">=", today)])),
      ),
    )
    .$if(listed.length > 0, (query) => query.where("c.id", "not in", [...listed]))
    .orderBy("c.family_name")
    .orderBy("c.given_name")
    .orderBy("c.id")
    .limit(300)
    .execute();
}

export type SavedLine = { consumerId: string; came: boolean | null; note: string | null };

/**
 * Keeps a register as it is so far: topic, who led it, and each line. A line that says nothing is
 * taken off. Lines name people of the acting member of staff only; the database refuses others.
 */
export async function saveRegister(
  db: Acting,
  by: By,
  meetingId: string,
  register: { topic: string | null; leadId: string; lines: readonly SavedLine[] },
): Promise<void> {
  await db
    .updateTable("group_meeting")
    .set({ topic: register.topic, lead_id: register.leadId })
    .where("id", "=", meetingId)
    .execute();
  const said = register.lines.filter(({ came, note }) => came !== null || note !== null);
  const silent = register.lines.filter(({ came, note }) => came === null && note === null);
  if (silent.length > 0) {
    await db
      .deleteFrom("group_attendance")
      .where("meeting_id", "=", meetingId)
      .where(
        "consumer_id",
        "in",
        silent.map(({ consumerId }) => consumerId),
      )
      .execute();
  }
  if (said.length === 0) return;
  await db
    .insertInto("group_attendance")
    .values(
      said.map(({ consumerId, came, note }) => ({
        agency_id: by.agencyId,
        consumer_id: consumerId,
        meeting_id: meetingId,
        came,
        note,
        recorded_by: by.staffId,
      })),
    )
    .onConflict((conflict) =>
      conflict.columns(["meeting_id", "consumer_id"]).doUpdateSet((eb) => ({
        came: eb.ref("excluded.came"),
        note: eb.ref("excluded.note"),
      })),
    )
    .execute();
}

/** How many lines of the register wait for others: people whose record one may not open. */
export async function countUnseen(db: Acting, meetingId: string): Promise<number> {
  const { rows } = await sql<{ unseen: number }>`
    SELECT access.unseen_on_register(${meetingId}) AS unseen`.execute(db);
  return rows[0]?.unseen ?? 0;
}
