import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { accessKinds } from "../episodes/assessment.ts";
import { addDays, type Day } from "../kernel/day.ts";
import { askedBefore, jointPrompt, rank } from "./match.ts";
import { type Needs, NOT_PREGNANT_WEEKS, pregnancyOn } from "./needs.ts";
import type { Beds } from "./reasons.ts";
import { approaches, groups, notTaken, type Unit, unitKinds } from "./unit.ts";

const unit = (given: Partial<Unit> = {}): Unit => ({
  ...{ id: "u", name: "House", kind: "rehab", approach: null, drug_free: false },
  ...{ women_only: false, men_only: false, takes_children: false, serves: [], does_not_take: [] },
  ...{ access_has: [], access_lacks: [], languages: null, interpreters: null },
  ...{ attached_to: null, locality: null, weeks: 12, program_id: "p", provider_id: null },
  ...given,
});
const silent: Needs = {
  askedKind: null,
  ...{ preferredApproaches: null, wantsWomenOnly: null, wantsChildWith: null },
  ...{ preferredLocality: null, pregnant: null, liverDisease: null, severeMentalIllness: null },
  ...{ offendingNow: null, prescribedNow: null, riskToSelf: null, riskToOthers: null },
  ...{ age: 40, pronouns: null, pregnantSince: null, old: {} },
  ...{ access: [], accessWords: null, language: "English", interpreter: false },
  languageWords: null,
};
const free = { freeNow: 1, nextFree: "2026-01-05" as Day, childPlaces: null };
const reasonsFor = (given: Partial<Unit>, needs: Partial<Needs>, beds: Beds = free) =>
  rank([{ unit: unit(given), beds }], { ...silent, ...needs })[0];
const said = (match: ReturnType<typeof reasonsFor>, weighs: string) =>
  match?.reasons.filter((reason) => reason.weighs === weighs).map(({ text }) => text) ?? [];

const anyOf = (list: Record<string, string>) => fc.subarray(Object.keys(list));
const maybe = fc.option(fc.boolean(), { nil: null });
const level = fc.option(fc.constantFrom("none" as const, "some" as const, "high" as const), {
  nil: null,
});
const units = fc.array(
  fc.record({
    kind: fc.constantFrom(...(Object.keys(unitKinds) as Unit["kind"][])),
    approach: fc.option(fc.constantFrom(...(Object.keys(approaches) as never[])), { nil: null }),
    drug_free: fc.boolean(),
    women_only: fc.boolean(),
    men_only: fc.boolean(),
    takes_children: fc.boolean(),
    serves: anyOf(groups),
    does_not_take: anyOf(notTaken),
    locality: fc.option(fc.constantFrom("Leeds", "York"), { nil: null }),
    access_has: anyOf({ "step-free": "", sight: "" }),
    access_lacks: anyOf({ hearing: "" }),
    languages: fc.option(fc.constant("Polish, Urdu"), { nil: null }),
    interpreters: maybe,
  }),
  { maxLength: 30 },
);
const needs: fc.Arbitrary<Needs> = fc.record({
  askedKind: fc.option(fc.constantFrom(...(Object.keys(unitKinds) as Unit["kind"][])), {
    nil: null,
  }),
  preferredApproaches: fc.option(anyOf(approaches), { nil: null }),
  wantsWomenOnly: maybe,
  wantsChildWith: maybe,
  preferredLocality: fc.option(fc.constantFrom("York", "near York"), { nil: null }),
  pregnant: maybe,
  liverDisease: maybe,
  severeMentalIllness: maybe,
  offendingNow: maybe,
  prescribedNow: maybe,
  riskToSelf: level,
  riskToOthers: level,
  age: fc.integer({ min: 16, max: 90 }),
  pregnantSince: fc.option(fc.constant("2025-10-01" as Day), { nil: null }),
  access: anyOf(accessKinds),
  accessWords: fc.option(fc.constant("No stairs"), { nil: null }),
  language: fc.constantFrom("English", "Polish"),
  interpreter: fc.boolean(),
  languageWords: fc.option(fc.constant("Polish, reads little"), { nil: null }),
  old: fc.constantFrom({}, { pregnant: "2025-01-02" as Day, access: "2025-01-02" as Day }),
  pronouns: fc.option(fc.constantFrom("he/him", "she/her", "they/them"), { nil: null }),
});

