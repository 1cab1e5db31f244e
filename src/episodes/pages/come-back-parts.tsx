import {
  Alert,
  Checkbox,
  Group,
  List,
  Paper,
  Radio,
  Stack,
  Text,
  Textarea,
  TextInput,
} from "@mantine/core";
import { IconAlertTriangle, IconCheck, IconCircleDashed, IconClock } from "@tabler/icons-react";
import type { ReactNode } from "react";
import type { useFields } from "../../web/form.tsx";
import {
  type Answers,
  emergencyNumber,
  type Question,
  questionNames,
  questions,
  type Step,
  TOLERANCE,
  whatNow,
} from "../come-back.ts";

const icons = {
  good: <IconCheck size={18} aria-hidden color="var(--mantine-color-teal-7)" />,
  waits: <IconClock size={18} aria-hidden color="var(--mantine-color-orange-7)" />,
  open: <IconCircleDashed size={18} aria-hidden color="var(--mantine-color-dimmed)" />,
};
const heads = { good: "Done", waits: "Waits", open: "Open" };

/** One part of closing the loop: what it asks, and how it stands. */
export function LoopStep({
  title,
  step,
  children,
}: {
  title: string;
  step: Step;
  children?: ReactNode;
}) {
  return (
    <Paper p="sm" h="100%" component="section" aria-label={title}>
      <Group gap="xs" wrap="nowrap" align="flex-start">
        {icons[step.state]}
        <div style={{ minWidth: 0, flex: 1 }}>
          <Text fw={600} size="sm" lh={1.3}>
            {title}{" "}
            <Text span size="xs" c="dimmed">
              {heads[step.state]}
            </Text>
          </Text>
          <Text size="sm">{step.says}</Text>
          {children}
        </div>
      </Group>
    </Paper>
  );
}

/** The six questions, none of which holds anything up. */
export function QuestionFields({
  field,
  answers,
  onAnswer,
  today,
  told,
}: {
  field: ReturnType<typeof useFields>;
  /** What was told on this call before. */
  told: Partial<Record<"pregnant" | "children_at_home" | "injecting", boolean | null>> | null;
  answers: Partial<Answers>;
  onAnswer: (question: Question, answer: boolean | null) => void;
  today: string;
}) {
  return (
    <Stack gap="xs">
      <Textarea
        label="What was used, and when?"
        autosize
        minRows={2}
        maxLength={1000}
        {...field("what_and_when")}
      />
      <TextInput
        label="Using again since"
        description="If they say; about is good enough"
        type="date"
        max={today}
        maw="14rem"
        {...field("relapsed_on")}
      />
      <Checkbox
        name="injecting"
        label="Injecting"
        description="If they say; it gives priority"
        defaultChecked={told?.injecting === true}
      />
      {questionNames.map((name) => {
        const value = answers[name];
        return (
          <Radio.Group
            key={name}
            name={name}
            label={questions[name].ask}
            value={value === undefined || value === null ? "" : value ? "yes" : "no"}
            onChange={(said) => onAnswer(name, said === "" ? null : said === "yes")}
          >
            <Group gap="md" mt={4}>
              <Radio value="yes" label="Yes" />
              <Radio value="no" label="No" />
              <Radio value="" label="Skip" />
            </Group>
            {name === "pregnant_or_children" && value === true && (
              <Group gap="md" mt={8} role="group" aria-label="Which? Can be skipped">
                <Text size="sm" aria-hidden>
                  Which?
                </Text>
                <Checkbox
                  name="pregnant"
                  label="Pregnant"
                  defaultChecked={told?.pregnant === true}
                />
                <Checkbox
                  name="children_at_home"
                  label="Children at home"
                  defaultChecked={told?.children_at_home === true}
                />
              </Group>
            )}
          </Radio.Group>
        );
      })}
      <TextInput
        label="Number to call back on"
        description={
          questionNames.some((name) => answers[name] === true)
            ? "After a yes the duty clinician rings them: ask which number is safe"
            : undefined
        }
        inputMode="tel"
        maxLength={200}
        autoComplete="off"
        {...field("callback")}
      />
    </Stack>
  );
}

/** What to do at this moment; grows with each yes. */
export function WhatNow({
  answers,
  locale,
  crisisLines,
}: {
  answers: Partial<Answers>;
  locale: string;
  crisisLines: readonly string[];
}) {
  const yes = questionNames.filter((name) => answers[name] === true);
  return (
    <Stack gap="sm" aria-live="polite">
      <Alert color="orange" icon={<IconAlertTriangle aria-hidden />} title="Say it to everybody">
        {TOLERANCE}
      </Alert>
      {yes.map((name) => (
        <Alert
          key={name}
          color="red"
          icon={<IconAlertTriangle aria-hidden />}
          title={`Now: ${questions[name].reason}`}
        >
          <List size="sm" spacing={4}>
            {whatNow(name, locale).map((line) => (
              <List.Item key={line}>{line}</List.Item>
            ))}
          </List>
        </Alert>
      ))}
      <Text size="xs" c="dimmed">
        General advice for whoever is on the telephone, in our own words; it is no clinician's
        advice. Life in danger: {emergencyNumber(locale)}.
        {crisisLines.length > 0 && ` At any hour: ${crisisLines.join(" · ")}.`}
      </Text>
    </Stack>
  );
}
