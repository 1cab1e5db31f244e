import { Badge, Group, List, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useDates, useMe } from "../../web/use-me.ts";
import {
  domains,
  type Goal,
  interventionWords,
  type LineStatus,
  lineStatuses,
  type Objective,
  wordsFor,
} from "../plan.ts";

const colors: Record<string, string> = { open: "blue", met: "teal", dropped: "gray" };

/** Whether a goal or a step was reached, and when. */
export function Status({ status, on }: { status: string; on?: string | null }) {
  const dates = useDates();
  return (
    <Badge size="sm" color={colors[status] ?? "gray"}>
      {lineStatuses[status as LineStatus] ?? status}
      {on && ` ${dates.day(on)}`}
    </Badge>
  );
}

/** One goal with its steps and what staff do; `marks` puts something beside a line that may be marked. */
export function GoalView({
  goal,
  number,
  today,
  marks,
  children,
}: {
  goal: Goal;
  number: number;
  today: string;
  marks?: (kind: "goal" | "objective", line: Goal | Objective) => ReactNode;
  children?: ReactNode;
}) {
  const dates = useDates();
  const kinds = interventionWords(useMe().agency.locale);
  return (
    <Stack component="article" gap={6} py="xs" aria-label={`Goal ${number}`}>
      <Group gap="xs" justify="space-between" align="flex-start" wrap="wrap">
        <Text fw={600} style={{ flex: "1 1 16rem" }}>
          {number}. {goal.text}
        </Text>
        <Group gap={6}>
          <Status status={goal.status} on={goal.settled_on} />
          {marks?.("goal", goal)}
        </Group>
      </Group>
      {goal.objectives.length > 0 && (
        <div>
          <Text size="xs" c="dimmed" fw={600}>
            Steps
          </Text>
          <Stack component="ul" gap={4} m={0} pl="md">
            {goal.objectives.map((step) => (
              <li key={step.id}>
                <Group gap="xs">
                  <Text size="sm">{step.text}</Text>
                  {step.target_on && (
                    <Text size="xs" c={isLate(step, today) ? "orange.9" : "dimmed"}>
                      by {dates.day(step.target_on)}
                      {isLate(step, today) && ", past"}
                    </Text>
                  )}
                  {step.status !== "open" && <Status status={step.status} on={step.settled_on} />}
                  {marks?.("objective", step)}
                </Group>
              </li>
            ))}
          </Stack>
        </div>
      )}
      {goal.interventions.length > 0 && (
        <div>
          <Text size="xs" c="dimmed" fw={600}>
            What staff do
          </Text>
          <List size="sm" listStyleType="disc">
            {goal.interventions.map((line) => (
              <List.Item key={line.id}>
                {[`${wordsFor(kinds, line.kind)}: ${line.text}`, line.frequency, line.responsible]
                  .filter(Boolean)
                  .join(" · ")}
              </List.Item>
            ))}
          </List>
        </div>
      )}
      {children}
    </Stack>
  );
}

function isLate(step: Objective, today: string): boolean {
  return step.status === "open" && step.target_on !== null && step.target_on < today;
}

/** The goals by domain of life, numbered through. */
export function GoalsByDomain({
  goals,
  today,
  marks,
  extra,
}: {
  goals: readonly Goal[];
  today: string;
  marks?: (kind: "goal" | "objective", line: Goal | Objective) => ReactNode;
  extra?: (goal: Goal) => ReactNode;
}) {
  let number = 0;
  return Object.keys(domains).map((domain) => {
    const within = goals.filter((goal) => goal.domain === domain);
    if (within.length === 0) return null;
    return (
      <section key={domain} aria-labelledby={`domain-${domain}`}>
        <Text component="h3" id={`domain-${domain}`} size="sm" fw={600} c="tide" mt="sm" mb={0}>
          {wordsFor(domains, domain)}
        </Text>
        {within.map((goal) => {
          number += 1;
          return (
            <GoalView key={goal.id} {...{ goal, number, today, ...(marks && { marks }) }}>
              {extra?.(goal)}
            </GoalView>
          );
        })}
      </section>
    );
  });
}
