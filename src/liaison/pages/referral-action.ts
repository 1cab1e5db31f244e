import { z } from "zod";
import { judgeCareOnSave } from "../../compliance/care.ts";
import { benchOf, judgeAgain, lockConsumer } from "../../compliance/judge.ts";
import { findColleagues } from "../../episodes/store.ts";
import type { Day } from "../../kernel/day.ts";
import { fallThrough, followReferral } from "../../plans/recovery-store.ts";
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
import { chaseAgain } from "../out-store.ts";
import { findProvider } from "../provider-store.ts";
import {
  asksForChase,
  closesWithOutcome,
  needCodes,
  needsWords,
  referralStatuses,
  stands,
} from "../referral.ts";
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
    need: z.enum(needCodes),
    what: text(1000),
    for_whom: z.enum(["consumer", "relative"]),
    support_id: identifier().optional(),
    provider_id: identifier().optional(),
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
    chase_on: day().optional(),
  }),
  z.object({
    step: z.literal("chase"),
    id: identifier(),
    chase_on: day("Choose the day on which you ask again"),
    outcome: optionalText(1000),
  }),
  z.object({
    step: z.literal("reassign"),
    id: identifier(),
    owner_id: identifier("Choose a colleague"),
    due_on: day(),
  }),
]);
type Given = z.output<typeof steps>;
type Step<S extends Given["step"]> = Extract<Given, { step: S }>;
type Referral = Awaited<ReturnType<typeof findReferrals>>[number];

/** What can be done about referrals, one step at a time. */
export async function referralAction(visit: FormVisit) {
  return takeStep(visit, paths.referrals(visit.consumerId));
}

/** One step about a referral of the visit's consumer, and where to go on from there. */
export async function takeStep(visit: FormVisit, here: string) {
  const { db, consumerId, form } = visit;
  const parsed = parseForm(steps, form);
  if (parsed.invalid) return refuse(parsed.invalid);
  const given = parsed.value;
  await lockConsumer(db, consumerId);
  const referrals = await findReferrals(db, consumerId);
  const referral = "id" in given ? referrals.find(({ id }) => id === given.id) : undefined;
  if ("id" in given && !referral) throw noSuchPage();
  if ("owner_id" in given && given.owner_id !== referral?.owner_id) {
    const owners = await findColleagues(db, consumerId);
    if (!owners.some(({ id }) => id === given.owner_id)) throw noSuchPage();
  }
  switch (given.step) {
    case "add":
      return add(visit, given, here);
    case "move":
      return move(visit, given, referral as Referral, here);
    case "chase":
      return chase(visit, given, here);
    case "reassign":
      return reassign(visit, given, here);
  }
}

async function add(visit: FormVisit, given: Step<"add">, here: string) {
  const { db, by, consumerId, form, today } = visit;
  if (given.found_on > today) {
    return refuseField(form, "found_on", "It was found today or on an earlier day.");
  }
  if (given.due_on < given.found_on) {
    return refuseField(form, "due_on", "It is due after the day it was found.");
  }
  const supportId = given.for_whom === "relative" ? (given.support_id ?? null) : null;
  const supports = await findSupportNames(db, consumerId);
  if (supportId && !supports.some(({ id }) => id === supportId)) throw noSuchPage();
  const provider = given.provider_id ? await findProvider(db, given.provider_id) : null;
  if (given.provider_id && !provider?.active) {
    return refuseField(form, "provider_id", "Choose one of the directory");
  }
  await addReferral(db, by, consumerId, {
    need: given.need,
    what: given.what,
    forWhom: given.for_whom,
    supportId,
    providerId: provider?.id ?? null,
    ownerId: given.owner_id,
    foundOn: given.found_on,
    dueOn: given.due_on,
  });
  await judgeSince(visit, given.found_on);
  return done(here, "Referral added");
}

async function move(visit: FormVisit, given: Step<"move">, referral: Referral, here: string) {
  const { db, by, consumerId, form, today } = visit;
  if (given.on > today) return refuseField(form, "on", "Choose today or an earlier day.");
  if (given.on < referral.found_on) {
    return refuseField(form, "on", "The need was found after that day.");
  }
  if (referral.arranged_on && given.on < referral.arranged_on) {
    return refuseField(form, "on", "It was arranged after that day.");
  }
  if (stands(referral.status) && referral.sent_on && given.on < referral.sent_on) {
    return refuseField(form, "on", "They were asked after that day.");
  }
  if (needsWords(referral.status, given.status) && !given.outcome) {
    const closes = closesWithOutcome(referral.status, given.status);
    return refuseField(form, "outcome", closes ? "Say what came of it." : "Say why.");
  }
  if (given.chase_on && given.chase_on < today) {
    return refuseField(form, "chase_on", "Choose today or a later day");
  }
  const moved = await moveReferral(db, by, consumerId, given.id, {
    status: given.status,
    on: given.on,
    outcome: given.outcome ?? null,
    chaseOn: asksForChase(given.status) ? (given.chase_on ?? null) : null,
  });
  if (!moved) return refuseField(form, "form", "Somebody changed this referral meanwhile.");
  await judgeSince(visit, referral.found_on);
  const went = await supportsFollow(visit, given.id, given.on);
  return done(here, went ? "Saved, here and on the aftercare plan" : "Saved");
}

/** The supports of aftercare that follow this referral go where it went, or fall through with it. True when any did. */
export async function supportsFollow(visit: FormVisit, referralId: string, on: Day) {
  const of = [visit.db, visit.consumerId, referralId, on] as const;
  const went = (await followReferral(...of)) + (await fallThrough(...of));
  if (went > 0)
    await judgeCareOnSave(visit.db, benchOf(visit.me, visit.services.shelf), visit.consumerId);
  return went > 0;
}

async function chase(visit: FormVisit, given: Step<"chase">, here: string) {
  const { db, by, consumerId, form, today } = visit;
  if (given.chase_on < today) return refuseField(form, "chase_on", "Choose today or a later day");
  const again = { on: today, chaseOn: given.chase_on, remark: given.outcome ?? "Asked again" };
  if (await chaseAgain(db, by, consumerId, given.id, again)) return done(here, "Saved");
  return refuseField(form, "form", "This referral waits for no answer any more.");
}

async function reassign(visit: FormVisit, given: Step<"reassign">, here: string) {
  const { db, by, consumerId, form, today } = visit;
  const to = { ownerId: given.owner_id, dueOn: given.due_on, on: today };
  if (await reassignReferral(db, by, consumerId, given.id, to)) return done(here, "Saved");
  return refuseField(form, "form", "This referral no longer stands.");
}

/** FC 3.2 watches how long a need stays open, so what was recorded since it was found is judged again. */
export async function judgeSince(
  { db, me, services, consumerId }: Pick<FormVisit, "db" | "me" | "services" | "consumerId">,
  found: string,
) {
  const days = await findServiceDaysSince(db, consumerId, found as Day);
  if (days.length > 0) await judgeAgain(db, benchOf(me, services.shelf), consumerId, days);
}
