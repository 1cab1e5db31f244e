import { type Bulletin, chosen, type LimitClause } from "./bulletin.ts";
import { SUBJECTS } from "./facts.ts";
import type { Dialect } from "./sql-dialect.ts";

/** One relation of a WITH, under a line that says what it holds. */
export interface Relation {
  readonly name: string;
  readonly comment: string;
  readonly sql: string;
}

/** Columns that counting a limit needs of the lines that ask for units (`asked`). */
export function limitColumns(bulletin: Bulletin, key: string): readonly string[] {
  const { dated, claimed } = SUBJECTS[bulletin.about];
  const columns = ["line_id", "consumer_id", dated, "start_time", "agency_id", "program"].slice(
    0,
    claimed ? undefined : 2,
  );
  return columns.includes(key) ? columns : [key, ...columns];
}

/**
 * The relation `name`: for each line that does not get all it asks for the units it asked for, those taken
 * before it and those it takes. Only lines of overfull periods (ones in which more is asked for than the
 * limit) take turns. The same count as `countLimits` in limit.ts.
 */
export function limitSql(
  bulletin: Bulletin,
  dialect: Dialect,
  limit: LimitClause,
  name: string,
  asking: string,
  key: string,
): readonly Relation[] {
  const { units } = limit.limit;
  const clause = sayLimit(limit);
  const columns = limitColumns(bulletin, key).map((column) => `a.${column}`);
  const shares = allowance(bulletin, limit, "a");
  const full = `${name}_full`;
  const crowded = `${name}_crowded`;
  const same = shares.map(({ sql, mayMiss }, index) =>
    mayMiss ? `${sql} IS NOT DISTINCT FROM p.share_${index}` : `${sql} = p.share_${index}`,
  );
  const by = shares.map((_, index) => `share_${index}`);
  return [
    {
      name: full,
      comment: `${clause}: the periods in which more is asked for`,
      sql: `SELECT ${shares.map(({ sql }, index) => `${sql} AS share_${index}`).join(", ")}
FROM ${asking} AS a
GROUP BY ${shares.map(({ sql }) => sql).join(", ")}
HAVING SUM(asked) > ${units}`,
    },
    {
      name: crowded,
      comment: `${clause}: the lines of those periods`,
      sql: `SELECT ${columns.join(", ")}, a.asked, ${shares.map((_, index) => `p.share_${index}`).join(", ")}
FROM ${asking} AS a JOIN ${full} AS p ON ${same.join(" AND ")}`,
    },
    ...takingTurns(bulletin, dialect, limit, { name, crowded, by, key }),
  ];
}

/**
 * The relation `name` over the lines of `crowded`, which ask for units (`asked`) of the allowance that they
 * share with those alike in `by`: for each that does not get them all the units it asked for, those taken
 * before it and those it takes.
 */
export function takingTurns(
  bulletin: Bulletin,
  dialect: Dialect,
  limit: LimitClause,
  {
    name,
    crowded,
    by,
    key,
    tie = dialect.byBytes("line_id"),
  }: {
    readonly name: string;
    readonly crowded: string;
    readonly by: readonly string[];
    readonly key: string;
    /** What lines of one day and time take their turn by: whatever rises as their ids do. */
    readonly tie?: string;
  },
): readonly Relation[] {
  const { units } = limit.limit;
  const clause = sayLimit(limit);
  const window = `(PARTITION BY ${by.join(", ")} ORDER BY ${turn(bulletin, dialect, tie).join(", ")}`;
  return chosen(bulletin, "over") === "cutback"
    ? [cutback(units, key, name, crowded, window, clause)]
    : denyLine(units, key, name, crowded, window, clause);
}

/** The limit in a comment. */
export function sayLimit({ clause, limit }: LimitClause): string {
  return `${clause}: at most ${limit.units} units a ${limit.per}`;
}

