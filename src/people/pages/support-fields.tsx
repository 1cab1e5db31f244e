import {
  Checkbox,
  Fieldset,
  NativeSelect,
  SimpleGrid,
  Stack,
  Textarea,
  TextInput,
} from "@mantine/core";
import { z } from "zod";
import { checkbox, optionalText, text, type useFields } from "../../web/form.tsx";
import { useMe, useWords } from "../../web/use-me.ts";
import { capital } from "../../web/words.ts";
import { confidentialityOf } from "../confidentiality.ts";
import { type SupportKind, supportKinds } from "../support.ts";
import type { SupportDetails } from "../support-store.ts";
import { optionalDay } from "./person-fields.tsx";

const kinds = Object.keys(supportKinds) as SupportKind[];

/** A natural support, as the form of a new or a known one sends it. */
export const supportForm = z
  .object({
    kind: z.enum(kinds, "Choose what they are"),
    name: text(200),
    relation: text(100),
    organisation: optionalText(200),
    criminal_justice: checkbox,
    phone: optionalText(50),
    email: z.email("This is not an email address").max(200).optional(),
    language: text(60),
    interpreter: checkbox,
    notes: optionalText(1000),
    ended_on: optionalDay,
  })
  .superRefine((given, context) => {
    if (given.kind === "referral-source" && !given.organisation) {
      context.addIssue({
        code: "custom",
        path: ["organisation"],
        message: "Say where a referral source works",
      });
    }
    if (given.kind !== "referral-source" && given.criminal_justice) {
      context.addIssue({
        code: "custom",
        path: ["kind"],
        message: "Officials and courts are referral sources",
      });
    }
  });

export function supportOf(given: z.output<typeof supportForm>): SupportDetails {
  return {
    ...given,
    organisation: given.organisation ?? null,
    phone: given.phone ?? null,
    email: given.email ?? null,
    notes: given.notes ?? null,
    ended_on: given.ended_on ?? null,
  };
}

export function SupportFields({
  field,
  known,
}: {
  field: ReturnType<typeof useFields>;
  known?: boolean;
}) {
  const words = useWords();
  const { criminalJustice: law } = confidentialityOf(useMe().agency.jurisdiction);
  return (
    <Stack>
      <Fieldset legend="Who they are">
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <NativeSelect
            label="What they are"
            required
            data={[
              { value: "", label: "Choose one" },
              ...kinds.map((kind) => ({ value: kind, label: supportKinds[kind] })),
            ]}
            {...field("kind")}
          />
          <TextInput
            label="Relation"
            placeholder="Mother, partner, probation officer"
            required
            {...field("relation")}
          />
          <TextInput label="Name" required autoComplete="off" {...field("name")} />
          <TextInput
            label={capital(words.organisation)}
            description="For a referral source: where they work"
            inputWrapperOrder={["label", "input", "description", "error"]}
            {...field("organisation")}
          />
        </SimpleGrid>
        <Checkbox
          mt="sm"
          name="criminal_justice"
          label={law.recipient}
          description={law.hint}
          defaultChecked={field("criminal_justice").defaultValue === "on"}
        />
      </Fieldset>
      <Fieldset legend="How to reach them, once there is a consent">
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <TextInput label="Phone" type="tel" autoComplete="off" {...field("phone")} />
          <TextInput label="Email" type="email" autoComplete="off" {...field("email")} />
          <TextInput label="Language" required {...field("language")} />
          <Checkbox
            mt={{ base: 0, sm: 32 }}
            name="interpreter"
            label="Needs an interpreter"
            defaultChecked={field("interpreter").defaultValue === "on"}
          />
        </SimpleGrid>
        <Textarea label="What else to know" mt="sm" autosize minRows={2} {...field("notes")} />
      </Fieldset>
      {known && (
        <TextInput
          label="No longer a support since"
          description="They stay on the record, and are not invited or told anything from that day"
          type="date"
          maw={320}
          {...field("ended_on")}
        />
      )}
    </Stack>
  );
}
