import {
  Alert,
  Anchor,
  Badge,
  Button,
  Checkbox,
  Group,
  NativeSelect,
  Paper,
  Radio,
  SimpleGrid,
  Stack,
  Table,
  Text,
  Textarea,
  TextInput,
} from "@mantine/core";
import { Link, useActionData, useLoaderData } from "react-router";
import { fullName } from "../../people/consumer.ts";
import { Form, type Invalid, useFields, useSending } from "../../web/form.tsx";
import { act, page } from "../../web/guard.ts";
import { Empty, LinkButton, PageHead, Section } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useDates, useMay, useWords } from "../../web/use-me.ts";
import { countUnseen, findAddable, findExpectedAt } from "../register-store.ts";
import { findBookable } from "../schedule-store.ts";
import { getMeeting, MOST_LISTED, registerAction } from "./group-meeting-action.ts";

export const meta = () => [{ title: "Register of a group · Throughcare" }];

export const loader = page("group.read", async (visit) => {
  const { db, today, listed } = visit;
  const { signed_at, ...meeting } = await getMeeting(visit);
  const { lines, others } = await findExpectedAt(db, meeting, signed_at ? 0 : MOST_LISTED);
  const shown = signed_at ? lines.filter((line) => line.on_register) : lines;
  const addable = signed_at
    ? []
    : await findAddable(
        db,
        lines.map(({ consumer_id }) => consumer_id),
        today,
      );
  await listed([...shown.map((line) => line.consumer_id), ...addable.map(({ id }) => id)]);
  return {
    meeting: { ...meeting, signedAt: signed_at?.toISOString() ?? null },
    lines: shown.map(({ given_name, family_name, preferred_name, ...line }) => ({
      ...line,
      name: fullName({ given_name, family_name, preferred_name }),
    })),
    others,
    addable: addable.map((one) => ({ id: one.id, name: fullName(one) })),
    leads: await findBookable(db, today),
    unseen: await countUnseen(db, meeting.id),
  };
});

export const action = act("group.write", registerAction);

export default function GroupMeeting() {
  const { meeting, unseen } = useLoaderData<typeof loader>();
  const dates = useDates();
  return (
    <>
      <PageHead
        title={
          <Group gap="xs">
            {meeting.name}, {dates.day(meeting.day)}
            <Badge color={meeting.signedAt ? "gray" : "orange"}>
              {meeting.signedAt ? "Signed" : "Not signed"}
            </Badge>
          </Group>
        }
        about={`${dates.time(meeting.starts)} to ${dates.time(meeting.ends)}${meeting.room ? `, ${meeting.room}` : ""} · led by ${meeting.lead}${
          meeting.signedAt && meeting.signer
            ? ` · signed by ${meeting.signer}, ${dates.instant(meeting.signedAt)}`
            : ""
        }`}
        actions={
          <LinkButton to={paths.group(meeting.group_id)} variant="default">
            Back to the group
          </LinkButton>
        }
      />
      {unseen > 0 && (
        <Alert color="orange" mb="md">
          {unseen === 1 ? "One person" : `${unseen} people`} on this register{" "}
          {unseen === 1 ? "is" : "are"} of a team that is not yours.{" "}
          {meeting.signedAt
            ? "Their lines wait for the colleague who wrote them."
            : "You sign the register and your own people's lines; the colleague who wrote theirs signs those."}
        </Alert>
      )}
      {meeting.signedAt ? <SignedRegister /> : <OpenRegister />}
    </>
  );
}

