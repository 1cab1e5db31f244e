import { sql } from "kysely";
import { afterAll, describe, expect, test } from "vitest";
import { alderHouse } from "../../../test/support/stays.ts";
import { findJourney } from "../../episodes/journey-store.ts";
import { enrolmentAction } from "../../episodes/pages/enrolment-action.ts";
import { type Day, formatDay } from "../../kernel/day.ts";
import { letterLeft as sent } from "../../liaison/pages/letter-left.ts";
import { sendAction } from "../../liaison/pages/send-action.ts";
import { findOpenLeavings } from "../../plans/leaving-store.ts";
import { actingFor } from "../../storage/database.ts";
import { findTasks } from "../../worklist/store.ts";
import { findOccupied } from "../bed-store.ts";
import { findNeeds } from "../match-store.ts";
import { findAskedOf, findParts } from "../store.ts";
import { askAction } from "./ask-action.ts";
import { bedsAction } from "./beds-action.ts";
import { placementAction } from "./placement-action.ts";

// A stay as Moira records it, in the demonstration's agency in England, form by form.

const house = await alderHouse();
const { db, today, on, post, latest, enrolments, staff } = house;
const { personCalled, unitCalled, bedCalled, as } = house;
afterAll(() => db.drop());

test("from a wish to an end: one stay through detox and rehab, and the enrolments go along", async () => {
  const who = await personCalled("Sunita Varma");
  const detox = await unitCalled("Quayside Detox");
  const rehab = await unitCalled("Alder House");
  const ask = { step: "ask", id: detox.id, why: "Not at home", children_with: "0" };
  expect((await post(askAction, who, ask)).saved).toBe(true);
  expect(await enrolments(who, detox.program_id)).toEqual([
    { requested_on: today, valid_from: null, valid_to: null },
  ]);
  expect((await post(askAction, who, ask)).errors.form).toContain("asked for already");
  const id = (await latest(who)).placement.id;
  const act = (fields: Record<string, string>) => post(placementAction, who, fields, id);

  // Bed 1 is somebody's: the answer says which bed, until when, and nothing is lost.
  const bed1 = await bedCalled("Quayside Detox", "Bed 1");
  const taken = await act({ step: "book", bed_id: bed1, starts_on: today, ends_on: on(10) });
  expect(taken.errors.bed_id).toMatch(
    /^Bed 1 in Quayside Detox is taken from .* until .*free from/,
  );
  const bed5 = await bedCalled("Quayside Detox", "Bed 5");
  expect((await act({ step: "book", bed_id: bed5, starts_on: today, ends_on: on(10) })).saved).toBe(
    true,
  );
  expect((await latest(who)).standing.status).toBe("booked");
  // Another try for a bed that is taken leaves the booking as it was.
  await act({ step: "book", bed_id: bed1, starts_on: today, ends_on: on(10) });
  expect((await latest(who)).stays.filter((stay) => !stay.cancelled_on)).toHaveLength(1);

  expect(
    (await act({ step: "admit", bed_id: bed5, admitted_on: on(-1), expected_to: on(10) })).saved,
  ).toBe(true);
  expect(await enrolments(who, detox.program_id)).toEqual([
    { requested_on: today, valid_from: on(-1), valid_to: null },
  ]);

  // The women's wing is of the same programme, but no detox is attached to it.
  const wing = await bedCalled("Alder House, women's wing", "Wing 4");
  await expect(act({ step: "move", bed_id: wing, moved_on: today })).rejects.toMatchObject({
    init: { status: 404 },
  });
  const full = await bedCalled("Alder House", "Room 5");
  expect((await act({ step: "move", bed_id: full, moved_on: today })).errors.bed_id).toContain(
    "Room 5 in Alder House is taken",
  );
  expect((await latest(who)).stays.find((stay) => stay.left_on)).toBeUndefined();
  await db.owner
    .insertInto("bed")
    .values({ agency_id: house.agency.id, unit_id: rehab.id, name: "Room 10" })
    .execute();
  const room = await bedCalled("Alder House", "Room 10");
  expect(
    (await act({ step: "move", bed_id: room, moved_on: today, expected_to: on(84) })).saved,
  ).toBe(true);
  const moved = await latest(who);
  expect(moved.placement.id).toBe(id);
  expect([moved.standing.status, moved.standing.day]).toEqual(["in", 2]);
  expect(moved.stays.map((stay) => [stay.unit, stay.arrived_on, stay.left_on])).toEqual([
    ["Quayside Detox", on(-1), today],
    ["Alder House", today, null],
  ]);
  expect((await enrolments(who, rehab.program_id))[0]?.valid_from).toBe(today);
  expect((await enrolments(who, detox.program_id))[0]?.valid_to).not.toBeNull();

  expect((await act({ step: "leave", from_on: today, back_by: on(2) })).saved).toBe(true);
  expect((await latest(who)).standing.status).toBe("on-leave");
  expect((await act({ step: "leave", from_on: today, back_by: on(2) })).errors.form).toContain(
    "open already",
  );
  const [away] = (await latest(who)).leaves;
  expect((await act({ step: "back", id: away?.id ?? "", returned_on: today })).saved).toBe(true);

  expect((await act({ step: "use", happened_on: today, what: "A drink on leave" })).saved).toBe(
    true,
  );
  const used = await latest(who);
  expect([used.standing.status, used.uses[0]?.reviewed_on]).toEqual(["in", null]);
  expect((used.uses[0]?.review_due ?? "") > today).toBe(true);
  const review = {
    step: "review",
    id: used.uses[0]?.id ?? "",
    reviewed_on: today,
    review: "Talked",
  };
  expect((await act(review)).saved).toBe(true);
  expect((await act(review)).errors.form).toContain("reviewed meanwhile");

  const end = { step: "end", ended_on: today, end_planned: "no", reason: "left-early" };
  const contrary = await act({ ...end, end_planned: "yes" });
  expect(contrary.errors.end_planned).toContain("no planned ending");
  expect((await act(end)).saved).toBe(true);
  const over = await latest(who);
  expect([over.standing.status, over.standing.nights]).toEqual(["ended-unplanned", 1]);
  const leavings = await db.owner
    .selectFrom("leaving")
    .select(["planned", "reason", "contact_due"])
    .where("placement_id", "=", id)
    .execute();
  expect(leavings).toEqual([
    { planned: false, reason: "left-early", contact_due: new Date(`${on(2)}T12:00:00Z`) },
  ]);
  expect((await enrolments(who, rehab.program_id))[0]?.valid_to).toBe(today);
  expect((await act(end)).errors.form).toContain("has ended");
});

