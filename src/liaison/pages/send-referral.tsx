import {
  Alert,
  Anchor,
  Button,
  Checkbox,
  Group,
  Paper,
  Radio,
  SimpleGrid,
  Stack,
  Text,
  Textarea,
  TextInput,
} from "@mantine/core";
import { useState } from "react";
import { Link, Form as RouterForm, useActionData, useLoaderData } from "react-router";
import { addDays } from "../../kernel/day.ts";
import { findGrounds } from "../../people/carrying-store.ts";
import { type Topic, topicLabels, topics } from "../../people/consent.ts";
import { groundsOf } from "../../people/disclosure.ts";
import { Form, type Invalid, useFields, useSending } from "../../web/form.tsx";
import { act, page } from "../../web/guard.ts";
import { LinkButton, PageHead, Section } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useDates, useMe, useWords } from "../../web/use-me.ts";
import { alwaysTold } from "../letter.ts";
import { findProvider, findProviderChoices } from "../provider-store.ts";
import { kindForNeed, maySend, sayNeed } from "../referral.ts";
import { findLetterPerson } from "../sending-store.ts";
import { ProviderSelect } from "./provider-select.tsx";
import { getReferral, sendAction } from "./send-action.ts";

export const meta = () => [{ title: "Send a referral · Throughcare" }];

export const loader = page("record.write", async (visit) => {
  const { db, url, consumerId, today } = visit;
  const referral = await getReferral(visit);
  const asked = url.searchParams.get("provider") ?? referral.provider_id ?? "";
  const provider = await findProvider(db, asked);
  return {
    consumerId,
    person: await findLetterPerson(db, consumerId),
    referral: { id: referral.id, need: referral.need, what: referral.what, for: referral.for_whom },
    open: maySend(referral.status),
    providers: await findProviderChoices(db),
    provider: provider?.active ? provider : null,
    consents: provider ? ((await findGrounds(visit, provider.id)) ?? []) : [],
    kind: kindForNeed(referral.need),
    chaseOn: addDays(today, 7),
    today,
  };
});

export const action = act("record.write", sendAction);

/** Whom one asks, by what right, and what they are told. */
export default function SendReferral() {
  const { referral, provider, providers, kind, open, consumerId } = useLoaderData<typeof loader>();
  const sending = useSending();
  return (
    <Stack maw={760} gap={0}>
      <PageHead
        title="Send this referral"
        about={`${sayNeed(referral.need)}: ${referral.what}`}
        actions={
          <LinkButton to={paths.referrals(consumerId)} variant="default">
            All referrals
          </LinkButton>
        }
      />
      {!open && (
        <Alert color="orange" mb="md">
          Somebody has been asked already, or it is arranged. Say first what they answered.
        </Alert>
      )}
      {open && (
        <Section title="Whom do you ask?">
          <RouterForm method="get">
            <Group align="flex-end" gap="sm">
              <ProviderSelect
                name="provider"
                label="From the directory"
                providers={providers}
                kind={kind}
                defaultValue={provider?.id ?? ""}
                style={{ flex: "1 1 16rem" }}
              />
              <Button type="submit" variant={provider ? "default" : "filled"} loading={sending}>
                {provider ? "Another one" : "Go on"}
              </Button>
              <LinkButton to={paths.directory()} variant="subtle">
                Look in the directory
              </LinkButton>
            </Group>
          </RouterForm>
        </Section>
      )}
      {open && provider && <Ground key={provider.id} />}
    </Stack>
  );
}

/** They answer us. Whoever has to ring the person is told the number, and how it is safe. */
function Ring() {
  const { person, consumerId } = useLoaderData<typeof loader>();
  const field = useFields({ ring: "", phone: person?.phone, reach: person?.safe_to_call });
  const typed = field("ring").defaultValue === "on";
  const [ring, setRing] = useState(typed);
  return (
    <div>
      <Checkbox
        name="ring"
        label="They have to ring the person themselves"
        description="Otherwise the letter asks them to answer us, and says no number."
        checked={ring}
        onChange={(event) => setRing(event.currentTarget.checked)}
      />
      {ring && (
        <>
          <SimpleGrid cols={{ base: 1, xs: 2 }} mt="xs">
            <TextInput label="On this number" {...field("phone")} />
            <TextInput
              label="How it is safe"
              description="They read this as it stands: take out what they need not know."
              {...field("reach")}
            />
          </SimpleGrid>
          {!person?.safe_to_call && (
            <Text size="sm" mt={4}>
              Nobody has asked yet how it is safe to ring.{" "}
              <Anchor component={Link} to={paths.person(consumerId)} inherit underline="always">
                Ask, and write it down
              </Anchor>
            </Text>
          )}
        </>
      )}
    </div>
  );
}

