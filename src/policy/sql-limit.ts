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
export function limitColumns(bulletin: Bulletin): readonly string[] {
  const { dated } = SUBJECTS[bulletin.about];
  return ["line_id", "consumer_id", dated, "start_time", "agency_id", "program"];
}

/**
 * The relation `name`: for each line of `asking` the units it asked for and those taken. The same
 * count as `countLimits` in limit.ts.
 */
export function limitSql(
  bulletin: Bulletin,
  dialect: Dialect,
  limit: LimitClause,
  name: string,
  asking: string,
): readonly Relation[] {
  const clause = `${limit.clause}: at most ${limit.limit.units} units a ${limit.limit.per}`;
  const columns = limitColumns(bulletin).join(", ");
  const window = `(PARTITION BY ${allowance(bulletin, limit).join(", ")} ORDER BY ${turn(bulletin, dialect).join(", ")}`;
  return chosen(bulletin, "over") === "cutback"
    ? [cutback(limit.limit.units, columns, name, asking, window, clause)]
    : denyLine(limit.limit.units, columns, name, asking, window, clause);
}

/** Each line takes what is left, so what is taken before it is a running sum, up to the limit. */
function cutback(
  units: number,
  columns: string,
  name: string,
  asking: string,
  window: string,
  clause: string,
): Relation {
  return {
    name,
    comment: `${clause}, the excess cut back`,
    sql: `SELECT ${columns}, asked, LEAST(asked, GREATEST(${units} - before, 0)) AS taken
FROM (
  SELECT ${columns}, asked, CAST(COALESCE(SUM(asked) OVER ${window}
    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS bigint) AS before
  FROM ${asking}
) AS in_turn`,
  };
}

/** What is left depends on which lines fitted, so the lines of a period are walked one by one. */
function denyLine(
  units: number,
  columns: string,
  name: string,
  asking: string,
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
      comment: `${clause}: the lines of a period in turn; head is the first one's id`,
      sql: `SELECT ${columns}, ${cast("asked")} AS asked,
  FIRST_VALUE(line_id) OVER ${window}) AS head,
  ROW_NUMBER() OVER ${window}) AS turn
FROM ${asking}`,
    },
    {
      name: walk,
      comment: `${clause}: a line that doesn't fit whole takes nothing, and the next may still fit`,
      sql: `SELECT q.line_id, q.head, q.turn, ${cast(fits("0"))} AS taken, ${cast(fits("0"))} AS used
FROM ${queue} AS q WHERE q.turn = 1
UNION ALL
SELECT q.line_id, q.head, q.turn, ${cast(fits("w.used"))}, ${cast(`w.used + ${fits("w.used")}`)}
FROM ${walk} AS w
JOIN ${queue} AS q ON q.head = w.head AND q.turn = w.turn + 1`,
    },
    {
      name,
      comment: `${clause}, a line that crosses it denied`,
      sql: `SELECT ${columns
        .split(", ")
        .map((column) => `q.${column}`)
        .join(", ")}, q.asked, w.taken
FROM ${queue} AS q JOIN ${walk} AS w ON w.line_id = q.line_id`,
    },
  ];
}

/** Lines alike in all of these share one allowance. Not recorded is alike with not recorded. */
function allowance(bulletin: Bulletin, { limit }: LimitClause): readonly string[] {
  const { dated } = SUBJECTS[bulletin.about];
  const into = {
    sunday: `EXTRACT(DOW FROM ${dated})`,
    monday: `(EXTRACT(ISODOW FROM ${dated}) - 1)`,
  }[chosen(bulletin, "week")];
  const period = {
    day: [dated],
    week: [`${dated} - CAST(${into} AS integer)`],
    month: [`EXTRACT(YEAR FROM ${dated})`, `EXTRACT(MONTH FROM ${dated})`],
  }[limit.per];
  const apart = { everywhere: [], agency: ["agency_id"], program: ["program"] };
  return ["consumer_id", ...period, ...apart[chosen(bulletin, "scope")]];
}

/** The order in which lines take units. */
function turn(bulletin: Bulletin, dialect: Dialect): readonly string[] {
  const { dated } = SUBJECTS[bulletin.about];
  const time = `${dialect.byBytes("start_time")} ASC NULLS LAST`;
  const first = chosen(bulletin, "order") === "time" ? [time] : [];
  return [dated, ...first, dialect.byBytes("line_id")];
}
