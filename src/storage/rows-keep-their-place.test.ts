import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "../../test/support/database.ts";
import { type Recorded, recordedAgency } from "../../test/support/recorded.ts";

// What a page that forgot something, or somebody at the application's own login, could write: each
// line is an attempt by one member of staff with the rights they have, and the database refuses it.

let db: TestDatabase;
let ours: Recorded;
let theirs: Recorded;
/** Two people of one counselor, with what stands on their records. */
const ids: Record<string, string> = {};

beforeAll(async () => {
  db = await testDatabase();
  ours = await recordedAgency(db);
  theirs = await recordedAgency(db, ours.shelf);
  ids.jo = await ours.consumer("Jo");
  ids.al = await ours.consumer("Al");
  ids.far = await theirs.consumer("Far");
  const put = async (name: string, text: string) => {
    const { rows } = await sql.raw<{ id: string }>(fill(`${text} RETURNING id`)).execute(db.owner);
    ids[name] = rows[0]?.id ?? "";
  };
  Object.assign(ids, { a: ours.agencyId, c: ours.counselor, b: ours.biller });
  Object.assign(ids, { p: ours.programId, ap: theirs.programId, ac: theirs.counselor });
  await put(
    "mate",
    "INSERT INTO staff (agency_id, name, email, active_from) VALUES (:a, 'Mate', 'mate@x', '2000-01-01')",
  );
  await put(
    "r1",
    "INSERT INTO staff_role (agency_id, staff_id, role, valid_from) VALUES (:a, :mate, 'counselor', '2000-01-01')",
  );
  await put(
    "r2",
    "INSERT INTO staff_program (agency_id, staff_id, program_id, valid_from) VALUES (:a, :mate, :p, '2000-01-01')",
  );
  await put("room", "INSERT INTO room (agency_id, name, setting) VALUES (:a, 'One', 'office')");
  for (const who of ["jo", "al"]) {
    const { rows } = await sql
      .raw<{ id: string }>(fill(`SELECT id FROM episode WHERE consumer_id = :${who}`))
      .execute(db.owner);
    ids[`${who}.episode`] = rows[0]?.id ?? "";
    await put(
      `${who}.support`,
      `INSERT INTO support (agency_id, consumer_id, kind, name, relation) VALUES (:a, :${who}, 'family-member', 'Sam ${who}', 'brother')`,
    );
    await put(
      `${who}.consent`,
      `INSERT INTO consent (agency_id, consumer_id, support_id, kind, discloser, recipient, topics, purpose, signed_on, signers, manner, valid_from, expires_on, created_by)
      VALUES (:a, :${who}, :${who}.support, 'disclosure', 'A', 'Sam ${who}', '{attendance}', 'x', '2020-01-01', '[]', 'paper', '2020-01-01', '2999-01-01', :c)`,
    );
    await put(
      `${who}.appointment`,
      `INSERT INTO appointment (agency_id, consumer_id, staff_id, room_id, day, starts, ends, status, created_by) VALUES (:a, :${who}, :c, :room, '2026-02-02', '10:00', '11:00', 'held', :c)`,
    );
    await put(
      `${who}.conference`,
      `INSERT INTO conference (agency_id, consumer_id, episode_id, program_id, appointment_id, lead_id, created_by, signed_at, signed_by, note)
      VALUES (:a, :${who}, :${who}.episode, :p, :${who}.appointment, :c, :c, now(), :c, 'The note')`,
    );
    await put(
      `${who}.plan`,
      `INSERT INTO care_plan (agency_id, consumer_id, episode_id, version, state, created_by) VALUES (:a, :${who}, :${who}.episode, 1, 'draft', :c)`,
    );
    await put(
      `${who}.trigger`,
      `INSERT INTO relapse_trigger (agency_id, consumer_id, text, added_by) VALUES (:a, :${who}, 'x', :c)`,
    );
    ids[`${who}.service`] = await ours.record(ids[who] ?? "", { day: "2026-02-02" as never });
    await put(
      `${who}.correction`,
      `INSERT INTO correction (agency_id, consumer_id, service_id, fact, was, becomes, reason, by, changes_payment, state) VALUES (:a, :${who}, :${who}.service, 'setting', '"office"', '"home"', 'He whispered about his relapse', :c, true, 'waiting')`,
    );
  }
  await put(
    "lifted",
    "INSERT INTO no_contact (agency_id, consumer_id, support_id, reason, set_by, lifted_at, lifted_by, lifted_reason) VALUES (:a, :jo, :jo.support, 'x', :c, now(), :c, 'y')",
  );
  await put(
    "keyworker",
    "INSERT INTO assignment (agency_id, consumer_id, staff_id, part, valid_from, valid_to) VALUES (:a, :jo, :c, 'keyworker', '2020-01-01', '2021-01-01')",
  );
  await put(
    "superseded",
    "INSERT INTO judgement (agency_id, consumer_id, service_id, bulletin, content_hash, outcome, units_billed, units_payable, facts, superseded_at) VALUES (:a, :jo, :jo.service, 'x', 'x', 'payable', 1, 1, '{}', now())",
  );
  await sql
    .raw(
      fill(
        "INSERT INTO need_assessment (conference_id, agency_id, consumer_id, result) VALUES (:jo.conference, :a, :jo, 'none')",
      ),
    )
    .execute(db.owner);
  await sql
    .raw(
      fill(
        "INSERT INTO agreement (agency_id, consumer_id, conference_id, who, what) VALUES (:a, :jo, :jo.conference, 'Jo', 'calls')",
      ),
    )
    .execute(db.owner);
  await sql
    .raw(
      fill(
        "INSERT INTO conference_support (conference_id, support_id, agency_id, consumer_id, came) VALUES (:jo.conference, :jo.support, :a, :jo, true)",
      ),
    )
    .execute(db.owner);
});
afterAll(() => db.drop());

