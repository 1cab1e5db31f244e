import { Checkbox, Fieldset, SimpleGrid, Stack, TextInput } from "@mantine/core";
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
  date_of_birth: dayField("Give the date of birth"),
  phone: optionalText(50),
  safe_to_call: optionalText(300),
  language: text(60),
  interpreter: checkbox,
  access_needs: optionalText(300),
});

export function identityOf(given: z.output<typeof identityForm>): Identity {
  return {
    ...given,
    preferred_name: given.preferred_name ?? null,
    pronouns: given.pronouns ?? null,
    phone: given.phone ?? null,
    safe_to_call: given.safe_to_call ?? null,
    access_needs: given.access_needs ?? null,
  };
}

/** Why a date of birth cannot be; null when it can. */
export function whyNotBorn(born: Day, today: Day): string | null {
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
          <TextInput label="Date of birth" type="date" required {...field("date_of_birth")} />
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