test("every unit is ranked once, whatever is known of anybody; unsuitable ones come last and say why", () => {
  fc.assert(
    fc.property(units, needs, (given, person) => {
      const all = given.map((facts, index) => ({
        unit: unit({ ...facts, id: String(index), name: `Unit ${index}` }),
        beds: index % 3 === 0 ? null : free,
      }));
      const ranked = rank(all, person);
      expect(ranked.map((match) => match.unit.id).sort()).toEqual(
        all.map((one) => one.unit.id).sort(),
      );
      const suitable = ranked.map((match) => match.suitable);
      expect(suitable).toEqual(suitable.toSorted((a, b) => Number(b) - Number(a)));
      // What is asked for comes before every other kind, among the suitable and among the rest.
      for (const which of [true, false]) {
        const asked = ranked
          .filter((match) => match.suitable === which)
          .map((match) => match.asked);
        expect(asked).toEqual(asked.toSorted((a, b) => Number(b) - Number(a)));
      }
      for (const match of ranked) {
        expect(match.asked).toBe(match.unit.kind === person.askedKind);
        expect(match.suitable).toBe(said(match, "unsuitable").length === 0);
        expect(new Set(match.reasons.map(({ text }) => text)).size).toBe(match.reasons.length);
      }
    }),
  );
});

test("the order of the directory changes nothing", () => {
  fc.assert(
    fc.property(units, needs, (given, person) => {
      const all = given.map((facts, index) => ({
        unit: unit({ ...facts, id: String(index), name: `Unit ${index}` }),
        beds: free,
      }));
      const ids = (list: typeof all) => rank(list, person).map((match) => match.unit.id);
      expect(ids(all.toReversed())).toEqual(ids(all));
    }),
  );
});

describe("where the assessment is silent", () => {
  test("it is not known, and never unsuitable", () => {
    const match = reasonsFor({ does_not_take: Object.keys(notTaken) }, {});
    expect(match?.suitable).toBe(true);
    expect(said(match, "not-known")).toContain(
      "Cannot take: pregnant women. The assessment does not say",
    );
  });
});

describe("particular groups (MC B3)", () => {
  test("a unit made for pregnant women comes before one that is not; one that cannot take them comes last", () => {
    const ranked = rank(
      [
        { unit: unit({ id: "cannot", name: "A", does_not_take: ["pregnant"] }), beds: free },
        { unit: unit({ id: "neutral", name: "B" }), beds: free },
        { unit: unit({ id: "made-for", name: "C", serves: ["pregnant"] }), beds: free },
      ],
      { ...silent, pregnant: true },
    );
    expect(ranked.map((match) => match.unit.id)).toEqual(["made-for", "neutral", "cannot"]);
    expect(said(ranked[2], "unsuitable")).toEqual(["Cannot take: pregnant women"]);
  });

  test("the prompt for joint work names the groups, and only those that are known", () => {
    expect(jointPrompt({ ...silent, liverDisease: true, pregnant: false })).toEqual([
      "liver disease",
    ]);
    expect(jointPrompt(silent)).toEqual([]);
  });
});

