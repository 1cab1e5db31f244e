import {
  Badge,
  Group,
  NativeSelect,
  NumberInput,
  SimpleGrid,
  Stack,
  Text,
  Textarea,
  TextInput,
} from "@mantine/core";
import { useLoaderData } from "react-router";
import { formatMoney, plainMoney } from "../../compliance/money.ts";
import type { Day } from "../../kernel/day.ts";
import { ProviderSelect } from "../../liaison/pages/provider-select.tsx";
import { useFields } from "../../web/form.tsx";
import { FormButtons, OpenForm, useOneForm } from "../../web/one-form.tsx";
import { Section } from "../../web/parts.tsx";
import { useDates, useMay, useMe } from "../../web/use-me.ts";
import { DayInput, Step } from "./parts.tsx";
import type { loader } from "./placement.tsx";
import { Told } from "./told.tsx";

const states: Record<string, { label: string; color: string }> = {
  pending: { label: "Pending", color: "orange" },
  agreed: { label: "Agreed", color: "teal" },
  refused: { label: "Refused", color: "red" },
};

/** Who pays, from the panel's day to its answer; often several. */
export function FundingSection() {
  const { funding, today, placement, asked } = useLoaderData<typeof loader>();
  const form = useOneForm();
  const dates = useDates();
  const { locale } = useMe().agency;
  const write = useMay()("record.write") && placement.withdrawn_on === null;
  return (
    <Section
      title="Funding"
      actions={write && <OpenForm to={form.opens("fund")}>Add a funder</OpenForm>}
    >
      {form.isOpen("fund") && <Fund />}
      {funding.length === 0 && !form.isOpen("fund") && (
        <Text size="sm" c="dimmed">
          No funder is written down.
        </Text>
      )}
      <Stack gap="sm">
        {funding.map((line) => {
          const state = states[line.state] ?? { label: line.state, color: "gray" };
          const terms = [
            line.weeks && (line.weeks === 1 ? "1 week" : `${line.weeks} weeks`),
            line.cents_per_week !== null && `${formatMoney(line.cents_per_week, locale)} a week`,
          ].filter(Boolean);
          return (
            <div key={line.id}>
              <Group gap="xs">
                <Text size="sm" fw={500}>
                  {line.funder}
                </Text>
                <Badge color={state.color}>{state.label}</Badge>
                {line.late && <Badge color="red">No answer since the panel</Badge>}
                {write && line.state === "pending" && (
                  <OpenForm
                    to={form.opens("decide", line.id)}
                    aria-label={`Record the answer of ${line.funder}`}
                  >
                    Record the answer
                  </OpenForm>
                )}
              </Group>
              <Text size="sm">
                {[
                  line.panel_on && `Panel ${dates.day(line.panel_on)}`,
                  line.decided_on &&
                    `${state.label.toLowerCase()} ${dates.day(line.decided_on)}${line.answer_from ? ` by ${line.answer_from}` : ""}`,
                  ...terms,
                ]
                  .filter(Boolean)
                  .join(" · ")}
              </Text>
              <Text size="xs" c="dimmed">
                {[line.note, `Written down by ${line.decider ?? line.author}`]
                  .filter(Boolean)
                  .join(" · ")}
              </Text>
              {/* Once they have answered, only what is on record is worth a line. */}
              {(line.state === "pending" ||
                asked.some(({ funding_id }) => funding_id === line.id)) && (
                <Told
                  need="funding"
                  service={{ id: line.provider_id, name: line.funder }}
                  of={line.id}
                />
              )}
              {form.isOpen("decide", line.id) && <Decide line={line} today={today} />}
            </div>
          );
        })}
      </Stack>
    </Section>
  );
}

function Terms({ field }: { field: ReturnType<typeof useFields> }) {
  return (
    <>
      <NumberInput label="Weeks" min={1} max={200} allowDecimal={false} {...field("weeks")} />
      <TextInput label="Cost per week" inputMode="decimal" {...field("cost")} />
    </>
  );
}

function Fund() {
  const { providers } = useLoaderData<typeof loader>();
  const field = useFields({ panel_on: "" });
  return (
    <Step step="fund">
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <ProviderSelect
          label="Who is asked to pay, from the directory"
          description="Writing it down tells them nothing."
          providers={providers}
          kind={null}
          {...field("provider_id")}
        />
        <TextInput
          label="Or their name"
          description="If the directory does not have them"
          {...field("funder")}
        />
        <DayInput
          label="Day of the panel"
          description="Empty if nobody knows yet"
          {...field("panel_on")}
        />
        <Terms field={field} />
      </SimpleGrid>
      <Textarea label="Remarks" autosize minRows={2} mt="sm" {...field("note")} />
      <FormButtons>Add</FormButtons>
    </Step>
  );
}

function Decide({
  line,
  today,
}: {
  line: { id: string; weeks: number | null; cents_per_week: number | null; note: string | null };
  today: Day;
}) {
  const field = useFields({
    decided_on: today,
    weeks: line.weeks === null ? "" : String(line.weeks),
    cost: line.cents_per_week === null ? "" : plainMoney(line.cents_per_week),
    note: line.note,
  });
  return (
    <Step step="decide" id={line.id}>
      <SimpleGrid cols={{ base: 1, xs: 3 }} mt="xs">
        <NativeSelect
          label="Their answer"
          data={[
            { value: "", label: "Choose" },
            { value: "agreed", label: "Agreed" },
            { value: "refused", label: "Refused" },
          ]}
          {...field("state")}
        />
        <DayInput label="Decided on" max={today} {...field("decided_on")} />
        <TextInput label="Who said so" {...field("answer_from")} />
        <Terms field={field} />
      </SimpleGrid>
      <Textarea label="Remarks" autosize minRows={2} mt="sm" {...field("note")} />
      <FormButtons>Record the answer</FormButtons>
    </Step>
  );
}
