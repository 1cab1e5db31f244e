import { type Bench, findStanding, judgeAgain } from "../compliance/judge.ts";
import type { Standing } from "../compliance/standing.ts";
import { addDays, type Day } from "../kernel/day.ts";
import type { Acting } from "../storage/database.ts";
import type { ServiceFacts } from "./service.ts";
import { type Inserted, insertService } from "./service-store.ts";
import { type Moved, movedBetween } from "./standing-around.ts";

/** The longest period that a bulletin can count by is a month. */
const REACH = 40;

/** What stands for the consumer's services around some days: all that a change there can touch. */
export async function standingAround(
  db: Acting,
  consumerId: string,
  days: readonly Day[],
): Promise<ReadonlyMap<string, Standing>> {
  const rows = await db
    .selectFrom("service")
    .select("id")
    .where("consumer_id", "=", consumerId)
    .where("voided_at", "is", null)
    .where((eb) =>
      eb.or(
        days.map((day) => eb.between("service_date", addDays(day, -REACH), addDays(day, REACH))),
      ),
    )
    .execute();
  return findStanding(
    db,
    rows.map(({ id }) => id),
  );
}

/** Records a service and keeps with it what that changed for others. Call under the consumer's lock. */
export async function recordService(
  db: Acting,
  bench: Bench,
  facts: ServiceFacts,
): Promise<(Inserted & { moved: Moved[] }) | null> {
  const before = await standingAround(db, facts.consumerId, [facts.day]);
  const inserted = await insertService(db, bench, facts);
  if (!inserted) return null;
  const moved = movedBetween(before, inserted.standings);
  if (moved.length > 0) {
    await db
      .updateTable("service")
      .set({ moved: JSON.stringify(moved) })
      .where("id", "=", inserted.serviceId)
      .execute();
  }
  return { ...inserted, moved };
}

/** Judges again after a change on these days; what stands otherwise than `before`. */
export async function judgeMoved(
  db: Acting,
  bench: Bench,
  consumerId: string,
  days: readonly Day[],
  before: ReadonlyMap<string, Standing>,
): Promise<Moved[]> {
  return movedBetween(before, await judgeAgain(db, bench, consumerId, days));
}
