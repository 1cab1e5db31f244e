import type { Acting } from "../storage/database.ts";
import { type Appointment, findAppointment } from "./booking-store.ts";
import type { PlanDiscussed } from "./service.ts";

/** Somebody on a conference's list of supports. */
export type ExpectedSupport = {
  supportId: string;
  name: string;
  relation: string;
  language: string;
  interpreter: boolean;
  invitedAt: Date | null;
  invitedHow: InvitedHow | null;
  /** When they last heard of it: a change after this is news to them. */
  toldAt: Date | null;
};

export type InvitedHow = "calendar-file" | "letter" | "phone" | "in-person";

export type PlannedConferenceRow = {
  id: string;
  consumerId: string;
  episodeId: string;
  program: { id: string; name: string };
  purposes: string[];
  plan: PlanDiscussed | null;
  signed: boolean;
  started: boolean;
  appointment: Appointment;
  supports: ExpectedSupport[];
  contacts: { id: string; who: string; heard: string; at: Date }[];
};

/** A consumer's conference with its appointment, and who is expected; null when it is not theirs. */
export async function findPlanned(
  db: Acting,
  consumerId: string,
  conferenceId: string,
): Promise<PlannedConferenceRow | null> {
  const row = await db
    .selectFrom("conference as f")
    .innerJoin("program as p", "p.id", "f.program_id")
    .select(["f.id", "f.episode_id", "f.program_id", "p.name as program", "f.purposes"])
    .select(["f.plan_discussed", "f.signed_at", "f.draft_version", "f.appointment_id"])
    .where("f.id", "=", conferenceId)
    .where("f.consumer_id", "=", consumerId)
    .executeTakeFirst();
  const appointment = row && (await findAppointment(db, row.appointment_id));
  if (!row || !appointment) return null;
  const supports = await db
    .selectFrom("conference_support as e")
    .innerJoin("support as s", "s.id", "e.support_id")
    .select(["e.support_id", "s.name", "s.relation", "s.language", "s.interpreter"])
    .select(["e.invited_at", "e.invited_how", "e.told_at"])
    .where("e.conference_id", "=", conferenceId)
    .orderBy("s.name")
    .orderBy("s.id")
    .execute();
  const contacts = await db
    .selectFrom("family_contact")
    .select(["id", "who", "heard", "at"])
    .where("appointment_id", "=", appointment.id)
    .where("consumer_id", "=", consumerId)
    .orderBy("at")
    .limit(50)
    .execute();
  return {
    id: row.id,
    consumerId,
    episodeId: row.episode_id,
    program: { id: row.program_id, name: row.program },
    purposes: row.purposes,
    plan: row.plan_discussed as PlanDiscussed | null,
    signed: row.signed_at !== null,
    started: row.draft_version > 0,
    appointment,
    supports: supports.map((each) => ({
      supportId: each.support_id,
      name: each.name,
      relation: each.relation,
      language: each.language,
      interpreter: each.interpreter,
      invitedAt: each.invited_at,
      invitedHow: each.invited_how as InvitedHow | null,
      toldAt: each.told_at,
    })),
    contacts,
  };
}
