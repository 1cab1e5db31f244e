import { DuckDBInstance } from "@duckdb/node-api";

export interface BenchFiles {
  readonly lines: string;
  readonly credentials: string;
  readonly out: string;
}

/**
 * FY10-Clinical-16 as somebody would first write it: one SELECT over trusted, typed input, one window
 * over all lines, no validation, no rejects, no repeated ids, no sentences. Gives the units payable.
 */
export async function plainSql({ lines, credentials, out }: BenchFiles): Promise<number> {
  const instance = await DuckDBInstance.create(":memory:", { threads: "2", memory_limit: "4GB" });
  const duck = await instance.connect();
  await duck.run(`CREATE TABLE judged AS
WITH line AS (SELECT * FROM '${lines}'),
flagged AS (
  SELECT l.*,
    program IN ('cstar-adolescent', 'cstar-women-children', 'cstar-women-children-enhanced',
      'cstar-general', 'cstar-general-enhanced', 'cstar-opioid') AS c11,
    supports_present >= 1 AND plan_discussed IN ('treatment-plan', 'discharge-plan', 'both') AS c31,
    o.holds IS NOT FALSE AND (o.line_id IS NULL OR o.holds) AS c32,
    setting = 'office' AND consumer_present AS c42,
    EXISTS (SELECT 1 FROM '${credentials}' c WHERE c.performer_id = l.performer_id
      AND c.qualification IN ('qsap', 'asac') AND l.service_date >= c.valid_from
      AND (c.valid_to IS NULL OR l.service_date <= c.valid_to)) AS c51
  FROM line l LEFT JOIN (
    SELECT a.line_id, CASE WHEN bool_or(COALESCE(a.start_time < b.end_time AND b.start_time < a.end_time, FALSE)) THEN FALSE
      WHEN bool_and(a.start_time < a.end_time AND b.start_time < b.end_time AND a.start_time IS NOT NULL AND b.start_time IS NOT NULL) THEN TRUE END AS holds
    FROM line a JOIN line b ON a.consumer_id = b.consumer_id AND a.service_date = b.service_date
      AND b.service = 'family-therapy' WHERE a.service = 'family-conference' GROUP BY a.line_id
  ) o ON o.line_id = l.line_id
  WHERE service = 'family-conference' AND service_date >= DATE '2010-04-15'
),
passed AS (SELECT *, c11 AND c31 AND c32 AND c42 AND c51 AS passes FROM flagged),
taken AS (
  SELECT *, CASE WHEN passes THEN LEAST(units, GREATEST(0, 8 - COALESCE(SUM(CASE WHEN passes THEN units END) OVER (
    PARTITION BY consumer_id, date_trunc('week', service_date + 1)
    ORDER BY service_date, start_time NULLS LAST, line_id
    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0))) ELSE 0 END AS payable FROM passed
)
SELECT line_id, c11, c31, c32, c42, c51, passes, units, payable FROM taken`);
  await duck.run(`COPY (SELECT line_id, CASE WHEN passes IS NULL THEN 'pended' WHEN payable = 0 THEN 'denied'
  WHEN payable < units THEN 'reduced' ELSE 'payable' END AS outcome, units, payable FROM judged
UNION ALL SELECT line_id, 'not-applicable', units, 0 FROM '${lines}'
WHERE service <> 'family-conference' OR service_date < DATE '2010-04-15') TO '${out}/lines.parquet'`);
  await duck.run(`COPY (SELECT line_id, '1.1' AS clause, 'fails' AS said FROM judged WHERE c11 IS NOT TRUE
UNION ALL SELECT line_id, '3.1', 'fails' FROM judged WHERE c31 IS NOT TRUE
UNION ALL SELECT line_id, '3.2', 'fails' FROM judged WHERE c32 IS NOT TRUE
UNION ALL SELECT line_id, '4.2', 'fails' FROM judged WHERE c42 IS NOT TRUE
UNION ALL SELECT line_id, '5.1', 'fails' FROM judged WHERE c51 IS NOT TRUE
UNION ALL SELECT line_id, '4.1', 'fails' FROM judged WHERE passes AND payable < units) TO '${out}/findings.parquet'`);
  const answer = await duck.runAndReadAll("SELECT SUM(payable) FROM judged");
  duck.closeSync();
  instance.closeSync();
  return Number(answer.getRows()[0]?.[0] ?? 0);
}
