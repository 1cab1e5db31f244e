import { randomUUID } from "node:crypto";
import pg from "pg";
import { inject } from "vitest";
import { type Role, roles } from "../../src/people/access.ts";
import { createSignIn, openAccount } from "../../src/web/sign-in.ts";
import { type TestDatabase, testDatabase } from "../support/database.ts";
import { findTables, insertRow, type Table } from "./rows.ts";

export const PASSWORD = "one for every role";
/** Whose record it is, as each member of staff of the stage stands to it. */
export const whose = ["own", "other", "foreign"] as const;
export type Whose = (typeof whose)[number];

/** The demonstration's two agencies, and where in each the stage stands. */
const places = {
  "us-mo": { program: "General Population", colleague: "omar@demo.example" },
  england: { program: "Community Team", colleague: "moira@alderway.example" },
} as const;
export type Place = keyof typeof places;

export type Stage = {
  place: Place;
  db: TestDatabase;
  /** Past row security, triggers and foreign keys. */
  superuser: pg.Client;
  tables: Table[];
  /** One member of staff for each role, who is nothing else; the clinical ones work in one programme. */
  staff: Record<Role, { id: string; email: string }>;
  agencies: { ours: string; theirs: string };
  /** The programme in which the clinical ones work. */
  program: string;
  /** A consumer of their own programme, of another programme of the agency, of another agency. */
  consumers: Record<Whose, { id: string; given: string; family: string }>;
  /** Calls of relatives that each of them took, about nobody that is known yet. */
  calls: Record<"front-desk" | "peer-mentor", string>;
  /** Ids of every row of the other agency, by table: none of them ever reaches anybody of ours. */
  beyond: ReadonlyMap<string, ReadonlySet<string>>;
  /** Ids of every row of the consumer of the other programme, by table. */
  aside: ReadonlyMap<string, ReadonlySet<string>>;
  /** Ids of rows that were made up, and so belong together with nothing. */
  made: string[];
  close: () => Promise<void>;
};

