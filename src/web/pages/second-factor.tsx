import {
  Anchor,
  Badge,
  Button,
  Code,
  Group,
  List,
  PasswordInput,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
} from "@mantine/core";
import { useLoaderData } from "react-router";
import type { Shown } from "../account-changes.ts";
import { Form, useFields, useSending } from "../form.tsx";
import { Section } from "../parts.tsx";
import type { loader } from "./account.tsx";

/** Setting up an authenticator app, new backup codes, turning it off. */
export function SecondFactor({ setup }: { setup: Shown["setup"] | undefined }) {
  const { secondFactor } = useLoaderData<typeof loader>();
  const sending = useSending();
  const start = useFields({}, "totp-start");
  const confirm = useFields({}, "totp-confirm");
  const codes = useFields({}, "totp-codes");
  const stop = useFields({}, "totp-stop");
  if (setup && !secondFactor) {
    return (
      <Section title="Second factor: set up your app">
        <Form intent="totp-confirm">
          <input type="hidden" name="uri" value={setup.uri} />
          <Stack>
            <List type="ordered" size="sm" spacing="xs">
              <List.Item>
                In your authenticator app, add an account by typing a key, and type this one:
                <br />
                <Code fz="md" aria-label="Key for the app">
                  {setup.key.match(/.{1,4}/g)?.join(" ")}
                </Code>
              </List.Item>
              <List.Item>
                On the phone itself, this opens the app:{" "}
                <Anchor href={setup.uri}>add to the app</Anchor>
              </List.Item>
              <List.Item>Type the six digits that it shows now.</List.Item>
            </List>
            <TextInput
              label="Code"
              autoComplete="one-time-code"
              inputMode="numeric"
              {...confirm("code")}
            />
            <Group>
              <Button type="submit" loading={sending}>
                Turn it on
              </Button>
            </Group>
          </Stack>
        </Form>
      </Section>
    );
  }
  if (!secondFactor) {
    return (
      <Section title="Second factor" actions={<Badge color="gray">Off</Badge>}>
        <Text size="sm" mb="sm">
          With it, nobody gets in with your password alone: an app on your phone shows a code that
          changes every half minute.
        </Text>
        <Form intent="totp-start">
          <Stack>
            <PasswordInput
              label="Your password"
              autoComplete="current-password"
              {...start("password")}
            />
            <Group>
              <Button type="submit" variant="light" loading={sending}>
                Set it up
              </Button>
            </Group>
          </Stack>
        </Form>
      </Section>
    );
  }
  return (
    <Section title="Second factor" actions={<Badge color="teal">On</Badge>}>
      <Stack>
        <Form intent="totp-codes">
          <Group align="flex-end">
            <PasswordInput
              label="Your password"
              description="For new backup codes; the old ones stop working."
              autoComplete="current-password"
              flex="1 1 12rem"
              {...codes("password")}
            />
            <Button type="submit" variant="light" loading={sending}>
              New backup codes
            </Button>
          </Group>
        </Form>
        <Form intent="totp-stop">
          <Group align="flex-end">
            <PasswordInput
              label="Your password, to turn it off"
              autoComplete="current-password"
              flex="1 1 12rem"
              {...stop("password")}
            />
            <Button type="submit" variant="light" color="red" loading={sending}>
              Turn it off
            </Button>
          </Group>
        </Form>
      </Stack>
    </Section>
  );
}

/** Shown once, on the answer that made them. */
export function BackupCodes({ codes }: { codes: readonly string[] }) {
  return (
    <Section title="Your backup codes">
      <Text size="sm" mb="sm">
        Each gets you in once if your phone is lost. They are shown only now: print them or write
        them down, and keep them apart from your phone.
      </Text>
      <SimpleGrid cols={2} spacing="xs" component="ul" p={0} m={0} style={{ listStyle: "none" }}>
        {codes.map((code) => (
          <li key={code}>
            <Code fz="sm">{code}</Code>
          </li>
        ))}
      </SimpleGrid>
    </Section>
  );
}
