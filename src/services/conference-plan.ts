import { z } from "zod";
import { type Day, parseDay } from "../kernel/day.ts";
import { parseEndTime, parseTime, type TimeOfDay } from "../kernel/time.ts";
import type { Slot } from "./appointment.ts";
import type { PlanDiscussed, ServiceFacts, Setting } from "./service.ts";

/** What a Family Conference can be for: the functions of FC 3.1.1, by clause. */
export const purposes = [
  { clause: "3.1.1.1", label: "What at home stands in the way of the goals" },
  { clause: "3.1.1.2", label: "What brings relapse nearer, and a plan to prevent it" },
  { clause: "3.1.1.3", label: "The discharge conference" },
  { clause: "3.1.1.4", label: "Whether family therapy or another referral is needed" },
] as const;

/** Which plan is on the agenda. */
export const planChoices = [
  "treatment-plan",
  "discharge-plan",
  "both",
] as const satisfies PlanDiscussed[];

const day = z
  .string("Choose a date")
  .transform((text) => parseDay(text))
  .refine((found): found is Day => found !== null, "Write the date as a day of the calendar");
const time = (missing: string, parse: (text: string) => TimeOfDay | null) =>
  z
    .string(missing)
    .transform((text) => parse(text.slice(0, 5)))
    .refine((found): found is TimeOfDay => found !== null, "Write the time as hours and minutes");

const slotFields = {
  day,
  starts: time("Say when it starts", parseTime),
  ends: time("Say when it ends", parseEndTime),
  room: z.uuid("Choose a room"),
  lead: z.uuid("Choose who leads it"),
  /** A double booking was seen and accepted. */
  accept: z
    .enum(["on"])
    .optional()
    .transform((value) => value === "on"),
};

function endsLater(value: { starts: TimeOfDay; ends: TimeOfDay }): boolean {
  return value.starts < value.ends;
}
const ENDS_LATER = { path: ["ends"], message: "It has to end after it starts, on the same day" };

/** The form in which an appointment is booked: identity and time, nothing clinical. */
export const slotForm = z.object(slotFields).refine(endsLater, ENDS_LATER);

/** The form in which an appointment is moved. */
export const moveForm = z
  .object({
    ...slotFields,
    reason: z.string("Say why it is moved").trim().min(1, "Say why it is moved").max(500),
  })
  .refine(endsLater, ENDS_LATER);

/** The form in which a conference is planned. */
export const planForm = z
  .object({
    ...slotFields,
    program: z.uuid("Choose one"),
    purposes: z.array(z.enum(purposes.map(({ clause }) => clause))).default([]),
    supports: z.array(z.uuid()).max(60).default([]),
    plan: z.enum(planChoices).optional(),
  })
  .refine(endsLater, ENDS_LATER);

export function slotOf(form: z.output<typeof slotForm>): Slot {
  return {
    day: form.day,
    starts: form.starts,
    ends: form.ends,
    roomId: form.room,
    staffId: form.lead,
  };
}

/** As much of a planned conference as bulletins can be asked about. */
export type PlannedConference = {
  consumerId: string;
  programId: string | null;
  day: Day;
  starts: TimeOfDay;
  ends: TimeOfDay;
  setting: Setting | null;
  leadId: string | null;
  plan: PlanDiscussed | null;
  /** Supports who are expected and may be invited. */
  invitable: number;
  recordedBy: string;
};

/**
 * The planned conference as facts of a service, three times: with what is `known` before it is held;
 * as `hoped`, when those who are expected come; and as `ideal`, when whatever is still to be
 * arranged is arranged too, which tells what it would take of a limit.
 */
export function factsBefore(planned: PlannedConference) {
  const known: ServiceFacts = {
    consumerId: planned.consumerId,
    programId: planned.programId,
    kind: "family-conference",
    day: planned.day,
    starts: planned.starts,
    ends: planned.ends,
    privateMinutes: 0,
    setting: planned.setting,
    consumerPresent: null,
    supportsPresent: null,
    planDiscussed: planned.plan,
    performerId: planned.leadId,
    conferenceId: null,
    awaitsCosign: false,
    recordedBy: planned.recordedBy,
  };
  const hoped: ServiceFacts = {
    ...known,
    consumerPresent: true,
    supportsPresent: planned.invitable > 0 ? planned.invitable : null,
  };
  const ideal: ServiceFacts = {
    ...hoped,
    supportsPresent: Math.max(1, planned.invitable),
    planDiscussed: planned.plan ?? "both",
  };
  return { known, hoped, ideal };
}

export type Credential = { qualification: string; name: string; from: Day; to: Day | null };

/** The credentials held on a day, both their days included. */
export function heldOn(credentials: readonly Credential[], on: Day): readonly Credential[] {
  return credentials.filter(({ from, to }) => from <= on && (to === null || on <= to));
}

export type EnrolledProgram = {
  id: string;
  name: string;
  spans: readonly { from: Day | null; to: Day | null }[];
};

/** Whether somebody is in the programme on a day; waiting for it is not being in it. */
export function enrolledOn({ spans }: EnrolledProgram, on: Day): boolean {
  return spans.some(({ from, to }) => from !== null && from <= on && (to === null || on <= to));
}
