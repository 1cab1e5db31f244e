import { z } from "zod";
import { benchOf, judgeAgain, lockConsumer } from "../../compliance/judge.ts";
import { findColleagues } from "../../episodes/store.ts";
import type { Day } from "../../kernel/day.ts";
import {
  day,
  done,
  identifier,
  optionalText,
  parseForm,
  refuse,
  refuseField,
  text,
} from "../../web/form.tsx";
import { type FormVisit, noSuchPage } from "../../web/guard.ts";
import { paths } from "../../web/paths.ts";
import { needs, referralStatuses } from "../referral.ts";
import {
  addReferral,
  findReferrals,
  findServiceDaysSince,
  findSupportNames,
  moveReferral,
  reassignReferral,
} from "../store.ts";

const steps = z.discriminatedUnion("step", [
  z.object({
    step: z.literal("add"),
    need: z.enum(needs),
    what: text(1000),
    for_whom: z.enum(["consumer", "relative"]),
    support_id: identifier().optional(),
    owner_id: identifier("Choose a colleague"),
    found_on: day(),
    due_on: day(),
  }),
  z.object({
    step: z.literal("move"),
    id: identifier(),
    status: z.enum(referralStatuses),
    on: day(),
    outcome: optionalText(1000),
  }),
  z.object({
    step: z.literal("reassign"),
    id: identifier(),
    owner_id: identifier("Choose a colleague"),
    due_on: day(),
  }),
]);

/** What can be done about referrals, one step at a time. */
export async function referralAction(visit: FormVisit) {
  const { db, me, consumerId, form, today } = visit;
  const parsed = parseForm(steps, form);
  if (parsed.invalid) return refuse(parsed.invalid);
  const given = parsed.value;
  const by = { staffId: me.staffId, agencyId: me.agency.id };
  const here = paths.referrals(consumerId);
  await lockConsumer(db, consumerId);
  const referrals = await findReferrals(db, consumerId);
  const referral = "id" in given ? referrals.find(({ id }) => id === given.id) : undefined;
  if ("owner_id" in given && given.owner_id !== referral?.owner_id) {
    const owners = await findColleagues(db, consumerId);
    if (!owners.some(({ id }) => id === given.owner_id)) throw noSuchPage();
  }
  switch (given.step) {
    case "add": {
      if (given.found_on > today) {
        return refuseField(form, "found_on", "It was found today or on an earlier day.");
      }
      if (given.due_on < given.found_on) {
        return refuseField(form, "due_on", "It is due after the day it was found.");
      }
      const supportId = given.for_whom === "relative" ? (given.support_id ?? null) : null;
      const supports = await findSupportNames(db, consumerId);
      if (supportId && !supports.some(({ id }) => id === supportId)) throw noSuchPage();
      await addReferral(db, by, consumerId, {
        need: given.need,
        what: given.what,
        forWhom: given.for_whom,
        supportId,
        ownerId: given.owner_id,
        foundOn: given.found_on,
        dueOn: given.due_on,
      });
      await judgeSince(visit, given.found_on);
      return done(here, "Referral added");
    }
    case "move": {
      if (!referral) throw noSuchPage();
      if (given.on > today) return refuseField(form, "on", "Choose today or an earlier day.");
      if (given.on < referral.found_on) {
        return refuseField(form, "on", "The need was found after that day.");
      }
      if (referral.arranged_on && given.on < referral.arranged_on) {
        return refuseField(form, "on", "It was arranged after that day.");
      }
      if (["open", "declined", "closed"].includes(given.status) && !given.outcome) {
        return refuseField(form, "outcome", "Say why.");
      }
      const moved = await moveReferral(db, by, consumerId, given.id, {
        status: given.status,
        on: given.on,
        outcome: given.outcome ?? null,
      });
      if (!moved) return refuseField(form, "form", "Somebody changed this referral meanwhile.");
      await judgeSince(visit, referral.found_on as Day);
      return done(here, "Saved");
    }
    case "reassign": {
      const to = { ownerId: given.owner_id, dueOn: given.due_on, on: today };
      if (await reassignReferral(db, by, consumerId, given.id, to)) return done(here, "Saved");
      return refuseField(form, "form", "This referral no longer stands.");
    }
  }
}

/** FC 3.2 watches how long a need stays open, so what was recorded since it was found is judged again. */
async function judgeSince({ db, me, services, consumerId }: FormVisit, found: Day) {
  const days = await findServiceDaysSince(db, consumerId, found);
  if (days.length > 0) await judgeAgain(db, benchOf(me, services.shelf), consumerId, days);
}
