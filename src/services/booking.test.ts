import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Cast, cast } from "../../test/support/conference.ts";
import { type TestDatabase, testDatabase } from "../../test/support/database.ts";
import { addDays } from "../kernel/day.ts";
import type { TimeOfDay } from "../kernel/time.ts";
import { consentStanding } from "../people/consent-store.ts";
import { type Acting, actingFor } from "../storage/database.ts";
import type { Slot } from "./appointment.ts";
import {
  bookAppointment,
  bookConference,
  expectNoLonger,
  findAppointment,
  findClashes,
  findEarlierTimes,
  moveAppointment,
  recordFamilyContact,
} from "./booking-store.ts";
import { tellingOf } from "./invitation.ts";
import { recordTold } from "./invitation-store.ts";
import { findPlanned, type InvitedHow } from "./planned-store.ts";
import { findAgenda, findSighted, findTaken } from "./schedule-store.ts";
import { settle } from "./settle-store.ts";

let db: TestDatabase;
let people: Cast;
beforeAll(async () => {
  db = await testDatabase("demonstration");
  people = await cast(db);
});
afterAll(() => db.drop());

const as = <T>(name: string, work: (acting: Acting) => Promise<T>) =>
  actingFor(db.app, people.staff(name), work);
const by = (name: string) => ({ staffId: people.staff(name), agency: { id: people.agencyId } });

// Far from the demonstration's own bookings, and each test on a day of its own.
let ahead = 400;
let slot: Slot;
beforeEach(() => {
  ahead += 7;
  slot = {
    day: addDays(people.today, ahead),
    starts: "10:00" as TimeOfDay,
    ends: "11:00" as TimeOfDay,
    roomId: people.room("Cedar room"),
    staffId: people.staff("ana"),
  };
});

async function book(consumer: string, supports: string[] = [], lead = "ana", day = slot.day) {
  const consumerId = people.consumer(consumer);
  const { episode_id: episodeId, program_id: programId } = await db.owner
    .selectFrom("enrolment")
    .select(["episode_id", "program_id"])
    .where("consumer_id", "=", consumerId)
    .executeTakeFirstOrThrow();
  const id = await as(lead, (acting) =>
    bookConference(acting, by(lead), {
      ...{ consumerId, episodeId, programId, appointment: null },
      slot: { ...slot, day, staffId: people.staff(lead) },
      purposes: ["3.1.1.2"],
      plan: "treatment-plan",
      supportIds: supports.map(people.support),
    }),
  );
  if (!id) throw new Error("not booked");
  return { consumerId, id };
}

const look = (name: string, { consumerId, id }: { consumerId: string; id: string }) =>
  as(name, async (acting) => {
    const planned = await findPlanned(acting, consumerId, id);
    if (!planned) throw new Error("not there");
    return planned;
  });

/** As the invitation's page does it: asked again at the moment of telling. */
const tell = (
  name: string,
  of: { consumerId: string; id: string },
  support: string,
  how: InvitedHow,
) =>
  as(name, async (acting) => {
    const planned = await findPlanned(acting, of.consumerId, of.id);
    const supportId = people.support(support);
    const expected = planned?.supports.find((each) => each.supportId === supportId);
    const standings = await consentStanding(acting, of.consumerId, people.today);
    const answer = standings.find((each) => each.supportId === supportId)?.invite;
    const telling = planned && tellingOf(planned.appointment, expected?.toldAt ?? null);
    if (!planned || !answer || !telling) return false;
    return recordTold(acting, by(name), { planned, supportId, answer, telling, how });
  });

const disclosures = (consumerId: string) =>
  db.owner
    .selectFrom("disclosure")
    .select(["recipient", "basis", "what", "consent_id"])
    .where("consumer_id", "=", consumerId)
    .where("what", "like", "%meeting%")
    .orderBy("at")
    .execute();

