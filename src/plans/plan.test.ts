import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { getDay } from "../kernel/day.ts";
import { comparePlans } from "./compare.ts";
import { draftOf } from "./draft.ts";
import { fold, writeFresh } from "./fold.ts";
import { agreedText, agreedWords, type Goal, gapsOf } from "./plan.ts";
import {
  dropBlankRows,
  errorsIn,
  fieldNames,
  type GoalRow,
  readRows,
  rowsOf,
} from "./plan-form.ts";
import { standingPlan } from "./relapse.ts";
import { naming } from "./sheet.ts";

const today = getDay("2026-06-15");
const words = fc.string({ minLength: 1, maxLength: 20 }).map((text) => text.trim() || "x");
const status = fc.constantFrom("open", "met", "dropped");
const day = fc.constantFrom(null, "2026-07-01", "2026-08-01");

const goals: fc.Arbitrary<Goal[]> = fc.array(
  fc.record({
    id: fc.uuid(),
    lineage: fc.uuid(),
    domain: fc.constantFrom("substance-use", "health", "offending", "social-functioning"),
    text: words,
    status,
    settled_on: fc.constant(null),
    objectives: fc.array(
      fc.record({
        id: fc.uuid(),
        lineage: fc.uuid(),
        text: words,
        target_on: day,
        status,
        settled_on: fc.constant(null),
      }),
      { maxLength: 3 },
    ),
    interventions: fc.array(
      fc.record({
        id: fc.uuid(),
        lineage: fc.uuid(),
        kind: fc.constantFrom("group", "liaison"),
        text: words,
        frequency: fc.option(words),
        responsible_id: fc.constant(null),
        responsible: fc.constant(null),
      }),
      { maxLength: 3 },
    ),
  }),
  { maxLength: 4 },
);

/** The editor's rows as the browser sends them. */
function sent(rows: readonly GoalRow[]): [string, string][] {
  return rows.flatMap((goal): [string, string][] => [
    ...(["text", "domain", "status"] as const).map((field): [string, string] => [
      fieldNames.goal(goal.key, field),
      goal[field],
    ]),
    ...goal.objectives.flatMap((line) =>
      (["text", "target_on", "status"] as const).map((field): [string, string] => [
        fieldNames.objective(goal.key, line.key, field),
        line[field],
      ]),
    ),
    ...goal.interventions.flatMap((line) =>
      (["kind", "text", "frequency", "responsible_id"] as const).map((field): [string, string] => [
        fieldNames.intervention(goal.key, line.key, field),
        line[field],
      ]),
    ),
  ]);
}

describe("the editor", () => {
  test("what is sent and read back is what was there, in its order", () => {
    fc.assert(
      fc.property(goals, (plan) => {
        const rows = rowsOf(plan);
        expect(readRows(sent(rows))).toEqual(rows);
      }),
    );
  });

  test("saving a plan unchanged keeps every lineage; new rows get one of their own", () => {
    fc.assert(
      fc.property(goals, (plan) => {
        const rows = rowsOf(plan);
        const saved = draftOf([...rows, { ...blank, key: "new-1" }], plan, today);
        expect(saved.slice(0, -1).map((goal) => goal.lineage)).toEqual(
          plan.map((goal) => goal.lineage),
        );
        expect(saved.flatMap((goal) => goal.objectives.map((line) => line.lineage))).toEqual(
          plan.flatMap((goal) => goal.objectives.map((line) => line.lineage)),
        );
        expect(saved.at(-1)?.lineage).toMatch(/^[0-9a-f-]{36}$/);
      }),
    );
  });

  const blank: GoalRow = {
    key: "g",
    domain: "health",
    text: "Sleep",
    status: "open",
    objectives: [],
    interventions: [],
  };

  test("a lineage that the page made up, or took from another goal, is not believed", () => {
    const stolen = "0196f0a0-0000-7000-8000-000000000000";
    expect(draftOf([{ ...blank, key: stolen }], [], today)[0]?.lineage).not.toBe(stolen);
  });

  test("empty rows are left out; a goal without words but with a step is asked about", () => {
    const step = { key: "s", text: "Walk", target_on: "", status: "open" };
    const empty = { key: "e", text: "", target_on: "", status: "open" };
    expect(dropBlankRows([{ ...blank, text: "", objectives: [empty] }])).toEqual([]);
    const [row] = dropBlankRows([{ ...blank, text: "", objectives: [step, empty] }]);
    expect(row?.objectives).toEqual([step]);
    expect(errorsIn(row ? [row] : [], new Set())).toEqual({
      [fieldNames.goal("g", "text")]: "Goal 1: say what the person wants to reach",
    });
  });

  test("a date that is none and a colleague who is none are named with their line", () => {
    const row = {
      ...blank,
      objectives: [{ key: "s", text: "Walk", target_on: "2026-02-30", status: "open" }],
      interventions: [
        { key: "i", kind: "group", text: "x", frequency: "", responsible_id: "nobody" },
      ],
    };
    expect(Object.values(errorsIn([row], new Set(["ana"])))).toEqual([
      "Goal 1: the target of step 1 is not a day",
      "Goal 1: what staff do, line 1: choose a colleague",
    ]);
  });

  test("fields of any other name are left alone", () => {
    expect(
      readRows([
        ["goals.__proto__.text", "x"],
        ["saves", "1"],
        ["goals.a.key", "b"],
      ]).every((row) => row.key !== "b"),
    ).toBe(true);
  });
});