/** Each line takes what is left, so what is taken before it is a running sum, up to the limit. */
function cutback(
  units: number,
  key: string,
  name: string,
  crowded: string,
  window: string,
  clause: string,
): Relation {
  return {
    name,
    comment: `${clause}, the excess cut back`,
    sql: `SELECT ${key}, asked, LEAST(sum_before, ${units}) AS before,
  LEAST(asked, GREATEST(${units} - sum_before, 0)) AS taken
FROM (
  SELECT ${key}, asked, CAST(COALESCE(SUM(asked) OVER ${window}
    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS bigint) AS sum_before
  FROM ${crowded}
) AS in_turn WHERE sum_before + asked > ${units}`,
  };
}

/** What is left depends on which lines fitted, so the lines of a period are walked one by one. */
function denyLine(
  units: number,
  key: string,
  name: string,
  crowded: string,
  window: string,
  clause: string,
): readonly Relation[] {
  const queue = `${name}_queue`;
  const walk = `${name}_walk`;
  const fits = (used: string) => `CASE WHEN q.asked <= ${units} - ${used} THEN q.asked ELSE 0 END`;
  const cast = (expression: string) => `CAST(${expression} AS bigint)`;
  return [
    {
      name: `${queue} AS MATERIALIZED`,
      comment: `${clause}: the lines of a period in turn; head is the first one's key`,
      sql: `SELECT ${key}, ${cast("asked")} AS asked,
  FIRST_VALUE(${key}) OVER ${window}) AS head,
  ROW_NUMBER() OVER ${window}) AS turn
FROM ${crowded}`,
    },
    {
      name: walk,
      comment: `${clause}: a line that doesn't fit whole takes nothing, and the next may still fit`,
      sql: `SELECT q.${key}, q.head, q.turn, q.asked, ${cast(fits("0"))} AS taken, ${cast(fits("0"))} AS used
FROM ${queue} AS q WHERE q.turn = 1
UNION ALL
SELECT q.${key}, q.head, q.turn, q.asked, ${cast(fits("w.used"))}, ${cast(`w.used + ${fits("w.used")}`)}
FROM ${walk} AS w
JOIN ${queue} AS q ON q.head = w.head AND q.turn = w.turn + 1`,
    },
    {
      name,
      comment: `${clause}, a line that crosses it denied`,
      sql: `SELECT ${key}, asked, used - taken AS before, taken FROM ${walk} WHERE taken < asked`,
    },
  ];
}

/** An expression that lines with one allowance have alike; not recorded is alike with not recorded. */
interface Share {
  readonly sql: string;
  readonly mayMiss: boolean;
}

/** Lines `alias` that are alike in all of these share one allowance. */
export function allowance(
  bulletin: Bulletin,
  { limit }: LimitClause,
  alias: string,
): readonly Share[] {
  const dated = `${alias}.${SUBJECTS[bulletin.about].dated}`;
  const period = {
    day: [dated],
    week: [weekStartSql(bulletin, dated)],
    month: [`EXTRACT(YEAR FROM ${dated})`, `EXTRACT(MONTH FROM ${dated})`],
  }[limit.per];
  const apart = { everywhere: [], agency: [`${alias}.agency_id`], program: [`${alias}.program`] };
  return [
    ...[`${alias}.consumer_id`, ...period].map((sql) => ({ sql, mayMiss: false })),
    ...apart[chosen(bulletin, "scope")].map((sql) => ({ sql, mayMiss: true })),
  ];
}

/** The first day of the week of a date, by the reading `week`. */
export function weekStartSql(bulletin: Bulletin, date: string): string {
  const into = {
    sunday: `EXTRACT(DOW FROM ${date})`,
    monday: `(EXTRACT(ISODOW FROM ${date}) - 1)`,
  }[chosen(bulletin, "week")];
  return `${date} - CAST(${into} AS integer)`;
}

/** The order in which lines take units. */
function turn(bulletin: Bulletin, dialect: Dialect, tie: string): readonly string[] {
  const { dated } = SUBJECTS[bulletin.about];
  const time = `${dialect.byBytes("start_time")} ASC NULLS LAST`;
  const first = chosen(bulletin, "order") === "time" ? [time] : [];
  return [dated, ...first, tie];
}
