import fc from "fast-check";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "../../test/support/database.ts";
import { systemClock, today as todayOf } from "../kernel/clock.ts";
import { addDays, type Day, getDay } from "../kernel/day.ts";
import { type Acting, actingFor } from "../storage/database.ts";
import { findTasks } from "../worklist/store.ts";
import { workingDaysAfter } from "./clock.ts";
import {
  answerOffer,
  findIntakeChoices,
  findReferrals,
  insertOffer,
  insertTriage,
  type Referral,
  takeReferral,
} from "./intake-store.ts";
import { insertInterimHelp } from "./interim-help-store.ts";
import { foldJourney } from "./journey.ts";
import { findJourney } from "./journey-store.ts";
import { startEnrolment } from "./store.ts";
import { findWaiting } from "./waiting-store.ts";

const today = todayOf(systemClock, "Europe/London");
const TOM = "tom@alderway.example";
const NIA = "nia@alderway.example";
const JACK = "jack@alderway.example";

let db: TestDatabase;
const ids = new Map<string, string>();
let agencyId: string;

beforeAll(async () => {
  db = await testDatabase("demonstration");
  for (const { id, email, agency_id } of await db.owner.selectFrom("staff").selectAll().execute()) {
    ids.set(email, id);
    if (email === TOM) agencyId = agency_id;
  }
});
afterAll(() => db.drop());

const idOf = (email: string) => ids.get(email) ?? expect.fail(`no ${email}`);
const as = <T>(email: string, work: (acting: Acting) => Promise<T>) =>
  actingFor(db.app, idOf(email), work);
const by = (email: string) => ({ staffId: idOf(email), agencyId });
const program = (name: string) =>
  db.owner
    .selectFrom("program")
    .select("id")
    .where("name", "=", name)
    .where("agency_id", "=", agencyId)
    .executeTakeFirstOrThrow();

