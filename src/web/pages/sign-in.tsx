import { randomUUID } from "node:crypto";
import {
  Alert,
  Button,
  Center,
  Paper,
  PasswordInput,
  Stack,
  Text,
  TextInput,
  Title,
} from "@mantine/core";
import { IconFingerprint } from "@tabler/icons-react";
import { sql } from "kysely";
import { useState } from "react";
import { data, redirect, useActionData } from "react-router";
import { z } from "zod";
import { Form, parseForm, refuse, text, useFields, useSending } from "../form.tsx";
import { open, whoAsks } from "../guard.ts";
import { signInWithPasskey } from "../passkey.ts";
import { paths } from "../paths.ts";
import type { Services } from "../services.ts";
import { deviceCookie, knownDevice, type Try } from "../sign-in-limit.ts";

export const meta = () => [{ title: "Sign in · Throughcare" }];

export const loader = open(async (services, { request }) => {
  if (await whoAsks(services, request)) throw redirect(paths.home());
  if (services.setupCode && !(await anyAgency(services))) throw redirect(paths.setup());
  return null;
});

const password = z.object({
  step: z.literal("password"),
  email: text(),
  password: z.string().max(200),
});
const code = z.object({ step: z.literal("code"), code: text(40) });

export const action = open(async (services, { request }) => {
  const form = await request.formData();
  const to = safePath(new URL(request.url).searchParams.get("to"));
  const parsed = parseForm(z.discriminatedUnion("step", [password, code]), form);
  if (parsed.invalid) return refuse(withoutPassword(parsed.invalid));
  return parsed.value.step === "password"
    ? withPassword(services, request, parsed.value, to)
    : withCode(services, request, parsed.value.code, to);
});

const WRONG = "No account has this email and password together.";

async function withPassword(
  services: Services,
  request: Request,
  given: { email: string; password: string },
  to: string,
) {
  const { signIn, signInLimit, remote } = services;
  const typed = { email: given.email };
  const { secret } = await signIn.$context;
  const mark = knownDevice(secret, given.email, request.headers.get("cookie"));
  const at: Try = { email: given.email, address: remote, known: mark !== null, device: mark ?? "" };
  const wait = signInLimit.wait(at);
  if (wait > 0) return tooMany(wait, { typed });
  signInLimit.begin(at);
  const response = await signIn.api.signInEmail({
    body: { email: given.email, password: given.password },
    headers: request.headers,
    asResponse: true,
  });
  if (!response.ok) return data({ errors: { form: WRONG }, typed }, { status: 422 });
  const cookies = new Headers();
  for (const cookie of response.headers.getSetCookie()) cookies.append("Set-Cookie", cookie);
  const body: { twoFactorRedirect?: boolean; token?: string; user?: { id: string } } =
    await response.json();
  if (body.twoFactorRedirect) {
    // The password was right, but the code has its own count: this try stays counted till then.
    return data({ secondFactor: true, errors: undefined, typed: undefined }, { headers: cookies });
  }
  // Somebody who left hears what everybody hears who has no account.
  if (!(await worksHere(services, body.user?.id ?? ""))) {
    const { internalAdapter } = await signIn.$context;
    await internalAdapter.deleteSession(body.token ?? "");
    return data({ errors: { form: WRONG }, typed }, { status: 422 });
  }
  signInLimit.right(at);
  const secure = services.address.startsWith("https:");
  cookies.append("Set-Cookie", deviceCookie(secret, given.email, secure, mark ?? randomUUID()));
  return redirect(to, { headers: cookies });
}

