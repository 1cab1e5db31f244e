import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { roles } from "../../src/people/access.ts";
import { type Acting, actingFor } from "../../src/storage/database.ts";
import { tables as expectations } from "./expectations.ts";
import { type Table, valuesOf } from "./rows.ts";
import { buildStage, type Stage, type Whose, whose } from "./stage.ts";

// Every table by every role, straight against the database: what the pages forget, it must not.

let stage: Stage;
beforeAll(async () => {
  stage = await buildStage();
});
afterAll(() => stage?.close());

const has = (table: Table, name: string) => table.columns.some((column) => column.name === name);

/** Which rows of a table belong to whom; null where the table knows no such difference. */
function belongs(table: Table, who: Whose): string | null {
  const { consumers, agencies } = stage;
  const agency = `agency_id = '${who === "foreign" ? agencies.theirs : agencies.ours}'`;
  const { id } = consumers[who];
  if (table.name === "agency") {
    return who === "other" ? null : agency.replace("agency_id", "id");
  }
  if (table.name === "consumer") return `id = '${id}'`;
  if (has(table, "consumer_id")) return `consumer_id = '${id}'`;
  if (has(table, "consumer_ids")) return `'${id}' = ANY (consumer_ids)`;
  if (table.name === "staff_program") {
    const sign = who === "own" ? "" : "NOT";
    return `${agency} AND program_id ${sign} IN ('${stage.program}')`;
  }
  return who === "other" ? null : agency;
}

async function count(db: Acting, table: Table, where: string): Promise<number> {
  const text = `SELECT count(*) AS n FROM ${table.name} WHERE ${where}`;
  const { rows } = await sql.raw<{ n: number }>(text).execute(db);
  return rows[0]?.n ?? 0;
}

test("every table has an expectation, and no expectation is left of a table that is gone", () => {
  expect(stage.tables.map(({ name }) => name).sort()).toEqual(Object.keys(expectations).sort());
});

test("the stage has a row of every table in every place", async () => {
  for (const table of stage.tables) {
    for (const who of whose) {
      const where = belongs(table, who);
      if (where === null) continue;
      const { rows } = await stage.superuser.query(
        `SELECT count(*)::int AS n FROM ${table.name} WHERE ${where}`,
      );
      expect(rows[0].n, `${table.name} of ${who}`).toBeGreaterThan(0);
    }
  }
});

describe.each(roles)("%s", (role) => {
  test("sees of every table what is written down, and no more", async () => {
    const wrong: string[] = [];
    await actingFor(stage.db.app, stage.staff[role].id, async (db) => {
      for (const table of stage.tables) {
        const sight = expectations[table.name]?.[role];
        for (const who of whose) {
          const where = belongs(table, who);
          if (where === null) continue;
          await sql`SAVEPOINT look`.execute(db);
          const seen = await count(db, table, where).catch((error) => {
            if (!/permission denied/.test(String(error))) throw error;
            return 0;
          });
          await sql`ROLLBACK TO SAVEPOINT look`.execute(db);
          const should = { own: sight !== undefined, other: sight === "agency", foreign: false }[
            who
          ];
          // Their own roles, programmes and assignments anybody may see.
          const mine = ["staff_role", "staff_program", "assignment"].includes(table.name);
          if (mine && who === "own" && !should) continue;
          if (seen > 0 !== should) {
            wrong.push(
              `${table.name} of ${who}: ${seen} rows, ${should ? "some" : "none"} expected`,
            );
          }
        }
      }
    });
    expect(wrong).toEqual([]);
  });

  test("writes nothing into another agency, changes nothing there, moves nothing thither", async () => {
    const done: string[] = [];
    const { theirs, ours } = stage.agencies;
    await actingFor(stage.db.app, stage.staff[role].id, async (db) => {
      const attempt = async (what: string, text: string) => {
        await sql`SAVEPOINT attempt`.execute(db);
        const changed = await sql
          .raw(text)
          .execute(db)
          .then(({ numAffectedRows }) => Number(numAffectedRows ?? 0))
          .catch(() => 0);
        await sql`ROLLBACK TO SAVEPOINT attempt`.execute(db);
        if (changed > 0) done.push(what);
      };
      for (const table of stage.tables.filter((each) => has(each, "agency_id"))) {
        const { name } = table;
        const given = { agency_id: theirs, consumer_id: stage.consumers.foreign.id };
        await attempt(`wrote ${name}`, literal(table, valuesOf(table, given)));
        // The same foreign row with our own consumer's name on it.
        const mixed = { agency_id: theirs, consumer_id: stage.consumers.own.id };
        await attempt(`wrote ${name}, mixed`, literal(table, valuesOf(table, mixed)));
        await attempt(
          `changed ${name}`,
          `UPDATE ${name} SET agency_id = agency_id WHERE agency_id = '${theirs}'`,
        );
        await attempt(
          `moved ${name}`,
          `UPDATE ${name} SET agency_id = '${theirs}' WHERE agency_id = '${ours}'`,
        );
        await attempt(
          `took ${name}`,
          `UPDATE ${name} SET agency_id = '${ours}' WHERE agency_id = '${theirs}'`,
        );
        await attempt(`removed ${name}`, `DELETE FROM ${name} WHERE agency_id = '${theirs}'`);
      }
      await attempt("changed their agency", `UPDATE agency SET name = 'x' WHERE id = '${theirs}'`);
      await attempt(
        "made an agency",
        `INSERT INTO agency (name, neutral_name, jurisdiction, locale, time_zone) VALUES ('x', 'x', 'us-mo', 'en-US', 'UTC')`,
      );
    });
    expect(done).toEqual([]);
  });
});