describe("booking a conference", () => {
  test("keeps when, where, who leads, what for and who is expected", async () => {
    const conference = await book("Maria", ["Rosa Delgado"]);
    const planned = await look("ana", conference);
    expect(planned).toMatchObject({ purposes: ["3.1.1.2"], plan: "treatment-plan", signed: false });
    expect(planned.appointment).toMatchObject({ ...slot, status: "scheduled", setting: "office" });
    expect(planned.supports).toMatchObject([{ name: "Rosa Delgado", invitedAt: null }]);
  });

  test("tells of a double booking of room and lead, and still allows it", async () => {
    await book("Maria");
    const clashes = await as("ana", (acting) => findClashes(acting, slot));
    expect(clashes.map(({ what }) => what).toSorted()).toEqual(["room", "staff"]);
    const planned = await look("ana", await book("James"));
    expect(planned.appointment.status).toBe("scheduled");
    const own = await as("ana", (acting) =>
      findClashes(acting, { ...slot, starts: "11:00" as TimeOfDay, ends: "12:00" as TimeOfDay }),
    );
    expect(own).toEqual([]);
  });

  test("shows a colleague outside the program that the hour is taken, and not whose it is", async () => {
    await book("Maria");
    const days = { from: slot.day, to: slot.day };
    expect(await as("cole", (acting) => findAgenda(acting, days))).toEqual([]);
    const taken = await as("cole", (acting) => findTaken(acting, days));
    expect(taken).toMatchObject([{ day: slot.day, starts: "10:00", ends: "11:00" }]);
    expect(Object.keys(taken[0] ?? {}).join()).not.toMatch(/consumer/);
  });

  test("the front desk is told who can open the person's record, and nobody else is", async () => {
    const walter = people.consumer("Walter");
    const told = await as("flo", (acting) => findSighted(acting, walter));
    expect(told.keyworker).toBe(people.staff("cole"));
    expect(new Set(told.ids)).toEqual(new Set([people.staff("cole"), people.staff("ruth")]));
    const outside = await as("ana", (acting) => findSighted(acting, walter));
    expect(outside).toEqual({ ids: [], keyworker: null });
  });

  test("a conference is out of sight for whoever may not open the record", async () => {
    const conference = await book("Maria");
    const seen = (name: string) =>
      as(name, (acting) => findPlanned(acting, conference.consumerId, conference.id));
    expect(await seen("ana")).not.toBeNull();
    expect(await seen("cole")).toBeNull();
    expect(await seen("flo")).toBeNull();
    const other = people.consumer("James");
    expect(await as("ana", (acting) => findPlanned(acting, other, conference.id))).toBeNull();
  });
});

