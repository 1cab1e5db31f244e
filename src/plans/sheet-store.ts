import type { Acting } from "../storage/database.ts";

/** The first name on a sheet that goes home, and the programmes that must not be named on it. */
export async function findSheetNames(db: Acting, consumerId: string) {
  const person = await db
    .selectFrom("consumer")
    .select(["given_name", "preferred_name"])
    .where("id", "=", consumerId)
    .executeTakeFirst();
  if (!person) return null;
  const programs = await db.selectFrom("program").select("name").limit(200).execute();
  return {
    firstName: person.preferred_name || person.given_name,
    programs: programs.map(({ name }) => name),
  };
}
