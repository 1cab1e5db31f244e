import type { Acting } from "../storage/database.ts";

/** The first name on a sheet that goes home, and who and what must not be named on it. */
export async function findSheetNames(db: Acting, consumerId: string) {
  const person = await db
    .selectFrom("consumer")
    .select(["given_name", "family_name", "preferred_name"])
    .where("id", "=", consumerId)
    .executeTakeFirst();
  if (!person) return null;
  const around = await db
    .selectFrom("support as s")
    .leftJoin("no_contact as n", (on) =>
      on.onRef("n.support_id", "=", "s.id").on("n.lifted_at", "is", null),
    )
    .select(["s.name", "s.relation", "n.id as flag"])
    .where("s.consumer_id", "=", consumerId)
    .limit(200)
    .execute();
  const programs = await db.selectFrom("program").select("name").limit(200).execute();
  return {
    firstName: person.preferred_name || person.given_name,
    programs: programs.map(({ name }) => name),
    ownNames: [person.given_name, person.family_name, person.preferred_name ?? ""],
    around: around.map(({ name, relation, flag }) => ({
      name,
      relation,
      noContact: flag !== null,
    })),
  };
}
