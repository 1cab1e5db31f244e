import { beforeAll, describe, expect, test } from "vitest";
import { getDay } from "../kernel/day.ts";
import { type Bulletin, withReadings } from "./bulletin.ts";
import type { Line, ServiceLine } from "./facts.ts";
import { judge } from "./judge.ts";
import { judgeAll } from "./judge-all.ts";
import type { Finding } from "./judgement.ts";
import { metersAt } from "./meter.ts";
import { loadBulletins } from "./shelf.ts";

let bulletin: Bulletin;

beforeAll(async () => {
  const loaded = await loadBulletins("bulletins");
  const founding =
    loaded.ok && loaded.value.find((one) => one.bulletin.number === "FY10-Clinical-16");
  if (!founding) throw new Error("FY10-Clinical-16 does not load");
  bulletin = founding.bulletin;
});

const ORDINARY: ServiceLine = {
  line_id: "A",
  consumer_id: "Ann",
  service: "family-conference",
  service_date: getDay("2010-05-04"),
  units: 4,
  program: "cstar-general",
  setting: "office",
  consumer_present: true,
  supports_present: 1,
  plan_discussed: "treatment-plan",
  performer_qualification: ["qsap"],
};

function finding(lines: readonly Line[], clause: string, kind: Finding["kind"] = "must"): Finding {
  const found = judge(bulletin, lines)[0]?.findings.find(
    (one) => one.clause === clause && one.kind === kind,
  );
  if (found === undefined) throw new Error(`No finding on ${clause}`);
  return found;
}

describe("a finding", () => {
  test("of a breach names the facts that fail, and only those", () => {
    const found = finding([{ ...ORDINARY, setting: "home" }], "4.2");
    expect(found).toMatchObject({
      verdict: "breached",
      explanation: "Setting is the home and must be a clinical office.",
      arrange: ["Book a room whose setting is recorded and fits the service"],
      facts: { setting: "home" },
    });
  });

  test("of an unknown names the facts that are missing", () => {
    const found = finding([{ ...ORDINARY, setting: null, consumer_present: null }], "4.2");
    expect(found.verdict).toBe("unknown");
    expect(found.explanation).toBe("Setting and consumer present are not recorded.");
  });

  test("of a fact left out altogether is unknown too", () => {
    const { program: _, ...line } = ORDINARY;
    expect(finding([line], "1.1").verdict).toBe("unknown");
  });

  test("says what it leans on", () => {
    expect(finding([ORDINARY], "3.1").readings).toEqual(["plan", "support"]);
    expect(finding([ORDINARY], "3.2").readings).toEqual(["overlap"]);
    expect(finding([ORDINARY], "3.2", "should").readings).toEqual(["arranged-within"]);
    expect(finding([ORDINARY], "4.1", "limit").readings).toEqual([
      ...["unit", "rounding", "week", "over", "scope", "order"],
    ]);
    expect(finding([ORDINARY], "5.1").readings).toEqual([]);
  });

  test("of the limit tells the week and what was taken before", () => {
    const lines = [
      { ...ORDINARY, line_id: "B", units: 6 },
      { ...ORDINARY, units: 6 },
    ];
    const found = finding(lines, "4.1", "limit");
    expect(found.explanation).toBe(
      "Of 8 units from 2010-05-02 to 2010-05-08, earlier lines took 6, so only 2 of this line's 6 can be paid.",
    );
    expect(found.facts).toEqual({ units: 6, units_taken_before: 6 });
  });

  test("of an overlap names the other line", () => {
    const therapy = { ...ORDINARY, line_id: "T", service: "family-therapy" };
    const times = { start_time: "10:00", end_time: "11:00" };
    const found = finding(
      [
        { ...ORDINARY, ...times },
        { ...therapy, ...times },
      ],
      "3.2",
    );
    expect(found.explanation).toBe("Start time and end time overlap Family Therapy T.");
    expect(finding([ORDINARY, therapy], "3.2").verdict).toBe("unknown");
  });

  test("of a should warns in its own words and changes nothing", () => {
    const lines = [{ ...ORDINARY, therapy_need_open_days: 31 }];
    expect(finding(lines, "3.2", "should").explanation).toBe(
      "Days a need for family therapy has waited is 31 and should be 30 or less.",
    );
    expect(judge(bulletin, lines)[0]?.outcome).toBe("payable");
  });
});

test("judgements come in the order of the lines, and depend on nothing else of it", () => {
  const lines = ["C", "A", "B"].map((line_id) => ({ ...ORDINARY, line_id, units: 3 }));
  const payable = (judged: readonly { line_id: string; units_payable: number }[]) =>
    judged.map((one) => [one.line_id, one.units_payable]);
  expect(payable(judge(bulletin, lines))).toEqual([
    ["C", 2],
    ["A", 3],
    ["B", 3],
  ]);
  const again = judge(bulletin, lines.toReversed()).toReversed();
  expect(payable(again)).toEqual(payable(judge(bulletin, lines)));
});

