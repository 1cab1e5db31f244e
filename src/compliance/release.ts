import type { Acting } from "../storage/database.ts";
import { findClaimLinesOf } from "./claim-store.ts";
import { type Bench, judgeAgain, lockConsumer } from "./judge.ts";
import { findReady, insertBatch, type NewClaim, takeReleaseLock } from "./release-store.ts";

/** How many claims, their units and their money in cents. */
export interface Sum {
  readonly lines: number;
  readonly units: number;
  readonly cents: number;
}

export type Released =
  | ({ readonly ok: true; readonly id: string; readonly number: number } & Sum)
  /** What was confirmed is no longer what stands: nothing was released. */
  | { readonly ok: false; readonly ready: readonly string[]; readonly sum: Sum };

/** What claims come to. */
export function sumOf(claims: readonly Pick<NewClaim, "units" | "cents">[]): Sum {
  return claims.reduce<Sum>(
    (sum, { units, cents }) => ({
      lines: sum.lines + 1,
      units: sum.units + units,
      cents: sum.cents + cents,
    }),
    { lines: 0, units: 0, cents: 0 },
  );
}

/**
 * Releases services as one batch, all or none, and only as the biller confirmed them: each is judged
 * once more first, so that a claim never rests on what was known yesterday. Where what stands then is
 * not what was confirmed, nothing is released and the caller gets what is ready now.
 */
export async function releaseClaims(
  db: Acting,
  bench: Bench,
  staffId: string,
  serviceIds: readonly string[],
  confirmed: Sum,
): Promise<Released> {
  await takeReleaseLock(db, bench.agencyId);
  const lines = await findClaimLinesOf(db, serviceIds);
  const days = Map.groupBy(lines, ({ consumerId }) => consumerId);
  // In one order, as whoever else locks several consumers does.
  for (const consumerId of [...days.keys()].toSorted()) {
    await lockConsumer(db, consumerId);
    const touched = new Set((days.get(consumerId) ?? []).map(({ day }) => day));
    await judgeAgain(db, bench, consumerId, [...touched]);
  }
  const claims = await findReady(db, serviceIds);
  const sum = sumOf(claims);
  const asConfirmed =
    claims.length === new Set(serviceIds).size &&
    sum.lines === confirmed.lines &&
    sum.units === confirmed.units &&
    sum.cents === confirmed.cents;
  if (!asConfirmed || claims.length === 0) {
    return { ok: false, ready: claims.map(({ serviceId }) => serviceId), sum };
  }
  const batch = await insertBatch(db, { agencyId: bench.agencyId, staffId }, claims);
  return { ok: true, ...batch, ...sum };
}