describe("moving and ending", () => {
  test("a move keeps the earlier time with its reason, and the conference goes along", async () => {
    const conference = await book("Maria", ["Rosa Delgado"]);
    const before = (await look("ana", conference)).appointment;
    const later = { ...slot, starts: "13:00" as TimeOfDay, ends: "14:00" as TimeOfDay };
    await as("ana", (acting) => moveAppointment(acting, by("ana"), before, later, "Bus strike"));
    const { appointment } = await look("ana", conference);
    expect(appointment).toMatchObject({ starts: "13:00", movedFrom: before.id });
    const earlier = await as("ana", (acting) => findEarlierTimes(acting, appointment.movedFrom));
    expect(earlier).toEqual([
      { day: slot.day, starts: "10:00", ends: "11:00", reason: "Bus strike" },
    ]);
    const agenda = await as("ana", (acting) =>
      findAgenda(acting, { from: slot.day, to: slot.day }),
    );
    expect(agenda).toMatchObject([{ starts: "13:00", conferenceId: conference.id }]);
  });

  test("the front desk moves what it may not open, to another colleague too", async () => {
    const conference = await book("James", ["Carol Whitaker"]);
    const { appointment } = await look("ana", conference);
    await as("flo", async (acting) => {
      const seen = await findAppointment(acting, appointment.id);
      if (!seen) throw new Error("not there");
      await moveAppointment(
        acting,
        by("flo"),
        seen,
        { ...slot, day: addDays(slot.day, 1), staffId: people.staff("ben") },
        "They called",
      );
    });
    const moved = await look("ana", conference);
    expect(moved.appointment).toMatchObject({ day: addDays(slot.day, 1), staff: "Ben Okafor" });
    const row = await db.owner
      .selectFrom("conference")
      .select("lead_id")
      .where("id", "=", conference.id)
      .executeTakeFirst();
    expect(row?.lead_id).toBe(people.staff("ben"));
  });

  test("what somebody settled is not settled again", async () => {
    const { appointment } = await look("ana", await book("Maria"));
    const end = (status: "cancelled" | "did-not-come") =>
      as("ana", (acting) => settle(acting, by("ana"), appointment.id, status, "Why"));
    expect(await end("cancelled")).toBe(true);
    expect(await end("did-not-come")).toBe(false);
    const moved = await as("ana", (acting) =>
      moveAppointment(
        acting,
        by("ana"),
        appointment,
        { ...slot, roomId: people.room("Willow room") },
        "x",
      ),
    );
    expect(moved).toBeNull();
    expect(await as("ana", (acting) => findClashes(acting, slot))).toEqual([]);
  });

  test("two people who settle at once: one does", async () => {
    const { appointment } = await look("ana", await book("Maria"));
    const done = await Promise.all([
      as("ana", (acting) => settle(acting, by("ana"), appointment.id, "cancelled", "Ill")),
      as("flo", (acting) => settle(acting, by("flo"), appointment.id, "did-not-come", "Nobody")),
    ]);
    expect(done.filter(Boolean)).toHaveLength(1);
  });

  test("family who came alone are heard, and nothing is told or judged", async () => {
    const conference = await book("James", ["Carol Whitaker"]);
    const { appointment } = await look("ana", conference);
    await as("ana", async (acting) => {
      await settle(acting, by("ana"), appointment.id, "family-only", null);
      await recordFamilyContact(acting, by("ana"), {
        ...{ consumerId: conference.consumerId, appointmentId: appointment.id },
        ...{ supportId: people.support("Carol Whitaker"), who: "Carol Whitaker" },
        heard: "He left early in the morning",
      });
    });
    const planned = await look("ana", conference);
    expect(planned.appointment.status).toBe("family-only");
    expect(planned.contacts).toMatchObject([{ heard: "He left early in the morning" }]);
    const services = await db.owner
      .selectFrom("service")
      .select("id")
      .where("conference_id", "=", conference.id)
      .execute();
    expect(services).toEqual([]);
  });

  test("what the front desk booked is planned by the counselor on the same appointment", async () => {
    const consumerId = people.consumer("James");
    const id = await as("flo", (acting) => bookAppointment(acting, by("flo"), consumerId, slot));
    const conferenceId = await as("ana", async (acting) => {
      const appointment = await findAppointment(acting, id);
      const belongs = await acting
        .selectFrom("enrolment")
        .select(["episode_id", "program_id"])
        .where("consumer_id", "=", consumerId)
        .executeTakeFirstOrThrow();
      return bookConference(acting, by("ana"), {
        ...{ consumerId, episodeId: belongs.episode_id, programId: belongs.program_id },
        ...{ slot, appointment, purposes: [], plan: null, supportIds: [] },
      });
    });
    const planned = await look("ana", { consumerId, id: conferenceId ?? "" });
    expect(planned.appointment).toMatchObject({ id, kind: "family-conference" });
  });
});

