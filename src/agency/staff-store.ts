import { sql } from "kysely";
import type { Day } from "../kernel/day.ts";
import type { Role } from "../people/access.ts";
import type { Acting, By } from "../storage/database.ts";
import { noteChange } from "./store.ts";

export const STAFF_PAGE = 50;

/** A page of the agency's staff with what they are today; one more than a page if there is more. */
export async function findStaff(db: Acting, today: Day, from = 0) {
  const staff = await db
    .selectFrom("staff")
    .select(["id", "name", "title", "email", "active_from", "active_to", "closed_at", "user_id"])
    .orderBy(sql`closed_at IS NOT NULL`)
    .orderBy("name")
    .orderBy("id")
    .offset(from)
    .limit(STAFF_PAGE + 1)
    .execute();
  const ids = staff.map(({ id }) => id);
  if (ids.length === 0) return [];
  const roles = await db
    .selectFrom("staff_role")
    .select(["staff_id", "role"])
    .where("staff_id", "in", ids)
    .where(sql<boolean>`during @> ${today}::date`)
    .orderBy("role")
    .execute();
  const programs = await db
    .selectFrom("staff_program")
    .innerJoin("program", "program.id", "staff_program.program_id")
    .select(["staff_id", "program.name"])
    .where("staff_id", "in", ids)
    .where(sql<boolean>`during @> ${today}::date`)
    .orderBy("program.name")
    .execute();
  const credentials = await db
    .selectFrom("credential")
    .select(["staff_id", "qualification", "valid_from", "valid_to"])
    .where("staff_id", "in", ids)
    .execute();
  return staff.map((person) => ({
    ...person,
    roles: roles.filter((row) => row.staff_id === person.id).map((row) => row.role as Role),
    programs: programs.filter((row) => row.staff_id === person.id).map((row) => row.name),
    credentials: credentials.filter((row) => row.staff_id === person.id),
  }));
}

/** One member of staff with everything dated about them; null if the agency has none such. */
export async function findMember(db: Acting, id: string) {
  const member = await db
    .selectFrom("staff")
    .select(["id", "name", "title", "email", "active_from", "active_to", "closed_at", "user_id"])
    .where("id", "=", id)
    .executeTakeFirst();
  if (!member) return null;
  const roles = await db
    .selectFrom("staff_role")
    .select(["id", "role", "valid_from", "valid_to"])
    .where("staff_id", "=", id)
    .orderBy("valid_from", "desc")
    .orderBy("role")
    .execute();
  const programs = await db
    .selectFrom("staff_program as held")
    .innerJoin("program", "program.id", "held.program_id")
    .select(["held.id", "program_id", "program.name", "valid_from", "valid_to"])
    .where("staff_id", "=", id)
    .orderBy("valid_from", "desc")
    .orderBy("program.name")
    .execute();
  const credentials = await db
    .selectFrom("credential")
    .leftJoin("staff as supervisor", "supervisor.id", "credential.supervisor_id")
    .select([
      "credential.id",
      "qualification",
      "credential.name",
      "issuer",
      "number",
      "supervisor_id",
      "supervisor.name as supervisor",
      "valid_from",
      "valid_to",
    ])
    .where("staff_id", "=", id)
    .orderBy("valid_from", "desc")
    .execute();
  const { rows: work } = await sql<{ what: string; how_many: number }>`
    SELECT what, how_many FROM access.open_work(${id})`.execute(db);
  const changes = await db
    .selectFrom("agency_change")
    .innerJoin("staff", "staff.id", "agency_change.by")
    .select(["agency_change.id", "at", "what", "staff.name as by"])
    .where("staff_id", "=", id)
    .orderBy("at", "desc")
    .limit(50)
    .execute();
  return { ...member, roles, programs, credentials, work, changes };
}

/** Who may supervise an associate today. */
export async function findSupervisors(db: Acting, today: Day) {
  return db
    .selectFrom("staff")
    .innerJoin("staff_role", "staff_role.staff_id", "staff.id")
    .select(["staff.id", "staff.name"])
    .distinct()
    .where("role", "=", "supervisor")
    .where("closed_at", "is", null)
    .where(sql<boolean>`during @> ${today}::date`)
    .orderBy("staff.name")
    .limit(200)
    .execute();
}

export async function emailTaken(db: Acting, email: string): Promise<boolean> {
  await lockAgency(db);
  const found = await db
    .selectFrom("staff")
    .select("id")
    .where("email", "=", email)
    .executeTakeFirst();
  return found !== undefined;
}

