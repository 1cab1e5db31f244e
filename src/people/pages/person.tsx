import { Alert, Badge, Group, SimpleGrid, Stack, Table, Text } from "@mantine/core";
import { IconBan, IconDoorEnter, IconFolderOpen, IconPencil, IconPhone } from "@tabler/icons-react";
import { useLoaderData } from "react-router";
import { noSuchPage, page } from "../../web/guard.ts";
import { Empty, LinkButton, PageHead, Section } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useDates, useMay, useWords } from "../../web/use-me.ts";
import { capital } from "../../web/words.ts";
import { may } from "../access.ts";
import { fullName } from "../consumer.ts";
import { findAppointments, findMyPrograms, findPerson, findSupportNames } from "../store.ts";
import { Facts } from "./facts.tsx";

export const meta = () => [{ title: "Person · Throughcare" }];

export const loader = page("person.read", async ({ db, me, today, consumerId }) => {
  const person = await findPerson(db, consumerId);
  if (!person) throw noSuchPage();
  // What stands here is what row security lets each role see; a biller has no call on the calendar.
  const expected = may(me.roles, "appointment.read");
  const mentors = me.roles.includes("peer-mentor") || person.whole_record;
  const mayTakeIn = person.awaiting_program && (await findMyPrograms(db)).length > 0;
  const known = person.whole_record || person.awaiting_program || me.roles.includes("front-desk");
  return {
    person,
    today,
    mayTakeIn,
    mayEdit: known && may(me.roles, "person.add"),
    appointments: expected ? await findAppointments(db, consumerId, today) : null,
    supports: mentors ? await findSupportNames(db, consumerId) : null,
  };
});

export default function Person() {
  const { person, today, appointments, supports, mayTakeIn, mayEdit } =
    useLoaderData<typeof loader>();
  const dates = useDates();
  const words = useWords();
  const mayDo = useMay();
  return (
    <>
      <PageHead
        title={fullName(person)}
        about={`${dates.born(person, today)} · No. ${person.number}`}
        actions={
          <>
            {person.whole_record && (
              <LinkButton
                to={paths.consumer(person.id)}
                leftSection={<IconFolderOpen size={16} aria-hidden />}
              >
                Open the record
              </LinkButton>
            )}
            {mayDo("come-back.take") && (
              <LinkButton
                to={paths.comeBack(person.id)}
                variant={person.whole_record ? "default" : "filled"}
                leftSection={<IconPhone size={16} aria-hidden />}
              >
                Call for help
              </LinkButton>
            )}
            {mayTakeIn && (
              <LinkButton
                to={paths.takeIn(person.id)}
                leftSection={<IconDoorEnter size={16} aria-hidden />}
              >
                Take in
              </LinkButton>
            )}
            {mayDo("open-access.use") && (person.whole_record || supports) && (
              <LinkButton to={`${paths.openAccess()}?for=${person.id}`} variant="default">
                Open access
              </LinkButton>
            )}
            {mayEdit && (
              <LinkButton
                to={paths.editPerson(person.id)}
                variant="default"
                leftSection={<IconPencil size={16} aria-hidden />}
              >
                Change
              </LinkButton>
            )}
          </>
        }
      />
      {person.awaiting_program && (
        <Alert color="tide" mb="md" title={`New, and in no ${words.program} yet`}>
          Every clinician of the agency sees this card until somebody takes them in.
        </Alert>
      )}
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
        <Section title="Reaching them">
          <Facts
            facts={[
              ["Safe to reach", person.safe_to_call || "Not asked yet: ask before you call"],
              ["Phone", person.phone],
              ["Language", person.language + (person.interpreter ? ", with an interpreter" : "")],
              ["Access needs", person.access_needs],
            ]}
          />
        </Section>
        <Section title="Identity">
          <Facts
            facts={[
              ["Given name", person.given_name],
              ["Family name", person.family_name],
              ["Goes by", person.preferred_name],
              ["Pronouns", person.pronouns],
            ]}
          />
        </Section>
      </SimpleGrid>
      {appointments && (
        <Section
          title="Expected"
          actions={
            <Group gap="xs">
              {mayDo("appointment.write") && (
                <LinkButton to={paths.bookFor(person.id)} variant="default" size="xs">
                  Book a time
                </LinkButton>
              )}
              <LinkButton to={paths.calendar()} variant="default" size="xs">
                Calendar
              </LinkButton>
            </Group>
          }
        >
          <Expected rows={appointments} />
        </Section>
      )}
      {supports && (
        <Section title={capital(words.supports)}>
          {supports.length === 0 ? (
            <Text c="dimmed">Nobody is named yet.</Text>
          ) : (
            <Stack gap={6}>
              {supports.map((support) => (
                <Group key={support.id} gap="xs">
                  <Text fw={500}>{support.name}</Text>
                  <Text size="sm" c="dimmed">
                    {support.relation}
                  </Text>
                  {support.no_contact && (
                    <Badge
                      color="red.8"
                      variant="filled"
                      leftSection={<IconBan size={12} aria-hidden />}
                    >
                      No contact
                    </Badge>
                  )}
                </Group>
              ))}
            </Stack>
          )}
        </Section>
      )}
    </>
  );
}

function Expected({ rows }: { rows: Awaited<ReturnType<typeof findAppointments>> }) {
  const dates = useDates();
  if (rows.length === 0) return <Empty>Nothing is planned.</Empty>;
  return (
    <Table.ScrollContainer minWidth={420}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Day</Table.Th>
            <Table.Th>Time</Table.Th>
            <Table.Th>With</Table.Th>
            <Table.Th>Where</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={row.id}>
              <Table.Td>{dates.weekday(row.day)}</Table.Td>
              <Table.Td>
                {dates.time(row.starts)}–{dates.time(row.ends)}
              </Table.Td>
              <Table.Td>{row.staff}</Table.Td>
              <Table.Td>{row.room}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
