import { sql } from "kysely";
import type { Acting, By } from "../storage/database.ts";
import { isId } from "../storage/id.ts";
import type { Looked } from "./provider.ts";

export type ProviderFields = {
  name: string;
  kinds: string[];
  what: string | null;
  phone: string | null;
  email: string | null;
  address: string | null;
  locality: string | null;
  times: string | null;
  open_access: boolean;
  women_only: boolean;
  active: boolean;
};

const columns = [
  ...(["id", "name", "kinds", "what", "phone", "email", "address", "locality", "times"] as const),
  ...(["open_access", "women_only", "active"] as const),
] as const;

/** A page of the directory: each word somewhere in an entry, by kind, open access, women only. */
export async function findProviders(
  db: Acting,
  { words, kind, openAccess, womenOnly }: Looked,
  { skip, most }: { skip: number; most: number },
) {
  const parts = words.split(/\s+/).filter((word) => word !== "");
  return db
    .selectFrom("provider")
    .select(columns)
    .where("active", "=", true)
    .$if(kind !== null, (query) => query.where(sql<boolean>`kinds @> ARRAY[${kind}]::text[]`))
    .$if(openAccess, (query) => query.where("open_access", "=", true))
    .$if(womenOnly, (query) => query.where("women_only", "=", true))
    .where((eb) =>
      eb.and(
        parts.map(
          (word) =>
            sql<boolean>`position(people.fold(${word}) IN people.fold(concat_ws(' ', name, what, locality, address, times, array_to_string(kinds, ' ')))) > 0`,
        ),
      ),
    )
    .orderBy("name")
    .orderBy("id")
    .offset(skip)
    .limit(most)
    .execute();
}

/** One entry, also one that is no longer used; null when there is none such. */
export async function findProvider(db: Acting, id: string) {
  if (!isId(id)) return null;
  const row = await db
    .selectFrom("provider")
    .select(columns)
    .where("id", "=", id)
    .executeTakeFirst();
  return row ?? null;
}

/** Some entries by their ids, for a list that somebody takes along. */
export async function findProvidersNamed(db: Acting, ids: readonly string[]) {
  if (ids.length === 0) return [];
  return db
    .selectFrom("provider")
    .select(columns)
    .where("id", "in", [...ids])
    .orderBy("name")
    .limit(50)
    .execute();
}

/** The directory for choosing from: whom a referral goes to, who delivers a support, who runs a unit. */
export async function findProviderChoices(db: Acting) {
  return db
    .selectFrom("provider")
    .select(["id", "name", "kinds", "locality", "times"])
    .where("active", "=", true)
    .orderBy("name")
    .limit(500)
    .execute();
}

export async function addProvider(db: Acting, by: By, entry: ProviderFields): Promise<string> {
  const { id } = await db
    .insertInto("provider")
    .values({ ...entry, agency_id: by.agencyId, created_by: by.staffId })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

export async function editProvider(db: Acting, id: string, entry: ProviderFields): Promise<void> {
  await db.updateTable("provider").set(entry).where("id", "=", id).execute();
}

/** Whether another entry has this name already, however it is written. */
export async function nameIsTaken(db: Acting, name: string, except: string | null) {
  const row = await db
    .selectFrom("provider")
    .select("id")
    .where(sql<boolean>`people.fold(name) = people.fold(${name})`)
    .$if(except !== null, (query) => query.where("id", "<>", except ?? ""))
    .executeTakeFirst();
  return row !== undefined;
}

/** Whether a consent that was not revoked names this service: then it keeps its name. */
export async function isNamedByConsent(db: Acting, id: string): Promise<boolean> {
  const { rows } = await sql<{ named: boolean }>`
    SELECT people.provider_named(${id}) AS named`.execute(db);
  return rows[0]?.named ?? false;
}
