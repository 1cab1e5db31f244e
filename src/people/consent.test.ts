import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays, ageOn, type Day, getDay } from "../kernel/day.ts";
import {
  type Consenter,
  type GivenConsent,
  kindFor,
  liveConsents,
  mayCheckIn,
  mayInvite,
  mayShare,
  type SupportStanding,
  topics,
} from "./consent.ts";

const today = getDay("2026-03-04");
const adult: Consenter = { dateOfBirth: getDay("1990-06-15"), ofAge: 18 };

const consent = (over: Partial<GivenConsent> = {}): GivenConsent => ({
  id: "c1",
  kind: "disclosure",
  topics: ["attendance", "treatment-plan"],
  signedOn: getDay("2026-01-10"),
  validFrom: getDay("2026-01-10"),
  expiresOn: getDay("2026-06-30"),
  expiryEvent: null,
  revoked: false,
  ...over,
});
const support = (
  consents: GivenConsent[],
  over: Partial<SupportStanding> = {},
): SupportStanding => ({
  criminalJustice: false,
  endedOn: null,
  noContact: false,
  consents,
  ...over,
});
const why = (standing: SupportStanding, person = adult, day = today) => {
  const answer = mayInvite(standing, person, day);
  return answer.yes ? "yes" : answer.because;
};

describe("a relative may be invited", () => {
  test("with a live consent that names attendance, until its last day and no longer", () => {
    expect(mayInvite(support([consent()]), adult, today)).toEqual({
      yes: true,
      consentIds: ["c1"],
      until: "2026-06-30",
    });
    expect(why(support([consent()]), adult, getDay("2026-06-30"))).toBe("yes");
    expect(why(support([consent()]), adult, getDay("2026-07-01"))).toBe("expired");
  });

  test("not without one, nor before it holds, after it was revoked, or for other topics alone", () => {
    expect(why(support([]))).toBe("none");
    expect(why(support([consent({ validFrom: addDays(today, 1) })]))).toBe("not-yet");
    expect(why(support([consent({ revoked: true })]))).toBe("revoked");
    expect(why(support([consent({ topics: ["needs"] })]))).toBe("topic");
  });

  test("not while a no-contact flag stands, nor from the day they are a support no longer", () => {
    expect(why(support([consent()], { noContact: true }))).toBe("no-contact");
    expect(why(support([consent()], { endedOn: today }))).toBe("ended");
    expect(why(support([consent()], { endedOn: addDays(today, 1) }))).toBe("yes");
  });

  test("as probation or a court only with a criminal-justice consent, and nobody else with one", () => {
    const court = consent({ kind: "criminal-justice" });
    expect(why(support([consent()], { criminalJustice: true }))).toBe("wrong-kind");
    expect(why(support([court], { criminalJustice: true }))).toBe("yes");
    expect(why(support([court]))).toBe("wrong-kind");
  });

  test("for as long as an event has not ended it, when it names no last day", () => {
    const event = consent({ id: "c2", expiresOn: null, expiryEvent: "When I leave the program" });
    expect(mayInvite(support([consent(), event]), adult, today)).toMatchObject({ until: null });
  });
});

describe("somebody who comes of age", () => {
  const young: Consenter = { dateOfBirth: getDay("2008-03-05"), ofAge: 18 };
  test("is asked again on the birthday: what was signed before lapses", () => {
    expect(why(support([consent()]), young, getDay("2026-03-04"))).toBe("yes");
    expect(why(support([consent()]), young, getDay("2026-03-05"))).toBe("of-age");
  });
  test("is taken at their word from then on", () => {
    const own = consent({ id: "c2", signedOn: getDay("2026-03-05") });
    expect(why(support([consent(), own]), young, getDay("2026-03-06"))).toBe("yes");
  });
});

test("at the door the same is asked again, and staff may listen meanwhile, but not to no contact", () => {
  expect(mayCheckIn(support([]), adult, today)).toMatchObject({
    yes: false,
    arrange: expect.stringContaining("listen"),
  });
  const barred = mayCheckIn(support([consent()], { noContact: true }), adult, today);
  expect(JSON.stringify(barred)).not.toContain("listen");
});

