import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { demonstrationStage, type Stage } from "../../test/support/stage.ts";
import { systemClock } from "../kernel/clock.ts";
import { addDays, type Day } from "../kernel/day.ts";
import type { Acting } from "../storage/database.ts";
import { page, watch } from "../web/guard.ts";
import { consentStanding, findConsent, revokeConsent, saveConsent } from "./consent-store.ts";
import { findDisclosures, recordDisclosure } from "./disclosure-store.ts";
import { findOpenings, findOwn, openInEmergency, reviewOpening } from "./emergency-store.ts";
import { findLookers, findLooks } from "./looked-store.ts";
import { findPerson } from "./store.ts";
import { addSupport, findFlags, liftNoContact, setNoContact } from "./support-store.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await demonstrationStage();
});
afterAll(() => stage.db.drop());

describe("a consent", () => {
  const rosa = async () => {
    const standings = await stage.as("ana", (acting) =>
      consentStanding(acting, stage.id("Maria"), stage.today),
    );
    const found = standings.find(({ name }) => name === "Rosa Delgado");
    if (!found) throw new Error("Rosa is in the demonstration");
    return found;
  };

  test("once saved is never changed or taken away, by nobody and in no way", async () => {
    const { consents } = await rosa();
    const consentId = consents[0]?.id ?? "";
    for (const owner of [false, true]) {
      const change = (acting: Acting): Promise<unknown> =>
        acting.updateTable("consent").set({ purpose: "x" }).where("id", "=", consentId).execute();
      const removal = (acting: Acting): Promise<unknown> =>
        acting.deleteFrom("consent").where("id", "=", consentId).execute();
      for (const attempt of [change, removal]) {
        const result = owner
          ? await stage.db.owner
              .transaction()
              .execute(attempt)
              .then(
                () => "",
                (e: Error) => e.message,
              )
          : await stage.refused("ana", attempt);
        expect(result).toMatch(owner ? /never changed/ : /permission denied/);
      }
    }
  });

  test("answers until it is revoked with a reason, and then for nothing", async () => {
    const supportId = await stage.as("ana", (acting) =>
      addSupport(acting, stage.by("ana"), stage.id("Maria"), {
        kind: "family-member",
        name: "Tia Delgado",
        relation: "Aunt",
        organisation: null,
        criminal_justice: false,
        phone: null,
        email: null,
        language: "English",
        interpreter: false,
        notes: null,
        ended_on: null,
      }),
    );
    const tia = () =>
      stage
        .as("ana", (acting) => consentStanding(acting, stage.id("Maria"), stage.today))
        .then((all) => all.find((one) => one.supportId === supportId));
    expect((await tia())?.invite).toMatchObject({ yes: false, because: "none" });
    const consentId = await stage.as("ana", (acting) =>
      saveConsent(acting, stage.by("ana"), stage.id("Maria"), {
        supportId,
        kind: "disclosure",
        discloser: "Riverbend Recovery",
        recipient: "Tia Delgado",
        topics: ["attendance", "needs"],
        purpose: "To support my recovery",
        signedOn: stage.today,
        signers: [{ as: "consumer", name: "Maria Delgado" }],
        manner: "paper",
        validFrom: stage.today,
        expiresOn: addDays(stage.today, 30),
        expiryEvent: null,
      }),
    );
    expect(await tia()).toMatchObject({
      live: true,
      topics: ["attendance", "needs"],
      until: addDays(stage.today, 30),
    });
    await stage.as("ana", (acting) =>
      revokeConsent(acting, stage.by("ana"), stage.id("Maria"), { consentId, reason: "She asked" }),
    );
    expect((await tia())?.invite).toMatchObject({ yes: false, because: "revoked" });
    const read = await stage.as("ana", (acting) =>
      findConsent(acting, stage.id("Maria"), consentId),
    );
    expect(read).toMatchObject({ revoked_because: "She asked", revoked_by: "Ana Morales" });
    expect(
      await stage.as("ben", (acting) => findConsent(acting, stage.id("Maria"), consentId)),
    ).toBeNull();
    expect(
      await stage.as("ana", (acting) => findConsent(acting, stage.id("James"), consentId)),
    ).toBeNull();
  });

  test("of one person cannot name another person's support", async () => {
    const { supportId } = await rosa();
    const stolen = await stage.refused("ana", (acting) =>
      saveConsent(acting, stage.by("ana"), stage.id("James"), {
        supportId,
        kind: "disclosure",
        discloser: "x",
        recipient: "x",
        topics: ["attendance"],
        purpose: "x",
        signedOn: stage.today,
        signers: [],
        manner: "paper",
        validFrom: stage.today,
        expiresOn: stage.today,
        expiryEvent: null,
      }),
    );
    expect(stolen).toMatch(/foreign key/);
  });

  test("is silenced by a no-contact flag, and answers again when that is lifted", async () => {
    const { supportId, consents } = await rosa();
    const flag = (reason: string) => ({ supportId, reason });
    const disclose = (acting: Acting) =>
      recordDisclosure(acting, stage.by("ana"), stage.id("Maria"), {
        basis: "consent",
        recipient: "Rosa Delgado",
        supportId,
        consentId: consents[0]?.id ?? "",
        topics: ["progress"],
        what: "How she is doing",
        purpose: "Support",
        day: stage.today,
        time: "00:00",
      });
    await stage.as("ana", disclose);
    await stage.as("ana", (acting) =>
      setNoContact(acting, stage.by("ana"), stage.id("Maria"), flag("Threats")),
    );
    expect(await rosa()).toMatchObject({ live: false, noContact: true, topics: [] });
    expect((await rosa()).invite).toMatchObject({ yes: false, because: "no-contact" });
    expect(await stage.refused("ana", disclose)).toMatch(/no live consent/);
    const rewrite = await stage.refused("ana", (acting) =>
      acting.updateTable("no_contact").set({ reason: "nothing" }).execute(),
    );
    expect(rewrite).toMatch(/permission denied/);
    await stage.as("ana", (acting) =>
      liftNoContact(acting, stage.by("ana"), stage.id("Maria"), flag("Moved away")),
    );
    expect((await rosa()).live).toBe(true);
    const flags = await stage.as("ana", (acting) =>
      findFlags(acting, stage.id("Maria"), supportId),
    );
    expect(flags).toMatchObject([{ reason: "Threats", lifted_reason: "Moved away" }]);
    const told = await stage.as("ana", (acting) =>
      findDisclosures(acting, stage.id("Maria"), {
        since: addDays(stage.today, -30),
        skip: 0,
        most: 10,
      }),
    );
    expect(told.filter(({ what }) => what === "How she is doing")).toHaveLength(1);
  });
});

