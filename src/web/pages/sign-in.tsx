import {
  Alert,
  Button,
  Center,
  Group,
  Paper,
  PasswordInput,
  PinInput,
  Stack,
  Text,
  TextInput,
  Title,
} from "@mantine/core";
import { IconFingerprint } from "@tabler/icons-react";
import { data, redirect, useActionData, useLoaderData } from "react-router";
import { z } from "zod";
import { Form, parseForm, refuse, text, useFields, useSending } from "../form.tsx";
import { open, whoAsks } from "../guard.ts";
import { signInWithPasskey } from "../passkey.ts";
import { paths } from "../paths.ts";

export const meta = () => [{ title: "Sign in · Throughcare" }];

export const loader = open(async (services, { request }) => {
  if (await whoAsks(services, request)) throw redirect(paths.home());
  if (services.setupCode) throw redirect(paths.setup());
  return null;
});

const password = z.object({ step: z.literal("password"), email: text(), password: text() });
const code = z.object({ step: z.literal("code"), code: text(), trust: z.string().optional() });

export const action = open(async ({ signIn }, { request }) => {
  const form = await request.formData();
  const to = safePath(new URL(request.url).searchParams.get("to"));
  const parsed = parseForm(z.discriminatedUnion("step", [password, code]), form);
  if (parsed.invalid) return refuse(withoutPassword(parsed.invalid));
  const given = parsed.value;
  const { headers } = request;
  const response =
    given.step === "password"
      ? await signIn.api.signInEmail({ body: given, headers, asResponse: true })
      : await signIn.api.verifyTOTP({ body: { code: given.code }, headers, asResponse: true });
  if (!response.ok) {
    const message =
      response.status === 429
        ? "Too many tries. Wait a minute, then try again."
        : given.step === "code"
          ? "That code is not right, or has run out."
          : "No account has this email and password together.";
    const typed = given.step === "password" ? { email: given.email } : {};
    const again = given.step === "code" ? { secondFactor: true } : {};
    return data({ errors: { form: message }, typed, ...again }, { status: 422 });
  }
  const cookies = new Headers();
  for (const cookie of response.headers.getSetCookie()) cookies.append("Set-Cookie", cookie);
  const body: { twoFactorRedirect?: boolean } = await response.json();
  if (body.twoFactorRedirect) {
    return data({ secondFactor: true, errors: undefined, typed: undefined }, { headers: cookies });
  }
  return redirect(to, { headers: cookies });
});

/** Only ever back into the product. */
function safePath(to: string | null): string {
  return to?.startsWith("/") && !to.startsWith("//") && !to.includes("\\") ? to : paths.home();
}

function withoutPassword<T extends { typed: Record<string, unknown> }>(invalid: T): T {
  const { password: _, ...typed } = invalid.typed;
  return { ...invalid, typed };
}

export default function SignIn() {
  const answer = useActionData<typeof action>();
  useLoaderData<typeof loader>();
  const secondFactor = answer && "secondFactor" in answer;
  return (
    <Center component="main" mih="100dvh" p="md">
      <Paper w="100%" maw={380} p="xl" shadow="sm">
        <Title order={1} mb={4} c="tide">
          Throughcare
        </Title>
        {secondFactor ? <SecondFactor /> : <Password />}
      </Paper>
    </Center>
  );
}

function Password() {
  const field = useFields();
  const sending = useSending();
  return (
    <Form replace>
      <input type="hidden" name="step" value="password" />
      <Stack>
        <Text c="dimmed" size="sm">
          Sign in with the account your administrator gave you.
        </Text>
        <TextInput
          label="Email"
          type="email"
          autoComplete="username webauthn"
          autoFocus
          {...field("email")}
        />
        <PasswordInput label="Password" autoComplete="current-password" {...field("password")} />
        <Button type="submit" loading={sending} fullWidth>
          Sign in
        </Button>
        <Button
          variant="default"
          leftSection={<IconFingerprint size={16} aria-hidden />}
          onClick={() => void signInWithPasskey()}
        >
          Use a passkey
        </Button>
      </Stack>
    </Form>
  );
}

function SecondFactor() {
  const sending = useSending();
  return (
    <Form replace>
      <input type="hidden" name="step" value="code" />
      <Stack>
        <Alert color="tide">Type the six digits that your authenticator app shows now.</Alert>
        <Group justify="center">
          <PinInput length={6} type="number" name="code" oneTimeCode autoFocus aria-label="Code" />
        </Group>
        <Button type="submit" loading={sending}>
          Go on
        </Button>
      </Stack>
    </Form>
  );
}
