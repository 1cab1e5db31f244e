import { Button, Fieldset, Group, Stack, Text } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import {
  blankGoal,
  blankIntervention,
  blankObjective,
  fieldNames,
  type GoalRow,
} from "../plan-form.ts";
import {
  type Colleague,
  type Errors,
  GoalFields,
  InterventionFields,
  ObjectiveFields,
} from "./plan-line-fields.tsx";

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
                first={at === 0}
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
                first={at === 0}
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
