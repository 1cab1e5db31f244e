import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "../../test/support/database.ts";
import { addDays, type Day } from "../kernel/day.ts";
import { type Acting, actingFor } from "../storage/database.ts";
import { countCaseload, findCaseload } from "./caseload-store.ts";
import { consentStanding, findConsent, revokeConsent, saveConsent } from "./consent-store.ts";
import { findDisclosures, recordDisclosure } from "./disclosure-store.ts";
import { findOpenings, openInEmergency, reviewOpening } from "./emergency-store.ts";
import { findLookers, findLooks } from "./looked-store.ts";
import {
  addPerson,
  editPerson,
  findLikely,
  findMentored,
  findPerson,
  findSupportNames,
  type Identity,
  searchPeople,
} from "./store.ts";
import { addSupport, findFlags, liftNoContact, setNoContact } from "./support-store.ts";

let db: TestDatabase;
let today: Day;
let agency: string;
const staff = new Map<string, string>();
const people = new Map<string, string>();
const id = (given: string) => people.get(given) ?? "";
const as = <T>(who: string, work: (acting: Acting) => Promise<T>): Promise<T> =>
  actingFor(db.app, staff.get(who) ?? "", work);
const by = (who: string) => ({ staffId: staff.get(who) ?? "", agency: { id: agency } });

/** Tries something that must change nothing, and gives what the database said to it. */
const refused = (who: string, work: (acting: Acting) => Promise<unknown>) =>
  as(who, work).then(
    () => "",
    (error: Error) => error.message,
  );

