import { sql } from "kysely";
import type { Acting, By } from "../storage/database.ts";
import { isId } from "../storage/id.ts";
import type { Approach, Unit, UnitKind } from "./unit.ts";

/** What a form says of a unit. */
export type UnitFacts = Omit<Unit, "id"> & { staffing: string | null; about: string | null };

const base = (db: Acting) =>
  db
    .selectFrom("unit")
    .leftJoin("program", "program.id", "unit.program_id")
    .leftJoin("provider", "provider.id", "unit.provider_id")
    .leftJoin("unit as rehab", "rehab.id", "unit.attached_to")
    .selectAll("unit")
    .select(["program.name as program", "provider.name as provider", "rehab.name as rehab"])
    // The detoxes that are attached to it.
    .select(
      sql<{ id: string; name: string }[]>`(
        SELECT coalesce(json_agg(json_build_object('id', d.id, 'name', d.name) ORDER BY d.name), '[]')
        FROM unit d WHERE d.attached_to = unit.id AND d.active)`.as("detoxes"),
    )
    .$narrowType<{ kind: UnitKind; approach: Approach | null }>();

/** Every unit of the directory with whose it is, our own first; closed ones too when asked. */
export async function findUnits(db: Acting, { closed = false } = {}) {
  return base(db)
    .$if(!closed, (query) => query.where("unit.active", "=", true))
    .orderBy("unit.active", "desc")
    .orderBy((eb) => eb("unit.program_id", "is", null))
    .orderBy("unit.name")
    .limit(300)
    .execute();
}

export async function findUnit(db: Acting, id: string) {
  if (!isId(id)) return null;
  return (await base(db).where("unit.id", "=", id).executeTakeFirst()) ?? null;
}

export async function addUnit(db: Acting, by: By, facts: UnitFacts): Promise<string> {
  const { id } = await db
    .insertInto("unit")
    .values({ ...facts, agency_id: by.agencyId, created_by: by.staffId })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

export async function changeUnit(db: Acting, id: string, facts: UnitFacts): Promise<void> {
  await db.updateTable("unit").set(facts).where("id", "=", id).execute();
}

/** Takes a unit out of the directory or back into it; stays that stand go on. */
export async function setUnitActive(db: Acting, id: string, active: boolean): Promise<void> {
  await db.updateTable("unit").set({ active }).where("id", "=", id).execute();
}

/** Whether another unit has the name already. */
export async function isUnitName(db: Acting, name: string, except: string | null) {
  const found = await db
    .selectFrom("unit")
    .select("id")
    .where("name", "=", name)
    .$if(except !== null, (query) => query.where("id", "!=", except as string))
    .executeTakeFirst();
  return found !== undefined;
}

/** The provider of that name, found or written into the directory. */
export async function providerNamed(
  db: Acting,
  by: By,
  { name, kind, locality }: { name: string; kind: string; locality: string | null },
): Promise<string> {
  const known = await db
    .selectFrom("provider")
    .select("id")
    .where("name", "=", name)
    .executeTakeFirst();
  if (known) return known.id;
  const { id } = await db
    .insertInto("provider")
    .values({
      ...{ agency_id: by.agencyId, created_by: by.staffId, name, locality },
      kinds: [{ detox: "detox", rehab: "rehab", crisis: "crisis" }[kind] ?? "housing"],
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

/** All beds of the units, closed ones too, in the order of their names. */
export async function findBeds(db: Acting, unitIds: readonly string[]) {
  if (unitIds.length === 0) return [];
  return db
    .selectFrom("bed")
    .select(["id", "unit_id", "name", "overflow", "child_place", "active", "why", "made_on"])
    .where("unit_id", "in", [...unitIds])
    .orderBy("active", "desc")
    .orderBy("overflow")
    .orderBy("child_place")
    .orderBy((eb) => eb.fn("length", ["name"]))
    .orderBy("name")
    .limit(1000)
    .execute();
}

export type Bed = Awaited<ReturnType<typeof findBeds>>[number];

/** Whether another bed of the unit has the name already. */
export async function isBedName(db: Acting, unitId: string, name: string, except: string | null) {
  const beds = await findBeds(db, [unitId]);
  return beds.some((bed) => bed.name === name && bed.id !== except);
}

export async function addBed(
  db: Acting,
  by: By,
  bed: { unitId: string; name: string; childPlace: boolean },
): Promise<void> {
  await db
    .insertInto("bed")
    .values({
      agency_id: by.agencyId,
      unit_id: bed.unitId,
      name: bed.name,
      child_place: bed.childPlace,
    })
    .execute();
}

/** A place that is made on the spot because somebody cannot wait; it is counted as overflow. */
export async function addOverflow(
  db: Acting,
  by: By,
  place: { unitId: string; on: string; why: string },
): Promise<string> {
  const beds = await findBeds(db, [place.unitId]);
  const number = beds.filter(({ overflow }) => overflow).length + 1;
  const taken = new Set(beds.map(({ name }) => name));
  let name = `Overflow ${number}`;
  for (let next = number + 1; taken.has(name); next++) name = `Overflow ${next}`;
  const { id } = await db
    .insertInto("bed")
    .values({
      ...{ agency_id: by.agencyId, unit_id: place.unitId, name, overflow: true },
      ...{ why: place.why, made_on: place.on, made_by: by.staffId },
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

export async function changeBed(
  db: Acting,
  unitId: string,
  id: string,
  change: { name?: string; child_place?: boolean; active?: boolean },
): Promise<void> {
  await db
    .updateTable("bed")
    .set(change)
    .where("id", "=", id)
    .where("unit_id", "=", unitId)
    .execute();
}
