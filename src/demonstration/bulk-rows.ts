import { sql } from "kysely";
import type { Day } from "../kernel/day.ts";
import type { Acting } from "../storage/database.ts";

/** Rows of many tables, written at once in the order in which tables were first named. */
export class Rows {
  private readonly tables = new Map<string, Record<string, unknown>[]>();
  private readonly db: Acting;
  constructor(db: Acting) {
    this.db = db;
  }
  add(table: string, row: Record<string, unknown>): void {
    const rows = this.tables.get(table) ?? [];
    this.tables.set(table, rows);
    rows.push({ id: crypto.randomUUID(), ...row });
  }
  async write(): Promise<void> {
    for (const [table, rows] of this.tables) {
      const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
      const names = sql.join(columns.map((name) => sql.ref(name)));
      // As JSON one statement takes any number of rows; PostgreSQL reads each value as its column's type.
      await sql`INSERT INTO ${sql.table(table)} (${names})
        SELECT ${names} FROM jsonb_populate_recordset(NULL::${sql.table(table)}, ${JSON.stringify(rows)}::jsonb)`.execute(
        this.db,
      );
    }
  }
}

/** A bed, and the rehab that its unit is attached to: one stay goes on there. */
export type TakenBed = { id: string; unitId: string; attachedTo?: string | null };

export type Beds = Awaited<ReturnType<typeof bedsOf>>;

/** Beds of the programmes' units with the days that are taken, to take more of. */
export async function bedsOf(db: Acting, programs: readonly string[]) {
  const { rows } = await sql<{
    id: string;
    unit_id: string;
    program_id: string;
    women_only: boolean;
    attached_to: string | null;
    taken: { from: Day; to: Day | null }[] | null;
  }>`
    SELECT b.id, b.unit_id, u.program_id, u.women_only, u.attached_to,
      -- Whoever has not left is there for good, whenever they were expected to go.
      (SELECT json_agg(json_build_object('from', lower(s.during),
          'to', CASE WHEN s.arrived_on IS NULL OR s.left_on IS NOT NULL THEN upper(s.during) END))
        FROM bed_stay s WHERE s.bed_id = b.id AND NOT isempty(s.during)) AS taken
    FROM bed b JOIN unit u ON u.id = b.unit_id
    WHERE b.active AND NOT b.overflow AND NOT b.child_place AND u.program_id = ANY (${sql.val([...programs])}::uuid[])
    ORDER BY b.id`.execute(db);
  const beds = rows.map((row) => ({ ...row, taken: row.taken ?? [] }));
  return {
    all: beds,
    /** A free bed of a programme or of a unit, for somebody of whom no more is known. */
    take(where: string, from: Day, to: Day | null): TakenBed | null {
      const bed = beds.find(
        (one) =>
          [one.program_id, one.unit_id].includes(where) &&
          !one.women_only &&
          one.taken.every(
            (span) => (span.to !== null && span.to <= from) || (to !== null && span.from >= to),
          ),
      );
      bed?.taken.push({ from, to });
      return bed ? { id: bed.id, unitId: bed.unit_id, attachedTo: bed.attached_to } : null;
    },
  };
}
