import type { Day } from "../kernel/day.ts";
import type { Acting, By } from "../storage/database.ts";

export async function addFunding(
  db: Acting,
  by: By,
  of: { consumerId: string; placementId: string },
  line: {
    funder: string;
    providerId: string | null;
    panelOn: Day | null;
    weeks: number | null;
    cents: number | null;
    note: string | null;
  },
): Promise<void> {
  await db
    .insertInto("funding")
    .values({
      ...{ agency_id: by.agencyId, consumer_id: of.consumerId, placement_id: of.placementId },
      ...{ funder: line.funder, provider_id: line.providerId },
      ...{ panel_on: line.panelOn, weeks: line.weeks },
      ...{ cents_per_week: line.cents, note: line.note, recorded_by: by.staffId },
    })
    .execute();
}

export async function decideFunding(
  db: Acting,
  by: By,
  of: { consumerId: string; id: string },
  answer: {
    state: "agreed" | "refused";
    on: Day;
    weeks: number | null;
    cents: number | null;
    from: string | null;
    note: string | null;
  },
): Promise<void> {
  await db
    .updateTable("funding")
    .set({
      ...{ state: answer.state, decided_on: answer.on, decided_by: by.staffId },
      ...{ weeks: answer.weeks, cents_per_week: answer.cents, answer_from: answer.from },
      note: answer.note,
    })
    .where("id", "=", of.id)
    .where("consumer_id", "=", of.consumerId)
    .where("state", "=", "pending")
    .execute();
}
