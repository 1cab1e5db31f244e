import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays, type Day, getDay } from "../kernel/day.ts";
import {
  dayOfEpisode,
  type Enrolment,
  enrolmentStatus,
  isCurrent,
  nextSteps,
  reasonWords,
  whyNotAssign,
  whyNotClose,
  whyNotEnd,
  whyNotEnrol,
  whyNotOpen,
} from "./episode.ts";

const today = getDay("2026-06-15");
const on = (days: number) => addDays(today, days);
const enrolment = (from: number | null, to: number | null, program = "p"): Enrolment => ({
  id: `${program} ${from} ${to}`,
  program_id: program,
  requested_on: on(Math.min(from ?? 0, 0)),
  valid_from: from === null ? null : on(from),
  valid_to: to === null ? null : on(to),
});
const open = { opened_on: on(-30), closed_on: null };

describe("an episode", () => {
  test("is on day 1 on the day it opens, and on no day outside itself", () => {
    const episode = { opened_on: on(-3), closed_on: on(-1) };
    expect([-4, -3, -2, -1, 0].map((days) => dayOfEpisode(episode, on(days)))).toEqual([
      null,
      1,
      2,
      3,
      null,
    ]);
  });

  test("does not open beside an open one, in the future, or before the last one closed", () => {
    expect(whyNotOpen([open], today, today)?.message).toMatch(/open already/);
    expect(whyNotOpen([], on(1), today)?.message).toMatch(/today or on an earlier day/);
    const closed = { opened_on: on(-30), closed_on: on(-5) };
    expect(whyNotOpen([closed], on(-6), today)?.message).toMatch(/closed after that day/);
    expect(whyNotOpen([closed], on(-5), today)).toBeNull();
  });

  test("closes no earlier than anything in it began", () => {
    expect(whyNotClose(open, [enrolment(-20, null)], [], on(-21), today)?.field).toBe("closed_on");
    expect(whyNotClose(open, [enrolment(-20, null)], [], on(-20), today)).toBeNull();
    // What was only planned falls away with it.
    expect(whyNotClose(open, [enrolment(5, null)], [], today, today)).toBeNull();
  });
});

describe("an enrolment", () => {
  test("is what its dates say", () => {
    const said = (from: number | null, to: number | null) =>
      enrolmentStatus(enrolment(from, to), today);
    expect(said(null, null)).toBe("waiting");
    expect(said(null, -1)).toBe("withdrawn");
    expect(said(1, null)).toBe("starts-later");
    expect(said(0, 0)).toBe("in");
    expect(said(-2, -1)).toBe("ended");
  });

  test("needs an open episode, and is refused in words where it overlaps", () => {
    const wanted = { program_id: "p", from: today };
    expect(whyNotEnrol(null, [], wanted, today)?.message).toMatch(/Open an episode first/);
    expect(whyNotEnrol(open, [enrolment(-9, null)], wanted, today)?.message).toMatch(/already in/);
    expect(whyNotEnrol(open, [enrolment(null, null)], wanted, today)?.message).toMatch(/waits for/);
    expect(whyNotEnrol(open, [enrolment(-9, 0)], wanted, today)?.field).toBe("valid_from");
    expect(whyNotEnrol(open, [enrolment(-9, -1)], wanted, today)).toBeNull();
    expect(whyNotEnrol(open, [enrolment(-9, null, "other")], wanted, today)).toBeNull();
  });

  test("ends once, and not before it began", () => {
    expect(whyNotEnd(enrolment(-5, null), on(-6), today)?.field).toBe("valid_to");
    expect(whyNotEnd(enrolment(-5, -2), today, today)?.message).toMatch(/an end already/);
    expect(whyNotEnd(enrolment(-5, null), on(-5), today)).toBeNull();
  });

  test("whatever is allowed overlaps no other stay in the same programme", () => {
    const stay = fc
      .tuple(fc.integer({ min: -25, max: 5 }), fc.integer({ min: 0, max: 10 }))
      .map(([from, length]) => enrolment(from, from + length));
    fc.assert(
      fc.property(
        fc.array(stay, { maxLength: 4 }),
        fc.integer({ min: -30, max: 20 }),
        (stays, from) => {
          const wanted = { program_id: "p", from: on(from) };
          if (whyNotEnrol(open, stays, wanted, today)) return;
          for (const other of stays) expect((other.valid_to ?? "9999") < wanted.from).toBe(true);
        },
      ),
    );
  });

  test("is current exactly while it could still be ended", () => {
    fc.assert(
      fc.property(
        fc.option(fc.integer({ min: -10, max: 10 })),
        fc.option(fc.integer({ min: -10, max: 10 })),
        (from, to) => {
          if (from !== null && to !== null && to < from) return;
          const one = enrolment(from, to);
          const late = on(40);
          if (to === null) expect(whyNotEnd(one, late, today)).toBeNull();
          else expect(isCurrent(one, today)).toBe(from !== null && on(to) >= today);
        },
      ),
    );
  });
});

describe("the team", () => {
  const held = (part: string, from: number, to: number | null, staff_id = "a") => ({
    id: "1",
    staff_id,
    part,
    valid_from: on(from),
    valid_to: to === null ? null : on(to),
  });
  const want = (from: Day, staff_id = "b", part: "keyworker" | "peer-mentor" = "keyworker") => ({
    part,
    staff_id,
    from,
  });

  test("has one keyworker at a time: the one before hands over", () => {
    expect(whyNotAssign(open, [held("keyworker", -5, null)], want(today), today)).toBeNull();
    expect(whyNotAssign(open, [held("keyworker", 0, null)], want(today), today)?.field).toBe(
      "valid_from",
    );
    expect(whyNotAssign(open, [held("keyworker", -5, 0)], want(today), today)?.field).toBe(
      "valid_from",
    );
    expect(whyNotAssign(open, [held("keyworker", -5, null)], want(today, "a"), today)?.field).toBe(
      "staff_id",
    );
  });

  test("may hold several peer mentors, also after the episode", () => {
    const mentors = [held("peer-mentor", -5, null)];
    expect(whyNotAssign(null, mentors, want(today, "b", "peer-mentor"), today)).toBeNull();
    expect(whyNotAssign(null, [], want(today), today)?.message).toMatch(/Open an episode/);
  });

  test("says when nobody is keyworker of somebody in care", () => {
    const steps = nextSteps([open], [enrolment(-5, null)], [held("keyworker", -5, -1)], today);
    expect(steps).toMatchObject({ close: true, open: false, keyworkerMissing: true });
    expect(nextSteps([{ ...open, closed_on: today }], [], [], today)).toMatchObject({
      reopen: true,
      enrol: false,
    });
  });
});

test("a reason is shown in words, whether it was chosen here or written elsewhere", () => {
  expect(reasonWords("left-early")).toBe("Left before the end");
  expect(reasonWords("did-not-return")).toBe("Did not come back from leave");
  expect(reasonWords("Completed the program")).toBe("Completed the program");
});