async function somebody(family: string): Promise<string> {
  const { id } = await db.owner
    .insertInto("consumer")
    .values({
      ...{ agency_id: agencyId, given_name: "Test", family_name: family },
      ...{ number: `R-${crypto.randomUUID()}`, date_of_birth: "1990-04-02", search_key: "" },
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

const rung: Referral = {
  receivedOn: today,
  source: "self",
  sourceName: null,
  urgency: "routine",
  reason: "Rang about drinking",
  pregnant: null,
  injecting: null,
  interimHelp: null,
};
const waitOf = async (email: string, consumerId: string) =>
  (await as(email, (acting) => findWaiting(acting, { programId: null, skip: 0, most: 200 }))).find(
    (row) => row.consumer_id === consumerId,
  );
const statusOf = (consumerId: string, day: Day = today) =>
  as(NIA, async (acting) => foldJourney(await findJourney(acting, consumerId), day)[0]?.status);

test("help given while somebody with priority waits is kept, and the task asks for it until then", async () => {
  const id = await somebody("Helped");
  await as(TOM, (acting) => takeReferral(acting, id, { ...rung, pregnant: true }));
  const asks = async () =>
    (await as(NIA, (acting) => findTasks(acting, today))).some(
      ({ kind, consumerId }) => kind === "no-interim-help" && consumerId === id,
    );
  expect(await asks()).toBe(true);
  const wait = await waitOf(NIA, id);
  const of = { consumerId: id, episodeId: wait?.episode_id ?? "" };
  const help = { on: today, what: "Naloxone given" };
  await as(NIA, (acting) => insertInterimHelp(acting, by(NIA), of, help));
  expect(await asks()).toBe(false);
  expect(await waitOf(NIA, id)).toMatchObject({ helped: "Naloxone given", helped_on: today });
  await expect(
    as(JACK, (acting) => insertInterimHelp(acting, by(JACK), of, help)),
  ).rejects.toThrow();
  await expect(
    as(NIA, (acting) => acting.updateTable("interim_help").set({ what: "Else" }).execute()),
  ).rejects.toThrow();
});

describe("a referral taken by the front desk", () => {
  test("opens the episode and the wait of the intake programme: its team sees the record, no other", async () => {
    const id = await somebody("Fresh");
    expect(await as(TOM, (acting) => takeReferral(acting, id, rung))).toBe("taken");
    expect(await waitOf(NIA, id)).toMatchObject({ next: "triage", since: today, priority: false });
    expect(await waitOf(JACK, id)).toBeUndefined();
    expect(await statusOf(id)).toBe("referred");
    const episodes = await as(JACK, (acting) =>
      acting.selectFrom("episode").selectAll().where("consumer_id", "=", id).execute(),
    );
    expect(episodes).toEqual([]);
  });

  test("gives nothing clinical back", async () => {
    const id = await somebody("Blind");
    await as(TOM, (acting) => takeReferral(acting, id, rung));
    for (const table of ["episode", "enrolment", "referral_in", "triage", "waiting"] as const) {
      const rows = await as(TOM, (acting) =>
        acting.selectFrom(table).select("consumer_id").where("consumer_id", "=", id).execute(),
      );
      expect([table, rows]).toEqual([table, []]);
    }
  });

  test("of somebody in care goes to the team that has them, and widens nobody's sight", async () => {
    const yusuf = await db.owner
      .selectFrom("consumer")
      .select("id")
      .where("given_name", "=", "Yusuf")
      .executeTakeFirstOrThrow();
    const before = await db.owner
      .selectFrom("enrolment")
      .select("id")
      .where("consumer_id", "=", yusuf.id)
      .execute();
    expect(await as(TOM, (acting) => takeReferral(acting, yusuf.id, rung))).toBe("taken");
    const after = await db.owner
      .selectFrom("enrolment")
      .select("id")
      .where("consumer_id", "=", yusuf.id)
      .execute();
    expect(after).toEqual(before);
    const [newest] = await as(JACK, (acting) => findReferrals(acting, yusuf.id));
    expect(newest).toMatchObject({ program: "Alder House", reason: rung.reason });
    expect(newest?.due_on).not.toBeNull();
  });

  test("of somebody who left opens an episode linked to the last one, not before it closed", async () => {
    const id = await somebody("Again");
    const { id: previous } = await db.owner
      .insertInto("episode")
      .values({
        ...{ agency_id: agencyId, consumer_id: id, opened_on: addDays(today, -90) },
        ...{ closed_on: addDays(today, -2), closed_reason: "completed" },
      })
      .returning("id")
      .executeTakeFirstOrThrow();
    const earlier = { ...rung, receivedOn: addDays(today, -5) };
    expect(await as(TOM, (acting) => takeReferral(acting, id, earlier))).toBe("taken");
    const open = await db.owner
      .selectFrom("episode")
      .select(["previous_id", "opened_on"])
      .where("consumer_id", "=", id)
      .where("closed_on", "is", null)
      .execute();
    expect(open).toEqual([{ previous_id: previous, opened_on: addDays(today, -2) }]);
  });

  test("is for the front desk alone, of its own agency, and needs an intake programme", async () => {
    const id = await somebody("Refused");
    const take = (email: string, who: string) =>
      as(email, (acting) => takeReferral(acting, who, rung));
    for (const email of [
      NIA,
      "ade@alderway.example",
      "ivy@alderway.example",
      "hugh@alderway.example",
    ]) {
      expect([email, await take(email, id)]).toEqual([email, "not-yours"]);
    }
    expect(await take("flo@demo.example", id)).toBe("not-yours");
    expect(await take(TOM, crypto.randomUUID())).toBe("not-yours");
    const { intake_program_id } = await db.owner
      .updateTable("agency")
      .set({ intake_program_id: null })
      .where("id", "=", agencyId)
      .returning((eb) =>
        eb
          .selectFrom("program")
          .select("id")
          .where("name", "=", "Community Team")
          .as("intake_program_id"),
      )
      .executeTakeFirstOrThrow();
    expect(await take(TOM, id)).toBe("no-intake");
    await db.owner
      .updateTable("agency")
      .set({ intake_program_id })
      .where("id", "=", agencyId)
      .execute();
    const opened = await db.owner
      .selectFrom("episode")
      .select("id")
      .where("consumer_id", "=", id)
      .execute();
    expect(opened).toEqual([]);
  });
});

test("an agency without an intake programme takes the front desk's referral for the programme it chooses", async () => {
  const { id: aftercare } = await program("Aftercare");
  const { intake_program_id } = await db.owner
    .selectFrom("agency")
    .select("intake_program_id")
    .where("id", "=", agencyId)
    .executeTakeFirstOrThrow();
  const intake = (to: string | null) =>
    db.owner
      .updateTable("agency")
      .set({ intake_program_id: to })
      .where("id", "=", agencyId)
      .execute();
  expect(await as(TOM, findIntakeChoices), "chosen already").toEqual([]);
  await intake(null);
  const id = await somebody("Chosen");
  expect((await as(TOM, findIntakeChoices)).map((one) => one.id)).toContain(aftercare);
  expect(await as(TOM, (acting) => takeReferral(acting, id, rung))).toBe("no-intake");
  expect(await as(TOM, (acting) => takeReferral(acting, id, rung, aftercare))).toBe("taken");
  const wait = await db.owner
    .selectFrom("enrolment")
    .select("program_id")
    .where("consumer_id", "=", id)
    .execute();
  expect(wait).toEqual([{ program_id: aftercare }]);
  await intake(intake_program_id);
});

describe("waiting", () => {
  test("goes from triage to assessment to an offer to a start; priority comes from what was told", async () => {
    const id = await somebody("Waits");
    const pregnant = {
      ...rung,
      pregnant: true,
      urgency: "urgent",
      receivedOn: addDays(today, -20),
    };
    await as(TOM, (acting) => takeReferral(acting, id, pregnant as Referral));
    expect(await waitOf(NIA, id)).toMatchObject({
      ...{ next: "triage", priority: true, pregnant: true, since: addDays(today, -20) },
      due_on: addDays(today, 1),
      triage_due: workingDaysAfter(addDays(today, -20), 1),
    });
    await as(NIA, async (acting) => {
      const [referral] = await findReferrals(acting, id);
      await insertTriage(
        acting,
        by(NIA),
        { consumerId: id, referralId: referral?.id ?? "" },
        { outcome: "assess", urgency: "urgent", priority: false, riskNow: null, note: null },
      );
    });
    expect(await waitOf(NIA, id)).toMatchObject({ next: "assess", priority: true });
    expect(await statusOf(id)).toBe("triaged");

    const wait = (await waitOf(NIA, id)) ?? expect.fail("no wait");
    const of = { consumerId: id, episodeId: wait.episode_id, programId: wait.program_id };
    const offer = { offeredOn: today, startOn: addDays(today, 3), note: "At 10, by the side door" };
    await as(NIA, (acting) => insertOffer(acting, by(NIA), of, offer));
    const offered = await waitOf(NIA, id);
    expect(offered).toMatchObject({ next: "answer", offered_for: addDays(today, 3) });
    await expect(as(NIA, (acting) => insertOffer(acting, by(NIA), of, offer))).rejects.toThrow(
      /one_open_offer/,
    );

    const answer = (said: "declined" | "accepted", offerId: string | null) =>
      as(NIA, (acting) =>
        answerOffer(
          acting,
          by(NIA),
          { consumerId: id, offerId: offerId ?? "" },
          { answer: said, on: today, note: "Works that day" },
        ),
      );
    expect(await answer("declined", offered?.offer_id ?? null)).toBe(true);
    expect(await answer("accepted", offered?.offer_id ?? null)).toBe(false);
    const kept = await db.owner
      .selectFrom("start_offer")
      .select(["note", "answer_note"])
      .where("consumer_id", "=", id)
      .executeTakeFirstOrThrow();
    expect(kept).toEqual({ note: "At 10, by the side door", answer_note: "Works that day" });
    // An offer that came to nothing starts the clock of the next one.
    const again = await waitOf(NIA, id);
    expect(again).toMatchObject({ next: "assess", due_on: addDays(today, 21) });

    await as(NIA, (acting) => startEnrolment(acting, id, wait.enrolment_id, today));
    expect(await waitOf(NIA, id)).toBeUndefined();
    expect(await statusOf(id)).toBe("in-treatment");
  });

  test("whoever may be in danger stands first, with what they said and the alert that is open", async () => {
    const id = await somebody("Danger");
    await as(TOM, (acting) => takeReferral(acting, id, rung));
    await as(TOM, (acting) =>
      sql`SELECT access.come_back(${id}, NULL, NULL, true, NULL, true, NULL, NULL)`.execute(acting),
    );
    const [first] = await as(NIA, (acting) =>
      findWaiting(acting, { programId: null, skip: 0, most: 1 }),
    );
    expect(first).toMatchObject({ consumer_id: id, urgency: "emergency", next: "triage" });
    expect(first?.alarms).toEqual(["suicide", "alone"]);
    expect(first?.alert_id).not.toBeNull();
  });

  test("a referral that reached nobody is due again on the next working day", async () => {
    const id = await somebody("Unreached");
    await as(TOM, (acting) => takeReferral(acting, id, rung));
    await as(NIA, async (acting) => {
      const [referral] = await findReferrals(acting, id);
      await insertTriage(
        acting,
        by(NIA),
        { consumerId: id, referralId: referral?.id ?? "" },
        {
          outcome: "could-not-reach",
          urgency: "routine",
          priority: false,
          riskNow: null,
          note: null,
        },
      );
    });
    expect(await waitOf(NIA, id)).toMatchObject({
      next: "triage",
      triage_due: workingDaysAfter(today, 1),
    });
  });

  test("lists danger first, then priority, then whose next step is due soonest", async () => {
    const rows = await as("moira@alderway.example", (acting) =>
      findWaiting(acting, { programId: null, skip: 0, most: 200 }),
    );
    const order = rows.map(({ alert_id, urgency, next, priority, next_due }) => {
      const danger = alert_id !== null || (urgency === "emergency" && next === "triage");
      return `${danger ? 0 : 1} ${priority ? 0 : 1} ${next_due}`;
    });
    expect(order.length).toBeGreaterThan(4);
    expect(order).toEqual([...order].sort());
    const community = await program("Community Team");
    const one = await as("moira@alderway.example", (acting) =>
      findWaiting(acting, { programId: community.id, skip: 1, most: 2 }),
    );
    expect(one).toHaveLength(2);
    expect(one.every(({ program_id }) => program_id === community.id)).toBe(true);
  });
});

test("working days are the same in the database as in the code", async () => {
  const cases = fc.sample(fc.tuple(fc.integer({ min: 0, max: 9000 }), fc.nat(60)), 200);
  const wanted = cases.map(([offset, days]) => {
    const from = addDays(getDay("2010-01-01"), offset);
    return { from, days, to: workingDaysAfter(from, days) };
  });
  const { rows } = await sql<{ to: string }>`
    SELECT access.working_days_after((c ->> 'from')::date, (c ->> 'days')::integer) AS to
    FROM jsonb_array_elements(${JSON.stringify(wanted)}::jsonb) WITH ORDINALITY AS x (c, n) ORDER BY n`.execute(
    db.owner,
  );
  expect(rows.map(({ to }) => to)).toEqual(wanted.map(({ to }) => to));
});
