import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "../../test/support/database.ts";
import { type Recorded, recordedAgency } from "../../test/support/recorded.ts";
import { addDays, type Day } from "../kernel/day.ts";
import type { Acting } from "../storage/database.ts";
import { heldDays, isIn, overlaps } from "./bed.ts";
import {
  allOrNothing,
  arrive,
  bookBed,
  cancelBookings,
  findOccupied,
  leaveBed,
} from "./bed-store.ts";
import { findChildren, releaseChildPlaces, takeChildPlaces } from "./child-store.ts";
import { askFor, findParts } from "./store.ts";

let db: TestDatabase;
let agency: Recorded;
let today: Day;
let unitId: string;

beforeAll(async () => {
  db = await testDatabase();
  agency = await recordedAgency(db);
  const { rows } = await sql<{ day: Day }>`
    SELECT (now() AT TIME ZONE 'America/Chicago')::date AS day`.execute(db.owner);
  today = rows[0]?.day as Day;
  const unit = await db.owner
    .insertInto("unit")
    .values({
      ...{ agency_id: agency.agencyId, program_id: agency.programId },
      ...{ name: "House", kind: "rehab" },
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  unitId = unit.id;
});
afterAll(() => db.drop());

const on = (days: number) => addDays(today, days);
const by = () => ({ staffId: agency.counselor, agencyId: agency.agencyId });
const as = <T>(work: (acting: Acting) => Promise<T>) => agency.as(agency.counselor, work);

let made = 0;
async function bed(of = agency.agencyId, unit = unitId): Promise<string> {
  made += 1;
  const row = { agency_id: of, unit_id: unit, name: `Bed ${made}` };
  return (await db.owner.insertInto("bed").values(row).returning("id").executeTakeFirstOrThrow())
    .id;
}

/** Somebody who asked for a place. */
async function person(): Promise<{ consumerId: string; placementId: string }> {
  const consumerId = await agency.consumer();
  const { id: episodeId } = await db.owner
    .selectFrom("episode")
    .select("id")
    .where("consumer_id", "=", consumerId)
    .executeTakeFirstOrThrow();
  const asked = { episodeId, unitId, on: today, why: null, childrenWith: 0 };
  const joint = {
    jointService: null,
    jointProviderId: null,
    jointLead: null,
    jointWhoDoesWhat: null,
  };
  const placementId = await as((acting) =>
    askFor(acting, by(), consumerId, { ...asked, ...joint, withoutResidentialReason: null }),
  );
  return { consumerId, placementId };
}

type Person = Awaited<ReturnType<typeof person>>;
const book = (who: Person, bedId: string, from: number, until: number | null, came = false) =>
  as((acting) =>
    bookBed(acting, by(), today, {
      ...{ ...who, bedId, arrivedOn: came ? on(from) : null },
      span: { from: on(from), until: until === null ? null : on(until) },
    }),
  );
const staysOf = (bedId: string) =>
  db.owner
    .selectFrom("bed_stay")
    .selectAll()
    .where("bed_id", "=", bedId)
    .where("cancelled_on", "is", null)
    .orderBy("starts_on")
    .execute();

describe("booking a bed", () => {
  test("a clash says until when the bed is taken, from when it is free, and writes nothing", async () => {
    const [one, two, in_] = [await person(), await person(), await bed()];
    expect(await book(one, in_, 0, 5)).toBeNull();
    expect(await book(two, in_, 3, 8)).toEqual({
      ...{ why: "taken", from: today, until: on(5), freeFrom: on(5) },
    });
    expect(await staysOf(in_)).toHaveLength(1);
    expect(await book(two, in_, 5, 8)).toBeNull();
  });

  test("nobody has two beds at once", async () => {
    const [who, first, second] = [await person(), await bed(), await bed()];
    expect(await book(who, first, 0, 5)).toBeNull();
    expect(await book(who, second, 4, 8)).toEqual({ why: "elsewhere" });
    expect(await book(who, second, 5, 8)).toBeNull();
  });

  test("whoever was to leave and did not is still there: nobody is booked over them", async () => {
    const [late, next, in_] = [await person(), await person(), await bed()];
    expect(await book(late, in_, -20, -2, true)).toBeNull();
    expect(await book(next, in_, 3, 8)).toEqual({ why: "not-left" });
    const [stay] = await staysOf(in_);
    await as((acting) =>
      leaveBed(acting, { id: stay?.id ?? "", consumerId: late.consumerId, bedId: in_, on: today }),
    );
    expect(await book(next, in_, 0, 8)).toBeNull();
  });

  test("somebody who is booked does not come in while the bed is not left", async () => {
    const [late, next, in_] = [await person(), await person(), await bed()];
    expect(await book(late, in_, -20, 0, true)).toBeNull();
    expect(await book(next, in_, 0, 8)).toBeNull();
    const booked = (await staysOf(in_)).find((stay) => stay.arrived_on === null);
    const span = { from: today, until: on(8) };
    const come = () =>
      as((acting) => arrive(acting, today, { ...next, id: booked?.id ?? "", bedId: in_, span }));
    expect(await come()).toEqual({ why: "not-left" });
    const stay = (await staysOf(in_)).find((one) => one.arrived_on !== null);
    await as((acting) =>
      leaveBed(acting, { id: stay?.id ?? "", consumerId: late.consumerId, bedId: in_, on: today }),
    );
    expect(await come()).toBeNull();
  });

  test("leaving late is recorded whatever was booked: those who come next come later", async () => {
    const [late, next, after, in_] = [await person(), await person(), await person(), await bed()];
    expect(await book(late, in_, -20, -3, true)).toBeNull();
    // Booked while the leaving was still ahead.
    await db.owner
      .insertInto("bed_stay")
      .values(
        [
          { who: next, from: -3, until: -1 },
          { who: after, from: -1, until: 9 },
        ].map(({ who, from, until }) => ({
          ...{ agency_id: agency.agencyId, consumer_id: who.consumerId, bed_id: in_ },
          ...{ placement_id: who.placementId, starts_on: on(from), ends_on: on(until) },
          ...{ booked_by: agency.counselor, arrived_on: on(from), left_on: on(from) },
        })),
      )
      .execute();
    await sql`ALTER TABLE bed_stay DISABLE TRIGGER USER`.execute(db.owner);
    await sql`UPDATE bed_stay SET arrived_on = NULL, left_on = NULL WHERE bed_id = ${in_} AND left_on IS NOT NULL`.execute(
      db.owner,
    );
    await sql`ALTER TABLE bed_stay ENABLE TRIGGER USER`.execute(db.owner);
    const stay = (await staysOf(in_)).find((one) => one.arrived_on !== null);
    await as((acting) =>
      leaveBed(acting, { id: stay?.id ?? "", consumerId: late.consumerId, bedId: in_, on: today }),
    );
    const left = await staysOf(in_);
    expect(left.map((one) => [one.consumer_id, one.starts_on, one.left_on])).toEqual([
      [late.consumerId, on(-20), today],
      [after.consumerId, today, null],
    ]);
  });
});

test("twenty at once for three beds: exactly one wins each", async () => {
  for (let round = 0; round < 3; round++) {
    const beds = [await bed(), await bed(), await bed()];
    const people: Person[] = [];
    for (let index = 0; index < 20; index++) people.push(await person());
    const answers = await Promise.all(
      people.map((who, index) => book(who, beds[index % 3] ?? "", 1, 15)),
    );
    expect(answers.filter((clash) => clash === null)).toHaveLength(3);
    for (const clash of answers) if (clash) expect(clash.why).toBe("taken");
    for (const one of beds) expect(await staysOf(one)).toHaveLength(1);
  }
});

test("one person asked for in many beds at once gets one", async () => {
  const who = await person();
  const beds = await Promise.all(Array.from({ length: 8 }, () => bed()));
  const answers = await Promise.all(beds.map((one) => book(who, one, 1, 15)));
  expect(answers.filter((clash) => clash === null)).toHaveLength(1);
});

const step = fc.record({
  does: fc.constantFrom("book", "book", "come", "cancel", "arrive", "leave"),
  who: fc.nat(3),
  bed: fc.nat(2),
  from: fc.integer({ min: -15, max: 15 }),
  nights: fc.option(fc.integer({ min: 0, max: 12 }), { nil: null }),
});

test("whatever is booked, cancelled, arrived and left, no two are in one bed, and nobody in two", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 14 }), async (steps) => {
      const people = [await person(), await person(), await person(), await person()];
      const beds = [await bed(), await bed(), await bed()];
      for (const { does, who, bed: which, from, nights } of steps) {
        const one = people[who] as Person;
        const bedId = beds[which] as string;
        const stays = (await staysOf(bedId)).filter((stay) => stay.consumer_id === one.consumerId);
        const booked = stays.find((stay) => stay.arrived_on === null);
        const inside = stays.find((stay) => stay.arrived_on !== null && stay.left_on === null);
        const until = nights === null ? null : from + nights;
        if (does === "book") await book(one, bedId, from, until);
        if (does === "come") {
          const came = Math.min(from, 0);
          await book(one, bedId, came, until === null ? null : Math.max(until, came), true);
        }
        if (does === "cancel") {
          await as((acting) => cancelBookings(acting, one, { on: today, reason: "Changed" }));
        }
        if (does === "arrive" && booked) {
          const day = on(Math.min(from, 0));
          const ends = booked.ends_on as Day | null;
          const span = { from: day, until: ends !== null && ends < day ? day : ends };
          await as((acting) => arrive(acting, today, { ...one, id: booked.id, bedId, span }));
        }
        if (does === "leave" && inside) {
          const arrived = inside.arrived_on as Day;
          const day = [arrived, on(-1)].sort()[1] as Day;
          if (day <= today) {
            await as((acting) => leaveBed(acting, { ...one, id: inside.id, bedId, on: day }));
          }
        }
        await lawful(beds, people);
      }
    }),
    { numRuns: 12, endOnFailure: true },
  );
});

