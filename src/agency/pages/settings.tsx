import {
  Alert,
  Anchor,
  Button,
  Checkbox,
  Group,
  List,
  NativeSelect,
  SimpleGrid,
  Stack,
  Text,
  Textarea,
  TextInput,
  ThemeIcon,
} from "@mantine/core";
import { IconCheck, IconCircleDashed } from "@tabler/icons-react";
import { Link, useLoaderData } from "react-router";
import { z } from "zod";
import { confidentialityOf } from "../../people/confidentiality.ts";
import {
  checkbox,
  done,
  Form,
  optionalText,
  parseForm,
  refuse,
  text,
  useFields,
  useSending,
} from "../../web/form.tsx";
import { act, page } from "../../web/guard.ts";
import { PageHead, Section } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import type { Services } from "../../web/services.ts";
import { useMe, useWords } from "../../web/use-me.ts";
import { claimsServices, jurisdictionName, locales, placeDefaults } from "../agency.ts";
import { countSetUp, findAddress, saveAgency } from "../store.ts";

export const meta = () => [{ title: "Settings · Throughcare" }];

export const loader = page("agency.manage", async ({ db, services, request, me }) => {
  const session = await services.signIn.api.getSession({ headers: request.headers });
  const has = await countSetUp(db);
  return {
    has,
    address: await findAddress(db),
    secondFactor: session?.user.twoFactorEnabled === true,
    jurisdictions: jurisdictionsOf(services, me.agency.jurisdiction),
    zones: Intl.supportedValuesOf("timeZone"),
  };
});

function jurisdictionsOf({ shelf }: Services, current: string) {
  const codes = new Set([
    ...[current, ...Object.keys(placeDefaults)],
    ...shelf.map(({ bulletin }) => bulletin.jurisdiction),
  ]);
  return [...codes].sort().map((value) => ({ value, label: jurisdictionName(value) }));
}

export const action = act("agency.manage", async ({ db, me, by, form, services }) => {
  const zones = new Set(Intl.supportedValuesOf("timeZone"));
  const jurisdictions = new Set(
    jurisdictionsOf(services, me.agency.jurisdiction).map(({ value }) => value),
  );
  const schema = z.object({
    name: text(),
    neutral_name: text(100),
    phone: optionalText(40),
    address: optionalText(500),
    jurisdiction: z
      .string("Choose one")
      .refine((code) => jurisdictions.has(code), "No bulletins are here for that place"),
    locale: z.enum(["en-US", "en-GB"], "Choose one"),
    time_zone: z.string("Choose one").refine((zone) => zones.has(zone), "No such time zone"),
    cosign_associates: checkbox,
    redisclosure_notice: optionalText(4000),
  });
  const { value, invalid } = parseForm(schema, form);
  if (invalid) return refuse(invalid);
  const { redisclosure_notice, ...rest } = value;
  await saveAgency(db, by, {
    ...rest,
    phone: rest.phone ?? null,
    address: rest.address ?? null,
    // Where the law prescribes no words none are asked for, and those of before stay.
    ...(form.has("redisclosure_notice") && {
      redisclosure_notice: redisclosure_notice ?? null,
    }),
  });
  return done(paths.settings(), "Agency saved");
});

export default function Settings() {
  const me = useMe();
  return (
    <>
      <PageHead
        title={me.agency.name}
        about="What the agency is called, where it works, and what it still needs before its first day."
      />
      <Checklist />
      <Details />
    </>
  );
}

