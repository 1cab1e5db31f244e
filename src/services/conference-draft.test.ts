import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Draft, newDraft, problemsOf, readDraft } from "./conference-draft.ts";
import { mergeDrafts } from "./merge-drafts.ts";

const plan = { start: "10:00", end: "11:00", room: "" };
const word = fc.string({ maxLength: 12 });

/** Drafts that share row ids, as two windows on one draft do. */
const anyDraft: fc.Arbitrary<Draft> = fc
  .record({
    note: word,
    barriers: rowsOf({ goal: fc.constantFrom("", "g1", "g2"), text: word }),
    agreements: rowsOf({ who: fc.constantFrom("", "consumer"), what: word, due: fc.constant("") }),
    consumer: fc.constantFrom("yes" as const, "no" as const, null),
    staff: fc.uniqueArray(fc.constantFrom("s1", "s2", "s3")),
    notSaid: word,
  })
  .map(({ note, barriers, agreements, consumer, staff, notSaid }) => {
    const draft = newDraft(plan);
    return {
      ...draft,
      note,
      barriers,
      agreements,
      here: { ...draft.here, consumer, staff },
      before: { ...draft.before, notSaid },
    };
  });

function rowsOf<T extends object>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }) {
  const row = fc.record({ id: fc.constantFrom("a", "b", "c", "d"), ...model });
  return fc.uniqueArray(row, { selector: ({ id }) => id, maxLength: 4 }) as unknown as fc.Arbitrary<
    ({ id: string } & T)[]
  >;
}

describe("a draft", () => {
  test("is read back as it was written", () => {
    fc.assert(
      fc.property(anyDraft, (draft) => {
        expect(readDraft(JSON.parse(JSON.stringify(draft))).data).toEqual(draft);
      }),
    );
  });

  test("that is no draft, or of a later version, is refused", () => {
    expect(readDraft(null).success).toBe(false);
    expect(readDraft({ v: 99 }).success).toBe(false);
    expect(readDraft({ v: 1, times: { start: "25:00" } }).success).toBe(false);
  });

  test("with nothing recorded can be signed: missing facts are not recorded, never wrong", () => {
    expect(problemsOf(newDraft({ start: "", end: "", room: "" }))).toEqual([]);
  });

  test("says what has to be mended, by section", () => {
    const draft = newDraft({ start: "11:00", end: "10:00", room: "" });
    draft.barriers = [{ id: "a", goal: "", text: "Shared car" }];
    draft.agreements = [{ id: "a", who: "", what: "Drive on Mondays", due: "" }];
    draft.need = { ...draft.need, result: "found" };
    expect(new Set(problemsOf(draft).map(({ section }) => section))).toEqual(
      new Set(["times", "barriers", "agreements", "need"]),
    );
  });
});

describe("two windows on one draft", () => {
  test("where only one wrote, that one's words stand", () => {
    fc.assert(
      fc.property(anyDraft, anyDraft, (base, changed) => {
        expect(mergeDrafts(base, changed, base)).toEqual({ draft: changed, clashes: [] });
        expect(mergeDrafts(base, base, changed)).toEqual({ draft: changed, clashes: [] });
      }),
    );
  });

  test("that wrote the same agree", () => {
    fc.assert(
      fc.property(anyDraft, anyDraft, (base, both) => {
        expect(mergeDrafts(base, both, both)).toEqual({ draft: both, clashes: [] });
      }),
    );
  });

  test("lose no prose and no row that either added", () => {
    fc.assert(
      fc.property(anyDraft, anyDraft, anyDraft, (base, mine, theirs) => {
        const { draft } = mergeDrafts(base, mine, theirs);
        for (const window of [mine, theirs]) {
          if (window.note !== base.note) expect(draft.note).toContain(window.note);
          for (const row of window.barriers) {
            if (base.barriers.some(({ id }) => id === row.id)) continue;
            expect(draft.barriers.find(({ id }) => id === row.id)?.text).toContain(row.text);
          }
        }
      }),
    );
  });

  test("that answered differently are told where", () => {
    const base = newDraft(plan);
    const mine = { ...base, plan: "both" as const };
    const theirs = { ...base, plan: "none" as const };
    expect(mergeDrafts(base, mine, theirs)).toEqual({ draft: mine, clashes: ["plan"] });
  });
});
