import { benchOf } from "../../compliance/judge.ts";
import type { Day } from "../../kernel/day.ts";
import { mayInvite } from "../../people/consent.ts";
import { consentStanding, type Standing } from "../../people/consent-store.ts";
import type { Visit } from "../../web/guard.ts";
import type { Advice } from "../advice.ts";
import { adviseOn } from "../advise.ts";
import { type Clash, clashesOf, type Slot } from "../appointment.ts";
import { findRooms, findTaken } from "../schedule-store.ts";
import type { PlanDiscussed } from "../service.ts";

/** A booking as far as it is filled in. */
export type Sketch = Slot & {
  programId: string | null;
  plan: PlanDiscussed | null;
  supportIds: readonly string[];
};

export type Foresight = { advice: Advice; clashes: Clash[] };

/** What the bulletins and the calendar say of a booking that is not made yet, or not held yet. */
export async function foresee(
  { db, me, services, consumerId }: Visit,
  sketch: Sketch,
  exceptAppointmentId: string | null = null,
): Promise<Foresight> {
  const rooms = await findRooms(db);
  const standings = await consentStanding(db, consumerId, sketch.day);
  const invitable = standings.filter(
    (standing) =>
      sketch.supportIds.includes(standing.supportId) && invitableOn(standing, sketch.day),
  );
  const advice = await adviseOn(
    db,
    benchOf(me, services.shelf),
    {
      consumerId,
      programId: sketch.programId,
      day: sketch.day,
      starts: sketch.starts,
      ends: sketch.ends,
      setting: rooms.find(({ id }) => id === sketch.roomId)?.setting ?? null,
      leadId: sketch.staffId || null,
      plan: sketch.plan,
      invitable: invitable.length,
      recordedBy: me.staffId,
    },
    exceptAppointmentId,
  );
  const taken = await findTaken(db, { from: sketch.day, to: sketch.day });
  return { advice, clashes: clashesOf(sketch, taken, exceptAppointmentId) };
}

function invitableOn(standing: Standing, day: Day): boolean {
  return mayInvite(standing, standing.person, day).yes;
}