/** What a new agency goes through; gone when everything is there. */
function Checklist() {
  const { has, secondFactor } = useLoaderData<typeof loader>();
  const words = useWords();
  // What is commissioned and not claimed by the service needs no prices.
  const claims = claimsServices(useMe().agency.jurisdiction);
  const steps = [
    {
      ok: has.programs > 0,
      label: `Add the ${words.programs} you run`,
      why: "Their kind decides which bulletins apply.",
      to: paths.programs(),
    },
    {
      ok: has.rooms > 0,
      label: "Add the rooms you meet in",
      why: "A room carries its setting, so that nobody has to type it.",
      to: paths.rooms(),
    },
    {
      ok: has.staff > 1,
      label: "Open accounts for your staff",
      why: `Give each their roles, ${words.programs} and credentials, with dates.`,
      to: paths.staff(),
    },
    ...(claims
      ? [
          {
            ok: has.rates > 0,
            label: "Set codes and rates",
            why: "What is ready to claim shows money only with a rate of yours.",
            to: paths.rates(),
          },
        ]
      : []),
    {
      ok: secondFactor,
      label: "Turn on a second factor for yourself",
      why: "You can open every account here: a password alone is not enough.",
      to: paths.account(),
    },
  ];
  const open = steps.filter(({ ok }) => !ok).length;
  if (open === 0) return null;
  return (
    <Section
      title={
        open === steps.length ? `Welcome. ${steps.length} things, and you can begin` : "Still to do"
      }
    >
      <List spacing="sm" center={false}>
        {steps.map(({ ok, label, why, to }) => (
          <List.Item
            key={label}
            icon={
              <ThemeIcon
                size={22}
                radius="xl"
                variant={ok ? "filled" : "light"}
                color={ok ? "teal" : "gray"}
              >
                {ok ? (
                  <IconCheck size={14} aria-hidden />
                ) : (
                  <IconCircleDashed size={14} aria-hidden />
                )}
              </ThemeIcon>
            }
          >
            {ok ? (
              <Text c="dimmed">{label}: done</Text>
            ) : (
              <>
                <Anchor component={Link} to={to} underline="always">
                  {label}
                </Anchor>
                <Text size="sm" c="dimmed">
                  {why}
                </Text>
              </>
            )}
          </List.Item>
        ))}
      </List>
    </Section>
  );
}

function Details() {
  const { agency } = useMe();
  const { address, jurisdictions, zones } = useLoaderData<typeof loader>();
  const { notice } = confidentialityOf(agency.jurisdiction);
  const sending = useSending();
  const field = useFields({
    address,
    name: agency.name,
    neutral_name: agency.neutralName,
    phone: agency.phone,
    jurisdiction: agency.jurisdiction,
    locale: agency.locale,
    time_zone: agency.timeZone,
    redisclosure_notice: agency.redisclosureNotice,
  });
  return (
    <Section title="Details">
      <Form>
        <Stack maw="44rem">
          <TextInput label="Name" {...field("name")} />
          <TextInput
            label="Name for outsiders"
            description="On invitations, calendars and the phone. It must not tell that anyone is in treatment."
            {...field("neutral_name")}
          />
          <TextInput
            label="Telephone"
            description="On invitations, for whoever has a question."
            type="tel"
            {...field("phone")}
          />
          <Textarea
            label="Address"
            description="For pages inside the agency only: never on an invitation or a print that somebody takes home."
            autosize
            minRows={2}
            {...field("address")}
          />
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <NativeSelect label="Where it works" data={jurisdictions} {...field("jurisdiction")} />
            <NativeSelect label="Language and words" data={[...locales]} {...field("locale")} />
          </SimpleGrid>
          <NativeSelect
            label="Time zone"
            description="Days, weeks and times are this zone's everywhere."
            data={zones}
            {...field("time_zone")}
          />
          {claimsServices(agency.jurisdiction) ? (
            <Checkbox
              label="An associate's note waits for the supervisor before it is claimed"
              name="cosign_associates"
              defaultChecked={agency.cosignAssociates}
            />
          ) : (
            agency.cosignAssociates && <input type="hidden" name="cosign_associates" value="on" />
          )}
          {notice.prescribed && (
            <Textarea
              label="Notice to whoever is told something on a consent"
              description="The exact text of 42 CFR 2.32, from the official source. The law prescribes its words, so none are made up here."
              autosize
              minRows={3}
              {...field("redisclosure_notice")}
            />
          )}
          <Alert color="gray" title="What changing these does">
            What was judged already keeps the verdicts it has; what is recorded from now on is
            judged by the bulletins of the place named here, and consent forms and grounds to
            disclose follow its law. What was signed and told before stays as it was.
          </Alert>
          <Group>
            <Button type="submit" loading={sending}>
              Save
            </Button>
          </Group>
        </Stack>
      </Form>
    </Section>
  );
}
