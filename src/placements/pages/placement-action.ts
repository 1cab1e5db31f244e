import { z } from "zod";
import { judgeCareOnSave } from "../../compliance/care.ts";
import { benchOf } from "../../compliance/judge.ts";
import { parseMoney } from "../../compliance/money.ts";
import { workingDaysAfter } from "../../episodes/clock.ts";
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
import { addFunding, decideFunding } from "../funding-store.ts";
import { endReasons } from "../stay.ts";
import { changePlacement, findParts, findPlacement } from "../store.ts";
import { addUse, findReviewDays, reviewUse } from "../use-store.ts";
import { serviceNamed } from "./ask-elsewhere.ts";
import * as child from "./child-steps.ts";
import * as leaves from "./leave-steps.ts";
import * as stay from "./stay-steps.ts";
import { tell } from "./tell.ts";

const weeks = z.coerce
  .number("A number of weeks")
  .int("Whole weeks")
  .min(1, "At least one week")
  .max(200, "At most 200 weeks")
  .optional();
const money = z
  .string()
  .transform((typed, context) => {
    const cents = parseMoney(typed);
    if (cents !== null) return cents;
    context.addIssue({ code: "custom", message: "An amount like 650 or 650.50" });
    return z.NEVER;
  })
  .optional();
export const children = z.coerce
  .number("How many children")
  .int("Whole children")
  .min(0, "None is 0")
  .max(10, "At most ten")
  .default(0);

/** Who works on it with us: one of the directory, or by name. */
export const joint = {
  joint_provider_id: identifier().optional(),
  joint_service: optionalText(200),
  joint_lead: optionalText(200),
  joint_who_does_what: optionalText(2000),
};

/** With a bed: why it fits all the same, and which children's places go with it. */
export const settled = {
  fits: optionalText(300),
  child_places: z.array(z.uuid()).max(10).default([]),
};

const steps = z.discriminatedUnion("step", [
  z.object({
    step: z.literal("book"),
    bed_id: identifier("Choose a bed"),
    starts_on: day(),
    ends_on: day().optional(),
    ...settled,
  }),
  z.object({ step: z.literal("cancel"), id: identifier(), reason: text(300) }),
  z.object({
    step: z.literal("admit"),
    bed_id: identifier("Choose a bed").optional(),
    admitted_on: day(),
    expected_to: day().optional(),
    ...settled,
  }),
  z.object({
    step: z.literal("move"),
    bed_id: identifier("Choose a bed"),
    moved_on: day(),
    expected_to: day().optional(),
    ...settled,
  }),
  z.object({ step: z.literal("expect"), expected_to: day().optional() }),
  z.object({
    step: z.literal("leave"),
    from_on: day(),
    back_by: day(),
    why: optionalText(500),
  }),
  z.object({
    step: z.literal("child"),
    bed_id: identifier("Choose a child's place"),
    from_on: day(),
  }),
  z.object({ step: z.literal("child-came"), id: identifier(), came_on: day() }),
  z.object({ step: z.literal("child-off"), id: identifier(), left_on: day().optional() }),
  z.object({ step: z.literal("back"), id: identifier(), returned_on: day() }),
  z.object({
    step: z.literal("end"),
    ended_on: day(),
    end_planned: z.enum(["yes", "no"], "Say whether it was planned"),
    reason: z.enum(endReasons, "Choose why"),
    note: optionalText(1000),
  }),
  z.object({ step: z.literal("withdraw"), reason: text(300) }),
  z.object({
    step: z.literal("tell"),
    need: z.enum(["placement", "joint-work", "funding"]),
    id: identifier().optional(),
  }),
  z.object({
    step: z.literal("change"),
    why: optionalText(2000),
    children_with: children,
    ...joint,
    without_residential_reason: optionalText(500),
  }),
  z.object({
    step: z.literal("fund"),
    funder: optionalText(200),
    provider_id: identifier().optional(),
    panel_on: day().optional(),
    weeks,
    cost: money,
    note: optionalText(1000),
  }),
  z.object({
    step: z.literal("decide"),
    id: identifier(),
    state: z.enum(["agreed", "refused"], "Say what they decided"),
    decided_on: day(),
    answer_from: optionalText(200),
    weeks,
    cost: money,
    note: optionalText(1000),
  }),
  z.object({ step: z.literal("use"), happened_on: day(), what: text(1000) }),
  z.object({
    step: z.literal("review"),
    id: identifier(),
    reviewed_on: day(),
    review: text(2000),
  }),
]);
export type Given = z.output<typeof steps>;
export type GivenOf<S extends Given["step"]> = Extract<Given, { step: S }>;

