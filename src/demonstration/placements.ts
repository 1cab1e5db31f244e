import { workingDaysAfter } from "../episodes/clock.ts";
import { addDays, type Day } from "../kernel/day.ts";
import type { Acting, Database } from "../storage/database.ts";
import type { Store } from "../storage/store.ts";
import type { DemonstrationAgency } from "./agency.ts";
import { type DemonstrationPeople, installPeople } from "./consumers.ts";
import { residentStays, residentStories } from "./england-residents.ts";
import type { Demonstration } from "./install.ts";
import { residentsCame } from "./intake.ts";
import { type DemonstrationStay, englandStays, missouriStays } from "./placement-stays.ts";
import { type DemonstrationUnit, englandUnits, missouriUnits } from "./placement-units.ts";

/** Units with their beds, and who stays, stayed, waits or is to come. */
export async function installPlacements(store: Store, all: Demonstration): Promise<void> {
  const { england, englandPeople, missouri, missouriPeople } = all;
  const residents = await installPeople(store.owner, england, residentStories);
  const came = { agency: england, people: residents };
  await store.owner.transaction().execute((db) => residentsCame(db, came));
  await install(store.owner, england, englandPeople, englandUnits, englandStays);
  await addStays(store.owner, england, residents, residentStays);
  await install(store.owner, missouri, missouriPeople, missouriUnits, missouriStays);
}

async function install(
  owner: Database,
  agency: DemonstrationAgency,
  people: DemonstrationPeople,
  units: readonly DemonstrationUnit[],
  stays: readonly DemonstrationStay[],
): Promise<void> {
  await owner.transaction().execute(async (db) => {
    const made = new Map<string, string>();
    for (const unit of units) await installUnit(db, agency, unit, made);
  });
  await addStays(owner, agency, people, stays);
}

async function addStays(
  owner: Database,
  agency: DemonstrationAgency,
  people: DemonstrationPeople,
  stays: readonly DemonstrationStay[],
): Promise<void> {
  await owner.transaction().execute(async (db) => {
    const beds = await db
      .selectFrom("bed")
      .innerJoin("unit", "unit.id", "bed.unit_id")
      .select(["bed.id", "bed.name", "unit.name as unit"])
      .where("unit.agency_id", "=", agency.agencyId)
      .execute();
    const units = await db
      .selectFrom("unit")
      .select(["id", "name"])
      .where("agency_id", "=", agency.agencyId)
      .execute();
    const providers = await db
      .selectFrom("provider")
      .select(["id", "name"])
      .where("agency_id", "=", agency.agencyId)
      .execute();
    const ids = {
      unit: new Map(units.map(({ id, name }) => [name, id])),
      bed: new Map(beds.map(({ id, name, unit }) => [`${unit}: ${name}`, id])),
      provider: new Map(providers.map(({ id, name }) => [name, id])),
    };
    for (const stay of stays) await installStay(db, agency, people, stay, ids);
  });
}

