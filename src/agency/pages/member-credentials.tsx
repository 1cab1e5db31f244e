import {
  Badge,
  Button,
  Group,
  NativeSelect,
  SimpleGrid,
  Stack,
  Table,
  Text,
  TextInput,
} from "@mantine/core";
import { useState } from "react";
import { useLoaderData } from "react-router";
import { addDays, type Day } from "../../kernel/day.ts";
import { Form, useFields, useSending } from "../../web/form.tsx";
import { Section } from "../../web/parts.tsx";
import { useDates, useMe } from "../../web/use-me.ts";
import { qualificationName, qualificationsOf } from "../credential.ts";
import { End } from "./member-spans.tsx";
import type { loader } from "./staff-member.tsx";

type Credential = {
  id: string;
  qualification: string;
  name: string;
  issuer: string;
  number: string | null;
  supervisor_id: string | null;
  valid_from: string;
  valid_to: string | null;
};

/** Credentials with their days: which hold, which are about to lapse, which did. */
export function Credentials() {
  const { member } = useLoaderData<typeof loader>();
  const dates = useDates();
  const [open, setOpen] = useState<{ how: "add" | "renew" | "correct"; of?: Credential } | null>(
    null,
  );
  return (
    <Section
      title="Credentials"
      actions={
        <Button size="xs" variant="light" onClick={() => setOpen({ how: "add" })}>
          Record a credential
        </Button>
      }
    >
      {member.credentials.length === 0 ? (
        <Text size="sm" c="dimmed">
          None recorded. A bulletin that asks for one on the day of service will say it is missing.
        </Text>
      ) : (
        <Table.ScrollContainer minWidth={640}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Credential</Table.Th>
                <Table.Th>Issuer and number</Table.Th>
                <Table.Th>Days</Table.Th>
                <Table.Th aria-label="Actions" />
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {member.credentials.map((one) => (
                <Table.Tr key={one.id}>
                  <Table.Td>
                    <Text size="sm" fw={500}>
                      {one.name}
                    </Text>
                    <Text size="xs" c="dimmed">
                      {qualificationName(one.qualification)}
                      {one.supervisor && ` · supervised by ${one.supervisor}`}
                    </Text>
                  </Table.Td>
                  <Table.Td>
                    {one.issuer}
                    <Text size="xs" c="dimmed">
                      {one.number ?? "no number"}
                    </Text>
                  </Table.Td>
                  <Table.Td>
                    {dates.day(one.valid_from)} – {one.valid_to ? dates.day(one.valid_to) : "open"}
                    <div>
                      {one.standing === "over" && <Badge color="red">Lapsed</Badge>}
                      {one.standing === "lapsing" && <Badge color="yellow">About to lapse</Badge>}
                      {one.standing === "holds" && <Badge color="teal">Holds</Badge>}
                      {one.standing === "to-come" && <Badge color="blue">To come</Badge>}
                    </div>
                  </Table.Td>
                  <Table.Td>
                    <Group gap={4} align="flex-start">
                      {one.valid_to !== null && (
                        <Button
                          size="compact-sm"
                          variant="subtle"
                          onClick={() => setOpen({ how: "renew", of: one })}
                          aria-label={`Renew ${one.name}`}
                        >
                          Renew
                        </Button>
                      )}
                      <Button
                        size="compact-sm"
                        variant="subtle"
                        color="gray"
                        onClick={() => setOpen({ how: "correct", of: one })}
                        aria-label={`Correct ${one.name}`}
                      >
                        Correct
                      </Button>
                      {one.standing !== "over" && (
                        <End kind="credential" id={one.id} label={one.name} />
                      )}
                    </Group>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      {open && <Fields key={`${open.how} ${open.of?.id}`} {...open} close={() => setOpen(null)} />}
    </Section>
  );
}

function Fields({
  how,
  of,
  close,
}: {
  how: "add" | "renew" | "correct";
  of?: Credential;
  close: () => void;
}) {
  const { supervisors, today } = useLoaderData<typeof loader>();
  const sending = useSending();
  const renewed = how === "renew" && of?.valid_to ? addDays(of.valid_to as Day, 1) : today;
  const intent = how === "correct" ? `correct ${of?.id}` : "credential";
  const field = useFields(
    {
      ...(of ?? {}),
      ...(how === "correct" ? {} : { valid_from: renewed, valid_to: "" }),
    },
    intent,
  );
  const offered = qualificationsOf(useMe().agency.jurisdiction);
  // One of another place stands, until somebody chooses another.
  const known = offered.some(({ value }) => value === of?.qualification) || !of;
  const all = known
    ? offered
    : [{ value: of.qualification, label: qualificationName(of.qualification) }, ...offered];
  const [qualification, setQualification] = useState(of?.qualification ?? all[0]?.value ?? "");
  const associate = offered.find(({ value }) => value === qualification)?.associate;
  const title = {
    add: "Record a credential",
    renew: "Renew: the next term",
    correct: "Correct what was wrongly typed",
  }[how];
  return (
    <Form intent={intent}>
      <Stack gap="sm" mt="md">
        <Text fw={600}>{title}</Text>
        {how === "correct" && (
          <Text size="sm" c="dimmed">
            For a slip of the pen only. A new term is a renewal; what ends has a last day.
          </Text>
        )}
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
          <NativeSelect
            label="Qualification"
            data={all.map(({ value, label }) => ({ value, label }))}
            {...field("qualification")}
            defaultValue={undefined}
            value={qualification}
            onChange={(event) => setQualification(event.currentTarget.value)}
          />
          <TextInput label="Credential, as it is called" {...field("name")} />
          <TextInput label="Issuer" {...field("issuer")} />
          <TextInput label="Number" {...field("number")} />
          <TextInput type="date" label="From" {...field("valid_from")} />
          <TextInput type="date" label="Through" description="Empty: open" {...field("valid_to")} />
          {associate && (
            <NativeSelect
              label="Supervisor"
              description="Co-signs their notes, where the agency asks for it."
              data={[
                { value: "", label: "Choose one" },
                ...supervisors.map(({ id, name }) => ({ value: id, label: name })),
              ]}
              {...field("supervisor_id")}
            />
          )}
        </SimpleGrid>
        <Group>
          <Button type="submit" loading={sending}>
            Save
          </Button>
          <Button variant="subtle" onClick={close}>
            Cancel
          </Button>
        </Group>
      </Stack>
    </Form>
  );
}
