import {
  Badge,
  Button,
  Checkbox,
  Group,
  NativeSelect,
  SimpleGrid,
  Stack,
  Table,
  Text,
  Textarea,
  TextInput,
} from "@mantine/core";
import { useLoaderData } from "react-router";
import { z } from "zod";
import { noteChange } from "../../agency/store.ts";
import { addDays } from "../../kernel/day.ts";
import {
  day,
  done,
  Form,
  identifier,
  optionalText,
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
import { useDates, useWords } from "../../web/use-me.ts";
import { capital } from "../../web/words.ts";
import {
  type AuditScope,
  endScope,
  findAuditors,
  findScopePrograms,
  findScopes,
  giveScope,
} from "../audit-scope-store.ts";
import { benchOf } from "../judge.ts";

export const meta = () => [{ title: "Audit scopes · Throughcare" }];

export const loader = page("agency.manage", async ({ db, me, by, services, today }) => {
  const { bulletins } = benchOf(me, services.shelf);
  return {
    today,
    scopes: await findScopes(db),
    auditors: await findAuditors(db, by, today),
    programs: await findScopePrograms(db),
    bulletins: [...new Map(bulletins.map(({ number, title }) => [number, title]))].map(
      ([value, title]) => ({ value, label: `${title}, ${value}` }),
    ),
    suggested: { firstDay: addDays(today, -365), until: addDays(today, 30) },
  };
});

const schema = z
  .object({
    auditor: identifier("Choose who audits"),
    title: text(200),
    reason: text(1000),
    first_day: day(),
    last_day: day(),
    bulletin: optionalText(100),
    programs: z.array(z.uuid()).default([]),
    valid_from: day(),
    valid_to: day(),
  })
  .refine(({ first_day, last_day }) => last_day >= first_day, {
    path: ["last_day"],
    message: "The last day is before the first",
  })
  .refine(({ valid_from, valid_to }) => valid_to >= valid_from, {
    path: ["valid_to"],
    message: "The last day is before the first",
  });

export const action = act("agency.manage", async ({ db, me, by, services, today, form }) => {
  if (form.get("intent") === "end") {
    const { value, invalid } = parseForm(z.object({ id: identifier() }), form);
    if (invalid) return refuse(invalid);
    const ended = await endScope(db, by, value.id);
    if (ended) await noteChange(db, by, "Audit scope ended");
    return done(paths.auditScopes(), ended ? "Scope ended" : "It had ended already");
  }
  const { value, invalid } = parseForm(schema, form);
  if (invalid) return refuse(invalid);
  const auditors = await findAuditors(db, by, today);
  if (!auditors.some(({ id }) => id === value.auditor)) {
    return refuseField(form, "auditor", "Choose an auditor, and not yourself");
  }
  const known = new Set((await findScopePrograms(db)).map(({ id }) => id));
  const { bulletins } = benchOf(me, services.shelf);
  if (value.bulletin && !bulletins.some(({ number }) => number === value.bulletin)) {
    return refuseField(form, "bulletin", "Choose a bulletin");
  }
  await giveScope(db, by, {
    ...{ staffId: value.auditor, title: value.title, reason: value.reason },
    ...{ firstDay: value.first_day, lastDay: value.last_day, bulletin: value.bulletin ?? null },
    ...{ validFrom: value.valid_from, validTo: value.valid_to },
    programIds: value.programs.filter((id) => known.has(id)),
  });
  await noteChange(db, by, `Audit scope given: ${value.title}`);
  return done(paths.auditScopes(), "Scope given");
});

export default function AuditScopes() {
  const { scopes } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead
        title="Audit scopes"
        about="What each auditor may look at, why, and until when. Without a scope an auditor sees nobody. By it they see the services it names, what was judged and claimed of them, who they were for, and the signed note; they change nothing, and every look is logged with the scope."
      />
      <Section title="Given">
        {scopes.length === 0 ? <Empty>None yet: auditors see nothing.</Empty> : <Given />}
      </Section>
      <Section title="Give a scope">
        <Give />
      </Section>
    </>
  );
}

