import { sql } from "kysely";
import type { Acting, By } from "../../storage/database.ts";

/** A bulletin's file in the making. */
export interface Draft {
  readonly id: string;
  readonly title: string;
  readonly against: { readonly jurisdiction: string; readonly number: string };
  readonly yaml: string;
  /** Its worked cases; null: nobody has changed those of the bulletin it is compared with. */
  readonly cases: string | null;
  /** Counts saves: a stale tab cannot overwrite a newer one. */
  readonly saves: number;
  readonly savedAt: Date;
  readonly savedBy: string;
}

const MOST = 200;

/** The agency's drafts, the last one worked on first, without their text. */
export async function findDrafts(db: Acting): Promise<readonly Omit<Draft, "yaml" | "cases">[]> {
  return drafts(db, sql`true`);
}

export async function findDraft(db: Acting, id: string): Promise<Draft | null> {
  return (await drafts(db, sql`d.id = ${id}::uuid`, sql`, d.yaml, d.cases`))[0] ?? null;
}

async function drafts(db: Acting, which: ReturnType<typeof sql>, more = sql``) {
  const { rows } = await sql<Draft>`
    SELECT d.id, d.title, json_build_object('jurisdiction', d.against_jurisdiction, 'number', d.against) AS against,
      d.saves, d.saved_at AS "savedAt", s.name AS "savedBy" ${more}
    FROM bulletin_draft d JOIN staff s ON s.id = d.saved_by
    WHERE ${which} ORDER BY d.saved_at DESC, d.id LIMIT ${MOST}`.execute(db);
  return rows;
}

export async function addDraft(
  db: Acting,
  by: By,
  { title, against, yaml }: Pick<Draft, "title" | "against" | "yaml">,
): Promise<string> {
  const { id } = await db
    .insertInto("bulletin_draft")
    .values({
      ...{ agency_id: by.agencyId, created_by: by.staffId, saved_by: by.staffId },
      ...{ title, yaml, against: against.number, against_jurisdiction: against.jurisdiction },
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

/**
 * The number of this save; null when somebody saved it since. What stood before is kept every few
 * minutes and when another hand writes over it; `keep`: in any case.
 */
export async function saveDraft(
  db: Acting,
  by: By,
  {
    id,
    yaml,
    cases,
    saves,
    keep = false,
  }: Pick<Draft, "id" | "yaml" | "saves"> & {
    /** As they were, unless given. */
    cases?: string;
    keep?: boolean;
  },
): Promise<number | null> {
  if (keep) {
    await sql`
      INSERT INTO bulletin_draft_version (bulletin_draft_id, saves, agency_id, yaml, cases, saved_at, author_id)
      SELECT id, saves, agency_id, yaml, cases, saved_at, saved_by FROM bulletin_draft
      WHERE id = ${id}::uuid AND saves = ${saves}
        AND (yaml <> ${yaml} OR cases IS DISTINCT FROM coalesce(${cases ?? null}::text, cases)) ON CONFLICT DO NOTHING`.execute(
      db,
    );
  }
  const saved = await db
    .updateTable("bulletin_draft")
    .set({
      ...{ yaml, saved_by: by.staffId, saved_at: sql`now()`, saves: saves + 1 },
      ...(cases !== undefined && { cases }),
    })
    .where("id", "=", id)
    .where("saves", "=", saves)
    .returning("saves")
    .executeTakeFirst();
  return saved?.saves ?? null;
}

export async function renameDraft(db: Acting, id: string, title: string): Promise<void> {
  await db.updateTable("bulletin_draft").set({ title }).where("id", "=", id).execute();
}

/** With all that it said before. */
export async function deleteDraft(db: Acting, id: string): Promise<void> {
  await db.deleteFrom("bulletin_draft").where("id", "=", id).execute();
}

/** A text that a draft had before. */
export interface DraftVersion {
  /** The draft's count of saves then. */
  readonly saves: number;
  readonly savedAt: Date;
  readonly author: string;
}

const MOST_VERSIONS = 50;

/** What a draft said before, the latest first. */
export async function findVersions(db: Acting, id: string): Promise<readonly DraftVersion[]> {
  return db
    .selectFrom("bulletin_draft_version as v")
    .innerJoin("staff as s", "s.id", "v.author_id")
    .select(["v.saves", "v.saved_at as savedAt", "s.name as author"])
    .where("v.bulletin_draft_id", "=", id)
    .orderBy("v.saves", "desc")
    .limit(MOST_VERSIONS)
    .execute();
}

export async function findVersion(db: Acting, id: string, saves: number) {
  const found = await db
    .selectFrom("bulletin_draft_version")
    .select(["yaml", "cases"])
    .where("bulletin_draft_id", "=", id)
    .where("saves", "=", saves)
    .executeTakeFirst();
  return found ?? null;
}
