import type { Duck } from "./duck.ts";
import { OUTCOMES, REJECTS } from "./tables.ts";
import type { ByOutcome, Units } from "./tally.ts";
import type { ReadingEffect } from "./try-readings.ts";

/** What lines would gain and what lines would lose; the two are never set off against each other. */
export interface Change {
  /** Lines whose outcome or payable units would differ; those that gain or lose units among them. */
  readonly lines: { readonly changed: number; readonly gained: number; readonly lost: number };
  readonly units: { readonly gained: number; readonly lost: number };
  readonly amount_cents: { readonly gained: number; readonly lost: number };
  /** Lines with other units whose amount is not recorded. */
  readonly lines_without_amount: number;
}

type Keyed<Name extends string> = Change & { readonly [name in Name]: string | null };

interface OneWay {
  readonly lines: ByOutcome;
  readonly units: Units;
}

interface Named {
  readonly number: string;
  readonly title: string;
  readonly content_hash: string;
  readonly from: string;
  readonly until: string | null;
}

/** summary.json of a comparison. */
export interface WhatIfSummary extends Difference {
  readonly against: Named;
  readonly draft: Named;
  /** The day from which a draft of another number replaces it; what is before stays as it is judged. */
  readonly replaces_from: string | null;
  /** What would change again if the draft were read otherwise, the largest first. */
  readonly draft_readings: readonly ReadingEffect[];
  readonly seconds: number;
}

export interface Difference extends Change {
  readonly before: OneWay;
  readonly after: OneWay;
  /** Lines by what becomes of them before and after. */
  readonly moves: readonly {
    readonly before: string;
    readonly after: string;
    readonly lines: number;
  }[];
  /** A line counts under every clause that decides its change. */
  readonly by_clause: readonly Keyed<"clause">[];
  readonly by_program: readonly Keyed<"program">[];
  readonly by_agency: readonly Keyed<"agency_id">[];
  readonly by_month: readonly Keyed<"month">[];
  readonly consumers: {
    readonly gaining: People;
    readonly losing: People;
    /** How many would gain or lose so many units in all. */
    readonly by_units: readonly {
      readonly from: number;
      readonly to: number | null;
      readonly gaining: number;
      readonly losing: number;
    }[];
  };
  readonly rejected: number;
}

/** Consumers whose lines gain, or lose, units on balance. Nobody is named. */
interface People {
  readonly count: number;
  readonly units: number;
  readonly median_units: number;
  readonly most_units: number;
  readonly amount_cents: number;
}

type Row = Readonly<Record<string, unknown>>;

/** Reads the difference from the tables that a comparison made. */
export async function readDifference(duck: Duck): Promise<Difference> {
  const [total] = await duck.rows(`SELECT ${SUMS} FROM audit_flow`);
  const [rejected] = await duck.rows(`SELECT count(*) AS count FROM ${REJECTS}`);
  const moves =
    await duck.rows(`SELECT outcome_before, outcome_after, SUM(lines) AS lines FROM audit_flow
GROUP BY ALL ORDER BY lines DESC, outcome_before, outcome_after`);
  const by = async <Name extends string>(from: string, column: string, name: Name) =>
    (
      await duck.rows(
        `SELECT ${column} AS key, ${SUMS} FROM ${from} GROUP BY ${column} HAVING SUM(changed) > 0 ORDER BY key NULLS LAST`,
      )
    ).map((row) => ({ [name]: textOf(row.key), ...changeOf(row) }) as Keyed<Name>);
  return {
    ...changeOf(total ?? {}),
    before: await oneWay(duck, "before"),
    after: await oneWay(duck, "after"),
    moves: moves.map((row) => ({
      before: String(row.outcome_before),
      after: String(row.outcome_after),
      lines: count(row.lines),
    })),
    by_clause: await by("audit_by_clause", "clause", "clause"),
    by_program: await by("audit_flow", "program", "program"),
    by_agency: await by("audit_flow", "agency", "agency_id"),
    by_month: await by("audit_flow", "month", "month"),
    consumers: {
      gaining: await people(duck, "units > 0"),
      losing: await people(duck, "units < 0"),
      by_units: await peopleByUnits(duck),
    },
    rejected: count(rejected?.count),
  };
}

const SUMS = [
  ...["changed", "lines_gained", "lines_lost", "units_gained", "units_lost", "cents_gained"],
  ...["cents_lost", "without_amount"],
]
  .map((name) => `SUM(${name}) AS ${name}`)
  .join(", ");

function changeOf(row: Row): Change {
  return {
    lines: {
      ...{ changed: count(row.changed), gained: count(row.lines_gained) },
      lost: count(row.lines_lost),
    },
    units: { gained: count(row.units_gained), lost: count(row.units_lost) },
    amount_cents: { gained: count(row.cents_gained), lost: count(row.cents_lost) },
    lines_without_amount: count(row.without_amount),
  };
}

async function oneWay(duck: Duck, way: "before" | "after"): Promise<OneWay> {
  const outcomes = OUTCOMES.map(
    (name) => `COALESCE(SUM(lines) FILTER (outcome_${way} = '${name}'), 0) AS "${name}"`,
  );
  const [row] = await duck.rows(
    `SELECT ${outcomes.join(", ")}, SUM(billed_${way}) AS units_billed, SUM(payable_${way}) AS units_payable FROM audit_flow`,
  );
  return {
    lines: Object.fromEntries(OUTCOMES.map((name) => [name, count(row?.[name])])) as ByOutcome,
    units: { billed: count(row?.units_billed), payable: count(row?.units_payable) },
  };
}

async function people(duck: Duck, who: string): Promise<People> {
  const [row] = await duck.rows(`SELECT count(*) AS count, SUM(abs(units)) AS units,
  quantile_disc(abs(units), 0.5) AS median, MAX(abs(units)) AS most, SUM(abs(cents)) AS cents
FROM audit_by_person WHERE ${who}`);
  return {
    ...{ count: count(row?.count), units: count(row?.units), median_units: count(row?.median) },
    ...{ most_units: count(row?.most), amount_cents: count(row?.cents) },
  };
}

/** Units from one of these to the next. */
const STEPS = [1, 3, 5, 9, 17, 33];

async function peopleByUnits(duck: Duck) {
  const steps = STEPS.map((from, index) => ({ from, to: (STEPS[index + 1] ?? 0) - 1 }));
  const within = ({ from, to }: (typeof steps)[number]) =>
    `abs(units) >= ${from}${to > 0 ? ` AND abs(units) <= ${to}` : ""}`;
  const counts = steps.flatMap((step, index) => [
    `count(*) FILTER (units > 0 AND ${within(step)}) AS gaining_${index}`,
    `count(*) FILTER (units < 0 AND ${within(step)}) AS losing_${index}`,
  ]);
  const [row] = await duck.rows(`SELECT ${counts.join(", ")} FROM audit_by_person`);
  return steps.map(({ from, to }, index) => ({
    ...{ from, to: to > 0 ? to : null },
    ...{ gaining: count(row?.[`gaining_${index}`]), losing: count(row?.[`losing_${index}`]) },
  }));
}

function textOf(value: unknown): string | null {
  return value == null ? null : String(value);
}

function count(sum: unknown): number {
  return Number(sum ?? 0);
}