async function installUnit(
  db: Acting,
  agency: DemonstrationAgency,
  unit: DemonstrationUnit,
  unitIds: Map<string, string>,
): Promise<void> {
  const agency_id = agency.agencyId;
  const { id: unit_id } = await db
    .insertInto("unit")
    .values({
      ...{ agency_id, name: unit.name, kind: unit.kind, approach: unit.approach ?? null },
      program_id: unit.program ? agency.programId(unit.program) : null,
      provider_id: unit.provider ? await findProviderNamed(db, agency_id, unit) : null,
      attached_to: unitIds.get(unit.attachedTo ?? "") ?? null,
      women_only: unit.womenOnly ?? false,
      takes_children: unit.takesChildren ?? false,
      drug_free: unit.drugFree ?? null,
      ...{ access_has: unit.has ?? [], access_lacks: unit.hasNot ?? [] },
      ...{ languages: unit.languages ?? null, interpreters: unit.interpreters ?? null },
      serves: unit.serves ?? [],
      does_not_take: unit.doesNotTake ?? [],
      ...{ locality: unit.locality, staffing: unit.staffing, about: unit.about },
      weeks: unit.weeks ?? null,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  unitIds.set(unit.name, unit_id);
  const beds = [
    ...(unit.beds ?? []).map((name) => ({ name, child_place: false })),
    ...(unit.childPlaces ?? []).map((name) => ({ name, child_place: true })),
  ];
  if (beds.length === 0) return;
  await db
    .insertInto("bed")
    .values(beds.map((bed) => ({ ...bed, agency_id, unit_id })))
    .execute();
}

async function findProviderNamed(db: Acting, agency_id: string, unit: DemonstrationUnit) {
  const name = unit.provider ?? "";
  const known = await db
    .selectFrom("provider")
    .select("id")
    .where("agency_id", "=", agency_id)
    .where("name", "=", name)
    .executeTakeFirst();
  if (known) return known.id;
  const kinds = [unit.kind === "crisis" ? "crisis" : "rehab"];
  const made = await db
    .insertInto("provider")
    .values({
      agency_id,
      name,
      kinds,
      what: unit.providerIs ?? unit.about,
      locality: unit.locality,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return made.id;
}

async function installStay(
  db: Acting,
  agency: DemonstrationAgency,
  people: DemonstrationPeople,
  stay: DemonstrationStay,
  ids: Record<"unit" | "bed" | "provider", ReadonlyMap<string, string>>,
): Promise<void> {
  const person = people.get(stay.who);
  if (!person) throw new Error(`the demonstration has no ${stay.who}`);
  const on = (days: number | undefined): Day | null =>
    days === undefined ? null : addDays(agency.today, days);
  const agency_id = agency.agencyId;
  const consumer_id = person.consumerId;
  const episode_id = (stay.earlier && person.earlierEpisodeId) || person.episodeId;
  const by = agency.staffId(stay.by);
  const unit_id = ids.unit.get(stay.unit);
  const providerNamed = (name: string) => {
    const id = ids.provider.get(name);
    if (!id) throw new Error(`the demonstration's directory has no ${name}`);
    return id;
  };
  if (!unit_id) throw new Error(`the demonstration has no unit ${stay.unit}`);
  const whose = { agency_id, consumer_id };
  const { id: placement_id } = await db
    .insertInto("placement")
    .values({
      ...{ ...whose, episode_id, unit_id, requested_by: by, why: stay.why ?? null },
      requested_on: addDays(agency.today, stay.asked),
      children_with: stay.children ?? 0,
      joint_service: stay.joint?.service ?? null,
      joint_provider_id: stay.joint ? providerNamed(stay.joint.service) : null,
      joint_lead: stay.joint?.lead ?? null,
      joint_who_does_what: stay.joint?.whoDoesWhat ?? null,
      admitted_on: on(stay.admitted),
      expected_to: on(stay.until),
      ended_on: on(stay.ended?.on),
      end_planned: stay.ended?.planned ?? null,
      end_reason: stay.ended?.reason ?? null,
      end_note: stay.ended?.note ?? null,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  for (const lies of stay.beds ?? []) {
    let bed_id = ids.bed.get(`${lies.unit ?? stay.unit}: ${lies.bed}`);
    if (!bed_id && lies.overflow) {
      const made = await db
        .insertInto("bed")
        .values({
          ...{ agency_id, unit_id, name: lies.bed, overflow: true, why: lies.overflow },
          ...{ made_on: addDays(agency.today, lies.from), made_by: by },
        })
        .returning("id")
        .executeTakeFirstOrThrow();
      bed_id = made.id;
    }
    if (!bed_id) throw new Error(`the demonstration has no bed ${lies.bed}`);
    await db
      .insertInto("bed_stay")
      .values({
        ...{ ...whose, placement_id, bed_id, booked_by: by },
        starts_on: addDays(agency.today, lies.from),
        ends_on: on(lies.until),
        arrived_on: lies.booked ? null : addDays(agency.today, lies.from),
        left_on: on(lies.left),
        ...(lies.asked && { asked: [lies.asked.what], fits_because: lies.asked.because }),
      })
      .execute();
  }
  for (const place of stay.childPlaces ?? []) {
    const bed_id = ids.bed.get(`${stay.unit}: ${place.place}`);
    if (!bed_id) throw new Error(`the demonstration has no child's place ${place.place}`);
    await db
      .insertInto("child_stay")
      .values({
        ...{ ...whose, placement_id, bed_id, booked_by: by },
        starts_on: addDays(agency.today, place.from),
        ends_on: on(place.until),
        arrived_on: place.booked ? null : addDays(agency.today, place.from),
        left_on: on(place.left),
      })
      .execute();
  }
  for (const move of stay.moves ?? []) {
    const unit = ids.unit.get(move.unit);
    if (!unit) throw new Error(`the demonstration has no unit ${move.unit}`);
    await db
      .insertInto("unit_move")
      .values({
        ...{ ...whose, placement_id, unit_id: unit, recorded_by: by },
        moved_on: addDays(agency.today, move.on),
      })
      .execute();
  }
  for (const line of stay.funding ?? []) {
    const decided = line.decided === undefined ? null : addDays(agency.today, line.decided);
    await db
      .insertInto("funding")
      .values({
        ...{ ...whose, placement_id, funder: line.funder, state: line.state },
        provider_id: providerNamed(line.funder),
        ...{ panel_on: on(line.panel), decided_on: decided, decided_by: decided && by },
        ...{ weeks: line.weeks ?? null, cents_per_week: line.cents ?? null },
        ...{ answer_from: line.from ?? null, recorded_by: by },
      })
      .execute();
  }
  for (const away of stay.leaves ?? []) {
    await db
      .insertInto("leave_of_absence")
      .values({
        ...{ ...whose, placement_id, why: away.why, recorded_by: by },
        from_on: addDays(agency.today, away.from),
        back_by: addDays(agency.today, away.backBy),
        returned_on: on(away.back),
      })
      .execute();
  }
  for (const use of stay.uses ?? []) {
    const happened_on = use.on(agency.today);
    const reviewed = use.reviewed;
    await db
      .insertInto("use_event")
      .values({
        ...{ ...whose, episode_id, placement_id, happened_on, what: use.what, recorded_by: by },
        review_due: workingDaysAfter(happened_on, 3),
        reviewed_on: on(reviewed?.on),
        reviewed_by: reviewed ? by : null,
        review: reviewed?.text ?? null,
      })
      .execute();
  }
}
