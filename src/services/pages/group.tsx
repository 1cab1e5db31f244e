import { Alert, Anchor, Badge, Button, Group, Table, Text, TextInput } from "@mantine/core";
import { Link, useLoaderData } from "react-router";
import { z } from "zod";
import {
  day,
  done,
  Form,
  parseForm,
  refuse,
  refuseField,
  useFields,
  useSending,
} from "../../web/form.tsx";
import { act, noSuchPage, page, type Visit } from "../../web/guard.ts";
import { FormButtons, OpenForm, useOneForm } from "../../web/one-form.tsx";
import { Empty, LinkButton, PageHead, Section } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useDates, useMay, useMe } from "../../web/use-me.ts";
import { type GroupKind, groupKinds, lastMeetingDay, weekdayName } from "../group.ts";
import { editGroup, findGroup, findMeetings, openMeeting } from "../group-store.ts";
import { findGroupChoices, strangerAmong } from "./group-choices.ts";
import { fieldsOf, GroupFields, groupForm } from "./group-fields.tsx";

export const meta = () => [{ title: "A group · Throughcare" }];

const MEETINGS = 26;

async function getGroup({ db, params }: Visit) {
  const id = params.supportGroupId ?? "";
  const group = await findGroup(db, id);
  if (!group) throw noSuchPage();
  return group;
}

export const loader = page("group.read", async (visit) => {
  const { db, today } = visit;
  const group = await getGroup(visit);
  const meetings = await findMeetings(db, group.id, MEETINGS + 1);
  const usual = lastMeetingDay(group.weekday, today);
  return {
    group,
    today,
    next: meetings.some((meeting) => meeting.day === usual) ? today : usual,
    meetings: meetings.slice(0, MEETINGS).map(({ signed_at, ...meeting }) => ({
      ...{ ...meeting, signed: signed_at !== null },
      ...{ came: Number(meeting.came), not_come: Number(meeting.not_come) },
    })),
    more: meetings.length > MEETINGS,
    choices: await findGroupChoices(db, today),
  };
});

export const action = act("group.write", async (visit) => {
  const { db, me, by, today, form } = visit;
  const group = await getGroup(visit);
  const choices = await findGroupChoices(db, today);
  if (form.get("intent") === "meeting") {
    const parsed = parseForm(z.object({ day: day() }), form);
    if (parsed.invalid) return refuse(parsed.invalid);
    if (parsed.value.day > today) return refuseField(form, "day", "That day is still to come");
    const leadId = group.lead_id ?? me.staffId;
    const id = await openMeeting(db, by, { ...group, leadId }, parsed.value.day);
    return done(paths.groupMeeting(group.id, id), "The register is open");
  }
  const parsed = parseForm(groupForm, form);
  if (parsed.invalid) return refuse(parsed.invalid);
  const changed = fieldsOf(parsed.value);
  const stranger = strangerAmong(changed, choices, form);
  if (stranger) return stranger;
  await editGroup(db, group.id, changed);
  return done(paths.group(group.id), "Saved");
});

