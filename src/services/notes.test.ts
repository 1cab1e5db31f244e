import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { atWork, type Cast, cast, plan, signAs } from "../../test/support/conference.ts";
import { type TestDatabase, testDatabase } from "../../test/support/database.ts";
import { findStanding } from "../compliance/judge.ts";
import type { TimeOfDay } from "../kernel/time.ts";
import { consentStanding } from "../people/consent-store.ts";
import { actingFor } from "../storage/database.ts";
import { findTasks } from "../worklist/store.ts";
import { mayHand, topicsOn } from "./agreed.ts";
import { approveAgreed, findHandedOver, getConsent, handOver } from "./agreed-store.ts";
import type { Draft } from "./conference-draft.ts";
import type { CorrectableFact, CorrectedValue } from "./correction.ts";
import { correctFact, decideCorrection, findCorrections } from "./correction-store.ts";
import { addAddendum, answerCosign, findNoteParts, voidConference } from "./note-store.ts";
import { recordService } from "./standing-store.ts";

let db: TestDatabase;
let people: Cast;
beforeAll(async () => {
  db = await testDatabase("demonstration");
  people = await cast(db);
});
afterAll(() => db.drop());

type Planned = Awaited<ReturnType<typeof plan>>;
const me = (name: string) => ({ staffId: people.staff(name), supervisor: name === "ruth" });
const acting = <T>(name: string, of: Planned, work: Parameters<typeof atWork<T>>[4]) =>
  atWork(db, people, name, of, work);

/** A conference that meets every clause, held so many days ago. */
async function signed(
  who: { consumer: string; lead: string; support: string; days: number; ends?: string },
  write: (draft: Draft) => Draft = (draft) => draft,
) {
  const of = await plan(db, people, { ...who, supports: [who.support] });
  const id = people.support(who.support);
  const answer = await signAs(db, people, who.lead, of, (draft) =>
    write({
      ...draft,
      plan: "both",
      here: {
        ...draft.here,
        consumer: "yes",
        supports: [{ id, came: "yes", remote: false, heard: "" }],
      },
    }),
  );
  if (answer?.state !== "signed" || !answer.serviceId) throw new Error("not signed");
  return { ...of, serviceId: answer.serviceId };
}

function outcomeOf(of: Planned & { serviceId: string }) {
  return acting("ruth", of, async ({ db }) => {
    const standing = (await findStanding(db, [of.serviceId])).get(of.serviceId);
    return standing && [standing.outcome, standing.unitsPayable];
  });
}

const james = { consumer: "James", lead: "ana", support: "Carol Whitaker" };
const tasha = { consumer: "Tasha", lead: "ben", support: "Denise Green" };

describe("an associate's note", () => {
  test("is co-signed by the supervisor of the credential and by nobody else", async () => {
    const of = await signed({ ...tasha, days: -15 });
    const answer = (name: string, cosign: boolean, remark: string | null = null) =>
      acting(name, of, ({ db }) =>
        answerCosign(db, people.bench, me(name), of, { cosign, remark }),
      );
    expect(await answer("ben", true)).toBe(false);
    expect(await answer("ana", true)).toBe(false);
    expect(await answer("ruth", false, "Say how it ended")).toBe(true);
    const waits = () =>
      db.owner
        .selectFrom("service")
        .select("awaits_cosign")
        .where("id", "=", of.serviceId)
        .executeTakeFirst();
    expect((await waits())?.awaits_cosign).toBe(true);
    expect(await answer("ruth", true)).toBe(true);
    expect((await waits())?.awaits_cosign).toBe(false);
    expect(await answer("ruth", true)).toBe(false);
  });

  test("is any supervisor's once the one it was signed to is none any more, and on their list", async () => {
    const of = await signed({ ...tasha, days: -22 });
    const waitsFor = (name: string) =>
      db.owner
        .updateTable("conference")
        .set({ cosign_by: people.staff(name) })
        .where("id", "=", of.conferenceId)
        .execute();
    const listed = async () =>
      (await acting("ruth", of, ({ db }) => findTasks(db, people.today))).some(
        ({ kind, refId }) => kind === "note-to-cosign" && refId === of.conferenceId,
      );
    const sign = () =>
      acting("ruth", of, ({ db }) =>
        answerCosign(db, people.bench, me("ruth"), of, { cosign: true, remark: null }),
      );
    await waitsFor("ana");
    expect(await listed()).toBe(true);
    expect(await sign()).toBe(true);
    expect(await listed()).toBe(false);
  });
});

