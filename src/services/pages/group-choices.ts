import type { Day } from "../../kernel/day.ts";
import type { Acting } from "../../storage/database.ts";
import { refuseField } from "../../web/form.tsx";
import { findProgramChoices, type GroupFields } from "../group-store.ts";
import { findBookable, findRooms } from "../schedule-store.ts";
import type { GroupChoices } from "./group-fields.tsx";

/** What a group's form lets one choose from. */
export async function findGroupChoices(db: Acting, today: Day): Promise<GroupChoices> {
  return {
    programs: await findProgramChoices(db),
    rooms: await findRooms(db),
    leads: await findBookable(db, today),
  };
}

/** A refusal of whatever was not among the choices; null when all was. */
export function strangerAmong(group: GroupFields, choices: GroupChoices, form: FormData) {
  const asked = [
    ["program", group.programId, choices.programs],
    ["room", group.roomId, choices.rooms],
    ["lead", group.leadId, choices.leads],
  ] as const;
  const wrong = asked.find(([, id, list]) => id !== null && !list.some((one) => one.id === id));
  return wrong ? refuseField(form, wrong[0], "Choose one of the list") : null;
}
