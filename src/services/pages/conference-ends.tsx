import { Button, Group, Paper, Stack, Text, TextInput, Title } from "@mantine/core";
import { Form, useFields, useSending } from "../../web/form.tsx";
import { LinkButton, Section } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useDates, useWords } from "../../web/use-me.ts";
import { CAME, statusWords } from "../appointment.ts";
import type { PlannedConferenceRow } from "../planned-store.ts";

/** How an appointment that is over or called off ended, and what can come next. */
export function Settled({ planned }: { planned: PlannedConferenceRow }) {
  const { appointment, consumerId, contacts } = planned;
  const words = useWords();
  const dates = useDates();
  const { status } = appointment;
  if (status === "scheduled" || status === "moved") return null;
  const again = `${paths.newConference(consumerId)}?like=${planned.id}`;
  return (
    <Paper component="section" mb="md">
      <Stack gap="xs" align="flex-start">
        <Title order={2}>{statusWords[status]}</Title>
        {appointment.reason && <Text size="sm">{appointment.reason}</Text>}
        {status === "held" && (
          <Text size="sm">
            It was held and waits to be finished and signed; only then is it judged.
          </Text>
        )}
        {status === "family-only" && (
          <Text size="sm">
            Family came and the {words.consumer} did not. Staff listened and told nothing.
          </Text>
        )}
        {contacts.map((contact) => (
          <Text key={contact.id} size="sm">
            <b>{contact.who}</b>, {dates.instant(contact.at)}: {contact.heard}
          </Text>
        ))}
        {status !== "held" && (
          <LinkButton to={again} variant="light">
            Book another time
          </LinkButton>
        )}
      </Stack>
    </Paper>
  );
}

/** What became of it when it is not held: each with a reason, and none of them anybody's fault. */
export function NotHeld({
  planned,
  past,
  over,
}: {
  planned: PlannedConferenceRow;
  /** Its day has come. */
  past: boolean;
  /** It is over, so that the question is what became of it. */
  over: boolean;
}) {
  const words = useWords();
  const sending = useSending();
  const cancel = useFields({}, "cancel");
  const missed = useFields({}, "did-not-come");
  return (
    <Section title={over ? CAME : "If it does not take place"}>
      <Stack gap="md">
        {over && (
          <Group>
            <LinkButton to={paths.hold(planned.consumerId, planned.id)}>
              They came: write it up
            </LinkButton>
          </Group>
        )}
        <Form intent="cancel">
          <Group align="flex-end" gap="xs">
            <TextInput
              label="Cancel it, because"
              {...cancel("reason")}
              style={{ flex: "1 1 14rem" }}
            />
            <Button type="submit" variant="default" c="red" loading={sending}>
              Cancel the meeting
            </Button>
          </Group>
        </Form>
        {past && (
          <>
            <Form intent="did-not-come">
              <Group align="flex-end" gap="xs">
                <TextInput
                  label="Nobody came; what is known of it"
                  {...missed("reason")}
                  style={{ flex: "1 1 14rem" }}
                />
                <Button type="submit" variant="default" loading={sending}>
                  Record: did not come
                </Button>
              </Group>
            </Form>
            <Group gap="xs">
              <LinkButton
                to={paths.familyContact(planned.consumerId, planned.id)}
                variant="default"
              >
                Family came, the {words.consumer} did not
              </LinkButton>
            </Group>
          </>
        )}
      </Stack>
    </Section>
  );
}
