import { randomInt } from "node:crypto";
import { sql } from "kysely";
import type { Day } from "../kernel/day.ts";
import type { Acting } from "../storage/database.ts";
import { wholeRecord } from "../storage/sight.ts";

const identity = [
  "id",
  "number",
  "given_name",
  "family_name",
  "preferred_name",
  "date_of_birth",
  "born_about",
] as const;

/** Finds people by words of their name or number and by date of birth: at most `most`, yours only. */
export async function searchPeople(
  db: Acting,
  { words, born, most = 50 }: { words: string; born?: Day | null; most?: number },
) {
  return db
    .selectFrom("consumer")
    .select(identity)
    .select(wholeRecord("consumer.id").as("whole_record"))
    .where(sql<boolean>`id IN (SELECT people.search(${words}, ${born ?? null}, ${most}))`)
    .orderBy("family_name")
    .orderBy("given_name")
    .orderBy("id")
    .execute();
}

/** The people a peer mentor is assigned to. */
export async function findMentored(db: Acting) {
  return db
    .selectFrom("consumer")
    .select(identity)
    .select(wholeRecord("consumer.id").as("whole_record"))
    .where(sql<boolean>`id IN (SELECT access.mentored())`)
    .orderBy("family_name")
    .orderBy("given_name")
    .limit(200)
    .execute();
}

/** Identity, how to reach them, and whether the whole record is yours; null when they are not. */
export async function findPerson(db: Acting, consumerId: string) {
  const person = await db
    .selectFrom("consumer")
    .select(identity)
    .select(["pronouns", "phone", "safe_to_call", "language", "interpreter", "access_needs"])
    .select(["awaiting_program", "created_at"])
    .select(wholeRecord("consumer.id").as("whole_record"))
    .where("id", "=", consumerId)
    .executeTakeFirst();
  return person ?? null;
}

export type Identity = {
  given_name: string;
  family_name: string;
  preferred_name: string | null;
  pronouns: string | null;
  /** Null: not known yet. */
  date_of_birth: Day | null;
  /** About which year they were born, while the date is not known. */
  born_about: number | null;
  phone: string | null;
  safe_to_call: string | null;
  language: string;
  interpreter: boolean;
  access_needs: string | null;
};

/**
 * People you may see who may be the same person: born on that day and alike in one name, reached on
 * the same number and alike in one name, or alike in both names; of nearly that age, where no more is known. People you may not see are not looked at, so the answer tells nothing.
 */
export async function findLikely(
  db: Acting,
  wanted: Pick<Identity, "given_name" | "family_name" | "date_of_birth"> &
    Partial<Pick<Identity, "born_about" | "phone">>,
) {
  return findLike(db, wanted);
}

/** People you may see whose name is nearly this one; the family name is the last word. */
export async function findAlike(
  db: Acting,
  { words, born }: { words: string; born: string | null },
) {
  const all = words.split(/\s+/).filter(Boolean);
  if (all.length === 0) return [];
  return findLike(db, {
    given_name: all.slice(0, -1).join(" "),
    family_name: all.at(-1) ?? "",
    date_of_birth: born,
  });
}

async function findLike(
  db: Acting,
  it: {
    given_name: string;
    family_name: string;
    date_of_birth: string | null;
    born_about?: number | null;
    phone?: string | null;
  },
) {
  return db
    .selectFrom("consumer")
    .innerJoin(
      sql<{
        id: string;
        likeness: number;
      }>`people.likely(${it.given_name}, ${it.family_name}, ${it.date_of_birth}::date,
        ${it.born_about ?? null}::integer, ${it.phone ?? null}::text, 10)`.as("alike"),
      "alike.id",
      "consumer.id",
    )
    .select(identity.map((column) => `consumer.${column}` as const))
    .select(wholeRecord("consumer.id").as("whole_record"))
    .orderBy("alike.likeness", "desc")
    .orderBy("consumer.family_name")
    .orderBy("consumer.id")
    .execute();
}

/** Adds a person, under a number that says nothing and that nobody has. */
export async function addPerson(
  db: Acting,
  by: { staffId: string; agency: { id: string } },
  person: Identity,
): Promise<string> {
  const { rows } = await sql<{ id: string }>`SELECT uuidv7() AS id`.execute(db);
  const id = rows[0]?.id ?? "";
  for (let attempt = 0; attempt < 20; attempt++) {
    const { numInsertedOrUpdatedRows } = await db
      .insertInto("consumer")
      .values({
        ...person,
        id,
        agency_id: by.agency.id,
        number: `R-${randomInt(100_000, 1_000_000)}`,
        search_key: "",
        created_by: by.staffId,
      })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    if (numInsertedOrUpdatedRows === 1n) return id;
  }
  throw new Error("no number is free");
}

/** False when they are not yours to change. */
export async function editPerson(db: Acting, consumerId: string, person: Identity) {
  const { numUpdatedRows } = await db
    .updateTable("consumer")
    .set(person)
    .where("id", "=", consumerId)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** What is planned for one person from a day on, as much as the front desk may know of it. */
export async function findAppointments(db: Acting, consumerId: string, from: Day) {
  return db
    .selectFrom("appointment")
    .innerJoin("staff", "staff.id", "appointment.staff_id")
    .innerJoin("room", "room.id", "appointment.room_id")
    .select(["appointment.id", "day", "starts", "ends", "staff.name as staff", "room.name as room"])
    .where("appointment.consumer_id", "=", consumerId)
    .where("status", "=", "scheduled")
    .where("day", ">=", from)
    .orderBy("day")
    .orderBy("starts")
    .limit(20)
    .execute();
}

/** Who stands around a person, by name only, with the no-contact flags that must not be missed. */
export async function findSupportNames(db: Acting, consumerId: string) {
  const { rows } = await sql<{ id: string; name: string; relation: string; no_contact: boolean }>`
    SELECT id, name, relation, no_contact FROM people.support_names(${consumerId})`.execute(db);
  return rows;
}

/** My own programmes, which I may enrol people in. */
export async function findMyPrograms(db: Acting) {
  return db
    .selectFrom("program")
    .select(["id", "name", "kind"])
    .where("active", "=", true)
    .where(sql<boolean>`id IN (SELECT access.my_programs())`)
    .orderBy("name")
    .execute();
}

/** Colleagues in my programmes: who can become somebody's keyworker. */
export async function findMyColleagues(db: Acting, on: Day) {
  return db
    .selectFrom("staff")
    .select(["id", "name", "title"])
    .where((eb) => eb.or([eb("active_to", "is", null), eb("active_to", ">=", on)]))
    .where(
      sql<boolean>`id IN (SELECT staff_id FROM staff_program WHERE during @> ${on}::date
        AND program_id IN (SELECT access.my_programs()))`,
    )
    .orderBy("name")
    .limit(300)
    .execute();
}
