import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";

/** Of each clause, the share of family conferences that breaches it. */
const BREACHED = 0.05;

/**
 * Writes a year of service lines, made from a seed: 60,000 consumers for ten million lines, more or fewer in
 * proportion, and 3,000 performers with dated credentials, the lines roughly in date order, typed as a
 * careful exporter would type them. About 5% of the conferences breach each clause and 1% lack a fact.
 */
export async function generateLines(
  lines: number,
  files: { readonly lines: string; readonly credentials: string },
): Promise<void> {
  const instance = await DuckDBInstance.create(":memory:", { preserve_insertion_order: "true" });
  const duck = await instance.connect();
  await writeLines(duck, lines, files.lines);
  await writeCredentials(duck, files.credentials);
  duck.closeSync();
  instance.closeSync();
}

/** A number in [0, 1) that depends on the line and the use alone. */
function chance(use: string): string {
  return `(hash(i, '${use}') % 1000000 / 1000000.0)`;
}

async function writeLines(duck: DuckDBConnection, lines: number, file: string): Promise<void> {
  const people = Math.max(10, Math.round((60_000 * lines) / 10_000_000));
  const one = (use: string, values: readonly string[]) =>
    `[${values.map((value) => `'${value}'`).join(", ")}][1 + CAST(hash(i, '${use}') % ${values.length} AS integer)]`;
  const programs = ["adolescent", "women-children", "general", "general-enhanced", "opioid"];
  await duck.run(`COPY (
SELECT 'L' || lpad(CAST(i AS text), 10, '0') AS line_id,
  'C' || lpad(CAST(who AS text), 6, '0') AS consumer_id,
  service,
  DATE '2010-06-27' + CAST(i * 364 // ${lines} AS integer) AS service_date,
  CAST(units AS integer) AS units,
  'A' || lpad(CAST(who % 40 AS text), 2, '0') AS agency_id,
  CASE WHEN ${chance("program")} < ${BREACHED} THEN 'outpatient' ELSE 'cstar-' || ${one("which program", programs)} END AS program,
  CASE WHEN ${chance("time")} < 0.01 THEN NULL ELSE printf('%02d:%02d', starts // 60, starts % 60) END AS start_time,
  printf('%02d:%02d', (starts + 15 * units) // 60, (starts + 15 * units) % 60) AS end_time,
  CASE WHEN ${chance("setting")} < ${BREACHED / 2} THEN 'home' ELSE 'office' END AS setting,
  CASE WHEN ${chance("present")} < 0.01 THEN NULL ELSE ${chance("present")} > ${BREACHED / 2} END AS consumer_present,
  CASE WHEN ${chance("supports")} < ${BREACHED / 2} THEN 0 ELSE 1 + CAST(hash(i, 's') % 3 AS integer) END AS supports_present,
  CASE WHEN ${chance("plan")} < ${BREACHED / 2} THEN 'none' ELSE ${one("which plan", ["treatment-plan", "discharge-plan", "both"])} END AS plan_discussed,
  'P' || lpad(CAST(hash(i, 'performer') % 3000 AS text), 4, '0') AS performer_id,
  CAST(units * 1842 AS bigint) AS amount_cents
FROM (
  SELECT i, hash(i, 'who') % ${people} AS who,
    CASE WHEN ${chance("service")} < 0.6 THEN 'family-conference'
      WHEN ${chance("service")} < 0.75 THEN 'family-therapy' ELSE 'individual-counseling' END AS service,
    1 + hash(i, 'units') % 4 AS units,
    480 + 15 * CAST(hash(i, 'start') % 36 AS integer) AS starts
  FROM range(${lines}) AS r(i)
) AS drawn) TO '${file}' (FORMAT parquet)`);
}

/** Most hold a qualification all year; some lapse, some begin late, a few hold none that counts. */
async function writeCredentials(duck: DuckDBConnection, file: string): Promise<void> {
  await duck.run(`COPY (
SELECT 'P' || lpad(CAST(i AS text), 4, '0') AS performer_id,
  CASE WHEN ${chance("kind")} < 0.02 THEN 'peer' WHEN ${chance("kind")} < 0.6 THEN 'qsap' ELSE 'asac' END AS qualification,
  CASE WHEN ${chance("late")} < 0.03 THEN DATE '2010-10-01' ELSE DATE '2009-01-01' END AS valid_from,
  CASE WHEN ${chance("lapse")} < 0.04 THEN DATE '2011-01-15' END AS valid_to
FROM range(3000) AS r(i)) TO '${file}' (FORMAT parquet)`);
}
