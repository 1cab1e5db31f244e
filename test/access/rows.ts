import { randomUUID } from "node:crypto";
import type pg from "pg";

type Column = {
  name: string;
  type: string;
  required: boolean;
  generated: boolean;
  hasDefault: boolean;
};
export type Table = { name: string; columns: Column[]; checks: string };

/** Every table of the product, with what a row of it needs. */
export async function findTables(client: pg.Client): Promise<Table[]> {
  const { rows } = await client.query<Table>(`
    SELECT c.relname AS name,
      coalesce((SELECT string_agg(pg_get_constraintdef(k.oid), E'\\n' ORDER BY k.conname) FROM pg_constraint k
        WHERE k.conrelid = c.oid AND k.contype = 'c'), '') AS checks,
      (SELECT json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, -1),
          'required', a.attnotnull, 'generated', a.attgenerated <> '' OR a.attidentity <> '',
          'hasDefault', a.atthasdef) ORDER BY a.attnum)
        FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) AS columns
    FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
    ORDER BY c.relname`);
  return rows;
}

/**
 * Values for a row; `given` wins, and its `somebody` is who stands wherever staff are named. First
 * only what must be there, then, if a check asks, everything.
 */
export function valuesOf(table: Table, given: Record<string, unknown>, all = false) {
  const values: Record<string, unknown> = {};
  const alone = alternativesOf(table, given);
  for (const { name, type, required, generated, hasDefault } of table.columns) {
    if (generated) continue;
    if (name in given) values[name] = given[name];
    else if (alone.has(name)) {
      if (alone.get(name)) values[name] = madeUp(table, name, type, given.somebody ?? randomUUID());
    } else if (name === "id") values.id = randomUUID();
    else if (required && !hasDefault)
      values[name] = madeUp(table, name, type, given.somebody ?? randomUUID());
    else if (all && !hasDefault && !/_to$/.test(name))
      values[name] = madeUp(table, name, type, given.somebody ?? randomUUID());
  }
  return values;
}

/** Of columns of which just one may stand, whether it is the one: the one given, or else the first. */
function alternativesOf({ checks }: Table, given: Record<string, unknown>): Map<string, boolean> {
  const lists = [...checks.matchAll(/num_nonnulls\(([^)]*)\) = 1/g)].map(([, names = ""]) =>
    names.split(", "),
  );
  return new Map(
    lists.flatMap((names) => {
      const one = names.find((name) => name in given) ?? names[0];
      return names.map((name) => [name, name === one] as const);
    }),
  );
}

/** Columns that name a member of staff. */
const STAFF = /(^|_)by$|^to_staff$|^(staff|lead|owner|performer|responsible|supervisor)_id$/;

function madeUp({ checks }: Table, name: string, type: string, somebody: unknown): unknown {
  // "CHECK ((kind = ANY (ARRAY['a'::text, 'b'::text])))": the first of what may stand there.
  const allowed = new RegExp(`\\(${name} = ANY \\(ARRAY\\['([^']+)'`).exec(checks)?.[1];
  if (allowed) return allowed;
  // "((basis = 'self'::text) = (letter IS NULL))": what it is when the other column is left empty.
  const empty = new RegExp(`\\(${name} = '([^']+)'::text\\) = \\(\\w+ IS NULL\\)`).exec(
    checks,
  )?.[1];
  if (empty) return empty;
  if (type.endsWith("[]")) return type === "uuid[]" ? [randomUUID()] : ["x"];
  if (type === "uuid") return STAFF.test(name) ? somebody : randomUUID();
  if (type === "date") return "2026-01-05";
  if (type.startsWith("timestamp")) {
    return /end/.test(name) ? "2026-01-05T13:00:00Z" : "2026-01-05T12:00:00Z";
  }
  if (type.startsWith("time")) return /end/.test(name) ? "11:00" : "10:00";
  if (type === "boolean") return false;
  if (/int|numeric/.test(type)) return 1;
  if (type === "jsonb") return "[]";
  if (type === "bytea") return Buffer.from("x");
  return `made up for the matrix ${randomUUID()}`;
}

/** Inserts a made-up row past triggers and foreign keys; the client is a superuser's. */
export async function insertRow(client: pg.Client, table: Table, given: Record<string, unknown>) {
  const failures: string[] = [];
  for (const all of [false, true]) {
    const values = valuesOf(table, given, all);
    try {
      await client.query(statement(table, values), Object.values(values));
      return values;
    } catch (error) {
      failures.push((error as Error).message);
    }
  }
  throw new Error(`The matrix cannot make a row of ${table.name}: ${failures.join("; ")}`);
}

export function statement(table: Table, values: Record<string, unknown>): string {
  const names = Object.keys(values);
  const places = names.map((_, index) => `$${index + 1}`);
  return `INSERT INTO ${table.name} (${names.map((name) => `"${name}"`).join(", ")}) VALUES (${places.join(", ")})`;
}
