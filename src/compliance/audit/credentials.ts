import type { Duck } from "./duck.ts";
import { problemSql, readableSql, valueSql } from "./forms.ts";
import { Refusal } from "./refusal.ts";
import type { Source } from "./source.ts";

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
  await duck.run(`CREATE OR REPLACE TEMP TABLE ${CREDENTIALS} AS
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

/**
 * What was held on the days of a chunk, so that lines find theirs by equality. Most performers hold the
 * same all along: `audit_held` has them by id alone. `audit_held_on` has the others by id and day. None
 * valid is an empty list: it fails a rule, and is not unknown.
 */
export async function holdOn(duck: Duck, days: string): Promise<void> {
  const held = (on: string, by: string) => `COALESCE(
  LIST(DISTINCT c.qualification ORDER BY c.qualification) FILTER (c.qualification IS NOT NULL),
  CAST([] AS text[])) AS codes
FROM ${on} LEFT JOIN ${CREDENTIALS} AS c
  ON c.performer_id = p.performer_id AND ${by} BETWEEN c.valid_from AND c.valid_to`;
  await duck.run(`CREATE OR REPLACE TEMP TABLE audit_day AS ${days};
CREATE OR REPLACE TEMP TABLE audit_turn AS
SELECT DISTINCT performer_id FROM ${CREDENTIALS}, (SELECT MIN(day) AS first, MAX(day) AS last FROM audit_day)
WHERE (valid_from > first AND valid_from <= last) OR (valid_to >= first AND valid_to < last);
CREATE OR REPLACE TEMP TABLE audit_held AS
SELECT p.performer_id, ${held(`(SELECT DISTINCT performer_id FROM ${CREDENTIALS} WHERE performer_id NOT IN (SELECT performer_id FROM audit_turn)) AS p CROSS JOIN (SELECT MIN(day) AS day FROM audit_day) AS d`, "d.day")}
GROUP BY p.performer_id;
CREATE OR REPLACE TEMP TABLE audit_held_on AS
SELECT p.performer_id, d.day, ${held("audit_turn AS p CROSS JOIN audit_day AS d", "d.day")}
GROUP BY p.performer_id, d.day`);
}
