import { addDays, type Day, daysBetween, parseDay } from "../../kernel/day.ts";
import { fullName } from "../../people/consumer.ts";
import type { Visit } from "../../web/guard.ts";
import { paths } from "../../web/paths.ts";
import { barOf, heldDays, isIn, isOverdue, nextFree, occupancyOf } from "../bed.ts";
import { findOccupied, findOccupiedAhead, type Occupied } from "../bed-store.ts";
import { findChildren, findChildrenAhead } from "../child-store.ts";
import { findNames, findStanding } from "../standing-store.ts";
import { findBeds, findUnits } from "../unit-store.ts";
import { findChoices } from "./bed-choices.ts";
import type { Bar, BoardUnit } from "./board.tsx";

export const DAYS = 28;

/** Everything the board shows: units and beds over days, who waits, who comes, who is to leave. */
export async function findBoard(visit: Visit) {
  const { db, url, today } = visit;
  const first = parseDay(url.searchParams.get("from") ?? "") ?? addDays(today, -3);
  const units = await findUnits(db, { closed: true });
  const beds = await findBeds(
    db,
    units.map(({ id }) => id),
  );
  const lying = await findOccupied(db, first, addDays(first, DAYS));
  const children = await findChildren(db, first, addDays(first, DAYS));
  const shown = [...lying, ...children];
  const ahead = await findOccupiedAhead(db, today);
  const childrenAhead = await findChildrenAhead(db, today);
  const standing = await findStanding(db, today);
  const names = new Map(
    (
      await findNames(db, [
        ...new Set(shown.map(({ consumerId }) => consumerId).filter((id) => id !== null)),
      ])
    ).map((person) => [person.id, fullName(person)]),
  );
  await visit.listed([
    ...new Set([...names.keys(), ...standing.map(({ consumer_id }) => consumer_id)]),
  ]);
  const admitted = new Map(standing.map((one) => [one.id, one.admitted_on]));

  const barsOf = (bedId: string): Bar[] =>
    shown
      .filter((taken) => taken.bedId === bedId)
      .flatMap((taken) => {
        const bar = barOf(taken, { first, days: DAYS, today });
        if (!bar) return [];
        const { from, until } = heldDays(taken);
        const since = taken.placementId && admitted.get(taken.placementId);
        return {
          ...bar,
          ...{ from, until, state: stateOf(taken, today) },
          name: taken.consumerId ? (names.get(taken.consumerId) ?? null) : null,
          to:
            taken.consumerId && taken.placementId
              ? paths.placement(taken.consumerId, taken.placementId)
              : null,
          child: children.includes(taken),
          day:
            isIn(taken) && since && !children.includes(taken)
              ? daysBetween(since as Day, today) + 1
              : null,
        };
      })
      .sort((a, b) => a.start - b.start);

  const boards: BoardUnit[] = units.flatMap((unit) => {
    const own = beds.filter((bed) => bed.unit_id === unit.id);
    const taken = new Set(shown.map(({ bedId }) => bedId));
    const rows = own.filter((bed) => (bed.active && unit.active) || taken.has(bed.id));
    if (rows.length === 0) return [];
    return {
      unit,
      of: unit.program ?? unit.provider ?? "",
      beds: rows.map((bed) => ({
        ...{ id: bed.id, name: bed.name, overflow: bed.overflow, why: bed.why },
        childPlace: bed.child_place,
        freeFrom: bed.active ? nextFree([...ahead, ...childrenAhead], bed.id, today) : null,
        bars: barsOf(bed.id),
      })),
      occupancy: occupancyOf(own, ahead, today, today),
      childPlaces: {
        all: own.filter((bed) => bed.child_place && bed.active).length,
        taken: own.filter((bed) => childrenAhead.some((one) => one.bedId === bed.id && isIn(one)))
          .length,
      },
    };
  });

  /** Children for whom no place is kept, where the unit keeps some. */
  const lacks = (one: (typeof standing)[number]) => {
    const kept = beds.some((bed) => bed.unit_id === one.unit_id && bed.child_place && bed.active);
    const have = childrenAhead.filter(({ placementId }) => placementId === one.id).length;
    return kept ? Math.max(0, one.children_with - have) : 0;
  };
  const week = addDays(today, 7);
  const people = standing.map((one) => ({
    ...{ id: one.id, consumerId: one.consumer_id, name: fullName(one), unit: one.unit },
    ...{ unitId: one.unit_id, since: one.requested_on, admitted: one.admitted_on !== null },
    ...{ until: one.expected_to, booked: Boolean(one.booked), backBy: one.back_by },
    funding: fundingOf(one.funding_states ?? []),
    ...{ childrenWith: one.children_with, withoutPlace: lacks(one) },
    childPlaces: childrenAhead
      .filter(({ placementId }) => placementId === one.id)
      .map(({ bedId }) => bedId),
    lies: ahead.find((taken) => taken.placementId === one.id && isIn(taken)) ?? null,
    comes: ahead.find((taken) => taken.placementId === one.id && taken.arrivedOn === null) ?? null,
  }));
  const bedName = (id: string | undefined) => beds.find((bed) => bed.id === id)?.name ?? null;
  const unitOf = (bedId: string | undefined) => {
    const bed = beds.find(({ id }) => id === bedId);
    return units.find(({ id }) => id === bed?.unit_id)?.name ?? null;
  };
  return {
    first,
    boards,
    choices: await findChoices(db, today),
    waiting: people.filter((one) => !one.admitted && !one.booked),
    coming: people
      .filter((one) => one.booked && one.comes && one.comes.startsOn <= week)
      .map((one) => ({
        ...one,
        bed: bedName(one.comes?.bedId),
        into: unitOf(one.comes?.bedId),
        on: one.comes?.startsOn ?? today,
      }))
      .sort((a, b) => (a.on < b.on ? -1 : 1)),
    leaving: people
      .filter((one) => one.admitted && one.until !== null && one.until <= week)
      .map((one) => ({
        ...one,
        unit: unitOf(one.lies?.bedId) ?? one.unit,
        bed: bedName(one.lies?.bedId),
        late: one.until !== null && one.until < today,
      }))
      .sort((a, b) => ((a.until ?? "") < (b.until ?? "") ? -1 : 1)),
    away: people.filter((one) => one.admitted && one.backBy),
  };
}

function stateOf(taken: Occupied, today: Day): Bar["state"] {
  if (isOverdue(taken, today)) return "late";
  if (taken.consumerId === null) return "others";
  if (taken.leftOn) return "gone";
  return taken.arrivedOn ? "in" : "booked";
}

function fundingOf(states: readonly string[]): "none" | "pending" | "agreed" | "refused" {
  if (states.includes("pending")) return "pending";
  if (states.includes("agreed")) return "agreed";
  return states.length > 0 ? "refused" : "none";
}
