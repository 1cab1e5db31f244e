import type { Day } from "../kernel/day.ts";
import type { Acting, By } from "../storage/database.ts";
import type { Fits } from "./bed-store.ts";

/** Where the stays of a person were, bed by bed and unit by unit, in the order of time. */
export async function findPlaces(db: Acting, consumerId: string) {
  return db
    .selectFrom("stay_place as place")
    .innerJoin("unit", "unit.id", "place.unit_id")
    .select(["place.placement_id", "place.bed_id", "place.since", "place.until"])
    .select("unit.name as unit")
    .where("place.consumer_id", "=", consumerId)
    .orderBy("place.since")
    .orderBy("place.back", "desc")
    .limit(500)
    .execute();
}

/** The stay goes on in another unit, whose beds are not kept here. */
export async function moveToUnit(
  db: Acting,
  by: By,
  of: { consumerId: string; placementId: string },
  to: { unitId: string; on: Day; fits: Fits },
): Promise<null> {
  await db
    .insertInto("unit_move")
    .values({
      ...{ agency_id: by.agencyId, consumer_id: of.consumerId, placement_id: of.placementId },
      ...{ unit_id: to.unitId, moved_on: to.on, recorded_by: by.staffId },
      ...{ asked: [...to.fits.asked], fits_because: to.fits.because },
    })
    .execute();
  return null;
}
