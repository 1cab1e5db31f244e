import type { Bulletin } from "../../policy/bulletin.ts";
import { getFact } from "../../policy/facts.ts";
import { heldColumns } from "../../policy/sql-audit.ts";
import { DIALECTS } from "../../policy/sql-dialect.ts";
import { heldWordsSql } from "../../policy/sql-explain.ts";
import { type Duck, quoted } from "./duck.ts";
import { problemSql, readableSql, valueSql } from "./forms.ts";
import { Refusal } from "./refusal.ts";
import type { Source } from "./source.ts";
import { DAYS, HELD } from "./tables.ts";

const CREDENTIALS = "audit_credential";

/**
 * Reads a credentials file. A row that can't be read ends the run, since leaving it out would deny
 * falsely. Both ends open is from the first day to the last.
 */
export async function readCredentials(duck: Duck, source: Source): Promise<void> {
  const value = (name: string) => {
    const column = source.columns.find((one) => one.name === name);
    return column === undefined ? "NULL" : valueSql(column);
  };
  const problems = source.columns.map(problemSql).join(", ");
  const [bad] = await duck.rows(`SELECT "row", concat_ws('; ', ${problems}) AS reason
FROM ${source.view} WHERE NOT (${source.columns.map(readableSql).join(" AND ")}) ORDER BY "row" LIMIT 1`);
  if (bad) throw new Refusal(`${source.file}: row ${bad.row}: ${bad.reason}`);
  await duck.run(`CREATE OR REPLACE TABLE ${CREDENTIALS} AS
SELECT "row", ${value("performer_id")} AS performer_id, ${value("qualification")} AS qualification,
  COALESCE(${value("valid_from")}, DATE '1900-01-01') AS valid_from,
  COALESCE(${value("valid_to")}, DATE '9999-12-31') AS valid_to
FROM ${source.view}`);
  const [turned] = await duck.rows(
    `SELECT MIN("row") AS "row" FROM ${CREDENTIALS} WHERE valid_to < valid_from`,
  );
  if (turned?.row != null) {
    throw new Refusal(`${source.file}: row ${turned.row}: valid_to is before valid_from`);
  }
}

/** A list of qualifications in words. */
export function qualificationWords(list: string): string {
  return heldWordsSql(getFact("service", "performer_qualification"), list);
}

/**
 * Cuts each performer's years where a qualification begins or has ended, so that a line finds what was
 * held on its day by an equal id and a look at two days; most performers have one stretch. None valid
 * is an empty list: it fails a rule, and is not unknown.
 */
export async function holdStretches(duck: Duck): Promise<void> {
  await duck.run(`CREATE OR REPLACE TABLE audit_stretch AS
WITH cut AS (
  SELECT DISTINCT performer_id, day FROM (
    SELECT performer_id, unnest([DATE '1900-01-01', valid_from,
      CASE WHEN valid_to < DATE '9999-12-31' THEN valid_to + 1 END]) AS day FROM ${CREDENTIALS}
  ) AS days WHERE day IS NOT NULL
),
held AS (
  SELECT d.performer_id, d.day, COALESCE(
    LIST(DISTINCT c.qualification ORDER BY c.qualification) FILTER (c.qualification IS NOT NULL),
    CAST([] AS text[])) AS codes
  FROM cut AS d LEFT JOIN ${CREDENTIALS} AS c
    ON c.performer_id = d.performer_id AND d.day BETWEEN c.valid_from AND c.valid_to
  GROUP BY ALL
),
turn AS (
  SELECT *, LAG(codes) OVER (PARTITION BY performer_id ORDER BY day) IS DISTINCT FROM codes AS turns FROM held
)
SELECT performer_id, codes, ${qualificationWords("codes")} AS words, day AS from_day, COALESCE(
  LEAD(day) OVER (PARTITION BY performer_id ORDER BY day) - 1, DATE '9999-12-31') AS to_day
FROM turn WHERE turns`);
}

/**
 * The stretches of some days, with the answers to what a bulletin asks of them, one column each. The
 * fewer a performer has, the quicker a line finds its own.
 */
export async function holdFor(
  duck: Duck,
  bulletin: Bulletin,
  days: { readonly from: string | null; readonly to: string | null },
): Promise<void> {
  const answers = heldColumns(bulletin).map(
    ({ column, codes }) => `, ${DIALECTS.duckdb.holdsAny("codes", codes.map(quoted))} AS ${column}`,
  );
  const bounds = [
    days.from === null
      ? `to_day >= (SELECT MIN(day) FROM ${DAYS})`
      : `to_day >= DATE ${quoted(days.from)}`,
    days.to === null
      ? `from_day <= (SELECT MAX(day) FROM ${DAYS})`
      : `from_day < DATE ${quoted(days.to)}`,
  ];
  await duck.run(
    `CREATE OR REPLACE TEMP TABLE ${HELD} AS SELECT *${answers.join("")} FROM audit_stretch
WHERE ${bounds.join(" AND ")}`,
  );
}
