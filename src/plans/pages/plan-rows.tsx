import {
  Button,
  Fieldset,
  Group,
  NativeSelect,
  SimpleGrid,
  Stack,
  Text,
  Textarea,
  TextInput,
} from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { domains, interventionKinds, lineStatuses } from "../plan.ts";
import {
  blankGoal,
  blankIntervention,
  blankObjective,
  fieldNames,
  type GoalRow,
  type InterventionRow,
  type ObjectiveRow,
} from "../plan-form.ts";

type Colleague = { id: string; name: string };
type Errors = Record<string, string>;

const optionsOf = (codes: Record<string, string>) =>
  Object.entries(codes).map(([value, label]) => ({ value, label }));

/**
 * The goals of a draft with their steps and interventions. The rows are kept here; what is typed
 * stays in the inputs, so that adding or removing a row loses nothing.
 */
export function PlanRows({
  rows: first,
  errors,
  colleagues,
  onChange,
}: {
  rows: GoalRow[];
  errors: Errors;
  colleagues: Colleague[];
  onChange: () => void;
}) {
  const [rows, setRows] = useState(first.length > 0 ? first : [blankGoal("new-1")]);
  const next = useRef(2);
  const added = useRef<string | null>(null);
  const box = useRef<HTMLDivElement>(null);
  // The keyboard goes on in the row that was just added.
  useEffect(() => {
    if (!added.current) return;
    box.current?.querySelector<HTMLElement>(`[name="${added.current}"]`)?.focus();
    added.current = null;
  });
  const fresh = () => `new-${next.current++}-${first.length}`;
  const change = (to: GoalRow[], focus?: string) => {
    added.current = focus ?? null;
    setRows(to);
    onChange();
  };
  const inGoal = (key: string, to: (goal: GoalRow) => GoalRow) =>
    rows.map((goal) => (goal.key === key ? to(goal) : goal));
  return (
    <Stack ref={box} gap="md">
      {rows.map((goal, index) => (
        <Fieldset key={goal.key} legend={`Goal ${index + 1}`} p="md">
          <GoalFields goal={goal} errors={errors} />
          <Lines title="Steps towards it">
            {goal.objectives.map((line, at) => (
              <ObjectiveFields
                key={line.key}
                {...{ goal: goal.key, line, errors }}
                name={`Goal ${index + 1}, step ${at + 1}`}
                remove={() =>
                  change(
                    inGoal(goal.key, (it) => ({
                      ...it,
                      objectives: it.objectives.filter((other) => other.key !== line.key),
                    })),
                  )
                }
              />
            ))}
          </Lines>
          <Lines title="What staff do">
            {goal.interventions.map((line, at) => (
              <InterventionFields
                key={line.key}
                {...{ goal: goal.key, line, errors, colleagues }}
                name={`Goal ${index + 1}, what staff do, line ${at + 1}`}
                remove={() =>
                  change(
                    inGoal(goal.key, (it) => ({
                      ...it,
                      interventions: it.interventions.filter((other) => other.key !== line.key),
                    })),
                  )
                }
              />
            ))}
          </Lines>
          <Group gap="xs" mt="sm">
            <Add
              label={`Add a step to goal ${index + 1}`}
              onClick={() => {
                const line = blankObjective(fresh());
                change(
                  inGoal(goal.key, (it) => ({ ...it, objectives: [...it.objectives, line] })),
                  fieldNames.objective(goal.key, line.key, "text"),
                );
              }}
            >
              Add a step
            </Add>
            <Add
              label={`Add what staff do about goal ${index + 1}`}
              onClick={() => {
                const line = blankIntervention(fresh());
                change(
                  inGoal(goal.key, (it) => ({ ...it, interventions: [...it.interventions, line] })),
                  fieldNames.intervention(goal.key, line.key, "kind"),
                );
              }}
            >
              Add what staff do
            </Add>
            <Button
              size="compact-sm"
              variant="subtle"
              color="red"
              ml="auto"
              onClick={() => {
                const written = goal.text !== "" || goal.objectives.length > 0;
                if (written && !window.confirm(`Remove goal ${index + 1} from this draft?`)) return;
                change(rows.filter((other) => other.key !== goal.key));
              }}
            >
              Remove goal {index + 1}
            </Button>
          </Group>
        </Fieldset>
      ))}
      <div>
        <Add
          onClick={() => {
            const goal = blankGoal(fresh());
            change([...rows, goal], fieldNames.goal(goal.key, "text"));
          }}
        >
          Add a goal
        </Add>
      </div>
    </Stack>
  );
}