function fill(text: string): string {
  return text.replaceAll(
    /(?<![:\w]):([a-z]\w*(?:\.[a-z]+)?)/g,
    (_, name) => `'${ids[name] ?? "missing"}'`,
  );
}

/** "done" if the database let it be; nothing stays of it either way. */
async function attempt(staffId: string, text: string): Promise<string> {
  const undo = new Error("undo");
  try {
    await ours.as(staffId, async (acting) => {
      const { numAffectedRows } = await sql.raw(fill(text)).execute(acting);
      if (!numAffectedRows) throw new Error("no row in sight");
      await sql`SET CONSTRAINTS ALL IMMEDIATE`.execute(acting);
      throw undo;
    });
    return "";
  } catch (error) {
    if (error === undo) return "done";
    // A right, a key or a trigger said no; anything else is a mistake in the attempt.
    const { code, message } = error as { code?: string; message: string };
    return ["42501", "23503", "P0001"].includes(code ?? "") ? "refused" : message;
  }
}

const appointment =
  "INSERT INTO appointment (agency_id, consumer_id, staff_id, room_id, day, starts, ends, created_by";
const attacks: Record<string, [keyof Recorded, string]> = {
  "a row of one person hangs on another's conference": [
    "counselor",
    "INSERT INTO addendum (agency_id, consumer_id, conference_id, text, by) VALUES (:a, :al, :jo.conference, 'x', :c)",
  ],
  "a strategy of one person answers another's trigger": [
    "counselor",
    "INSERT INTO relapse_strategy (agency_id, consumer_id, trigger_id, text, added_by) VALUES (:a, :al, :jo.trigger, 'x', :c)",
  ],
  "a plan of one person hangs on another's episode": [
    "counselor",
    "INSERT INTO care_plan (agency_id, consumer_id, episode_id, version, state, created_by) VALUES (:a, :al, :jo.episode, 9, 'superseded', :c)",
  ],
  "a support of one person is invited to another's conference": [
    "counselor",
    "INSERT INTO conference_support (conference_id, support_id, agency_id, consumer_id) VALUES (:al.conference, :jo.support, :a, :al)",
  ],
  "a service is moved to another person": [
    "counselor",
    "UPDATE service SET consumer_id = :al WHERE id = :jo.service",
  ],
  "a trigger is moved to another person": [
    "counselor",
    "UPDATE relapse_trigger SET consumer_id = :al WHERE id = :jo.trigger",
  ],
  "an appointment is moved to another person": [
    "counselor",
    "UPDATE appointment SET consumer_id = :al WHERE id = :jo.appointment",
  ],
  "a person is enrolled in another agency's program": [
    "counselor",
    "INSERT INTO enrolment (agency_id, consumer_id, episode_id, program_id, requested_on) VALUES (:a, :jo, :jo.episode, :ap, '2026-01-01')",
  ],
  "another agency's colleague becomes keyworker": [
    "counselor",
    "INSERT INTO assignment (agency_id, consumer_id, staff_id, part, valid_from) VALUES (:a, :jo, :ac, 'keyworker', '2026-01-01')",
  ],
  "an administrator gives another agency's staff a role there": [
    "administrator",
    "INSERT INTO staff_role (agency_id, staff_id, role, valid_from) VALUES (:a, :ac, 'administrator', '2026-01-01')",
  ],
  "a biller asks about another agency's person": [
    "biller",
    "INSERT INTO question (agency_id, consumer_id, service_id, to_staff, text, asked_by) VALUES (:a, :far, :jo.service, :c, 'x', :b)",
  ],
  "a biller judges another agency's person": [
    "biller",
    "INSERT INTO judgement (agency_id, consumer_id, service_id, bulletin, content_hash, outcome, units_billed, units_payable, facts, superseded_at) VALUES (:a, :far, :jo.service, 'x', 'x', 'payable', 1, 1, '{}', now())",
  ],
  "an appointment is booked with another agency's colleague": [
    "counselor",
    `${appointment}) VALUES (:a, :jo, :ac, :room, '2026-03-03', '10:00', '11:00', :c)`,
  ],
  "an addendum is written in a colleague's name": [
    "counselor",
    "INSERT INTO addendum (agency_id, consumer_id, conference_id, text, by) VALUES (:a, :jo, :jo.conference, 'x', :mate)",
  ],
  "a consent is recorded in a colleague's name": [
    "counselor",
    "INSERT INTO consent_revocation (consent_id, agency_id, consumer_id, reason, recorded_by) VALUES (:jo.consent, :a, :jo, 'x', :mate)",
  ],
  "a correction applies itself though it changes payment": [
    "counselor",
    "INSERT INTO correction (agency_id, consumer_id, service_id, fact, reason, by, changes_payment, state) VALUES (:a, :jo, :jo.service, 'setting', 'x', :c, true, 'applied')",
  ],
  "the author of a correction decides it": [
    "counselor",
    "UPDATE correction SET state = 'applied', decided_by = :c WHERE id = :jo.correction",
  ],
  "somebody who did not sign changes a fact of the service": [
    "mate" as never,
    "UPDATE service SET setting = 'home' WHERE id = :jo.service",
  ],
  "a service turns into one of another kind": [
    "counselor",
    "UPDATE service SET kind = 'other' WHERE id = :jo.service",
  ],
  "who came is changed after the signature": [
    "counselor",
    "UPDATE conference_support SET came = false WHERE conference_id = :jo.conference",
  ],
  "what was agreed is changed after the signature": [
    "counselor",
    "UPDATE agreement SET what = 'other' WHERE conference_id = :jo.conference",
  ],
  "another agreement is slipped in after the signature": [
    "counselor",
    "INSERT INTO agreement (agency_id, consumer_id, conference_id, who, what) VALUES (:a, :jo, :jo.conference, 'Jo', 'pays')",
  ],
  "the need that was found is changed after the signature": [
    "counselor",
    "UPDATE need_assessment SET result = 'found' WHERE conference_id = :jo.conference",
  ],
  "a note is co-signed by whoever wrote it": [
    "counselor",
    "UPDATE conference SET cosigned_at = now(), cosign_by = :c WHERE id = :jo.conference",
  ],
  "a support takes the name of somebody the consent does not name": [
    "counselor",
    "UPDATE support SET name = 'Max' WHERE id = :jo.support",
  ],
  "a no-contact flag that was lifted gets another reason": [
    "counselor",
    "UPDATE no_contact SET lifted_reason = 'other' WHERE id = :lifted",
  ],
  "a keyworker was always somebody else": [
    "counselor",
    "UPDATE assignment SET staff_id = :mate WHERE id = :keyworker",
  ],
  "a judgement that was superseded stands again": [
    "biller",
    "UPDATE judgement SET superseded_at = NULL WHERE id = :superseded",
  ],
  "a look is dated back": [
    "counselor",
    "INSERT INTO access_log (agency_id, staff_id, action, room, consumer_ids, at) VALUES (:a, :c, 'read', 'x', ARRAY[:jo::uuid], '2001-01-01')",
  ],
};