test("a support is not marked invited without a live consent, even where a page forgot to ask", async () => {
  const row = await stage.db.owner
    .selectFrom("conference")
    .select(["id", "agency_id", "consumer_id"])
    .where("consumer_id", "=", stage.id("Maria"))
    .executeTakeFirstOrThrow();
  const supports = await stage.db.owner
    .selectFrom("support")
    .select(["id", "name"])
    .where("consumer_id", "=", stage.id("Maria"))
    .execute();
  const invite = (name: string) =>
    stage.refused("ana", (acting) =>
      acting
        .insertInto("conference_support")
        .values({
          conference_id: row.id,
          agency_id: row.agency_id,
          consumer_id: row.consumer_id,
          support_id: supports.find((one) => one.name === name)?.id ?? "",
          invited_at: new Date(),
          invited_how: "phone",
        })
        .onConflict((conflict) =>
          conflict
            .columns(["conference_id", "support_id"])
            .doUpdateSet({ invited_at: new Date(), invited_how: "phone" }),
        )
        .execute(),
    );
  expect(await invite("Hector Ruiz")).toMatch(/no live consent/);
  expect(await invite("Lucia Delgado")).toBe("");
});

describe("emergency access", () => {
  const opening = {
    given: "noah",
    family: "FISCHER",
    about: null,
    reason: "He called in crisis, his team is away",
  };
  test("opens a record outside one's programs for four hours, and gives nobody and not-found the same answer", async () => {
    const { date_of_birth } = await stage.db.owner
      .selectFrom("consumer")
      .select("date_of_birth")
      .where("id", "=", stage.id("Noah"))
      .executeTakeFirstOrThrow();
    const wanted = { ...opening, born: date_of_birth as Day };
    const wrongDay = { ...wanted, born: addDays(wanted.born, 1) };
    expect(await stage.as("omar", (acting) => openInEmergency(acting, wrongDay))).toBeNull();
    expect(await stage.as("zoe", (acting) => openInEmergency(acting, wanted))).toBeNull();
    expect(await stage.as("flo", (acting) => openInEmergency(acting, wanted))).toBeNull();
    expect(await stage.as("omar", (acting) => openInEmergency(acting, wanted))).toBe(
      stage.id("Noah"),
    );
    expect(await stage.as("omar", (acting) => findPerson(acting, stage.id("Noah")))).toMatchObject({
      whole_record: true,
    });
    await stage.db.owner
      .updateTable("emergency_access")
      .set({ until: sql`now() - interval '1 second'` })
      .execute();
    expect(await stage.as("omar", (acting) => findPerson(acting, stage.id("Noah")))).toBeNull();
  });

  test("is reviewed by another supervisor, never by whoever opened it", async () => {
    const waiting = (who: string) =>
      stage.as(who, (acting) => findOpenings(acting, { reviewed: false, skip: 0, most: 10 }));
    const [row] = await waiting("ruth");
    expect(row).toMatchObject({ staff: "Omar Haddad", given_name: "Noah", reason: opening.reason });
    const [own] = await waiting("omar");
    expect(own).toMatchObject({ own: true, given_name: null });
    const review = (who: string) =>
      stage.as(who, (acting) =>
        reviewOpening(acting, stage.by(who), { id: row?.id ?? "", review: "Right to act" }),
      );
    expect(await review("omar")).toBe(false);
    expect(await review("zoe")).toBe(false);
    expect(await review("ruth")).toBe(true);
    expect(await review("ruth")).toBe(false);
    expect(await waiting("ruth")).toEqual([]);
  });
});

