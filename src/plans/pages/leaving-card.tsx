import {
  Alert,
  Anchor,
  Badge,
  Box,
  Button,
  Group,
  NativeSelect,
  Paper,
  Radio,
  SimpleGrid,
  Stack,
  Text,
  Textarea,
  TextInput,
} from "@mantine/core";
import { type ReactNode, useState } from "react";
import { Link, Form as PlainForm, useActionData } from "react-router";
import { reasonWords } from "../../episodes/episode.ts";
import { Form, type Invalid, useFields } from "../../web/form.tsx";
import { FormButtons, OpenForm, useOneForm } from "../../web/one-form.tsx";
import { paths } from "../../web/paths.ts";
import { useDates } from "../../web/use-me.ts";
import { adviceAnswers, contactWays, naloxoneAnswers } from "../leaving.ts";
import type { LeavingView, Through } from "./leaving-data.ts";
import { ThroughFields } from "./through-fields.tsx";

type Now = { day: string; time: string };

/** What could not be done, where a page has only buttons and a form that may be closed. */
export function Refused() {
  const answer = useActionData() as Partial<Invalid> | undefined;
  const form = useOneForm();
  const says = answer?.errors?.form;
  if (!says || form.isOpen("try", String(answer?.typed?.id ?? ""))) return null;
  return (
    <Alert color="red" role="alert" mb="md">
      {says}
    </Alert>
  );
}

/** One ending: what it was, what is still asked for, and how each is answered on the spot. */
export function LeavingCard({
  leaving,
  now,
  through,
  notice,
  named,
  write,
}: {
  leaving: LeavingView;
  now: Now;
  /** Of whoever the open form is about. */
  through: Through;
  notice: { text: string | null; missing: string | null };
  /** On a list of several people: whose it is, and how they may be called. */
  named?: boolean;
  write: boolean;
}) {
  const dates = useDates();
  const form = useOneForm();
  const { asks } = leaving;
  const strong = asks.contact && !leaving.planned;
  const ended = leaving.whole ? "The episode ended" : "Left";
  const title = leaving.unit ? `Left ${leaving.unit}` : ended;
  return (
    <Paper
      component="article"
      mb="md"
      aria-label={named ? leaving.name : `${title}, ${leaving.endedOn}`}
      style={
        strong ? { borderInlineStart: "4px solid var(--mantine-color-red-filled)" } : undefined
      }
    >
      <Group justify="space-between" align="flex-start" gap="xs">
        <div>
          {named && (
            <Anchor component={Link} to={paths.leaving(leaving.consumerId)} fw={600}>
              {leaving.name}
            </Anchor>
          )}
          <Text size="sm" {...(!named && { fw: 600 })}>
            {title} on {dates.day(leaving.endedOn)}: {reasonWords(leaving.reason).toLowerCase()}
          </Text>
          {leaving.note && <Text size="sm">{leaving.note}</Text>}
          {leaving.keyworker && named && (
            <Text size="xs" c="dimmed">
              Known best by {leaving.keyworker}
            </Text>
          )}
        </div>
        <Group gap={6}>
          {!leaving.planned && (
            <Badge color="red" variant={strong ? "filled" : "light"}>
              Unplanned
            </Badge>
          )}
          {leaving.planned && <Badge color="gray">Planned</Badge>}
          {leaving.due && (
            <Badge
              color={leaving.pastDue ? "red" : "orange"}
              variant={strong && leaving.pastDue ? "filled" : "light"}
            >
              Contact {leaving.due}
            </Badge>
          )}
        </Group>
      </Group>
      {leaving.nobody ? (
        <Text size="sm" mt="xs">
          Nothing is asked any more.
        </Text>
      ) : (
        <Stack gap="sm" mt="sm">
          {named && asks.contact && (
            <Text size="sm">
              {leaving.phone ?? "No telephone number"}
              {leaving.safeToCall && ` · ${leaving.safeToCall}`}
            </Text>
          )}
          <Contact {...{ leaving, write }} />
          <Asked
            title="Overdose advice"
            about="Tolerance falls within days; the usual amount may kill."
            step="advice"
            answers={adviceAnswers}
            answer={leaving.advice}
            {...{ leaving, write }}
          />
          <Asked
            title="Naloxone"
            step="naloxone"
            answers={naloxoneAnswers}
            answer={leaving.naloxone}
            {...{ leaving, write }}
          />
          {form.isOpen("try", leaving.id) && (
            <TryForm id={leaving.id} {...{ now, through, notice }} />
          )}
        </Stack>
      )}
    </Paper>
  );
}

