import { z } from "zod";
import { type Day, parseDay } from "../kernel/day.ts";
import { parseEndTime, parseTime, type TimeOfDay } from "../kernel/time.ts";

const day = (missing: string) =>
  z
    .string(missing)
    .transform((typed) => parseDay(typed))
    .refine((found): found is Day => found !== null, "Write the date as a day of the calendar");
const time = (missing: string, parse: (text: string) => TimeOfDay | null = parseTime) =>
  z
    .string(missing)
    .transform((typed) => parse(typed.slice(0, 5)))
    .refine((found): found is TimeOfDay => found !== null, "Write the time as hours and minutes");

/** The form in which a session is recorded: its facts, its note, and when they meet next. */
export const sessionForm = z
  .object({
    kind: z.string("Choose a service"),
    day: day("Say on which day"),
    starts: time("Say when it started"),
    ends: time("Say when it ended", parseEndTime),
    performer: z.uuid("Choose who performed it"),
    program: z.uuid().optional(),
    setting: z.string().optional(),
    consumer: z.enum(["yes", "no"]).optional(),
    supports: z.coerce
      .number("Write a number")
      .int("Write a whole number")
      .min(0, "Write a number of 0 or more")
      .max(200, "At most 200")
      .optional(),
    note: z.string().trim().max(8000, "At most 8000 characters").optional(),
    goals: z.array(z.uuid()).max(50).default([]),
    appointment: z.uuid().optional(),
    next_day: day("Choose a day").optional(),
    next_time: time("Say when it starts").optional(),
    next_room: z.uuid().optional(),
    accept: z.enum(["on"]).optional(),
  })
  .refine(({ starts, ends }) => starts < ends, {
    path: ["ends"],
    message: "It has to end after it starts, on the same day",
  })
  .superRefine(({ next_day, next_time, next_room }, context) => {
    const say = (path: string, message: string) =>
      context.addIssue({ code: "custom", path: [path], message });
    if (!next_day && (next_time || next_room)) say("next_day", "Say on which day you meet next");
    if (next_day && !next_time) say("next_time", "Say when it starts");
    if (next_day && !next_room) say("next_room", "Choose a room");
  });
export type SessionGiven = z.output<typeof sessionForm>;
