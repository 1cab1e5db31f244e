import type { Day } from "../kernel/day.ts";
import type { Acting } from "../storage/database.ts";
import { type GivenConsent, liveConsents, type Topic } from "./consent.ts";
import { serviceConsents } from "./consent-store.ts";

/** Whose consents, on which day. */
type Of = { db: Acting; consumerId: string; today: Day };

/**
 * The consents that let a service of the directory be told something today, the one that names most
 * first; null when there is no such person.
 */
export async function findGrounds(
  { db, consumerId, today }: Of,
  providerId: string,
): Promise<GivenConsent[] | null> {
  const standing = await serviceConsents(db, consumerId, providerId);
  if (!standing) return null;
  return [...liveConsents(standing, standing.person, today)].sort(
    (a, b) => b.topics.length - a.topics.length,
  );
}

/** One live consent that names all of these topics; null when none does. */
export async function findCarrying(
  of: Of,
  providerId: string,
  told: readonly Topic[],
): Promise<GivenConsent | null> {
  const live = (await findGrounds(of, providerId)) ?? [];
  return live.find((consent) => told.every((topic) => consent.topics.includes(topic))) ?? null;
}
