import type { Day } from "../../kernel/day.ts";
import type { Acting } from "../../storage/database.ts";
import { choicesOf } from "../bed.ts";
import { findOccupiedAhead } from "../bed-store.ts";
import { findBeds, findUnit, findUnits } from "../unit-store.ts";

/** Units with their beds and from when each is free, as forms offer them. */
export async function findChoices(db: Acting, today: Day, unitIds?: readonly string[]) {
  const units = (await findUnits(db)).filter((unit) => !unitIds || unitIds.includes(unit.id));
  const beds = await findBeds(
    db,
    units.map(({ id }) => id),
  );
  const choices = choicesOf(units, beds, await findOccupiedAhead(db, today), today);
  return choices.map(({ unit, beds }) => ({ ...asChoice(unit), beds }));
}

type Found = NonNullable<Awaited<ReturnType<typeof findUnit>>>;

const asChoice = (unit: Found) => ({
  ...{ id: unit.id, name: unit.name, kind: unit.kind },
  ...{ weeks: unit.weeks, womenOnly: unit.women_only, menOnly: unit.men_only },
  ...{ programId: unit.program_id, attachedTo: unit.attached_to },
});

export type Choice = Awaited<ReturnType<typeof findChoices>>[number];

/** The rehab that a detox is attached to, where no bed of it can be chosen: its beds are not kept here. */
export async function findOnward(
  db: Acting,
  unit: Pick<Found, "attached_to"> | null,
  choices: readonly Choice[],
) {
  if (!unit?.attached_to || choices.some(({ id }) => id === unit.attached_to)) return null;
  const rehab = await findUnit(db, unit.attached_to);
  if (!rehab?.active) return null;
  // A unit of ours whose beds are all closed is full, not elsewhere.
  const beds = await findBeds(db, [rehab.id]);
  return beds.length > 0 ? null : asChoice(rehab);
}

/** The chosen bed, if it is one of those that were offered. */
export function chosenBed(choices: readonly Choice[], bedId: string) {
  for (const unit of choices) {
    const bed = unit.beds.find(({ id }) => id === bedId);
    if (bed) return { unit, bed, name: `${bed.name} in ${unit.name}` };
  }
  return null;
}