describe("what the person would like", () => {
  test("approach, women only, a child along and the place count for and against, never as unsuitable", () => {
    const wishes = {
      preferredApproaches: ["12-step"],
      wantsWomenOnly: true,
      wantsChildWith: true,
      preferredLocality: "York",
    };
    const fits = reasonsFor(
      { approach: "12-step", women_only: true, takes_children: true, locality: "York" },
      wishes,
    );
    expect(said(fits, "for")).toHaveLength(5);
    const other = reasonsFor(
      { approach: "faith-based", men_only: true, locality: "Leeds" },
      wishes,
    );
    expect(other?.suitable).toBe(true);
    expect(said(other, "against")).toEqual([
      "Faith-based is not the approach they would like",
      "Men only",
      "It is not said that a child can come along",
      "In Leeds, not where they would like",
    ]);
  });

  test("a unit that cannot take children is unsuitable for somebody who brings one", () => {
    expect(reasonsFor({ does_not_take: ["children"] }, { wantsChildWith: true })?.suitable).toBe(
      false,
    );
  });
});

describe("a unit for women or men only", () => {
  test("is put to the end by somebody's pronouns, unless they ask for it; without them it is to be asked", () => {
    const house = { women_only: true };
    expect(said(reasonsFor(house, { pronouns: "he/him" }), "unsuitable")).toHaveLength(1);
    expect(reasonsFor(house, { pronouns: "he/him", wantsWomenOnly: true })?.suitable).toBe(true);
    expect(said(reasonsFor(house, { pronouns: "they/them" }), "not-known")).toHaveLength(1);
    expect(reasonsFor({ men_only: true }, { pronouns: "she/her" })?.suitable).toBe(false);
    expect(reasonsFor({ men_only: true }, { pronouns: "he/him" })?.suitable).toBe(true);
  });
});

test("a current prescription, and a risk that a unit cannot hold, speak against it", () => {
  expect(
    reasonsFor({ does_not_take: ["current-prescribing"] }, { prescribedNow: true })?.suitable,
  ).toBe(false);
  expect(
    reasonsFor({ does_not_take: ["risk-to-others"] }, { riskToOthers: "high" })?.suitable,
  ).toBe(false);
  expect(
    reasonsFor({ does_not_take: ["risk-to-others"] }, { riskToOthers: "some" })?.suitable,
  ).toBe(true);
});

test("of two alike, the one with the sooner bed comes first", () => {
  const later = { freeNow: 0, nextFree: "2026-03-01" as Day, childPlaces: null };
  const sooner = { freeNow: 0, nextFree: "2026-02-01" as Day, childPlaces: null };
  const ranked = rank(
    [
      { unit: unit({ id: "later", name: "A" }), beds: later },
      { unit: unit({ id: "sooner", name: "B" }), beds: sooner },
    ],
    silent,
  );
  expect(ranked.map((match) => match.unit.id)).toEqual(["sooner", "later"]);
});

test("a child's place counts where a child is to come, and only there", () => {
  const beds = { ...free, childPlaces: { freeNow: 0, nextFree: null } };
  const said = (wantsChildWith: boolean) =>
    rank([{ unit: unit({ takes_children: true }), beds }], { ...silent, wantsChildWith })[0]
      ?.reasons.map(({ text }) => text)
      .join();
  expect(said(true)).toContain("No child's place is free");
  expect(said(false)).not.toContain("child's place");
});

describe("before a bed is booked", () => {
  const asked = (given: Partial<Unit>, needs: Partial<Needs> = {}, children = 0) =>
    askedBefore(unit(given), { ...silent, ...needs }, children);

  test("whatever matching calls unsuitable is asked, for every unit and everybody", () => {
    fc.assert(
      fc.property(units, needs, (given, person) => {
        for (const facts of given) {
          const one = unit(facts);
          const [match] = rank([{ unit: one, beds: free }], person);
          const strongly = match?.reasons.filter(({ weighs }) => weighs === "unsuitable") ?? [];
          const asks = askedBefore(one, person, 0);
          for (const { text } of strongly) expect(asks).toContain(text);
          if (!one.women_only && !one.men_only) expect(asks).toHaveLength(strongly.length);
        }
      }),
    );
  });

  test("a child who comes along is asked about, whatever an assessment said", () => {
    const none = { does_not_take: ["children"] };
    expect(asked(none, { wantsChildWith: false }, 1)).toEqual(["Cannot take a child along"]);
    expect(asked({}, {}, 1)).toEqual(["It is not said that a child can come along"]);
    expect(asked({ takes_children: true }, {}, 1)).toEqual([]);
    expect(asked(none)).toEqual([]);
  });

  test("women only is asked once, and not of whoever would like that", () => {
    expect(asked({ women_only: true })).toEqual(["For women only"]);
    expect(asked({ women_only: true }, { wantsWomenOnly: true })).toEqual([]);
    expect(asked({ women_only: true }, { pronouns: "he/him" })).toHaveLength(1);
    expect(asked({ men_only: true })).toEqual(["For men only"]);
  });
});

