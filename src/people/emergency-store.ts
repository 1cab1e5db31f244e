import { sql } from "kysely";
import type { Day } from "../kernel/day.ts";
import type { Acting } from "../storage/database.ts";
import { wholeRecord } from "../storage/sight.ts";

/**
 * How a person is named to open their record in an emergency: by their very date of birth, or, where
 * nobody knows it, by about the year, if nobody else of that name could be meant. A date comes first.
 */
export type Opening = {
  given: string;
  family: string;
  born: Day | null;
  about: number | null;
  reason: string;
};

/** Opens somebody's record for four hours; the same null for nobody and for nobody that can be opened. */
export async function openInEmergency(db: Acting, opening: Opening): Promise<string | null> {
  const { given, family, born, about, reason } = opening;
  const { rows } = await sql<{ id: string | null }>`
    SELECT access.open_in_emergency(${given}, ${family}, ${born}::date, ${about}::integer, ${reason}) AS id`.execute(
    db,
  );
  return rows[0]?.id ?? null;
}

/**
 * Somebody of that name whose record is open to the asker already, without an emergency. By about a year
 * only if it can mean one of them.
 */
export async function findOwn(
  db: Acting,
  { given, family, born, about }: Opening,
): Promise<string | null> {
  const own = await db
    .selectFrom("consumer")
    .select("id")
    .where((eb) =>
      born
        ? eb("date_of_birth", "=", born)
        : sql<boolean>`date_of_birth IS NULL AND abs(coalesce(born_about, ${about}::integer) - ${about}::integer) <= 5`,
    )
    .where(sql<boolean>`people.fold(family_name) = people.fold(${family})`)
    .where(
      sql<boolean>`people.fold(${given}) IN (people.fold(given_name), people.fold(coalesce(preferred_name, given_name)))`,
    )
    .where(wholeRecord("consumer.id"))
    .orderBy("id")
    .limit(2)
    .execute();
  return born || own.length === 1 ? (own[0]?.id ?? null) : null;
}

/** The asker's own openings, the newest first. */
export async function findMyOpenings(db: Acting) {
  return db
    .selectFrom("emergency_access as e")
    .leftJoin("consumer as c", "c.id", "e.consumer_id")
    .select(["e.id", "e.opened_at", "e.until", "e.reason", "e.reviewed_at"])
    .select(["c.id as consumer_id", "c.given_name", "c.family_name", "c.preferred_name"])
    .select(sql<boolean>`e.until > now()`.as("open"))
    .where(sql<boolean>`e.staff_id = access.staff()`)
    .orderBy("e.opened_at", "desc")
    .limit(20)
    .execute();
}

/** Openings of the agency for review; the person's name only where it is the reviewer's to see. */
export async function findOpenings(
  db: Acting,
  { reviewed, skip, most }: { reviewed: boolean; skip: number; most: number },
) {
  return db
    .selectFrom("emergency_access as e")
    .innerJoin("staff as s", "s.id", "e.staff_id")
    .leftJoin("staff as r", "r.id", "e.reviewed_by")
    .leftJoin("consumer as c", "c.id", "e.consumer_id")
    .select(["e.id", "e.opened_at", "e.until", "e.reason", "e.review", "e.reviewed_at"])
    .select(["s.name as staff", "s.title as staff_title", "r.name as reviewed_by"])
    .select(["c.id as consumer_id", "c.given_name", "c.family_name", "c.preferred_name"])
    .select(sql<boolean>`e.staff_id = access.staff()`.as("own"))
    .select(sql<number>`count(*) OVER ()`.as("total"))
    .where("e.reviewed_at", reviewed ? "is not" : "is", null)
    .orderBy("e.opened_at", reviewed ? "desc" : "asc")
    .offset(skip)
    .limit(most)
    .execute();
}

/** False when there is none that waits, or it is the reviewer's own. */
export async function reviewOpening(
  db: Acting,
  by: { staffId: string },
  { id, review }: { id: string; review: string },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable("emergency_access")
    .set({ reviewed_by: by.staffId, reviewed_at: new Date(), review })
    .where("id", "=", id)
    .where("reviewed_at", "is", null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}