describe("comparing two versions", () => {
  test("a plan is the same as itself, and every line stands in it once", () => {
    fc.assert(
      fc.property(goals, (plan) => {
        const compared = comparePlans(plan, plan);
        expect(compared.map((goal) => goal.lineage)).toEqual(plan.map((goal) => goal.lineage));
        const all = compared.flatMap((goal) => [goal, ...goal.objectives, ...goal.interventions]);
        expect(all.every((line) => line.change === "same")).toBe(true);
      }),
    );
  });

  test("what is only in one version was added or left out, the other way round from the other side", () => {
    fc.assert(
      fc.property(goals, goals, (before, after) => {
        const there = comparePlans(before, after);
        const back = comparePlans(after, before);
        const of = (list: typeof there, change: string) =>
          list
            .filter((goal) => goal.change === change)
            .map((goal) => goal.lineage)
            .sort();
        expect(of(there, "added")).toEqual(of(back, "removed"));
        expect(of(there, "changed")).toEqual(of(back, "changed"));
      }),
    );
  });
});

describe("what is there already is not written twice", () => {
  test("folding takes away only how it was typed", () => {
    expect(fold("  Arguments  about MONEY. ")).toBe("arguments about money");
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(fold(fold(text))).toBe(fold(text));
      }),
    );
  });

  test("every named line gets one id; equal lines share it, different ones do not", async () => {
    const line = fc.constantFrom("a", "A ", "b", " b", "c", "C.");
    const lines = fc.uniqueArray(line, { selector: fold });
    await fc.assert(
      fc.asyncProperty(lines, fc.array(line), async (texts, named) => {
        const standing = texts.map((text, index) => ({ id: `old-${index}`, text }));
        const asked = named.map((text) => ({ text }));
        const key = (it: { text: string }) => fold(it.text);
        const written: string[] = [];
        const ids = await writeFresh(
          standing,
          asked,
          { standing: key, named: key },
          async (fresh) => {
            expect(fresh).not.toEqual([]);
            written.push(...fresh.map(key));
          },
        );
        expect(ids).toHaveLength(named.length);
        for (const [i, a] of named.entries()) {
          for (const [j, b] of named.entries()) expect(ids[i] === ids[j]).toBe(fold(a) === fold(b));
        }
        const known = new Set(texts.map(fold));
        expect(written).toEqual([...new Set(named.map(fold))].filter((one) => !known.has(one)));
      }),
    );
  });
});

describe("the relapse prevention plan as it stands", () => {
  const line = (id: string, ended = false) => ({ id, ended_at: ended ? new Date(0) : null });
  test("what is ended is not on it, and a strategy outlives no trigger by accident", () => {
    const plan = standingPlan({
      triggers: [line("t1"), line("t2", true)],
      strategies: [
        { ...line("s1"), trigger_id: "t1" },
        { ...line("s2", true), trigger_id: "t1" },
        { ...line("s3"), trigger_id: "t2" },
        { ...line("s4"), trigger_id: null },
      ],
    });
    expect(
      plan.triggers.map((trigger) => [trigger.id, ...trigger.strategies.map(({ id }) => id)]),
    ).toEqual([["t1", "s1"]]);
    expect(plan.anyTime.map(({ id }) => id)).toEqual(["s3", "s4"]);
  });
});

test("a sheet that goes home points out lines that name a programme, and not mere likenesses", () => {
  const names = ["Riverbend Recovery", "Opioid", "Women and Children"];
  expect(
    naming(
      [
        "Call riverbend-recovery first",
        "Stay off opioids",
        "See the children",
        "Ask at Women and Children",
      ],
      names,
    ),
  ).toEqual(["Call riverbend-recovery first", "Ask at Women and Children"]);
});

test("who agreed is kept with a name or a reason, and read back in words", () => {
  expect(agreedWords(agreedText("both", "Erin: mother"))).toBe(
    "the person and a parent or guardian (Erin: mother)",
  );
  expect(agreedWords("Maria Delgado")).toBe("Maria Delgado");
  expect(agreedWords(null)).toBe("nobody yet");
});

test("gaps are told of open goals only", () => {
  const goal = {
    id: "1",
    lineage: "1",
    domain: "health",
    text: "x",
    settled_on: null,
    objectives: [],
    interventions: [],
  };
  expect(gapsOf([{ ...goal, status: "met" }])).toEqual([]);
  expect(gapsOf([{ ...goal, status: "open" }])).toHaveLength(2);
});
