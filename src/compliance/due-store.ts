import { sql } from "kysely";
import type { Day } from "../kernel/day.ts";
import type { Acting } from "../storage/database.ts";

/** Puts services in line whose bulletin has another edition than the one they were judged by. */
export async function noteEditions(
  db: Acting,
  editions: readonly { number: string; contentHash: string }[],
  since: Day,
): Promise<void> {
  const numbers = editions.map(({ number }) => number);
  const hashes = editions.map(({ contentHash }) => contentHash);
  await sql`SELECT access.note_editions(${numbers}::text[], ${hashes}::text[], ${since}::date)`.execute(
    db,
  );
}

/** Consumers with days that are to be judged again, always in the same order. */
export async function findDueConsumers(db: Acting, most: number): Promise<readonly string[]> {
  const rows = await db
    .selectFrom("judgement_due")
    .select("consumer_id")
    .distinct()
    .orderBy("consumer_id")
    .limit(most)
    .execute();
  return rows.map(({ consumer_id }) => consumer_id);
}

/** Takes the consumer's days off the line; the caller judges them in the same transaction. */
export async function takeDueDays(db: Acting, consumerId: string): Promise<readonly Day[]> {
  const rows = await db
    .deleteFrom("judgement_due")
    .where("consumer_id", "=", consumerId)
    .returning("day")
    .execute();
  return rows.map(({ day }) => day as Day);
}
