import {
  Badge,
  Button,
  Group,
  NativeSelect,
  Stack,
  Table,
  Text,
  TextInput,
  VisuallyHidden,
} from "@mantine/core";
import { useLoaderData } from "react-router";
import { type Role, roles } from "../../people/access.ts";
import { Form, useFields, useSending } from "../../web/form.tsx";
import { Section } from "../../web/parts.tsx";
import { useDates, useWords } from "../../web/use-me.ts";
import { capital } from "../../web/words.ts";
import { roleWords } from "../agency.ts";
import { type Standing, standingOn } from "../credential.ts";
import type { loader } from "./staff-member.tsx";

type Row = { id: string; label: string; valid_from: string; valid_to: string | null };

export function Roles() {
  const { member, today } = useLoaderData<typeof loader>();
  const field = useFields({ valid_from: today }, "role");
  const words = roleWords(useWords());
  return (
    <Section title="Roles">
      <Spans
        kind="role"
        empty="No role yet."
        rows={member.roles.map(({ role, ...row }) => ({
          ...row,
          label: words[role as Role].label,
        }))}
      />
      {member.open && (
        <Give intent="role" button="Give the role" field={field}>
          <NativeSelect
            label="Role"
            flex="1 1 12rem"
            data={[
              { value: "", label: "Choose one" },
              ...roles.map((value) => ({ value, label: words[value].label })),
            ]}
            {...field("role")}
          />
        </Give>
      )}
    </Section>
  );
}

export function Programs() {
  const { member, programs, today } = useLoaderData<typeof loader>();
  const words = useWords();
  const field = useFields({ valid_from: today }, "program");
  return (
    <Section title={capital(words.programs)}>
      <Spans
        kind="program"
        empty={`No ${words.program} yet.`}
        rows={member.programs.map(({ name, ...row }) => ({ ...row, label: name }))}
      />
      {member.open && (
        <Give intent="program" button={`Add the ${words.program}`} field={field}>
          <NativeSelect
            label={capital(words.program)}
            flex="1 1 12rem"
            data={[
              { value: "", label: "Choose one" },
              ...programs.map(({ id, name }) => ({ value: id, label: name })),
            ]}
            {...field("program_id")}
          />
        </Give>
      )}
    </Section>
  );
}

function Give({
  intent,
  button,
  field,
  children,
}: {
  intent: string;
  button: string;
  field: ReturnType<typeof useFields>;
  children: React.ReactNode;
}) {
  const sending = useSending();
  return (
    <Form intent={intent}>
      <Group align="flex-start" gap="sm" mt="sm">
        {children}
        <TextInput type="date" label="From" {...field("valid_from")} />
        <TextInput type="date" label="Through, if known" {...field("valid_to")} />
        <Button type="submit" variant="light" loading={sending} mt={{ base: 0, sm: 24 }}>
          {button}
        </Button>
      </Group>
    </Form>
  );
}

/** What is held from day to day: what holds now on top, what is over told apart by words. */
function Spans({ kind, rows, empty }: { kind: "role" | "program"; rows: Row[]; empty: string }) {
  const { today } = useLoaderData<typeof loader>();
  const dates = useDates();
  if (rows.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {empty}
      </Text>
    );
  }
  return (
    <Table.ScrollContainer minWidth={520}>
      <Table>
        <Table.Tbody>
          {rows.map((row) => {
            const standing = standingOn(today, row);
            return (
              <Table.Tr key={row.id}>
                <Table.Td w="38%">
                  <Text span fw={standing === "over" ? 400 : 500} size="sm">
                    {row.label}
                  </Text>
                </Table.Td>
                <Table.Td w="32%">
                  {dates.day(row.valid_from)} – {row.valid_to ? dates.day(row.valid_to) : "open"}
                </Table.Td>
                <Table.Td w="12%">
                  <StandingBadge standing={standing} />
                </Table.Td>
                <Table.Td>
                  {standing !== "over" && <End kind={kind} id={row.id} label={row.label} />}
                </Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function StandingBadge({ standing }: { standing: Standing }) {
  if (standing === "over") return <Badge color="gray">Over</Badge>;
  if (standing === "to-come") return <Badge color="blue">To come</Badge>;
  if (standing === "lapsing") return <Badge color="yellow">Ends soon</Badge>;
  return <Badge color="teal">Holds</Badge>;
}

/** Ends one thing held, with its last day or at once. */
export function End({ kind, id, label }: { kind: string; id: string; label: string }) {
  const { today } = useLoaderData<typeof loader>();
  const intent = `end ${kind} ${id}`;
  const field = useFields({ last_day: today }, intent);
  return (
    <details>
      <summary style={{ cursor: "pointer", fontSize: "var(--mantine-font-size-sm)" }}>
        End
        <VisuallyHidden> {label}</VisuallyHidden>
      </summary>
      <Form intent={intent}>
        <Stack gap="xs" mt="xs" miw={180}>
          <TextInput type="date" size="xs" label="Last day" {...field("last_day")} />
          <Group gap="xs">
            <Button type="submit" size="xs" variant="light" name="when" value="last-day">
              End it
            </Button>
            <Button type="submit" size="xs" variant="subtle" color="red" name="when" value="now">
              Take back now
            </Button>
          </Group>
        </Stack>
      </Form>
    </details>
  );
}
