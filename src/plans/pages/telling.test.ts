import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { type TestDatabase, testDatabase } from "../../../test/support/database.ts";
import { systemClock, today as todayOf } from "../../kernel/clock.ts";
import { addDays, type Day } from "../../kernel/day.ts";
import { sendReferral } from "../../liaison/out-store.ts";
import { takeStep } from "../../liaison/pages/referral-action.ts";
import { markSent, prepareSending } from "../../liaison/sending-store.ts";
import { addReferral, findReferrals } from "../../liaison/store.ts";
import { type Acting, actingFor } from "../../storage/database.ts";
import { parseForm } from "../../web/form.tsx";
import type { FormVisit } from "../../web/guard.ts";
import { findTasks } from "../../worklist/store.ts";
import {
  addSupport,
  answerHanded,
  findRecoverySupports,
  followReferral,
} from "../recovery-store.ts";
import { leavingAction } from "./leaving-action.ts";
import { supportAction, supportSteps } from "./supports-action.ts";

// Jack looks for Kieran, who walked out, and hands over what is to help him; in the demonstration.

let db: TestDatabase;
let agency: { id: string; name: string };
let jack: string;
let today: Day;
let kieran: { id: string; episode: string; leaving: string };

beforeAll(async () => {
  db = await testDatabase("demonstration");
  agency = await db.owner
    .selectFrom("agency")
    .select(["id", "name"])
    .where("jurisdiction", "=", "england")
    .executeTakeFirstOrThrow();
  const staff = await db.owner
    .selectFrom("staff")
    .select("id")
    .where("email", "=", "jack@alderway.example")
    .executeTakeFirstOrThrow();
  jack = staff.id;
  today = todayOf(systemClock, "Europe/London");
  kieran = await db.owner
    .selectFrom("leaving as l")
    .innerJoin("consumer as c", "c.id", "l.consumer_id")
    .select(["c.id", "l.episode_id as episode", "l.id as leaving"])
    .where("c.family_name", "=", "Mulhall")
    .executeTakeFirstOrThrow();
});
afterAll(() => db.drop());

/** Sends a form as Jack; gives the errors by field, or none when it was saved. */
async function post(
  handle: (visit: FormVisit) => Promise<unknown>,
  fields: Record<string, string>,
  jurisdiction = "england",
): Promise<Record<string, string> | null> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  return actingFor(db.app, jack, async (acting) => {
    const visit = {
      ...{ db: acting, consumerId: kieran.id, form, today, params: {} },
      services: { clock: systemClock, shelf: [] },
      by: { staffId: jack, agencyId: agency.id },
      me: {
        ...{ staffId: jack, name: "Jack", roles: ["keyworker"] },
        agency: {
          ...{ ...agency, jurisdiction, locale: "en-GB", redisclosureNotice: null },
          timeZone: "Europe/London",
        },
      },
    } as unknown as FormVisit;
    const answer = await handle(visit);
    return answer instanceof Response
      ? null
      : (answer as { data: { errors: Record<string, string> } }).data.errors;
  });
}

const told = async () =>
  (
    await db.owner
      .selectFrom("disclosure")
      .select(["recipient", "basis", "topics", "what"])
      .where("consumer_id", "=", kieran.id)
      .orderBy("at", "desc")
      .orderBy("id", "desc")
      .execute()
  ).length;

const support = async (name: string) =>
  (
    await db.owner
      .selectFrom("support")
      .select("id")
      .where("consumer_id", "=", kieran.id)
      .where("name", "=", name)
      .executeTakeFirstOrThrow()
  ).id;

const attempt = (fields: Record<string, string>) =>
  post((visit) => leavingAction(visit, "/"), {
    ...{ step: "try", id: kieran.leaving, on: today, time: "00:00", how: "through-a-support" },
    ...{ reached: "no", ...fields },
  });

test("looked for through somebody: by name, with consent, and into the accounting", async () => {
  const before = await told();
  expect(await attempt({})).toMatchObject({ support_id: "Say through whom" });
  expect(await attempt({ support_id: await support("Aoife Mulhall") })).toBeNull();
  expect(await told()).toBe(before + 1);
});