function Line({ title, done, children }: { title: string; done: boolean; children: ReactNode }) {
  return (
    <Group gap="xs" align="flex-start">
      <Text size="sm" fw={600} w="9rem">
        {title}
      </Text>
      <Box style={{ flex: "1 1 14rem" }}>{children}</Box>
      <Badge color={done ? "teal" : "orange"}>{done ? "Done" : "To do"}</Badge>
    </Group>
  );
}

function Contact({ leaving, write }: { leaving: LeavingView; write: boolean }) {
  const dates = useDates();
  const form = useOneForm();
  const { asks, tries } = leaving;
  return (
    <Line title="Contact, 48 hours" done={!asks.contact}>
      {leaving.reachedAt && <Text size="sm">Reached {dates.instant(leaving.reachedAt)}</Text>}
      {!leaving.reachedAt && leaving.cameBack && <Text size="sm">They came back since.</Text>}
      {asks.contact && tries.length === 0 && <Text size="sm">Nobody has tried yet.</Text>}
      {tries.map((one) => (
        <Text key={one.id} size="sm" {...(!one.reached && { c: "dimmed" })}>
          {dates.instant(one.at)}: {one.through ? `through ${one.through}` : contactWords(one.how)},{" "}
          {one.reached ? "reached" : "not reached"}
          {one.note && `. ${one.note}`} ({one.author})
        </Text>
      ))}
      {write && asks.contact && !form.isOpen("try", leaving.id) && (
        <OpenForm
          to={form.opens("try", leaving.id)}
          mt={4}
          variant={!leaving.planned ? "filled" : "default"}
          aria-label={`Write down a try to reach ${leaving.name}`}
        >
          Write down a try
        </OpenForm>
      )}
    </Line>
  );
}

function contactWords(code: string): string {
  return (contactWays[code as keyof typeof contactWays] ?? code).toLowerCase();
}

function Asked({
  title,
  about,
  step,
  answers,
  answer,
  leaving,
  write,
}: {
  title: string;
  about?: string;
  step: "advice" | "naloxone";
  answers: Record<string, string>;
  answer: LeavingView["advice"];
  leaving: LeavingView;
  write: boolean;
}) {
  const dates = useDates();
  // Declined or not possible may become given later.
  const again = answer !== null && ["declined", "not-possible"].includes(answer.said);
  const offered = Object.entries(answers).filter(
    ([code]) => !answer || (again && ["given", "has-it"].includes(code)),
  );
  return (
    <Line title={title} done={answer !== null}>
      {answer && (
        <Text size="sm">
          {answers[answer.said] ?? answer.said}, {dates.day(answer.on)}
          {answer.by && ` (${answer.by})`}
        </Text>
      )}
      {!answer && about && (
        <Text size="xs" c="dimmed">
          {about}
        </Text>
      )}
      {write && (!answer || again) && (
        <PlainForm method="post" preventScrollReset>
          <input type="hidden" name="step" value={step} />
          <input type="hidden" name="id" value={leaving.id} />
          <Group gap={4} mt={4}>
            {offered.map(([code, label]) => (
              <Button
                key={code}
                type="submit"
                name="said"
                value={code}
                size="compact-sm"
                variant="default"
                aria-label={`${title}: ${label}, ${leaving.name}`}
              >
                {again ? `${label} now` : label}
              </Button>
            ))}
          </Group>
        </PlainForm>
      )}
    </Line>
  );
}

function TryForm({
  id,
  now,
  through,
  notice,
}: {
  id: string;
  now: Now;
  through: Through;
  notice: { text: string | null; missing: string | null };
}) {
  const field = useFields({ on: now.day, time: now.time, how: "telephone", told: "consent" });
  const answer = useActionData() as Partial<Invalid> | undefined;
  const [how, setHow] = useState(String(answer?.typed?.how ?? "telephone"));
  return (
    <Form style={{ maxWidth: "40rem" }}>
      <input type="hidden" name="step" value="try" />
      <input type="hidden" name="id" value={id} />
      <SimpleGrid cols={{ base: 1, xs: 3 }}>
        <TextInput type="date" label="On" max={now.day} {...field("on")} />
        <TextInput type="time" label="At" {...field("time")} />
        <NativeSelect
          label="How"
          data={Object.entries(contactWays).map(([value, label]) => ({ value, label }))}
          {...field("how")}
          onChange={(event) => setHow(event.currentTarget.value)}
        />
      </SimpleGrid>
      {how === "through-a-support" && <ThroughFields {...{ field, through, notice }} />}
      <Radio.Group mt="sm" label="Were they reached?" {...field("reached")}>
        <Group mt={4}>
          <Radio value="yes" label="Yes" />
          <Radio value="no" label="No" />
        </Group>
      </Radio.Group>
      <Textarea mt="sm" label="What was said, or what to try next" autosize {...field("note")} />
      <FormButtons>Write it down</FormButtons>
    </Form>
  );
}