test("a record without a date of birth opens by both names and about the year, one with a date does not", async () => {
  const { db } = stage;
  const noah = stage.id("Noah");
  const tries = (given: { born?: Day; about?: number }) =>
    stage.as("omar", async (acting) => {
      await sql`SAVEPOINT tries`.execute(acting);
      const id = await openInEmergency(acting, {
        ...{ given: "Noah", family: "Fischer", reason: "He is not to be woken" },
        ...{ born: given.born ?? null, about: given.about ?? null },
      });
      await sql`ROLLBACK TO SAVEPOINT tries`.execute(acting);
      return id;
    });
  const { date_of_birth } = await db.owner
    .selectFrom("consumer")
    .select("date_of_birth")
    .where("id", "=", noah)
    .executeTakeFirstOrThrow();
  const year = Number(date_of_birth?.slice(0, 4));
  const noahIs = (of: { date_of_birth: Day | null; born_about: number | null }) =>
    db.owner.updateTable("consumer").set(of).where("id", "=", noah).execute();
  expect(await tries({ about: year })).toBeNull();
  try {
    await noahIs({ date_of_birth: null, born_about: year });
    expect(await tries({ about: year + 3 })).toBe(noah);
    expect(await tries({ about: year + 9 })).toBeNull();
    expect(await tries({})).toBeNull();
    // A date is a date: it opens no record that has none, whatever year is typed beside it.
    expect(await tries({ born: date_of_birth as Day })).toBeNull();
    expect(await tries({ born: date_of_birth as Day, about: year })).toBeNull();
    // Whose age nobody knows either is the only one of that name.
    await noahIs({ date_of_birth: null, born_about: null });
    expect(await tries({ about: year + 30 })).toBe(noah);

    // Two whom it could mean are nobody whom it means.
    const other = { given_name: "Noah", family_name: "Fischer", search_key: "noah fischer" };
    const { id: second } = await db.owner
      .insertInto("consumer")
      .values({ ...other, agency_id: stage.agencyId, number: "T-99", born_about: year + 2 })
      .returning("id")
      .executeTakeFirstOrThrow();
    const secondIs = (of: { date_of_birth: string | null; born_about: number | null }) =>
      db.owner.updateTable("consumer").set(of).where("id", "=", second).execute();
    expect(await tries({ about: year })).toBeNull();
    await noahIs({ date_of_birth: null, born_about: year });
    expect(await tries({ about: year })).toBeNull();
    // Nor are they to somebody who can open both records already; one of them is, who can open that one.
    const own = () =>
      stage.as("ben", (acting) =>
        findOwn(acting, {
          ...{ given: "Noah", family: "Fischer", reason: "He is not to be woken" },
          ...{ born: null, about: year },
        }),
      );
    expect(await own()).toBe(noah);
    const { id: opened } = await db.owner
      .insertInto("emergency_access")
      .values({
        ...{ agency_id: stage.agencyId, consumer_id: second, staff_id: stage.staffId("ben") },
        ...{ reason: "He is not to be woken", until: sql`now() + interval '1 hour'` },
      })
      .returning("id")
      .executeTakeFirstOrThrow();
    expect(await own()).toBeNull();
    await db.owner.deleteFrom("emergency_access").where("id", "=", opened).execute();
    await secondIs({ date_of_birth: null, born_about: null });
    expect(await tries({ about: year })).toBeNull();
    // One with a date could be meant by a year near it, and not by one far from it.
    await secondIs({ date_of_birth: `${year + 4}-05-06`, born_about: null });
    expect(await tries({ about: year })).toBeNull();
    expect(await tries({ born: `${year + 4}-05-06` as Day })).toBe(second);
    await secondIs({ date_of_birth: `${year + 20}-05-06`, born_about: null });
    expect(await tries({ about: year })).toBe(noah);
    await noahIs({ date_of_birth: null, born_about: null });
    expect(await tries({ about: year })).toBeNull();
    await db.owner.deleteFrom("consumer").where("id", "=", second).execute();
  } finally {
    await db.owner
      .updateTable("consumer")
      .set({ date_of_birth, born_about: null })
      .where("id", "=", noah)
      .execute();
  }
});

