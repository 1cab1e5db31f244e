import { sql } from "kysely";
import type { DemonstrationAgency } from "../src/demonstration/agency.ts";
import { wantedOfEngland } from "../src/demonstration/background.ts";
import type { Wanted } from "../src/demonstration/generate.ts";
import { generate } from "../src/demonstration/generate.ts";
import type { Store } from "../src/storage/store.ts";

/** What somebody carries who works full time: people now, and people of the three years before. */
const OWN = { now: 50, before: 150 };

/**
 * People by the thousand, with staff and beds enough that nobody has more than they could; the
 * keyworkers who sign in have about fifty of their own.
 */
export async function fillEngland(store: Store, england: DemonstrationAgency, people: number) {
  const agency_id = england.agencyId;
  const wanted = wantedOfEngland(england);
  const programs: Record<string, Wanted["programs"][string]> = {};
  for (const [kind, { id }] of Object.entries(wanted.programs)) {
    const colleagues = Array.from({ length: Math.max(1, Math.ceil(people / 400)) }, (_, n) => ({
      agency_id,
      name: `Keyworker ${kind} ${n}`,
      email: `${kind}-${n}@bench.example`,
      active_from: wanted.from,
    }));
    const made = await store.owner.insertInto("staff").values(colleagues).returning("id").execute();
    programs[kind] = { id, staff: made.map((one) => one.id) };
    // They work here: without this, nobody could see to the people whose keyworkers they are.
    const own = made.map((one) => ({ agency_id, staff_id: one.id, valid_from: wanted.from }));
    await store.owner
      .insertInto("staff_role")
      .values(own.map((one) => ({ ...one, role: "keyworker" })))
      .execute();
    await store.owner
      .insertInto("staff_program")
      .values(own.map((one) => ({ ...one, program_id: id })))
      .execute();
    if (kind === "community") continue;
    const unit = await store.owner
      .insertInto("unit")
      .values({ agency_id, program_id: id, name: `Bench ${kind}`, kind })
      .returning("id")
      .executeTakeFirstOrThrow();
    const beds = Array.from({ length: Math.ceil(people / 60) }, (_, n) => ({
      agency_id,
      unit_id: unit.id,
      name: `Bed ${n}`,
    }));
    await store.owner.insertInto("bed").values(beds).execute();
  }
  await generate(store.owner, england, {
    ...{ ...wanted, people, programs },
    until: england.today,
    seed: 3,
  });
  for (const [who, ...kinds] of [
    ["nia", "community"],
    ["jack", "detox", "rehab"],
    ["ellie", "second-stage"],
  ] as const) {
    const programIds = kinds.map((kind) => wanted.programs[kind]?.id);
    const benchStaff = kinds.flatMap((kind) => programs[kind]?.staff ?? []);
    for (const part of ["now", "before"] as const) {
      await sql`
        UPDATE assignment SET staff_id = ${england.staffId(`${who}@alderway.example`)}
        WHERE id IN (SELECT a.id FROM assignment a
          WHERE a.staff_id = ANY (${benchStaff}::uuid[]) AND (a.valid_to IS NULL) = ${part === "now"}
            AND EXISTS (SELECT FROM enrolment e WHERE e.consumer_id = a.consumer_id
              AND e.program_id = ANY (${programIds}::uuid[]))
          ORDER BY a.valid_from DESC, a.id LIMIT ${OWN[part]})`.execute(store.owner);
    }
  }
}
