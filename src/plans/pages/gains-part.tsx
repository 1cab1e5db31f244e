import { Badge, Group, Radio, Stack, Text, TextInput } from "@mantine/core";
import { addDays, type Day } from "../../kernel/day.ts";
import { Form, useFields } from "../../web/form.tsx";
import { FormButtons, OpenForm, useOneForm } from "../../web/one-form.tsx";
import { Section } from "../../web/parts.tsx";
import { useDates } from "../../web/use-me.ts";
import { findings } from "../aftercare.ts";
import type { Gain } from "../gain-store.ts";
import { wordsFor } from "../plan.ts";

const colors: Record<string, string> = { kept: "teal", "at-risk": "orange", lost: "red" };

/** What treatment gained and is to be kept (MC C), and how it was found each time. */
export function GainsPart({
  gains,
  today,
  write,
}: {
  gains: readonly Gain[];
  today: string;
  write: boolean;
}) {
  const form = useOneForm();
  const dates = useDates();
  const standing = gains.filter((gain) => !gain.ended_on);
  return (
    <Section
      title="Gains to protect"
      actions={write && <OpenForm to={form.opens("gain-add")}>Name a gain</OpenForm>}
    >
      {form.isOpen("gain-add") && <AddGain today={today} />}
      {standing.length === 0 && <Text size="sm">None is named yet.</Text>}
      <Stack gap="sm">
        {standing.map((gain) => {
          const [last] = gain.looks;
          const due = gain.look_again_on !== null && gain.look_again_on <= today;
          return (
            <div key={gain.id}>
              <Group justify="space-between" align="flex-start" gap="xs">
                <div style={{ flex: "1 1 16rem" }}>
                  <Group gap="xs">
                    <Text size="sm" fw={500}>
                      {gain.text}
                    </Text>
                    {last && (
                      <Badge size="sm" color={colors[last.found] ?? "gray"}>
                        {wordsFor(findings, last.found)} {dates.day(last.looked_on)}
                      </Badge>
                    )}
                    {due && gain.look_again_on && (
                      <Badge size="sm" color="orange">
                        Look again: due {dates.day(gain.look_again_on)}
                      </Badge>
                    )}
                  </Group>
                  {last?.note && <Text size="sm">{last.note}</Text>}
                  <Text size="xs" c="dimmed">
                    Named by {gain.author}
                    {last && ` · last looked at by ${last.author}`}
                    {!due && gain.look_again_on && ` · next ${dates.day(gain.look_again_on)}`}
                    {gain.looks.length > 1 && ` · looked at ${gain.looks.length} times`}
                  </Text>
                </div>
                {write && (
                  <Group gap={4}>
                    <OpenForm
                      to={form.opens("gain-look", gain.id)}
                      aria-label={`Look again: ${gain.text}`}
                    >
                      Look again
                    </OpenForm>
                    <OpenForm
                      to={form.opens("gain-end", gain.id)}
                      variant="subtle"
                      aria-label={`Let go: ${gain.text}`}
                    >
                      Let go
                    </OpenForm>
                  </Group>
                )}
              </Group>
              {form.isOpen("gain-look", gain.id) && <LookAgain id={gain.id} today={today} />}
              {form.isOpen("gain-end", gain.id) && (
                <Form style={{ marginTop: "0.5rem" }}>
                  <input type="hidden" name="step" value="gain-end" />
                  <input type="hidden" name="id" value={gain.id} />
                  <Text size="sm">
                    It is no longer looked at, and leaves the plan and its print.
                  </Text>
                  <FormButtons>Let it go</FormButtons>
                </Form>
              )}
            </div>
          );
        })}
      </Stack>
    </Section>
  );
}

function AddGain({ today }: { today: string }) {
  const field = useFields({ look_again_on: addDays(today as Day, 28) });
  return (
    <Form style={{ maxWidth: "40rem", marginBottom: "1rem" }}>
      <input type="hidden" name="step" value="gain-add" />
      <TextInput
        label="What was gained"
        placeholder="Home with the children on weekends"
        autoFocus
        {...field("text")}
      />
      <TextInput
        type="date"
        label="Look again on"
        mt="sm"
        maw="12rem"
        {...field("look_again_on")}
      />
      <FormButtons>Name it</FormButtons>
    </Form>
  );
}

function LookAgain({ id, today }: { id: string; today: string }) {
  const field = useFields({ on: today, next: addDays(today as Day, 28) });
  return (
    <Form style={{ maxWidth: "40rem", marginTop: "0.5rem" }}>
      <input type="hidden" name="step" value="gain-look" />
      <input type="hidden" name="id" value={id} />
      <Radio.Group label="How is it?" {...field("found")}>
        <Group mt={4}>
          {Object.entries(findings).map(([value, label]) => (
            <Radio key={value} value={value} label={label} />
          ))}
        </Group>
      </Radio.Group>
      <Group mt="sm" grow align="flex-start">
        <TextInput type="date" label="Looked at on" max={today} {...field("on")} />
        <TextInput type="date" label="Next look" {...field("next")} />
      </Group>
      <TextInput mt="sm" label="What was found" {...field("note")} />
      <FormButtons>Save</FormButtons>
    </Form>
  );
}
