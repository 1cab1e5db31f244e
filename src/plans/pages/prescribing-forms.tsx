import { Anchor, Group, NativeSelect, Paper, SimpleGrid, Text, TextInput } from "@mantine/core";
import { Link, useLoaderData } from "react-router";
import { Form, useFields } from "../../web/form.tsx";
import { FormButtons, OpenForm, useOneForm } from "../../web/one-form.tsx";
import { paths } from "../../web/paths.ts";
import { useDates, useWords } from "../../web/use-me.ts";
import { plannedKinds, plannedWords, prescribingKinds, settings } from "../prescribing.ts";
import type { Course } from "../prescribing-store.ts";
import type { loader } from "./prescribing.tsx";

/** Which intervention of the plan it is; while it runs and is none, it is put there. */
export function OnPlan({ course, mayEnd }: { course: Course; mayEnd: boolean }) {
  const { planned, toBegin, consumerId } = useLoaderData<typeof loader>();
  const form = useOneForm();
  const words = useWords();
  const line = planned.find(({ lineage }) => lineage === course.intervention_lineage);
  if (line) {
    return (
      <Text size="sm">
        On the {words.carePlan}:{" "}
        <Anchor component={Link} to={paths.plan(consumerId)} inherit underline="always">
          {line.text}
        </Anchor>
      </Text>
    );
  }
  if (course.intervention_lineage || course.valid_to || !mayEnd) return null;
  return (
    <Group gap="xs">
      <Text size="sm">Not on the {words.carePlan} yet.</Text>
      {toBegin.length > 0 ? (
        <OpenForm
          to={form.opens("plan", course.id)}
          aria-label={`Say where it is on it: ${course.what}`}
        >
          Say where it is on it
        </OpenForm>
      ) : (
        <Anchor component={Link} to={paths.plan(consumerId)} size="sm" underline="always">
          To the {words.carePlan}
        </Anchor>
      )}
    </Group>
  );
}

export function PutOnPlan({ id }: { id: string }) {
  const { toBegin } = useLoaderData<typeof loader>();
  const field = useFields({ lineage: toBegin[0]?.lineage });
  return (
    <Form style={{ maxWidth: "40rem", marginTop: "0.75rem" }}>
      <input type="hidden" name="step" value="plan" />
      <input type="hidden" name="id" value={id} />
      <NativeSelect
        label="What the plan says of it"
        data={toBegin.map((line) => ({ value: line.lineage, label: plannedWords(line) }))}
        {...field("lineage")}
      />
      <FormButtons>Save</FormButtons>
    </Form>
  );
}

const optionsOf = (of: Record<string, string>) => [
  { value: "", label: "Choose" },
  ...Object.entries(of).map(([value, label]) => ({ value, label })),
];

export function BeginCourse() {
  const { today, stays, toBegin, first } = useLoaderData<typeof loader>();
  const field = useFields({
    valid_from: today,
    ...(first && {
      lineage: first.lineage,
      what: plannedWords(first),
      kind: plannedKinds[first.kind],
    }),
  });
  const dates = useDates();
  const words = useWords();
  return (
    <Paper mb="md">
      <Form style={{ maxWidth: "44rem" }}>
        <input type="hidden" name="step" value="begin" />
        {toBegin.length > 0 && (
          <NativeSelect
            mb="sm"
            label={`On the ${words.carePlan}`}
            description="What the plan says already is not typed again"
            inputWrapperOrder={["label", "input", "description", "error"]}
            data={[
              { value: "", label: "None of it" },
              ...toBegin.map((line) => ({ value: line.lineage, label: plannedWords(line) })),
            ]}
            {...field("lineage")}
          />
        )}
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <NativeSelect
            label="What it is for"
            data={optionsOf(prescribingKinds)}
            autoFocus
            {...field("kind")}
          />
          <TextInput
            label="What"
            placeholder="Medicine, and how it is to go on"
            {...field("what")}
          />
          <TextInput label="Who prescribes" {...field("prescriber")} />
          <TextInput type="date" label="From" max={today} {...field("valid_from")} />
          <NativeSelect label="Where" data={optionsOf(settings)} {...field("setting")} />
          {stays.length > 0 && (
            <NativeSelect
              label="During the stay"
              data={[
                { value: "", label: "None" },
                ...stays.map(({ id, unit, admitted_on }) => ({
                  value: id,
                  label: `${unit}, from ${dates.day(admitted_on)}`,
                })),
              ]}
              {...field("placement_id")}
            />
          )}
        </SimpleGrid>
        <FormButtons>Note it</FormButtons>
      </Form>
    </Paper>
  );
}

export function EndCourse({ id }: { id: string }) {
  const { today } = useLoaderData<typeof loader>();
  const field = useFields({ valid_to: today });
  return (
    <Form style={{ maxWidth: "40rem", marginTop: "0.75rem" }}>
      <input type="hidden" name="step" value="end" />
      <input type="hidden" name="id" value={id} />
      <Group grow align="flex-start">
        <TextInput type="date" label="Last day" max={today} {...field("valid_to")} />
        <TextInput label="Why it ended" autoFocus {...field("reason")} />
      </Group>
      <FormButtons>End it</FormButtons>
    </Form>
  );
}
