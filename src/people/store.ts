import { sql } from "kysely";
import type { Day } from "../kernel/day.ts";
import type { Acting } from "../storage/database.ts";

/** Finds people by words of their name or number and by date of birth: at most `most`, yours only. */
export async function searchPeople(
  db: Acting,
  { words, born, most = 50 }: { words: string; born?: Day | null; most?: number },
) {
  return db
    .selectFrom("consumer")
    .select(["id", "number", "given_name", "family_name", "preferred_name", "date_of_birth"])
    .where(sql<boolean>`id IN (SELECT people.search(${words}, ${born ?? null}, ${most}))`)
    .orderBy("family_name")
    .orderBy("given_name")
    .orderBy("id")
    .execute();
}
