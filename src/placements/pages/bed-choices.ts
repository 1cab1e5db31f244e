import type { Day } from "../../kernel/day.ts";
import type { Acting } from "../../storage/database.ts";
import { choicesOf } from "../bed.ts";
import { findOccupiedAhead } from "../bed-store.ts";
import { findChildrenAhead } from "../child-store.ts";
import { factsOf, goesOnTo } from "../unit.ts";
import { findBeds, findUnit, findUnits } from "../unit-store.ts";

/** Units with their beds and children's places and from when each is free, as forms offer them. */
export async function findChoices(db: Acting, today: Day, unitIds?: readonly string[]) {
  const units = (await findUnits(db)).filter((unit) => !unitIds || unitIds.includes(unit.id));
  const beds = await findBeds(
    db,
    units.map(({ id }) => id),
  );
  const taken = {
    beds: await findOccupiedAhead(db, today),
    childPlaces: await findChildrenAhead(db, today),
  };
  return choicesOf(units, beds, taken, today).map(({ unit, beds, childPlaces }) => ({
    ...factsOf(unit),
    ...{ beds, childPlaces },
  }));
}

export type Choice = Awaited<ReturnType<typeof findChoices>>[number];

/** Where else a stay can go on, of units of which no bed can be chosen: their beds are not kept here. */
export async function findOnward(
  db: Acting,
  unit: Parameters<typeof goesOnTo>[0],
  choices: readonly Choice[],
): Promise<Choice[]> {
  const onward: Choice[] = [];
  for (const id of goesOnTo(unit)) {
    if (id === unit?.id || choices.some((choice) => choice.id === id)) continue;
    const other = await findUnit(db, id);
    // A unit of ours whose beds are all closed is full, not elsewhere.
    if (!other?.active || (await findBeds(db, [id])).length > 0) continue;
    onward.push({ ...factsOf(other), beds: [], childPlaces: [] });
  }
  return onward;
}

/** The chosen bed, if it is one of those that were offered. */
export function chosenBed(choices: readonly Choice[], bedId: string) {
  for (const unit of choices) {
    const bed = unit.beds.find(({ id }) => id === bedId);
    if (bed) return { unit, bed, name: `${bed.name} in ${unit.name}` };
  }
  return null;
}

/** A chosen child's place of a unit that the parent is in no bed of; null: each is beside the parent's. */
export function placeElsewhere(unit: Choice, placeIds: readonly string[]): string | null {
  const wrong = placeIds.some((id) => !unit.childPlaces.some((place) => place.id === id));
  if (!wrong) return null;
  return unit.childPlaces.length === 0
    ? `No child's place is kept in ${unit.name}. Choose none, or another bed.`
    : `Choose a child's place of ${unit.name}, where the parent's bed is.`;
}
