import { sql } from "kysely";
import type { Day } from "../kernel/day.ts";
import type { Acting, By } from "../storage/database.ts";

/** How the family took part in a discharge conference (FC 3.1.1.3). */
export type FamilyPart = "there" | "family-conference" | "none";

export type NewDischargeConference = {
  heldOn: Day;
  consumerTookPart: boolean;
  family: FamilyPart;
  /** The Family Conference that was the family's part; only then. */
  conferenceId: string | null;
  /** The meeting in the calendar as which it was planned, where it was. */
  appointmentId: string | null;
  remark: string | null;
};

/** Records a discharge conference of an episode. Whose episode it is, the database asks itself. */
export async function recordDischargeConference(
  db: Acting,
  by: By,
  of: { consumerId: string; episodeId: string },
  held: NewDischargeConference,
): Promise<void> {
  await db
    .insertInto("discharge_conference")
    .values({
      agency_id: by.agencyId,
      consumer_id: of.consumerId,
      episode_id: of.episodeId,
      held_on: held.heldOn,
      consumer_took_part: held.consumerTookPart,
      family: held.family,
      conference_id: held.conferenceId,
      appointment_id: held.appointmentId,
      remark: held.remark,
      recorded_by: by.staffId,
    })
    .execute();
}

/** The discharge conferences of all episodes, the newest first. */
export async function findDischargeConferences(db: Acting, consumerId: string) {
  return db
    .selectFrom("discharge_conference as held")
    .innerJoin("staff as author", "author.id", "held.recorded_by")
    .leftJoin("conference", "conference.id", "held.conference_id")
    .leftJoin("appointment", "appointment.id", "conference.appointment_id")
    .select(["held.id", "held.episode_id", "held.held_on", "held.consumer_took_part"])
    .select(["held.family", "held.conference_id", "held.remark", "author.name as author"])
    .select("appointment.day as conference_day")
    .where("held.consumer_id", "=", consumerId)
    .orderBy("held.held_on", "desc")
    .orderBy("held.id", "desc")
    .limit(50)
    .execute();
}

/** Signed Family Conferences of an episode that were planned for 3.1.1.3: the family's part in one. */
export async function findFamilyParts(db: Acting, consumerId: string, episodeId: string) {
  return db
    .selectFrom("conference")
    .innerJoin("appointment", "appointment.id", "conference.appointment_id")
    .select(["conference.id", "appointment.day"])
    .where("conference.consumer_id", "=", consumerId)
    .where("conference.episode_id", "=", episodeId)
    .where("conference.signed_at", "is not", null)
    .where("conference.voided_at", "is", null)
    .where(sql<boolean>`'3.1.1.3' = ANY (conference.purposes)`)
    .orderBy("appointment.day", "desc")
    .orderBy("conference.id", "desc")
    .limit(20)
    .execute();
}
