import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { atWork, type Cast, cast, plan, signAs } from "../../test/support/conference.ts";
import { type TestDatabase, testDatabase } from "../../test/support/database.ts";
import { shippedBulletins } from "../../test/support/recorded.ts";
import { benchOf, findStanding } from "../compliance/judge.ts";
import { actingFor } from "../storage/database.ts";
import type { Draft } from "./conference-draft.ts";
import { endQuietly, findHeld, saveDraft } from "./hold-store.ts";

let db: TestDatabase;
let people: Cast;
beforeAll(async () => {
  db = await testDatabase("demonstration");
  people = await cast(db);
});
afterAll(() => db.drop());

type Planned = Awaited<ReturnType<typeof plan>>;

const as = <T>(name: string, of: Planned, work: Parameters<typeof atWork<T>>[4]) =>
  atWork(db, people, name, of, work);
const sign = (
  name: string,
  of: Planned,
  write: (draft: Draft) => Draft,
  options?: Parameters<typeof signAs>[5],
) => signAs(db, people, name, of, write, options);

const service = (conferenceId: string) =>
  db.owner
    .selectFrom("service")
    .selectAll()
    .where("conference_id", "=", conferenceId)
    .executeTakeFirst();

const came = (...names: string[]) =>
  names.map((name) => ({
    ...{ id: people.support(name), came: "yes" as const, remote: false, heard: "" },
  }));

/** A whole conference, as somebody would record it. */
function whole(draft: Draft, goal: string): Draft {
  return {
    ...draft,
    before: { word: "yes", minutes: 10, safe: "yes", notSaid: "The job" },
    here: {
      ...draft.here,
      consumer: "yes",
      supports: came("Carol Whitaker"),
      children: 2,
      childrenNames: "Ella",
      interpreter: true,
      staff: [people.staff("ruth")],
    },
    plan: "both",
    barriers: [
      { id: "b1", goal, text: "The garage is where he used to drink" },
      { id: "b2", goal: "", text: "  " },
    ],
    triggers: [
      { id: "t1", text: "Pay day" },
      { id: "t2", text: "saturday afternoons with nothing to do." },
    ],
    strategies: [{ id: "s1", trigger: "t1", text: "Carol collects the pay", helper: "Carol" }],
    points: [{ id: "p1", text: "Alumni group on Thursdays", responsible: "Jim", due: "" }],
    need: {
      ...draft.need,
      result: "found",
      kind: "family-therapy",
      what: "Sessions for both",
      owner: people.staff("ana"),
      due: people.today,
    },
    agreements: [
      { id: "a1", who: people.support("Carol Whitaker"), what: "Clear the garage", due: "" },
      { id: "a2", who: "consumer", what: "Ring his brother", due: people.today },
    ],
    note: "They spoke about weekends.",
  };
}