function Ground() {
  const data = useLoaderData<typeof loader>();
  const { consumerId, referral, provider, consents, chaseOn, today } = data;
  const answer = useActionData() as Partial<Invalid> | undefined;
  const dates = useDates();
  const words = useWords();
  const { jurisdiction } = useMe().agency;
  const sending = useSending();
  const labels = topicLabels(words);
  const field = useFields({ chase_on: chaseOn });
  const first = field("basis").defaultValue || (consents.length > 0 ? "consent" : "self");
  const [basis, setBasis] = useState(first);
  const named = new Set(consents.flatMap((consent) => consent.topics));
  // An audit or a crime is no reason to ask somebody for help.
  const others = groundsOf(jurisdiction).filter(
    ({ basis }) => !["consent", "audit", "crime-on-premises"].includes(basis),
  );
  const offered = basis === "consent" ? topics.filter((topic) => named.has(topic)) : [...topics];
  const typed = answer?.typed?.["topics[]"];
  const chosen = Array.isArray(typed) ? typed : ["needs"];
  const other = others.find((ground) => ground.basis === basis);
  if (!provider) return null;
  return (
    <Form>
      <input type="hidden" name="provider" value={provider.id} />
      <Section title={provider.name}>
        <Stack gap="md">
          <Text size="sm" c="dimmed">
            {[provider.what, provider.phone, provider.locality, provider.times]
              .filter(Boolean)
              .join(" · ")}
          </Text>
          {consents.length === 0 ? (
            <Alert color="orange" title="There is no live consent to tell them anything">
              <Group justify="space-between" gap="sm">
                <Text size="sm">
                  A referral from here already tells that somebody comes here. The person can take
                  it along themselves, or sign a consent that names this service.
                </Text>
                <LinkButton
                  to={`${paths.newProviderConsent(consumerId, provider.id)}&referral=${referral.id}`}
                  size="xs"
                  variant="default"
                >
                  Record a consent
                </LinkButton>
              </Group>
            </Alert>
          ) : (
            <Text size="sm">
              Consent of {dates.day(consents[0]?.signedOn ?? today)}: they may be told about{" "}
              {[...named].map((topic) => labels[topic]).join(", ")}.
            </Text>
          )}
          <Radio.Group
            label="By what right"
            name="basis"
            value={basis}
            onChange={setBasis}
            error={answer?.errors?.basis}
          >
            <Stack gap={8} mt={6}>
              <Radio
                value="consent"
                label="On their consent"
                disabled={consents.length === 0}
                description={consents.length === 0 ? "None is live" : undefined}
              />
              <Radio
                value="self"
                label="They take it along themselves"
                description="Nothing is told to anybody: a slip with the address is printed for them."
              />
              {others.map((ground) => (
                <Radio key={ground.basis} value={ground.basis} label={ground.label} />
              ))}
            </Stack>
          </Radio.Group>
          {other && (
            <Textarea
              label="Why it is told without consent"
              description={other.hint}
              autosize
              minRows={2}
              {...field("purpose")}
            />
          )}
        </Stack>
      </Section>
      {basis !== "self" && (
        <Section title="What the letter says">
          <Stack gap="sm">
            <Checkbox
              checked
              readOnly
              disabled
              label={`Who they are, and ${labels[alwaysTold]}: no referral is without it`}
            />
            <Checkbox.Group defaultValue={chosen} error={answer?.errors?.topics}>
              <Stack gap={8}>
                {offered
                  .filter((topic) => topic !== alwaysTold)
                  .map((topic: Topic) => (
                    <Checkbox key={topic} name="topics[]" value={topic} label={labels[topic]} />
                  ))}
              </Stack>
            </Checkbox.Group>
            <Ring />
            <Textarea
              label="In your own words"
              description="Only about what is ticked, and no more than they need."
              autosize
              minRows={3}
              {...field("words")}
            />
          </Stack>
        </Section>
      )}
      <Paper mb="md">
        <TextInput
          type="date"
          label="Ask what came of it on"
          min={today}
          maw="16rem"
          {...field("chase_on")}
        />
      </Paper>
      <Group>
        <Button type="submit" loading={sending}>
          {basis === "self" ? "They take it along" : "Prepare the letter"}
        </Button>
        <LinkButton to={paths.referrals(consumerId)} variant="subtle">
          Not now
        </LinkButton>
      </Group>
    </Form>
  );
}
