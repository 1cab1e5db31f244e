import { Alert, Anchor, Button, Group, List, Modal, Table, Text } from "@mantine/core";
import { IconLock } from "@tabler/icons-react";
import { useActionData } from "react-router";
import { Form, useSending } from "../../web/form.tsx";
import { useDates, useWords } from "../../web/use-me.ts";
import { capital } from "../../web/words.ts";
import { type Draft, given, problemsOf } from "../conference-draft.ts";
import { presenceOf } from "../presence.ts";
import type { Length } from "../session-facts.ts";
import { type Room, sayLength } from "./hold-talk.tsx";

type Facts = {
  draft: Draft;
  expected: readonly string[];
  rooms: readonly Room[];
  settings: Readonly<Record<string, string>>;
  length: Length | null;
};

const planWords: Record<NonNullable<Draft["plan"]>, string> = {
  "treatment-plan": "The treatment plan",
  "discharge-plan": "The discharge plan",
  both: "Both plans",
  none: "Neither plan",
};

/**
 * What is recorded, fact by fact, and what is not. It says neither which clause a fact answers nor
 * what another value would do: before the signature the page records, after it the page judges.
 */
export function Recorded({ draft, expected, rooms, settings, length }: Facts) {
  const dates = useDates();
  const words = useWords();
  const { consumerPresent, supportsPresent } = presenceOf(draft, expected);
  const room = rooms.find(({ id }) => id === draft.times.room);
  const { start, end } = draft.times;
  const facts: [string, string | null][] = [
    [
      `${capital(words.consumer)} took part`,
      consumerPresent === null ? null : consumerPresent ? "Yes" : "No",
    ],
    [
      `${capital(words.supports)} checked in`,
      supportsPresent === null ? null : String(supportsPresent),
    ],
    ["Talked about", draft.plan && planWords[draft.plan]],
    ["Room", room ? `${room.name}: ${settings[room.setting] ?? room.setting}` : null],
    ["Times", start && end ? `${dates.time(start)} to ${dates.time(end)}` : null],
    ["Length", length ? sayLength(length) : null],
  ];
  return (
    <Table>
      <Table.Tbody>
        {facts.map(([label, value]) => (
          <Table.Tr key={label}>
            <Table.Th scope="row" fw={500} w="40%">
              {label}
            </Table.Th>
            <Table.Td>
              {value ?? (
                <Text span inherit c="dimmed">
                  Not recorded
                </Text>
              )}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

/** Asks once more, with what will be written, and signs. */
export function SignDialog({
  opened,
  onClose,
  version,
  cosigner,
  ...facts
}: Facts & { opened: boolean; onClose: () => void; version: number; cosigner: string | null }) {
  const sending = useSending();
  const answer = useActionData() as { errors?: Record<string, string> } | undefined;
  const { draft, length } = facts;
  const problems = problemsOf(draft);
  return (
    <Modal opened={opened} onClose={onClose} title="Sign and lock" size="lg">
      {answer?.errors && (
        <Alert color="red" role="alert" mb="sm" title="Not signed">
          {Object.values(answer.errors).map((message) => (
            <Text key={message} size="sm">
              {message}
            </Text>
          ))}
        </Alert>
      )}
      {problems.length > 0 ? (
        <Alert color="orange" title="Before it can be signed">
          <List size="sm">
            {problems.map(({ section, message }) => (
              <List.Item key={message}>
                <Anchor href={`#${section}`} onClick={onClose}>
                  {message}
                </Anchor>
              </List.Item>
            ))}
          </List>
        </Alert>
      ) : (
        <>
          <Text size="sm" mb="xs">
            This is written together, or not at all:
          </Text>
          <List size="sm" mb="md">
            {written(draft, length).map((line) => (
              <List.Item key={line}>{line}</List.Item>
            ))}
          </List>
          <Recorded {...facts} />
          <Text size="sm" c="dimmed" my="sm">
            After that it is locked. You can add to it, and say of a fact that it was wrongly
            recorded; nothing is rewritten.
            {cosigner && ` It is not claimed before ${cosigner} has co-signed it.`}
          </Text>
        </>
      )}
      <Form>
        <input type="hidden" name="intent" value="sign" />
        <input type="hidden" name="version" value={version} />
        <input type="hidden" name="draft" value={JSON.stringify(draft)} />
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={onClose}>
            Go on writing
          </Button>
          {problems.length === 0 && (
            <Button
              type="submit"
              loading={sending}
              leftSection={<IconLock size={16} aria-hidden />}
            >
              Sign and lock
            </Button>
          )}
        </Group>
      </Form>
    </Modal>
  );
}

/** What signing writes, one line each; rows that are empty are not counted. */
function written(draft: Draft, length: Length | null): string[] {
  const count = (number: number, one: string, many: string) =>
    number === 0 ? [] : [`${number} ${number === 1 ? one : many}`];
  const { here, need } = draft;
  const agreed = draft.agreements.filter(({ what }) => what.trim() !== "");
  return [
    "The note, and who was there",
    ...count(
      given(draft.barriers).length,
      "barrier, under its goal",
      "barriers, each under its goal",
    ),
    ...count(
      given(draft.triggers).length + given(draft.strategies).length,
      "line on the relapse prevention plan",
      "lines on the relapse prevention plan",
    ),
    ...count(
      given(draft.points).length,
      "point on the discharge plan",
      "points on the discharge plan",
    ),
    ...(need.result === "found" ? [`A referral: ${need.what.trim()}`] : []),
    ...count(agreed.length, "line of who does what", "lines of who does what"),
    ...count(
      here.supports.filter(({ came, heard }) => came === "listening" && heard.trim()).length,
      "contact in which staff only listened",
      "contacts in which staff only listened",
    ),
    length && length.units > 0
      ? `A service: ${sayLength(length)}`
      : "No service: the times come to no whole unit, so there is nothing to claim. The note is kept.",
  ];
}
