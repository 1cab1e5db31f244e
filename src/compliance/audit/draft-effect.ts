import { OUTCOMES } from "./tables.ts";
import type { ByOutcome, Units } from "./tally.ts";

/** Lines alike in everything that is told apart, by what a bulletin and a draft say of them. */
export interface Moved {
  /** A number that stands for a person, other each time. */
  readonly person: string;
  readonly program: string | null;
  readonly month: string;
  readonly clauses_before: readonly string[];
  readonly clauses_after: readonly string[];
  readonly lines: number;
  /** Payable units more, or fewer when negative. */
  readonly units: number;
  /** At the rates of their days. */
  readonly cents: number;
  readonly without_rate: number;
}

/** What lines would gain and what lines would lose; the two are never set off against each other. */
export interface Change {
  readonly lines: number;
  readonly gained: { readonly lines: number; readonly units: number; readonly cents: number };
  readonly lost: { readonly lines: number; readonly units: number; readonly cents: number };
}

export interface DraftEffect {
  readonly before: { readonly lines: ByOutcome; readonly units: Units };
  readonly after: { readonly lines: ByOutcome; readonly units: Units };
  readonly all: Change;
  /** Lines with other units for which no rate was set on their day. */
  readonly withoutRate: number;
  /** A line counts under every clause that decides its change. */
  readonly byClause: readonly (Change & { readonly key: string | null })[];
  readonly byProgram: readonly (Change & { readonly key: string | null })[];
  readonly byMonth: readonly (Change & { readonly key: string | null })[];
  /** How many people would gain, or lose, units on balance. */
  readonly people: { readonly gaining: number; readonly losing: number };
}

export interface Flow {
  readonly outcome_before: keyof ByOutcome;
  readonly outcome_after: keyof ByOutcome;
  readonly lines: number;
  readonly billed: number;
  readonly payable_before: number;
  readonly payable_after: number;
}

/** Adds up what a draft would change. Nobody can be told from it. */
export function effectOf(flows: readonly Flow[], moved: readonly Moved[]): DraftEffect {
  const balance = [...Map.groupBy(moved, ({ person }) => person).values()].map((of) =>
    of.reduce((sum, { units }) => sum + units, 0),
  );
  return {
    before: oneWay(flows, "before"),
    after: oneWay(flows, "after"),
    all: changeOf(moved),
    withoutRate: moved.reduce((sum, { without_rate }) => sum + without_rate, 0),
    byClause: changesBy(
      moved.flatMap((one) => decisive(one).map((clause) => ({ ...one, key: clause }))),
    ),
    byProgram: changesBy(moved.map((one) => ({ ...one, key: one.program }))),
    byMonth: changesBy(moved.map((one) => ({ ...one, key: one.month }))),
    people: {
      gaining: balance.filter((units) => units > 0).length,
      losing: balance.filter((units) => units < 0).length,
    },
  };
}

/** The clauses not met one way only; where there are none, those not met either way. */
function decisive({ clauses_before: before, clauses_after: after }: Moved): readonly string[] {
  const different = [
    ...before.filter((clause) => !after.includes(clause)),
    ...after.filter((clause) => !before.includes(clause)),
  ];
  return different.length > 0 ? different : before;
}

function changesBy(moved: readonly (Moved & { readonly key: string | null })[]) {
  return [...Map.groupBy(moved, ({ key }) => key)]
    .map(([key, of]) => ({ key, ...changeOf(of) }))
    .toSorted((a, b) =>
      a.key === null || b.key === null
        ? Number(a.key === null) - Number(b.key === null)
        : a.key < b.key
          ? -1
          : 1,
    );
}

function changeOf(moved: readonly Moved[]): Change {
  const sum = (which: (units: number) => boolean) => {
    const of = moved.filter(({ units }) => which(units));
    return {
      lines: of.reduce((all, { lines }) => all + lines, 0),
      units: of.reduce((all, { units }) => all + Math.abs(units), 0),
      cents: of.reduce((all, { cents }) => all + Math.abs(cents), 0),
    };
  };
  return {
    lines: moved.reduce((all, { lines }) => all + lines, 0),
    gained: sum((units) => units > 0),
    lost: sum((units) => units < 0),
  };
}

function oneWay(flows: readonly Flow[], way: "before" | "after") {
  const of = (name: string) => flows.filter((flow) => flow[`outcome_${way}`] === name);
  const lines = OUTCOMES.map((name) => [name, of(name).reduce((all, one) => all + one.lines, 0)]);
  const applied = flows.filter((flow) => flow[`outcome_${way}`] !== "not-applicable");
  return {
    lines: Object.fromEntries(lines) as ByOutcome,
    units: {
      billed: applied.reduce((all, { billed }) => all + billed, 0),
      payable: flows.reduce((all, flow) => all + flow[`payable_${way}`], 0),
    },
  };
}
