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
  const { rows } = await sql<HeldLine>`
    SELECT l.line_id, l.consumer_id, l.service, l.service_date, l.units, l.agency_id, l.program,
      l.start_time, l.end_time, l.setting, l.consumer_present, l.supports_present, l.plan_discussed,
      l.performer_id, l.performer_qualification, s.units * r.cents_per_unit AS amount_cents
    FROM service s
    JOIN service_line l ON l.line_id = s.id::text
    LEFT JOIN rate r ON r.agency_id = s.agency_id AND r.service = s.kind
      AND r.during @> s.service_date AND r.withdrawn_at IS NULL
    WHERE s.voided_at IS NULL
      ${from ? sql`AND s.service_date >= ${from}` : sql``}
      ${to ? sql`AND s.service_date <= ${to}` : sql``}
      ${program ? sql`AND s.program_id = ${program}` : sql``}
      ${performer ? sql`AND s.performer_id = ${performer}` : sql``}
      ${batch ? sql`AND s.id IN (SELECT service_id FROM claim WHERE batch_id = ${batch} AND reversed_at IS NULL)` : sql``}
    ORDER BY s.service_date, s.id
    LIMIT ${most}`.execute(db);
  return rows;
}
