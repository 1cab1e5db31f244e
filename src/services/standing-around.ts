import type { Outcome } from "../policy/judgement.ts";

type Stand = { outcome: Outcome; payable: number };

/** A service whose standing changed because another was recorded, corrected or voided. */
export type Moved = { serviceId: string; was: Stand; is: Stand };

type Standings = ReadonlyMap<string, { outcome: Outcome; unitsPayable: number }>;

/** What stands otherwise after than before, of the services that stood before. */
export function movedBetween(before: Standings, after: Standings): Moved[] {
  const moved: Moved[] = [];
  for (const [serviceId, now] of after) {
    const then = before.get(serviceId);
    if (!then) continue;
    const was = { outcome: then.outcome, payable: then.unitsPayable };
    const is = { outcome: now.outcome, payable: now.unitsPayable };
    if (was.outcome !== is.outcome || was.payable !== is.payable)
      moved.push({ serviceId, was, is });
  }
  return moved;
}
