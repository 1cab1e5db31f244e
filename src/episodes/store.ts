import { sql } from "kysely";
import type { Day } from "../kernel/day.ts";
import type { Acting, By } from "../storage/database.ts";
import { lastDayBefore } from "./episode.ts";

/** All episodes, the newest first. */
export async function findEpisodes(db: Acting, consumerId: string) {
  return db
    .selectFrom("episode")
    .select(["id", "previous_id", "opened_on", "closed_on", "closed_reason", "closed_note"])
    .where("consumer_id", "=", consumerId)
    .orderBy("opened_on", "desc")
    .orderBy("id", "desc")
    .limit(100)
    .execute();
}

/** Programmes waited for, gone to and left, the newest first. */
export async function findEnrolments(db: Acting, consumerId: string) {
  return db
    .selectFrom("enrolment")
    .innerJoin("program", "program.id", "enrolment.program_id")
    .select([
      "enrolment.id",
      "enrolment.episode_id",
      "enrolment.program_id",
      "enrolment.requested_on",
      "enrolment.valid_from",
      "enrolment.valid_to",
      "enrolment.end_reason",
      "enrolment.end_note",
      "program.name as program",
    ])
    .where("enrolment.consumer_id", "=", consumerId)
    .orderBy("enrolment.requested_on", "desc")
    .orderBy("enrolment.id", "desc")
    .limit(200)
    .execute();
}

/** Keyworkers and peer mentors, now and before, the newest first. */
export async function findAssignments(db: Acting, consumerId: string) {
  return db
    .selectFrom("assignment")
    .innerJoin("staff", "staff.id", "assignment.staff_id")
    .select([
      "assignment.id",
      "assignment.staff_id",
      "assignment.part",
      "assignment.valid_from",
      "assignment.valid_to",
      "staff.name",
    ])
    .where("assignment.consumer_id", "=", consumerId)
    .orderBy("assignment.valid_from", "desc")
    .orderBy("assignment.id", "desc")
    .limit(200)
    .execute();
}

/** Serialises what is decided about one person's episodes, so that two people cannot both do it. */
export async function lockEpisodes(db: Acting, consumerId: string): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`episodes ${consumerId}`}, 0))`.execute(
    db,
  );
}

export async function findActivePrograms(db: Acting) {
  return db
    .selectFrom("program")
    .select(["id", "name"])
    .where("active", "=", true)
    .orderBy("name")
    .limit(200)
    .execute();
}

export type Colleague = {
  id: string;
  name: string;
  title: string | null;
  roles: string[];
  in_program: boolean;
};

/** Who may be asked to do something around this person, by name. */
export async function findColleagues(db: Acting, consumerId: string): Promise<Colleague[]> {
  const { rows } = await sql<Colleague>`
    SELECT id, name, title, roles, in_program FROM access.colleagues_for(${consumerId})`.execute(
    db,
  );
  return rows;
}

/** Opens an episode; one that follows another is linked to it. */
export async function openEpisode(
  db: Acting,
  by: By,
  consumerId: string,
  opening: { on: Day; previousId: string | null },
): Promise<string> {
  const { id } = await db
    .insertInto("episode")
    .values({
      agency_id: by.agencyId,
      consumer_id: consumerId,
      previous_id: opening.previousId,
      opened_on: opening.on,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

/** Closes an episode, and with it every enrolment, wait and assignment that stands in it. */
export async function closeEpisode(
  db: Acting,
  by: By,
  consumerId: string,
  closing: { episodeId: string; on: Day; reason: string; note: string | null },
): Promise<void> {
  const { episodeId, on, reason, note } = closing;
  const standing = db
    .updateTable("enrolment")
    .where("consumer_id", "=", consumerId)
    .where("episode_id", "=", episodeId);
  await standing
    .set({ valid_to: on, end_reason: reason })
    .where("valid_from", "<=", on)
    .where((eb) => eb.or([eb("valid_to", "is", null), eb("valid_to", ">", on)]))
    .execute();
  await standing
    .set({ valid_from: null, valid_to: on, end_reason: reason })
    .where("valid_to", "is", null)
    .where((eb) => eb.or([eb("valid_from", "is", null), eb("valid_from", ">", on)]))
    .execute();
  await db
    .updateTable("assignment")
    .set({ valid_to: on })
    .where("consumer_id", "=", consumerId)
    .where("valid_from", "<=", on)
    .where((eb) => eb.or([eb("valid_to", "is", null), eb("valid_to", ">", on)]))
    .execute();
  await db
    .updateTable("episode")
    .set({ closed_on: on, closed_reason: reason, closed_note: note, closed_by: by.staffId })
    .where("id", "=", episodeId)
    .where("consumer_id", "=", consumerId)
    .where("closed_on", "is", null)
    .execute();
}

/** Puts the person into a programme from a day on, or on its list when no day is given. */
export async function enrol(
  db: Acting,
  by: By,
  consumerId: string,
  wanted: { episodeId: string; programId: string; requestedOn: Day; from: Day | null },
): Promise<void> {
  await db
    .insertInto("enrolment")
    .values({
      agency_id: by.agencyId,
      consumer_id: consumerId,
      episode_id: wanted.episodeId,
      program_id: wanted.programId,
      requested_on: wanted.requestedOn,
      valid_from: wanted.from,
    })
    .execute();
}

export async function startEnrolment(db: Acting, consumerId: string, id: string, from: Day) {
  await db
    .updateTable("enrolment")
    .set({ valid_from: from })
    .where("id", "=", id)
    .where("consumer_id", "=", consumerId)
    .execute();
}

export async function endEnrolment(
  db: Acting,
  consumerId: string,
  id: string,
  ending: { last: Day; reason: string; note: string | null },
): Promise<void> {
  await db
    .updateTable("enrolment")
    .set({ valid_to: ending.last, end_reason: ending.reason, end_note: ending.note })
    .where("id", "=", id)
    .where("consumer_id", "=", consumerId)
    .execute();
}

/** Makes someone keyworker or peer mentor; whoever was keyworker hands over the day before. */
export async function assign(
  db: Acting,
  by: By,
  consumerId: string,
  wanted: { part: "keyworker" | "peer-mentor"; staffId: string; from: Day },
): Promise<void> {
  if (wanted.part === "keyworker") {
    await db
      .updateTable("assignment")
      .set({ valid_to: lastDayBefore(wanted.from) })
      .where("consumer_id", "=", consumerId)
      .where("part", "=", "keyworker")
      .where("valid_from", "<", wanted.from)
      .where("valid_to", "is", null)
      .execute();
  }
  await db
    .insertInto("assignment")
    .values({
      agency_id: by.agencyId,
      consumer_id: consumerId,
      staff_id: wanted.staffId,
      part: wanted.part,
      valid_from: wanted.from,
    })
    .execute();
}

/** Ends a part with its last day. False when it is not one of theirs that stands. */
export async function endAssignment(
  db: Acting,
  consumerId: string,
  id: string,
  last: Day,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable("assignment")
    .set({ valid_to: last })
    .where("id", "=", id)
    .where("consumer_id", "=", consumerId)
    .where("valid_from", "<=", last)
    .where("valid_to", "is", null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
