import { sql } from "kysely";
import type { Answer } from "../people/consent.ts";
import { logAccess } from "../storage/access-log.ts";
import type { Acting } from "../storage/database.ts";
import type { By } from "./booking-store.ts";
import type { Telling } from "./invitation.ts";
import type { InvitedHow, PlannedConferenceRow } from "./planned-store.ts";

export type Told = {
  planned: PlannedConferenceRow;
  supportId: string;
  /** As it is asked at this moment: may they be told that somebody comes here, and when? */
  answer: Answer;
  telling: Telling;
  how: InvitedHow;
};

/**
 * Keeps that a support was told of the meeting: on the list of those expected, in the accounting of
 * disclosures with the consent it rests on, and in the access log. False, and nothing is written,
 * when no consent allows it at this moment. Telling the same thing the same way twice is one telling.
 */
export async function recordTold(db: Acting, by: By, told: Told): Promise<boolean> {
  const { planned, supportId, answer, telling, how } = told;
  const expected = planned.supports.find((each) => each.supportId === supportId);
  if (!expected || !answer.yes) return false;
  const consentId = answer.consentIds[0];
  if (!consentId) return false;
  if (telling === "nothing-new" && expected.invitedHow === how) return true;
  await db
    .updateTable("conference_support")
    .set({
      invited_at: sql<Date>`coalesce(invited_at, clock_timestamp())`,
      told_at: sql<Date>`clock_timestamp()`,
      invited_how: how,
    })
    .where("conference_id", "=", planned.id)
    .where("support_id", "=", supportId)
    .execute();
  await db
    .insertInto("disclosure")
    .values({
      agency_id: by.agency.id,
      consumer_id: planned.consumerId,
      support_id: supportId,
      recipient: expected.name,
      basis: "consent",
      consent_id: consentId,
      what: whatWasTold[telling],
      topics: ["attendance"],
      purpose: "To invite them to a meeting that the person wants them at",
      disclosed_by: by.staffId,
    })
    .execute();
  await logAccess(db, by, {
    action: "disclosed",
    room: "invitation",
    consumerIds: [planned.consumerId],
  });
  return true;
}

const whatWasTold: Record<Telling, string> = {
  invitation: "Invitation to a meeting: day, time and place",
  moved: "That a meeting was moved: its new day, time and place",
  cancelled: "That a meeting will not take place",
  "nothing-new": "Invitation to a meeting, again: day, time and place",
};
