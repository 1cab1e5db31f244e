import { type Bench, benchOf, judgeAgain, lockConsumer } from "../../src/compliance/judge.ts";
import { type Day, getDay } from "../../src/kernel/day.ts";
import { loadBulletins, type Shelved } from "../../src/policy/shelf.ts";
import { sayProblem } from "../../src/policy/yaml-source.ts";
import { type Acting, actingFor, type Database } from "../../src/storage/database.ts";
import type { TestDatabase } from "./database.ts";

/** Facts of a service as a test gives them; what is left out makes a payable Family Conference. */
export type Facts = {
  day: Day;
  kind?: string;
  units?: number;
  start?: string | null;
  end?: string | null;
  setting?: string | null;
  consumerPresent?: boolean | null;
  supports?: number | null;
  performer?: string | null;
  awaitsCosign?: boolean;
};

/** An agency with one counselor, a biller and an administrator, and consumers to record for. */
export type Recorded = {
  db: TestDatabase;
  bench: Bench;
  shelf: readonly Shelved[];
  agencyId: string;
  programId: string;
  counselor: string;
  biller: string;
  administrator: string;
  /** A new consumer, enrolled in the counselor's program. */
  consumer: (name?: string) => Promise<string>;
  /** Runs as a member of staff, in one transaction under row security. */
  as: <T>(staffId: string, work: (db: Acting) => Promise<T>) => Promise<T>;
  /** Records a service as the counselor does: lock, insert, judge. Gives its id. */
  record: (consumerId: string, facts: Facts, through?: Database) => Promise<string>;
};

/** Loads the bulletins the product ships. */
export async function shippedBulletins(...more: string[]): Promise<readonly Shelved[]> {
  const loaded = await loadBulletins("bulletins", ...more);
  if (!loaded.ok) throw new Error(loaded.problems.map(sayProblem).join("\n"));
  return loaded.value;
}

/** Sets up an agency in an empty database in which services can be recorded and judged. */
export async function recordedAgency(
  db: TestDatabase,
  given?: readonly Shelved[],
): Promise<Recorded> {
  const shelf = given ?? (await shippedBulletins());
  const agency = await db.owner
    .insertInto("agency")
    .values({
      name: "Test agency",
      neutral_name: "Test",
      jurisdiction: "us-mo",
      locale: "en-US",
      time_zone: "America/Chicago",
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  const agency_id = agency.id;
  const valid_from = "2000-01-01";
  const program = await db.owner
    .insertInto("program")
    .values({ agency_id, name: "General", kind: "cstar-general" })
    .returning("id")
    .executeTakeFirstOrThrow();
  const staff = async (name: string, role: string) => {
    const { id } = await db.owner
      .insertInto("staff")
      .values({ agency_id, name, email: `${name}@test.example`, active_from: valid_from })
      .returning("id")
      .executeTakeFirstOrThrow();
    await db.owner
      .insertInto("staff_role")
      .values({ agency_id, staff_id: id, role, valid_from })
      .execute();
    return id;
  };
  const counselor = await staff("counselor", "counselor");
  const biller = await staff("biller", "biller");
  const administrator = await staff("administrator", "administrator");
  await db.owner
    .insertInto("staff_program")
    .values({ agency_id, staff_id: counselor, program_id: program.id, valid_from })
    .execute();
  await db.owner
    .insertInto("credential")
    .values({
      agency_id,
      staff_id: counselor,
      qualification: "qsap",
      name: "Q",
      issuer: "I",
      valid_from,
    })
    .execute();
  await db.owner
    .insertInto("rate")
    .values({
      agency_id,
      service: "family-conference",
      code: "FC-15",
      cents_per_unit: 1842,
      valid_from,
    })
    .execute();
  const bench = benchOf({ agency: { id: agency_id, jurisdiction: "us-mo" } }, shelf);
  const as: Recorded["as"] = (staffId, work) => actingFor(db.app, staffId, work);
  let made = 0;

  return {
    db,
    bench,
    shelf,
    agencyId: agency_id,
    programId: program.id,
    counselor,
    biller,
    administrator,
    as,
    consumer: async (name = "Jo") => {
      const consumer = await db.owner
        .insertInto("consumer")
        .values({
          agency_id,
          number: `T-${++made}`,
          given_name: name,
          family_name: "Test",
          date_of_birth: "1980-01-01",
          search_key: "",
        })
        .returning("id")
        .executeTakeFirstOrThrow();
      const episode = await db.owner
        .insertInto("episode")
        .values({ agency_id, consumer_id: consumer.id, opened_on: valid_from })
        .returning("id")
        .executeTakeFirstOrThrow();
      await db.owner
        .insertInto("enrolment")
        .values({
          ...{ agency_id, consumer_id: consumer.id, episode_id: episode.id },
          ...{ program_id: program.id, requested_on: valid_from, valid_from },
        })
        .execute();
      return consumer.id;
    },
    record: (consumerId, facts, through = db.app) =>
      actingFor(through, counselor, async (acting) => {
        await lockConsumer(acting, consumerId);
        const id = await insertFacts(acting, consumerId, facts);
        await judgeAgain(acting, bench, consumerId, [facts.day]);
        return id;
      }),
  };

  async function insertFacts(acting: Acting, consumerId: string, facts: Facts): Promise<string> {
    const given = <K extends keyof Facts, D>(key: K, otherwise: D) =>
      facts[key] === undefined ? otherwise : facts[key];
    const { id } = await acting
      .insertInto("service")
      .values({
        agency_id,
        consumer_id: consumerId,
        program_id: program.id,
        kind: facts.kind ?? "family-conference",
        service_date: getDay(facts.day),
        start_time: given("start", "10:00") as string | null,
        end_time: given("end", "11:00") as string | null,
        units: facts.units ?? 4,
        setting: given("setting", "office") as string | null,
        consumer_present: given("consumerPresent", true) as boolean | null,
        supports_present: given("supports", 1) as number | null,
        plan_discussed: "both",
        performer_id: given("performer", counselor) as string | null,
        awaits_cosign: facts.awaitsCosign ?? false,
        recorded_by: counselor,
      })
      .returning("id")
      .executeTakeFirstOrThrow();
    return id;
  }
}
