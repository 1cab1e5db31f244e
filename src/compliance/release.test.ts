import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "../../test/support/database.ts";
import { type Recorded, recordedAgency } from "../../test/support/recorded.ts";
import { type Day, getDay } from "../kernel/day.ts";
import type { ClaimFilter } from "./claim.ts";
import { findBatchLines, findClaimLines, findFlags, findTotals } from "./claim-store.ts";
import { judgeAgain } from "./judge.ts";
import { releaseClaims, type Sum, sumOf } from "./release.ts";
import { findBatches, findClaimsOf, findReady, reverse, settle } from "./release-store.ts";

let it: Recorded;
let consumer: string;
beforeAll(async () => {
  it = await recordedAgency(await testDatabase());
});
afterAll(() => it.db.drop());
beforeEach(async () => {
  consumer = await it.consumer();
});

const monday = getDay("2026-03-02");
const wednesday = getDay("2026-03-04");
const everything: ClaimFilter = { from: null, to: null, program: null, performer: null };

const sumNow = (ids: string[]) => it.as(it.biller, async (db) => sumOf(await findReady(db, ids)));
const release = (ids: string[], confirmed: Sum) =>
  it.as(it.biller, (db) => releaseClaims(db, it.bench, it.biller, ids, confirmed));
const releaseAll = async (...ids: string[]) => release(ids, await sumNow(ids));
const linesOf = (state: "payable" | "not-ready" | "released", day: Day = monday) =>
  it.as(it.biller, async (db) =>
    (
      await findClaimLines(
        db,
        state,
        { ...everything, from: day, to: day },
        { offset: 0, most: 500 },
      )
    ).filter(({ consumerId }) => consumerId === consumer),
  );
const change = (id: string, to: object, ...days: Day[]) =>
  it.as(it.counselor, async (db) => {
    await db.updateTable("service").set(to).where("id", "=", id).execute();
    await judgeAgain(db, it.bench, consumer, days);
  });

