import { sql } from "kysely";
import type { Day } from "../kernel/day.ts";
import type { Answer } from "../people/consent.ts";
import type { Acting } from "../storage/database.ts";
import { type Draft, newDraft, privateMinutesOf, readDraft } from "./conference-draft.ts";

/** Whether somebody may be checked in now: the answer of their consent, asked at the door. */
export type AtDoor = ReadonlyMap<string, Answer>;

/** A conference as it is held: its plan, and the draft of what is recorded. */
export type Held = NonNullable<Awaited<ReturnType<typeof findHeld>>>;

/** The conference with its draft; null when there is none such for this consumer. */
export async function findHeld(
  db: Acting,
  consumerId: string,
  conferenceId: string,
  { lock = false }: { lock?: boolean } = {},
) {
  const row = await db
    .selectFrom("conference as c")
    .innerJoin("appointment as a", "a.id", "c.appointment_id")
    .innerJoin("staff as lead", "lead.id", "c.lead_id")
    .innerJoin("program as p", "p.id", "c.program_id")
    .innerJoin("consumer as who", "who.id", "c.consumer_id")
    .select(["c.id", "c.agency_id", "c.consumer_id", "c.lead_id", "c.program_id", "c.purposes"])
    .select(["c.draft", "c.draft_version", "c.draft_saved_at", "c.signed_at", "c.voided_at"])
    .select(["a.id as appointment_id", "a.day", "a.starts", "a.ends", "a.room_id", "a.status"])
    .select(["lead.name as lead", "p.name as program", "p.kind as program_kind"])
    .select(["who.given_name", "who.preferred_name"])
    .where("c.id", "=", conferenceId)
    .where("c.consumer_id", "=", consumerId)
    .$if(lock, (query) => query.forUpdate("c"))
    .executeTakeFirst();
  if (!row) return null;
  const expected = await db
    .selectFrom("conference_support")
    .select(["support_id", "remote"])
    .where("conference_id", "=", conferenceId)
    .execute();
  return {
    ...row,
    day: row.day as Day,
    called: row.preferred_name ?? row.given_name,
    expected,
    draft: draftOf(row, expected),
  };
}

function draftOf(
  row: { draft: unknown; starts: string; ends: string; room_id: string },
  expected: readonly { support_id: string; remote: boolean }[],
): Draft {
  if (row.draft !== null) {
    const read = readDraft(row.draft);
    if (!read.success) throw new Error("a stored draft is in no form this version reads");
    return read.data;
  }
  const draft = newDraft({ start: row.starts, end: row.ends, room: row.room_id });
  const supports = expected.map(({ support_id, remote }) => ({
    ...{ id: support_id, came: null, remote, heard: "" },
  }));
  return { ...draft, here: { ...draft.here, supports } };
}

/** Whether it can still be written in: planned or just held, and neither signed, voided nor closed. */
export function isOpen(held: Pick<Held, "signed_at" | "voided_at" | "status">): boolean {
  return (
    held.signed_at === null &&
    held.voided_at === null &&
    (held.status === "scheduled" || held.status === "held")
  );
}

export type Saved =
  | { state: "saved"; version: number; savedAt: Date; turnedAway: string[] }
  | { state: "conflict"; version: number; savedAt: Date | null; draft: Draft }
  | { state: "closed" };

/**
 * Keeps the draft, if nobody kept another since this one was read. Whoever is newly checked in needs
 * a consent that answers now; without one they are not checked in, and the rest is kept.
 */
export async function saveDraft(
  db: Acting,
  held: Held,
  sent: { draft: Draft; version: number },
  atDoor: AtDoor,
): Promise<Saved> {
  if (!isOpen(held)) return { state: "closed" };
  if (sent.version !== held.draft_version) {
    const { draft_version: version, draft_saved_at: savedAt, draft } = held;
    return { state: "conflict", version, savedAt, draft };
  }
  const { draft, turnedAway } = atTheDoor(held.draft, sent.draft, atDoor);
  const { draft_version, draft_saved_at } = await db
    .updateTable("conference")
    .set((eb) => ({
      draft: JSON.stringify(draft),
      draft_version: eb("draft_version", "+", 1),
      draft_saved_at: sql<Date>`now()`,
    }))
    .where("id", "=", held.id)
    .returning(["draft_version", "draft_saved_at"])
    .executeTakeFirstOrThrow();
  return {
    ...{ state: "saved", version: draft_version, savedAt: draft_saved_at ?? new Date(0) },
    turnedAway,
  };
}

/** The draft with those back outside who were not checked in before and may not be now. */
export function atTheDoor(
  before: Draft,
  after: Draft,
  atDoor: AtDoor,
): { draft: Draft; turnedAway: string[] } {
  const inside = new Set(before.here.supports.filter(cameIn).map(({ id }) => id));
  const turnedAway = after.here.supports
    .filter((support) => cameIn(support) && !inside.has(support.id) && !atDoor.get(support.id)?.yes)
    .map(({ id }) => id);
  const supports = after.here.supports.map((support) =>
    turnedAway.includes(support.id) ? { ...support, came: null } : support,
  );
  return { draft: { ...after, here: { ...after.here, supports } }, turnedAway };
}

function cameIn({ came }: { came: string | null }): boolean {
  return came === "yes";
}

/**
 * Ends it before it began, without consequences: nothing is signed, nothing can be claimed, and what
 * the calendar shows says no more than that it was not held. Why stays in the private word.
 */
export async function endQuietly(
  db: Acting,
  held: Held,
  by: { staffId: string },
  before: Draft["before"],
): Promise<boolean> {
  if (!isOpen(held)) return false;
  await db
    .insertInto("private_word")
    .values({
      conference_id: held.id,
      agency_id: held.agency_id,
      consumer_id: held.consumer_id,
      held: before.word !== "no",
      minutes: privateMinutesOf({ before }),
      safe_to_go_on: before.safe === null ? null : before.safe === "yes",
      not_to_be_said: before.notSaid.trim() || null,
      ended_quietly: true,
      recorded_by: by.staffId,
    })
    .execute();
  await db
    .updateTable("conference")
    .set((eb) => ({ draft: null, draft_version: eb("draft_version", "+", 1) }))
    .where("id", "=", held.id)
    .execute();
  await db
    .updateTable("appointment")
    .set({ status: "cancelled", status_reason: "Not held" })
    .where("id", "=", held.appointment_id)
    .execute();
  return true;
}

/** The goals of the active plan, which barriers are tied to. */
export function findGoals(db: Acting, consumerId: string) {
  return db
    .selectFrom("goal")
    .innerJoin("care_plan", "care_plan.id", "goal.plan_id")
    .select(["goal.lineage", "goal.text"])
    .where("goal.consumer_id", "=", consumerId)
    .where("care_plan.state", "=", "active")
    .where("goal.status", "=", "open")
    .orderBy("goal.position")
    .limit(50)
    .execute();
}

/** Colleagues who may be named: owners of referrals, staff who were there. */
export async function findColleagues(db: Acting, consumerId: string) {
  const { rows } = await sql<{ id: string; name: string; title: string | null }>`
    SELECT id, name, title FROM access.colleagues_for(${consumerId}::uuid)`.execute(db);
  return rows;
}

/** Where it can be held; the setting comes with the room. */
export function findRooms(db: Acting) {
  return db
    .selectFrom("room")
    .select(["id", "name", "setting"])
    .where("active", "=", true)
    .orderBy("name")
    .execute();
}
