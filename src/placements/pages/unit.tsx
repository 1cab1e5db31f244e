import { Badge, List, Text } from "@mantine/core";
import { useLoaderData } from "react-router";
import { z } from "zod";
import { accessKinds } from "../../episodes/assessment.ts";
import { findActivePrograms } from "../../episodes/store.ts";
import type { Day } from "../../kernel/day.ts";
import { findProviderChoices } from "../../liaison/provider-store.ts";
import type { Acting } from "../../storage/database.ts";
import {
  checkbox,
  done,
  identifier,
  parseForm,
  refuse,
  refuseField,
  text,
} from "../../web/form.tsx";
import { act, noSuchPage, page } from "../../web/guard.ts";
import { FormButtons, OpenForm, useOneForm } from "../../web/one-form.tsx";
import { LinkButton, PageHead, Section } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useMay } from "../../web/use-me.ts";
import { findOccupiedAhead } from "../bed-store.ts";
import { findChildrenAhead } from "../child-store.ts";
import { briefly, drugFreeWords, groups, notTaken, wordsFor } from "../unit.ts";
import {
  addBed,
  changeBed,
  changeUnit,
  findBeds,
  findUnit,
  findUnits,
  isBedName,
  setUnitActive,
} from "../unit-store.ts";
import { Step } from "./parts.tsx";
import { BedSection } from "./unit-beds.tsx";
import { UnitFields } from "./unit-fields.tsx";
import { readUnit } from "./unit-form.ts";

export const meta = () => [{ title: "Unit · Throughcare" }];

export const loader = page("unit.read", async ({ db, params, today }) => {
  const unit = await findUnit(db, params.unitId ?? "");
  if (!unit) throw noSuchPage();
  const taken = await findTaken(db, today);
  const units = await findUnits(db);
  return {
    unit,
    today,
    beds: (await findBeds(db, [unit.id])).map((bed) => ({ ...bed, taken: taken.has(bed.id) })),
    programs: await findActivePrograms(db),
    providers: await findProviderChoices(db),
    rehabs: units.filter(({ id, kind }) => kind === "rehab" && id !== unit.id),
  };
});

/** Beds and children's places that somebody is in or booked into. */
async function findTaken(db: Acting, today: Day): Promise<Set<string>> {
  const all = [...(await findOccupiedAhead(db, today)), ...(await findChildrenAhead(db, today))];
  return new Set(all.map(({ bedId }) => bedId));
}

const TAKEN = "Somebody is in this bed or booked into it: move them first.";

const steps = z.discriminatedUnion("step", [
  z.object({ step: z.literal("edit") }),
  z.object({ step: z.literal("close") }),
  z.object({ step: z.literal("reopen") }),
  z.object({ step: z.literal("add-bed"), name: text(100), child_place: checkbox }),
  z.object({ step: z.literal("rename"), id: identifier(), name: text(100), child_place: checkbox }),
  z.object({ step: z.literal("close-bed"), id: identifier() }),
  z.object({ step: z.literal("reopen-bed"), id: identifier() }),
]);

export const action = act("unit.manage", async (visit) => {
  const { db, by, form, params, today } = visit;
  const unit = await findUnit(db, params.unitId ?? "");
  if (!unit) throw noSuchPage();
  const parsed = parseForm(steps, form);
  if (parsed.invalid) return refuse(parsed.invalid);
  const given = parsed.value;
  const here = paths.unit(unit.id);
  const beds = await findBeds(db, [unit.id]);
  if ("id" in given && !beds.some(({ id }) => id === given.id)) throw noSuchPage();
  switch (given.step) {
    case "edit": {
      const read = await readUnit(visit, { id: unit.id, programs: await findActivePrograms(db) });
      if (read.refusal) return read.refusal;
      await changeUnit(db, unit.id, read.value);
      return done(here, "Saved");
    }
    case "close":
    case "reopen":
      await setUnitActive(db, unit.id, given.step === "reopen");
      return done(here, given.step === "reopen" ? "Back in the directory" : "Closed");
    case "add-bed":
      if (await isBedName(db, unit.id, given.name, null)) {
        return refuseField(form, "name", "Another bed of the unit has this name.");
      }
      await addBed(db, by, { unitId: unit.id, name: given.name, childPlace: given.child_place });
      return done(here, "Bed added");
    case "rename":
      if (await isBedName(db, unit.id, given.name, given.id)) {
        return refuseField(form, "name", "Another bed of the unit has this name.");
      }
      if (
        beds.find(({ id }) => id === given.id)?.child_place !== given.child_place &&
        (await findTaken(db, today)).has(given.id)
      ) {
        return refuseField(form, "form", TAKEN);
      }
      await changeBed(db, unit.id, given.id, { name: given.name, child_place: given.child_place });
      return done(here, "Saved");
    case "close-bed": {
      if ((await findTaken(db, today)).has(given.id)) return refuseField(form, "form", TAKEN);
      await changeBed(db, unit.id, given.id, { active: false });
      return done(here, "Bed closed");
    }
    case "reopen-bed":
      await changeBed(db, unit.id, given.id, { active: true });
      return done(here, "Bed open again");
  }
});

