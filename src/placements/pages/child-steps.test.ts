import { afterAll, describe, expect, test } from "vitest";
import { alderHouse } from "../../../test/support/stays.ts";
import { titleOf } from "../../episodes/timeline.ts";
import { findTimeline } from "../../episodes/timeline-store.ts";
import { findOccupancy } from "../../reports/occupancy-store.ts";
import { wordsOf } from "../../web/words.ts";
import { findTasks } from "../../worklist/store.ts";
import { askAction } from "./ask-action.ts";
import { bedsAction } from "./beds-action.ts";
import { placementAction } from "./placement-action.ts";

// Children who come along, and what is asked before somebody comes into a unit.

const house = await alderHouse();
const { db, today, on, post, latest, personCalled, unitCalled, bedCalled } = house;
afterAll(() => db.drop());

const WING = "Alder House, women's wing";
const FITS = { fits: "Talked over: she would like it" };

/** Somebody who asked for a place in the wing. */
async function asked(name: string, unit = WING, children = "1") {
  const who = await personCalled(name);
  const { id } = await unitCalled(unit);
  const wish = { step: "ask", id, children_with: children };
  expect((await post(askAction, who, wish)).saved).toBe(true);
  const placement = (await latest(who)).placement.id;
  const act = (fields: Record<string, string | string[]>) =>
    post(placementAction, who, fields, placement);
  const places = async () =>
    (await latest(who)).children.map((one) => [
      ...[one.bed, one.starts_on, one.ends_on],
      one.cancelled_on ? "given up" : one.left_on ? "left" : one.arrived_on ? "there" : "booked",
    ]);
  return { who, act, places, placement };
}

async function titles(who: string) {
  const { entries } = await house.as((acting) =>
    findTimeline(acting, who, { zone: "Europe/London", group: "placements", before: null }),
  );
  return entries.map((entry) => titleOf(entry, wordsOf("en-GB")));
}

describe("a child's place", () => {
  test("is booked, comes, stays and leaves with the parent's bed", async () => {
    const { act, places, who } = await asked("Sunita Varma");
    const wing4 = await bedCalled(WING, "Wing 4");
    const [cot, small] = [await bedCalled(WING, "Cot"), await bedCalled(WING, "Small bed")];
    const book = { step: "book", bed_id: wing4, starts_on: today, ends_on: on(10), ...FITS };

    // Bronwen's child is in the cot.
    const taken = await act({ ...book, "child_places[]": [cot] });
    expect(taken.errors.child_places).toMatch(/^Cot in .* is taken from/);
    expect((await latest(who)).stays).toEqual([]);
    const room = await bedCalled("Alder House", "Room 2");
    const apart = await act({ ...book, bed_id: room, "child_places[]": [small] });
    expect(apart.errors.child_places).toContain("No child's place is kept in Alder House");

    expect((await act({ ...book, "child_places[]": [small] })).saved).toBe(true);
    expect(await places()).toEqual([["Small bed", today, on(10), "booked"]]);
    const admit = { step: "admit", bed_id: wing4, admitted_on: today, expected_to: on(8) };
    expect((await act({ ...admit, "child_places[]": [small] })).saved).toBe(true);
    expect(await places()).toEqual([["Small bed", today, on(8), "there"]]);

    // Another child's place is kept from twelve days on: nobody's stay goes over it unsaid.
    const late = await act({ step: "expect", expected_to: on(30) });
    expect(late.errors.expected_to).toContain("The child's place, Small bed, is taken");
    expect((await latest(who)).stays[0]?.ends_on).toBe(on(8));
    expect((await act({ step: "expect", expected_to: on(11) })).saved).toBe(true);
    expect(await places()).toEqual([["Small bed", today, on(11), "there"]]);

    const end = { step: "end", ended_on: today, end_planned: "yes", reason: "completed" };
    expect((await act(end)).saved).toBe(true);
    expect((await places()).map(([, , , is]) => is)).toEqual(["left"]);
    expect(await titles(who)).toContain(`A child came along to ${WING}`);
  });

  test("is given up with the booking, and with the wish", async () => {
    const { act, places } = await asked("Rhian Cadwell");
    const small = await bedCalled(WING, "Small bed");
    const bed_id = await bedCalled(WING, "Wing 4");
    const book = { step: "book", bed_id, starts_on: today, ends_on: on(3), ...FITS };
    expect((await act({ ...book, "child_places[]": [small] })).saved).toBe(true);
    expect((await act({ ...book, starts_on: on(1), "child_places[]": [small] })).saved).toBe(true);
    const states = async () => (await places()).map(([, , , is]) => is).sort();
    expect(await states()).toEqual(["booked", "given up"]);
    expect((await act({ step: "withdraw", reason: "At home" })).saved).toBe(true);
    expect(await states()).toEqual(["given up", "given up"]);
  });

  test("comes later and goes earlier than the parent, and is no bed in the reports", async () => {
    const who = await personCalled("Bronwen Hesketh");
    const { placement } = await latest(who);
    const act = (fields: Record<string, string>) =>
      post(placementAction, who, fields, placement.id);
    const days = { from: on(-20), to: today };
    const asked = { ...days, program: null } as Parameters<typeof findOccupancy>[1];
    const taken = async () =>
      (await house.as((acting) => findOccupancy(acting, asked)))
        .filter(({ unit }) => unit === WING)
        .map((one) => [one.beds, one.taken]);
    const before = await taken();
    const bed_id = await bedCalled(WING, "Small bed");
    expect((await act({ step: "child", bed_id, from_on: on(-100) })).errors.from_on).toContain(
      "The parent comes after",
    );
    expect((await act({ step: "child", bed_id, from_on: on(2) })).saved).toBe(true);
    const second = async () => (await latest(who)).children.find(({ bed }) => bed === "Small bed");
    const id = (await second())?.id ?? "";
    expect(await second()).toMatchObject({ arrived_on: null, ends_on: on(5) });
    expect((await latest(who)).placement.children_with).toBe(2);
    expect((await act({ step: "child-came", id, came_on: today })).saved).toBe(true);
    expect((await act({ step: "child-off", id, left_on: today })).saved).toBe(true);
    expect((await second())?.left_on).toBe(today);
    expect(await taken()).toEqual(before);
  });
});

