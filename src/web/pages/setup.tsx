import { createHash, timingSafeEqual } from "node:crypto";
import {
  Button,
  Center,
  Group,
  NativeSelect,
  Paper,
  PasswordInput,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
  Title,
} from "@mantine/core";
import { useState } from "react";
import { redirect, useLoaderData } from "react-router";
import { z } from "zod";
import { jurisdictionName, locales, placeDefaults } from "../../agency/agency.ts";
import { anyAgency, foundAgency, isTaken } from "../../agency/store.ts";
import { weakness } from "../account-changes.ts";
import { openOrTakeUp } from "../accounts.ts";
import { Form, optionalText, parseForm, refuse, text, useFields, useSending } from "../form.tsx";
import { open } from "../guard.ts";
import { paths } from "../paths.ts";
import type { Services } from "../services.ts";

export const meta = () => [{ title: "Set up your agency · Throughcare" }];

export const loader = open(async (services) => {
  if (!(await mayBegin(services))) throw redirect(paths.signIn());
  const jurisdictions = jurisdictionsOf(services).map((value) => ({
    value,
    label: jurisdictionName(value),
    bulletins: services.shelf
      .filter(({ bulletin }) => bulletin.jurisdiction === value)
      .map(({ bulletin }) => bulletin.title),
  }));
  return {
    jurisdictions,
    zones: Intl.supportedValuesOf("timeZone"),
  };
});

/** The code was made at start, so an agency set up since is asked for too. */
async function mayBegin({ setupCode, database }: Services): Promise<boolean> {
  return setupCode !== null && !(await anyAgency(database));
}

/** Where bulletins are loaded for, and where the law of confidentiality is written down. */
function jurisdictionsOf({ shelf }: Services): string[] {
  const ofBulletins = shelf.map(({ bulletin }) => bulletin.jurisdiction);
  const places = [...new Set([...ofBulletins, ...Object.keys(placeDefaults)])];
  return places.sort((a, b) => jurisdictionName(b).localeCompare(jurisdictionName(a), "en"));
}

export const action = open(async (services, { request }) => {
  const { setupCode, signIn, signInLimit, remote, database } = services;
  if (setupCode === null || !(await mayBegin(services))) return redirect(paths.signIn());
  const form = await request.formData();
  const jurisdictions = jurisdictionsOf(services);
  const zones = Intl.supportedValuesOf("timeZone");
  const schema = z.object({
    code: text(20),
    name: text(),
    neutral_name: text(100),
    phone: optionalText(40),
    jurisdiction: z
      .string("Choose one")
      .refine((code) => jurisdictions.includes(code), "Choose one"),
    locale: z.enum(["en-US", "en-GB"], "Choose one"),
    time_zone: z.string("Choose one").refine((zone) => zones.includes(zone), "Choose one"),
    administrator: text(),
    email: z
      .string("Fill this in")
      .trim()
      .toLowerCase()
      .pipe(z.email("That is not an email address")),
    password: text(200),
  });
  const { value, invalid } = parseForm(schema, form);
  const { password: _, ...typed } = invalid?.typed ?? Object.fromEntries(entriesOf(form));
  if (invalid) return refuse({ errors: invalid.errors, typed });
  const no = (field: string, message: string) => refuse({ errors: { [field]: message }, typed });

  const at = { email: "set-up", address: remote, known: true, device: "set-up" };
  const wait = signInLimit.wait(at);
  if (wait > 0) {
    return no(
      "code",
      `Too many codes that were not right. Wait ${wait} minutes, or start Throughcare again for a new one`,
    );
  }
  signInLimit.begin(at);
  if (!same(value.code.replace(/\s/g, ""), setupCode)) {
    return no("code", "That is not the code that Throughcare printed when it started");
  }
  signInLimit.right(at);
  const weak = weakness(value.password, "", value.administrator);
  if (weak) return no("password", weak);

  const { email, password } = value;
  const founded = await foundAgency(
    database,
    {
      name: value.name,
      neutralName: value.neutral_name,
      phone: value.phone ?? null,
      jurisdiction: value.jurisdiction,
      locale: value.locale,
      timeZone: value.time_zone,
      administrator: value.administrator,
      email,
    },
    async () => {
      const account = { name: value.administrator, email, password };
      const userId = await openOrTakeUp(signIn, account, (known) => isTaken(database, known));
      if (!userId) throw new Error("an account before the first agency");
      return userId;
    },
  );
  if (!founded) return redirect(paths.signIn());
  const signedIn = await signIn.api.signInEmail({
    body: { email, password },
    headers: request.headers,
    asResponse: true,
  });
  const headers = new Headers();
  for (const cookie of signedIn.headers.getSetCookie()) headers.append("Set-Cookie", cookie);
  return redirect(paths.settings(), { headers });
});