describe("a batch", () => {
  test("holds the units payable at the rate of the day, and the lines are released", async () => {
    const first = await it.record(consumer, { day: monday, units: 6 });
    const second = await it.record(consumer, { day: wednesday, units: 6 });
    const released = await releaseAll(first, second);
    expect(released).toMatchObject({ ok: true, lines: 2, units: 8, cents: 8 * 1842 });
    if (!released.ok) throw new Error();
    const lines = await it.as(it.biller, (db) => findBatchLines(db, released.id));
    expect(lines.map(({ serviceId, claim }) => [serviceId, claim?.units, claim?.cents])).toEqual([
      [first, 6, 6 * 1842],
      [second, 2, 2 * 1842],
    ]);
    const [newest] = await it.as(it.biller, (db) => findBatches(db, { offset: 0, most: 1 }));
    expect(newest).toMatchObject({
      number: released.number,
      lines: 2,
      cents: 8 * 1842,
      reversed: 0,
    });
  });

  test("is released whole or not at all, and only with the sum that was confirmed", async () => {
    const payable = await it.record(consumer, { day: monday });
    const denied = await it.record(consumer, { day: wednesday, setting: "home" });
    const confirmed = await sumNow([payable]);
    const mixed = await release([payable, denied], confirmed);
    expect(mixed).toMatchObject({ ok: false, ready: [payable], sum: confirmed });
    expect(await release([payable], { ...confirmed, cents: confirmed.cents - 1 })).toMatchObject({
      ok: false,
    });
    expect(await linesOf("released")).toEqual([]);
  });

  test("is judged once more first: a credential that was ended meanwhile stops it", async () => {
    const id = await it.record(consumer, { day: monday });
    const confirmed = await sumNow([id]);
    await it.db.owner
      .updateTable("credential")
      .set({ valid_to: "2026-03-01" })
      .where("staff_id", "=", it.counselor)
      .execute();
    const stopped = await release([id], confirmed);
    await it.db.owner
      .updateTable("credential")
      .set({ valid_to: null })
      .where("staff_id", "=", it.counselor)
      .execute();
    expect(stopped).toMatchObject({ ok: false, ready: [] });
  });

  test("takes no line that awaits co-signature, a correction or a rate", async () => {
    const cosign = await it.record(consumer, { day: monday, units: 1, awaitsCosign: true });
    const correction = await it.record(consumer, { day: monday, units: 1 });
    await it.as(it.counselor, (db) =>
      db
        .insertInto("correction")
        .values({
          ...{
            agency_id: it.agencyId,
            consumer_id: consumer,
            service_id: correction,
            by: it.counselor,
          },
          ...{ fact: "supports_present", was: "1", becomes: "2", reason: "Miscounted" },
          ...{ changes_payment: true, state: "waiting" },
        })
        .execute(),
    );
    await it.db.owner.updateTable("rate").set({ valid_to: "2026-12-31" }).execute();
    const unpriced = await it.record(consumer, { day: getDay("2027-01-04") });
    expect(await sumNow([cosign, correction, unpriced])).toEqual({ lines: 0, units: 0, cents: 0 });
    const waiting = [
      ...(await linesOf("not-ready")),
      ...(await linesOf("not-ready", getDay("2027-01-04"))),
    ];
    expect(
      waiting.map(({ serviceId, outcome, awaitsCosign, awaitsCorrection, centsPerUnit }) => [
        serviceId,
        outcome,
        awaitsCosign,
        awaitsCorrection,
        centsPerUnit,
      ]),
    ).toEqual([
      [cosign, "payable", true, false, 1842],
      [correction, "payable", false, true, 1842],
      [unpriced, "payable", false, false, null],
    ]);
    expect(await releaseAll(cosign)).toMatchObject({ ok: false });
  });

  test("released by two people at the same moment is released once", async () => {
    const ids: string[] = [];
    for (let week = 0; week < 5; week++)
      ids.push(await it.record(consumer, { day: getDay(`2026-0${week + 4}-06`) }));
    const confirmed = await sumNow(ids);
    const both = await Promise.all([release(ids, confirmed), release(ids.toReversed(), confirmed)]);
    expect(both.map(({ ok }) => ok).sort()).toEqual([false, true]);
    const claims = await it.db.owner
      .selectFrom("claim")
      .select("id")
      .where("consumer_id", "=", consumer)
      .execute();
    expect(claims).toHaveLength(5);
  });

  test("numbers run on without gap or double, however many release at once", async () => {
    const ids = await Promise.all(
      Array.from({ length: 6 }, (_, i) =>
        it.record(consumer, { day: getDay(`2026-0${i + 1}-20`) }),
      ),
    );
    const released = await Promise.all(ids.map((id) => releaseAll(id)));
    const numbers = released.flatMap((one) => (one.ok ? [one.number] : [])).sort((a, b) => a - b);
    expect(numbers).toHaveLength(6);
    expect(new Set(numbers).size).toBe(6);
    expect((numbers.at(-1) ?? 0) - (numbers[0] ?? 0)).toBe(5);
  });

  test("cannot be written by anybody but a biller", async () => {
    const id = await it.record(consumer, { day: monday });
    const confirmed = await sumNow([id]);
    const asCounselor = it.as(it.counselor, (db) =>
      releaseClaims(db, it.bench, it.counselor, [id], confirmed),
    );
    await expect(asCounselor).rejects.toThrow(/row-level security/);
  });
});

describe("a released claim whose service is judged otherwise", () => {
  test("is flagged once and not changed; what changed is said; settling ends the flag", async () => {
    const late = await it.record(consumer, { day: wednesday, units: 6 });
    await releaseAll(late);
    await it.record(consumer, { day: monday, units: 5 });
    await it.record(consumer, { day: monday, units: 2 });
    const [claim] = await it.as(it.biller, (db) => findClaimsOf(db, late));
    expect(claim).toMatchObject({ units: 6, cents: 6 * 1842, reversedAt: null });
    const flags = await it.as(it.biller, (db) => findFlags(db, { serviceId: late }));
    expect(flags).toMatchObject([
      { claimId: claim?.id, units: 6, why: expect.stringContaining("reduced, 3 payable") },
    ]);
    const by = { agencyId: it.agencyId, staffId: it.biller };
    expect(
      await it.as(it.biller, (db) =>
        settle(db, by, flags[0]?.flagId ?? "", "Agreed with the payer"),
      ),
    ).toMatchObject({ consumerId: consumer });
    expect(
      await it.as(it.biller, (db) => settle(db, by, flags[0]?.flagId ?? "", "Again")),
    ).toBeNull();
    expect(await it.as(it.biller, (db) => findFlags(db, { serviceId: late }))).toEqual([]);
    await it.as(it.counselor, (db) => judgeAgain(db, it.bench, consumer, [monday]));
    expect(await it.as(it.biller, (db) => findFlags(db, { serviceId: late }))).toEqual([]);
  });

  test("is flagged when the service is voided, and stays among the released", async () => {
    const id = await it.record(consumer, { day: monday });
    await releaseAll(id);
    await change(id, { voided_at: new Date() }, monday);
    const flags = await it.as(it.biller, (db) => findFlags(db, { serviceId: id }));
    expect(flags).toMatchObject([{ why: expect.stringContaining("voided") }]);
    expect(await linesOf("released")).toMatchObject([{ serviceId: id, voided: true }]);
  });

  test("is not flagged when the same units stay payable", async () => {
    const id = await it.record(consumer, { day: wednesday, units: 4 });
    await releaseAll(id);
    await it.record(consumer, { day: monday, units: 4 });
    expect(await it.as(it.biller, (db) => findFlags(db, { serviceId: id }))).toEqual([]);
  });
});