test("a topic is shared only when a live consent names it", () => {
  expect(mayShare(support([consent()]), adult, today, "treatment-plan").yes).toBe(true);
  expect(mayShare(support([consent()]), adult, today, "relapse-plan")).toMatchObject({
    yes: false,
    because: "topic",
  });
});

const day = fc.integer({ min: -1500, max: 1500 }).map((offset) => addDays(today, offset));
const anyConsent = fc.record({
  id: fc.uuid(),
  kind: fc.constantFrom("disclosure" as const, "criminal-justice" as const),
  topics: fc.uniqueArray(fc.constantFrom(...topics), { minLength: 1 }),
  signedOn: day,
  validFrom: day,
  expiresOn: fc.option(day),
  expiryEvent: fc.option(fc.constant("When I leave")),
  revoked: fc.boolean(),
});
const anySupport = fc.record({
  criminalJustice: fc.boolean(),
  endedOn: fc.option(day, { freq: 4 }),
  noContact: fc.boolean(),
  consents: fc.array(anyConsent, { maxLength: 5 }),
});
const anyPerson = fc.record({
  dateOfBirth: fc.integer({ min: 4000, max: 8500 }).map((days) => addDays(today, -days)),
  ofAge: fc.constant(18),
});

describe("whatever was signed, revoked and flagged", () => {
  test("no contact beats every consent, for every question", () => {
    fc.assert(
      fc.property(anySupport, anyPerson, day, (standing, person, on) => {
        const flagged = { ...standing, noContact: true };
        for (const answer of [
          mayInvite(flagged, person, on),
          mayCheckIn(flagged, person, on),
          ...topics.map((topic) => mayShare(flagged, person, on, topic)),
        ]) {
          expect(answer).toMatchObject({ yes: false, because: "no-contact" });
        }
      }),
    );
  });

  test("a yes rests on consents of theirs that hold that day and name the topic", () => {
    fc.assert(
      fc.property(
        anySupport,
        anyPerson,
        day,
        fc.constantFrom(...topics),
        (one, person, on, topic) => {
          const answer = mayShare(one, person, on, topic);
          if (!answer.yes) return;
          expect(answer.consentIds.length).toBeGreaterThan(0);
          for (const id of answer.consentIds) {
            const found = one.consents.find((consent) => consent.id === id);
            expect(found?.topics).toContain(topic);
            expect(found?.kind).toBe(kindFor(one));
            expect(found?.revoked).toBe(false);
            expect(found && found.validFrom <= on && (found.expiresOn ?? on) >= on).toBe(true);
            const grown = ageOn(person.dateOfBirth, on) >= 18;
            expect(!grown || ageOn(person.dateOfBirth, found?.signedOn as Day) >= 18).toBe(true);
          }
        },
      ),
    );
  });

  test("taking consents away never turns a no into a yes, and revoking all leaves nothing", () => {
    fc.assert(
      fc.property(anySupport, anyPerson, day, (standing, person, on) => {
        const fewer = { ...standing, consents: standing.consents.slice(1) };
        if (!mayInvite(standing, person, on).yes) {
          expect(mayInvite(fewer, person, on).yes).toBe(false);
        }
        const revoked = standing.consents.map((consent) => ({ ...consent, revoked: true }));
        expect(liveConsents({ ...standing, consents: revoked }, person, on)).toEqual([]);
      }),
    );
  });

  test("every no says why and what to arrange, and being let in follows being invited", () => {
    fc.assert(
      fc.property(anySupport, anyPerson, day, (standing, person, on) => {
        const invite = mayInvite(standing, person, on);
        expect(mayCheckIn(standing, person, on).yes).toBe(invite.yes);
        if (!invite.yes) expect(invite.reason && invite.arrange).toBeTruthy();
      }),
    );
  });
});
