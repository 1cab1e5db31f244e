import { Checkbox, Group, SimpleGrid, Stack, Text, TextInput } from "@mantine/core";
import type { ReactNode } from "react";
import type { Day } from "../../kernel/day.ts";
import { Form, useFields } from "../../web/form.tsx";
import { FormButtons } from "../../web/one-form.tsx";
import { useDates } from "../../web/use-me.ts";
import type { HelpGiven } from "../interim-help-store.ts";
import { interimHelp } from "../referral-in.ts";

/** What helped until care starts, each time it was given. */
export function HelpTold({ given }: { given: readonly HelpGiven[] }) {
  const dates = useDates();
  return given.map(({ id, on, what, by }) => (
    <Text key={id} size="sm">
      {what} · {dates.day(on)} · {by}
    </Text>
  ));
}

export function HelpForm({ today, children }: { today: Day; children?: ReactNode }) {
  const field = useFields({ given_on: today }, "help");
  return (
    <Form intent="help" style={{ maxWidth: "36rem", marginTop: 12 }}>
      {children}
      <Stack gap="sm">
        <Group component="fieldset" gap="0.4rem 1rem" style={{ border: 0, margin: 0, padding: 0 }}>
          <Text component="legend" size="sm" fw={500} mb={4}>
            What helps until care starts
          </Text>
          {interimHelp.map((help) => (
            <Checkbox key={help} name="help[]" value={help} label={help} />
          ))}
        </Group>
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <TextInput label="Other help" autoComplete="off" {...field("other_help")} />
          <TextInput type="date" label="Given on" max={today} required {...field("given_on")} />
        </SimpleGrid>
      </Stack>
      <FormButtons>Record the help</FormButtons>
    </Form>
  );
}
