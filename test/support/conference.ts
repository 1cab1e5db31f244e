import { sql } from "kysely";
import { type Bench, benchOf } from "../../src/compliance/judge.ts";
import { addDays, type Day } from "../../src/kernel/day.ts";
import type { TimeOfDay } from "../../src/kernel/time.ts";
import { mayCheckIn } from "../../src/people/consent.ts";
import { consentStanding } from "../../src/people/consent-store.ts";
import { loadBulletins } from "../../src/policy/shelf.ts";
import type { Draft } from "../../src/services/conference-draft.ts";
import { type AtDoor, findHeld } from "../../src/services/hold-store.ts";
import { feeds } from "../../src/services/pages/feeds.ts";
import { signConference } from "../../src/services/sign-store.ts";
import { type Acting, actingFor } from "../../src/storage/database.ts";
import type { TestDatabase } from "./database.ts";

/** Who is who in the demonstration, by the short names that tests use. */
export async function cast(db: TestDatabase) {
  const agency = await db.owner
    .selectFrom("agency")
    .selectAll()
    .where("jurisdiction", "=", "us-mo")
    .executeTakeFirstOrThrow();
  const staffRows = await db.owner.selectFrom("staff").select(["id", "email"]).execute();
  const consumers = await db.owner.selectFrom("consumer").select(["id", "given_name"]).execute();
  const supports = await db.owner.selectFrom("support").select(["id", "name"]).execute();
  const rooms = await db.owner.selectFrom("room").select(["id", "name"]).execute();
  const { rows } = await sql<{ day: Day }>`
    SELECT (now() AT TIME ZONE ${agency.time_zone})::date AS day`.execute(db.owner);
  const find = <T extends { id: string }>(list: T[], is: (one: T) => boolean) => {
    const found = list.find(is);
    if (!found) throw new Error("not in the demonstration");
    return found.id;
  };
  const loaded = await loadBulletins("bulletins");
  if (!loaded.ok) throw new Error("the bulletins do not load");
  const bench: Bench = benchOf({ agency }, loaded.value);
  return {
    agencyId: agency.id,
    bench,
    today: rows[0]?.day ?? ("" as Day),
    staff: (name: string) => find(staffRows, ({ email }) => email === `${name}@demo.example`),
    consumer: (name: string) => find(consumers, ({ given_name }) => given_name === name),
    support: (name: string) => find(supports, (one) => one.name === name),
    room: (name: string) => find(rooms, (one) => one.name === name),
  };
}

export type Cast = Awaited<ReturnType<typeof cast>>;

/** A Family Conference that was planned and is to be held: days count from today. */
export async function plan(
  db: TestDatabase,
  { agencyId, today, staff, consumer, support, room }: Cast,
  planned: {
    consumer: string;
    lead: string;
    supports?: string[];
    days?: number;
    starts?: string;
    ends?: string;
    room?: string;
  },
): Promise<{ consumerId: string; conferenceId: string; appointmentId: string; day: Day }> {
  const consumer_id = consumer(planned.consumer);
  const lead_id = staff(planned.lead);
  const day = addDays(today, planned.days ?? 0);
  const common = { agency_id: agencyId, consumer_id, created_by: lead_id };
  const { id: appointment_id } = await db.owner
    .insertInto("appointment")
    .values({
      ...common,
      staff_id: lead_id,
      room_id: room(planned.room ?? "Cedar room"),
      day,
      starts: planned.starts ?? "10:00",
      ends: planned.ends ?? "11:00",
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  const enrolment = await db.owner
    .selectFrom("enrolment")
    .select(["episode_id", "program_id"])
    .where("consumer_id", "=", consumer_id)
    .executeTakeFirstOrThrow();
  const { id: conference_id } = await db.owner
    .insertInto("conference")
    .values({ ...common, ...enrolment, appointment_id, lead_id, purposes: ["3.1.1.1"] })
    .returning("id")
    .executeTakeFirstOrThrow();
  for (const name of planned.supports ?? []) {
    await db.owner
      .insertInto("conference_support")
      .values({ conference_id, support_id: support(name), agency_id: agencyId, consumer_id })
      .execute();
  }
  return {
    ...{ consumerId: consumer_id, conferenceId: conference_id, appointmentId: appointment_id },
    day,
  };
}

type Planned = Awaited<ReturnType<typeof plan>>;

/** Runs as a page does: in one transaction of the member of staff, with the door asked again. */
export function atWork<T>(
  db: TestDatabase,
  people: Cast,
  name: string,
  of: Planned,
  work: (tools: { db: Acting; atDoor: AtDoor }) => Promise<T>,
): Promise<T> {
  return actingFor(db.app, people.staff(name), async (acting) => {
    const standings = await consentStanding(acting, of.consumerId, people.today);
    const atDoor = new Map(
      standings.map((one) => [one.supportId, mayCheckIn(one, one.person, people.today)]),
    );
    return work({ db: acting, atDoor });
  });
}

/** Signs what `write` makes of the draft as it stands. */
export function signAs(
  db: TestDatabase,
  people: Cast,
  name: string,
  of: Planned,
  write: (draft: Draft) => Draft,
  {
    version,
    supervisor = false,
    now = "23:59",
  }: { version?: number; supervisor?: boolean; now?: string } = {},
) {
  return atWork(db, people, name, of, async ({ db: acting, atDoor }) => {
    const held = await findHeld(acting, of.consumerId, of.conferenceId);
    if (!held) throw new Error("no such conference");
    return signConference(
      acting,
      people.bench,
      {
        staffId: people.staff(name),
        supervisor,
        today: people.today,
        now: now as TimeOfDay,
        cosignAssociates: true,
      },
      of,
      { draft: write(held.draft), version: version ?? held.draft_version, atDoor },
      feeds,
    );
  });
}
