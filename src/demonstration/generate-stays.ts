import { addDays, type Day } from "../kernel/day.ts";
import type { Beds, Rows, TakenBed } from "./bulk-rows.ts";
import type { Wanted } from "./generate.ts";
import type { LivedEpisode, Stay } from "./lives.ts";

export type At = { agency_id: string; consumer_id: string; episode_id: string };

/** Where they stayed: programmes one after the other, and beds where there were any free. */
export function addStays(
  rows: Rows,
  at: At,
  episode: LivedEpisode,
  { by, wanted, beds }: { by: string; wanted: Wanted; beds: Beds; intake: string },
) {
  const { episode_id, ...whose } = at;
  let joined: Stay | null = null;
  for (const [index, stay] of episode.stays.entries()) {
    const program = wanted.programs[stay.kind];
    if (!program) continue;
    if (index > 0) {
      rows.add("enrolment", {
        ...at,
        program_id: program.id,
        requested_on: addDays(stay.from, -3),
        valid_from: stay.from,
        valid_to: stay.to,
        end_reason: stay.to ? (stay.to === episode.closed ? episode.reason : "transferred") : null,
      });
    }
    if (stay.kind === "second-stage") addSupports(rows, at, stay.from, by);
    // Part of the stay before it.
    if (stay === joined) continue;
    const next = episode.stays[index + 1];
    const bed: TakenBed | null =
      stay.bed ?? beds.take(program.id, stay.from, next?.from ?? stay.to);
    if (!bed) continue;
    // From a detox into the rehab it is attached to: one stay, if a bed is free there.
    const onward: TakenBed | null =
      next && bed.attachedTo ? beds.take(bed.attachedTo, next.from, next.to) : null;
    joined = onward && next ? next : null;
    const { to } = joined ?? stay;
    const placement_id = crypto.randomUUID();
    const ended =
      to === null
        ? {}
        : {
            ended_on: to,
            end_planned: to !== episode.closed || episode.planned,
            end_reason: episode.planned || to !== episode.closed ? "completed" : "left-early",
          };
    rows.add("placement", {
      ...at,
      id: placement_id,
      unit_id: bed.unitId,
      requested_on: addDays(stay.from, -3),
      requested_by: by,
      admitted_on: stay.from,
      expected_to: to ?? addDays((joined ?? stay).from, 84),
      ...ended,
    });
    const lies = [{ bed, from: stay.from, to: joined?.from ?? stay.to }];
    if (onward && joined) lies.push({ bed: onward, from: joined.from, to: joined.to });
    for (const { bed, from, to } of lies) {
      rows.add("bed_stay", {
        ...whose,
        placement_id,
        bed_id: bed.id,
        starts_on: from,
        ends_on: to ?? addDays(wanted.until, 60),
        arrived_on: from,
        left_on: to,
        booked_by: by,
      });
    }
  }
}

/** A support of each kind, accepted by whoever gives it. */
export function addSupports(rows: Rows, at: At, on: Day, by: string) {
  for (const [kind, what] of [
    ["drug-related", "mutual-aid"],
    ["non-drug-related", "activity"],
  ]) {
    rows.add("recovery_support", {
      ...at,
      ...{ kind, what, owner_id: by, by_whom: "A local group", state: "accepted" },
      ...{ handed_on: on, answered_on: on, answered_by_whom: "Whoever leads it" },
      ...{ added_at: `${on}T15:00:00Z`, added_by: by },
    });
  }
}