test("a claim that is reversed can be released again as it is judged now; both are kept", async () => {
  const late = await it.record(consumer, { day: wednesday, units: 6 });
  await releaseAll(late);
  await it.record(consumer, { day: monday, units: 5 });
  const [claim] = await it.as(it.biller, (db) => findClaimsOf(db, late));
  const by = { agencyId: it.agencyId, staffId: it.biller };
  const takeBack = () =>
    it.as(it.biller, (db) => reverse(db, by, claim?.id ?? "", "Units were too many"));
  const both = await Promise.all([takeBack(), takeBack()]);
  expect(both.filter(Boolean)).toHaveLength(1);
  expect(await it.as(it.biller, (db) => findFlags(db, { serviceId: late }))).toEqual([]);
  expect(await releaseAll(late)).toMatchObject({ ok: true, units: 3 });
  const all = await it.as(it.biller, (db) => findClaimsOf(db, late));
  expect(all.map(({ units, reversedAt }) => [units, reversedAt !== null])).toEqual([
    [3, false],
    [6, true],
  ]);
});

test("the database itself keeps a claim as written and lets one stand for a service", async () => {
  const id = await it.record(consumer, { day: monday });
  await releaseAll(id);
  const rewrite = it.as(it.biller, (db) =>
    db.updateTable("claim").set({ cents: 1 }).where("service_id", "=", id).execute(),
  );
  await expect(rewrite).rejects.toThrow(/never changed/);
  const twice = it.db.owner
    .insertInto("claim")
    .columns([
      "agency_id",
      "consumer_id",
      "service_id",
      "judgement_id",
      "batch_id",
      "units",
      "code",
      "cents",
    ])
    .expression((eb) =>
      eb
        .selectFrom("claim")
        .select([
          "agency_id",
          "consumer_id",
          "service_id",
          "judgement_id",
          "batch_id",
          "units",
          "code",
          "cents",
        ])
        .where("service_id", "=", id),
    )
    .execute();
  await expect(twice).rejects.toThrow(/one_standing_claim/);
});

test("totals are those of the lines, state by state, and narrow with the filter", async () => {
  const day = getDay("2025-06-02");
  await it.record(consumer, { day, units: 6 });
  await it.record(consumer, { day, units: 4, start: "12:00", end: "13:00" });
  await it.record(consumer, { day, units: 2, setting: "home" });
  await it.record(consumer, { day, units: 3, setting: null });
  await it.record(consumer, {
    day,
    units: 3,
    kind: "family-therapy",
    start: "15:00",
    end: "16:00",
  });
  const totals = await it.as(it.biller, (db) =>
    findTotals(db, { ...everything, from: day, to: day }),
  );
  expect(totals).toEqual({
    payable: {
      lines: 1,
      unitsBilled: 6,
      unitsPayable: 6,
      centsBilled: 6 * 1842,
      centsPayable: 6 * 1842,
    },
    reduced: {
      lines: 1,
      unitsBilled: 4,
      unitsPayable: 2,
      centsBilled: 4 * 1842,
      centsPayable: 2 * 1842,
    },
    denied: { lines: 1, unitsBilled: 2, unitsPayable: 0, centsBilled: 2 * 1842, centsPayable: 0 },
    pended: { lines: 1, unitsBilled: 3, unitsPayable: 0, centsBilled: 3 * 1842, centsPayable: 0 },
  });
  const other = await it.as(it.biller, (db) =>
    findTotals(db, { ...everything, from: day, to: day, performer: it.biller }),
  );
  expect(other).toEqual({});
});
