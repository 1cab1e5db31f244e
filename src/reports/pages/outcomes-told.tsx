import { Stack, Table, Text, Textarea } from "@mantine/core";
import type { Day } from "../../kernel/day.ts";
import { Form, useFields } from "../../web/form.tsx";
import { FormButtons, OpenForm, useOneForm } from "../../web/one-form.tsx";
import { useDates } from "../../web/use-me.ts";
import { type Answer, type Question, questions, type Stage, stages } from "../outcome.ts";
import type { OutcomeRow } from "../outcome-store.ts";

const names = Object.keys(questions) as Question[];

/** The measures of one episode beside each other; one that was wrongly recorded is taken out here. */
export function Told({ measures }: { measures: OutcomeRow[] }) {
  const dates = useDates();
  const form = useOneForm();
  const asked = names.filter((name) => measures.some((one) => one[name] !== null));
  return (
    <>
      <Table.ScrollContainer
        minWidth={240 + measures.length * 110}
        type="native"
        tabIndex={0}
        role="region"
        aria-label="Outcomes as they were told"
      >
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Asked</Table.Th>
              {measures.map((one) => (
                <Table.Th key={one.id} ta="right">
                  {stages[one.stage as Stage]}
                  <Text size="xs" c="dimmed">
                    {dates.day(one.measured_on)}
                  </Text>
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {asked.map((name) => (
              <Table.Tr key={name}>
                <Table.Th fw={400}>
                  {questions[name].label}
                  <Text span size="xs" c="dimmed">
                    {{ days: " · days of 28", scale: " · of 20", flag: "" }[questions[name].kind]}
                  </Text>
                </Table.Th>
                {measures.map((one) => (
                  <Table.Td key={one.id} ta="right">
                    {said(one[name])}
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Stack gap={4} mt="xs" align="flex-start" className="no-print">
        {measures.map((one) => (
          <div key={one.id}>
            <Text size="xs" c="dimmed" span>
              {stages[one.stage as Stage]}, {dates.day(one.measured_on as Day)}: {one.author}{" "}
            </Text>
            <OpenForm
              to={form.opens("void", one.id)}
              variant="subtle"
              size="compact-xs"
              aria-label={`Wrongly recorded: ${stages[one.stage as Stage]} of ${dates.day(one.measured_on)}`}
            >
              Wrongly recorded …
            </OpenForm>
            {form.isOpen("void", one.id) && <TakeOut id={one.id} />}
          </div>
        ))}
      </Stack>
    </>
  );
}

function said(answer: Answer): string {
  if (answer === null) return "not told";
  return typeof answer === "boolean" ? (answer ? "yes" : "no") : String(answer);
}

function TakeOut({ id }: { id: string }) {
  const field = useFields({}, "void");
  return (
    <Form intent="void">
      <input type="hidden" name="id" value={id} />
      <Textarea
        label="What was wrong"
        description="It leaves the charts and lists; what was recorded is kept. Then record it rightly."
        autosize
        {...field("reason")}
      />
      <FormButtons>Take it out</FormButtons>
    </Form>
  );
}
