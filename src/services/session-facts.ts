import type { Day } from "../kernel/day.ts";
import { minutesBetween, type TimeOfDay } from "../kernel/time.ts";
import { type Bulletin, inForce } from "../policy/bulletin.ts";
import { evaluate } from "../policy/evaluate.ts";
import { READINGS } from "../policy/readings.ts";
import { unitMinutes, unitsFor } from "../policy/units.ts";
import type { Draft } from "./conference-draft.ts";

/** The length of a session and what it comes to. Minutes spoken in private are not part of it. */
export type Length = { minutes: number; private: number; counted: number; units: number };

/** The units a service line can carry. */
const MOST_UNITS = 96;

/** A session's length; null while its times are not both known, or are no interval. */
export function lengthOf(
  times: { start: string | null; end: string | null; privateMinutes: number },
  bulletin: Bulletin | null,
): Length | null {
  const { start, end } = times;
  if (!start || !end || end <= start) return null;
  const minutes = minutesBetween(start as TimeOfDay, end as TimeOfDay);
  const apart = Math.min(Math.max(times.privateMinutes, 0), minutes);
  const counted = minutes - apart;
  return {
    minutes,
    private: apart,
    counted,
    units: Math.min(MOST_UNITS, unitsBy(counted, bulletin)),
  };
}

/** The bulletin that speaks of such a service on that day, whose reading of a unit counts; or null. */
export function findBulletinOn(
  bulletins: readonly Bulletin[],
  jurisdiction: string,
  service: string,
  day: Day,
): Bulletin | null {
  const line = { line_id: "", consumer_id: "", service, service_date: day, units: 1 };
  return (
    bulletins.find(
      (bulletin) =>
        bulletin.jurisdiction === jurisdiction &&
        bulletin.about === "service" &&
        inForce(bulletin, day) &&
        evaluate(bulletin.applies, { line, reading: () => "", sameDay: () => [] }).truth === true,
    ) ?? null
  );
}

/** Minutes of one unit of such a service; where no bulletin speaks, the product's own reading. */
export function minutesOfUnit(bulletin: Bulletin | null): number {
  return bulletin ? unitMinutes(bulletin) : Number.parseInt(READINGS.unit.default, 10);
}

function unitsBy(minutes: number, bulletin: Bulletin | null): number {
  return bulletin ? unitsFor(minutes, bulletin) : Math.floor(minutes / minutesOfUnit(null));
}

/** What the draft says of who took part; null is "not recorded", never "no". */
export function presenceOf(
  draft: Draft,
  expected: readonly string[],
): { consumer_present: boolean | null; supports_present: number | null } {
  const came = draft.here.supports.filter((support) => support.came === "yes").length;
  const answered = new Set(
    draft.here.supports.filter((support) => support.came !== null).map(({ id }) => id),
  );
  const open = expected.some((id) => !answered.has(id));
  const nobodyAsked = answered.size === 0 && draft.here.consumer === null;
  return {
    consumer_present: draft.here.consumer === null ? null : draft.here.consumer === "yes",
    supports_present: came === 0 && (open || nobodyAsked) ? null : came,
  };
}
