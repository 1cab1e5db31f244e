import { z } from "zod";
import { assign, enrol, openEpisode } from "../../episodes/store.ts";
import type { Day } from "../../kernel/day.ts";
import type { Acting, By } from "../../storage/database.ts";
import { identifier } from "../../web/form.tsx";
import { findMyColleagues, findMyPrograms } from "../store.ts";
import { optionalDay } from "./person-fields.tsx";

/** Where somebody who has come is to go: a programme of mine, from a day or to wait, and whose they are. */
export const takeInForm = z.object({
  program_id: identifier("Choose one").optional(),
  from: optionalDay,
  keyworker_id: identifier().optional(),
});

export async function findTakeInChoices(db: Acting, today: Day) {
  const programs = await findMyPrograms(db);
  return {
    programs: programs.map(({ id, name }) => ({ id, name })),
    colleagues: programs.length > 0 ? await findMyColleagues(db, today) : [],
  };
}
export type Choices = Awaited<ReturnType<typeof findTakeInChoices>>;

/** Opens their first episode, in the programme or on its list. Says by field what cannot be. */
export async function takeIn(
  db: Acting,
  { by, today, consumerId }: { by: By; today: Day; consumerId: string },
  wanted: z.output<typeof takeInForm>,
  { programs, colleagues }: Choices,
): Promise<{ field: string; message: string } | null> {
  const { program_id, from = null, keyworker_id } = wanted;
  if (!program_id || !programs.some(({ id }) => id === program_id)) {
    return { field: "program_id", message: "Choose one of yours" };
  }
  if (keyworker_id && !colleagues.some(({ id }) => id === keyworker_id)) {
    return { field: "keyworker_id", message: "Choose somebody who works with you" };
  }
  const opened = from && from < today ? from : today;
  const episodeId = await openEpisode(db, by, consumerId, { on: opened, previousId: null });
  await enrol(db, by, consumerId, { episodeId, programId: program_id, requestedOn: opened, from });
  if (keyworker_id) {
    await assign(db, by, consumerId, { part: "keyworker", staffId: keyworker_id, from: opened });
  }
  return null;
}
