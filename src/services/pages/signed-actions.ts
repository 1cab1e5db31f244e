import { z } from "zod";
import { benchOf } from "../../compliance/judge.ts";
import { done, optionalText, parseForm, refuse, refuseField, text } from "../../web/form.tsx";
import { type FormVisit, noSuchPage } from "../../web/guard.ts";
import { type CorrectableFact, correctable, correctableFacts, parseFact } from "../correction.ts";
import { correctFact, decideCorrection } from "../correction-store.ts";

const correction = z.object({
  fact: z.enum(correctableFacts as [CorrectableFact, ...CorrectableFact[]]),
  becomes: z.string("Say what it was"),
  reason: text(1000),
});
const decision = z.object({
  correction: z.uuid(),
  decision: z.enum(["apply", "refuse"]),
  remark: optionalText(1000),
});

/** Who acts, as the rules of notes and corrections ask. */
export function actor({ me }: Pick<FormVisit, "me">) {
  return { staffId: me.staffId, supervisor: me.roles.includes("supervisor") };
}

/** A fact that was wrongly recorded, from the page of its note or service. */
export async function correctFrom(visit: FormVisit, serviceId: string, back: string) {
  const { db, form, me, services, consumerId } = visit;
  const parsed = parseForm(correction, form);
  if (parsed.invalid) return refuse(parsed.invalid);
  const { fact, becomes: typed, reason } = parsed.value;
  const becomes = parseFact(fact, typed);
  if (becomes === null) {
    return refuseField(form, "becomes", `That is no ${correctable[fact].label.toLowerCase()}`);
  }
  const answer = await correctFact(
    db,
    benchOf(me, services.shelf),
    actor(visit),
    { consumerId, serviceId },
    { fact, becomes, reason },
  );
  if (!answer) throw noSuchPage();
  if (answer.state === "refused") return refuseField(form, "becomes", answer.why);
  return done(
    back,
    answer.state === "applied"
      ? "Corrected, with an addendum"
      : "It changes payment: a supervisor looks at it",
  );
}

/** The supervisor's decision on a correction, from the same pages. */
export async function decideFrom(visit: FormVisit, back: string) {
  const { db, form, me, services, consumerId } = visit;
  const parsed = parseForm(decision, form);
  if (parsed.invalid) return refuse(parsed.invalid);
  const apply = parsed.value.decision === "apply";
  const answer = await decideCorrection(
    db,
    benchOf(me, services.shelf),
    actor(visit),
    { consumerId, correctionId: parsed.value.correction },
    { apply, remark: parsed.value.remark ?? null },
  );
  if (!answer) return done(back, "It is decided already");
  if (answer.state === "refused" && answer.why) return refuseField(form, "form", answer.why);
  return done(back, apply ? "Corrected, and the week judged again" : "Refused");
}
