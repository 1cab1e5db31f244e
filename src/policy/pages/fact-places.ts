import { paths } from "../../web/paths.ts";
import { capital, type Words } from "../../web/words.ts";
import type { SubjectName } from "../facts.ts";
import type { Place } from "./place.ts";

/** The pages where each fact that a rule names comes from. A fact without one is left out. */
export function placesOfFact(
  words: Words,
): Readonly<Record<SubjectName, Readonly<Record<string, readonly Place[]>>>> {
  return { service: placesOfService(words), care: placesOfCare(words) };
}

function placesOfService(words: Words): Readonly<Record<string, readonly Place[]>> {
  const calendar = (how: string): Place => ({
    page: "Calendar",
    to: paths.calendar(),
    needs: "record.write",
    how,
  });
  const times = [calendar("the time that is booked, and the times that were held")];
  const checkIn = [calendar("who came is checked in when the conference is held")];
  return {
    program: [
      {
        page: capital(words.consumers),
        to: paths.people(),
        needs: "record.write",
        how: `open a ${words.consumer}: the ${words.program} they are in, with its dates`,
      },
      {
        page: capital(words.programs),
        to: paths.programs(),
        needs: "agency.manage",
        how: `each ${words.program} and its code`,
      },
    ],
    setting: [
      calendar("the room that is booked carries its setting"),
      {
        page: "Rooms",
        to: paths.rooms(),
        needs: "agency.manage",
        how: "each room carries its setting",
      },
    ],
    consumer_present: checkIn,
    supports_present: checkIn,
    plan_discussed: [calendar("which plan was discussed is part of the signed note")],
    start_time: times,
    end_time: times,
    units: [calendar("the week's meter shows the units left while one books")],
    performer_qualification: [
      calendar("whoever leads is asked for a credential held on the day of service"),
      {
        page: "Staff",
        to: paths.staff(),
        needs: "agency.manage",
        how: "credentials, each with its first and last day",
      },
    ],
    therapy_need_open_days: [
      {
        page: "Tasks",
        to: paths.tasks(),
        needs: "record.read",
        how: "a recorded need waits here until it is arranged or declined",
      },
    ],
  };
}

function placesOfCare(words: Words): Readonly<Record<string, readonly Place[]>> {
  const record = (section: string, how: string): readonly Place[] => [
    {
      page: capital(words.consumers),
      to: paths.people(),
      needs: "record.write",
      how: `open a ${words.consumer}, then ${section}: ${how}`,
    },
  ];
  const prescribing = (how: string) => record("Prescribing", how);
  const plan = (how: string) => record(capital(words.carePlan), how);
  const placement = (how: string) => record("Placements", how);
  const aftercare = (how: string) => record("Aftercare", how);
  const relapse = record("Relapse prevention", "triggers, early signs, and what to do about them");
  const supports = aftercare("supports of both kinds, each with who delivers it");
  return {
    days_running: prescribing("the day it began and the day it ended"),
    prescribing_kind: prescribing("what it is for, by whom, from when to when"),
    setting: prescribing("where it is done"),
    active_plan: plan("drafted, and agreed with a signature"),
    other_interventions: plan("its interventions, under the goals that they serve"),
    keyworker_named: record("Enrolments", `who the ${words.keyworker} is, from when to when`),
    placement_kind: placement("the unit, admission, transfer and end"),
    residential_completed: placement("how each stay ended"),
    drug_related_supports: supports,
    non_drug_related_supports: supports,
    relapse_triggers: relapse,
    relapse_strategies: relapse,
    way_back_where: aftercare("the way back in: where, who, how soon"),
    way_back_who: aftercare("the way back in: where, who, how soon"),
    way_back_soon: aftercare("the way back in: where, who, how soon"),
    gains_named: aftercare("gains to protect, looked at again"),
    handed_over: supports,
  };
}
