import { Checkbox, NativeSelect, SimpleGrid, Stack, Textarea, TextInput } from "@mantine/core";
import { z } from "zod";
import { parseEndTime, parseTime, type TimeOfDay } from "../../kernel/time.ts";
import { checkbox, optionalText, text, useFields } from "../../web/form.tsx";
import { useMe, useWords } from "../../web/use-me.ts";
import { capital } from "../../web/words.ts";
import { type GroupKind, groupKindCodes, groupKinds, weekdayName } from "../group.ts";
import type { GroupFields as Fields } from "../group-store.ts";

const time = (message: string, parse: (text: string) => TimeOfDay | null) =>
  z
    .string(message)
    .transform((typed) => parse(typed.slice(0, 5)))
    .refine((found): found is TimeOfDay => found !== null, "Write the time as hours and minutes");

/** The form of a group of the timetable. */
export const groupForm = z
  .object({
    name: text(200),
    kind: z.enum(groupKindCodes, "Choose what it is about"),
    about: optionalText(1000),
    program: z.uuid().optional(),
    weekday: z.coerce.number("Choose a day").int().min(1, "Choose a day").max(7, "Choose a day"),
    starts: time("Say when it starts", parseTime),
    ends: time("Say when it ends", parseEndTime),
    room: z.uuid().optional(),
    lead: z.uuid().optional(),
    places: z.coerce
      .number("Write a number")
      .int("Write a whole number")
      .min(1, "At least 1")
      .max(200, "At most 200")
      .optional(),
    women_only: checkbox,
    ended: checkbox,
  })
  .refine(({ starts, ends }) => starts < ends, {
    path: ["ends"],
    message: "It has to end after it starts, on the same day",
  });

export function fieldsOf(given: z.output<typeof groupForm>): Fields {
  return {
    name: given.name,
    kind: given.kind,
    about: given.about ?? null,
    programId: given.program ?? null,
    weekday: given.weekday,
    starts: given.starts,
    ends: given.ends,
    roomId: given.room ?? null,
    leadId: given.lead ?? null,
    places: given.places ?? null,
    womenOnly: given.women_only,
    active: !given.ended,
  };
}

type Choice = { id: string; name: string };
export type GroupChoices = { programs: Choice[]; rooms: Choice[]; leads: Choice[] };

const named = (list: readonly Choice[], none: string) => [
  { value: "", label: none },
  ...list.map(({ id, name }) => ({ value: id, label: name })),
];

export function GroupFields({
  saved,
  choices,
  editing,
}: {
  saved: Record<string, string | null | undefined>;
  choices: GroupChoices;
  editing: boolean;
}) {
  const field = useFields(saved);
  const words = useWords();
  const { locale } = useMe().agency;
  const days = [1, 2, 3, 4, 5, 6, 7];
  return (
    <Stack gap="sm">
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <TextInput label="Name" required {...field("name")} />
        <NativeSelect
          label="What it is about"
          data={groupKindCodes.map((kind: GroupKind) => ({ value: kind, label: groupKinds[kind] }))}
          {...field("kind")}
        />
      </SimpleGrid>
      <SimpleGrid cols={{ base: 1, xs: 3 }}>
        <NativeSelect
          label="Day of the week"
          data={days.map((day) => ({ value: String(day), label: weekdayName(day, locale) }))}
          {...field("weekday")}
        />
        <TextInput label="Starts" type="time" required {...field("starts")} />
        <TextInput label="Ends" type="time" required {...field("ends")} />
      </SimpleGrid>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <NativeSelect
          label={capital(words.program)}
          description="Its people are expected and listed on the register."
          inputWrapperOrder={["label", "input", "description", "error"]}
          data={named(choices.programs, "For everybody")}
          {...field("program")}
        />
        <NativeSelect label="Led by" data={named(choices.leads, "Nobody yet")} {...field("lead")} />
        <NativeSelect label="Room" data={named(choices.rooms, "None yet")} {...field("room")} />
        <TextInput label="Places" type="number" min={1} {...field("places")} />
      </SimpleGrid>
      <Textarea label="For whom, and what to expect" autosize minRows={2} {...field("about")} />
      <Checkbox
        name="women_only"
        label="Women only"
        defaultChecked={field("women_only").defaultValue === "on"}
      />
      {editing && (
        <Checkbox
          name="ended"
          label="It does not meet any more"
          defaultChecked={field("ended").defaultValue === "on"}
        />
      )}
    </Stack>
  );
}
