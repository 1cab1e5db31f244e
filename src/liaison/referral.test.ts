import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { testDatabase } from "../../test/support/database.ts";
import { type Recorded, recordedAgency } from "../../test/support/recorded.ts";
import { findStanding } from "../compliance/judge.ts";
import { addDays, getDay } from "../kernel/day.ts";
import { topics } from "../people/consent.ts";
import type { FormVisit } from "../web/guard.ts";
import { partsOf } from "./letter.ts";
import { referralAction } from "./pages/referral-action.ts";
import { providerKinds } from "./provider.ts";
import {
  datesAfter,
  isOverdue,
  kindForNeed,
  maySend,
  needCodes,
  nextStatuses,
  referralStatuses,
  stands,
} from "./referral.ts";

const today = getDay("2026-06-15");

describe("a referral", () => {
  test("is overdue from the day after the day on which something was to be done", () => {
    const due = (status: string, due_on: string, chase_on: string | null = null) =>
      isOverdue({ status, due_on, chase_on }, today);
    expect(due("open", "2026-06-15")).toBe(false);
    expect(due("open", "2026-06-14")).toBe(true);
    // Arranged is not given: whether it was is asked on the day chosen for it.
    expect(due("arranged", "2026-06-01", "2026-06-14")).toBe(true);
    expect(due("arranged", "2026-06-01", "2026-06-16")).toBe(false);
    expect(due("sent", "2026-06-01", "2026-06-16")).toBe(false);
    expect(due("sent", "2026-06-20", "2026-06-14")).toBe(true);
    expect(due("provided", "2026-06-01", "2026-06-01")).toBe(false);
  });

  test("whatever becomes of it, its dates fit its status, and what FC 3.2 reads fits both", () => {
    const walk = fc.array(fc.tuple(fc.nat(9), fc.nat(9), fc.boolean()), { maxLength: 12 });
    fc.assert(
      fc.property(walk, (steps) => {
        let status: string = "open";
        let dates: { arranged_on: string | null; ended_on: string | null } = {
          arranged_on: null,
          ended_on: null,
        };
        for (const [choice, days, send] of steps) {
          const next = nextStatuses(status);
          const to =
            send && maySend(status)
              ? (["sent", "handed"] as const)[choice % 2]
              : next[choice % Math.max(next.length, 1)];
          if (!to) break;
          dates = datesAfter(dates, { status: to, on: addDays(today, days) });
          status = to;
          expect(referralStatuses).toContain(status);
          expect(dates.ended_on === null).toBe(stands(status));
          // Nobody has taken it on: the need is as open as on its first day.
          if (["open", "handed", "sent", "refused"].includes(status)) {
            expect(dates.arranged_on).toBeNull();
          }
          if (["arranged", "accepted", "attended", "provided"].includes(status)) {
            expect(dates.arranged_on).not.toBeNull();
          }
        }
      }),
    );
  });

  test("from every status there is a way to an end, or it is one that only somebody reopens", () => {
    const reach = (from: string, seen = new Set<string>()): Set<string> => {
      for (const to of [...nextStatuses(from), ...(maySend(from) ? ["sent", "handed"] : [])]) {
        if (!seen.has(to)) reach(to, seen.add(to));
      }
      return seen;
    };
    for (const status of referralStatuses) {
      expect(stands(status) ? reach(status).has("provided") : true).toBe(true);
    }
    expect(nextStatuses("attended")).not.toContain("closed");
  });

  test("each kind of need is found under a kind of the directory, but for what has none", () => {
    for (const need of needCodes) {
      const kind = kindForNeed(need);
      if (kind === null) expect(need).toBe("other");
      else expect(Object.keys(providerKinds)).toContain(kind);
    }
  });
});