describe("an answer of some time ago", () => {
  const on = "2026-01-05" as Day;

  test("that somebody is not pregnant counts for some weeks, and then is not known since", () => {
    const told = { is: false, due: null, on };
    const last = addDays(on, 7 * NOT_PREGNANT_WEEKS);
    expect(pregnancyOn(told, last)).toEqual({ is: false, since: null });
    expect(pregnancyOn(told, addDays(last, 1))).toEqual({ is: null, since: on });
    expect(pregnancyOn({ is: true, due: on, on }, addDays(on, 42)).is).toBe(true);
    expect(pregnancyOn({ is: true, due: on, on }, addDays(on, 43)).is).toBeNull();
    const house = { does_not_take: ["pregnant"] };
    const match = reasonsFor(house, { pregnantSince: on });
    expect(match?.suitable).toBe(true);
    expect(match?.reasons.find(({ since }) => since)).toMatchObject({
      ...{ weighs: "not-known", since: on },
    });
  });

  test("in an earlier episode is used, and marked as old", () => {
    const house = { does_not_take: ["liver-disease"], women_only: true };
    const match = reasonsFor(house, {
      ...{ liverDisease: true, wantsWomenOnly: true, old: { liverDisease: on } },
    });
    const old = match?.reasons.filter((reason) => reason.old);
    expect(old).toEqual([{ weighs: "unsuitable", text: "Cannot take: liver disease", old: on }]);
  });
});

describe("access and language", () => {
  test("what a unit has is for it, what it has not against, what nobody knows is asked; none shuts it out", () => {
    const match = reasonsFor(
      { access_has: ["step-free"], access_lacks: ["hearing"], interpreters: false },
      { access: ["step-free", "hearing", "sight"], language: "Polish", interpreter: true },
    );
    expect(match?.suitable).toBe(true);
    expect(said(match, "for")).toContain(
      "They need and it has: step-free way in, room and bathroom",
    );
    expect(said(match, "against")).toEqual([
      "They need and it has not: hearing loop or visual alarms",
      "It brings in no interpreter: Polish",
    ]);
    expect(said(match, "not-known")).toContain(
      "They need: fit for people who see little. Ask whether it has that",
    );
  });

  test("their own language is found among those that are spoken there", () => {
    const needs = { languageWords: "Polish, with an interpreter" };
    expect(said(reasonsFor({ languages: "Urdu, Polish" }, needs), "for")).toContain(
      "Polish is spoken there",
    );
    expect(said(reasonsFor({}, needs), "not-known")).toEqual([
      "Language needs: “Polish, with an interpreter”. Ask them",
    ]);
    expect(said(reasonsFor({}, {}), "not-known")).toEqual([]);
  });
});

test("second stage says whether it is drug-free (MC B4)", () => {
  const of = (drug_free: boolean | null) =>
    reasonsFor({ kind: "second-stage", drug_free }, { askedKind: "second-stage" });
  expect(said(of(true), "for")).toContain("Drug-free supported accommodation");
  expect(said(of(false), "against")).toEqual(["Not drug-free accommodation"]);
  expect(said(of(null), "not-known")).toEqual(["Whether it is drug-free was not written down"]);
});