describe("a unit of others", () => {
  const told = (consumerId: string) =>
    db.owner
      .selectFrom("disclosure")
      .select(["basis", "recipient", "provider_id"])
      .where("consumer_id", "=", consumerId)
      .execute();

  test("is told nothing by the wish, and by the request what a ground allows, which is accounted for", async () => {
    const who = await personCalled("Tobias Merriweather");
    const before = await told(who);
    const unit = await unitCalled("Brackenfell House");
    const wish = await post(askAction, who, { step: "ask", id: unit.id, children_with: "0" });
    expect(wish.to).toMatch(/^\/consumers\/[^/]+\/referrals\/[^/]+\/send$/);
    const referralId = wish.to.split("/").at(-2) ?? "";
    const { placement } = await latest(who);
    expect(await told(who)).toEqual(before);
    // The same request, not another one, whenever it is gone on with.
    const again = await post(
      placementAction,
      who,
      { step: "tell", need: "placement" },
      placement.id,
    );
    expect(again.to).toBe(wish.to);

    const send = (fields: Record<string, string>) =>
      post(sendAction, who, { provider: unit.provider_id ?? "", chase_on: on(3), ...fields }, "", {
        referralId,
      });
    expect((await send({ basis: "consent" })).errors.topics).toContain("No live consent");
    expect((await send({ basis: "vital-interests" })).errors.purpose).toContain("Say why");
    expect((await send({ basis: "medical-emergency", purpose: "x" })).errors.basis).toContain(
      "no such ground",
    );
    // Whoever is to ring the person is told how that is safe; everybody else no number at all.
    const urgent = { basis: "vital-interests", purpose: "Not safe tonight; cannot be asked" };
    expect((await send({ ...urgent, ring: "on", phone: "1" })).errors.reach).toContain("safe");
    expect((await send(urgent)).saved).toBe(true);
    const { letter } = await db.owner
      .selectFrom("referral_sending")
      .select("letter")
      .where("referral_id", "=", referralId)
      .where("dropped_at", "is", null)
      .executeTakeFirstOrThrow();
    expect(letter).toMatchObject({ who: { phone: null, reach: null } });
    expect(await told(who)).toEqual(before);

    const left = { how: "telephone", chase_on: on(3) };
    expect((await post(sent, who, left, "", { referralId })).saved).toBe(true);
    expect(await told(who)).toHaveLength(before.length + 1);
    expect(await told(who)).toContainEqual({
      ...{ basis: "vital-interests", recipient: "Brackenfell Trust" },
      provider_id: unit.provider_id,
    });
    const asked = await house.as((acting) => findAskedOf(acting, who, placement.id));
    expect(asked[0]).toMatchObject({ need: "placement", status: "sent", letter_waits: false });
  });

  test("nobody goes on to ask for a place that is not wanted any more", async () => {
    const who = await personCalled("Marek Zielonka");
    const unit = await unitCalled("Brackenfell House");
    await post(askAction, who, { step: "ask", id: unit.id, children_with: "0" });
    const { placement } = await latest(who);
    const stop = { step: "withdraw", reason: "He stays at Alder House" };
    expect((await post(placementAction, who, stop, placement.id)).saved).toBe(true);
    const asked = await house.as((acting) => findAskedOf(acting, who, placement.id));
    expect(asked.map(({ status }) => status)).toEqual(["closed"]);
  });
});

