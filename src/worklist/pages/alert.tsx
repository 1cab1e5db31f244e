import {
  Alert,
  Anchor,
  Badge,
  Button,
  Group,
  List,
  SimpleGrid,
  Stack,
  Text,
  Textarea,
} from "@mantine/core";
import { IconAlertTriangle, IconCheck } from "@tabler/icons-react";
import { useLoaderData } from "react-router";
import { z } from "zod";
import {
  alarmWords,
  questionNames,
  questions,
  TOLERANCE,
  whatNow,
} from "../../episodes/come-back.ts";
import { fullName } from "../../people/consumer.ts";
import { logAccess } from "../../storage/access-log.ts";
import { done, Form, parseForm, refuse, text, useFields, useSending } from "../../web/form.tsx";
import { act, noSuchPage, page } from "../../web/guard.ts";
import { LinkButton, PageHead, Section } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useDates, useMe } from "../../web/use-me.ts";
import { closeAlert, findAlert, openForAlert, takeUpAlert } from "../duty-store.ts";

export const meta = () => [{ title: "Duty alert · Throughcare" }];

export const loader = page("alert.read", async ({ db, params, listed }) => {
  const alert = await findAlert(db, params.dutyAlertId ?? "");
  if (!alert) throw noSuchPage();
  await listed([alert.person.consumer_id]);
  return { alert };
});

const closing = z.object({ what_was_done: text(2000) });

export const action = act("alert.read", async ({ db, me, by, params, form }) => {
  const alert = await findAlert(db, params.dutyAlertId ?? "");
  if (!alert) throw noSuchPage();
  const here = paths.alert(alert.id);
  const intent = form.get("intent");
  if (intent === "open") {
    const id = await openForAlert(db, alert.id);
    if (!id) throw noSuchPage();
    return done(paths.consumer(id), "Open to you for four hours. A supervisor will read why");
  }
  const consumerIds = [alert.person.consumer_id];
  await logAccess(db, me, { action: "write", room: "alert.read /alerts/:id", consumerIds });
  if (intent === "take") {
    const taken = await takeUpAlert(db, by, alert.id);
    return done(here, taken ? "Yours. Whoever raised it sees that" : "It is closed already");
  }
  const parsed = parseForm(closing, form);
  if (parsed.invalid) return refuse(parsed.invalid);
  const closed = await closeAlert(db, by, alert.id, parsed.value.what_was_done);
  return done(here, closed ? "Closed" : "A colleague has closed it");
});

export default function DutyAlert() {
  const { alert } = useLoaderData<typeof loader>();
  const { person } = alert;
  const dates = useDates();
  const me = useMe();
  const sending = useSending();
  const mine = alert.taken_up_by === me.staffId;
  const number = alert.callback || person.phone;
  const yes = questionNames.filter((name) => person[name] === true);
  return (
    <>
      <PageHead
        title={`Duty alert: ${fullName(person)}`}
        about={`${dates.born(person)} · No. ${person.number} · raised ${dates.instant(alert.raised_at)} by ${alert.raiser}`}
        actions={
          person.whole_record ? (
            <LinkButton to={paths.consumer(person.consumer_id)} variant="default">
              Open the record
            </LinkButton>
          ) : (
            !alert.closed_at && (
              <Form intent="open">
                <Button type="submit" variant="default" loading={sending}>
                  Open the record for four hours
                </Button>
              </Form>
            )
          )
        }
      />
      {alert.closed_at ? (
        <Alert color="teal" icon={<IconCheck aria-hidden />} title="Closed" mb="md">
          <Text size="sm">{alert.what_was_done}</Text>
          <Text size="xs" c="dimmed">
            {alert.closer}, {dates.instant(alert.closed_at)}
          </Text>
        </Alert>
      ) : (
        <Alert
          color={alert.taker ? "orange" : "red"}
          icon={<IconAlertTriangle aria-hidden />}
          title={`May be in danger: ${alarmWords(alert.reasons)}`}
          mb="md"
        >
          <Group gap="md" align="center">
            <Text fw={700} size="lg">
              {number ? (
                <Anchor href={`tel:${number.replace(/[^+\d]/g, "")}`} inherit>
                  Call {number}
                </Anchor>
              ) : (
                "No number is known"
              )}
            </Text>
            {!mine && (
              <Form intent="take">
                <Button type="submit" color="red.8" loading={sending}>
                  {alert.taker ? "Take it over" : "Take it up"}
                </Button>
              </Form>
            )}
            <Text size="sm">
              {mine
                ? "You have taken it up."
                : alert.taker
                  ? `Taken up by ${alert.taker}.`
                  : "Nobody has taken it up."}
            </Text>
          </Group>
          <Text size="sm" mt={4}>
            Safe to reach: {person.safe_to_call ?? "not asked yet"}
          </Text>
        </Alert>
      )}
      <SimpleGrid cols={{ base: 1, md: 2 }} style={{ alignItems: "start" }}>
        <div>
          <Section title="What was said">
            {person.what_and_when && <Text mb="sm">{person.what_and_when}</Text>}
            <Stack gap={4}>
              {questionNames.map((name) => (
                <Group key={name} justify="space-between" wrap="nowrap" gap="sm">
                  <Text size="sm">{questions[name].ask}</Text>
                  <Badge
                    color={person[name] ? "red" : "gray"}
                    c="var(--mantine-color-text)"
                    style={{ flexShrink: 0 }}
                  >
                    {person[name] === null ? "Skipped" : person[name] ? "Yes" : "No"}
                  </Badge>
                </Group>
              ))}
            </Stack>
          </Section>
          {!alert.closed_at && (
            <Section title="To remember">
              <List size="sm" spacing={4}>
                {[TOLERANCE, ...yes.flatMap((name) => whatNow(name, me.agency.locale))].map(
                  (line) => (
                    <List.Item key={line}>{line}</List.Item>
                  ),
                )}
              </List>
              <Text size="xs" c="dimmed" mt="xs">
                General advice in our own words; your own judgement comes first.
              </Text>
            </Section>
          )}
        </div>
        {!alert.closed_at && (
          <Section title="What was done">
            <Close />
          </Section>
        )}
      </SimpleGrid>
    </>
  );
}

function Close() {
  const field = useFields({}, "close");
  const sending = useSending();
  return (
    <Form intent="close">
      <Stack>
        <Textarea
          label="What was done, and how they are"
          autosize
          minRows={3}
          maxLength={2000}
          required
          {...field("what_was_done")}
        />
        <div>
          <Button type="submit" loading={sending}>
            Close the alert
          </Button>
        </div>
      </Stack>
    </Form>
  );
}