function SignedRegister() {
  const { meeting, lines } = useLoaderData<typeof loader>();
  const may = useMay();
  const sending = useSending();
  const waiting = lines.filter(({ waits }) => waits).length;
  return (
    <Section title={meeting.topic ?? "Topic not written down"}>
      {waiting > 0 && may("group.write") && (
        <Alert color="orange" mb="sm" title="Lines that wait for a signature">
          <Form>
            <Group gap="sm">
              <Text size="sm">
                {waiting === 1 ? "One line is" : `${waiting} lines are`} written and not signed:
                {waiting === 1 ? " it becomes" : " each becomes"} a contact once signed.
              </Text>
              <Button type="submit" name="intent" value="sign" size="compact-sm" loading={sending}>
                {waiting === 1 ? "Sign it" : "Sign them"}
              </Button>
            </Group>
          </Form>
        </Alert>
      )}
      {lines.length === 0 ? (
        <Empty>Nobody came.</Empty>
      ) : (
        <Table.ScrollContainer minWidth={360}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Who</Table.Th>
                <Table.Th>Came</Table.Th>
                <Table.Th>Their own note</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {lines.map((line) => (
                <Table.Tr key={line.consumer_id}>
                  <Table.Td>
                    <Anchor
                      component={Link}
                      to={
                        line.service_id
                          ? paths.service(line.consumer_id, line.service_id)
                          : paths.consumer(line.consumer_id)
                      }
                      inherit
                      underline="always"
                    >
                      {line.name}
                    </Anchor>
                  </Table.Td>
                  <Table.Td>
                    {line.came ? "Came" : line.came === false ? "Did not come" : ""}{" "}
                    {line.waits && <Badge color="orange">Not signed</Badge>}
                  </Table.Td>
                  <Table.Td style={{ whiteSpace: "pre-wrap" }}>{line.note}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </Section>
  );
}

function OpenRegister() {
  const { meeting, lines, others, addable, leads } = useLoaderData<typeof loader>();
  const answer = useActionData() as Partial<Invalid> | undefined;
  const may = useMay();
  const words = useWords();
  const sending = useSending();
  const field = useFields({ topic: meeting.topic, lead: meeting.lead_id });
  const named = Object.values(answer?.errors ?? {}).some((error) =>
    error.includes("names somebody"),
  );
  return (
    <Form>
      <Paper mb="md">
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <TextInput label="Topic" description="It names nobody." {...field("topic")} />
          <NativeSelect
            label="Led by"
            description="Signs the register."
            data={leads.map(({ id, name }) => ({ value: id, label: name }))}
            {...field("lead")}
          />
        </SimpleGrid>
      </Paper>
      <Section title="Who came">
        <Text size="sm" c="dimmed" mb="sm">
          Each note is that person's alone and goes on their record: leave everybody else's name
          out. Whoever is not marked stays off the register.
        </Text>
        {lines.length === 0 && <Empty>Nobody is expected: add who came.</Empty>}
        <Stack gap={0}>
          {lines.map((line) => (
            <RegisterRow key={line.consumer_id} line={line} />
          ))}
        </Stack>
        {others > 0 && (
          <Text size="sm" c="dimmed" mt="sm">
            {others} more are in its {words.program}: add those who came.
          </Text>
        )}
        {addable.length > 0 && (
          <Group align="flex-end" gap="sm" mt="md">
            <NativeSelect
              label="Somebody else came"
              data={[
                { value: "", label: "Choose…" },
                ...addable.map(({ id, name }) => ({ value: id, label: name })),
              ]}
              {...field("somebody")}
            />
            <Button type="submit" name="intent" value="add" variant="default" loading={sending}>
              Add
            </Button>
          </Group>
        )}
      </Section>
      {named && (
        <Checkbox
          name="names_ok"
          mb="md"
          label="The name in it is that of somebody who is not in this group"
        />
      )}
      {answer?.errors?.nobody_came && (
        <Checkbox
          name="nobody_came"
          mb="md"
          label="Nobody came"
          error={answer.errors.nobody_came}
        />
      )}
      {may("group.write") && (
        <Group>
          <Button type="submit" name="intent" value="sign" loading={sending}>
            Sign the register
          </Button>
          <Button type="submit" name="intent" value="save" variant="default" loading={sending}>
            Save, sign later
          </Button>
        </Group>
      )}
    </Form>
  );
}

type Line = ReturnType<typeof useLoaderData<typeof loader>>["lines"][number];

function RegisterRow({ line }: { line: Line }) {
  const id = line.consumer_id;
  const saved = line.came === null ? "" : line.came ? "yes" : "no";
  const field = useFields({ [`came:${id}`]: saved, [`note:${id}`]: line.note });
  const came = field(`came:${id}`);
  return (
    <Group
      align="flex-start"
      gap="sm"
      py="xs"
      style={{ borderTop: "1px solid var(--mantine-color-default-border)" }}
    >
      <div style={{ flex: "1 1 11rem" }}>
        <Text size="sm" fw={500} id={`who-${id}`}>
          {line.name}
        </Text>
        {line.regular && (
          <Text size="xs" c="dimmed">
            comes regularly
          </Text>
        )}
      </div>
      <Radio.Group
        name={came.name}
        defaultValue={came.defaultValue}
        aria-labelledby={`who-${id}`}
        style={{ flex: "0 0 auto" }}
      >
        <Group gap="md" mt={6}>
          <Radio value="yes" label="Came" />
          <Radio value="no" label="Did not come" />
        </Group>
      </Radio.Group>
      <Textarea
        aria-label={`Note of ${line.name}`}
        placeholder="Their own note"
        autosize
        minRows={1}
        style={{ flex: "3 1 16rem" }}
        {...field(`note:${id}`)}
      />
    </Group>
  );
}
