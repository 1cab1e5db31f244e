import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { getDay } from "../kernel/day.ts";
import {
  type AftercareParts,
  isStanding,
  missingFrom,
  planInForce,
  readChoice,
  stageOf,
  supportState,
  supportWords,
  toReplace,
} from "./aftercare.ts";

const today = getDay("2026-06-15");
const states = ["planned", "handed-over", "accepted", "declined", "ended"];
const text = fc.option(fc.constantFrom("", "  ", "\t", "Rosa: 555-0171", "Blue door"));
const plans: fc.Arbitrary<AftercareParts> = fc.record({
  signs: fc.nat(3),
  strategies: fc.nat(3),
  callFirst: text,
  backWhere: text,
  backWho: text,
  backPhone: text,
  backWithinDays: fc.option(fc.nat(60)),
  supports: fc.array(
    fc.record({
      kind: fc.constantFrom("drug-related", "non-drug-related"),
      state: fc.constantFrom(...states),
    }),
    { maxLength: 4 },
  ),
  gains: fc.nat(2),
});

describe("what MC C names", () => {
  test("a plan that is called complete has relapse measures, a way back in, supports of both kinds and gains", () => {
    fc.assert(
      fc.property(plans, (plan) => {
        if (missingFrom(plan).length > 0) return;
        expect(plan.signs).toBeGreaterThan(0);
        expect(plan.strategies).toBeGreaterThan(0);
        for (const said of [plan.callFirst, plan.backWhere, plan.backWho, plan.backPhone]) {
          expect(said).toMatch(/\S/);
        }
        expect(plan.backWithinDays).not.toBeNull();
        for (const kind of ["drug-related", "non-drug-related"]) {
          expect(plan.supports.some((one) => one.kind === kind && isStanding(one))).toBe(true);
        }
        expect(plan.gains).toBeGreaterThan(0);
      }),
      { numRuns: 2000 },
    );
  });

  const complete: AftercareParts = {
    ...{ signs: 1, strategies: 1, callFirst: "Rosa", backWhere: "Blue door", backWho: "Ana" },
    ...{ backPhone: "555-0140", backWithinDays: 0, gains: 1 },
    supports: [
      { kind: "drug-related", state: "accepted" },
      { kind: "non-drug-related", state: "planned" },
    ],
  };
  test("everything there, the same day counts as soon: complete", () => {
    expect(missingFrom(complete)).toEqual([]);
  });
  test.each<[keyof AftercareParts, unknown, string]>([
    ["signs", 0, "An early sign or a trigger"],
    ["strategies", 0, "What to do about an early sign or a trigger"],
    ["callFirst", " ", "Whom to call first"],
    ["backWhere", null, "The way back in: where"],
    ["backWho", null, "The way back in: whom to ask for"],
    ["backPhone", "", "The way back in: a number that is answered"],
    ["backWithinDays", null, "The way back in: how soon they are seen"],
    [
      "supports",
      [
        { kind: "non-drug-related", state: "accepted" },
        { kind: "drug-related", state: "declined" },
      ],
      "A drug-related support",
    ],
    [
      "supports",
      [{ kind: "drug-related", state: "accepted" }],
      "A support that is not drug-related",
    ],
    ["gains", 0, "Something gained that is to be kept"],
  ])("without %s: %s is missing by name", (part, none, says) => {
    expect(missingFrom({ ...complete, [part]: none }).map((one) => one.says)).toEqual([says]);
  });
});

describe("how far a plan is", () => {
  const active = { state: "active" };
  const of = (...of: string[]) => of.map((state) => ({ state }));
  test("drafted, agreed, handed over, active: folded from the supports that stand", () => {
    expect(stageOf({ state: "draft" }, of("accepted"))).toBe("draft");
    expect(stageOf(active, [])).toBe("agreed");
    expect(stageOf(active, of("planned", "accepted"))).toBe("agreed");
    expect(stageOf(active, of("handed-over", "accepted"))).toBe("handed-over");
    expect(stageOf(active, of("accepted", "declined", "ended"))).toBe("active");
    expect(stageOf({ state: "superseded" }, of("accepted"))).toBe("superseded");
  });
  test("the newest agreed plan is in force, whatever is being written", () => {
    expect(planInForce([{ state: "draft" }, active, { state: "superseded" }])).toBe(active);
    expect(planInForce([{ state: "draft" }])).toBeNull();
  });
});

describe("supports", () => {
  test("a handover is late after the day to ask again, not on it", () => {
    const handed = (chase_on: string | null) => ({ state: "handed-over", chase_on });
    expect(supportState(handed("2026-06-15"), today).late).toBe(false);
    expect(supportState(handed("2026-06-14"), today).late).toBe(true);
    expect(supportState({ state: "accepted", chase_on: "2026-06-01" }, today).late).toBe(false);
  });
  test("somebody else is needed for what was declined, until something of its kind stands", () => {
    const declined = { kind: "non-drug-related", what: "housing", state: "declined" };
    expect(toReplace([declined])).toEqual([declined]);
    expect(toReplace([declined, { ...declined, state: "planned" }])).toEqual([]);
    expect(toReplace([declined, { ...declined, what: "money", state: "planned" }])).toEqual([
      declined,
    ]);
  });
  test("a choice names a kind and what of that kind; other text is none", () => {
    expect(readChoice("drug-related:mutual-aid")).toEqual({
      kind: "drug-related",
      what: "mutual-aid",
    });
    expect(readChoice("non-drug-related:mutual-aid")).toBeNull();
    expect(readChoice("toString:constructor")).toBeNull();
    expect(supportWords({ kind: "non-drug-related", what: "womens-service" })).toBe(
      "Women's service",
    );
  });
});
