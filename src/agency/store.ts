import { sql } from "kysely";
import type { Acting, By, Database } from "../storage/database.ts";

export type Founding = {
  name: string;
  neutralName: string;
  phone: string | null;
  jurisdiction: string;
  locale: string;
  timeZone: string;
  administrator: string;
  email: string;
};

/**
 * Founds the first agency and its first administrator in one transaction, with the account that
 * `openAccount` opens for them. Null if an agency is there already, or came first by a moment.
 */
export async function foundAgency(
  database: Database,
  it: Founding,
  openAccount: () => Promise<string>,
): Promise<string | null> {
  return database.transaction().execute(async (db) => {
    const { rows } = await sql<{ staff_id: string | null }>`
      SELECT access.found_agency(${it.name}, ${it.neutralName}, ${it.phone}, ${it.jurisdiction},
        ${it.locale}, ${it.timeZone}, ${it.administrator}, ${it.email}) AS staff_id`.execute(db);
    const staffId = rows[0]?.staff_id ?? null;
    if (!staffId) return null;
    await sql`SELECT set_config('app.staff', ${staffId}, true)`.execute(db);
    const userId = await openAccount();
    await db.updateTable("staff").set({ user_id: userId }).where("id", "=", staffId).execute();
    return staffId;
  });
}

/** False until the first agency is set up. */
export async function anyAgency(database: Database): Promise<boolean> {
  const { rows } = await sql<{ any: boolean }>`SELECT access.any_agency() AS any`.execute(database);
  return rows[0]?.any ?? false;
}

/** True if the account belongs to a member of staff of any agency. */
export async function isTaken(db: Database | Acting, userId: string): Promise<boolean> {
  const { rows } = await sql<{ taken: boolean }>`
    SELECT access.account_taken(${userId}) AS taken`.execute(db);
  return rows[0]?.taken ?? true;
}

/** How much of what an agency needs before its first day is there. */
export async function countSetUp(db: Acting) {
  const { rows } = await sql<{ programs: number; rooms: number; staff: number; rates: number }>`
    SELECT
      (SELECT count(*) FROM program WHERE active) AS programs,
      (SELECT count(*) FROM room WHERE active) AS rooms,
      (SELECT count(*) FROM staff WHERE closed_at IS NULL) AS staff,
      (SELECT count(*) FROM rate) AS rates`.execute(db);
  return rows[0] ?? { programs: 0, rooms: 0, staff: 0, rates: 0 };
}

/** Where the agency is; for pages inside it only. */
export async function findAddress(db: Acting): Promise<string | null> {
  const agency = await db.selectFrom("agency").select("address").executeTakeFirst();
  return agency?.address ?? null;
}

export async function saveAgency(
  db: Acting,
  by: By,
  it: {
    name: string;
    neutral_name: string;
    phone: string | null;
    address: string | null;
    jurisdiction: string;
    locale: string;
    time_zone: string;
    cosign_associates: boolean;
    redisclosure_notice?: string | null;
  },
): Promise<void> {
  await db.updateTable("agency").set(it).where("id", "=", by.agencyId).execute();
  await noteChange(db, by, "Agency's details changed");
}

/** Keeps what an administrator did, about whom if about somebody. */
export async function noteChange(db: Acting, by: By, what: string, about?: string): Promise<void> {
  await db
    .insertInto("agency_change")
    .values({
      agency_id: by.agencyId,
      by: by.staffId,
      staff_id: about ?? null,
      what: what.slice(0, 500),
    })
    .execute();
}

const MOST = 200;

export async function findPrograms(db: Acting) {
  return db
    .selectFrom("program")
    .select(["id", "name", "kind", "active"])
    .orderBy("active", "desc")
    .orderBy("name")
    .limit(MOST)
    .execute();
}

export async function findRooms(db: Acting) {
  return db
    .selectFrom("room")
    .select(["id", "name", "setting", "active"])
    .orderBy("active", "desc")
    .orderBy("name")
    .limit(MOST)
    .execute();
}

/** True if it was saved; false if another one has that name. A new one has no id. */
export async function saveProgram(
  db: Acting,
  by: By,
  it: { id?: string | undefined; name: string; kind: string },
  called: string,
): Promise<boolean> {
  if (await nameTaken(db, "program", it)) return false;
  const { id, name, kind } = it;
  if (id) await db.updateTable("program").set({ name, kind }).where("id", "=", id).execute();
  else await db.insertInto("program").values({ agency_id: by.agencyId, name, kind }).execute();
  await noteChange(db, by, `${capital(called)} ${id ? "changed" : "added"}: ${name} (${kind})`);
  return true;
}

export async function saveRoom(
  db: Acting,
  by: By,
  it: { id?: string | undefined; name: string; setting: string },
): Promise<boolean> {
  if (await nameTaken(db, "room", it)) return false;
  const { id, name, setting } = it;
  if (id) await db.updateTable("room").set({ name, setting }).where("id", "=", id).execute();
  else await db.insertInto("room").values({ agency_id: by.agencyId, name, setting }).execute();
  await noteChange(db, by, `Room ${id ? "changed" : "added"}: ${name} (${setting})`);
  return true;
}

/** Takes one out of use, or into use again; what was recorded with it stays. Null: no such one. */
export async function setActive(
  db: Acting,
  by: By,
  table: "program" | "room",
  id: string,
  active: boolean,
  called: string = table,
): Promise<string | null> {
  const done = await db
    .updateTable(table)
    .set({ active })
    .where("id", "=", id)
    .returning("name")
    .executeTakeFirst();
  if (!done) return null;
  await noteChange(
    db,
    by,
    `${capital(called)} ${active ? "in use again" : "out of use"}: ${done.name}`,
  );
  return done.name;
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** Asked with the agency's row locked, so that two at once cannot both take a name. */
async function nameTaken(
  db: Acting,
  table: "program" | "room",
  it: { id?: string | undefined; name: string },
): Promise<boolean> {
  await db.selectFrom("agency").select("id").forUpdate().execute();
  const found = await db
    .selectFrom(table)
    .select("id")
    .where(sql<string>`lower(name)`, "=", it.name.toLowerCase())
    .executeTakeFirst();
  return found !== undefined && found.id !== it.id;
}