async function withCode(services: Services, request: Request, given: string, to: string) {
  const { signIn } = services;
  const { headers } = request;
  const digits = given.replace(/\s/g, "");
  // Six digits are the app's; anything else is one of the codes kept for a lost phone.
  const response = /^\d{6}$/.test(digits)
    ? await signIn.api.verifyTOTP({ body: { code: digits }, headers, asResponse: true })
    : await signIn.api.verifyBackupCode({
        body: { code: given.trim() },
        headers,
        asResponse: true,
      });
  const cookies = new Headers();
  for (const cookie of response.headers.getSetCookie()) cookies.append("Set-Cookie", cookie);
  const body: { code?: string; user?: { id: string; email: string } } = await response.json();
  if (!response.ok) {
    if (response.status === 429) return tooMany(15, { secondFactor: true });
    const over =
      body.code === "INVALID_TWO_FACTOR_COOKIE" ||
      body.code === "TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE";
    return over
      ? data(
          { errors: { form: "That took too long or too many tries. Sign in again." }, typed: {} },
          { status: 422, headers: cookies },
        )
      : data(
          {
            secondFactor: true,
            errors: { code: "That code is not right, or has run out" },
            typed: {},
          },
          { status: 422 },
        );
  }
  const { secret } = await signIn.$context;
  const email = body.user?.email ?? "";
  const mark = knownDevice(secret, email, headers.get("cookie"));
  services.signInLimit.right({
    email,
    address: services.remote,
    known: mark !== null,
    device: mark ?? "",
  });
  const secure = services.address.startsWith("https:");
  cookies.append("Set-Cookie", deviceCookie(secret, email, secure, mark ?? randomUUID()));
  return redirect(to, { headers: cookies });
}

function tooMany(minutes: number, rest: object) {
  const form =
    `Too many tries that were not right. Wait ${minutes === 1 ? "a minute" : `${minutes} minutes`}, ` +
    "use a passkey, or ask your administrator for a new password.";
  return data({ errors: { form }, typed: {}, ...rest }, { status: 429 });
}

async function worksHere({ database }: Services, userId: string): Promise<boolean> {
  const { rows } = await sql`SELECT FROM access.staff_of(${userId})`.execute(database);
  return rows.length > 0;
}

async function anyAgency({ database }: Services): Promise<boolean> {
  const { rows } = await sql<{ any: boolean }>`SELECT access.any_agency() AS any`.execute(database);
  return rows[0]?.any ?? false;
}

/** Only ever back into the product. */
function safePath(to: string | null): string {
  if (!to?.startsWith("/") || to.startsWith("//") || to.includes("\\")) return paths.home();
  // Tabs and line ends are dropped by browsers, and then "/\t/elsewhere" leads elsewhere.
  return /^[\x20-\x7e]*$/.test(to) ? to : paths.home();
}

function withoutPassword<T extends { typed: Record<string, unknown> }>(invalid: T): T {
  const { password: _, ...typed } = invalid.typed;
  return { ...invalid, typed };
}

export default function SignIn() {
  const answer = useActionData<typeof action>();
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
  const [passkeyError, setPasskeyError] = useState<string | null>(null);
  const [asking, setAsking] = useState(false);
  const askPasskey = async () => {
    setAsking(true);
    setPasskeyError(null);
    setPasskeyError(await signInWithPasskey());
    setAsking(false);
  };
  return (
    <Form replace key="password">
      <input type="hidden" name="step" value="password" />
      <Stack>
        <Text c="dimmed" size="sm">
          Sign in with the account your administrator gave you.
        </Text>
        <TextInput
          label="Email"
          type="email"
          autoComplete="username webauthn"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus
          {...field("email")}
        />
        <PasswordInput label="Password" autoComplete="current-password" {...field("password")} />
        <Button type="submit" loading={sending} fullWidth>
          Sign in
        </Button>
        {passkeyError && (
          <Alert color="red" role="alert" title="The passkey was not used">
            {passkeyError}
          </Alert>
        )}
        <Button
          variant="default"
          loading={asking}
          leftSection={<IconFingerprint size={16} aria-hidden />}
          onClick={() => void askPasskey()}
        >
          Use a passkey
        </Button>
      </Stack>
    </Form>
  );
}

function SecondFactor() {
  const field = useFields();
  const sending = useSending();
  return (
    <Form replace key="code">
      <input type="hidden" name="step" value="code" />
      <Stack>
        <TextInput
          label="Code"
          description="The six digits that your authenticator app shows now, or one of your backup codes."
          autoComplete="one-time-code"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus
          {...field("code")}
        />
        <Button type="submit" loading={sending}>
          Go on
        </Button>
        <Button component="a" href={paths.signIn()} variant="subtle" size="xs">
          Start again
        </Button>
      </Stack>
    </Form>
  );
}
