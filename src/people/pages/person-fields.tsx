import { Checkbox, Fieldset, Group, SimpleGrid, Stack, TextInput } from "@mantine/core";
import { z } from "zod";
import { type Day, parseDay } from "../../kernel/day.ts";
import { checkbox, optionalText, text, type useFields } from "../../web/form.tsx";
import type { Identity } from "../store.ts";

/** A day as a date input sends it. */
export const dayField = (message = "Give a date") =>
  z.string(message).transform((typed, context): Day => {
    const day = parseDay(typed);
    if (!day) context.addIssue({ code: "custom", message });
    return day ?? ("" as Day);
  });

export const optionalDay = dayField("Give a date, or leave it empty").optional();

/** Who a person is and how to reach them, as the form of a new or a known person sends it. */
export const identityForm = z.object({
  given_name: text(100),
  family_name: text(100),
  preferred_name: optionalText(100),
  pronouns: optionalText(50),
  date_of_birth: dayField("Give the date of birth").optional(),
  born_unknown: checkbox,
  about_age: z.coerce.number("About how many years?").int().min(0).max(120).optional(),
  phone: optionalText(50),
  safe_to_call: optionalText(300),
  language: text(60),
  interpreter: checkbox,
  access_needs: optionalText(300),
});

type Given = z.output<typeof identityForm>;

export function identityOf(given: Given, today: Day): Identity {
  const { given_name, family_name, language, interpreter, about_age } = given;
  const born = given.date_of_birth ?? null;
  return {
    ...{ given_name, family_name, language, interpreter },
    date_of_birth: born,
    born_about: born || about_age === undefined ? null : Number(today.slice(0, 4)) - about_age,
    preferred_name: given.preferred_name ?? null,
    pronouns: given.pronouns ?? null,
    phone: given.phone ?? null,
    safe_to_call: given.safe_to_call ?? null,
    access_needs: given.access_needs ?? null,
  };
}

/** Why a date of birth cannot be, or cannot be left out; null when it can. */
export function whyNotBorn(
  { date_of_birth: born, born_unknown }: Pick<Given, "date_of_birth" | "born_unknown">,
  today: Day,
): string | null {
  if (!born) return born_unknown ? null : "Give the date of birth, or say that it is not known yet";
  if (born > today) return "The date of birth is still to come";
  return born < "1900-01-02" ? "The date of birth is too long ago" : null;
}

type Field = ReturnType<typeof useFields>;

export function PersonFields({ field }: { field: Field }) {
  return (
    <Stack>
      <Fieldset legend="Who they are">
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <TextInput label="Given name" required autoComplete="off" {...field("given_name")} />
          <TextInput label="Family name" required autoComplete="off" {...field("family_name")} />
          <TextInput
            label="Name they go by"
            description="If it is another one"
            autoComplete="off"
            {...field("preferred_name")}
          />
          <TextInput
            label="Pronouns"
            description="If they have told you"
            autoComplete="off"
            {...field("pronouns")}
          />
          <Stack gap={6}>
            <TextInput label="Date of birth" type="date" {...field("date_of_birth")} />
            <Group gap="sm" align="center">
              <Checkbox
                name="born_unknown"
                label="Not known yet"
                defaultChecked={field("born_unknown").defaultValue === "on"}
              />
              <TextInput
                aria-label="About how old, in years"
                placeholder="About how old"
                inputMode="numeric"
                autoComplete="off"
                size="xs"
                w={120}
                {...field("about_age")}
              />
            </Group>
          </Stack>
        </SimpleGrid>
      </Fieldset>
      <Fieldset legend="How to reach them">
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <TextInput label="Phone" type="tel" autoComplete="off" {...field("phone")} />
          <TextInput
            label="How and when it is safe to reach them"
            placeholder="After 4 pm; no message"
            {...field("safe_to_call")}
          />
        </SimpleGrid>
      </Fieldset>
      <Fieldset legend="Language and access">
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <TextInput label="Language" required {...field("language")} />
          <TextInput
            label="Access needs"
            placeholder="Step-free room, large print"
            {...field("access_needs")}
          />
          <Checkbox
            name="interpreter"
            label="Needs an interpreter"
            defaultChecked={field("interpreter").defaultValue === "on"}
            mt="xs"
          />
        </SimpleGrid>
      </Fieldset>
    </Stack>
  );
}
