import { addDays } from "../../kernel/day.ts";
import { findProvider } from "../../liaison/provider-store.ts";
import { type StayNeed, stands } from "../../liaison/referral.ts";
import { addReferral, moveReferral } from "../../liaison/store.ts";
import type { FormVisit } from "../../web/guard.ts";
import { paths } from "../../web/paths.ts";
import { findAskedOf } from "../store.ts";

/** What is asked of a service elsewhere: it is told of somebody, so it goes the way of a referral. */
export type Elsewhere = {
  placementId: string;
  need: StayNeed;
  providerId: string;
  what: string;
  fundingId?: string | null;
};

/**
 * The referral by which a service elsewhere is asked, found or made; nothing is told by that. Where
 * it is sent from: there a ground is chosen, and what left is recorded.
 */
export async function askElsewhere(visit: FormVisit, ask: Elsewhere): Promise<string> {
  const { db, me, by, consumerId, today } = visit;
  const { placementId, need, providerId, what, fundingId = null } = ask;
  const before = (await findAskedOf(db, consumerId, placementId)).find(
    (one) =>
      one.need === need &&
      one.provider_id === providerId &&
      one.funding_id === fundingId &&
      stands(one.status),
  );
  const id =
    before?.id ??
    (await addReferral(db, by, consumerId, {
      ...{
        need,
        what,
        forWhom: "consumer",
        ownerId: me.staffId,
        providerId,
        placementId,
        fundingId,
      },
      ...{ foundOn: today, dueOn: addDays(today, 1) },
    }));
  return paths.sendReferral(consumerId, id);
}

/** A place that nobody wants any more: what was to be asked for it, and was not yet, is off the lists. */
export async function stopAsking(visit: FormVisit, placementId: string, why: string) {
  const { db, by, consumerId, today } = visit;
  for (const { id, status } of await findAskedOf(db, consumerId, placementId)) {
    if (status !== "open") continue;
    await moveReferral(db, by, consumerId, id, { status: "closed", on: today, outcome: why });
  }
}

/** A service named in a form: one of the directory, or by its name alone; null: nobody is named. */
export async function serviceNamed(
  visit: FormVisit,
  { providerId, name }: { providerId: string | undefined; name: string | undefined },
): Promise<{ id: string | null; name: string } | null> {
  const provider = providerId ? await findProvider(visit.db, providerId) : null;
  if (provider) return { id: provider.id, name: provider.name };
  return name ? { id: null, name } : null;
}