function Given() {
  const { scopes, today } = useLoaderData<typeof loader>();
  const words = useWords();
  const dates = useDates();
  return (
    <Table.ScrollContainer
      minWidth={720}
      type="native"
      tabIndex={0}
      role="region"
      aria-label="Scopes given"
    >
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Scope</Table.Th>
            <Table.Th>Auditor</Table.Th>
            <Table.Th>Services</Table.Th>
            <Table.Th>May look</Table.Th>
            <Table.Th>Standing</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {scopes.map((scope) => (
            <Table.Tr key={scope.id} style={{ verticalAlign: "top" }}>
              <Table.Td maw="20rem">
                <Text size="sm" fw={600}>
                  {scope.title}
                </Text>
                <Text size="xs" c="dimmed">
                  {scope.reason}
                </Text>
                <Text size="xs" c="dimmed">
                  Given by {scope.givenBy}, {dates.instant(scope.givenAt)}
                </Text>
              </Table.Td>
              <Table.Td>{scope.auditor}</Table.Td>
              <Table.Td>
                {dates.day(scope.firstDay)} to {dates.day(scope.lastDay)}
                <Text size="xs" c="dimmed">
                  {scope.programs.length > 0 ? scope.programs.join(", ") : `All ${words.programs}`}
                  {scope.bulletin ? ` · ${scope.bulletin}` : " · every service"}
                </Text>
              </Table.Td>
              <Table.Td>
                {dates.day(scope.validFrom)} to {dates.day(scope.validTo)}
              </Table.Td>
              <Table.Td>
                <Standing scope={scope} today={today} />
                {!scope.endedAt && scope.validTo >= today && <End id={scope.id} />}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function Standing({
  scope: { endedAt, validFrom, validTo },
  today,
}: {
  scope: Pick<AuditScope, "endedAt" | "validFrom" | "validTo">;
  today: string;
}) {
  if (endedAt) return <Badge color="gray">Ended</Badge>;
  if (validFrom > today) return <Badge color="blue">To come</Badge>;
  if (validTo < today) return <Badge color="gray">Over</Badge>;
  return <Badge color="teal">Open</Badge>;
}

function End({ id }: { id: string }) {
  const sending = useSending();
  return (
    <details>
      <Text component="summary" size="sm" style={{ cursor: "pointer" }}>
        End it …
      </Text>
      <Form intent="end">
        <input type="hidden" name="id" value={id} />
        <Text size="xs" c="dimmed" my={4} maw="14rem">
          The auditor sees nothing by it from then on. It can't be taken up again; give a new one.
        </Text>
        <Button type="submit" size="xs" color="red" variant="light" loading={sending}>
          End this scope
        </Button>
      </Form>
    </details>
  );
}

function Give() {
  const { auditors, programs, bulletins, suggested, today, scopes } =
    useLoaderData<typeof loader>();
  const words = useWords();
  const sending = useSending();
  const field = useFields(
    {
      auditor: auditors[0]?.id,
      ...{ first_day: suggested.firstDay, last_day: today },
      ...{ valid_from: today, valid_to: suggested.until, bulletin: bulletins[0]?.value },
    },
    "give",
  );
  if (auditors.length === 0) {
    return <Empty>Nobody else has the role of an auditor. Give it to somebody under Staff.</Empty>;
  }
  return (
    <Form intent="give" key={scopes.length}>
      <Stack gap="sm">
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <NativeSelect
            label="Auditor"
            {...field("auditor")}
            data={auditors.map(({ id, name }) => ({ value: id, label: name }))}
          />
          <TextInput
            label="Title"
            description="Stands in the access log beside every look"
            placeholder="State audit, first quarter"
            inputWrapperOrder={["label", "input", "description", "error"]}
            {...field("title")}
          />
        </SimpleGrid>
        <Textarea
          label="Reason"
          description="On whose authority, and what for. The auditor reads it too."
          autosize
          minRows={2}
          {...field("reason")}
        />
        <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }}>
          <TextInput type="date" label="Services from" {...field("first_day")} />
          <TextInput type="date" label="Services to" {...field("last_day")} />
          <TextInput type="date" label="May look from" {...field("valid_from")} />
          <TextInput type="date" label="May look to" {...field("valid_to")} />
        </SimpleGrid>
        <NativeSelect
          label="Only services of a bulletin"
          {...field("bulletin")}
          data={[...bulletins, { value: "", label: "Every service" }]}
          w="fit-content"
          maw="100%"
        />
        <Checkbox.Group
          label={capital(words.programs)}
          description={`None chosen: services of all ${words.programs}`}
        >
          <Group gap="md" mt={6}>
            {programs.map(({ id, name }) => (
              <Checkbox key={id} name="programs[]" value={id} label={name} />
            ))}
          </Group>
        </Checkbox.Group>
        <Group>
          <Button type="submit" loading={sending}>
            Give the scope
          </Button>
        </Group>
      </Stack>
    </Form>
  );
}
