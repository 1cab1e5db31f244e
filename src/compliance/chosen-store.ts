import { sql } from "kysely";
import type { Day } from "../kernel/day.ts";
import type { Acting, By } from "../storage/database.ts";
import type { Chosen } from "./chosen.ts";

/** A bulletin, by what names it. */
export type Named = Pick<Chosen, "jurisdiction" | "number">;

/** Every choice of the agency, the newest first. */
export async function findChosen(db: Acting): Promise<readonly (Chosen & { id: string })[]> {
  return db
    .selectFrom("agency_bulletin")
    .select([
      "id",
      "jurisdiction",
      "number",
      sql<Day>`valid_from`.as("from"),
      sql<Day | null>`valid_to`.as("until"),
    ])
    .orderBy("valid_from", "desc")
    .orderBy("number")
    .limit(500)
    .execute();
}

/**
 * Puts a bulletin in force for the agency from a day on. With the first choice the bulletins that held
 * without one are chosen too, so that what they judged stays judged.
 */
export async function chooseBulletin(
  db: Acting,
  by: By,
  bulletin: Named & { readonly from: Day },
  before: readonly (Named & { readonly from: Day })[],
): Promise<"chosen" | "chosen-already"> {
  const chosen = await settled(db, by, before);
  const overlaps = chosen.some(
    (one) => isOf(one, bulletin) && (one.until === null || one.until >= bulletin.from),
  );
  if (overlaps) return "chosen-already";
  await insert(db, by, [bulletin]);
  return "chosen";
}

/** Ends a bulletin for the agency; its last day is in force. False when it does not hold on that day. */
export async function endBulletin(
  db: Acting,
  by: By,
  bulletin: Named & { readonly lastDay: Day },
  before: readonly (Named & { readonly from: Day })[],
): Promise<boolean> {
  const chosen = await settled(db, by, before);
  const holds = chosen.find(
    (one) =>
      isOf(one, bulletin) &&
      one.from <= bulletin.lastDay &&
      (one.until === null || one.until > bulletin.lastDay),
  );
  if (!holds) return false;
  await db
    .updateTable("agency_bulletin")
    .set({ valid_to: bulletin.lastDay })
    .where("id", "=", holds.id)
    .execute();
  return true;
}

/** The choices as they stand; where there are none, those that hold without one are made. */
async function settled(db: Acting, by: By, before: readonly (Named & { readonly from: Day })[]) {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${by.agencyId}, 44))`.execute(db);
  const chosen = await findChosen(db);
  if (chosen.length > 0 || before.length === 0) return chosen;
  await insert(db, by, before);
  return findChosen(db);
}

async function insert(db: Acting, by: By, bulletins: readonly (Named & { readonly from: Day })[]) {
  await db
    .insertInto("agency_bulletin")
    .values(
      bulletins.map(({ jurisdiction, number, from }) => ({
        ...{ agency_id: by.agencyId, created_by: by.staffId },
        ...{ jurisdiction, number, valid_from: from },
      })),
    )
    .execute();
}

function isOf(one: Named, other: Named): boolean {
  return one.number === other.number && one.jurisdiction === other.jurisdiction;
}