test("who looked is told to whoever may open the record, and to nobody else", async () => {
  const looks = (who: string, staffId: string | null = null) =>
    stage.as(who, (acting) =>
      findLooks(acting, stage.id("Noah"), { staffId, action: null, skip: 0, most: 50 }),
    );
  const emergency = (await looks("ben")).find(({ action }) => action === "emergency");
  expect(emergency).toMatchObject({ staff_name: "Omar Haddad", times: 1 });
  expect(await looks("ben", stage.staffId("ana"))).toEqual([]);
  // The auditor's audit judged what was done for them, which is a look too.
  const lookers = await stage.as("ben", (acting) => findLookers(acting, stage.id("Noah")));
  expect(lookers.map((one) => one.staff_name).sort()).toEqual(["Audrey Finch", "Omar Haddad"]);
  for (const who of ["ana", "flo", "bill", "pat", "zoe", "sam"])
    expect(await looks(who)).toEqual([]);
});

test("a page that looks every few seconds stands in the log once, and each opening of a page each time", async () => {
  const id = stage.id("Noah");
  const room = "come-back.take /people/:id/come-back/watch";
  const me = Promise.resolve({ staffId: stage.staffId("ben"), roles: ["counselor"], ...of() });
  const services = { me, database: stage.db.app, clock: systemClock };
  const ask = (kind: typeof watch) =>
    kind(
      "come-back.take",
      async () => null,
    )({
      request: new Request(`http://localhost/people/${id}/come-back/watch`),
      params: { consumerId: id },
      context: { get: () => services },
    } as never);
  const lines = async () =>
    (
      await stage.db.owner
        .selectFrom("access_log")
        .select("id")
        .where("room", "=", room)
        .where("action", "=", "read")
        .execute()
    ).length;
  for (let look = 0; look < 4; look += 1) await ask(watch);
  expect(await lines()).toBe(1);
  for (let look = 0; look < 2; look += 1) await ask(page);
  expect(await lines()).toBe(3);

  function of() {
    return { agency: { id: stage.agencyId, timeZone: "America/Chicago" } };
  }
});