beforeAll(async () => {
  db = await testDatabase("demonstration");
  for (const row of await db.owner.selectFrom("staff").select(["id", "email"]).execute()) {
    staff.set(row.email.split("@")[0] ?? "", row.id);
  }
  for (const row of await db.owner.selectFrom("consumer").select(["id", "given_name"]).execute()) {
    people.set(row.given_name, row.id);
  }
  const found = await db.owner.selectFrom("agency").select("id").executeTakeFirstOrThrow();
  agency = found.id;
  today = await as("ana", async (acting) => {
    const { rows } = await sql<{ day: Day }>`SELECT access.today() AS day`.execute(acting);
    return rows[0]?.day as Day;
  });
  // Another agency, whose counselor must see nothing of this one.
  const other = await db.owner
    .insertInto("agency")
    .values({
      name: "Elsewhere",
      neutral_name: "Elsewhere",
      jurisdiction: "us-mo",
      locale: "en-US",
      time_zone: "America/Chicago",
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  const zoe = await db.owner
    .insertInto("staff")
    .values({
      agency_id: other.id,
      name: "Zoe",
      email: "zoe@else.example",
      active_from: "2020-01-01",
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  for (const role of ["counselor", "supervisor", "front-desk"]) {
    await db.owner
      .insertInto("staff_role")
      .values({ agency_id: other.id, staff_id: zoe.id, role, valid_from: "2020-01-01" })
      .execute();
  }
  staff.set("zoe", zoe.id);
});
afterAll(() => db.drop());

const newcomer = (over: Partial<Identity> = {}): Identity => ({
  given_name: "Ida",
  family_name: "Berg",
  preferred_name: null,
  pronouns: null,
  date_of_birth: "1990-03-04" as Day,
  phone: null,
  safe_to_call: null,
  language: "English",
  interpreter: false,
  access_needs: null,
  ...over,
});

describe("who finds whom", () => {
  const find = (who: string, words: string) =>
    as(who, (acting) => searchPeople(acting, { words })).then((found) =>
      found.map(({ given_name }) => given_name),
    );
  test("a counselor finds the people of their programs by part of a name, and nobody else's", async () => {
    expect(await find("ana", "delg")).toEqual(["Maria"]);
    expect(await find("ana", "fischer")).toEqual([]);
    expect(await find("ben", "fischer")).toEqual(["Noah"]);
  });
  test("the front desk and the biller find anybody, a peer mentor only whom they are assigned to", async () => {
    expect(await find("flo", "fischer")).toEqual(["Noah"]);
    expect(await find("bill", "fischer")).toEqual(["Noah"]);
    expect(await find("pat", "fischer")).toEqual([]);
    expect(await find("pat", "delgado")).toEqual(["Maria"]);
    const mentored = await as("pat", findMentored);
    expect(mentored.map(({ given_name }) => given_name)).toEqual(["Maria", "Tasha"]);
  });
  test("an administrator, a policy analyst and another agency find nobody", async () => {
    for (const who of ["sam", "val", "zoe"]) expect(await find(who, "")).toEqual([]);
  });
  test("a word with signs that mean something to a search is only a word", async () => {
    for (const words of ["%", "_aria", "\\", "' OR 1=1"])
      expect(await find("flo", words)).toEqual([]);
  });
});

describe("what comes with a person", () => {
  const supportsSeen = (who: string) =>
    as(who, (acting) => findSupportNames(acting, id("Maria"), today));
  test("the front desk and the biller see who they are, and no support, consent, program or note", async () => {
    for (const who of ["flo", "bill"]) {
      expect(await as(who, (acting) => findPerson(acting, id("Maria")))).toMatchObject({
        given_name: "Maria",
        whole_record: false,
      });
      expect(await supportsSeen(who)).toEqual([]);
      const standings = await as(who, (acting) => consentStanding(acting, id("Maria"), today));
      expect(standings).toEqual([]);
      for (const table of [
        "consent",
        "enrolment",
        "disclosure",
        "no_contact",
        "episode",
      ] as const) {
        const rows = await as(who, (acting) => acting.selectFrom(table).selectAll().execute());
        expect([who, table, rows.length]).toEqual([who, table, 0]);
      }
    }
  });
  test("a peer mentor sees supports and the no-contact flag of their own people, and no consent", async () => {
    expect(await supportsSeen("pat")).toContainEqual(
      expect.objectContaining({ name: "Hector Ruiz", no_contact: true }),
    );
    const rows = await as("pat", (acting) => acting.selectFrom("consent").selectAll().execute());
    expect(rows).toEqual([]);
  });
  test("another program's counselor gets the answer of a record that is not there", async () => {
    expect(await as("ben", (acting) => findPerson(acting, id("Maria")))).toBeNull();
    expect(await supportsSeen("ben")).toEqual([]);
    expect(await as("ana", (acting) => findPerson(acting, id("Noah")))).toBeNull();
    expect(await as("ana", (acting) => editPerson(acting, id("Noah"), newcomer()))).toBe(false);
  });
});

describe("somebody new", () => {
  test("added by the front desk is seen by every clinician, until one takes them in", async () => {
    const added = await as("flo", (acting) => addPerson(acting, by("flo"), newcomer()));
    const seen = (who: string) =>
      as(who, (acting) => findPerson(acting, added)).then((person) => person !== null);
    expect(await seen("ana")).toBe(true);
    expect(await seen("ben")).toBe(true);
    expect(await seen("pat")).toBe(false);
    expect(await seen("zoe")).toBe(false);
    const { new: waiting } = await as("ana", (acting) => countCaseload(acting, today));
    expect(waiting).toBe(1);
    await takeIn("ben", added, "Adolescent");
    expect(await seen("ana")).toBe(false);
    expect(await seen("ben")).toBe(true);
    expect(await seen("flo")).toBe(true);
  });

  test("cannot be taken into a program the counselor does not work in, nor can somebody else's person", async () => {
    const added = await as("flo", (acting) => addPerson(acting, by("flo"), newcomer()));
    expect(await refused("ana", () => takeIn("ana", added, "Adolescent"))).toMatch(/row-level/);
    expect(await refused("ana", () => takeIn("ana", id("Noah"), "Opioid"))).toMatch(/row-level/);
  });

  test("is compared with the people one can open, and with nobody hidden", async () => {
    const { date_of_birth } = await db.owner
      .selectFrom("consumer")
      .select("date_of_birth")
      .where("id", "=", id("Noah"))
      .executeTakeFirstOrThrow();
    const noah = { given_name: "NOAH", family_name: "Fisher", date_of_birth: date_of_birth as Day };
    const likely = (who: string) => as(who, (acting) => findLikely(acting, noah));
    expect((await likely("flo")).map(({ id }) => id)).toEqual([id("Noah")]);
    expect((await likely("ben")).map(({ id }) => id)).toEqual([id("Noah")]);
    expect(await likely("ana")).toEqual([]);
    const sameNames = { ...noah, family_name: "Fischer", date_of_birth: "1950-01-01" as Day };
    const found = await as("flo", (acting) => findLikely(acting, sameNames));
    expect(found.map(({ id }) => id)).toEqual([id("Noah")]);
  });

  async function takeIn(who: string, consumer_id: string, program: string) {
    const { id: program_id } = await db.owner
      .selectFrom("program")
      .select("id")
      .where("name", "=", program)
      .executeTakeFirstOrThrow();
    return as(who, async (acting) => {
      const episode = await acting
        .insertInto("episode")
        .values({ agency_id: agency, consumer_id, opened_on: today })
        .returning("id")
        .executeTakeFirstOrThrow();
      await acting
        .insertInto("enrolment")
        .values({
          agency_id: agency,
          consumer_id,
          program_id,
          episode_id: episode.id,
          requested_on: today,
        })
        .execute();
    });
  }
});

test("the caseload is one's own people first, with their program and keyworker, a page at a time", async () => {
  const page = (view: "mine" | "programs" | "left", skip = 0) =>
    as("ana", (acting) => findCaseload(acting, { view, sort: "name", today, skip, most: 2 }));
  const [first, ...more] = await page("mine");
  expect(first).toMatchObject({ family_name: "Clarke", keyworker: "Ana Morales" });
  expect(first?.programs).toBe("General Population (waiting)");
  expect(more).toHaveLength(1);
  const counts = await as("ana", (acting) => countCaseload(acting, today));
  expect(counts.mine).toBe(first?.total);
  expect((await page("programs"))[0]?.total).toBe(counts.programs);
  expect((await page("left"))[0]?.total).toBe(counts.left);
  expect((await page("mine", 2))[0]?.family_name).not.toBe("Clarke");
  const desk = await as("flo", (acting) => countCaseload(acting, today));
  expect(desk).toMatchObject({ mine: 0, programs: 0, waiting: 0, left: 0 });
});

describe("a consent", () => {
  const rosa = async () => {
    const standings = await as("ana", (acting) => consentStanding(acting, id("Maria"), today));
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
          ? await db.owner
              .transaction()
              .execute(attempt)
              .then(
                () => "",
                (e: Error) => e.message,
              )
          : await refused("ana", attempt);
        expect(result).toMatch(owner ? /never changed/ : /permission denied/);
      }
    }
  });

  test("answers until it is revoked with a reason, and then for nothing", async () => {
    const supportId = await as("ana", (acting) =>
      addSupport(acting, by("ana"), id("Maria"), {
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
      as("ana", (acting) => consentStanding(acting, id("Maria"), today)).then((all) =>
        all.find((one) => one.supportId === supportId),
      );
    expect((await tia())?.invite).toMatchObject({ yes: false, because: "none" });
    const consentId = await as("ana", (acting) =>
      saveConsent(acting, by("ana"), id("Maria"), {
        supportId,
        kind: "disclosure",
        discloser: "Riverbend Recovery",
        recipient: "Tia Delgado",
        topics: ["attendance", "needs"],
        purpose: "To support my recovery",
        signedOn: today,
        signers: [{ as: "consumer", name: "Maria Delgado" }],
        manner: "paper",
        validFrom: today,
        expiresOn: addDays(today, 30),
        expiryEvent: null,
      }),
    );
    expect(await tia()).toMatchObject({
      live: true,
      topics: ["attendance", "needs"],
      until: addDays(today, 30),
    });
    await as("ana", (acting) =>
      revokeConsent(acting, by("ana"), id("Maria"), { consentId, reason: "She asked" }),
    );
    expect((await tia())?.invite).toMatchObject({ yes: false, because: "revoked" });
    const read = await as("ana", (acting) => findConsent(acting, id("Maria"), consentId));
    expect(read).toMatchObject({ revoked_because: "She asked", revoked_by: "Ana Morales" });
    expect(await as("ben", (acting) => findConsent(acting, id("Maria"), consentId))).toBeNull();
    expect(await as("ana", (acting) => findConsent(acting, id("James"), consentId))).toBeNull();
  });

  test("of one person cannot name another person's support", async () => {
    const { supportId } = await rosa();
    const stolen = await refused("ana", (acting) =>
      saveConsent(acting, by("ana"), id("James"), {
        supportId,
        kind: "disclosure",
        discloser: "x",
        recipient: "x",
        topics: ["attendance"],
        purpose: "x",
        signedOn: today,
        signers: [],
        manner: "paper",
        validFrom: today,
        expiresOn: today,
        expiryEvent: null,
      }),
    );
    expect(stolen).toMatch(/foreign key/);
  });

  test("is silenced by a no-contact flag, and answers again when that is lifted", async () => {
    const { supportId, consents } = await rosa();
    const flag = (reason: string) => ({ supportId, reason });
    const disclose = (acting: Acting) =>
      recordDisclosure(acting, by("ana"), id("Maria"), {
        basis: "consent",
        recipient: "Rosa Delgado",
        supportId,
        consentId: consents[0]?.id ?? "",
        what: "How she is doing",
        purpose: "Support",
        day: today,
        time: "00:00",
      });
    await as("ana", disclose);
    await as("ana", (acting) => setNoContact(acting, by("ana"), id("Maria"), flag("Threats")));
    expect(await rosa()).toMatchObject({ live: false, noContact: true, topics: [] });
    expect((await rosa()).invite).toMatchObject({ yes: false, because: "no-contact" });
    expect(await refused("ana", disclose)).toMatch(/no live consent/);
    const rewrite = await refused("ana", (acting) =>
      acting.updateTable("no_contact").set({ reason: "nothing" }).execute(),
    );
    expect(rewrite).toMatch(/permission denied/);
    await as("ana", (acting) => liftNoContact(acting, by("ana"), id("Maria"), flag("Moved away")));
    expect((await rosa()).live).toBe(true);
    const flags = await as("ana", (acting) => findFlags(acting, id("Maria"), supportId));
    expect(flags).toMatchObject([{ reason: "Threats", lifted_reason: "Moved away" }]);
    const told = await as("ana", (acting) =>
      findDisclosures(acting, id("Maria"), { since: addDays(today, -30), skip: 0, most: 10 }),
    );
    expect(told.filter(({ what }) => what === "How she is doing")).toHaveLength(1);
  });
});

test("a support is not marked invited without a live consent, even where a page forgot to ask", async () => {
  const row = await db.owner
    .selectFrom("conference")
    .select(["id", "agency_id", "consumer_id"])
    .where("consumer_id", "=", id("Maria"))
    .executeTakeFirstOrThrow();
  const supports = await db.owner
    .selectFrom("support")
    .select(["id", "name"])
    .where("consumer_id", "=", id("Maria"))
    .execute();
  const invite = (name: string) =>
    refused("ana", (acting) =>
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
    reason: "He called in crisis, his team is away",
  };
  test("opens a record outside one's programs for four hours, and gives nobody and not-found the same answer", async () => {
    const { date_of_birth } = await db.owner
      .selectFrom("consumer")
      .select("date_of_birth")
      .where("id", "=", id("Noah"))
      .executeTakeFirstOrThrow();
    const wanted = { ...opening, born: date_of_birth as Day };
    const wrongDay = { ...wanted, born: addDays(wanted.born, 1) };
    expect(await as("omar", (acting) => openInEmergency(acting, wrongDay))).toBeNull();
    expect(await as("zoe", (acting) => openInEmergency(acting, wanted))).toBeNull();
    expect(await as("flo", (acting) => openInEmergency(acting, wanted))).toBeNull();
    expect(await as("omar", (acting) => openInEmergency(acting, wanted))).toBe(id("Noah"));
    expect(await as("omar", (acting) => findPerson(acting, id("Noah")))).toMatchObject({
      whole_record: true,
    });
    await db.owner
      .updateTable("emergency_access")
      .set({ until: sql`now() - interval '1 second'` })
      .execute();
    expect(await as("omar", (acting) => findPerson(acting, id("Noah")))).toBeNull();
  });

  test("is reviewed by another supervisor, never by whoever opened it", async () => {
    const waiting = (who: string) =>
      as(who, (acting) => findOpenings(acting, { reviewed: false, skip: 0, most: 10 }));
    const [row] = await waiting("ruth");
    expect(row).toMatchObject({ staff: "Omar Haddad", given_name: "Noah", reason: opening.reason });
    const [own] = await waiting("omar");
    expect(own).toMatchObject({ own: true, given_name: null });
    const review = (who: string) =>
      as(who, (acting) =>
        reviewOpening(acting, by(who), { id: row?.id ?? "", review: "Right to act" }),
      );
    expect(await review("omar")).toBe(false);
    expect(await review("zoe")).toBe(false);
    expect(await review("ruth")).toBe(true);
    expect(await review("ruth")).toBe(false);
    expect(await waiting("ruth")).toEqual([]);
  });
});

test("who looked is told to whoever may open the record, and to nobody else", async () => {
  const looks = (who: string, staffId: string | null = null) =>
    as(who, (acting) =>
      findLooks(acting, id("Noah"), { staffId, action: null, skip: 0, most: 50 }),
    );
  const emergency = (await looks("ben")).find(({ action }) => action === "emergency");
  expect(emergency).toMatchObject({ staff_name: "Omar Haddad", times: 1 });
  expect(await looks("ben", staff.get("ana") ?? "")).toEqual([]);
  expect((await as("ben", (acting) => findLookers(acting, id("Noah")))).length).toBe(1);
  for (const who of ["ana", "flo", "bill", "pat", "zoe", "sam"])
    expect(await looks(who)).toEqual([]);
});
