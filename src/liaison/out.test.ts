import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { testDatabase } from "../../test/support/database.ts";
import { type Recorded, recordedAgency } from "../../test/support/recorded.ts";
import { systemClock } from "../kernel/clock.ts";
import { addDays, type Day } from "../kernel/day.ts";
import { liveConsents, type Topic } from "../people/consent.ts";
import { revokeConsent, saveConsent, serviceConsents } from "../people/consent-store.ts";
import { recordDisclosure } from "../people/disclosure-store.ts";
import { findReferralChoices } from "../plans/recovery-store.ts";
import type { Acting } from "../storage/database.ts";
import { findWithoutOwner } from "../worklist/reassign-store.ts";
import { findReferralsOut, sendReferral } from "./out-store.ts";
import { loader } from "./pages/letter.tsx";
import { addProvider, editProvider, findProviders, isNamedByConsent } from "./provider-store.ts";
import { findSending, markSent, prepareSending } from "./sending-store.ts";
import { addReferral, findReferrals, moveReferral } from "./store.ts";

let it: Recorded;
let today: Day;
let place: string;
let elsewhere: string;
const by = () => ({ staffId: it.counselor, agencyId: it.agencyId });
const entry = (name: string) => ({
  ...{ name, kinds: ["housing"], what: "Rooms and deposits", phone: null, email: null },
  ...{ address: null, locality: "Riverbend", times: "Mondays" },
  ...{ open_access: false, women_only: false, active: true },
});

beforeAll(async () => {
  it = await recordedAgency(await testDatabase());
  const { rows } = await sql<{ day: Day }>`SELECT current_date::text AS day`.execute(it.db.owner);
  today = rows[0]?.day as Day;
  place = await act((db) => addProvider(db, by(), entry("Second Mile")));
  elsewhere = await act((db) => addProvider(db, by(), entry("Third Mile")));
});
afterAll(() => it.db.drop());

function act<T>(work: (db: Acting) => Promise<T>): Promise<T> {
  return it.as(it.counselor, work);
}

function agree(consumerId: string, topics: Topic[], providerId = place): Promise<string> {
  const who = { staffId: it.counselor, agency: { id: it.agencyId } };
  const day = addDays(today, -1);
  return act((db) =>
    saveConsent(db, who, consumerId, {
      ...{ supportId: null, providerId, kind: "disclosure", discloser: "Us", recipient: "Them" },
      ...{ topics, purpose: "Help", signedOn: day, signers: [], manner: "paper", validFrom: day },
      ...{ expiresOn: addDays(today, 90), expiryEvent: null },
    }),
  );
}

function tell(consumerId: string, consentId: string, topics: Topic[], providerId = place) {
  const who = { staffId: it.counselor, agency: { id: it.agencyId } };
  return act((db) =>
    recordDisclosure(db, who, consumerId, {
      ...{ basis: "consent", recipient: "Second Mile", supportId: null, providerId, consentId },
      ...{ topics, what: "A referral", purpose: "Help", day: today, time: "00:00" },
    }),
  );
}