const childStays = (bedId: string) =>
  db.owner
    .selectFrom("child_stay")
    .selectAll()
    .where("bed_id", "=", bedId)
    .where("cancelled_on", "is", null)
    .orderBy("starts_on")
    .execute();
async function childPlace(): Promise<string> {
  const id = await bed();
  await db.owner.updateTable("bed").set({ child_place: true }).where("id", "=", id).execute();
  return id;
}
const takes = (who: Person, places: string[], from: number, until: number | null, comes = false) =>
  as(async (acting) => {
    const { children } = await findParts(acting, who.consumerId);
    const span = { from: on(from), until: until === null ? null : on(until) };
    const of = { ...who, stays: children, wanted: places };
    return allOrNothing(acting, () =>
      takeChildPlaces(acting, by(), today, of, { span, comes, why: "Changed" }),
    );
  });
const releases = (who: Person, day: number) =>
  as(async (acting) => {
    const stays = (await findParts(acting, who.consumerId)).children;
    const of = { consumerId: who.consumerId, stays };
    await releaseChildPlaces(acting, today, of, { on: on(day), reason: "Left" });
  });

describe("a child's place", () => {
  test("a clash says until when it is taken; a child who has not left is still there", async () => {
    const [one, two, place] = [await person(), await person(), await childPlace()];
    expect(await takes(one, [place], -9, -2, true)).toBeNull();
    expect((await takes(two, [place], 1, 5))?.clash).toEqual({ why: "not-left" });
    await releases(one, 0);
    expect(await takes(two, [place], 1, 5)).toBeNull();
    expect((await takes(one, [place], 3, 9))?.clash).toEqual({
      ...{ why: "taken", from: on(1), until: on(5), freeFrom: on(5) },
    });
  });

  test("a bed is for a grown person or for a child, as long as somebody is booked into it", async () => {
    const [one, two, three] = [await person(), await person(), await person()];
    const [place, grown] = [await childPlace(), await bed()];
    await expect(book(one, place, 0, 5)).rejects.toMatchObject({ constraint: "bed_is_for" });
    await expect(takes(two, [grown], 0, 5)).rejects.toMatchObject({ constraint: "bed_is_for" });
    expect(await takes(three, [place], 0, 5)).toBeNull();
    const change = db.owner.updateTable("bed").set({ child_place: false }).where("id", "=", place);
    await expect(change.execute()).rejects.toMatchObject({ constraint: "child_place_stays" });
  });

  test("that a grown person lay in before there was a difference is theirs again, and else as it was", async () => {
    const [one, two, other] = [await person(), await person(), await person()];
    const [theirs, both, free] = [await childPlace(), await childPlace(), await childPlace()];
    expect(await takes(other, [both], 0, 5)).toBeNull();
    // As it could be before 0200.
    await sql`ALTER TABLE bed_stay DISABLE TRIGGER bed_is_for`.execute(db.owner);
    expect(await book(one, theirs, 0, 5)).toBeNull();
    expect(await book(two, both, 0, 5)).toBeNull();
    await sql`ALTER TABLE bed_stay ENABLE TRIGGER bed_is_for`.execute(db.owner);
    const upgrade = "../storage/migrations/0264_whose_bed_it_is.sql";
    await sql.raw(readFileSync(join(import.meta.dirname, upgrade), "utf8")).execute(db.owner);
    const beds = await db.owner
      .selectFrom("bed")
      .select(["id", "child_place"])
      .where("id", "in", [theirs, both, free])
      .execute();
    const isFor = new Map(beds.map((bed) => [bed.id, bed.child_place]));
    expect([theirs, both, free].map((id) => isFor.get(id))).toEqual([false, true, true]);
  });

  test("whose parent's bed comes free later comes later with them", async () => {
    const [late, next, in_, place] = [
      ...[await person(), await person()],
      ...[await bed(), await childPlace()],
    ] as const;
    expect(await book(late, in_, -20, 0, true)).toBeNull();
    await sql`ALTER TABLE bed_stay DISABLE TRIGGER bed_not_left`.execute(db.owner);
    // The booking was made while the leaving was still ahead; today is later.
    await sql`UPDATE bed_stay SET ends_on = ${on(-3)} WHERE bed_id = ${in_}`.execute(db.owner);
    expect(await book(next, in_, -3, 9)).toBeNull();
    await sql`ALTER TABLE bed_stay ENABLE TRIGGER bed_not_left`.execute(db.owner);
    expect(await takes(next, [place], -3, 9)).toBeNull();
    const [stay] = await staysOf(in_);
    await as((acting) =>
      leaveBed(acting, { id: stay?.id ?? "", consumerId: late.consumerId, bedId: in_, on: today }),
    );
    const [child] = await childStays(place);
    expect([child?.starts_on, child?.ends_on]).toEqual([today, on(9)]);
  });

  test("twenty at once for two places: exactly one wins each", async () => {
    const places = [await childPlace(), await childPlace()];
    const people: Person[] = [];
    for (let index = 0; index < 20; index++) people.push(await person());
    const answers = await Promise.all(
      people.map((who, index) => takes(who, [places[index % 2] ?? ""], 1, 15)),
    );
    expect(answers.filter((clash) => clash === null)).toHaveLength(2);
    for (const one of places) expect(await childStays(one)).toHaveLength(1);
  });

  test("whatever is booked, moved and left, no two are in one place", async () => {
    const deed = fc.record({
      does: fc.constantFrom("book", "come", "come", "release"),
      who: fc.nat(2),
      places: fc.subarray([0, 1, 2]),
      from: fc.integer({ min: -12, max: 12 }),
      nights: fc.option(fc.integer({ min: 0, max: 12 }), { nil: null }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(deed, { minLength: 4, maxLength: 12 }), async (deeds) => {
        const people = [await person(), await person(), await person()];
        const all = [await childPlace(), await childPlace(), await childPlace()];
        for (const { does, who, places, from, nights } of deeds) {
          const one = people[who] as Person;
          const wanted = places.map((index) => all[index] as string);
          const start = does === "come" ? Math.min(from, 0) : from;
          const until = nights === null ? null : start + nights;
          if (does === "release") await releases(one, Math.min(from, 0));
          else await takes(one, wanted, start, until, does === "come");
          const taken = (await as((acting) => findChildren(acting, on(-400), on(400)))).filter(
            ({ bedId }) => all.includes(bedId),
          );
          for (const [index, a] of taken.entries()) {
            for (const b of taken.slice(index + 1)) {
              if (a.bedId !== b.bedId) continue;
              expect(overlaps(heldDays(a), heldDays(b)), JSON.stringify([a, b])).toBe(false);
              expect([a, b].filter(isIn).length).toBeLessThanOrEqual(1);
            }
          }
        }
      }),
      { numRuns: 10, endOnFailure: true },
    );
  });
});

async function lawful(beds: string[], people: Person[]) {
  const all = (await as((acting) => findOccupied(acting, on(-400), on(400)))).filter((one) =>
    beds.includes(one.bedId),
  );
  for (const [index, a] of all.entries()) {
    for (const b of all.slice(index + 1)) {
      const same = a.bedId === b.bedId || a.consumerId === b.consumerId;
      if (same) expect(overlaps(heldDays(a), heldDays(b)), JSON.stringify([a, b])).toBe(false);
    }
  }
  for (const bedId of beds) {
    const inIt = all.filter((one) => one.bedId === bedId && one.arrivedOn && !one.leftOn);
    expect(inIt.length).toBeLessThanOrEqual(1);
  }
  for (const { consumerId } of people) {
    const lies = all.filter((one) => one.consumerId === consumerId && one.arrivedOn && !one.leftOn);
    expect(lies.length).toBeLessThanOrEqual(1);
  }
}
