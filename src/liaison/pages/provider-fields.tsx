import { Checkbox, Group, SimpleGrid, Stack, Textarea, TextInput } from "@mantine/core";
import { useActionData } from "react-router";
import { z } from "zod";
import { checkbox, type Invalid, optionalText, text, useFields } from "../../web/form.tsx";
import { type ProviderKind, providerKindCodes, providerKinds } from "../provider.ts";
import type { ProviderFields as Fields } from "../provider-store.ts";

/** The form of an entry of the directory. */
export const providerForm = z.object({
  name: text(200),
  kinds: z.array(z.enum(providerKindCodes)).min(1, "Choose what they help with"),
  what: optionalText(1000),
  phone: optionalText(100),
  email: z.email("Write an address like name@place.org").optional(),
  address: optionalText(500),
  locality: optionalText(200),
  times: optionalText(500),
  open_access: checkbox,
  women_only: checkbox,
  ended: checkbox,
});

export function entryOf(given: z.output<typeof providerForm>): Fields {
  const { ended, ...rest } = given;
  return {
    name: rest.name,
    kinds: rest.kinds,
    what: rest.what ?? null,
    phone: rest.phone ?? null,
    email: rest.email ?? null,
    address: rest.address ?? null,
    locality: rest.locality ?? null,
    times: rest.times ?? null,
    open_access: rest.open_access,
    women_only: rest.women_only,
    active: !ended,
  };
}

export function ProviderFields({ saved, named }: { saved?: Fields; named?: boolean }) {
  const answer = useActionData() as Partial<Invalid> | undefined;
  const { kinds: _, open_access, women_only, active, ...texts } = saved ?? ({} as Fields);
  const field = useFields({
    ...texts,
    open_access: open_access ? "on" : "",
    women_only: women_only ? "on" : "",
    ended: saved && !active ? "on" : "",
  });
  const typed = answer?.typed?.["kinds[]"];
  const chosen = Array.isArray(typed) ? typed : (saved?.kinds ?? []);
  const tick = (name: string) => ({ name, defaultChecked: field(name).defaultValue === "on" });
  return (
    <Stack gap="sm">
      <TextInput
        label="Name"
        required
        readOnly={named ?? false}
        description={
          named ? "A signed consent names it: for another name, make another entry." : undefined
        }
        {...field("name")}
      />
      <Checkbox.Group
        label="What they help with"
        required
        defaultValue={chosen}
        error={answer?.errors?.kinds}
      >
        <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }} spacing={6} mt={6}>
          {providerKindCodes.map((kind: ProviderKind) => (
            <Checkbox key={kind} name="kinds[]" value={kind} label={providerKinds[kind]} />
          ))}
        </SimpleGrid>
      </Checkbox.Group>
      <Textarea label="For whom, and what they do" autosize minRows={2} {...field("what")} />
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <TextInput label="When it is open, or meets" {...field("times")} />
        <TextInput label="Town or area" {...field("locality")} />
        <TextInput label="Telephone" {...field("phone")} />
        <TextInput label="Email" {...field("email")} />
      </SimpleGrid>
      <Textarea label="Address" autosize minRows={2} {...field("address")} />
      <Group gap="lg">
        <Checkbox label="Anybody may come, without a referral" {...tick("open_access")} />
        <Checkbox label="Women only" {...tick("women_only")} />
        {saved && <Checkbox label="Not used any more" {...tick("ended")} />}
      </Group>
    </Stack>
  );
}
