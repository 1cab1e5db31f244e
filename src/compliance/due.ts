import type { Acting } from "../storage/database.ts";
import { findDueConsumers, noteEditions, takeDueDays } from "./due-store.ts";
import { type Bench, judgeAgain, lockConsumer } from "./judge.ts";

/** Consumers judged again while somebody waits for a page; the rest with the next one. */
const AT_ONCE = 40;

/**
 * Judges what changed without a service being written: a credential entered late, a program's kind, a
 * bulletin's new edition. The biller's pages do it before they show anything. Says whether more waits.
 */
export async function judgeDue(db: Acting, bench: Bench): Promise<{ more: boolean }> {
  const [first] = bench.bulletins.map(({ effective }) => effective.from).toSorted();
  if (first) await noteEditions(db, bench.bulletins, first);
  const consumers = await findDueConsumers(db, AT_ONCE + 1);
  // Always in the same order, so that two who do this at once never wait for each other in a ring.
  for (const consumerId of consumers.slice(0, AT_ONCE)) {
    await lockConsumer(db, consumerId);
    const days = await takeDueDays(db, consumerId);
    if (days.length > 0) await judgeAgain(db, bench, consumerId, days);
  }
  return { more: consumers.length > AT_ONCE };
}
