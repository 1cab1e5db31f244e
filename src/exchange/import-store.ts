import { sql } from "kysely";
import type { Acting, By } from "../storage/database.ts";
import type { Table } from "./import-file.ts";
import { type ImportKindName, importKinds } from "./import-kinds.ts";
import { type ImportRow, type Matching, matchColumns, type Problem } from "./import-rows.ts";

/** Days for which a file waits to be written; then it is forgotten: access.forget_imports(). */
export const KEPT_DAYS = 7;

/** Files that came in, the newest first: one's own, and everybody's that were written. */
export async function findImports(db: Acting) {
  await sql`SELECT access.forget_imports()`.execute(db);
  return db
    .selectFrom("import_batch as b")
    .innerJoin("staff as s", "s.id", "b.created_by")
    .select([
      "b.id",
      "b.kind",
      "b.file_name",
      "b.row_count",
      "b.created_at",
      "b.imported_at",
      "b.undone_at",
      "s.name as author",
    ])
    .orderBy("b.created_at", "desc")
    .limit(50)
    .execute();
}

export async function findImport(db: Acting, id: string) {
  const found = await db
    .selectFrom("import_batch")
    .selectAll()
    .where("id", "=", id)
    .executeTakeFirst();
  return (
    found && {
      ...found,
      kind: found.kind as ImportKindName,
      columns: found.columns as unknown as Matching,
      rows: found.rows as unknown as string[][] | null,
    }
  );
}

/** Keeps a file that was read, with the columns that could be told by their names. */
export async function keepFile(
  db: Acting,
  by: By,
  file: { kind: ImportKindName; name: string; table: Table },
): Promise<string> {
  const { header, rows } = file.table;
  const { id } = await db
    .insertInto("import_batch")
    .values({
      agency_id: by.agencyId,
      created_by: by.staffId,
      kind: file.kind,
      file_name: file.name.slice(-200),
      header,
      rows: JSON.stringify(rows),
      columns: JSON.stringify(matchColumns(importKinds[file.kind], header)),
      row_count: rows.filter((row) => row.some((cell) => cell.trim() !== "")).length,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

export async function keepColumns(db: Acting, id: string, columns: Matching): Promise<void> {
  await db
    .updateTable("import_batch")
    .set({ columns: JSON.stringify(columns) })
    .where("id", "=", id)
    .where("imported_at", "is", null)
    .execute();
}

/**
 * What in the rows does not fit what is here: unknown names, numbers that are taken. Whose presence
 * that tells is written into the access log.
 */
export async function findMisfits(
  db: Acting,
  id: string,
  rows: readonly ImportRow[],
): Promise<Problem[]> {
  const { rows: found } = await sql<Problem>`
    SELECT row_number AS row, col AS "column", problem FROM access.try_import(${id}, ${JSON.stringify(rows)}::jsonb)
    LIMIT 1000`.execute(db);
  return found;
}

/** Writes all of them, or nothing: null. */
export async function runImport(
  db: Acting,
  id: string,
  rows: readonly ImportRow[],
): Promise<number | null> {
  const { rows: answer } = await sql<{ written: number | null }>`
    SELECT access.run_import(${id}, ${JSON.stringify(rows)}::jsonb) AS written`.execute(db);
  return answer[0]?.written ?? null;
}

/** Whether somebody has worked on what was written, so that it is not undone any more. */
export async function isWorkedOn(db: Acting, id: string): Promise<boolean> {
  const { rows } = await sql<{ worked_on: boolean | null }>`
    SELECT access.import_worked_on(${id}) AS worked_on`.execute(db);
  return rows[0]?.worked_on ?? true;
}

export async function undoImport(
  db: Acting,
  id: string,
): Promise<"undone" | "edited" | "not-there"> {
  const { rows } = await sql<{ said: "undone" | "edited" | "not-there" }>`
    SELECT access.undo_import(${id}) AS said`.execute(db);
  return rows[0]?.said ?? "not-there";
}

/** Throws away a file that was never written. */
export async function dropImport(db: Acting, id: string): Promise<void> {
  await db
    .deleteFrom("import_batch")
    .where("id", "=", id)
    .where("imported_at", "is", null)
    .execute();
}