describe("signing", () => {
  let of: Planned;
  let goal: string;
  beforeAll(async () => {
    of = await plan(db, people, {
      ...{ consumer: "James", lead: "ana", supports: ["Carol Whitaker"], days: -40 },
    });
    const row = await db.owner
      .selectFrom("goal")
      .select("lineage")
      .where("consumer_id", "=", of.consumerId)
      .executeTakeFirstOrThrow();
    goal = row.lineage;
  });

  test("is not anybody's but the lead's and a supervisor's, and not before the day", async () => {
    expect(await sign("ben", of, (draft) => draft)).toEqual({ state: "not-yours" });
    const later = await plan(db, people, { consumer: "James", lead: "ana", days: 3 });
    expect(await sign("ana", later, (draft) => draft)).toEqual({ state: "not-yet" });
  });

  test("is not given before the session is over, by the times that are recorded", async () => {
    const now = await plan(db, people, { consumer: "James", lead: "ana" });
    const times = { start: "14:00", end: "15:00", room: "" };
    const early = await sign("ana", now, (draft) => ({ ...draft, times }), { now: "14:30" });
    expect(early).toMatchObject({ state: "refused", problems: [{ section: "times" }] });
  });

  test("writes nothing while something has to be mended", async () => {
    const answer = await sign("ana", of, (draft) => ({
      ...whole(draft, goal),
      barriers: [{ id: "b", goal: "", text: "The garage" }],
    }));
    expect(answer).toMatchObject({ state: "refused", problems: [{ section: "barriers" }] });
    expect(await service(of.conferenceId)).toBeUndefined();
  });

  test("writes everything once, however often and however many at once ask for it", async () => {
    const answers = await Promise.all(
      Array.from({ length: 4 }, () =>
        sign("ana", of, (draft) => whole(draft, goal), { version: 0 }),
      ),
    );
    expect(answers.map((answer) => answer?.state).sort()).toEqual([
      "already",
      "already",
      "already",
      "signed",
    ]);
    expect(await sign("ana", of, (draft) => draft)).toEqual({ state: "already" });

    const made = await service(of.conferenceId);
    // An hour less ten minutes in private: three whole units of fifteen.
    expect(made).toMatchObject({
      ...{ units: 3, private_minutes: 10, setting: "office", consumer_present: true },
      ...{ supports_present: 1, plan_discussed: "both", awaits_cosign: false },
    });
    const count = async (table: "barrier" | "agreement" | "discharge_point" | "referral") =>
      (
        await db.owner
          .selectFrom(table)
          .select("id")
          .where("conference_id", "=", of.conferenceId)
          .execute()
      ).length;
    expect(await count("barrier")).toBe(1);
    expect(await count("agreement")).toBe(2);
    expect(await count("discharge_point")).toBe(1);
    expect(await count("referral")).toBe(1);
    const triggers = await db.owner
      .selectFrom("relapse_trigger")
      .leftJoin("relapse_strategy", "relapse_strategy.trigger_id", "relapse_trigger.id")
      .select(["relapse_trigger.text", "relapse_strategy.text as strategy"])
      .where("relapse_trigger.consumer_id", "=", of.consumerId)
      .where("relapse_trigger.text", "~*", "^(pay day|saturday afternoons)")
      .orderBy("relapse_trigger.text")
      .execute();
    // One was on the plan before and is not there twice.
    expect(triggers).toEqual([
      { text: "Pay day", strategy: "Carol collects the pay" },
      {
        text: "Saturday afternoons with nothing to do",
        strategy: "Fishing with his brother-in-law",
      },
    ]);
    const parts = await db.owner
      .selectFrom("conference_attendance")
      .select("part")
      .where("conference_id", "=", of.conferenceId)
      .orderBy("part")
      .execute();
    expect(parts.map(({ part }) => part)).toEqual([
      "child",
      "child",
      "consumer",
      "interpreter",
      "staff",
      "staff",
    ]);
    const appointment = await db.owner
      .selectFrom("appointment")
      .select("status")
      .where("id", "=", of.appointmentId)
      .executeTakeFirst();
    expect(appointment?.status).toBe("held");
  });

  test("says anew what is said of the care, where a bulletin is about it", async () => {
    const care = benchOf({ agency: { id: "", jurisdiction: "england" } }, await shippedBulletins());
    const own = people.bench;
    people = { ...people, bench: { ...own, care: care.care } };
    const { consumerId } = of;
    const episode = await db.owner
      .selectFrom("episode")
      .select("id")
      .where("consumer_id", "=", consumerId)
      .executeTakeFirstOrThrow();
    await db.owner
      .insertInto("prescribing")
      .values({
        ...{ agency_id: people.agencyId, consumer_id: consumerId, episode_id: episode.id },
        ...{ kind: "relapse-prevention", what: "Naltrexone", prescriber: "Dr Reed" },
        ...{ setting: "community", valid_from: people.today, recorded_by: people.staff("ana") },
      })
      .execute();
    const next = await plan(db, people, { consumer: "James", lead: "ana", days: -41 });
    expect(await sign("ana", next, (draft) => whole(draft, goal))).toMatchObject({
      state: "signed",
    });
    people = { ...people, bench: own };
    const kept = await db.owner
      .selectFrom("care_judgement")
      .select("prescribing_id")
      .where("consumer_id", "=", consumerId)
      .execute();
    expect(kept.length).toBeGreaterThan(0);
  });

  test("keeps the verdicts with the facts used", async () => {
    const made = await service(of.conferenceId);
    const standings = await actingFor(db.app, people.staff("ana"), (acting) =>
      findStanding(acting, [made?.id ?? ""]),
    );
    expect(standings.get(made?.id ?? "")).toMatchObject({ outcome: "payable", unitsPayable: 3 });
  });

  test("locks the note: not even a page with a bug can change it", async () => {
    const change = (column: object) =>
      actingFor(db.app, people.staff("ana"), (acting) =>
        acting.updateTable("conference").set(column).where("id", "=", of.conferenceId).execute(),
      );
    await expect(change({ note: "Otherwise" })).rejects.toThrow(/locked/);
    await expect(change({ held_to: "12:00" })).rejects.toThrow(/locked/);
    await expect(change({ draft: JSON.stringify({ v: 1 }) })).rejects.toThrow(/locked/);
    const closed = await as("ana", of, async ({ db: acting, atDoor }) => {
      const held = await findHeld(acting, of.consumerId, of.conferenceId);
      if (!held) throw new Error("no such conference");
      return saveDraft(acting, held, { draft: held.draft, version: held.draft_version }, atDoor);
    });
    expect(closed).toEqual({ state: "closed" });
  });
});