describe("a unit for women only", () => {
  test("asks to be sure, and takes whoever it fits", async () => {
    const who = await personCalled("Shanice Barnaby");
    const { id } = (await latest(who)).placement;
    const bed_id = await bedCalled("Alder House, women's wing", "Wing 4");
    const book = { step: "book", placement_id: id, bed_id, starts_on: today };
    expect((await post(bedsAction, who, book)).errors.fits).toContain("women only");
    expect((await post(bedsAction, who, { ...book, fits: "on" })).saved).toBe(true);
    expect((await latest(who)).standing.status).toBe("booked");
  });
});

/** Whose tasks ask for a contact with somebody who left. */
const everybody = ["nia", "grace", "moira", "jack", "ellie"];
const askedToContact = async (consumerId: string, ...emails: string[]) => {
  const asked: string[] = [];
  for (const email of emails) {
    const tasks = await actingFor(db.app, await staff(`${email}@alderway.example`), (acting) =>
      findTasks(acting, today),
    );
    if (tasks.some((task) => task.kind === "left-not-contacted" && task.consumerId === consumerId))
      asked.push(email);
  }
  return asked;
};

test("from a detox of others into the rehab it is attached to: one stay, where no beds are kept here", async () => {
  const who = await personCalled("Callum Threlfall");
  const detox = await unitCalled("Brackenfell Detox");
  const rehab = await unitCalled("Brackenfell House");
  await post(askAction, who, { step: "ask", id: detox.id, children_with: "0" });
  const { id } = (await latest(who)).placement;
  const act = (fields: Record<string, string>) => post(placementAction, who, fields, id);
  const move = { step: "move", bed_id: rehab.id, moved_on: on(-3), expected_to: on(60) };
  expect((await act(move)).errors.form).toContain("not admitted");
  expect((await act({ step: "admit", admitted_on: on(-9) })).saved).toBe(true);

  // Nowhere but to the rehab that the detox is attached to, and not before they came.
  const st = await unitCalled("St Aidan's Community");
  await expect(act({ ...move, bed_id: st.id })).rejects.toMatchObject({ init: { status: 404 } });
  expect((await act({ ...move, moved_on: on(-10) })).errors.moved_on).toContain("after that day");
  // What speaks against a unit is asked there as before a bed of ours, and the word is kept.
  expect((await act(move)).errors.fits).toContain("Brackenfell House");
  expect((await act({ ...move, fits: "They take him as he is" })).saved).toBe(true);
  const kept = await db.owner
    .selectFrom("unit_move")
    .select(["fits_because", "moved_on"])
    .where("placement_id", "=", id)
    .execute();
  expect(kept).toEqual([{ fits_because: "They take him as he is", moved_on: on(-3) }]);
  const moved = await latest(who);
  expect(moved.placement).toMatchObject({
    ...{ id, unit: "Brackenfell House", provider: "Brackenfell Trust", ended_on: null },
    expected_to: on(60),
  });
  expect(moved.standing).toMatchObject({ status: "in", day: 10 });
  const all = await as((acting) => findParts(acting, who));
  expect(all.places.map((place) => [place.unit, place.since, place.until])).toEqual([
    ["Brackenfell Detox", on(-9), on(-3)],
    ["Brackenfell House", on(-3), null],
  ]);
  const { rows } = await as((acting) =>
    sql`SELECT placement_kind AS kind FROM care_record WHERE line_id = ${id}`.execute(acting),
  );
  expect(rows).toEqual([{ kind: "rehab" }]);

  // Sent once more, it says where he is since when; and nothing ends before he came there.
  expect((await act({ ...move, fits: "Again" })).errors.bed_id).toBe(
    `They are in Brackenfell House since ${formatDay(on(-3), "en-GB")} already.`,
  );
  const end = { step: "end", ended_on: today, end_planned: "yes", reason: "completed" };
  expect((await act({ ...end, ended_on: on(-4) })).errors.ended_on).toContain(
    `Brackenfell House since ${formatDay(on(-3), "en-GB")}`,
  );
  expect((await act(end)).saved).toBe(true);
  expect((await latest(who)).standing).toMatchObject({ status: "ended-planned", nights: 9 });
  // Whoever only waited for a start here is not lost either.
  expect(await askedToContact(who, ...everybody)).toEqual(["nia", "moira"]);
  const journey = await as((acting) => findJourney(acting, who));
  expect(
    journey.filter(({ kind }) => kind === "stay").map((one) => [one.what, one.on, one.until]),
  ).toEqual([
    ["detox", on(-9), on(-3)],
    ["rehab", on(-3), today],
  ]);
});