describe("what matching says is asked when a bed is booked", () => {
  test("a unit that takes no children asks, keeps the word why, and asks it once", async () => {
    const { act, who } = await asked("Idris Mahmood", "Quayside Detox");
    const bed_id = await bedCalled("Quayside Detox", "Bed 5");
    const book = { step: "book", bed_id, starts_on: today, ends_on: on(5) };
    expect((await act(book)).errors.fits).toContain("Cannot take a child along");
    expect((await act({ ...book, fits: "Her mother has him" })).saved).toBe(true);
    const [stay] = (await latest(who)).stays;
    expect(stay?.asked).toContain("Cannot take a child along");
    expect(stay?.fits_because).toBe("Her mother has him");
    expect((await act({ step: "admit", bed_id, admitted_on: today })).saved).toBe(true);
  });

  test("an overflow place asks as well, and none is left behind", async () => {
    const { placement, who } = await asked("Shanice Barnaby", "Quayside Detox");
    const unit_id = (await unitCalled("Quayside Detox")).id;
    const make = { step: "overflow", unit_id, placement_id: placement, why: "Shaking" };
    const made = () =>
      db.owner.selectFrom("bed").select("id").where("why", "=", "Shaking").execute();
    expect((await post(bedsAction, who, make)).errors.fits).toContain("Cannot take a child along");
    expect(await made()).toEqual([]);
    expect((await post(bedsAction, who, { ...make, fits: "He is at his gran's" })).saved).toBe(
      true,
    );
    expect(await made()).toHaveLength(1);
  });
});

test("a leave after a move is from where the person is, and one before it from where they were", async () => {
  const who = await personCalled("Yusuf Karaca");
  const said = await titles(who);
  expect(said).toContain("Leave of absence from Alder House");
  expect(said).not.toContain("Leave of absence from Quayside Detox");
});

test("whoever is to leave after a move is on the list of the unit where they are", async () => {
  const who = await personCalled("Yusuf Karaca");
  const { placement } = await latest(who);
  const leaves = { step: "expect", expected_to: today };
  expect((await post(placementAction, who, leaves, placement.id)).saved).toBe(true);
  const tasks = await house.as((acting) => findTasks(acting, today));
  const leaver = tasks.find((task) => task.kind === "leaver-due" && task.consumerId === who);
  expect(leaver?.detail).toBe("Alder House");
});
