import { Badge, Group, Stack, Text, Textarea } from "@mantine/core";
import { useLoaderData } from "react-router";
import type { Day } from "../../kernel/day.ts";
import { useFields } from "../../web/form.tsx";
import { FormButtons, OpenForm, useOneForm } from "../../web/one-form.tsx";
import { Section } from "../../web/parts.tsx";
import { useDates, useMay } from "../../web/use-me.ts";
import { DayInput, Step } from "./parts.tsx";
import type { loader } from "./placement.tsx";

/** A return to use prompts a review with the person; it ends nothing by itself (MC B4). */
export function UseSection() {
  const { uses, today, placement } = useLoaderData<typeof loader>();
  const dates = useDates();
  const form = useOneForm();
  const write = useMay()("record.write");
  if (!placement.admitted_on) return null;
  return (
    <Section
      title="Returns to use"
      actions={write && <OpenForm to={form.opens("use")}>Record a return to use</OpenForm>}
    >
      {form.isOpen("use") && <Use today={today} />}
      {uses.length === 0 && !form.isOpen("use") && (
        <Text size="sm" c="dimmed">
          None is recorded. If one happens, it asks for a review with the person within days; the
          stay goes on.
        </Text>
      )}
      <Stack gap="sm">
        {uses.map((use) => (
          <div key={use.id}>
            <Group gap="xs">
              <Text size="sm" fw={500}>
                {dates.day(use.happened_on)}
              </Text>
              {use.reviewed_on ? (
                <Badge color="teal">Reviewed {dates.day(use.reviewed_on)}</Badge>
              ) : (
                <Badge color={use.late ? "red" : "orange"}>
                  {use.late ? "Review overdue since" : "Review with the person by"}{" "}
                  {dates.day(use.review_due)}
                </Badge>
              )}
              {write && !use.reviewed_on && (
                <OpenForm to={form.opens("review", use.id)} variant="filled">
                  Record the review
                </OpenForm>
              )}
            </Group>
            <Text size="sm">{use.what}</Text>
            {use.review && (
              <Text size="sm">
                <Text span size="sm" c="dimmed">
                  What was agreed:{" "}
                </Text>
                {use.review}
              </Text>
            )}
            <Text size="xs" c="dimmed">
              {use.reviewer ? `Reviewed by ${use.reviewer}` : `Recorded by ${use.author}`}
            </Text>
            {form.isOpen("review", use.id) && <Review id={use.id} today={today} />}
          </div>
        ))}
      </Stack>
    </Section>
  );
}

function Use({ today }: { today: Day }) {
  const field = useFields({ happened_on: today });
  return (
    <Step step="use">
      <DayInput label="When" max={today} maw="16rem" {...field("happened_on")} />
      <Textarea
        label="What happened, in the person's words where you can"
        autosize
        minRows={2}
        mt="sm"
        {...field("what")}
      />
      <FormButtons>Record it</FormButtons>
    </Step>
  );
}

function Review({ id, today }: { id: string; today: Day }) {
  const field = useFields({ reviewed_on: today });
  return (
    <Step step="review" id={id}>
      <DayInput
        label="Reviewed with the person on"
        max={today}
        maw="16rem"
        {...field("reviewed_on")}
      />
      <Textarea
        label="What was agreed: what helps now, what changes in the plan"
        autosize
        minRows={3}
        mt="sm"
        {...field("review")}
      />
      <FormButtons>Record the review</FormButtons>
    </Step>
  );
}
