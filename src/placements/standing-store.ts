import { sql } from "kysely";
import type { Day } from "../kernel/day.ts";
import type { Acting } from "../storage/database.ts";

/**
 * Who asked for a place and has no bed, who is to come and who is to leave, of the records one may
 * read. The unit is where the stay is, or, of somebody in a bed of ours, whatever the bed's is.
 */
export async function findStanding(db: Acting, today: Day) {
  return db
    .selectFrom("placement")
    .leftJoinLateral(
      (eb) =>
        eb
          .selectFrom("unit_move")
          .select("unit_id")
          .whereRef("placement_id", "=", "placement.id")
          .orderBy("moved_on", "desc")
          .orderBy("id", "desc")
          .limit(1)
          .as("at"),
      (on) => on.onTrue(),
    )
    .innerJoin("unit", (on) =>
      on.on(sql<boolean>`unit.id = coalesce(at.unit_id, placement.unit_id)`),
    )
    .innerJoin("consumer", "consumer.id", "placement.consumer_id")
    .selectAll("placement")
    .select(["unit.name as unit", "unit.kind as unit_kind", "unit.attached_to"])
    .select(["consumer.given_name", "consumer.family_name", "consumer.preferred_name"])
    .select((eb) => [
      eb
        .selectFrom("funding")
        .select(sql<string[]>`coalesce(array_agg(funding.state), '{}')`.as("states"))
        .whereRef("funding.placement_id", "=", "placement.id")
        .as("funding_states"),
      eb
        .selectFrom("leave_of_absence as away")
        .select(sql<string | null>`max(away.back_by)`.as("back_by"))
        .whereRef("away.placement_id", "=", "placement.id")
        .where("away.returned_on", "is", null)
        .where("away.from_on", "<=", today)
        .as("back_by"),
      eb
        .exists(
          eb
            .selectFrom("bed_stay as b")
            .select("b.id")
            .whereRef("b.placement_id", "=", "placement.id")
            .where("b.cancelled_on", "is", null)
            .where("b.arrived_on", "is", null),
        )
        .as("booked"),
    ])
    .where("placement.ended_on", "is", null)
    .where("placement.withdrawn_on", "is", null)
    .orderBy("placement.requested_on")
    .orderBy("placement.id")
    .limit(500)
    .execute();
}

/** Whose a placement is; null when it is not one of those one may read. */
export async function findWhose(db: Acting, placementId: string): Promise<string | null> {
  const found = await db
    .selectFrom("placement")
    .select("consumer_id")
    .where("id", "=", placementId)
    .executeTakeFirst();
  return found?.consumer_id ?? null;
}

/** What the people are called, by id. */
export async function findNames(db: Acting, consumerIds: readonly string[]) {
  if (consumerIds.length === 0) return [];
  return db
    .selectFrom("consumer")
    .select(["id", "given_name", "family_name", "preferred_name"])
    .where("id", "in", [...consumerIds])
    .execute();
}