/** What a unit is, whom it is made for and whom it cannot take; its beds. */
export default function UnitPage() {
  const { unit, programs, providers, rehabs } = useLoaderData<typeof loader>();
  const form = useOneForm();
  const manage = useMay()("unit.manage");
  const lines = [
    ["Run by", unit.program ?? unit.provider],
    ["Where", unit.locality],
    ["Usual length", unit.weeks && (unit.weeks === 1 ? "1 week" : `${unit.weeks} weeks`)],
    ["Attached to", unit.rehab && `${unit.rehab}: a stay goes on there`],
    ["Detox attached", unit.detoxes.map(({ name }) => name).join(", ")],
    ["Made for", unit.serves.map((code) => wordsFor(groups, code)).join(", ")],
    [
      "Cannot care for safely",
      unit.does_not_take.map((code) => wordsFor(notTaken, code)).join(", "),
    ],
    ["Accommodation", drugFreeWords(unit)],
    ["Access", unit.access_has.map((code) => wordsFor(accessKinds, code)).join(", ")],
    ["Has not", unit.access_lacks.map((code) => wordsFor(accessKinds, code)).join(", ")],
    [
      "Languages",
      [
        unit.languages,
        unit.interpreters && "an interpreter is brought in",
        unit.interpreters === false && "no interpreter is brought in",
      ]
        .filter(Boolean)
        .join("; "),
    ],
    ["Staffing", unit.staffing],
  ].filter(([, said]) => said);
  return (
    <>
      <PageHead
        title={
          <>
            {unit.name} {!unit.active && <Badge color="gray">Closed</Badge>}
          </>
        }
        about={briefly(unit).join(" · ")}
        actions={
          <>
            <LinkButton to={paths.units()} variant="default" size="sm">
              Directory
            </LinkButton>
            {manage && (
              <LinkButton to={form.opens("edit")} size="sm">
                Change
              </LinkButton>
            )}
          </>
        }
      />
      {form.isOpen("edit") ? (
        <Section title="What it is">
          <Step step="edit">
            <UnitFields unit={unit} {...{ programs, providers, rehabs }} />
            <FormButtons>Save</FormButtons>
          </Step>
        </Section>
      ) : (
        <Section
          title="What it is"
          actions={
            manage && (
              <OpenForm to={form.opens(unit.active ? "close" : "reopen")} variant="subtle">
                {unit.active ? "Close the unit" : "Open it again"}
              </OpenForm>
            )
          }
        >
          {form.isOpen("close") && (
            <Step step="close">
              <Text size="sm">
                No new place can be asked for. Stays that stand go on; nothing is lost.
              </Text>
              <FormButtons>Close the unit</FormButtons>
            </Step>
          )}
          {form.isOpen("reopen") && (
            <Step step="reopen">
              <FormButtons>Open the unit again</FormButtons>
            </Step>
          )}
          {unit.about && (
            <Text size="sm" mb="sm" style={{ whiteSpace: "pre-line" }}>
              {unit.about}
            </Text>
          )}
          <List listStyleType="none" spacing={2} size="sm">
            {lines.map(([label, said]) => (
              <List.Item key={label}>
                <Text span size="sm" c="dimmed">
                  {label}:{" "}
                </Text>
                {said}
              </List.Item>
            ))}
          </List>
        </Section>
      )}
      <BedSection />
    </>
  );
}
