import { z } from "zod";
import { findEpisodes } from "../../episodes/store.ts";
import { heldAsPlanned } from "../../services/planned-discharge-store.ts";
import { day, done, optionalText, refuseField } from "../../web/form.tsx";
import type { FormVisit } from "../../web/guard.ts";
import { paths } from "../../web/paths.ts";
import { findFamilyParts, recordDischargeConference } from "../discharge-conference-store.ts";

/** What is typed of a discharge conference; `family` is the id of a Family Conference where one was it. */
export const dischargeConferenceForm = z.object({
  step: z.literal("conference"),
  held_on: day("Say on which day it was held"),
  planned: z.union([z.uuid(), z.literal("")]).optional(),
  consumer: z.enum(["yes", "no"], "Say whether they took part"),
  family: z.union([z.enum(["there", "none"]), z.uuid()], "Say whether family took part"),
  remark: optionalText(1000),
});

/** Records one of the open episode, or of the last: people are met again after they left, too. */
export async function recordConference(
  { db, by, consumerId, form, today }: FormVisit,
  given: z.output<typeof dischargeConferenceForm>,
) {
  const [episode] = await findEpisodes(db, consumerId);
  if (!episode) return refuseField(form, "form", "Open an episode first: it is what ends.");
  if (given.held_on > today) return refuseField(form, "held_on", "That day is still to come");
  if (given.held_on < episode.opened_on) {
    return refuseField(form, "held_on", "That day is before this episode began");
  }
  const byFamilyConference = given.family !== "there" && given.family !== "none";
  const parts = byFamilyConference ? await findFamilyParts(db, consumerId, episode.id) : [];
  if (byFamilyConference && !parts.some(({ id }) => id === given.family)) {
    return refuseField(form, "family", "Choose a Family Conference that was held for it");
  }
  const appointmentId = given.planned || null;
  const settles = appointmentId && { appointmentId, heldOn: given.held_on };
  if (settles && !(await heldAsPlanned(db, by, consumerId, settles))) {
    return refuseField(form, "planned", "That meeting is settled already: choose again");
  }
  await recordDischargeConference(
    db,
    by,
    { consumerId, episodeId: episode.id },
    {
      heldOn: given.held_on,
      consumerTookPart: given.consumer === "yes",
      family: byFamilyConference
        ? "family-conference"
        : given.family === "there"
          ? "there"
          : "none",
      conferenceId: byFamilyConference ? given.family : null,
      appointmentId,
      remark: given.remark ?? null,
    },
  );
  // The conference opens the plan: what it found has to be in place is what comes next.
  return done(`${paths.dischargePlan(consumerId)}?do=add`, "Recorded. What has to be in place?");
}