describe("what may be sent to a service", () => {
  test("is what a live consent that names it says, topic by topic, and the database asks again", async () => {
    const jo = await it.consumer();
    const consent = await agree(jo, ["attendance", "needs"]);
    await tell(jo, consent, ["attendance", "needs"]);
    const refused = /no live consent/;
    await expect(tell(jo, consent, ["attendance", "progress"])).rejects.toThrow(refused);
    await expect(tell(jo, consent, [])).rejects.toThrow(refused);
    await expect(tell(jo, consent, ["needs"], elsewhere)).rejects.toThrow(refused);
    const live = (id: string) =>
      act(async (db) => {
        const standing = await serviceConsents(db, jo, id);
        return standing ? liveConsents(standing, standing.person, today).length : null;
      });
    expect([await live(place), await live(elsewhere)]).toEqual([1, 0]);
    const who = { staffId: it.counselor, agency: { id: it.agencyId } };
    await act((db) => revokeConsent(db, who, jo, { consentId: consent, reason: "Asked" }));
    expect(await live(place)).toBe(0);
    await expect(tell(jo, consent, ["needs"])).rejects.toThrow(refused);
  });

  test("a consent names a support or a service, never both or neither", async () => {
    const jo = await it.consumer();
    const who = { staffId: it.counselor, agency: { id: it.agencyId } };
    const neither = act((db) =>
      saveConsent(db, who, jo, {
        ...{ supportId: null, kind: "disclosure", discloser: "x", recipient: "x" },
        ...{ topics: ["needs"], purpose: "x", signedOn: today, signers: [], manner: "paper" },
        ...{ validFrom: today, expiresOn: today, expiryEvent: null },
      }),
    );
    await expect(neither).rejects.toThrow(/names_one_recipient/);
  });

  test("an entry that a consent names keeps its name until that is revoked", async () => {
    const jo = await it.consumer();
    const id = await act((db) => addProvider(db, by(), entry("Fourth Mile")));
    const consent = await agree(jo, ["needs"], id);
    expect(await act((db) => isNamedByConsent(db, id))).toBe(true);
    const rename = () => act((db) => editProvider(db, id, entry("The Probation Office")));
    await expect(rename()).rejects.toThrow(/a signed consent names/);
    const who = { staffId: it.counselor, agency: { id: it.agencyId } };
    await act((db) => revokeConsent(db, who, jo, { consentId: consent, reason: "Asked" }));
    await rename();
  });
});

