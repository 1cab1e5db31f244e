import { type Bench, weekMeter } from "../compliance/judge.ts";
import type { Acting } from "../storage/database.ts";
import { type Advice, adviceOf } from "./advice.ts";
import { factsBefore, type PlannedConference } from "./conference-plan.ts";
import { findBookedTimes } from "./schedule-store.ts";
import { unitsOf } from "./service.ts";
import { previewService } from "./service-store.ts";

/**
 * What the bulletins would say of a conference that is only planned, from the code that says it when
 * one is saved. It advises; nothing here ever stops a booking.
 */
export async function adviseOn(
  db: Acting,
  bench: Bench,
  planned: PlannedConference,
  exceptAppointmentId: string | null = null,
): Promise<Advice> {
  const facts = factsBefore(planned);
  const meter = await weekMeter(db, bench, planned.consumerId, planned.day);
  const others = meter
    ? await findBookedTimes(db, planned.consumerId, meter, exceptAppointmentId)
    : [];
  const units = others.map((times) =>
    unitsOf({ kind: facts.known.kind, privateMinutes: 0, ...times }, bench.bulletins),
  );
  return adviceOf(
    {
      known: await previewService(db, bench, facts.known),
      hoped: await previewService(db, bench, facts.hoped),
      ideal: await previewService(db, bench, facts.ideal),
    },
    meter,
    { sessions: units.length, units: units.reduce((sum, each) => sum + each, 0) },
    bench.bulletins,
  );
}