describe("a letter", () => {
  const sayable = Object.fromEntries(
    topics.map((topic) => [topic, { heading: topic, lines: [`all about ${topic}`] }]),
  );
  const some = fc.subarray([...topics]);

  test("holds what was ticked, of what there is, and nothing else", () => {
    fc.assert(
      fc.property(some, (ticked) => {
        const parts = partsOf(sayable, ticked);
        expect(parts.map(({ topic }) => topic).sort()).toEqual([...ticked].sort());
        for (const topic of topics) {
          const told = JSON.stringify(parts).includes(`all about ${topic}`);
          expect(told).toBe(ticked.includes(topic));
        }
      }),
    );
  });
});

describe("what was recorded is judged again when a referral changes (FC 3.2)", () => {
  let it: Recorded;
  beforeAll(async () => {
    it = await recordedAgency(await testDatabase());
  });
  afterAll(() => it.db.drop());

  const post = (consumerId: string, fields: Record<string, string>) =>
    it.as(it.counselor, (db) => {
      const form = new FormData();
      for (const [name, value] of Object.entries(fields)) form.set(name, value);
      const agency = { id: it.agencyId, jurisdiction: "us-mo" };
      const me = { staffId: it.counselor, agency };
      const by = { staffId: it.counselor, agencyId: it.agencyId };
      const visit = { db, me, by, consumerId, form, today, services: { shelf: it.shelf } };
      return referralAction(visit as unknown as FormVisit);
    });

  const advice = async (serviceId: string) => {
    const found = await it.as(it.counselor, (db) => findStanding(db, [serviceId]));
    const findings = found.get(serviceId)?.judgements.flatMap(({ findings }) => findings) ?? [];
    return findings.find(({ clause, kind }) => clause === "3.2" && kind === "should")?.verdict;
  };

  test("a need left open too long is advised against; arranged in time, or declined, it is not", async () => {
    const consumer = await it.consumer();
    const service = await it.record(consumer, { day: addDays(today, -2) });
    expect(await advice(service)).toBe("met");
    const need = {
      ...{ step: "add", need: "family-therapy", what: "Sessions together", for_whom: "consumer" },
      ...{ owner_id: it.counselor, found_on: "2026-04-01", due_on: "2026-04-15" },
    };
    await post(consumer, need);
    expect(await advice(service)).toBe("breached");
    const { id } = await it.db.owner
      .selectFrom("referral")
      .select("id")
      .where("consumer_id", "=", consumer)
      .executeTakeFirstOrThrow();
    await post(consumer, { step: "move", id, status: "arranged", on: "2026-04-20" });
    expect(await advice(service)).toBe("met");
    await post(consumer, {
      step: "move",
      id,
      status: "open",
      on: "2026-06-01",
      outcome: "Fell through",
    });
    expect(await advice(service)).toBe("breached");
    await post(consumer, {
      step: "move",
      id,
      status: "declined",
      on: "2026-06-02",
      outcome: "Not now",
    });
    expect(await advice(service)).toBe("met");
  });

  test("a day that cannot be, and a reason that is missing, are refused beside their field", async () => {
    const consumer = await it.consumer();
    const need = {
      ...{
        step: "add",
        need: "other",
        what: "Housing",
        for_whom: "consumer",
        owner_id: it.counselor,
      },
      ...{ found_on: "2026-06-16", due_on: "2026-06-20" },
    };
    expect(await post(consumer, need)).toMatchObject({
      data: { errors: { found_on: expect.stringMatching("earlier day") } },
    });
    await post(consumer, { ...need, found_on: "2026-06-01" });
    const [{ id } = { id: "" }] = await it.db.owner
      .selectFrom("referral")
      .select("id")
      .where("consumer_id", "=", consumer)
      .execute();
    const move = { step: "move", id, status: "closed", on: "2026-06-02" };
    expect(await post(consumer, move)).toMatchObject({ data: { errors: { outcome: "Say why." } } });
    expect(
      await post(await it.consumer(), { ...move, outcome: "x" }).catch((thrown) => thrown),
    ).toMatchObject({ init: { status: 404 } });
  });
});