describe("what is signed", () => {
  let of: Planned;
  beforeEach(async () => {
    of = await plan(db, people, { consumer: "Tasha", lead: "ben", supports: ["Denise Green"] });
  });

  test("of an associate waits for the supervisor of the credential", async () => {
    const answer = await sign("ben", of, (draft) => draft);
    expect(answer).toMatchObject({ state: "signed", awaitsCosign: true, units: 4 });
    const row = await db.owner
      .selectFrom("conference")
      .select(["cosign_by", "cosigned_at"])
      .where("id", "=", of.conferenceId)
      .executeTakeFirst();
    expect(row).toEqual({ cosign_by: people.staff("ruth"), cosigned_at: null });
    expect((await service(of.conferenceId))?.awaits_cosign).toBe(true);
  });

  test("by the supervisor for the associate has been seen already", async () => {
    const answer = await sign("ruth", of, (draft) => draft, { supervisor: true });
    expect(answer).toMatchObject({ state: "signed", awaitsCosign: false });
  });

  test("with nothing recorded says not recorded, never no", async () => {
    await sign("ben", of, (draft) => draft);
    expect(await service(of.conferenceId)).toMatchObject({
      ...{ consumer_present: null, supports_present: null, plan_discussed: null },
    });
  });

  test("and comes to no whole unit is a note with nothing to claim", async () => {
    const answer = await sign("ben", of, (draft) => ({
      ...draft,
      times: { ...draft.times, start: "10:00", end: "10:20" },
      before: { ...draft.before, word: "yes", minutes: 8 },
    }));
    expect(answer).toMatchObject({ state: "signed", serviceId: null, units: 0 });
    const kept = await db.owner
      .selectFrom("conference")
      .select(["held_from", "held_to"])
      .where("id", "=", of.conferenceId)
      .executeTakeFirst();
    expect(kept).toEqual({ held_from: "10:00", held_to: "10:20" });
  });
});