function Add({
  label,
  onClick,
  children,
}: {
  label?: string;
  onClick: () => void;
  children: string;
}) {
  return (
    <Button
      size="compact-sm"
      variant="default"
      leftSection={<IconPlus size={14} aria-hidden />}
      aria-label={label}
      onClick={onClick}
    >
      {children}
    </Button>
  );
}

function Lines({ title, children }: { title: string; children: React.ReactNode[] }) {
  if (children.length === 0) return null;
  return (
    <Stack gap="xs" mt="md">
      <Text size="sm" fw={600}>
        {title}
      </Text>
      {children}
    </Stack>
  );
}

function GoalFields({ goal, errors }: { goal: GoalRow; errors: Errors }) {
  const name = (field: "domain" | "text" | "status") => {
    const full = fieldNames.goal(goal.key, field);
    return { name: full, defaultValue: goal[field], error: errors[full] };
  };
  return (
    <>
      <Textarea
        label="What the person wants to reach"
        description="In their own words, if you can"
        autosize
        minRows={1}
        {...name("text")}
      />
      <SimpleGrid cols={{ base: 1, xs: 2 }} mt="sm">
        <NativeSelect label="Domain" data={optionsOf(domains)} {...name("domain")} />
        <NativeSelect label="Status" data={optionsOf(lineStatuses)} {...name("status")} />
      </SimpleGrid>
    </>
  );
}

type LineProps<R> = {
  goal: string;
  line: R;
  errors: Errors;
  name: string;
  remove: () => void;
};

function Remove({ name, remove }: { name: string; remove: () => void }) {
  return (
    <Button
      size="compact-sm"
      variant="subtle"
      color="red"
      aria-label={`Remove: ${name}`}
      onClick={remove}
    >
      Remove
    </Button>
  );
}

function ObjectiveFields({ goal, line, errors, name, remove }: LineProps<ObjectiveRow>) {
  const field = (of: "text" | "target_on" | "status") => {
    const full = fieldNames.objective(goal, line.key, of);
    return { name: full, defaultValue: line[of], error: errors[full] };
  };
  return (
    <Group gap="xs" align="flex-start">
      <TextInput
        aria-label={name}
        placeholder="A step"
        style={{ flex: "3 1 16rem" }}
        {...field("text")}
      />
      <TextInput
        type="date"
        aria-label={`${name}: by when`}
        style={{ flex: "1 1 9rem" }}
        {...field("target_on")}
      />
      <NativeSelect
        aria-label={`${name}: status`}
        data={optionsOf(lineStatuses)}
        style={{ flex: "0 1 7rem" }}
        {...field("status")}
      />
      <Remove {...{ name, remove }} />
    </Group>
  );
}

function InterventionFields({
  goal,
  line,
  errors,
  name,
  remove,
  colleagues,
}: LineProps<InterventionRow> & { colleagues: Colleague[] }) {
  const field = (of: "kind" | "text" | "frequency" | "responsible_id") => {
    const full = fieldNames.intervention(goal, line.key, of);
    return { name: full, defaultValue: line[of], error: errors[full] };
  };
  const known = colleagues.some(({ id }) => id === line.responsible_id);
  const who = [
    { value: "", label: "Nobody named" },
    ...colleagues.map(({ id, name: label }) => ({ value: id, label })),
    ...(line.responsible_id && !known
      ? [{ value: line.responsible_id, label: "A former colleague" }]
      : []),
  ];
  return (
    <Group gap="xs" align="flex-start">
      <NativeSelect
        aria-label={`${name}: kind`}
        data={optionsOf(interventionKinds)}
        style={{ flex: "1 1 11rem" }}
        {...field("kind")}
      />
      <TextInput
        aria-label={name}
        placeholder="What"
        style={{ flex: "3 1 14rem" }}
        {...field("text")}
      />
      <TextInput
        aria-label={`${name}: how often`}
        placeholder="How often"
        style={{ flex: "1 1 8rem" }}
        {...field("frequency")}
      />
      <NativeSelect
        aria-label={`${name}: who`}
        data={who}
        style={{ flex: "1 1 9rem" }}
        {...field("responsible_id")}
      />
      <Remove {...{ name, remove }} />
    </Group>
  );
}
