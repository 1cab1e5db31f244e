import { sql } from "kysely";
import type { Day } from "../kernel/day.ts";
import type { Acting, By } from "../storage/database.ts";
import { findPlaces } from "./place-store.ts";
import type { EndReason } from "./stay.ts";

/** Placements with the unit where the person is or was last; before they come, the one asked for. */
const found = (db: Acting) =>
  db
    .selectFrom("placement")
    .leftJoin("stay_place as at", (on) =>
      on
        .onRef("at.placement_id", "=", "placement.id")
        .onRef("at.consumer_id", "=", "placement.consumer_id")
        .on("at.back", "=", 1),
    )
    .innerJoin("unit", (on) =>
      on.on(sql<boolean>`unit.id = coalesce(at.unit_id, placement.unit_id)`),
    )
    .innerJoin("staff", "staff.id", "placement.requested_by")
    .leftJoin("provider", "provider.id", "unit.provider_id")
    .selectAll("placement")
    .select(["unit.name as unit", "unit.kind as unit_kind", "unit.program_id", "unit.provider_id"])
    .select(["unit.id as at_unit_id", "at.since as at_since"])
    .select(["staff.name as asker", "provider.name as provider"]);

/** Every stay of a person, from being asked for to its end: the newest first. */
export async function findPlacements(db: Acting, consumerId: string) {
  return found(db)
    .where("placement.consumer_id", "=", consumerId)
    .orderBy("placement.requested_on", "desc")
    .orderBy("placement.id", "desc")
    .limit(100)
    .execute();
}

export async function findPlacement(db: Acting, consumerId: string, id: string) {
  return (
    (await found(db)
      .where("placement.consumer_id", "=", consumerId)
      .where("placement.id", "=", id)
      .executeTakeFirst()) ?? null
  );
}

export type PlacementRow = Awaited<ReturnType<typeof findPlacements>>[number];

/** What belongs to the placements: beds, children's places, leave, funding and returns to use, in the order of time. */
export async function findParts(db: Acting, consumerId: string) {
  const stays = await db
    .selectFrom("bed_stay")
    .innerJoin("bed", "bed.id", "bed_stay.bed_id")
    .innerJoin("unit", "unit.id", "bed.unit_id")
    .selectAll("bed_stay")
    .select(["bed.name as bed", "bed.overflow", "bed.why as overflow_why"])
    .select(["unit.name as unit", "unit.id as unit_id", "unit.kind as unit_kind"])
    .where("bed_stay.consumer_id", "=", consumerId)
    .orderBy((eb) => eb.fn.coalesce("bed_stay.arrived_on", "bed_stay.starts_on"))
    .orderBy("bed_stay.id")
    .limit(500)
    .execute();
  const children = await db
    .selectFrom("child_stay")
    .innerJoin("bed", "bed.id", "child_stay.bed_id")
    .innerJoin("unit", "unit.id", "bed.unit_id")
    .selectAll("child_stay")
    .select(["bed.name as bed", "unit.name as unit", "unit.id as unit_id"])
    .where("child_stay.consumer_id", "=", consumerId)
    .orderBy((eb) => eb.fn.coalesce("child_stay.arrived_on", "child_stay.starts_on"))
    .orderBy("child_stay.id")
    .limit(500)
    .execute();
  const leaves = await db
    .selectFrom("leave_of_absence")
    .selectAll()
    .where("consumer_id", "=", consumerId)
    .orderBy("from_on")
    .limit(500)
    .execute();
  const funding = await db
    .selectFrom("funding")
    .leftJoin("staff as decider", "decider.id", "funding.decided_by")
    .innerJoin("staff as author", "author.id", "funding.recorded_by")
    .selectAll("funding")
    .select(["decider.name as decider", "author.name as author"])
    .where("funding.consumer_id", "=", consumerId)
    .orderBy("funding.recorded_at")
    .orderBy("funding.id")
    .limit(200)
    .execute();
  const uses = await db
    .selectFrom("use_event")
    .leftJoin("staff as reviewer", "reviewer.id", "use_event.reviewed_by")
    .innerJoin("staff as author", "author.id", "use_event.recorded_by")
    .selectAll("use_event")
    .select(["reviewer.name as reviewer", "author.name as author"])
    .where("use_event.consumer_id", "=", consumerId)
    .orderBy("use_event.happened_on", "desc")
    .orderBy("use_event.id")
    .limit(200)
    .execute();
  const places = await findPlaces(db, consumerId);
  return { stays, children, leaves, funding, uses, places };
}

export type Parts = Awaited<ReturnType<typeof findParts>>;

export type Asked = {
  episodeId: string;
  unitId: string;
  on: Day;
  why: string | null;
  childrenWith: number;
  jointService: string | null;
  jointProviderId: string | null;
  jointLead: string | null;
  jointWhoDoesWhat: string | null;
  withoutResidentialReason: string | null;
};