describe("at the door", () => {
  test("nobody is checked in without a consent that answers now", async () => {
    const of = await plan(db, people, { consumer: "Tasha", lead: "ben", supports: [] });
    const arrive = (name: string) =>
      as("ben", of, async ({ db: acting, atDoor }) => {
        const held = await findHeld(acting, of.consumerId, of.conferenceId, { lock: true });
        if (!held) throw new Error("no such conference");
        const draft = { ...held.draft, here: { ...held.draft.here, supports: came(name) } };
        return saveDraft(acting, held, { draft, version: held.draft_version }, atDoor);
      });
    expect(await arrive("Marcus Green")).toMatchObject({
      ...{ state: "saved", turnedAway: [people.support("Marcus Green")] },
    });
    expect(await arrive("Denise Green")).toMatchObject({ state: "saved", turnedAway: [] });
    const answer = await sign("ben", of, (draft) => ({
      ...draft,
      here: { ...draft.here, supports: came("Denise Green", "Marcus Green") },
    }));
    expect(answer).toMatchObject({ state: "refused", problems: [{ section: "here" }] });
    const alone = await sign("ben", of, (draft) => draft);
    expect(alone).toMatchObject({ state: "signed" });
    expect((await service(of.conferenceId))?.supports_present).toBe(1);
  });

  test("whom staff only listened to is a contact, and no support of the conference", async () => {
    const of = await plan(db, people, { consumer: "Tasha", lead: "ben", days: -30 });
    const id = people.support("Marcus Green");
    await sign("ben", of, (draft) => ({
      ...draft,
      here: {
        ...draft.here,
        consumer: "yes" as const,
        supports: [{ id, came: "listening" as const, remote: false, heard: "He is worried." }],
      },
    }));
    expect((await service(of.conferenceId))?.supports_present).toBe(0);
    const contact = await db.owner
      .selectFrom("family_contact")
      .select(["who", "heard"])
      .where("appointment_id", "=", of.appointmentId)
      .execute();
    expect(contact).toEqual([{ who: "Marcus Green", heard: "He is worried." }]);
  });
});

describe("the draft", () => {
  test("of a stale window is not taken, and the other's is shown", async () => {
    const of = await plan(db, people, { consumer: "James", lead: "ana" });
    const save = (version: number, note: string) =>
      as("ana", of, async ({ db: acting, atDoor }) => {
        const held = await findHeld(acting, of.consumerId, of.conferenceId, { lock: true });
        if (!held) throw new Error("no such conference");
        return saveDraft(acting, held, { draft: { ...held.draft, note }, version }, atDoor);
      });
    expect(await save(0, "first window")).toMatchObject({ state: "saved", version: 1 });
    expect(await save(0, "second window")).toMatchObject({
      ...{ state: "conflict", version: 1, draft: { note: "first window" } },
    });
    const both = await Promise.all([save(1, "a"), save(1, "b")]);
    expect(both.map(({ state }) => state).sort()).toEqual(["conflict", "saved"]);
    expect(await sign("ana", of, (draft) => draft, { version: 1 })).toEqual({ state: "conflict" });
  });

  test("that is ended quietly leaves no note, nothing to claim and no reason on the calendar", async () => {
    const of = await plan(db, people, { consumer: "James", lead: "ana" });
    await as("ana", of, async ({ db: acting }) => {
      const held = await findHeld(acting, of.consumerId, of.conferenceId, { lock: true });
      if (!held) throw new Error("no such conference");
      const before = { word: "yes", minutes: 5, safe: "no", notSaid: "Any of it" } as const;
      expect(await endQuietly(acting, held, { staffId: people.staff("ana") }, before)).toBe(true);
    });
    expect(await sign("ana", of, (draft) => draft)).toEqual({ state: "closed" });
    const appointment = await db.owner
      .selectFrom("appointment")
      .select(["status", "status_reason"])
      .where("id", "=", of.appointmentId)
      .executeTakeFirst();
    expect(appointment).toEqual({ status: "cancelled", status_reason: "Not held" });
    const word = await db.owner
      .selectFrom("private_word")
      .select(["ended_quietly", "safe_to_go_on"])
      .where("conference_id", "=", of.conferenceId)
      .executeTakeFirst();
    expect(word).toEqual({ ended_quietly: true, safe_to_go_on: false });
  });
});
