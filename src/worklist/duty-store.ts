import { sql } from "kysely";
import type { Day } from "../kernel/day.ts";
import type { Acting, By } from "../storage/database.ts";
import type { OnDuty } from "./duty.ts";

/** After so many minutes without anybody taking it up, an alert reaches everybody who has the record. */
const ALL_AFTER_MINUTES = 5;

export type StandingAlert = {
  id: string;
  reasons: string[];
  raised_at: Date;
  raised_by: string;
  /** The asker took it up and has not closed it. */
  mine: boolean;
};

/** Alerts that want the asker now: nobody's name. */
export async function findStandingAlerts(db: Acting): Promise<StandingAlert[]> {
  return db
    .selectFrom("duty_alert as d")
    .innerJoin("staff as s", "s.id", "d.raised_by")
    .select(["d.id", "d.reasons", "d.raised_at", "s.name as raised_by"])
    .select(sql<boolean>`d.taken_up_by IS NOT NULL`.as("mine"))
    .where("d.closed_at", "is", null)
    .where(
      sql<boolean>`(d.taken_up_by = access.staff() OR (d.taken_up_by IS NULL AND (access.on_duty()
        OR d.raised_at < now() - make_interval(mins => ${ALL_AFTER_MINUTES}))))`,
    )
    .orderBy("mine")
    .orderBy("d.raised_at")
    .limit(20)
    .execute();
}

/** An alert and whom it is about; null when it does not reach the asker. */
export async function findAlert(db: Acting, id: string) {
  const alert = await db
    .selectFrom("duty_alert as d")
    .innerJoin("staff as r", "r.id", "d.raised_by")
    .leftJoin("staff as t", "t.id", "d.taken_up_by")
    .leftJoin("staff as c", "c.id", "d.closed_by")
    .select(["d.id", "d.reasons", "d.raised_at", "d.callback", "d.taken_up_at", "d.taken_up_by"])
    .select(["d.closed_at", "d.what_was_done", "r.name as raiser", "t.name as taker"])
    .select("c.name as closer")
    .where("d.id", "=", id)
    .executeTakeFirst();
  if (!alert) return null;
  const { rows } = await sql<AlertPerson>`SELECT * FROM access.alert_person(${id}::uuid)`.execute(
    db,
  );
  return rows[0] ? { ...alert, person: rows[0] } : null;
}

type AlertPerson = {
  consumer_id: string;
  given_name: string;
  family_name: string;
  preferred_name: string | null;
  date_of_birth: Day | null;
  number: string;
  phone: string | null;
  safe_to_call: string | null;
  whole_record: boolean;
  what_and_when: string | null;
  alone: boolean | null;
  overdose: boolean | null;
  suicide: boolean | null;
  withdrawal: boolean | null;
  pregnant_or_children: boolean | null;
};

/** Takes it up, also from a colleague; false when it is closed. */
export async function takeUpAlert(db: Acting, by: By, id: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable("duty_alert")
    .set({ taken_up_at: sql<string>`now()`, taken_up_by: by.staffId })
    .where("id", "=", id)
    .where("closed_at", "is", null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Says what was done; false when somebody else has said so. */
export async function closeAlert(
  db: Acting,
  by: By,
  id: string,
  whatWasDone: string,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable("duty_alert")
    .set({
      closed_at: sql<string>`now()`,
      closed_by: by.staffId,
      what_was_done: whatWasDone,
      taken_up_at: sql<string>`coalesce(taken_up_at, now())`,
      taken_up_by: sql<string>`coalesce(taken_up_by, ${by.staffId}::uuid)`,
    })
    .where("id", "=", id)
    .where("closed_at", "is", null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Opens the record that an alert is about, as an emergency where it is not theirs. */
export async function openForAlert(db: Acting, id: string): Promise<string | null> {
  const { rows } = await sql<{ id: string | null }>`
    SELECT access.open_for_alert(${id}::uuid) AS id`.execute(db);
  return rows[0]?.id ?? null;
}

/** Shifts that touch some days, in the agency's own time. */
export async function findShifts(db: Acting, { from, to }: { from: Day; to: Day }) {
  const { rows } = await sql<{
    id: string;
    staff: string;
    day: Day;
    starts: string;
    last_day: Day;
    ends: string;
    reached_on: string | null;
    now: boolean;
    over: boolean;
  }>`SELECT d.id, s.name AS staff, (d.starts AT TIME ZONE a.time_zone)::date::text AS day,
      to_char(d.starts AT TIME ZONE a.time_zone, 'HH24:MI') AS starts,
      (d.ends AT TIME ZONE a.time_zone)::date::text AS last_day,
      to_char(d.ends AT TIME ZONE a.time_zone, 'HH24:MI') AS ends, d.reached_on,
      now() BETWEEN d.starts AND d.ends AS now, d.ends < now() AS over
    FROM duty_shift d JOIN staff s ON s.id = d.staff_id JOIN agency a ON a.id = d.agency_id
    WHERE d.ends >= ${from}::date AT TIME ZONE a.time_zone AND d.starts < (${to}::date + 1) AT TIME ZONE a.time_zone
    ORDER BY d.starts, s.name LIMIT 400`.execute(db);
  return rows;
}

/** Who has the duty now, for whoever must tell them by word of mouth. */
export async function findOnDuty(db: Acting): Promise<OnDuty[]> {
  const { rows } = await sql<OnDuty>`
    SELECT s.name, max(d.reached_on) AS reached_on FROM duty_shift d JOIN staff s ON s.id = d.staff_id
    WHERE now() BETWEEN d.starts AND d.ends AND s.closed_at IS NULL
      AND daterange(s.active_from, s.active_to, '[]') @> access.today()
    GROUP BY s.id ORDER BY s.name LIMIT 5`.execute(db);
  return rows;
}

/** Clinicians who work here today: who can be on duty. */
export async function findClinicians(db: Acting) {
  return db
    .selectFrom("staff as s")
    .select(["s.id", "s.name", "s.title"])
    .where(sql<boolean>`daterange(s.active_from, s.active_to, '[]') @> access.today()`)
    .where(
      sql<boolean>`EXISTS (SELECT FROM staff_role r WHERE r.staff_id = s.id AND r.during @> access.today()
        AND r.role IN ('counselor', 'keyworker', 'supervisor', 'program-manager'))`,
    )
    .orderBy("s.name")
    .limit(300)
    .execute();
}

/** The same hours on some days; hours that end no later than they begin end on the next day. */
export async function addShifts(
  db: Acting,
  by: By,
  shift: {
    staffId: string;
    from: Day;
    days: number;
    starts: string;
    ends: string;
    reachedOn: string | null;
  },
): Promise<void> {
  const { staffId, from, days, starts, ends, reachedOn } = shift;
  await sql`INSERT INTO duty_shift (agency_id, staff_id, starts, ends, reached_on, created_by)
    SELECT ${by.agencyId}::uuid, ${staffId}::uuid,
      (${from}::date + n + ${starts}::time) AT TIME ZONE a.time_zone,
      (${from}::date + n + ${ends}::time + CASE WHEN ${ends}::time <= ${starts}::time THEN interval '1 day' ELSE interval '0' END) AT TIME ZONE a.time_zone,
      ${reachedOn}::text, ${by.staffId}::uuid
    FROM agency a CROSS JOIN generate_series(0, ${days}::int - 1) AS n
    WHERE a.id = ${by.agencyId}::uuid`.execute(db);
}

export async function removeShift(db: Acting, id: string): Promise<void> {
  await db.deleteFrom("duty_shift").where("id", "=", id).execute();
}