test("whoever has the duty, or every clinician when nobody has it, sees whom an alert is about", async () => {
  const { db, staff, superuser, agencies, consumers } = stage;
  const alerts = (role: (typeof roles)[number], whoseAlert: Whose) =>
    actingFor(db.app, staff[role].id, async (acting) => {
      const { rows } = await sql<{ n: number }>`
        SELECT count(*) AS n FROM duty_alert WHERE consumer_id = ${consumers[whoseAlert].id}`.execute(
        acting,
      );
      return rows[0]?.n ?? 0;
    });
  const clinicians = ["counselor", "keyworker", "supervisor", "program-manager"] as const;
  await superuser.query(
    "UPDATE duty_shift SET staff_id = $1 WHERE agency_id = $2 AND ends > now()",
    [staff.counselor.id, agencies.ours],
  );
  expect(await alerts("counselor", "other")).toBeGreaterThan(0);
  expect(await alerts("keyworker", "other")).toBe(0);
  await superuser.query("DELETE FROM duty_shift WHERE agency_id = $1", [agencies.ours]);
  for (const role of clinicians) {
    expect(await alerts(role, "other"), role).toBeGreaterThan(0);
    expect(await alerts(role, "foreign"), role).toBe(0);
  }
  for (const role of roles.filter((one) => !clinicians.some((other) => other === one))) {
    expect(await alerts(role, "own"), role).toBe(0);
  }
});

test("nobody sees nothing: without a member of staff, with one who left, with a number that is none", async () => {
  const { db, staff, superuser } = stage;
  const counselor = staff.counselor.id;
  const all = async (acting: Acting) => {
    const { rows } = await sql<{ n: number }>`SELECT count(*) AS n FROM consumer`.execute(acting);
    return rows[0]?.n;
  };
  const sees = (id: string) => actingFor(db.app, id, all);
  expect(await sees("")).toBe(0);
  expect(await sees("00000000-0000-4000-8000-000000000000")).toBe(0);
  expect(await sees(counselor)).toBeGreaterThan(0);
  await superuser.query("UPDATE staff SET closed_at = now() WHERE id = $1", [counselor]);
  expect(await sees(counselor)).toBe(0);
  await superuser.query(
    "UPDATE staff SET closed_at = NULL, active_to = current_date - 2 WHERE id = $1",
    [counselor],
  );
  expect(await sees(counselor)).toBe(0);
  await superuser.query("UPDATE staff SET active_to = NULL WHERE id = $1", [counselor]);
  expect(await sees(counselor)).toBeGreaterThan(0);
});

function literal(table: Table, values: Record<string, unknown>): string {
  const say = (value: unknown): string => {
    if (Array.isArray(value)) return `'{${value.join(",")}}'`;
    if (Buffer.isBuffer(value)) return `'\\x${value.toString("hex")}'`;
    return typeof value === "string" ? `'${value.replaceAll("'", "''")}'` : String(value);
  };
  const names = Object.keys(values).map((name) => `"${name}"`);
  return `INSERT INTO ${table.name} (${names.join(", ")}) VALUES (${Object.values(values).map(say).join(", ")})`;
}