describe("the database refuses that", () => {
  test.each(Object.entries(attacks))("%s", async (_, [who, text]) => {
    expect(fill(text)).not.toContain("missing");
    expect(await attempt((ids[who] ?? ours[who]) as string, text)).toBe("refused");
  });
});

test("what the attempts are made of is allowed where it belongs", async () => {
  const allowed: Record<string, [string, string]> = {
    addendum: [
      ids.c ?? "",
      "INSERT INTO addendum (agency_id, consumer_id, conference_id, text, by) VALUES (:a, :jo, :jo.conference, 'x', :c)",
    ],
    appointment: [
      ids.c ?? "",
      `${appointment}) VALUES (:a, :jo, :c, :room, '2026-03-03', '10:00', '11:00', :c)`,
    ],
    setting: [ids.c ?? "", "UPDATE service SET setting = 'home' WHERE id = :jo.service"],
    strategy: [
      ids.c ?? "",
      "INSERT INTO relapse_strategy (agency_id, consumer_id, trigger_id, text, added_by) VALUES (:a, :jo, :jo.trigger, 'x', :c)",
    ],
    phone: [ids.c ?? "", "UPDATE support SET phone = '1' WHERE id = :jo.support"],
    log: [
      ids.c ?? "",
      "INSERT INTO access_log (agency_id, staff_id, action, room, consumer_ids) VALUES (:a, :c, 'read', 'x', ARRAY[:jo::uuid])",
    ],
  };
  for (const [what, [who, text]] of Object.entries(allowed)) {
    expect(await attempt(who, text), what).toBe("done");
  }
});