describe("telling a support", () => {
  test("is kept with its consent, in the accounting and in the access log", async () => {
    const conference = await book("Maria", ["Rosa Delgado"]);
    const before = await disclosures(conference.consumerId);
    expect(await tell("ana", conference, "Rosa Delgado", "letter")).toBe(true);
    const planned = await look("ana", conference);
    expect(planned.supports[0]).toMatchObject({ invitedHow: "letter" });
    const after = await disclosures(conference.consumerId);
    expect(after).toHaveLength(before.length + 1);
    expect(after.at(-1)).toMatchObject({ recipient: "Rosa Delgado", basis: "consent" });
    const log = await db.owner
      .selectFrom("access_log")
      .select(["staff_id", "consumer_ids"])
      .where("action", "=", "disclosed")
      .execute();
    expect(log).toContainEqual({
      staff_id: people.staff("ana"),
      consumer_ids: [conference.consumerId],
    });
    expect(await tell("ana", conference, "Rosa Delgado", "letter")).toBe(true);
    expect(await disclosures(conference.consumerId)).toHaveLength(after.length);
  });

  test.each([
    ["without a consent", "Tasha", "Marcus Green", "ben"],
    ["with a standing no-contact flag, whatever consent there is", "Maria", "Hector Ruiz", "ana"],
    ["after the consent was revoked", "Priya", "Arun Raman", "ana"],
  ])("is refused %s, and leaves nothing behind", async (_, consumer, support, lead) => {
    const conference = await book(consumer, [support], lead);
    const before = await disclosures(conference.consumerId);
    expect(await tell(lead, conference, support, "calendar-file")).toBe(false);
    expect(await disclosures(conference.consumerId)).toEqual(before);
    expect((await look(lead, conference)).supports[0]).toMatchObject({
      invitedAt: null,
      toldAt: null,
    });
  });

  test("ends with the consent: an invitation that was not sent can't be, nor a change be told", async () => {
    const consumerId = people.consumer("Luis");
    const first = await book("Luis", ["Elena Moreno"], "cole");
    const second = await book("Luis", ["Elena Moreno"], "cole", addDays(slot.day, 1));
    expect(await tell("cole", first, "Elena Moreno", "phone")).toBe(true);
    const consent = await db.owner
      .selectFrom("consent")
      .select("id")
      .where("support_id", "=", people.support("Elena Moreno"))
      .executeTakeFirstOrThrow();
    await as("cole", (acting) =>
      acting
        .insertInto("consent_revocation")
        .values({
          ...{ consent_id: consent.id, agency_id: people.agencyId, consumer_id: consumerId },
          ...{ reason: "They quarrelled", recorded_by: people.staff("cole") },
        })
        .execute(),
    );
    const told = await disclosures(consumerId);
    expect(await tell("cole", second, "Elena Moreno", "letter")).toBe(false);
    const { appointment } = await look("cole", first);
    await as("cole", (acting) => settle(acting, by("cole"), appointment.id, "cancelled", "Ill"));
    expect(await tell("cole", first, "Elena Moreno", "phone")).toBe(false);
    expect(await disclosures(consumerId)).toEqual(told);
  });

  test("after a move and after cancelling there is news to tell, once", async () => {
    const conference = await book("James", ["Carol Whitaker"]);
    await tell("ana", conference, "Carol Whitaker", "letter");
    const news = async () => {
      const { appointment, supports } = await look("ana", conference);
      return tellingOf(appointment, supports[0]?.toldAt ?? null);
    };
    expect(await news()).toBe("nothing-new");
    const { appointment } = await look("ana", conference);
    const willow = { ...slot, roomId: people.room("Willow room") };
    await as("ana", (acting) => moveAppointment(acting, by("ana"), appointment, willow, "Paint"));
    expect(await news()).toBe("moved");
    await tell("ana", conference, "Carol Whitaker", "letter");
    expect(await news()).toBe("nothing-new");
    const moved = (await look("ana", conference)).appointment;
    await as("ana", (acting) => settle(acting, by("ana"), moved.id, "cancelled", "Ill"));
    expect(await news()).toBe("cancelled");
    await tell("ana", conference, "Carol Whitaker", "phone");
    expect(await news()).toBe("nothing-new");
    const what = (await disclosures(conference.consumerId)).slice(-3).map((row) => row.what);
    expect(what[1]).toMatch(/moved/);
    expect(what[2]).toMatch(/will not take place/);
  });

  test("somebody who was told stays on the list; others can be taken off", async () => {
    const conference = await book("Maria", ["Rosa Delgado", "Lucia Delgado"]);
    await tell("ana", conference, "Rosa Delgado", "letter");
    const at = { consumerId: conference.consumerId, conferenceId: conference.id };
    const off = (name: string) =>
      as("ana", (acting) => expectNoLonger(acting, at, people.support(name)));
    expect(await off("Rosa Delgado")).toBe(false);
    expect(await off("Lucia Delgado")).toBe(true);
    expect((await look("ana", conference)).supports.map(({ name }) => name)).toEqual([
      "Rosa Delgado",
    ]);
  });
});