test("back from the rehab to its detox is the same stay, with a reason, and its bed or none of ours", async () => {
  const who = await personCalled("Yusuf Karaca");
  const { placement } = await latest(who);
  const act = (fields: Record<string, string>) => post(placementAction, who, fields, placement.id);
  const [detox, rehab] = [await unitCalled("Quayside Detox"), await unitCalled("Alder House")];
  const bed_id = await bedCalled("Quayside Detox", "Bed 5");
  const back = { step: "move", bed_id, moved_on: today };
  expect((await act(back)).errors.fits).toMatch(/^Quayside Detox: .*Back from Alder House/);
  expect((await act({ ...back, fits: "Used on leave; withdraws again" })).saved).toBe(true);
  const now = await latest(who);
  expect(now.placement).toMatchObject({ id: placement.id, admitted_on: placement.admitted_on });
  expect(now.stays.filter((stay) => stay.arrived_on).map((stay) => stay.unit)).toEqual([
    "Quayside Detox",
    "Alder House",
    "Quayside Detox",
  ]);
  expect(now.stays.at(-1)?.fits_because).toBe("Used on leave; withdraws again");
  const of = async (program: string | null) =>
    (await enrolments(who, program)).toSorted((a, b) =>
      (a.valid_from ?? "").localeCompare(b.valid_from ?? ""),
    );
  expect((await of(detox.program_id)).at(-1)).toMatchObject({ valid_from: today, valid_to: null });
  expect((await of(rehab.program_id)).at(-1)).toMatchObject({ valid_to: on(-1) });
});