/** Asks for a place: the placement begins as a wish. */
export async function askFor(
  db: Acting,
  by: By,
  consumerId: string,
  asked: Asked,
): Promise<string> {
  const { id } = await db
    .insertInto("placement")
    .values({
      ...{ agency_id: by.agencyId, consumer_id: consumerId, requested_by: by.staffId },
      ...{ episode_id: asked.episodeId, unit_id: asked.unitId, requested_on: asked.on },
      ...{ why: asked.why, children_with: asked.childrenWith },
      ...{ joint_service: asked.jointService, joint_lead: asked.jointLead },
      joint_provider_id: asked.jointProviderId,
      joint_who_does_what: asked.jointWhoDoesWhat,
      without_residential_reason: asked.withoutResidentialReason,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

type Change = Partial<{
  why: string | null;
  children_with: number;
  joint_service: string | null;
  joint_provider_id: string | null;
  joint_lead: string | null;
  joint_who_does_what: string | null;
  without_residential_reason: string | null;
  admitted_on: Day;
  expected_to: Day | null;
  withdrawn_on: Day;
  withdrawn_reason: string;
}>;

export async function changePlacement(db: Acting, consumerId: string, id: string, change: Change) {
  await db
    .updateTable("placement")
    .set(change)
    .where("id", "=", id)
    .where("consumer_id", "=", consumerId)
    .execute();
}

/**
 * Ends a stay. Every ending asks for overdose advice, naloxone and a contact within 48 hours
 * (MC C), unless there is nobody to reach any more.
 */
export async function endPlacement(
  db: Acting,
  by: By,
  of: { consumerId: string; episodeId: string; placementId: string },
  ending: { on: Day; planned: boolean; reason: EndReason; note: string | null; now: Date },
): Promise<void> {
  await db
    .updateTable("placement")
    .set({
      ...{ ended_on: ending.on, end_planned: ending.planned },
      ...{ end_reason: ending.reason, end_note: ending.note },
    })
    .where("id", "=", of.placementId)
    .where("consumer_id", "=", of.consumerId)
    .execute();
  const due = new Date(ending.now.getTime() + 48 * 3_600_000);
  await db
    .insertInto("leaving")
    .values({
      ...{ agency_id: by.agencyId, consumer_id: of.consumerId, episode_id: of.episodeId },
      ...{ placement_id: of.placementId, ended_on: ending.on, planned: ending.planned },
      ...{ reason: ending.reason, note: ending.note, recorded_by: by.staffId },
      contact_due: ending.reason === "died" ? null : due,
    })
    .execute();
}

export async function goOnLeave(
  db: Acting,
  by: By,
  of: { consumerId: string; placementId: string },
  leave: { from: Day; backBy: Day; why: string | null },
): Promise<void> {
  await db
    .insertInto("leave_of_absence")
    .values({
      ...{ agency_id: by.agencyId, consumer_id: of.consumerId, placement_id: of.placementId },
      ...{ from_on: leave.from, back_by: leave.backBy, why: leave.why, recorded_by: by.staffId },
    })
    .execute();
}

export async function comeBackFromLeave(db: Acting, consumerId: string, id: string, on: Day) {
  await db
    .updateTable("leave_of_absence")
    .set({ returned_on: on })
    .where("id", "=", id)
    .where("consumer_id", "=", consumerId)
    .where("returned_on", "is", null)
    .execute();
}

export async function findOpenEpisode(db: Acting, consumerId: string) {
  return (
    (await db
      .selectFrom("episode")
      .select(["id", "opened_on"])
      .where("consumer_id", "=", consumerId)
      .where("closed_on", "is", null)
      .executeTakeFirst()) ?? null
  );
}

/** What goes on around a stay in second stage (MC B4), on a day: what the view `care_record` says of one that stands. */
export async function findGoingOn(
  db: Acting,
  stay: { id: string | null; consumer_id: string; episode_id: string; admitted_on: string | null },
  today: Day,
) {
  const of = (kind: string) => sql`(SELECT count(*) FROM recovery_support r
    WHERE r.episode_id = ${stay.episode_id} AND r.kind = ${sql.lit(kind)} AND r.state NOT IN ('declined', 'ended'))`;
  const { rows } = await sql<{
    active_plan: boolean;
    keyworker: string | null;
    drug_related: number;
    non_drug_related: number;
    residential_before: boolean;
  }>`
    SELECT
      EXISTS (SELECT FROM care_plan p WHERE p.episode_id = ${stay.episode_id} AND p.state = 'active') AS active_plan,
      (SELECT s.name FROM assignment x JOIN staff s ON s.id = x.staff_id
        WHERE x.consumer_id = ${stay.consumer_id} AND x.part = 'keyworker' AND x.during @> ${today}::date LIMIT 1) AS keyworker,
      ${of("drug-related")} AS drug_related, ${of("non-drug-related")} AS non_drug_related,
      EXISTS (SELECT FROM placement o JOIN stay_place s ON s.placement_id = o.id AND s.consumer_id = o.consumer_id JOIN unit u ON u.id = s.unit_id
        WHERE o.consumer_id = ${stay.consumer_id} AND o.episode_id = ${stay.episode_id} AND o.id IS DISTINCT FROM ${stay.id}::uuid
          AND o.end_planned AND o.ended_on <= ${stay.admitted_on ?? today}::date AND u.kind = 'rehab') AS residential_before`.execute(
    db,
  );
  return rows[0];
}

/** What was asked of services elsewhere for a stay, and how far that went: the latest of each first. */
export async function findAskedOf(db: Acting, consumerId: string, placementId: string) {
  return db
    .selectFrom("referral")
    .leftJoin("referral_sending as s", (on) =>
      on.onRef("s.referral_id", "=", "referral.id").on("s.dropped_at", "is", null),
    )
    .select(["referral.id", "referral.need", "referral.status", "referral.provider_id"])
    .select(["referral.sent_on", "referral.funding_id", "s.basis", "s.sent_how"])
    .select((eb) => eb("s.id", "is not", null).and("s.sent_at", "is", null).as("letter_waits"))
    .where("referral.consumer_id", "=", consumerId)
    .where("referral.placement_id", "=", placementId)
    .orderBy("referral.created_at", "desc")
    .orderBy("s.recorded_at", "desc")
    .limit(100)
    .execute();
}
