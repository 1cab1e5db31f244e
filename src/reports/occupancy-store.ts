import { sql } from "kysely";
import type { Day } from "../kernel/day.ts";
import type { Acting } from "../storage/database.ts";
import type { Asked } from "./measure-store.ts";

/** The units whose beds the acting person's dashboard counts. */
const counted = ({ program }: Pick<Asked, "program">) => sql`
  u.provider_id IS NULL AND u.active AND u.program_id IN (SELECT access.my_programs())
  ${program === null ? sql`` : sql`AND u.program_id::text = ${program}`}`;

export type Occupancy = {
  unit_id: string;
  unit: string;
  program_id: string | null;
  month: Day;
  /** Bed days that there were, and that somebody lay in; a place made in an emergency, or for a child who comes along, is over and above. */
  beds: number;
  taken: number;
};

/** How full our own units were, month by month: bed days taken of bed days there were. */
export async function findOccupancy(db: Acting, asked: Asked): Promise<Occupancy[]> {
  const { rows } = await sql<Occupancy>`
    WITH month AS (
      SELECT m::date AS first, least((m + interval '1 month')::date, ${asked.to}::date + 1) AS next
      FROM generate_series(date_trunc('month', ${asked.from}::date), ${asked.to}::date, interval '1 month') m
    ), beds AS (
      SELECT unit_id, count(*) FILTER (WHERE active AND NOT overflow AND NOT child_place) AS beds FROM bed GROUP BY unit_id
    ), taken AS (
      SELECT d.unit_id, m.first, sum(least(d.until, m.next) - greatest(d.since, m.first)) AS taken
      FROM (SELECT b.unit_id, lower(o.during) AS since, upper(o.during) AS until
        FROM access.bed_days(${asked.from}::date, ${asked.to}::date + 1) o JOIN bed b ON b.id = o.bed_id) d
      JOIN month m ON d.since < m.next AND m.first < d.until
      GROUP BY d.unit_id, m.first
    )
    SELECT u.id AS unit_id, u.name AS unit, u.program_id, m.first AS month,
      coalesce(b.beds, 0) * (m.next - m.first) AS beds, coalesce(t.taken, 0) AS taken
    FROM unit u JOIN beds b ON b.unit_id = u.id CROSS JOIN month m
    LEFT JOIN taken t ON t.unit_id = u.id AND t.first = m.first
    WHERE ${counted(asked)}
    ORDER BY u.name, m.first LIMIT 5000`.execute(db);
  return rows;
}

export type BedDays = {
  stay_id: string;
  /** Null: somebody whose record the asker may not open. */
  consumer_id: string | null;
  placement_id: string | null;
  given_name: string | null;
  family_name: string | null;
  preferred_name: string | null;
  number: string | null;
  unit: string;
  bed: string;
  overflow: boolean;
  /** The first night of the period, and the day after the last. */
  since: Day;
  until: Day;
  nights: number;
};

/** The stays in beds that made up the days taken, the newest first. */
export async function findBedDays(
  db: Acting,
  asked: Asked,
  { unit, offset, most }: { unit: string | null; offset: number; most: number },
): Promise<BedDays[]> {
  const { rows } = await sql<BedDays>`
    SELECT o.stay_id, o.consumer_id, o.placement_id, p.given_name, p.family_name, p.preferred_name, p.number,
      u.name AS unit, b.name AS bed, b.overflow, lower(o.during) AS since, upper(o.during) AS until,
      upper(o.during) - lower(o.during) AS nights
    FROM access.bed_days_of(${asked.from}::date, ${asked.to}::date + 1) o
    JOIN bed b ON b.id = o.bed_id JOIN unit u ON u.id = b.unit_id LEFT JOIN consumer p ON p.id = o.consumer_id
    WHERE ${counted(asked)} ${unit === null ? sql`` : sql`AND u.id = ${unit}::uuid`}
    ORDER BY lower(o.during) DESC, u.name, b.name, o.stay_id
    LIMIT ${most} OFFSET ${offset}`.execute(db);
  return rows;
}