describe("a referral out", () => {
  const refer = (consumerId: string, need: "housing" | "family-therapy" = "housing") =>
    act((db) =>
      addReferral(db, by(), consumerId, {
        ...{ need, what: "A room", forWhom: "consumer", ownerId: it.counselor },
        ...{ foundOn: addDays(today, -20), dueOn: addDays(today, -6) },
      }),
    );
  const send = (consumerId: string, id: string, status: "sent" | "handed", chase = -2) =>
    act((db) =>
      sendReferral(db, by(), consumerId, id, {
        ...{ status, providerId: place, on: addDays(today, -9) },
        ...{ chaseOn: addDays(today, chase), remark: "By post" },
      }),
    );

  test("asking somebody starts the clock of the answer, once, and is no arrangement (FC 3.2)", async () => {
    const jo = await it.consumer();
    const id = await refer(jo, "family-therapy");
    expect(await send(jo, id, "sent")).toBe(true);
    expect(await send(jo, id, "sent")).toBe(false);
    const [referral] = await act((db) => findReferrals(db, jo));
    expect(referral).toMatchObject({ status: "sent", arranged_on: null, provider: "Second Mile" });
    const { rows } = await act((db) =>
      sql<{
        days: number;
      }>`SELECT access.therapy_need_open_days(${jo}, ${today}::date) AS days`.execute(db),
    );
    expect(rows[0]?.days).toBe(20);
  });

  test("a letter is kept as it was written, leaves once, and another one makes way for it", async () => {
    const jo = await it.consumer();
    const id = await refer(jo);
    const consent = await agree(jo, ["attendance"]);
    const write = (words: string) =>
      act((db) =>
        prepareSending(db, by(), jo, {
          ...{ referralId: id, providerId: place, basis: "consent", purpose: null },
          topics: ["attendance"],
          letter: {
            ...{ to: "Second Mile", parts: [], words },
            who: { name: "Jo Test", born: "1980", phone: null, reach: null },
          },
        }),
      );
    await write("first");
    const second = await write("second");
    const found = await act((db) => findSending(db, jo, id));
    expect(found).toMatchObject({ id: second, letter: { words: "second" }, sent_at: null });
    const left = async (disclosureId: string | null) =>
      act((db) => markSent(db, by(), jo, second, { how: "letter", disclosureId }));
    await expect(left(null)).rejects.toThrow(/check constraint/);
    const disclosureId = await tell(jo, consent, ["attendance"]);
    expect(await left(disclosureId)).toBe(true);
    expect(await left(disclosureId)).toBe(false);
    await expect(
      act((db) => db.updateTable("referral_sending").set({ letter: "{}" }).execute()),
    ).rejects.toThrow(/not rewritten|permission denied/);
  });

  test("without its ground a letter that waits is none; of one that left a copy may be seen", async () => {
    const jo = await it.consumer("Lettered");
    const [waits, left] = [await refer(jo), await refer(jo)];
    const consent = await agree(jo, ["attendance"]);
    for (const id of [waits, left]) {
      const sending = await act((db) =>
        prepareSending(db, by(), jo, {
          ...{ referralId: id, providerId: place, basis: "consent", purpose: null },
          topics: ["attendance"],
          letter: {
            ...{ to: "Second Mile", parts: [], words: "Hello" },
            who: { name: "Jo Test", born: null, phone: null, reach: null },
          },
        }),
      );
      if (id === waits) continue;
      const disclosureId = await tell(jo, consent, ["attendance"]);
      await act((db) => markSent(db, by(), jo, sending, { how: "letter", disclosureId }));
    }
    const agency = { id: it.agencyId, jurisdiction: "us-mo", locale: "en-US", timeZone: "UTC" };
    const me = { staffId: it.counselor, roles: ["counselor"] };
    const services = {
      me: Promise.resolve({ ...me, agency: { ...agency, redisclosureNotice: "The notice" } }),
      ...{ database: it.db.app, clock: systemClock },
    };
    const open = async (referralId: string) => {
      const { sending, carried } = await loader({
        request: new Request(`http://localhost/consumers/${jo}/referrals/${referralId}/letter`),
        params: { consumerId: jo, referralId },
        context: { get: () => services },
      } as never);
      return { letter: sending?.letter?.words ?? null, carried };
    };
    expect(await open(waits)).toEqual({ letter: "Hello", carried: true });
    expect(await open(left)).toEqual({ letter: "Hello", carried: true });
    const who = { staffId: it.counselor, agency: { id: it.agencyId } };
    await act((db) => revokeConsent(db, who, jo, { consentId: consent, reason: "Asked" }));
    expect(await open(waits)).toEqual({ letter: null, carried: false });
    expect(await open(left)).toEqual({ letter: "Hello", carried: false });
  });

  test("the list has the longest overdue first, and another's only among my programmes'", async () => {
    const jo = await it.consumer("Listed");
    const [late, later] = [await refer(jo), await refer(jo)];
    await send(jo, late, "handed", -5);
    await send(jo, later, "sent", -3);
    const mine = await act((db) =>
      findReferralsOut(db, { whose: "mine", staffId: it.counselor, skip: 0, most: 50 }),
    );
    const ofJo = mine.filter(({ consumer_id }) => consumer_id === jo).map(({ id }) => id);
    expect(ofJo).toEqual([late, later]);
    const theirs = await it.as(it.biller, (db) =>
      findReferralsOut(db, { whose: "programs", staffId: it.biller, skip: 0, most: 50 }),
    );
    expect(theirs).toEqual([]);
  });

  test("one that was refused still has an owner to lose, and a support may follow it", async () => {
    const jo = await it.consumer();
    const id = await refer(jo);
    await send(jo, id, "sent");
    const refused = { status: "refused", on: today, outcome: "Full" } as const;
    expect(await act((db) => moveReferral(db, by(), jo, id, refused))).toBe(true);
    expect(await act((db) => findReferralChoices(db, jo))).toEqual([
      { id, what: "A room", provider_id: place },
    ]);
    const leavesOn = (day: string | null) =>
      it.db.owner
        .updateTable("staff")
        .set({ active_to: day })
        .where("id", "=", it.counselor)
        .execute();
    const open = async () => (await act(findWithoutOwner)).map(({ ref_id }) => ref_id);
    expect(await open()).not.toContain(id);
    await leavesOn(addDays(today, 7));
    expect(await open()).toContain(id);
    await leavesOn(null);
  });
});

test("the directory is searched by every word, kind and what is ticked", async () => {
  const all = { words: "", kind: null, openAccess: false, womenOnly: false };
  const names = async (looked: Partial<Parameters<typeof findProviders>[1]>) =>
    (await act((db) => findProviders(db, { ...all, ...looked }, { skip: 0, most: 20 }))).map(
      ({ name }) => name,
    );
  expect(await names({ words: "mondays RIVER third" })).toEqual(["Third Mile"]);
  expect(await names({ words: "third tuesdays" })).toEqual([]);
  expect(await names({ kind: "medical" })).toEqual([]);
  expect(await names({ kind: "housing", words: "second" })).toEqual(["Second Mile"]);
  expect(await names({ openAccess: true })).toEqual([]);
});