test("never through somebody who must not be contacted, on no ground at all", async () => {
  const { id } = await db.owner
    .insertInto("support")
    .values({
      ...{ agency_id: agency.id, consumer_id: kieran.id, kind: "family-member" },
      ...{ name: "Declan Roe", relation: "Stepfather" },
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  expect(await attempt({ support_id: id })).toMatchObject({
    support_id: expect.stringContaining("no signed consent"),
  });
  const risk = { told: "vital-interests", purpose: "He left a note" };
  await db.owner
    .insertInto("no_contact")
    .values({
      ...{ agency_id: agency.id, consumer_id: kieran.id, support_id: id },
      ...{ reason: "Violence", set_by: jack },
    })
    .execute();
  const before = await told();
  expect(await attempt({ support_id: id, ...risk })).toHaveProperty("support_id");
  expect(await told()).toBe(before);
  await expect(
    sql`INSERT INTO leaving_contact (agency_id, consumer_id, leaving_id, at, how, reached, support_id, disclosure_id, recorded_by)
      SELECT ${agency.id}, ${kieran.id}, ${kieran.leaving}, now(), 'through-a-support', false, ${id}, d.id, ${jack}
      FROM disclosure d WHERE d.consumer_id = ${kieran.id} LIMIT 1`.execute(db.owner),
    "nor by the database",
  ).rejects.toThrow("must not be contacted");
});

test("a support is handed over with a ground that is written down, or with nothing told", async () => {
  const by = { staffId: jack, agencyId: agency.id };
  const of = { consumerId: kieran.id, episodeId: kieran.episode };
  const provider = await db.owner
    .selectFrom("provider")
    .select("id")
    .where("agency_id", "=", agency.id)
    .executeTakeFirstOrThrow();
  const add = (more: object) =>
    actingFor(db.app, jack, (acting) =>
      addSupport(acting, by, of, {
        ...{ kind: "non-drug-related", what: "money", detail: null, ownerId: jack },
        ...{ providerId: null, byWhom: "Corner advice shop", ...more },
      }),
    );
  const hand = (id: string, fields: Record<string, string>, law?: string) =>
    post(
      async (visit) => {
        const steps = z.discriminatedUnion("step", supportSteps);
        const { value, invalid } = parseForm(steps, visit.form);
        if (invalid) throw new Error(JSON.stringify(invalid));
        return supportAction(visit, value, { episodeId: kieran.episode, back: "/" });
      },
      { step: "support-hand", id, on: today, chase_on: today, ...fields },
      law,
    );
  const flagged = await add({ byWhom: "Declan Roe" });
  expect(await hand(flagged, { told: "self" }), "nobody to be contacted").toHaveProperty("form");
  await db.owner.deleteFrom("recovery_support").where("id", "=", flagged).execute();
  const listed = await add({ providerId: provider.id, byWhom: null });
  expect(await hand(listed, { told: "consent" })).toMatchObject({
    told: expect.stringContaining("No live consent"),
  });
  expect(await hand(listed, { told: "safeguarding-adult" })).toHaveProperty("purpose");
  const before = await told();
  expect(await hand(listed, { told: "self" })).toBeNull();
  expect(await told(), "nothing was told").toBe(before);
  const other = await add({});
  expect(await hand(other, { told: "consent" })).toHaveProperty("consent_id");
  const consent = await db.owner
    .selectFrom("consent")
    .select("id")
    .where("consumer_id", "=", kieran.id)
    .executeTakeFirstOrThrow();
  const carried = { told: "consent", consent_id: consent.id };
  expect(await hand(other, { ...carried, how: "letter" }, "us-mo")).toMatchObject({
    how: expect.stringContaining("42 CFR 2.32"),
  });
  expect(await hand(other, { ...carried, "topics[]": "progress" })).toHaveProperty("topics");
  expect(await hand(other, { ...carried, "topics[]": "needs" })).toBeNull();
  expect(await told()).toBe(before + 1);
  const supports = await actingFor(db.app, jack, (acting) =>
    findRecoverySupports(acting, kieran.id),
  );
  expect(supports.map(({ state, handed_basis }) => [state, handed_basis])).toEqual([
    ["handed-over", "self"],
    ["handed-over", "consent"],
  ]);
});

test("what was accepted on the referral is accepted on the plan, and the other way round", async () => {
  const provider = await db.owner
    .selectFrom("provider")
    .select("id")
    .where("agency_id", "=", agency.id)
    .where("name", "=", "Families Together")
    .executeTakeFirstOrThrow();
  const by = { staffId: jack, agencyId: agency.id };
  const pair = (status: string) =>
    actingFor(db.app, jack, async (acting) => {
      const referral = await addReferral(acting, by, kieran.id, {
        ...{ need: "other", what: "The Tuesday group", forWhom: "consumer", ownerId: jack },
        ...{ foundOn: today, dueOn: today, providerId: provider.id },
      });
      const to = { providerId: provider.id, on: today, chaseOn: today, remark: "" };
      const letter = { basis: "self", purpose: null, topics: [], letter: null };
      const sending = { referralId: referral, providerId: provider.id, ...letter };
      const id = await prepareSending(acting, by, kieran.id, sending);
      await markSent(acting, by, kieran.id, id, { how: "in-person", disclosureId: null });
      await sendReferral(acting, by, kieran.id, referral, { status: "handed", ...to });
      const support = await addSupport(acting, by, of(), {
        ...{ kind: "non-drug-related", what: "activity", detail: null, byWhom: null },
        ...{ providerId: provider.id, referralId: referral, ownerId: jack },
      });
      await followReferral(acting, kieran.id, referral, today);
      const { state } = await stateOf(acting, support, referral);
      expect(state, status).toBe("handed-over");
      return { referral, support };
    });
  const of = () => ({ consumerId: kieran.id, episodeId: kieran.episode });
  const stateOf = async (acting: Acting, support: string, referral: string) => ({
    state: (await findRecoverySupports(acting, kieran.id)).find(({ id }) => id === support)?.state,
    status: (await findReferrals(acting, kieran.id)).find(({ id }) => id === referral)?.status,
  });
  const stands = (one: { support: string; referral: string }) =>
    actingFor(db.app, jack, (acting) => stateOf(acting, one.support, one.referral));

  const first = await pair("said on the referral");
  const move = { step: "move", id: first.referral, status: "accepted", on: today };
  expect(await post((visit) => takeStep(visit, "/"), move)).toBeNull();
  expect(await stands(first)).toEqual({ state: "accepted", status: "accepted" });

  const second = await pair("said on the plan");
  const said = { step: "support-answer", id: second.support, said: "accepted", on: today };
  const answered = await post(
    (visit) => {
      const parsed = parseForm(z.discriminatedUnion("step", supportSteps), visit.form);
      return supportAction(visit, parsed.value as never, { episodeId: kieran.episode, back: "/" });
    },
    { ...said, by_whom: "Moira at the desk" },
  );
  expect(answered).toBeNull();
  expect(await stands(second)).toEqual({ state: "accepted", status: "accepted" });

  // What falls through is not accepted any more, and nobody is lost for it: another one is planned.
  const supportsOf = async ({ referral }: { referral: string }) =>
    (await actingFor(db.app, jack, (acting) => findRecoverySupports(acting, kieran.id)))
      .filter(({ referral_id }) => referral_id === referral)
      .map(({ state, ended_reason, provider_id }) =>
        state === "planned" ? [state, provider_id] : [state, ended_reason],
      );
  const goes = (id: string, status: string) =>
    post((visit) => takeStep(visit, "/"), {
      ...{ step: "move", id, status, on: today, outcome: "No room" },
    });
  expect(await goes(first.referral, "open")).toBeNull();
  expect(await supportsOf(first)).toEqual([
    ["ended", "It fell through, on the referral"],
    ["planned", provider.id],
  ]);
  // Wanted no more, it is planned no more.
  expect(await goes(first.referral, "declined")).toBeNull();
  expect((await supportsOf(first)).map(([state]) => state)).toEqual(["ended", "ended"]);
  expect(await goes(second.referral, "refused")).toBeNull();
  expect(await supportsOf(second)).toEqual([
    ["ended", "Families Together cannot give it after all, on the referral"],
    ["planned", null],
  ]);
  // It is for nobody yet, and nobody is told.
  const again = (await actingFor(db.app, jack, (acting) => findRecoverySupports(acting, kieran.id)))
    .filter(({ referral_id, state }) => referral_id === second.referral && state === "planned")
    .map(({ id }) => id);
  const handing = { step: "support-hand", id: again[0] ?? "", on: today, told: "vital-interests" };
  const handed = await post(
    (visit) => {
      const parsed = parseForm(z.discriminatedUnion("step", supportSteps), visit.form);
      return supportAction(visit, parsed.value as never, { episodeId: kieran.episode, back: "/" });
    },
    { ...handing, chase_on: addDays(today, 7), purpose: "So that it is there" },
  );
  expect(JSON.stringify(handed)).toMatch(/Nobody is named/);
  const third = await pair("not wanted any more");
  expect(await goes(third.referral, "accepted")).toBeNull();
  expect(await goes(third.referral, "declined")).toBeNull();
  expect(await supportsOf(third)).toEqual([["ended", "Not wanted any more, on the referral"]]);
});

test("a support handed to a peer mentor, or to a group, is answered by them, once, and shows them nothing else", async () => {
  const staffOf = async (who: string) =>
    (
      await db.owner
        .selectFrom("staff")
        .select("id")
        .where("email", "=", `${who}@alderway.example`)
        .executeTakeFirstOrThrow()
    ).id;
  const listed = async (who: string) =>
    (await actingFor(db.app, await staffOf(who), (acting) => findTasks(acting, today))).filter(
      ({ kind }) => kind === "support-to-accept",
    );
  const answer = async (who: string, id: string) =>
    actingFor(db.app, await staffOf(who), (acting) => answerHanded(acting, id, true));
  const [mentored, ...rest] = await listed("ade");
  expect(rest).toEqual([]);
  const [grouped] = await listed("nia");
  expect(grouped?.detail).toMatch(/Staying steady/);
  const ids = { mentored: mentored?.refId ?? "", grouped: grouped?.refId ?? "" };
  // Whose work with the person is over, or whose group is, reads nothing of it any more.
  const mentors = (
    valid_to: string | null,
  ) => sql`UPDATE assignment SET valid_to = ${valid_to}::date
    WHERE part = 'peer-mentor' AND consumer_id = (SELECT consumer_id FROM recovery_support WHERE id = ${ids.mentored})`;
  const groupRuns = (active: boolean) =>
    sql`UPDATE support_group SET active = ${active} WHERE id = (SELECT group_id FROM recovery_support WHERE id = ${ids.grouped})`;
  await mentors(addDays(today, -1)).execute(db.owner);
  await groupRuns(false).execute(db.owner);
  expect([...(await listed("ade")), ...(await listed("nia"))]).toEqual([]);
  expect(await answer("ade", ids.mentored)).toBe(false);
  expect(await answer("nia", ids.grouped)).toBe(false);
  await mentors(null).execute(db.owner);
  await groupRuns(true).execute(db.owner);
  expect(await answer("nia", ids.mentored)).toBe(false);
  expect(await answer("ade", ids.grouped)).toBe(false);
  expect(await answer("tom", ids.mentored)).toBe(false);
  expect(await answer("ade", ids.mentored)).toBe(true);
  expect(await answer("ade", ids.mentored)).toBe(false);
  expect(await answer("nia", ids.grouped)).toBe(true);
  expect([...(await listed("ade")), ...(await listed("nia"))]).toEqual([]);
  const seen = await actingFor(db.app, await staffOf("ade"), (acting) =>
    acting.selectFrom("recovery_support").select("id").execute(),
  );
  expect(seen).toEqual([]);
  const rows = await db.owner
    .selectFrom("recovery_support")
    .select(["state", "answered_by_whom"])
    .where("id", "in", [ids.mentored, ids.grouped])
    .execute();
  expect(
    rows.every(({ state, answered_by_whom }) => state === "accepted" && answered_by_whom),
  ).toBe(true);
});
