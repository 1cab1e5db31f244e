import {
  Anchor,
  Badge,
  Box,
  Button,
  Checkbox,
  Group,
  NativeSelect,
  Stack,
  Table,
  Text,
  TextInput,
} from "@mantine/core";
import { Link, useLoaderData } from "react-router";
import { z } from "zod";
import { jurisdictionName } from "../../agency/agency.ts";
import { noteChange } from "../../agency/store.ts";
import type { Day } from "../../kernel/day.ts";
import type { Bulletin } from "../../policy/bulletin.ts";
import {
  day,
  done,
  Form,
  parseForm,
  refuse,
  refuseField,
  text,
  useFields,
  useSending,
} from "../../web/form.tsx";
import { act, page } from "../../web/guard.ts";
import { Empty, PageHead, Section } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useDates, useMe } from "../../web/use-me.ts";
import { bulletinsOf } from "../chosen.ts";
import { chooseBulletin, endBulletin, findChosen } from "../chosen-store.ts";

export const meta = () => [{ title: "Bulletins in force · Throughcare" }];

export const loader = page("agency.manage", async ({ db, me, services, today }) => {
  const shelf = services.shelf.map(({ bulletin }) => bulletin);
  const chosen = await findChosen(db);
  const isOurs = ({ jurisdiction }: Named) => jurisdiction === me.agency.jurisdiction;
  const held = chosen.length > 0 ? chosen : withoutChoice(me.agency.jurisdiction, shelf);
  return {
    today,
    everyOne: chosen.length === 0,
    held: held.map(({ jurisdiction, number, from, until }) => {
      const bulletin = shelf.find(isNamed({ jurisdiction, number }));
      return {
        ...{ key: keyOf({ jurisdiction, number }), jurisdiction, number, from, until },
        title: bulletin?.title ?? null,
        about: bulletin?.about ?? null,
      };
    }),
    // One's own first.
    shelf: shelf
      .toSorted((a, b) => Number(isOurs(b)) - Number(isOurs(a)))
      .map(({ jurisdiction, number, title, status }) => ({
        value: keyOf({ jurisdiction, number }),
        label: `${title}, ${number} (${jurisdictionName(jurisdiction)}, ${status})`,
      })),
  };
});

const choosing = z.object({
  bulletin: text(),
  from: day("Choose the first day"),
  /** Meant so, though it is another jurisdiction's. */
  elsewhere: z.enum(["on"]).optional(),
});
const ending = z.object({ bulletin: text(), last_day: day("Choose the last day") });

export const action = act("agency.manage", async ({ db, me, by, services, form }) => {
  const shelf = services.shelf.map(({ bulletin }) => bulletin);
  const before = withoutChoice(me.agency.jurisdiction, shelf);
  if (String(form.get("intent")).startsWith("end")) {
    const { value, invalid } = parseForm(ending, form);
    if (invalid) return refuse(invalid);
    const named = nameOf(value.bulletin);
    const ended = await endBulletin(db, by, { ...named, lastDay: value.last_day }, before);
    if (!ended) {
      return refuseField(form, "last_day", "It is not in force on this day, or ends on it already");
    }
    await noteChange(db, by, `Bulletin ${named.number}: in force until ${value.last_day}`);
    return done(paths.chosenBulletins(), "Its end is set");
  }
  const { value, invalid } = parseForm(choosing, form);
  if (invalid) return refuse(invalid);
  const named = nameOf(value.bulletin);
  if (!shelf.some(isNamed(named))) return refuseField(form, "bulletin", "Choose a bulletin");
  if (named.jurisdiction !== me.agency.jurisdiction && !value.elsewhere) {
    const whose = jurisdictionName(named.jurisdiction);
    return refuseField(form, "elsewhere", `It is of ${whose}, where ${me.agency.name} is not`);
  }
  const answer = await chooseBulletin(db, by, { ...named, from: value.from }, before);
  if (answer === "chosen-already") {
    return refuseField(form, "from", "It is in force on this day or after it already");
  }
  await noteChange(db, by, `Bulletin ${named.number}: in force from ${value.from}`);
  return done(paths.chosenBulletins(), "Bulletin put in force");
});

/** What holds for an agency that chose nothing. */
function withoutChoice(jurisdiction: string, shelf: readonly Bulletin[]) {
  return bulletinsOf({ jurisdiction }, shelf).map(({ number, effective }) => ({
    ...{ jurisdiction, number },
    ...{ from: effective.from, until: null as Day | null },
  }));
}

type Named = { jurisdiction: string; number: string };

function keyOf({ jurisdiction, number }: Named): string {
  return `${jurisdiction}/${number}`;
}