describe("a signed note", () => {
  test("takes addenda, and they can never be changed", async () => {
    const of = await signed({ ...james, days: -100 });
    await acting("ana", of, async ({ db }) => {
      expect(await addAddendum(db, me("ana"), of, "Carol rang to say thank you.")).toBe(true);
      expect((await findNoteParts(db, of.conferenceId)).addenda).toHaveLength(1);
    });
    await expect(
      acting("ana", of, ({ db }) => db.updateTable("addendum").set({ text: "x" }).execute()),
    ).rejects.toThrow();
    const draft = await plan(db, people, { consumer: "James", lead: "ana" });
    expect(await acting("ana", draft, ({ db }) => addAddendum(db, me("ana"), draft, "x"))).toBe(
      false,
    );
  });

  test("is voided with its service, and what it held back in the week becomes payable", async () => {
    const first = await signed({ ...james, days: -107, ends: "12:00" });
    const second = await signed({ ...james, days: -107 }, (draft) => ({
      ...draft,
      times: { ...draft.times, start: "13:00", end: "14:00" },
    }));
    expect(await outcomeOf(second)).toEqual(["denied", 0]);
    const voiding = (name: string) =>
      acting(name, first, ({ db }) =>
        voidConference(db, people.bench, me(name), first, "Held by a colleague, entered twice"),
      );
    expect(await voiding("ben").catch(() => "unseen")).not.toBe(true);
    expect(await voiding("ana")).toBe(true);
    expect(await voiding("ana")).toBe(false);
    expect(await outcomeOf(second)).toEqual(["payable", 4]);
  });
});

describe("a fact that was wrongly recorded", () => {
  const correct = (
    name: string,
    of: Planned & { serviceId: string },
    fact: CorrectableFact,
    becomes: CorrectedValue,
  ) =>
    acting(name, of, ({ db }) =>
      correctFact(db, people.bench, me(name), of, { fact, becomes, reason: "Looked it up." }),
    );

  test("stands at once when nothing would be paid otherwise, with a dated addendum", async () => {
    const of = await signed({ ...james, days: -114 });
    expect(await correct("ana", of, "supports_present", 2)).toEqual({ state: "applied" });
    const parts = await acting("ana", of, ({ db }) => findNoteParts(db, of.conferenceId));
    expect(parts.addenda[0]?.text).toContain("Wrongly recorded: supports who took part");
    expect(await outcomeOf(of)).toEqual(["payable", 4]);
  });

  test("waits for the supervisor when it changes payment, and changes nothing till then", async () => {
    const of = await signed({ ...james, days: -121 });
    expect(await correct("ana", of, "end_time", "11:30")).toEqual({ state: "waiting" });
    expect(await outcomeOf(of)).toEqual(["payable", 4]);
    expect(await correct("ana", of, "end_time", "11:45")).toMatchObject({ state: "refused" });
    const [asked] = await acting("ana", of, ({ db }) =>
      findCorrections(db, of.consumerId, of.serviceId),
    );
    const decide = (name: string, apply: boolean) =>
      acting(name, of, ({ db }) =>
        decideCorrection(
          db,
          people.bench,
          me(name),
          { consumerId: of.consumerId, correctionId: asked?.id ?? "" },
          { apply, remark: null },
        ),
      );
    expect(await decide("ana", true)).toMatchObject({ state: "refused" });
    expect(await decide("ruth", true)).toEqual({ state: "applied" });
    expect(await outcomeOf(of)).toEqual(["payable", 6]);
    expect(await decide("ruth", true)).toBeNull();
  });

  test("that the supervisor refuses leaves everything as it was", async () => {
    const of = await signed({ ...james, days: -128 });
    expect(await correct("ana", of, "setting", "home")).toEqual({ state: "waiting" });
    const [asked] = await acting("ruth", of, ({ db }) =>
      findCorrections(db, of.consumerId, of.serviceId),
    );
    await acting("ruth", of, ({ db }) =>
      decideCorrection(
        db,
        people.bench,
        me("ruth"),
        { consumerId: of.consumerId, correctionId: asked?.id ?? "" },
        { apply: false, remark: "The room book says otherwise" },
      ),
    );
    expect(await outcomeOf(of)).toEqual(["payable", 4]);
  });

  test("is its signer's to correct, and has to leave a service", async () => {
    const of = await signed({ ...james, days: -135 });
    expect(await correct("ruth", of, "supports_present", 2)).toMatchObject({ state: "refused" });
    expect(await correct("ana", of, "end_time", "09:00")).toMatchObject({ state: "refused" });
    expect(await correct("ana", of, "end_time", "10:05")).toMatchObject({ state: "refused" });
    expect(await correct("ana", of, "end_time", "11:00")).toMatchObject({ state: "refused" });
  });
});

