import type { Day } from "../kernel/day.ts";
import { addDays } from "../kernel/day.ts";
import type { Acting, By } from "../storage/database.ts";
import { overlap } from "./credential.ts";
import { noteChange } from "./store.ts";

export type Span = { valid_from: string; valid_to: string | null };
export type Dated = "staff_role" | "staff_program" | "credential";

/** What a member of staff holds with dates: roles, programs, credentials. The row is locked first. */
async function held(
  db: Acting,
  table: Dated,
  staffId: string,
): Promise<(Span & { id: string; what: string })[]> {
  await db.selectFrom("staff").select("id").where("id", "=", staffId).forUpdate().execute();
  if (table === "staff_role") {
    return db
      .selectFrom("staff_role")
      .select(["id", "valid_from", "valid_to", "role as what"])
      .where("staff_id", "=", staffId)
      .execute();
  }
  if (table === "staff_program") {
    return db
      .selectFrom("staff_program")
      .select(["id", "valid_from", "valid_to", "program_id as what"])
      .where("staff_id", "=", staffId)
      .execute();
  }
  return db
    .selectFrom("credential")
    .select(["id", "valid_from", "valid_to", "qualification as what"])
    .where("staff_id", "=", staffId)
    .execute();
}

/** The span of the same kind that shares a day with this one; null if none does. */
export async function findOverlap(
  db: Acting,
  table: Dated,
  staffId: string,
  it: Span & { what: string; id?: string | undefined },
): Promise<Span | null> {
  const same = (await held(db, table, staffId)).filter(
    (other) => other.what === it.what && other.id !== it.id,
  );
  return same.find((other) => overlap(it, other)) ?? null;
}

export async function giveRole(
  db: Acting,
  by: By,
  staffId: string,
  it: Span & { role: string },
): Promise<void> {
  await db
    .insertInto("staff_role")
    .values({ agency_id: by.agencyId, staff_id: staffId, ...it })
    .execute();
  await noteChange(db, by, `Role given: ${it.role}, ${said(it)}`, staffId);
}

export async function giveProgram(
  db: Acting,
  by: By,
  staffId: string,
  it: Span & { program_id: string; name: string },
): Promise<void> {
  const { name, ...row } = it;
  await db
    .insertInto("staff_program")
    .values({ agency_id: by.agencyId, staff_id: staffId, ...row })
    .execute();
  await noteChange(db, by, `Program given: ${name}, ${said(it)}`, staffId);
}

export type Credential = Span & {
  qualification: string;
  name: string;
  issuer: string;
  number: string | null;
  supervisor_id: string | null;
};

export async function addCredential(
  db: Acting,
  by: By,
  staffId: string,
  it: Credential,
): Promise<void> {
  await db
    .insertInto("credential")
    .values({ agency_id: by.agencyId, staff_id: staffId, ...it })
    .execute();
  await noteChange(db, by, `Credential recorded: ${it.name}, ${said(it)}`, staffId);
}

/** Corrects what was wrongly typed; what stood before stays in the list of changes. */
export async function correctCredential(
  db: Acting,
  by: By,
  staffId: string,
  id: string,
  it: Credential,
): Promise<boolean> {
  const before = await db
    .selectFrom("credential")
    .selectAll()
    .where("id", "=", id)
    .where("staff_id", "=", staffId)
    .forUpdate()
    .executeTakeFirst();
  if (!before) return false;
  await db.updateTable("credential").set(it).where("id", "=", id).execute();
  const had = `${before.name}, ${before.number ?? "no number"}, ${said(before)}`;
  await noteChange(db, by, `Credential corrected; it read: ${had}`, staffId);
  return true;
}

/**
 * Ends one with its last day; or takes it back at once: it held till yesterday, or, if it began
 * today or later, not at all. False if this member of staff holds no such one.
 */
export async function endSpan(
  db: Acting,
  by: By,
  table: Dated,
  staffId: string,
  id: string,
  { lastDay, today }: { lastDay: Day | null; today: Day },
): Promise<"done" | "before-it-began" | "none"> {
  const found = (await held(db, table, staffId)).find((row) => row.id === id);
  if (!found) return "none";
  const what = { staff_role: "Role", staff_program: "Program", credential: "Credential" }[table];
  const name = table === "staff_program" ? "" : ` ${found.what}`;
  if (lastDay === null && found.valid_from >= today) {
    await db.deleteFrom(table).where("id", "=", id).execute();
    await noteChange(db, by, `${what}${name} taken back before it held for a day`, staffId);
    return "done";
  }
  const valid_to = lastDay ?? addDays(today, -1);
  if (valid_to < found.valid_from) return "before-it-began";
  await db.updateTable(table).set({ valid_to }).where("id", "=", id).execute();
  await noteChange(db, by, `${what}${name} ended with ${valid_to}`, staffId);
  return "done";
}

function said({ valid_from, valid_to }: Span): string {
  return valid_to === null ? `from ${valid_from}` : `${valid_from} to ${valid_to}`;
}
