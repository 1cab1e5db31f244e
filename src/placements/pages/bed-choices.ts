import type { Day } from "../../kernel/day.ts";
import type { Acting } from "../../storage/database.ts";
import { choicesOf } from "../bed.ts";
import { findOccupiedAhead } from "../bed-store.ts";
import { findBeds, findUnits } from "../unit-store.ts";

/** Units with their beds and from when each is free, as forms offer them. */
export async function findChoices(db: Acting, today: Day, unitIds?: readonly string[]) {
  const units = (await findUnits(db)).filter((unit) => !unitIds || unitIds.includes(unit.id));
  const beds = await findBeds(
    db,
    units.map(({ id }) => id),
  );
  const choices = choicesOf(units, beds, await findOccupiedAhead(db, today), today);
  return choices.map(({ unit, beds }) => ({
    ...{ id: unit.id, name: unit.name, kind: unit.kind, beds },
    ...{ weeks: unit.weeks, womenOnly: unit.women_only, menOnly: unit.men_only },
    ...{ programId: unit.program_id, attachedTo: unit.attached_to },
  }));
}

export type Choice = Awaited<ReturnType<typeof findChoices>>[number];

/** The chosen bed, if it is one of those that were offered. */
export function chosenBed(choices: readonly Choice[], bedId: string) {
  for (const unit of choices) {
    const bed = unit.beds.find(({ id }) => id === bedId);
    if (bed) return { unit, bed, name: `${bed.name} in ${unit.name}` };
  }
  return null;
}