export async function addMember(
  db: Acting,
  by: By,
  it: {
    name: string;
    email: string;
    title: string | null;
    userId: string;
    from: Day;
    roles: Role[];
  },
): Promise<string> {
  const { id } = await db
    .insertInto("staff")
    .values({
      agency_id: by.agencyId,
      name: it.name,
      email: it.email,
      title: it.title,
      user_id: it.userId,
      active_from: it.from,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  if (it.roles.length) {
    await db
      .insertInto("staff_role")
      .values(
        it.roles.map((role) => ({
          agency_id: by.agencyId,
          staff_id: id,
          role,
          valid_from: it.from,
        })),
      )
      .execute();
  }
  await noteChange(
    db,
    by,
    `Account opened${it.roles.length ? ` as ${it.roles.join(", ")}` : ""}`,
    id,
  );
  return id;
}

export async function saveDetails(
  db: Acting,
  by: By,
  id: string,
  it: { name: string; title: string | null },
): Promise<void> {
  await db.updateTable("staff").set(it).where("id", "=", id).execute();
  await noteChange(db, by, "Name or title changed", id);
}

/**
 * Closes the account from this moment and ends roles and programs with the last day. What they
 * hold stays theirs, for others to take over.
 */
export async function closeMember(
  db: Acting,
  by: By,
  id: string,
  lastDay: Day,
  today: Day,
): Promise<void> {
  const now = lastDay <= today;
  await db
    .updateTable("staff")
    .set({ active_to: lastDay, ...(now ? { closed_at: sql<string>`now()` } : {}) })
    .where("id", "=", id)
    .execute();
  for (const table of ["staff_role", "staff_program"] as const) {
    await db
      .updateTable(table)
      .set({ valid_to: lastDay })
      .where("staff_id", "=", id)
      .where("valid_from", "<=", lastDay)
      .where((eb) => eb.or([eb("valid_to", "is", null), eb("valid_to", ">", lastDay)]))
      .execute();
  }
  await noteChange(
    db,
    by,
    now ? `Account closed; last day ${lastDay}` : `Leaves: last day ${lastDay}`,
    id,
  );
}

/** Opens a closed account again; the roles and programs that ended with it start again today. */
export async function reopenMember(db: Acting, by: By, id: string, today: Day): Promise<void> {
  const member = await db
    .selectFrom("staff")
    .select("active_to")
    .where("id", "=", id)
    .forUpdate()
    .executeTakeFirstOrThrow();
  const lastDay = member.active_to;
  await db
    .updateTable("staff")
    .set({ active_to: null, closed_at: null })
    .where("id", "=", id)
    .execute();
  if (lastDay !== null) {
    for (const table of ["staff_role", "staff_program"] as const) {
      // Ended no earlier than today: as if it had not; ended before: again from today, with the gap.
      const what = table === "staff_role" ? sql.ref("role") : sql.ref("program_id");
      const name = sql.table(table);
      if (lastDay >= today) {
        await sql`UPDATE ${name} SET valid_to = NULL
          WHERE staff_id = ${id} AND valid_to = ${lastDay}::date`.execute(db);
      } else {
        await sql`INSERT INTO ${name} (agency_id, staff_id, ${what}, valid_from)
          SELECT agency_id, staff_id, ${what}, ${today}::date FROM ${name} AS ended
          WHERE staff_id = ${id} AND valid_to = ${lastDay}::date AND NOT EXISTS (
            SELECT FROM ${name} AS other WHERE other.staff_id = ended.staff_id
              AND other.${what} = ended.${what} AND other.during && daterange(${today}::date, NULL))`.execute(
          db,
        );
      }
    }
  }
  await noteChange(db, by, "Account opened again", id);
}

/** Other administrators whose account stays open: an agency without one could not go on. */
export async function otherAdministrators(db: Acting, id: string, today: Day): Promise<number> {
  await lockAgency(db);
  const { count } = await db
    .selectFrom("staff")
    .innerJoin("staff_role", "staff_role.staff_id", "staff.id")
    .select((eb) => eb.fn.count<number>("staff.id").distinct().as("count"))
    .where("role", "=", "administrator")
    .where("staff.id", "<>", id)
    .where("closed_at", "is", null)
    .where("user_id", "is not", null)
    .where("active_to", "is", null)
    .where("valid_to", "is", null)
    .where("valid_from", "<=", today)
    .executeTakeFirstOrThrow();
  return count;
}

/** One change at a time in an agency's accounts, so that what was checked still holds when it is written. */
async function lockAgency(db: Acting): Promise<void> {
  await db.selectFrom("agency").select("id").forUpdate().execute();
}

/** Asks for a credential to be renewed before it lapses. False when that was asked already. */
export async function askRenewal(db: Acting, credentialId: string): Promise<boolean> {
  const { rows } = await sql<{ asked: boolean }>`
    SELECT access.ask_renewal(${credentialId}) AS asked`.execute(db);
  return rows[0]?.asked ?? false;
}
