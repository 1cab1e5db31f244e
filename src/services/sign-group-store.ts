import { sql } from "kysely";
import { type Bench, lockConsumer } from "../compliance/judge.ts";
import type { Acting, By } from "../storage/database.ts";
import { awaitsCosign } from "./cosign-store.ts";
import { contactsOf, type RegisterLine, serviceKindOf } from "./group.ts";
import { findMeeting, type Meeting } from "./group-store.ts";
import { countUnseen } from "./register-store.ts";
import type { ServiceFacts, Setting } from "./service.ts";
import { recordService } from "./standing-store.ts";

export type RegisterSigned =
  | { state: "signed"; contacts: number; waiting: number }
  | { state: "already" };

/**
 * Signs a register, as far as its lines are of people whose records the signer may open: each who
 * came gets a service of their own, judged like any other, and their line is tied to it. Lines of
 * other teams' people wait for whoever wrote them down, and are signed in the same way afterwards.
 * All in the caller's transaction, or not at all.
 */
export async function signRegister(
  db: Acting,
  bench: Bench,
  by: By,
  of: { groupId: string; meetingId: string },
): Promise<RegisterSigned | null> {
  const meeting = await findMeeting(db, of.groupId, of.meetingId, { lock: true });
  if (!meeting) return null;
  const rows = await db
    .selectFrom("group_attendance as a")
    .innerJoin("consumer as c", "c.id", "a.consumer_id")
    .select(["a.consumer_id", "a.came", "a.note", "c.given_name", "c.family_name"])
    .where("a.meeting_id", "=", meeting.id)
    .where("a.signed_at", "is", null)
    // Locks taken in one order never wait for each other in a ring.
    .orderBy("a.consumer_id")
    .execute();
  if (meeting.signed_at && rows.length === 0) return { state: "already" };
  const lines: RegisterLine[] = rows.map((row) => ({
    consumerId: row.consumer_id,
    name: `${row.given_name} ${row.family_name}`,
    came: row.came,
    note: row.note,
  }));
  const contacts = contactsOf(lines);
  for (const { consumerId } of contacts) await lockConsumer(db, consumerId);
  const programs = await findProgramsOf(db, contacts, meeting);
  const led = { by: meeting.lead_id, on: meeting.day };
  const waits = await awaitsCosign(db, led, by.staffId, await asksCosign(db));
  const signed = { signed_at: sql<Date>`now()`, signed_by: by.staffId };
  for (const { consumerId } of contacts) {
    const facts: ServiceFacts = {
      consumerId,
      programId: programs.get(consumerId) ?? null,
      kind: serviceKindOf(meeting.kind),
      day: meeting.day,
      starts: meeting.starts,
      ends: meeting.ends,
      privateMinutes: 0,
      setting: (meeting.setting ?? null) as Setting | null,
      consumerPresent: true,
      supportsPresent: 0,
      planDiscussed: null,
      performerId: meeting.lead_id,
      conferenceId: null,
      awaitsCosign: waits,
      recordedBy: by.staffId,
    };
    // Too short for a unit of its own kind, it is a contact all the same.
    const recorded =
      (await recordService(db, bench, facts)) ??
      (await recordService(db, bench, { ...facts, kind: "group" }));
    if (!recorded) throw new Error("a contact is recorded however short it was");
    await db
      .updateTable("group_attendance")
      .set({ service_id: recorded.serviceId, ...signed })
      .where("meeting_id", "=", meeting.id)
      .where("consumer_id", "=", consumerId)
      .execute();
  }
  const others = rows.filter(
    ({ consumer_id }) => !contacts.some((c) => c.consumerId === consumer_id),
  );
  if (others.length > 0) {
    await db
      .updateTable("group_attendance")
      .set(signed)
      .where("meeting_id", "=", meeting.id)
      .where(
        "consumer_id",
        "in",
        others.map(({ consumer_id }) => consumer_id),
      )
      .execute();
  }
  if (!meeting.signed_at) {
    await db.updateTable("group_meeting").set(signed).where("id", "=", meeting.id).execute();
  }
  const waiting = await countUnseen(db, meeting.id);
  return { state: "signed", contacts: contacts.length, waiting };
}

/** Whether the agency has associates' notes co-signed. */
async function asksCosign(db: Acting): Promise<boolean> {
  const agency = await db.selectFrom("agency").select("cosign_associates").executeTakeFirst();
  return agency?.cosign_associates ?? false;
}

/** The programme each was in on the day: the group's own where they were in it, else the latest. */
async function findProgramsOf(
  db: Acting,
  contacts: readonly { consumerId: string }[],
  meeting: Meeting,
): Promise<ReadonlyMap<string, string>> {
  if (contacts.length === 0) return new Map();
  const rows = await db
    .selectFrom("enrolment")
    .select(["consumer_id", "program_id"])
    .where(
      "consumer_id",
      "in",
      contacts.map(({ consumerId }) => consumerId),
    )
    .where(sql<boolean>`during @> ${meeting.day}::date`)
    .orderBy(sql`program_id IS NOT DISTINCT FROM ${meeting.program_id}::uuid`)
    .orderBy("valid_from")
    .execute();
  return new Map(rows.map((row) => [row.consumer_id, row.program_id]));
}