test("a stay elsewhere goes back to its detox; its ending is on the list of the team that cared for them", async () => {
  const who = await personCalled("Tobias Merriweather");
  const [detox, rehab] = [
    await unitCalled("Brackenfell Detox"),
    await unitCalled("Brackenfell House"),
  ];
  await post(askAction, who, { step: "ask", id: detox.id, children_with: "0" });
  const { id } = (await latest(who)).placement;
  const act = (fields: Record<string, string>) => post(placementAction, who, fields, id);
  expect((await act({ step: "admit", admitted_on: on(-9) })).saved).toBe(true);
  const onward = { step: "move", bed_id: rehab.id, moved_on: on(-6), fits: "As he is" };
  expect((await act(onward)).saved).toBe(true);
  const back = { step: "move", bed_id: detox.id, moved_on: on(-3) };
  expect((await act(back)).errors.fits).toContain("Back from Brackenfell House");
  expect((await act({ ...back, fits: "He drank" })).saved).toBe(true);
  const again = { ...onward, moved_on: on(-3) };
  expect((await act(again)).saved).toBe(true);
  expect((await act({ ...back, fits: "Once more" })).errors.moved_on).toContain("that day already");
  const all = await as((acting) => findParts(acting, who));
  expect(
    all.places
      .filter((place) => place.placement_id === id)
      .map((place) => [place.unit, place.since]),
  ).toEqual([
    ["Brackenfell Detox", on(-9)],
    ["Brackenfell House", on(-6)],
    ["Brackenfell Detox", on(-3)],
    ["Brackenfell House", on(-3)],
  ]);

  const end = { step: "end", ended_on: today, end_planned: "no", reason: "left-early" };
  expect((await act(end)).saved).toBe(true);
  // His keyworker and whoever manages; nobody of the other teams.
  expect(await askedToContact(who, ...everybody)).toEqual(["nia", "moira"]);
  const seen = await actingFor(db.app, await staff("nia@alderway.example"), findOpenLeavings);
  expect(seen.find((one) => one.consumer_id === who)).toMatchObject({ unit: "Brackenfell House" });
});

test("two who record a transfer at the same moment record one, and the second is told", async () => {
  const who = await personCalled("Callum Threlfall");
  const detox = await unitCalled("Brackenfell Detox");
  const rehab = await unitCalled("Brackenfell House");
  await post(askAction, who, { step: "ask", id: detox.id, children_with: "0" });
  const { id } = (await latest(who)).placement;
  const act = (fields: Record<string, string>) => post(placementAction, who, fields, id);
  expect((await act({ step: "admit", admitted_on: on(-9) })).saved).toBe(true);
  const move = { step: "move", bed_id: rehab.id, moved_on: on(-3), fits: "As he is" };
  // Both have read the stay, on connections of their own, before either may write.
  const lock = sql`hashtextextended(${`placements ${who}`}, 0)`;
  const held = await db.owner.startTransaction().execute();
  await sql`SELECT pg_advisory_xact_lock(${lock})`.execute(held);
  const both = [act(move), act({ ...move, moved_on: on(-2) })];
  const waiting = async () => {
    const { rows } = await sql<{ n: number }>`
      SELECT count(*)::integer AS n FROM pg_locks l JOIN pg_database d ON d.oid = l.database
      WHERE d.datname = current_database() AND l.locktype = 'advisory' AND NOT l.granted`.execute(
      db.owner,
    );
    return rows[0]?.n;
  };
  try {
    await expect.poll(waiting, { timeout: 10_000 }).toBe(2);
  } finally {
    await held.rollback().execute();
  }
  const answers = await Promise.all(both);
  expect(answers.map(({ saved }) => saved).toSorted()).toEqual([false, true]);
  const told = answers.find(({ saved }) => !saved);
  expect(told?.errors.form).toContain("meanwhile that they are in Brackenfell House since");
  const moves = await db.owner
    .selectFrom("unit_move")
    .select("id")
    .where("placement_id", "=", id)
    .execute();
  expect(moves).toHaveLength(1);
  await act({ step: "end", ended_on: today, end_planned: "yes", reason: "completed" });
});

