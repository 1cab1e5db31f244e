import {
  Alert,
  Badge,
  Button,
  Group,
  PasswordInput,
  SimpleGrid,
  Stack,
  Table,
  Text,
  TextInput,
} from "@mantine/core";
import { useState } from "react";
import { useActionData, useLoaderData, useRevalidator } from "react-router";
import { changeAccount, readAccount, type Shown } from "../account-changes.ts";
import { Form, useFields, useSending } from "../form.tsx";
import { act, page } from "../guard.ts";
import { PageHead, Section } from "../parts.tsx";
import { addPasskey } from "../passkey.ts";
import { useDates, useMe } from "../use-me.ts";
import { BackupCodes, SecondFactor } from "./second-factor.tsx";

export const meta = () => [{ title: "Password and second factor · Throughcare" }];

export const loader = page("self", async ({ db, services, request, me }) => {
  const { user_id } = await db
    .selectFrom("staff")
    .select("user_id")
    .where("id", "=", me.staffId)
    .executeTakeFirstOrThrow();
  return readAccount(services, request, user_id ?? "");
});

export const action = act("self", async ({ services, request, form, me }) =>
  changeAccount(services, request, form, me),
);

export default function Account() {
  const me = useMe();
  const account = useLoaderData<typeof loader>();
  const answer = useActionData() as Partial<Shown> | undefined;
  return (
    <>
      <PageHead title="Password and second factor" about={`${me.name} · ${account.email}`} />
      {me.mustChangePassword ? (
        <Alert color="yellow" title="First choose a password of your own" mb="md">
          The one you were given is for the first sign-in only. Everything else opens as soon as you
          have changed it.
        </Alert>
      ) : null}
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
        <div>
          <Password />
          {!me.mustChangePassword && <Sessions />}
        </div>
        {!me.mustChangePassword && (
          <div>
            {answer?.codes ? <BackupCodes codes={answer.codes} /> : null}
            <SecondFactor setup={answer?.setup} />
            <Passkeys />
          </div>
        )}
      </SimpleGrid>
    </>
  );
}

function Password() {
  const { email } = useLoaderData<typeof loader>();
  const field = useFields({}, "password");
  const sending = useSending();
  return (
    <Section title="Password">
      <Form intent="password">
        {/* For password managers: whose password this is. */}
        <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
        <Stack>
          <PasswordInput
            label="Password now"
            autoComplete="current-password"
            {...field("current")}
          />
          <PasswordInput
            label="New password"
            description="At least 12 characters; a few words that only you would put together are easiest to remember."
            autoComplete="new-password"
            {...field("next")}
          />
          <PasswordInput
            label="New password again"
            autoComplete="new-password"
            {...field("again")}
          />
          <Group>
            <Button type="submit" loading={sending}>
              Change the password
            </Button>
          </Group>
          <Text size="sm" c="dimmed">
            Changing it signs you out everywhere else.
          </Text>
        </Stack>
      </Form>
    </Section>
  );
}

function Passkeys() {
  const { passkeys } = useLoaderData<typeof loader>();
  const { revalidate } = useRevalidator();
  const dates = useDates();
  const [error, setError] = useState<string | null>(null);
  const [name, setName] = useState("");
  const add = async () => {
    const problem = await addPasskey(name.trim() || "This device");
    setError(problem);
    if (!problem) {
      setName("");
      await revalidate();
    }
  };
  return (
    <Section title="Passkeys">
      <Text size="sm" mb="sm">
        A passkey of your phone, computer or security key signs you in by fingerprint, face or PIN,
        and cannot be given away by mistake.
      </Text>
      {error && (
        <Alert color="red" role="alert" mb="sm" title="No passkey was added">
          {error}
        </Alert>
      )}
      <Stack gap="xs" mb={passkeys.length ? "sm" : 0}>
        {passkeys.map((passkey) => (
          <Group key={passkey.id} justify="space-between" wrap="nowrap">
            <Text size="sm">
              {passkey.name}
              <Text span c="dimmed" size="sm">
                {" "}
                · since {dates.instant(passkey.since)}
              </Text>
            </Text>
            <details>
              <summary aria-label={`Remove ${passkey.name}`} style={{ cursor: "pointer" }}>
                Remove
              </summary>
              <Form intent="passkey-remove">
                <input type="hidden" name="id" value={passkey.id} />
                <Button type="submit" size="xs" variant="light" color="red" mt="xs">
                  Remove for good
                </Button>
              </Form>
            </details>
          </Group>
        ))}
      </Stack>
      <Group align="flex-end">
        <TextInput
          label="Name of the new one"
          placeholder="For example: work laptop"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          flex="1 1 12rem"
        />
        <Button variant="light" onClick={() => void add()}>
          Add a passkey
        </Button>
      </Group>
    </Section>
  );
}

function Sessions() {
  const { sessions } = useLoaderData<typeof loader>();
  const dates = useDates();
  const others = sessions.filter(({ here }) => !here);
  return (
    <Section title="Where you are signed in">
      <Table.ScrollContainer minWidth={320}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Device</Table.Th>
              <Table.Th>Signed in</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {sessions.map((session) => (
              <Table.Tr key={session.id}>
                <Table.Td>
                  {session.device} {session.here && <Badge size="sm">this one</Badge>}
                </Table.Td>
                <Table.Td>{dates.instant(session.since)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {others.length > 0 && (
        <Form intent="sessions-end">
          <Button type="submit" variant="light" mt="sm">
            Sign out everywhere else
          </Button>
        </Form>
      )}
    </Section>
  );
}