describe("the meter", () => {
  const at = { consumer_id: "Ann", service_date: "2010-05-06" };

  test("tells what is used and left of the week, and leaves out what can't be paid", () => {
    const lines = [
      { ...ORDINARY, units: 3 },
      { ...ORDINARY, line_id: "B", units: 3, setting: "home" },
      { ...ORDINARY, line_id: "C", units: 3, consumer_id: "Ben" },
      { ...ORDINARY, line_id: "D", units: 3, service_date: "2010-05-09" },
    ];
    expect(metersAt(bulletin, lines, at)).toEqual([
      {
        clause: "4.1",
        limit: 8,
        used: 3,
        left: 5,
        period: { from: "2010-05-02", to: "2010-05-08" },
      },
    ]);
  });

  test("is never below zero, and full again with nothing recorded", () => {
    const used = (units: number) => metersAt(bulletin, [{ ...ORDINARY, units }], at)[0];
    expect(used(90)).toMatchObject({ used: 8, left: 0 });
    expect(metersAt(bulletin, [], at)[0]).toMatchObject({ used: 0, left: 8 });
  });

  test("looks at one agency where the bulletin is read so", () => {
    const apart = withReadings(bulletin, { scope: "agency" });
    const lines = [{ ...ORDINARY, agency_id: "north" }];
    expect(metersAt(apart, lines, { ...at, agency_id: "north" })[0]?.used).toBe(4);
    expect(metersAt(apart, lines, { ...at, agency_id: "south" })[0]?.used).toBe(0);
  });
});

describe("a clause that is not asked of every line", () => {
  const asked = (facts: Partial<ServiceLine>, kind: "must" | "should" = "must") => {
    const [clause] = bulletin.clauses.filter(({ number }) => number === "4.2");
    const when = { op: "is", fact: "plan_discussed", value: "both" } as const;
    const must = { op: "is", fact: "setting", value: "office" } as const;
    const clauses = clause ? [{ ...clause, when, must: null, [kind]: must }] : [];
    const [judged] = judge({ ...bulletin, clauses }, [{ ...ORDINARY, ...facts }]);
    return { outcome: judged?.outcome, found: judged?.findings[0] };
  };

  test("stands in nobody's way where it is not, and says why it is not", () => {
    const { outcome, found } = asked({ setting: "home" });
    expect(outcome).toBe("payable");
    expect(found).toMatchObject({
      verdict: "not-applicable",
      explanation: "Not asked, because plan discussed is the treatment plan.",
      arrange: [],
      facts: { plan_discussed: "treatment-plan" },
    });
  });

  test("judges where it is", () => {
    expect(asked({ plan_discussed: "both" })).toMatchObject({
      outcome: "payable",
      found: { verdict: "met" },
    });
    expect(asked({ plan_discussed: "both", setting: "home" })).toMatchObject({
      outcome: "denied",
      found: { verdict: "breached" },
    });
  });

  test.each(["office", "home"] as const)("is unknown where nobody can tell (%s)", (setting) => {
    const { outcome, found } = asked({ plan_discussed: null, setting });
    expect(outcome).toBe("pended");
    expect(found).toMatchObject({
      verdict: "unknown",
      explanation: "Plan discussed is not recorded.",
    });
  });

  test("is a limit that others don't use up", () => {
    const when = { op: "isAtLeast", fact: "units", value: 2 } as const;
    const clauses = bulletin.clauses.map((one) => (one.limit ? { ...one, when } : one));
    const lines = [
      { ...ORDINARY, units: 1 },
      { ...ORDINARY, line_id: "B", units: 8 },
    ];
    const judged = judge({ ...bulletin, clauses }, lines);
    expect(judged.map(({ outcome, units_payable }) => [outcome, units_payable])).toEqual([
      ["payable", 1],
      ["payable", 8],
    ]);
    const limited = judged[0]?.findings.find(({ kind }) => kind === "limit");
    expect(limited).toMatchObject({
      verdict: "not-applicable",
      explanation: "Not asked, because units is 1.",
    });
    const at = { ...ORDINARY, service_date: "2010-05-04", units: undefined };
    expect(metersAt({ ...bulletin, clauses }, lines, at)[0]).toMatchObject({ used: 8, left: 0 });
    expect(metersAt({ ...bulletin, clauses }, lines, { ...at, units: 1 })).toEqual([]);
  });
});

describe("several bulletins", () => {
  test("the strictest stands, with the fewest units", () => {
    const tighter = withLimit(bulletin, "B-2", 3);
    const [combined] = judgeAll([bulletin, tighter], [ORDINARY]);
    expect(combined).toMatchObject({ outcome: "reduced", units_billed: 4, units_payable: 3 });
    expect(combined?.judgements.map((one) => one.bulletin)).toEqual(["FY10-Clinical-16", "B-2"]);
    const [denied] = judgeAll([bulletin, tighter], [{ ...ORDINARY, setting: "home" }]);
    expect(denied).toMatchObject({ outcome: "denied", units_payable: 0 });
  });

  test("only those in force on the day count", () => {
    const over = { ...bulletin, effective: { ...bulletin.effective, until: getDay("2010-05-03") } };
    const [combined] = judgeAll([over], [ORDINARY]);
    expect(combined).toMatchObject({ outcome: "not-applicable", units_payable: 0, judgements: [] });
    const lastDay = { ...ORDINARY, service_date: "2010-05-03" };
    expect(judgeAll([over], [lastDay])[0]?.outcome).toBe("payable");
  });
});

function withLimit(base: Bulletin, number: string, units: number): Bulletin {
  const clauses = base.clauses.map((clause) =>
    clause.limit === null ? clause : { ...clause, limit: { ...clause.limit, units } },
  );
  return { ...base, number, clauses };
}