export default function OneGroup() {
  const { group, meetings, more, choices } = useLoaderData<typeof loader>();
  const dates = useDates();
  const { locale } = useMe().agency;
  const may = useMay();
  const form = useOneForm();
  const facts = [
    `${weekdayName(group.weekday, locale)}s, ${dates.time(group.starts)} to ${dates.time(group.ends)}`,
    group.room,
    group.lead && `led by ${group.lead}`,
    group.program,
    group.places && `${group.places} places`,
  ];
  return (
    <>
      <PageHead
        title={
          <Group gap="xs">
            {group.name}
            {group.women_only && <Badge color="grape">Women only</Badge>}
            {!group.active && <Badge color="gray">Ended</Badge>}
          </Group>
        }
        about={[groupKinds[group.kind as GroupKind] ?? group.kind, ...facts]
          .filter(Boolean)
          .join(" · ")}
        actions={
          <>
            <LinkButton to={paths.groups()} variant="default">
              All groups
            </LinkButton>
            {may("group.write") && (
              <OpenForm to={form.opens("edit")} size="sm">
                Change it
              </OpenForm>
            )}
          </>
        }
      />
      {group.about && (
        <Text size="sm" mb="md" maw="44rem">
          {group.about}
        </Text>
      )}
      {form.isOpen("edit") && (
        <Section title="The group">
          <Form style={{ maxWidth: "44rem" }}>
            <GroupFields saved={savedOf(group)} choices={choices} editing />
            <FormButtons>Save</FormButtons>
          </Form>
        </Section>
      )}
      {may("group.write") && group.active && !form.isOpen("edit") && <OpenRegister />}
      <Section title="Meetings">
        {meetings.length === 0 ? (
          <Empty>No register has been opened yet.</Empty>
        ) : (
          <Table.ScrollContainer minWidth={420}>
            <Table>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>Day</Table.Th>
                  <Table.Th>Topic</Table.Th>
                  <Table.Th>Came</Table.Th>
                  <Table.Th>Led by</Table.Th>
                  <Table.Th>Register</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {meetings.map((meeting) => (
                  <Table.Tr key={meeting.id}>
                    <Table.Td>
                      <Anchor
                        component={Link}
                        to={paths.groupMeeting(group.id, meeting.id)}
                        inherit
                        underline="always"
                        style={{ whiteSpace: "nowrap" }}
                      >
                        {dates.weekday(meeting.day)}
                      </Anchor>
                    </Table.Td>
                    <Table.Td>{meeting.topic ?? "Not written down"}</Table.Td>
                    <Table.Td style={{ whiteSpace: "nowrap" }}>
                      {meeting.came} of {meeting.came + meeting.not_come}
                    </Table.Td>
                    <Table.Td>{meeting.lead}</Table.Td>
                    <Table.Td>
                      <Badge color={meeting.signed ? "gray" : "orange"}>
                        {meeting.signed ? "Signed" : "Not signed"}
                      </Badge>
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        )}
        <Text size="xs" c="dimmed" mt="xs">
          Counted are the people whose records you may open.
          {more && " Only the latest meetings are listed."}
        </Text>
      </Section>
    </>
  );
}

function OpenRegister() {
  const { group, next, today, meetings } = useLoaderData<typeof loader>();
  const dates = useDates();
  const field = useFields({ day: next }, "meeting");
  const sending = useSending();
  const unsigned = meetings.filter((meeting) => !meeting.signed);
  return (
    <Section title="Register">
      {unsigned.length > 0 && (
        <Alert color="orange" mb="sm" title="Not signed yet">
          <Group gap="sm">
            {unsigned.map((meeting) => (
              <LinkButton
                key={meeting.id}
                to={paths.groupMeeting(group.id, meeting.id)}
                size="xs"
                variant="default"
              >
                {dates.weekday(meeting.day)}
              </LinkButton>
            ))}
          </Group>
        </Alert>
      )}
      <Form intent="meeting">
        <Group align="flex-end" gap="sm">
          <TextInput label="Meeting of" type="date" max={today} {...field("day")} />
          <Button
            type="submit"
            variant={unsigned.length > 0 ? "default" : "filled"}
            loading={sending}
          >
            {unsigned.length > 0 ? "Open another register" : "Open the register"}
          </Button>
        </Group>
      </Form>
    </Section>
  );
}

type Saved = ReturnType<typeof useLoaderData<typeof loader>>["group"];

function savedOf(group: Saved): Record<string, string | null | undefined> {
  return {
    name: group.name,
    kind: group.kind,
    about: group.about,
    program: group.program_id,
    weekday: String(group.weekday),
    starts: group.starts,
    ends: group.ends,
    room: group.room_id,
    lead: group.lead_id,
    places: group.places === null ? null : String(group.places),
    women_only: group.women_only ? "on" : "",
    ended: group.active ? "" : "on",
  };
}
