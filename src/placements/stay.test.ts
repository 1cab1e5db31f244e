import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays, type Day } from "../kernel/day.ts";
import {
  type BedStay,
  type PlacementDates,
  type PlacementStatus,
  standingOf,
  stands,
  statusWords,
  waits,
} from "./stay.ts";

const today = "2026-05-20" as Day;
const on = (days: number) => addDays(today, days);
const asked: PlacementDates = {
  ...{ requested_on: on(-10), admitted_on: null, expected_to: null, ended_on: null },
  ...{ end_planned: null, withdrawn_on: null },
};
const none = { stays: [], leaves: [], funding: [] };
const booked: BedStay = {
  ...{ starts_on: on(2), ends_on: on(30), arrived_on: null, left_on: null, cancelled_on: null },
};

describe("a placement is folded from its dates", () => {
  const inside = { ...asked, admitted_on: on(-5), expected_to: on(20) };
  const stories: [string, PlacementDates, Partial<typeof none>, PlacementStatus, string | null][] =
    [
      ["asked for", asked, {}, "asked", null],
      [
        "waiting for a panel whose day has passed",
        asked,
        { funding: [{ state: "pending", panel_on: on(-1) }] as never },
        "funding-pending",
        "panel",
      ],
      [
        "refused by all",
        asked,
        { funding: [{ state: "refused", panel_on: null }] as never },
        "funding-refused",
        null,
      ],
      [
        "refused by one and agreed by another",
        asked,
        {
          funding: [
            { state: "refused", panel_on: null },
            { state: "agreed", panel_on: null },
          ] as never,
        },
        "asked",
        null,
      ],
      ["booked", asked, { stays: [booked] as never }, "booked", null],
      [
        "booked, and the day has passed",
        asked,
        { stays: [{ ...booked, starts_on: on(-1) }] as never },
        "booked",
        "admission",
      ],
      [
        "a booking given up",
        asked,
        { stays: [{ ...booked, cancelled_on: on(-1) }] as never },
        "asked",
        null,
      ],
      ["withdrawn", { ...asked, withdrawn_on: on(-1) }, {}, "withdrawn", null],
      ["in it", inside, {}, "in", null],
      ["expected to have left", { ...inside, expected_to: on(-1) }, {}, "in", "leaving"],
      [
        "on leave",
        inside,
        { leaves: [{ from_on: on(-1), back_by: on(1), returned_on: null }] as never },
        "on-leave",
        null,
      ],
      [
        "not back from leave",
        inside,
        { leaves: [{ from_on: on(-4), back_by: on(-1), returned_on: null }] as never },
        "on-leave",
        "return",
      ],
      [
        "back from leave",
        inside,
        { leaves: [{ from_on: on(-4), back_by: on(-1), returned_on: on(-1) }] as never },
        "in",
        null,
      ],
      [
        "ended as planned",
        { ...inside, ended_on: on(-1), end_planned: true },
        {},
        "ended-planned",
        null,
      ],
      ["left", { ...inside, ended_on: on(-1), end_planned: false }, {}, "ended-unplanned", null],
    ];
  test.each(stories)("%s", (_, placement, parts, status, late) => {
    const standing = standingOf(placement, { ...none, ...parts }, today);
    expect([standing.status, standing.late]).toEqual([status, late]);
  });
});

test("length of stay counts from the first admission, through a move, to the end or today", () => {
  const moved = { ...asked, admitted_on: on(-54) };
  const stays = [
    { ...booked, starts_on: on(-54), arrived_on: on(-54), left_on: on(-40) },
    { ...booked, starts_on: on(-40), arrived_on: on(-40) },
  ];
  const standing = standingOf(moved, { ...none, stays }, today);
  expect([standing.status, standing.day, standing.nights]).toEqual(["in", 55, 54]);
  const over = standingOf(
    { ...moved, ended_on: on(-1), end_planned: true },
    { ...none, stays },
    today,
  );
  expect(over.nights).toBe(53);
});

const day = fc.integer({ min: -60, max: 60 }).map(on);
const dates = fc
  .record({
    requested_on: day,
    admitted_on: fc.option(day, { nil: null }),
    expected_to: fc.option(day, { nil: null }),
    stayed: fc.option(fc.integer({ min: 0, max: 50 }), { nil: null }),
    end_planned: fc.boolean(),
    withdrawn_on: fc.option(day, { nil: null }),
  })
  .map(({ stayed, end_planned, ...rest }): PlacementDates => {
    const ended = rest.admitted_on && stayed !== null ? addDays(rest.admitted_on, stayed) : null;
    return {
      ...rest,
      ended_on: ended,
      end_planned: ended ? end_planned : null,
      withdrawn_on: rest.admitted_on ? null : rest.withdrawn_on,
    };
  });
const parts = fc.record({
  stays: fc.array(
    fc.record({
      starts_on: day,
      ends_on: fc.option(day, { nil: null }),
      arrived_on: fc.option(day, { nil: null }),
      left_on: fc.constant(null),
      cancelled_on: fc.option(day, { nil: null }),
    }),
    { maxLength: 4 },
  ),
  leaves: fc.array(
    fc.record({ from_on: day, back_by: day, returned_on: fc.option(day, { nil: null }) }),
    { maxLength: 4 },
  ),
  funding: fc.array(
    fc.record({
      state: fc.constantFrom("pending", "agreed", "refused"),
      panel_on: fc.option(day, { nil: null }),
    }),
    { maxLength: 4 },
  ),
});

test("whatever was recorded, in whatever order, there is one lawful status", () => {
  fc.assert(
    fc.property(dates, parts, (placement, all) => {
      const { status, day: nth, nights } = standingOf(placement, all, today);
      const turned = {
        stays: all.stays.toReversed(),
        leaves: all.leaves.toReversed(),
        funding: all.funding.toReversed(),
      };
      expect(standingOf(placement, turned, today).status).toBe(status);
      expect(statusWords[status]).toBeDefined();
      expect(nth === null).toBe(placement.admitted_on === null);
      if (nights !== null) expect(nights).toBeGreaterThanOrEqual(0);
      if (placement.ended_on) expect(stands(status)).toBe(false);
      if (waits(status)) expect(placement.admitted_on).toBeNull();
      if (placement.admitted_on && !placement.ended_on)
        expect(["in", "on-leave"]).toContain(status);
    }),
  );
});