function entriesOf(form: FormData): [string, string][] {
  return [...form.entries()].map(([name, value]) => [name, String(value)]);
}

/** In the same time whichever digit is wrong. */
function same(a: string, b: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

export default function SetUp() {
  const { jurisdictions, zones } = useLoaderData<typeof loader>();
  const sending = useSending();
  const first = jurisdictions[0]?.value ?? "";
  const field = useFields({
    jurisdiction: first,
    locale: placeDefaults[first]?.locale ?? "en-US",
    time_zone: placeDefaults[first]?.timeZone ?? "UTC",
  });
  const typed = {
    place: field("jurisdiction"),
    locale: field("locale"),
    zone: field("time_zone"),
  };
  const [place, setPlace] = useState(typed.place.defaultValue);
  const [locale, setLocale] = useState(typed.locale.defaultValue);
  const [zone, setZone] = useState(typed.zone.defaultValue);
  /** Another place brings its own words and time zone with it; both can be changed afterwards. */
  const moveTo = (next: string) => {
    setPlace(next);
    setLocale(placeDefaults[next]?.locale ?? locale);
    setZone(placeDefaults[next]?.timeZone ?? zone);
  };
  const bulletins = jurisdictions.find(({ value }) => value === place)?.bulletins ?? [];
  return (
    <Center component="main" p="md">
      <Paper w="100%" maw={640} p="xl" shadow="sm" my="lg">
        <Title order={1} mb={4} c="tide">
          Set up your agency
        </Title>
        <Text c="dimmed" mb="lg">
          A few fields now; what you run, rooms and staff come after, one at a time. Everything here
          can be changed later.
        </Text>
        <Form>
          <Stack gap="lg">
            <TextInput
              label="Set-up code"
              description="The six digits that Throughcare printed where it was started."
              inputMode="numeric"
              autoComplete="off"
              autoFocus
              maw={240}
              {...field("code")}
            />
            <Stack gap="sm" component="fieldset" p={0} m={0} bd="none">
              <Title order={2} component="legend" mb="xs">
                The agency
              </Title>
              <NativeSelect
                label="Where it works"
                description="Its law of confidentiality, bulletins, words and time zone come with it."
                data={jurisdictions.map(({ value, label }) => ({ value, label }))}
                {...typed.place}
                defaultValue={undefined}
                value={place}
                onChange={(event) => moveTo(event.currentTarget.value)}
              />
              <Text size="sm" c="dimmed">
                {bulletins.length > 0
                  ? `Bulletins in force there: ${bulletins.join(", ")}.`
                  : "No bulletin is loaded for it yet."}
              </Text>
              <TextInput label="Name" autoComplete="organization" {...field("name")} />
              <TextInput
                label="Name for outsiders"
                description="On invitations and calendars. It must not tell that anyone is in treatment."
                {...field("neutral_name")}
              />
              <TextInput
                label="Telephone (optional)"
                type="tel"
                autoComplete="off"
                {...field("phone")}
              />
              <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
                <NativeSelect
                  label="Language and words"
                  data={[...locales]}
                  {...typed.locale}
                  defaultValue={undefined}
                  value={locale}
                  onChange={(event) => setLocale(event.currentTarget.value as typeof locale)}
                />
                <NativeSelect
                  label="Time zone"
                  data={zones}
                  {...typed.zone}
                  defaultValue={undefined}
                  value={zone}
                  onChange={(event) => setZone(event.currentTarget.value)}
                />
              </SimpleGrid>
            </Stack>
            <Stack gap="sm" component="fieldset" p={0} m={0} bd="none">
              <Title order={2} component="legend" mb="xs">
                You, its first administrator
              </Title>
              <Text size="sm" c="dimmed">
                Administrators keep accounts and settings and see nobody's record.
              </Text>
              <TextInput label="Your name" autoComplete="name" {...field("administrator")} />
              <TextInput label="Email" type="email" autoComplete="username" {...field("email")} />
              <PasswordInput
                label="Password"
                description="At least 12 characters; a few words that only you would put together are easiest to remember."
                autoComplete="new-password"
                {...field("password")}
              />
            </Stack>
            <Group>
              <Button type="submit" loading={sending}>
                Set up the agency
              </Button>
            </Group>
          </Stack>
        </Form>
      </Paper>
    </Center>
  );
}