test("an overflow place is made on the spot, with its reason, and closes when its person leaves", async () => {
  const who = await personCalled("Rhian Cadwell");
  const { id } = (await latest(who)).placement;
  const unit_id = (await unitCalled("Quayside Detox")).id;
  const make = { step: "overflow", unit_id, placement_id: id, ends_on: on(3) };
  expect((await post(bedsAction, who, make)).errors.why).toBeDefined();
  expect((await post(bedsAction, who, { ...make, why: "Shaking, no bed" })).saved).toBe(true);
  const booked = (await latest(who)).stays.find((stay) => !stay.cancelled_on);
  expect([booked?.overflow, booked?.overflow_why]).toEqual([true, "Shaking, no bed"]);
  const act = (fields: Record<string, string>) => post(placementAction, who, fields, id);
  expect(
    (await act({ step: "admit", bed_id: booked?.bed_id ?? "", admitted_on: today })).saved,
  ).toBe(true);
  const end = { step: "end", ended_on: today, end_planned: "yes", reason: "completed" };
  expect((await act(end)).saved).toBe(true);
  const bed = await db.owner
    .selectFrom("bed")
    .select("active")
    .where("id", "=", booked?.bed_id ?? "")
    .executeTakeFirstOrThrow();
  expect(bed.active).toBe(false);
});

test("funding is pending until its answer, which is said once", async () => {
  const who = await personCalled("Bronwen Hesketh");
  const { id } = (await latest(who)).placement;
  const act = (fields: Record<string, string>) => post(placementAction, who, fields, id);
  expect((await act({ step: "fund", funder: "A trust", cost: "12.345" })).errors.cost).toContain(
    "650",
  );
  expect(
    (await act({ step: "fund", funder: "A trust", cost: "650", panel_on: on(-1) })).saved,
  ).toBe(true);
  const line = (await latest(who)).funding.find(({ funder }) => funder === "A trust");
  const decide = {
    ...{ step: "decide", id: line?.id ?? "", state: "agreed", decided_on: today },
    ...{ answer_from: "The clerk", weeks: "4" },
  };
  expect((await act(decide)).saved).toBe(true);
  expect((await act({ ...decide, state: "refused" })).errors.form).toContain("meanwhile");
  const said = (await latest(who)).funding.find(({ funder }) => funder === "A trust");
  expect([said?.state, said?.weeks, said?.cents_per_week, said?.decider]).toEqual([
    "agreed",
    4,
    65_000,
    "Moira Kinnear",
  ]);
});

test("nobody is reached any more who died: no contact is asked for", async () => {
  const who = await personCalled("Terence Ogilvie");
  const { id } = (await latest(who)).placement;
  const end = { step: "end", ended_on: today, end_planned: "no", reason: "died" };
  expect((await post(placementAction, who, end, id)).saved).toBe(true);
  const leaving = await db.owner
    .selectFrom("leaving")
    .select("contact_due")
    .where("placement_id", "=", id)
    .executeTakeFirstOrThrow();
  expect(leaving.contact_due).toBeNull();
});

