import { z } from "zod";
import { done, identifier, optionalText, refuseField, text } from "../../web/form.tsx";
import { type FormVisit, noSuchPage } from "../../web/guard.ts";
import { standingPlan } from "../relapse.ts";
import { addStrategies, addTriggers, endRelapseLine, findRelapsePlan } from "../relapse-store.ts";
import { namesFlagged } from "../sheet.ts";
import { findSheetNames } from "../sheet-store.ts";

/** What is typed on the relapse prevention plan, wherever a page shows it. */
export const relapseSteps = [
  z.object({
    step: z.literal("trigger"),
    sign: z.enum(["yes"]).optional(),
    text: text(500),
    strategy: optionalText(500),
    helper: optionalText(200),
  }),
  z.object({
    step: z.literal("strategy"),
    trigger_id: identifier().optional(),
    text: text(500),
    helper: optionalText(200),
  }),
  z.object({
    step: z.literal("end"),
    kind: z.enum(["trigger", "strategy"]),
    id: identifier(),
    reason: text(500),
  }),
] as const;
type Given = z.output<(typeof relapseSteps)[number]>;

/** Adds to the relapse prevention plan or ends a line of it. */
export async function relapseAction(visit: FormVisit, given: Given, here: string) {
  const { db, by, consumerId, form } = visit;
  if ("helper" in given && given.helper) {
    const names = await findSheetNames(db, consumerId);
    if (names && namesFlagged(given.helper, names.around, names.ownNames)) {
      return refuseField(form, "helper", "A no-contact flag stands for them: name somebody else.");
    }
  }
  switch (given.step) {
    case "trigger": {
      const trigger = { text: given.text, sign: given.sign === "yes" };
      const [triggerId] = await addTriggers(db, by, consumerId, [trigger]);
      if (given.strategy && triggerId) {
        const strategy = { text: given.strategy, helper: given.helper ?? null, triggerId };
        await addStrategies(db, by, consumerId, [strategy]);
      }
      return done(here, "Saved");
    }
    case "strategy": {
      const { triggers } = standingPlan(await findRelapsePlan(db, consumerId));
      const triggerId = given.trigger_id ?? null;
      if (triggerId && !triggers.some(({ id }) => id === triggerId)) throw noSuchPage();
      const strategy = { text: given.text, helper: given.helper ?? null, triggerId };
      await addStrategies(db, by, consumerId, [strategy]);
      return done(here, "Saved");
    }
    case "end": {
      if (await endRelapseLine(db, by, consumerId, given)) return done(here, "Ended");
      return refuseField(form, "reason", "This was ended by somebody else meanwhile.");
    }
  }
}
