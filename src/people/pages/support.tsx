import { Alert, Button, Group, Stack, Table, Text, Textarea } from "@mantine/core";
import { IconBan, IconPencil } from "@tabler/icons-react";
import { useLoaderData } from "react-router";
import { z } from "zod";
import { done, Form, parseForm, refuse, text, useFields, useSending } from "../../web/form.tsx";
import { act, noSuchPage, page, type Visit } from "../../web/guard.ts";
import { LinkButton, PageHead, Section } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useDates, useMe, useWords } from "../../web/use-me.ts";
import { capital } from "../../web/words.ts";
import { confidentialityOf } from "../confidentiality.ts";
import { consentStanding, findConsents } from "../consent-store.ts";
import { supportKinds } from "../support.ts";
import { findFlags, findSupport, liftNoContact, setNoContact } from "../support-store.ts";
import { Consents } from "./consent-list.tsx";
import { Facts } from "./facts.tsx";
import { StandingBadge, WhyNot } from "./standing.tsx";

export const meta = () => [{ title: "Support · Throughcare" }];

export const loader = page("record.read", async (visit) => {
  const { db, consumerId, today } = visit;
  const support = await getSupport(visit);
  const standings = await consentStanding(db, consumerId, today);
  const standing = standings.find(({ supportId }) => supportId === support.id);
  if (!standing) throw noSuchPage();
  return {
    support,
    standing,
    today,
    flags: await findFlags(db, consumerId, support.id),
    consents: await findConsents(db, consumerId, { supportId: support.id }),
  };
});

const flagForm = z.object({ step: z.enum(["set", "lift"]), reason: text(500) });

export const action = act("record.write", async (visit) => {
  const { db, me, consumerId, form } = visit;
  const support = await getSupport(visit);
  const parsed = parseForm(flagForm, form);
  if (parsed.invalid) return refuse(parsed.invalid);
  const { step, reason } = parsed.value;
  const change = { supportId: support.id, reason };
  if (step === "set") await setNoContact(db, me, consumerId, change);
  else await liftNoContact(db, me, consumerId, change);
  const message = step === "set" ? "No contact from now on" : "The no-contact flag is lifted";
  return done(paths.support(consumerId, support.id), message);
});

async function getSupport({ db, consumerId, params }: Visit) {
  const support = await findSupport(db, consumerId, params.supportId ?? "");
  if (!support) throw noSuchPage();
  return support;
}

export default function Support() {
  const { support, standing, today, consents } = useLoaderData<typeof loader>();
  const { consumer_id, id } = support;
  const dates = useDates();
  const words = useWords();
  const law = confidentialityOf(useMe().agency.jurisdiction);
  return (
    <>
      <PageHead
        title={
          <Group gap="sm">
            {support.name}
            <StandingBadge standing={standing} today={today} />
          </Group>
        }
        about={`${support.relation} · ${supportKinds[standing.kind]}`}
        actions={
          <LinkButton
            to={paths.editSupport(consumer_id, id)}
            variant="default"
            leftSection={<IconPencil size={16} aria-hidden />}
          >
            Change
          </LinkButton>
        }
      />
      {standing.noContact && <Standing />}
      <Section title="How to reach them">
        {!standing.invite.yes && !standing.noContact && (
          <Alert color="orange" mb="sm" title="Not without a consent">
            <WhyNot standing={standing} />
          </Alert>
        )}
        <Facts
          facts={[
            [capital(words.organisation), support.organisation],
            ["Phone", support.phone],
            ["Email", support.email],
            ["Language", support.language + (support.interpreter ? ", with an interpreter" : "")],
            ["To know", support.notes],
            ["Not since", support.ended_on && dates.day(support.ended_on)],
            ["Kind of consent", support.criminal_justice && law.criminalJustice.name],
          ]}
        />
      </Section>
      <Section
        title="Consents"
        actions={
          <LinkButton
            to={paths.newConsent(consumer_id, id)}
            size="xs"
            variant={standing.live ? "default" : "filled"}
          >
            Record a consent
          </LinkButton>
        }
      >
        <Consents consumerId={consumer_id} standing={standing} rows={consents} today={today} />
      </Section>
      <NoContact />
    </>
  );
}

function Standing() {
  const { flags } = useLoaderData<typeof loader>();
  const dates = useDates();
  const flag = flags.find(({ lifted_at }) => lifted_at === null);
  if (!flag) return null;
  return (
    <Alert
      color="red"
      variant="filled"
      bg="red.8"
      mb="md"
      icon={<IconBan aria-hidden />}
      title="No contact"
    >
      {flag.reason}. Set by {flag.set_by}, {dates.instant(flag.set_at)}. It beats any consent: do
      not invite, call or write to them, and do not say that the person comes here.
    </Alert>
  );
}

function NoContact() {
  const { standing, flags } = useLoaderData<typeof loader>();
  const dates = useDates();
  const sending = useSending();
  const field = useFields();
  const lifted = flags.filter(({ lifted_at }) => lifted_at !== null);
  return (
    <Section title={standing.noContact ? "Lift the no-contact flag" : "No contact"}>
      {/* A form of its own for each: the reason for setting it must not stand ready as one for lifting it. */}
      <Form key={standing.noContact ? "lift" : "set"}>
        <input type="hidden" name="step" value={standing.noContact ? "lift" : "set"} />
        <Stack align="flex-start" gap="sm">
          <Text size="sm">
            {standing.noContact
              ? "Only when the danger has passed, after a word with the person alone. Their consents then answer again."
              : "For violence, coercion or a court's order. It beats any consent while it stands."}
          </Text>
          <Textarea
            label="Reason"
            required
            autosize
            minRows={2}
            w="100%"
            maw={560}
            {...field("reason")}
          />
          <Button
            type="submit"
            loading={sending}
            {...(standing.noContact ? { variant: "default" } : { color: "red.8" })}
          >
            {standing.noContact ? "Lift the flag" : "Set no contact"}
          </Button>
        </Stack>
      </Form>
      {lifted.length > 0 && (
        <Table.ScrollContainer minWidth={480} mt="md">
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Set</Table.Th>
                <Table.Th>Why</Table.Th>
                <Table.Th>Lifted</Table.Th>
                <Table.Th>Why</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {lifted.map((flag) => (
                <Table.Tr key={flag.id}>
                  <Table.Td>
                    {dates.instant(flag.set_at)}, {flag.set_by}
                  </Table.Td>
                  <Table.Td>{flag.reason}</Table.Td>
                  <Table.Td>
                    {flag.lifted_at && dates.instant(flag.lifted_at)}, {flag.lifted_by}
                  </Table.Td>
                  <Table.Td>{flag.lifted_reason}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </Section>
  );
}