test("people of other programmes are only occupied beds; who sees no record sees no bed", async () => {
  const seen = async (email: string) => {
    const id = await staff(email);
    return actingFor(db.app, id, (acting) => findOccupied(acting, today, on(1)));
  };
  const denise = await personCalled("Denise Maddock");
  const bedId = await bedCalled("Second Step, Canal Street", "Flat 2");
  const as = async (email: string) =>
    (await seen(email)).filter((one) => one.bedId === bedId).map((one) => one.consumerId);
  expect(await as("ellie@alderway.example")).toEqual([denise]);
  expect(await as("jack@alderway.example")).toEqual([null]);
  expect(await as("ivy@alderway.example")).toEqual([null]);
  expect(await seen("tom@alderway.example")).toEqual([]);
  expect(await as("ana@demo.example")).toEqual([]);
});

test("what is said of second stage is said anew when its keyworker goes, and when another comes", async () => {
  const stay = await house.as((acting) =>
    acting
      .selectFrom("placement as p")
      .innerJoin("bed_stay as s", "s.placement_id", "p.id")
      .innerJoin("bed", "bed.id", "s.bed_id")
      .innerJoin("unit", "unit.id", "bed.unit_id")
      .innerJoin("assignment as a", (join) =>
        join.onRef("a.consumer_id", "=", "p.consumer_id").on("a.part", "=", "keyworker"),
      )
      .select(["p.id", "p.consumer_id", "a.id as part", "a.staff_id"])
      .where("unit.kind", "=", "second-stage")
      .where("s.arrived_on", "is not", null)
      .where("s.left_on", "is", null)
      .where("a.valid_to", "is", null)
      .where("a.valid_from", "<", today)
      .where("p.agency_id", "=", house.agency.id)
      .where(
        sql<boolean>`EXISTS (SELECT FROM care_record c WHERE c.line_id = p.id AND c.active_plan
        AND c.drug_related_supports > 0 AND c.non_drug_related_supports > 0)`,
      )
      .orderBy("p.id")
      .limit(1)
      .executeTakeFirstOrThrow(),
  );
  const kept = async () =>
    (
      await db.owner
        .selectFrom("care_judgement")
        .select("facts")
        .where("placement_id", "=", stay.id)
        .orderBy("judged_at")
        .execute()
    ).map(({ facts }) => (facts as { keyworker_named: boolean }).keyworker_named);
  const act = (fields: Record<string, string>) => post(enrolmentAction, stay.consumer_id, fields);
  const ended = await act({ step: "end-part", id: stay.part, valid_to: on(-1) });
  expect(ended).toMatchObject({ saved: true });
  expect((await kept()).at(-1)).toBe(false);
  const named = { step: "assign", part: "keyworker", staff_id: stay.staff_id };
  expect(await act({ ...named, valid_from: today })).toMatchObject({ saved: true });
  expect((await kept()).at(-1)).toBe(true);
});

test("what an assessment of an earlier episode said is known, with its day", async () => {
  await house.as(async (acting) => {
    const { rows } = await sql<{ consumer_id: string; on: Day }>`
      SELECT a.consumer_id, (a.completed_at AT TIME ZONE 'Europe/London')::date::text AS on
      FROM assessment a JOIN episode e ON e.id = a.episode_id
      WHERE a.completed_at IS NOT NULL AND e.closed_on IS NOT NULL
        AND NOT EXISTS (SELECT FROM assessment o WHERE o.consumer_id = a.consumer_id AND o.id <> a.id)
      ORDER BY a.id LIMIT 1`.execute(acting);
    const old = rows[0];
    if (!old) throw new Error("nobody was assessed in an episode that is over");
    const found = await findNeeds(acting, old.consumer_id, today);
    expect(found.assessed).toEqual({ on: old.on, earlier: true });
    expect(found.needs.riskToSelf).not.toBeNull();
    expect(found.needs.old.riskToSelf).toBe(old.on);
  });
});
