import { Anchor, Button, Group, Paper, Table, Text, TextInput } from "@mantine/core";
import { IconSearch, IconUserPlus } from "@tabler/icons-react";
import { Link, useActionData, useLoaderData } from "react-router";
import { z } from "zod";
import { Form, parseForm, refuse, text, useFields, useSending } from "../../web/form.tsx";
import { ask, page } from "../../web/guard.ts";
import { readPage } from "../../web/pager.tsx";
import { Empty, LinkButton, PageHead, Section } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useDates, useMay, useMe, useWords } from "../../web/use-me.ts";
import { capital } from "../../web/words.ts";
import { may } from "../access.ts";
import { readCaseload } from "../caseload.ts";
import { countCaseload, findCaseload } from "../caseload-store.ts";
import { fullName } from "../consumer.ts";
import { readSearch } from "../read-search.ts";
import { findAlike, findMentored, searchPeople } from "../store.ts";
import { Caseload } from "./caseload.tsx";

export const meta = () => [{ title: "People · Throughcare" }];

const PAGE = 25;
const MOST = 50;

export const loader = page("person.read", async ({ db, me, today, url, listed }) => {
  if (!may(me.roles, "record.read")) {
    const mentored = me.roles.includes("peer-mentor") ? await findMentored(db) : null;
    await listed(mentored?.map(({ id }) => id) ?? []);
    return { caseload: null, mentored };
  }
  const counts = await countCaseload(db, today);
  const fallback = counts.mine > 0 ? "mine" : "programs";
  const asked = {
    ...readCaseload(url.searchParams, fallback),
    page: readPage(url.searchParams),
  };
  const rows = await findCaseload(db, {
    ...asked,
    today,
    skip: (asked.page - 1) * PAGE,
    most: PAGE,
  });
  await listed(rows.map(({ id }) => id));
  const pages = Math.max(1, Math.ceil(counts[asked.view] / PAGE));
  return { caseload: { ...asked, counts, rows, pages, today }, mentored: null };
});

const search = z.object({ q: text(100) });

/** Posted, because a name has no place in an address. */
export const action = ask("person.read", async ({ db, me, form, listed }) => {
  const parsed = parseForm(search, form);
  if (parsed.invalid) return refuse({ ...parsed.invalid, errors: { q: "Type a name" } });
  const { words, born } = readSearch(parsed.value.q, me.agency.locale);
  const found = await searchPeople(db, { words, born, most: MOST });
  // A name that was heard wrongly: those who are nearly called that, rather than a second record.
  const alike = found.length === 0 ? await findAlike(db, { words, born }) : [];
  await listed([...found, ...alike].map(({ id }) => id));
  return { errors: undefined, typed: { q: parsed.value.q }, found, alike };
});

export default function People() {
  const { caseload, mentored } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const words = useWords();
  const mayDo = useMay();
  const found = answer && "found" in answer ? answer.found : null;
  const alike = answer && "alike" in answer ? answer.alike : [];
  return (
    <>
      <PageHead
        title={capital(words.consumers)}
        actions={
          mayDo("person.add") && (
            <LinkButton to={paths.newPerson()} leftSection={<IconUserPlus size={16} aria-hidden />}>
              Add a person
            </LinkButton>
          )
        }
      />
      <Search />
      {found && <Found found={found} alike={alike} />}
      {!found && caseload && <Caseload {...caseload} />}
      {!found &&
        mentored &&
        (mentored.length > 0 ? (
          <Mentored people={mentored} />
        ) : (
          <Empty>Nobody is assigned to you at the moment.</Empty>
        ))}
      {!found && !caseload && !mentored && (
        <Empty>Search to open somebody's card: who they are and how to reach them.</Empty>
      )}
    </>
  );
}

function Search() {
  const { locale } = useMe().agency;
  const field = useFields();
  const sending = useSending();
  return (
    <Paper mb="md">
      <Form role="search" action={paths.people()}>
        <Group align="flex-start" gap="xs">
          <TextInput
            label="Find somebody"
            description={`Words of their name, their number, or date of birth (${locale === "en-GB" ? "day/month/year" : "month/day/year"})`}
            placeholder="Name, R-number or birthday"
            autoComplete="off"
            style={{ flex: "1 1 16rem" }}
            {...field("q")}
          />
          <Button
            type="submit"
            loading={sending}
            mt={{ base: 0, xs: 44 }}
            leftSection={<IconSearch size={16} aria-hidden />}
          >
            Search
          </Button>
        </Group>
      </Form>
    </Paper>
  );
}

type FoundPerson = Awaited<ReturnType<typeof searchPeople>>[number];

function Found({ found, alike }: { found: FoundPerson[]; alike: FoundPerson[] }) {
  const mayDo = useMay();
  const back = (
    <Button component={Link} to={paths.people()} variant="default" size="xs">
      Clear the search
    </Button>
  );
  if (found.length === 0 && alike.length > 0) {
    return (
      <Section title="Nobody of just that name. Could it be one of these?" actions={back}>
        <Rows people={alike} />
      </Section>
    );
  }
  if (found.length === 0) {
    return (
      <Empty
        action={
          <Group justify="center" gap="xs">
            {back}
            {mayDo("emergency.open") && (
              <LinkButton to={paths.emergency()} variant="default" size="xs">
                Emergency access
              </LinkButton>
            )}
          </Group>
        }
      >
        Nobody of that name, number or birthday whom you can open.
      </Empty>
    );
  }
  return (
    <Paper component="section" aria-label="Found">
      <Group justify="space-between" mb="xs">
        <Text size="sm" role="status">
          {found.length === 1 ? "One person" : `${found.length} people`}
          {found.length === MOST && ", the first by name: add a word to narrow it"}
        </Text>
        {back}
      </Group>
      <Rows people={found} />
    </Paper>
  );
}

function Mentored({ people }: { people: FoundPerson[] }) {
  return (
    <Section title="Assigned to you">
      <Rows people={people} />
    </Section>
  );
}

function Rows({ people }: { people: FoundPerson[] }) {
  const dates = useDates();
  const brings = useMay()("come-back.take");
  return (
    <Table.ScrollContainer minWidth={320}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Name</Table.Th>
            <Table.Th>Date of birth</Table.Th>
            <Table.Th>Number</Table.Th>
            {brings && <Table.Th ta="right">They called</Table.Th>}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {people.map((person) => (
            <Table.Tr key={person.id}>
              <Table.Td>
                <Anchor
                  component={Link}
                  underline="always"
                  inherit
                  to={person.whole_record ? paths.consumer(person.id) : paths.person(person.id)}
                >
                  {fullName(person)}
                </Anchor>
                {person.preferred_name && (
                  <Text span size="sm" c="dimmed">
                    {" "}
                    ({person.given_name})
                  </Text>
                )}
              </Table.Td>
              <Table.Td>{dates.born(person)}</Table.Td>
              <Table.Td>{person.number}</Table.Td>
              {brings && (
                <Table.Td ta="right">
                  <LinkButton
                    to={paths.comeBack(person.id)}
                    variant="light"
                    size="compact-sm"
                    aria-label={`Call for help: ${fullName(person)}`}
                  >
                    Call for help
                  </LinkButton>
                </Table.Td>
              )}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