test("a table of one's own in pg_temp stands in the way of no seal", async () => {
  const last = () =>
    sql<{
      number: number;
    }>`SELECT number FROM access_head WHERE agency_id = ${ours.agencyId}`.execute(db.owner);
  const before = (await last()).rows[0]?.number ?? 0;
  await ours
    .as(ours.counselor, async (acting) => {
      await sql`CREATE TEMP TABLE access_head (agency_id uuid PRIMARY KEY, number bigint, hash bytea)`
        .execute(acting)
        .catch(() => {});
    })
    .catch(() => {});
  await ours.as(ours.counselor, async (acting) => {
    await sql`SAVEPOINT mine`.execute(acting);
    await sql`CREATE TEMP TABLE access_head (agency_id uuid PRIMARY KEY, number bigint, hash bytea);
      GRANT ALL ON access_head TO PUBLIC`
      .execute(acting)
      .catch(() => sql`ROLLBACK TO SAVEPOINT mine`.execute(acting));
    await sql
      .raw(
        fill(
          "INSERT INTO access_log (agency_id, staff_id, action, room, consumer_ids) VALUES (:a, :c, 'read', 'x', ARRAY[:jo::uuid])",
        ),
      )
      .execute(acting);
  });
  expect((await last()).rows[0]?.number).toBe(before + 1);
});

test("tables and functions that come later keep to it too", async () => {
  const keys = await sql<{ key: string }>`
    SELECT k.conrelid::regclass || ' ' || k.conname AS key FROM pg_constraint k
    WHERE k.contype = 'f' AND k.connamespace = 'public'::regnamespace AND cardinality(k.conkey) = 1
      AND k.confrelid <> 'agency'::regclass AND k.conrelid <> 'access_seal'::regclass
      AND (SELECT count(*) FROM pg_attribute WHERE attname = 'agency_id' AND attrelid IN (k.conrelid, k.confrelid)) = 2`.execute(
    db.owner,
  );
  expect(keys.rows).toEqual([]);
  const columns = await sql<{ col: string }>`
    SELECT attrelid::regclass || '.' || attname AS col FROM pg_attribute
    WHERE attname IN ('id', 'agency_id', 'consumer_id', 'created_by', 'recorded_by', 'added_by') AND attnum > 0
      AND attrelid IN (SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r')
      AND has_column_privilege('throughcare_app', attrelid, attnum, 'UPDATE')`.execute(db.owner);
  expect(columns.rows).toEqual([]);
  const hands = await sql<{ name: string }>`
    SELECT DISTINCT a.attrelid::regclass || '.' || a.attname AS name FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND a.atttypid = 'uuid'::regtype
      AND a.attname ~ '(^|_)by$' AND a.attname <> 'cosign_by'
      AND NOT EXISTS (SELECT FROM pg_trigger t WHERE t.tgrelid = c.oid AND t.tgname = 'own_hand'
        AND position(a.attname || '\\000' IN encode(t.tgargs, 'escape')) > 0)`.execute(db.owner);
  expect(hands.rows).toEqual([]);
  const functions = await sql<{ name: string }>`
    SELECT p.oid::regprocedure::text AS name FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang
    WHERE p.pronamespace IN ('access'::regnamespace, 'people'::regnamespace) AND p.prokind = 'f' AND (p.prosecdef OR l.lanname = 'plpgsql')
      AND NOT coalesce(p.proconfig @> ARRAY['search_path=public, pg_temp'], false)`.execute(
    db.owner,
  );
  expect(functions.rows).toEqual([]);
});
