import { Alert, NativeSelect, SimpleGrid, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import type { useFields } from "../../web/form.tsx";
import { useMe } from "../../web/use-me.ts";
import { familyGrounds } from "./grounds.ts";
import type { Through } from "./leaving-data.ts";

/** Through whom somebody is looked for, and by what right that person is told. */
export function ThroughFields({
  field,
  through,
  notice,
}: {
  field: ReturnType<typeof useFields>;
  through: Through;
  notice: { text: string | null; missing: string | null };
}) {
  const { jurisdiction } = useMe().agency;
  const grounds = familyGrounds(jurisdiction);
  const told = field("told");
  const [basis, setBasis] = useState(String(told.defaultValue ?? "consent"));
  return (
    <>
      <SimpleGrid cols={{ base: 1, xs: 2 }} mt="sm">
        <NativeSelect
          label="Through whom"
          data={[
            { value: "", label: through.length > 0 ? "Choose" : "Nobody may be contacted" },
            ...through.map(({ id, name, relation, consented }) => ({
              value: id,
              label: `${name}, ${relation}${consented ? "" : " (no consent to tell them)"}`,
            })),
          ]}
          {...field("support_id")}
        />
        <NativeSelect
          label="By what right they are told"
          data={grounds.map(({ basis: value, label }) => ({ value, label }))}
          {...told}
          onChange={(event) => setBasis(event.currentTarget.value)}
        />
      </SimpleGrid>
      {basis !== "consent" && (
        <TextInput
          mt="sm"
          label="Why it is told without consent"
          description={grounds.find((ground) => ground.basis === basis)?.hint}
          {...field("purpose")}
        />
      )}
      <Text size="xs" c="dimmed" mt={6}>
        That staff look for somebody tells that they come here: it is written into what was
        disclosed. Whoever must not be contacted is not offered.
      </Text>
      {(notice.text || notice.missing) && (
        <Alert color={notice.missing ? "orange" : "gray"} mt="xs" p="xs">
          <Text size="xs">{notice.missing ?? `Tell them: ${notice.text}`}</Text>
        </Alert>
      )}
    </>
  );
}
