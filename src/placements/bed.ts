import { addDays, type Day, daysBetween } from "../kernel/day.ts";

/** Somebody in a bed, or booked into it; by whom is known only where the record may be read. */
export type Taken = {
  bedId: string;
  startsOn: Day;
  endsOn: Day | null;
  arrivedOn: Day | null;
  leftOn: Day | null;
};

/** Days from … until, the second not included; null: until nobody knows when. */
export type Span = { from: Day; until: Day | null };

/** The days the booking itself holds, as the database's constraint sees them. */
export function heldDays(taken: Taken): Span {
  return { from: taken.arrivedOn ?? taken.startsOn, until: taken.leftOn ?? taken.endsOn };
}

/** In the bed, though expected to have left. */
export function isOverdue(taken: Taken, today: Day): boolean {
  return (
    taken.arrivedOn !== null &&
    taken.leftOn === null &&
    taken.endsOn !== null &&
    taken.endsOn < today
  );
}

export function isIn(taken: Taken): boolean {
  return taken.arrivedOn !== null && taken.leftOn === null;
}

/**
 * The days that count when somebody else wants the bed: whoever is overdue stays in it until they
 * leave, and nobody knows when that is.
 */
export function takenDays(taken: Taken, today: Day): Span {
  return isOverdue(taken, today) ? { from: heldDays(taken).from, until: null } : heldDays(taken);
}

export function overlaps(a: Span, b: Span): boolean {
  if (isEmpty(a) || isEmpty(b)) return false;
  return (a.until === null || b.from < a.until) && (b.until === null || a.from < b.until);
}

function isEmpty({ from, until }: Span): boolean {
  return until !== null && until <= from;
}

/** What takes the bed on any of the days: the earliest first. */
export function clashesOf(all: readonly Taken[], bedId: string, wanted: Span, today: Day): Taken[] {
  return all
    .filter((taken) => taken.bedId === bedId && overlaps(takenDays(taken, today), wanted))
    .sort((a, b) => (heldDays(a).from < heldDays(b).from ? -1 : 1));
}

/** The first day from `today` on which nobody is in the bed or booked; null: nobody knows. */
export function nextFree(all: readonly Taken[], bedId: string, today: Day): Day | null {
  let day = today;
  const spans = all
    .filter((taken) => taken.bedId === bedId)
    .map((taken) => takenDays(taken, today))
    .filter((span) => !isEmpty(span))
    .sort((a, b) => (a.from < b.from ? -1 : 1));
  for (const span of spans) {
    if (span.from > day || (span.until !== null && span.until <= day)) continue;
    if (span.until === null) return null;
    day = span.until;
  }
  return day;
}

/** How many beds are taken on a day: of the unit's own, and overflow beside them. */
export function occupancyOf(
  beds: readonly { id: string; overflow: boolean; child_place: boolean; active: boolean }[],
  all: readonly Taken[],
  on: Day,
  today: Day,
) {
  const lies = (bedId: string) =>
    all.some(
      (taken) =>
        taken.bedId === bedId &&
        overlaps(takenDays(taken, today), { from: on, until: addDays(on, 1) }) &&
        (on > today || taken.arrivedOn !== null),
    );
  const regular = beds.filter((bed) => bed.active && !bed.overflow && !bed.child_place);
  const taken = regular.filter((bed) => lies(bed.id)).length;
  const overflow = beds.filter((bed) => bed.overflow && lies(bed.id)).length;
  return { beds: regular.length, taken, overflow, free: regular.length - taken };
}

/** Where a bar begins and ends on a board of `days` columns from `first`; null: not on it. */
export function barOf(
  taken: Taken,
  board: { first: Day; days: number; today: Day },
): { start: number; end: number; before: boolean; after: boolean } | null {
  const { first, days, today } = board;
  const { from, until } = heldDays(taken);
  // Whoever is overdue is drawn to the end of today, where they lie.
  const end = isOverdue(taken, today) ? addDays(today, 1) : until;
  const last = addDays(first, days);
  if (from >= last || (end !== null && end <= first)) return null;
  // In and out within a day: the bed was never taken for a night.
  if (isEmpty({ from, until: end })) return null;
  const column = (day: Day) => daysBetween(first, day) + 1;
  return {
    start: Math.max(1, column(from)),
    end: end === null ? days + 1 : Math.min(days + 1, column(end)),
    before: from < first,
    after: end === null || end > last,
  };
}

/** What a bed is called, and from when it can be had: for the list to choose from. */
export type BedChoice = {
  id: string;
  name: string;
  overflow: boolean;
  /** The first day it is free; null where nobody knows when. */
  freeFrom: Day | null;
};

type BedOf = {
  id: string;
  unit_id: string;
  name: string;
  overflow: boolean;
  child_place: boolean;
  active: boolean;
};

/** The beds that somebody can be put into, by unit, and the children's places beside them. */
export function choicesOf<U extends { id: string; name: string }>(
  units: readonly U[],
  beds: readonly BedOf[],
  taken: { beds: readonly Taken[]; childPlaces: readonly Taken[] },
  today: Day,
): { unit: U; beds: BedChoice[]; childPlaces: BedChoice[] }[] {
  const choice =
    (all: readonly Taken[]) =>
    ({ id, name, overflow }: BedOf) => ({
      ...{ id, name, overflow },
      freeFrom: nextFree(all, id, today),
    });
  return units
    .map((unit) => {
      const own = beds.filter((bed) => bed.unit_id === unit.id && bed.active);
      return {
        unit,
        beds: own.filter((bed) => !bed.child_place).map(choice(taken.beds)),
        childPlaces: own.filter((bed) => bed.child_place).map(choice(taken.childPlaces)),
      };
    })
    .filter(({ beds }) => beds.length > 0);
}
