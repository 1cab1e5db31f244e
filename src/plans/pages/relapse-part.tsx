import { Anchor, Group, Stack, Text } from "@mantine/core";
import { Link } from "react-router";
import { OpenForm, useOneForm } from "../../web/one-form.tsx";
import { Section } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { AddStrategy, AddTrigger } from "./relapse-forms.tsx";

type Strategy = { id: string; text: string; helper: string | null };
type Trigger = { id: string; text: string; sign: boolean; strategies: Strategy[] };

/** Relapse measures, as they stand on the relapse prevention plan: the same lines, not a copy. */
export function RelapsePart({
  consumerId,
  triggers,
  anyTime,
  write,
}: {
  consumerId: string;
  triggers: readonly Trigger[];
  anyTime: readonly Strategy[];
  write: boolean;
}) {
  const form = useOneForm();
  const say = (line: Strategy) => (line.helper ? `${line.text} (${line.helper})` : line.text);
  const parts = [
    { title: "Early signs", of: triggers.filter(({ sign }) => sign) },
    { title: "What makes it harder", of: triggers.filter(({ sign }) => !sign) },
  ];
  return (
    <Section
      title="If it gets hard"
      actions={
        write && (
          <Group gap="xs">
            <OpenForm to={form.opens("sign")}>Add an early sign</OpenForm>
            <OpenForm to={form.opens("trigger")}>Add a trigger</OpenForm>
          </Group>
        )
      }
    >
      <Text size="sm" c="dimmed" mb="xs">
        These are the lines of the{" "}
        <Anchor component={Link} to={paths.relapsePlan(consumerId)} inherit underline="always">
          relapse prevention plan
        </Anchor>
        . What is added here stands there.
      </Text>
      {form.isOpen("sign") && <AddTrigger sign />}
      {form.isOpen("trigger") && <AddTrigger />}
      {parts.map(({ title, of }) => (
        <section key={title} aria-label={title}>
          <Text component="h3" size="sm" fw={600} c="tide" mt="sm" mb={4}>
            {title}
          </Text>
          {of.length === 0 && <Text size="sm">None yet.</Text>}
          <Stack gap="xs">
            {of.map((trigger) => (
              <div key={trigger.id}>
                <Text size="sm" fw={500}>
                  {trigger.text}
                </Text>
                {trigger.strategies.map((line) => (
                  <Text key={line.id} size="sm" pl="md">
                    Then: {say(line)}
                  </Text>
                ))}
                {write && trigger.strategies.length === 0 && (
                  <OpenForm
                    to={form.opens("strategy", trigger.id)}
                    variant="subtle"
                    aria-label={`Say what to do then: ${trigger.text}`}
                  >
                    Say what to do then
                  </OpenForm>
                )}
                {form.isOpen("strategy", trigger.id) && <AddStrategy triggerId={trigger.id} />}
              </div>
            ))}
          </Stack>
        </section>
      ))}
      {anyTime.length > 0 && (
        <>
          <Text component="h3" size="sm" fw={600} c="tide" mt="sm" mb={4}>
            What helps at any time
          </Text>
          {anyTime.map((line) => (
            <Text key={line.id} size="sm">
              {say(line)}
            </Text>
          ))}
        </>
      )}
    </Section>
  );
}
