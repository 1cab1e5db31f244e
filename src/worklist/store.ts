import { sql } from "kysely";
import type { Day } from "../kernel/day.ts";
import { may, type Role, roles } from "../people/access.ts";
import type { Acting } from "../storage/database.ts";
import { branches } from "./branches/all.ts";
import { arm } from "./branches/branch.ts";
import { firstKinds, type Task, type TaskKind } from "./task.ts";

/** More than anybody does in a day; the page says when there are more. */
export const TASKS_SHOWN = 200;

type Row = {
  kind: TaskKind;
  consumer_id: string | null;
  ref_id: string;
  detail: string | null;
  due: Day;
  name: string | null;
};

/**
 * Everything that waits for the acting member of staff, the most urgent first. Row security keeps
 * each branch to what they may see; the branch keeps it to what is theirs to do.
 */
export async function findTasks(db: Acting, today: Day): Promise<Task[]> {
  const held = await findRoles(db);
  const answers = may(held, "work.reassign");
  const asked = {
    me: sql`access.staff()`,
    roles: held,
    zone: sql`(SELECT time_zone FROM agency)`,
    today,
  };
  // A branch costs its planning even if it gives nothing: those that cannot are left out.
  const arms = branches.filter((branch) => may(held, branch.may)).map((each) => arm(each, asked));
  const { rows } = await sql<Row>`
    WITH nobodys AS MATERIALIZED (
      ${answers ? sql`SELECT * FROM access.nobodys()` : sql`SELECT * FROM access.nobodys() WHERE false`}
    ), mine AS MATERIALIZED (
      SELECT consumer_id FROM assignment
      WHERE staff_id = access.staff() AND part = 'keyworker' AND during @> ${today}::date
      UNION SELECT consumer_id FROM nobodys WHERE closed_on IS NULL
    ), was_mine AS MATERIALIZED (
      SELECT consumer_id FROM assignment a
      WHERE staff_id = access.staff() AND part IN ('keyworker', 'aftercare') AND NOT EXISTS (SELECT FROM assignment x
        WHERE x.consumer_id = a.consumer_id AND x.part IN ('keyworker', 'aftercare') AND x.valid_from > a.valid_from)
      UNION SELECT consumer_id FROM nobodys
    ), wait AS MATERIALIZED (
      -- A wait is the keyworker's to move on; while there is none, the programme's team's and its manager's.
      SELECT w.* FROM access.waits_in_sight() w
      WHERE w.consumer_id IN (SELECT consumer_id FROM mine)
        OR (w.program_id IN (SELECT access.my_programs()) ${
          held.includes("program-manager")
            ? sql``
            : sql`AND NOT EXISTS (SELECT FROM assignment x WHERE x.consumer_id = w.consumer_id
                AND x.part = 'keyworker' AND x.during @> ${today}::date)`
        })
    ), task AS (
      ${sql.join(arms, sql` UNION ALL `)}
    )
    SELECT t.kind, t.consumer_id, t.ref_id, t.detail, t.due,
      coalesce(nullif(p.preferred_name, ''), p.given_name) || ' ' || p.family_name AS name
    FROM (
      -- A support expected twice, or two corrections of one note, are one thing to do: the earliest.
      SELECT kind, consumer_id, ref_id, detail, min(due) AS due
      FROM task GROUP BY kind, consumer_id, ref_id, detail
    ) t LEFT JOIN consumer p ON p.id = t.consumer_id
    ORDER BY t.kind = ANY (${firstKinds}) DESC, t.due, t.kind, t.ref_id, t.detail
    LIMIT ${TASKS_SHOWN}`.execute(db);
  return rows.map((row) => ({
    kind: row.kind,
    consumerId: row.consumer_id,
    consumerName: row.name,
    refId: row.ref_id,
    detail: row.detail,
    due: row.due,
  }));
}

/** What the acting member of staff is today, as row security sees it. */
async function findRoles(db: Acting): Promise<Role[]> {
  const { rows } = await sql<{ role: Role }>`
    SELECT role FROM unnest(${roles}::text[]) AS role WHERE access.has_role(role)`.execute(db);
  return rows.map(({ role }) => role);
}

/** Who is expected on a day: one's own people for whoever leads, everybody for the front desk. */
export async function findExpected(db: Acting, day: Day, wholeAgency: boolean) {
  return db
    .selectFrom("appointment as a")
    .innerJoin("consumer as p", "p.id", "a.consumer_id")
    .innerJoin("staff as s", "s.id", "a.staff_id")
    .innerJoin("room as r", "r.id", "a.room_id")
    .leftJoin("conference as c", "c.appointment_id", "a.id")
    .select([
      "a.id",
      "a.consumer_id",
      "a.starts",
      "a.ends",
      "a.status",
      "a.kind",
      "p.given_name",
      "p.family_name",
      "p.preferred_name",
      "s.name as staff",
      "r.name as room",
      "a.day",
      "c.id as conference_id",
      "c.signed_at",
    ])
    .select(sql<boolean>`c.draft_saved_at IS NOT NULL`.as("begun"))
    .where("a.day", "=", day)
    .where("a.status", "<>", "moved")
    .$if(!wholeAgency, (query) => query.where("a.staff_id", "=", sql<string>`access.staff()`))
    .orderBy("a.starts")
    .orderBy("a.id")
    .limit(100)
    .execute();
}