/** One agency of the demonstration with a member of staff for each role; the other one stands beside it. */
export async function buildStage(place: Place = "us-mo"): Promise<Stage> {
  const db = await testDatabase("demonstration");
  const url = new URL(inject("cluster").url);
  url.pathname = new URL(db.logins.owner).pathname;
  const superuser = new pg.Client({ connectionString: url.href });
  await superuser.connect();
  await superuser.query("SET session_replication_role = replica");
  const tables = await findTables(superuser);
  const one = async (text: string, values: unknown[] = []) =>
    (await superuser.query(text, values)).rows[0];
  const put = (name: string, given: Record<string, unknown>) => {
    const table = tables.find((each) => each.name === name);
    if (!table) throw new Error(`no table ${name}`);
    return insertRow(superuser, table, given);
  };

  const agencyIn = async (jurisdiction: Place): Promise<string> =>
    (await one("SELECT id FROM agency WHERE jurisdiction = $1", [jurisdiction])).id;
  const ours = await agencyIn(place);
  const theirs = await agencyIn(place === "england" ? "us-mo" : "england");
  const program = (
    await one("SELECT id FROM program WHERE name = $2 AND agency_id = $1", [
      ours,
      places[place].program,
    ])
  ).id;
  const [elsewhere, beyond] = [randomUUID(), randomUUID()];
  await put("program", { id: elsewhere, agency_id: ours, name: "Elsewhere", kind: "cstar-opioid" });
  await put("program", { id: beyond, agency_id: theirs, name: "Beyond", kind: "cstar-opioid" });

  // The richest record of the programme: most pages have something of it to show.
  const own = await one(
    `SELECT c.id, c.given_name, c.family_name FROM consumer c
     WHERE EXISTS (SELECT FROM enrolment e WHERE e.consumer_id = c.id AND e.program_id = $1)
     ORDER BY (SELECT count(*) FROM conference WHERE consumer_id = c.id) DESC,
       EXISTS (SELECT FROM consent WHERE consumer_id = c.id) DESC,
       (SELECT count(*) FROM support WHERE consumer_id = c.id)
       + (SELECT count(*) FROM service WHERE consumer_id = c.id) DESC, c.id LIMIT 1`,
    [program],
  );
  const arrive = async (agency_id: string, program_id: string, given: string, family: string) => {
    const id = randomUUID();
    const born = "1990-01-05";
    const names = { given_name: given, family_name: family, search_key: family.toLowerCase() };
    await put("consumer", {
      id,
      agency_id,
      number: `M-${family}`,
      date_of_birth: born,
      awaiting_program: false,
      ...names,
    });
    const episode_id = randomUUID();
    await put("episode", { id: episode_id, agency_id, consumer_id: id, opened_on: "2026-01-05" });
    const days = { requested_on: "2026-01-05", valid_from: "2026-01-05" };
    await put("enrolment", { agency_id, consumer_id: id, episode_id, program_id, ...days });
    return { id, given, family };
  };
  const consumers = {
    own: { id: own.id, given: own.given_name, family: own.family_name },
    other: await arrive(ours, elsewhere, "Wilhelmina", "Quillfeather"),
    foreign: await arrive(theirs, beyond, "Balthazar", "Zoltanberg"),
  };
  const colleague = (await one("SELECT id FROM staff WHERE email = $1", [places[place].colleague]))
    .id;
  const stranger = randomUUID();
  const them = { name: "Stranger", email: "stranger@next.example", active_from: "2025-01-01" };
  await put("staff", { id: stranger, agency_id: theirs, ...them });
  const made: string[] = [];
  // Something of every kind for each of them, so that there is always a row to be hidden.
  for (const table of tables) {
    const has = (name: string) => table.columns.some((column) => column.name === name);
    if (!has("agency_id")) continue;
    for (const each of whose) {
      const agency_id = each === "foreign" ? theirs : ours;
      const somebody = each === "foreign" ? stranger : colleague;
      const at = { own: program, other: elsewhere, foreign: beyond }[each];
      const given = has("consumer_id")
        ? { consumer_id: consumers[each].id }
        : has("consumer_ids")
          ? { consumer_ids: [consumers[each].id] }
          : has("program_id")
            ? { program_id: at }
            : each === "other" || table.name === "consumer"
              ? null
              : {};
      // Where the demonstration has one already that may be there only once, that one will do.
      if (given) {
        await insertRow(superuser, table, { agency_id, somebody, ...given }).then(
          ({ id }) => typeof id === "string" && made.push(id),
          (error) => {
            if (!/duplicate key|exclusion constraint/.test(String(error))) throw error;
          },
        );
      }
    }
  }

  /** The ids of all rows of one agency or one person, by table. */
  async function idsOf(column: "agency_id" | "consumer_id", id: string) {
    const all = new Map([[column.replace("_id", ""), new Set([id])]]);
    for (const { name, columns } of tables) {
      const has = (wanted: string) => columns.some((each) => each.name === wanted);
      if (!has("id") || !has(column)) continue;
      const { rows } = await superuser.query(`SELECT id FROM ${name} WHERE ${column} = $1`, [id]);
      all.set(name, new Set(rows.map((row) => String(row.id))));
    }
    return all;
  }

  const signIn = createSignIn({
    url: db.logins.signin,
    secret: "x".repeat(32),
    address: "http://localhost",
  });
  const staff = {} as Stage["staff"];
  for (const role of roles) {
    const id = randomUUID();
    const email = `${role}@matrix.example`;
    const user_id = await openAccount(signIn, { name: role, email, password: PASSWORD });
    const from = { valid_from: "2025-01-01" };
    await put("staff", {
      id,
      agency_id: ours,
      user_id,
      name: role,
      email,
      active_from: "2025-01-01",
    });
    await put("staff_role", { agency_id: ours, staff_id: id, role, ...from });
    await put("staff_program", { agency_id: ours, staff_id: id, program_id: program, ...from });
    staff[role] = { id, email };
  }
  await put("assignment", {
    ...{ agency_id: ours, consumer_id: consumers.own.id, staff_id: staff["peer-mentor"].id },
    ...{ part: "peer-mentor", valid_from: "2025-01-01" },
  });
  // A call of a relative is whoever's took it, until a clinician says whom it is about.
  const takes = async (role: keyof Stage["calls"]) => {
    const id = randomUUID();
    await put("concern_call", {
      id,
      agency_id: ours,
      taken_by: staff[role].id,
      caller: "A mother",
    });
    return id;
  };
  const calls = {
    "front-desk": await takes("front-desk"),
    "peer-mentor": await takes("peer-mentor"),
  };
  // Somebody else of the agency is on duty, at whatever hour this runs.
  await superuser.query("DELETE FROM duty_shift WHERE agency_id = $1 AND ends > now()", [ours]);
  const [starts, ends] = [-1, 1].map((days) => new Date(Date.now() + days * 86_400_000));
  await put("duty_shift", { agency_id: ours, staff_id: colleague, starts, ends });
  const days = { first_day: "2000-01-01", last_day: "2100-01-01" };
  await put("audit_scope", {
    ...{ agency_id: ours, staff_id: staff.auditor.id, given_by: colleague, ...days },
    ...{ valid_from: "2000-01-01", valid_to: "2100-01-01", program_ids: [program] },
  });
  const held = await one(
    `SELECT s.id, s.conference_id FROM service s JOIN conference c ON c.id = s.conference_id
     WHERE s.consumer_id = $1 AND s.program_id = $2 AND c.signed_at IS NOT NULL AND s.voided_at IS NULL LIMIT 1`,
    [own.id, program],
  );
  const theirOwn = { agency_id: ours, consumer_id: own.id, somebody: colleague };
  const reversed = { reversed_at: "2026-01-05T12:00:00Z", reversed_by: colleague };
  // In England nothing is billed, and nobody signs a Family Conference.
  if (held) {
    await put("addendum", { ...theirOwn, conference_id: held.conference_id });
    await put("claim", { ...theirOwn, service_id: held.id, ...reversed });
  }
  const session = await one(
    "SELECT id FROM service WHERE consumer_id = $1 AND program_id = $2 AND voided_at IS NULL LIMIT 1",
    [own.id, program],
  );
  if (session) await put("session_note", { ...theirOwn, service_id: session.id, text: "A note" });
  await signIn.options.database.end();
  return {
    place,
    beyond: await idsOf("agency_id", theirs),
    aside: await idsOf("consumer_id", consumers.other.id),
    ...{
      calls,
      made,
      db,
      superuser,
      tables,
      staff,
      agencies: { ours, theirs },
      program,
      consumers,
    },
    close: async () => {
      await superuser.end();
      await db.drop();
    },
  };
}