function nameOf(key: string): Named {
  const [jurisdiction = "", ...rest] = key.split("/");
  return { jurisdiction, number: rest.join("/") };
}

function isNamed({ jurisdiction, number }: Named) {
  return (one: Bulletin) => one.jurisdiction === jurisdiction && one.number === number;
}

export default function ChosenBulletins() {
  const { held, everyOne } = useLoaderData<typeof loader>();
  const { agency } = useMe();
  return (
    <>
      <PageHead
        title="Bulletins in force"
        about={`What ${agency.name} is judged by, and from when to when. A service is judged by the bulletins of its own day; a record of care by those of the day it began.`}
      />
      <Section title="In force">
        {everyOne && (
          <Text size="sm" mb="sm">
            Nothing has been chosen: every bulletin of {jurisdictionName(agency.jurisdiction)} is in
            force, as long as the bulletin itself is. Once you add or end one, only those listed
            here are, and a new bulletin is in force from the day you add it.
          </Text>
        )}
        {held.length === 0 ? <Empty>No bulletin is in force.</Empty> : <Held />}
      </Section>
      <Section title="Put a bulletin in force">
        <Choose />
      </Section>
    </>
  );
}

function Held() {
  const { held, today } = useLoaderData<typeof loader>();
  const dates = useDates();
  return (
    <Table.ScrollContainer minWidth={620} type="native">
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Bulletin</Table.Th>
            <Table.Th>From</Table.Th>
            <Table.Th>To</Table.Th>
            <Table.Th w="34%">Standing</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {held.map((one) => (
            <Table.Tr key={`${one.key} ${one.from}`} style={{ verticalAlign: "top" }}>
              <Table.Td>
                <Anchor component={Link} to={paths.bulletin(one.number)} size="sm" fw={600}>
                  {one.title ?? one.number}
                </Anchor>
                <Text size="xs" c="dimmed">
                  {one.title ? one.number : "not on the shelf: it judges nothing"},{" "}
                  {jurisdictionName(one.jurisdiction)}
                </Text>
              </Table.Td>
              <Table.Td style={{ whiteSpace: "nowrap" }}>{dates.day(one.from)}</Table.Td>
              <Table.Td style={{ whiteSpace: "nowrap" }}>
                {one.until ? dates.day(one.until) : "no end"}
              </Table.Td>
              <Table.Td>
                <StandingBadge from={one.from} until={one.until} today={today} />
                {(one.until === null || one.until > today) && <End of={one.key} />}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function StandingBadge({
  from,
  until,
  today,
}: {
  from: string;
  until: string | null;
  today: string;
}) {
  if (from > today) return <Badge color="blue">To come</Badge>;
  if (until !== null && until < today) return <Badge color="gray">Over</Badge>;
  return <Badge color="teal">In force today</Badge>;
}

function End({ of }: { of: string }) {
  const intent = `end ${of}`;
  const { today } = useLoaderData<typeof loader>();
  const field = useFields({ last_day: today }, intent);
  const sending = useSending();
  return (
    <Box component="details" open={field("last_day").error ? true : undefined}>
      <Text component="summary" size="sm" style={{ cursor: "pointer" }}>
        Set its last day …
      </Text>
      <Form intent={intent}>
        <input type="hidden" name="bulletin" value={of} />
        <Stack gap="xs" mt="xs" align="flex-start">
          <TextInput
            type="date"
            label="Last day in force"
            description="What was judged of days before stays. Services of later days are judged again without it, and a claim already released is flagged, never changed."
            {...field("last_day")}
          />
          <Button type="submit" size="xs" color="red" variant="light" loading={sending}>
            End it
          </Button>
        </Stack>
      </Form>
    </Box>
  );
}

function Choose() {
  const { shelf, today, held } = useLoaderData<typeof loader>();
  const field = useFields({ from: today, bulletin: shelf[0]?.value ?? "" }, "choose");
  const elsewhere = field("elsewhere");
  const sending = useSending();
  return (
    <Form intent="choose" key={held.length}>
      <Group align="flex-start" gap="sm">
        <NativeSelect label="Bulletin" maw="100%" {...field("bulletin")} data={shelf} />
        <TextInput type="date" label="From" {...field("from")} />
      </Group>
      <Text size="sm" c="dimmed" my="xs">
        It judges nothing before its own first day. Services from that day on are judged again.
      </Text>
      {elsewhere.error && (
        <Checkbox
          name="elsewhere"
          mb="sm"
          label="Put it in force here all the same"
          error={elsewhere.error}
        />
      )}
      <Button type="submit" loading={sending}>
        Put it in force
      </Button>
    </Form>
  );
}