/** What can be done about one placement; what the bulletins say of the care is then said anew. */
export async function placementAction(visit: FormVisit) {
  const answer = await oneStep(visit);
  if (answer instanceof Response) await judgeStay(visit, visit.consumerId);
  return answer;
}

/** Nothing that is said refuses what was saved. */
export async function judgeStay({ db, me, services }: FormVisit, consumerId: string) {
  await judgeCareOnSave(db, benchOf(me, services.shelf), consumerId);
}

async function oneStep(visit: FormVisit) {
  const { db, by, consumerId, form, today } = visit;
  const parsed = parseForm(steps, form);
  if (parsed.invalid) return refuse(parsed.invalid);
  const given = parsed.value;
  const placement = await findPlacement(db, consumerId, visit.params.placementId ?? "");
  if (!placement) throw noSuchPage();
  const parts = await findParts(db, consumerId);
  const about = { visit, by, placement, parts, here: paths.placement(consumerId, placement.id) };
  const of = { consumerId, placementId: placement.id };
  const no = (field: string, message: string) => refuseField(form, field, message);

  switch (given.step) {
    case "book":
      return stay.book(about, given);
    case "cancel":
      return stay.cancel(about, given);
    case "admit":
      return stay.admit(about, given);
    case "move":
      return stay.move(about, given);
    case "expect":
      return stay.expectEnd(about, given);
    case "leave":
      return leaves.leave(about, given);
    case "back":
      return leaves.back(about, given);
    case "child":
      return child.bringAlong(about, given);
    case "child-came":
      return child.came(about, given);
    case "child-off":
      return child.giveBack(about, given);
    case "end":
      return stay.end(about, given);
    case "withdraw":
      return stay.withdraw(about, given);
    case "tell":
      return tell(about, given);
    case "change": {
      const service = await serviceNamed(visit, {
        providerId: given.joint_provider_id,
        name: given.joint_service,
      });
      await changePlacement(db, consumerId, placement.id, {
        why: given.why ?? null,
        children_with: given.children_with,
        joint_service: service?.name ?? null,
        joint_provider_id: service?.id ?? null,
        joint_lead: given.joint_lead ?? null,
        joint_who_does_what: given.joint_who_does_what ?? null,
        without_residential_reason: given.without_residential_reason ?? null,
      });
      return done(about.here, "Saved");
    }
    case "fund": {
      const funder = await serviceNamed(visit, {
        providerId: given.provider_id,
        name: given.funder,
      });
      if (!funder) return no("provider_id", "Choose who is asked to pay, or write their name");
      await addFunding(db, by, of, {
        ...{ funder: funder.name, providerId: funder.id },
        ...{ panelOn: given.panel_on ?? null, weeks: given.weeks ?? null },
        ...{ cents: given.cost ?? null, note: given.note ?? null },
      });
      return done(about.here, "Funding added");
    }
    case "decide": {
      const line = parts.funding.find(
        ({ id, placement_id }) => id === given.id && placement_id === placement.id,
      );
      if (!line) throw noSuchPage();
      if (line.state !== "pending") return no("form", "Somebody wrote the answer down meanwhile.");
      if (given.decided_on > today) return no("decided_on", "Choose today or an earlier day.");
      await decideFunding(
        db,
        by,
        { consumerId, id: line.id },
        {
          ...{ state: given.state, on: given.decided_on, weeks: given.weeks ?? line.weeks },
          ...{ cents: given.cost ?? line.cents_per_week, from: given.answer_from ?? null },
          note: given.note ?? line.note,
        },
      );
      return done(about.here, "Answer recorded");
    }
    case "use": {
      if (given.happened_on > today) return no("happened_on", "Choose today or an earlier day.");
      const reviewDue = workingDaysAfter(today, await findReviewDays(db));
      const use = { on: given.happened_on, what: given.what, reviewDue };
      await addUse(db, by, { ...of, episodeId: placement.episode_id }, use);
      return done(about.here, "Recorded; a review is asked for");
    }
    case "review": {
      const use = parts.uses.find(({ id }) => id === given.id);
      if (!use) throw noSuchPage();
      if (use.reviewed_on) return no("form", "It was reviewed meanwhile.");
      if (given.reviewed_on > today) return no("reviewed_on", "Choose today or an earlier day.");
      if (given.reviewed_on < use.happened_on) {
        return no("reviewed_on", "It happened after that day.");
      }
      const review = { on: given.reviewed_on, text: given.review };
      await reviewUse(db, by, { consumerId, id: use.id }, review);
      return done(about.here, "Review recorded");
    }
  }
}