describe("an earlier session entered late", () => {
  test("re-judges the day and keeps what it changed", async () => {
    const of = await signed({ ...james, days: -142 });
    const late = await acting("ana", of, ({ db }) =>
      recordService(db, people.bench, {
        consumerId: of.consumerId,
        programId: null,
        kind: "family-therapy",
        day: of.day,
        starts: "10:30" as TimeOfDay,
        ends: "11:30" as TimeOfDay,
        privateMinutes: 0,
        setting: "office",
        consumerPresent: true,
        supportsPresent: 1,
        planDiscussed: null,
        performerId: people.staff("ruth"),
        conferenceId: null,
        awaitsCosign: false,
        recordedBy: people.staff("ana"),
      }),
    );
    expect(late?.moved).toEqual([
      {
        serviceId: of.serviceId,
        was: { outcome: "payable", payable: 4 },
        is: { outcome: "denied", payable: 0 },
      },
    ]);
    const kept = await db.owner
      .selectFrom("service")
      .select("moved")
      .where("id", "=", late?.serviceId ?? "")
      .executeTakeFirst();
    expect(kept?.moved).toEqual(late?.moved);
  });
});

describe("what we agreed", () => {
  test("goes to nobody before the consumer approved, and to those who were there by consent", async () => {
    const of = await signed({ ...james, days: -149 });
    const asked = (name: string, approved: boolean, came = true) =>
      actingFor(db.app, people.staff("ana"), async (db) => {
        const standings = await consentStanding(db, of.consumerId, people.today);
        const standing = standings.find((one) => one.name === name);
        if (!standing) throw new Error("nobody");
        const shown = { planDiscussed: "both", agreements: 2, points: 1 };
        const page = { signed: true, voided: false, approved, topics: topicsOn(shown) };
        return mayHand(page, { came, standing }, standing.person, people.today);
      });
    expect(await asked("Carol Whitaker", false)).toMatchObject({ yes: false });
    expect(await asked("Carol Whitaker", true, false)).toMatchObject({ yes: false });
    // The officer's consent covers attendance, not the plans.
    expect(await asked("D. Kessler", true)).toMatchObject({ yes: false });
    const carol = await asked("Carol Whitaker", true);
    if (!carol.yes) throw new Error(carol.reason);

    expect(await acting("ana", of, ({ db }) => approveAgreed(db, of, "phone"))).toBe(true);
    expect(await acting("ana", of, ({ db }) => approveAgreed(db, of, "phone"))).toBe(false);
    const when = { day: of.day, time: "10:00" };
    const copy = () =>
      acting("ana", of, async ({ db }) =>
        handOver(db, { staffId: people.staff("ana"), agencyId: people.agencyId }, of.consumerId, {
          supportId: people.support("Carol Whitaker"),
          consent: await getConsent(db, carol.consentId),
          when,
          topics: ["attendance"],
        }),
      );
    expect((await Promise.all([copy(), copy()])).sort()).toEqual([false, true]);
    const out = await acting("ana", of, ({ db }) => findHandedOver(db, of.consumerId, when));
    expect(out).toHaveLength(1);
  });

  test("asks a consent for what stands on the page, and no more", () => {
    const on = (planDiscussed: string | null, agreements: number, points: number) =>
      topicsOn({ planDiscussed, agreements, points });
    expect(on("treatment-plan", 1, 0)).toEqual(["attendance", "treatment-plan"]);
    expect(on("discharge-plan", 1, 0)).toEqual(["attendance", "discharge-plan"]);
    expect(on(null, 0, 2)).toEqual(["attendance", "discharge-plan"]);
    expect(on(null, 0, 0)).toEqual(["attendance"]);
    expect(on("both", 1, 1)).toEqual(["attendance", "treatment-plan", "discharge-plan"]);
  });
});
