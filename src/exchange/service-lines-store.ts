import { sql } from "kysely";
import type { Acting } from "../storage/database.ts";
import type { ExportedLine } from "./service-lines.ts";

/** Which services leave: those of a period, narrowed, or those claimed in one batch. */
export type ExportFilter = {
  readonly from: string | null;
  readonly to: string | null;
  readonly program: string | null;
  readonly performer: string | null;
  readonly batch: string | null;
};

/** A line before its one qualification is chosen. */
export type HeldLine = Omit<ExportedLine, "performer_qualification" | "consumer_id"> & {
  readonly consumer_id: string;
  readonly performer_qualification: readonly string[] | null;
};

/** The lines to write, with the money of their day's rate, in the order of date and id. */
export async function findExportedLines(
  db: Acting,
  { from, to, program, performer, batch }: ExportFilter,
  most: number,
): Promise<readonly HeldLine[]> {
  // The view gives ids as text. What it cannot be asked by is looked up as a set of its ids, once;
  // a join of the ids as text would be tried for each pair of lines.
  const { rows } = await sql<HeldLine>`
    SELECT l.line_id, l.consumer_id, l.service, l.service_date, l.units, l.agency_id, l.program,
      l.start_time, l.end_time, l.setting, l.consumer_present, l.supports_present, l.plan_discussed,
      l.performer_id, l.performer_qualification, l.units * r.cents_per_unit AS amount_cents,
      coalesce(j.outcome, 'not-applicable') AS outcome, coalesce(j.units_payable, 0) AS units_payable,
      coalesce(j.units_payable, 0) * r.cents_per_unit AS amount_payable_cents
    FROM service_line l
    LEFT JOIN judgement j ON j.service_id = l.line_id::uuid AND j.superseded_at IS NULL AND j.decides
    LEFT JOIN rate r ON r.service = l.service AND r.during @> l.service_date AND r.withdrawn_at IS NULL
    -- A contact of no unit is nothing to bill and no line of such a file.
    WHERE l.units > 0
      ${from ? sql`AND l.service_date >= ${from}` : sql``}
      ${to ? sql`AND l.service_date <= ${to}` : sql``}
      ${program ? sql`AND l.line_id IN (SELECT id::text FROM service WHERE program_id = ${program})` : sql``}
      ${performer ? sql`AND l.performer_id = ${performer}` : sql``}
      ${batch ? sql`AND l.line_id IN (SELECT service_id::text FROM claim WHERE batch_id = ${batch} AND reversed_at IS NULL)` : sql``}
    ORDER BY l.service_date, l.line_id
    LIMIT ${most}`.execute(db);
  return rows;
}
