import { z } from "zod";
import { accessKinds } from "../../episodes/assessment.ts";
import { findProviderChoices } from "../../liaison/provider-store.ts";
import {
  checkbox,
  identifier,
  optionalText,
  parseForm,
  refuse,
  refuseField,
  text,
} from "../../web/form.tsx";
import type { FormVisit } from "../../web/guard.ts";
import { approaches, groups, notTaken, unitKinds } from "../unit.ts";
import { findUnits, isUnitName, providerNamed, type UnitFacts } from "../unit-store.ts";

const codes = (list: Record<string, string>) =>
  z.array(z.enum(Object.keys(list) as [string])).default([]);

const facts = z.object({
  name: text(200),
  kind: z.enum(Object.keys(unitKinds) as [keyof typeof unitKinds], "Choose a kind"),
  approach: z.enum(Object.keys(approaches) as [keyof typeof approaches]).optional(),
  whose: z.enum(["ours", "elsewhere"], "Say whose it is"),
  program_id: identifier("Choose one").optional(),
  provider_id: identifier("Choose one").optional(),
  provider_name: optionalText(200),
  attached_to: identifier("Choose one").optional(),
  for_whom: z.enum(["everybody", "women", "men"]).default("everybody"),
  takes_children: checkbox,
  drug_free: z.enum(["yes", "no"]).optional(),
  languages: optionalText(200),
  interpreters: z.enum(["yes", "no"]).optional(),
  serves: codes(groups),
  does_not_take: codes(notTaken),
  locality: optionalText(200),
  weeks: z.coerce
    .number("A number of weeks")
    .int("Whole weeks")
    .min(1, "At least one week")
    .max(200, "At most 200 weeks")
    .optional(),
  staffing: optionalText(300),
  about: optionalText(2000),
});

const isYes = (said: "yes" | "no" | undefined) => (said ? said === "yes" : null);

/** Reads the form of a unit: what to keep, or the refusal. */
export async function readUnit(
  { db, by, form }: FormVisit,
  known: { id: string | null; programs: readonly { id: string }[] },
): Promise<
  { value: UnitFacts; refusal?: never } | { value?: never; refusal: ReturnType<typeof refuse> }
> {
  const parsed = parseForm(facts, form);
  const access = Object.keys(accessKinds);
  const says = (kind: string, word: string) => form.get(`access_${kind}`) === word;
  if (parsed.invalid) return { refusal: refuse(parsed.invalid) };
  const given = parsed.value;
  const no = (field: string, message: string) => ({ refusal: refuseField(form, field, message) });
  if (await isUnitName(db, given.name, known.id)) {
    return no("name", "Another unit has this name.");
  }
  const rehab = given.attached_to;
  if (rehab) {
    if (given.kind !== "detox") return no("attached_to", "Only a detox is attached to a rehab.");
    const units = await findUnits(db, { closed: true });
    if (rehab === known.id || !units.some(({ id, kind }) => id === rehab && kind === "rehab")) {
      return no("attached_to", "Choose a rehab of the directory.");
    }
  }
  const clash = given.serves.find((group) => given.does_not_take.includes(group));
  if (clash) return no("does_not_take", "What it is made for it also takes.");
  if (given.takes_children && given.does_not_take.includes("children")) {
    return no("does_not_take", "It takes children, you say.");
  }
  if (given.kind === "second-stage" && !given.drug_free) {
    return no(
      "drug_free",
      "Second stage is drug-free supported accommodation: say whether this is.",
    );
  }
  let program_id: string | null = null;
  let provider_id: string | null = null;
  if (given.whose === "ours") {
    if (!known.programs.some(({ id }) => id === given.program_id)) {
      return no("program_id", "Choose the one it belongs to.");
    }
    program_id = given.program_id ?? null;
  } else if (given.provider_name) {
    const { kind, locality = null } = given;
    provider_id = await providerNamed(db, by, { name: given.provider_name, kind, locality });
  } else {
    const providers = await findProviderChoices(db);
    if (!providers.some(({ id }) => id === given.provider_id)) {
      return no("provider_id", "Choose who runs it, or write their name.");
    }
    provider_id = given.provider_id ?? null;
  }
  return {
    value: {
      ...{ name: given.name, kind: given.kind, approach: given.approach ?? null },
      ...{ program_id, provider_id, attached_to: rehab ?? null },
      ...{ women_only: given.for_whom === "women", men_only: given.for_whom === "men" },
      ...{ takes_children: given.takes_children, drug_free: isYes(given.drug_free) },
      access_has: access.filter((kind) => says(kind, "yes")),
      access_lacks: access.filter((kind) => says(kind, "no")),
      ...{ languages: given.languages ?? null, interpreters: isYes(given.interpreters) },
      ...{ serves: given.serves, does_not_take: given.does_not_take },
      ...{ locality: given.locality ?? null, weeks: given.weeks ?? null },
      ...{ staffing: given.staffing ?? null, about: given.about ?? null },
    },
  };
}
