import { Alert, Badge, Button, Group, Stack, Text, Textarea } from "@mantine/core";
import { IconPrinter } from "@tabler/icons-react";
import { useLoaderData } from "react-router";
import { z } from "zod";
import { done, Form, parseForm, refuse, text, useFields, useSending } from "../../web/form.tsx";
import { act, noSuchPage, page, type Visit } from "../../web/guard.ts";
import { LinkButton, PageHead, Section } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useDates, useMe, useWords } from "../../web/use-me.ts";
import { confidentialityOf } from "../confidentiality.ts";
import { type Signer, type Topic, topicWords } from "../consent.ts";
import {
  consentStanding,
  findConsent,
  findSigningFacts,
  revokeConsent,
  serviceConsents,
} from "../consent-store.ts";
import { consentState } from "./consent-list.tsx";
import { NoticeToRecipient, RightToRevoke } from "./consent-words.tsx";
import { Facts } from "./facts.tsx";

export const meta = () => [{ title: "Consent · Throughcare" }];

export const loader = page("record.read", async (visit) => {
  const { db, consumerId, today } = visit;
  const consent = await getConsent(visit);
  const standing = consent.provider_id
    ? await serviceConsents(db, consumerId, consent.provider_id)
    : (await consentStanding(db, consumerId, today)).find(
        ({ supportId }) => supportId === consent.support_id,
      );
  const facts = await findSigningFacts(db, consumerId, today);
  if (!standing || !facts) throw noSuchPage();
  const { given, ...signed } = consent;
  return { consent: signed, name: facts.name, state: consentState(given, standing, today) };
});

export const action = act("record.write", async (visit) => {
  const { db, me, consumerId, form } = visit;
  const consent = await getConsent(visit);
  const parsed = parseForm(z.object({ reason: text(500) }), form);
  if (parsed.invalid) return refuse(parsed.invalid);
  const { reason } = parsed.value;
  await revokeConsent(db, me, consumerId, { consentId: consent.id, reason });
  return done(paths.consent(consumerId, consent.id), "Revoked: it answers for nothing from now on");
});

async function getConsent({ db, consumerId, params }: Visit) {
  const id = params.consentId ?? "";
  const consent = await findConsent(db, consumerId, id);
  if (!consent) throw noSuchPage();
  return consent;
}

function signerWords({ name, as, evidence }: Signer, guardian: string): string {
  const part = as === "consumer" ? "the person themselves" : guardian;
  return `${name}, ${part}${evidence ? ` (${evidence})` : ""}`;
}

export default function Consent() {
  const { consent, name, state } = useLoaderData<typeof loader>();
  const dates = useDates();
  const tellable = topicWords(useWords());
  const law = confidentialityOf(useMe().agency.jurisdiction);
  const criminalJustice = consent.kind === "criminal-justice";
  return (
    <>
      <PageHead
        title={
          <Group gap="sm">
            Consent to tell {consent.names}
            <Badge
              color={state === "in force" ? "teal" : "gray"}
              c="var(--mantine-color-text)"
              className="no-print"
            >
              {state}
            </Badge>
          </Group>
        }
        about={(criminalJustice ? law.criminalJustice : law.consent).name}
        actions={
          <>
            <Button
              variant="default"
              leftSection={<IconPrinter size={16} aria-hidden />}
              onClick={() => window.print()}
            >
              Print
            </Button>
            <LinkButton
              to={
                consent.support_id
                  ? paths.support(consent.consumer_id, consent.support_id)
                  : paths.provider(consent.provider_id ?? "")
              }
              variant="default"
            >
              {consent.names}
            </LinkButton>
          </>
        }
      />
      {consent.revoked && (
        <Alert color="orange" mb="md" title="Revoked">
          {consent.revoked_at && dates.instant(consent.revoked_at)}, recorded by{" "}
          {consent.revoked_by}: {consent.revoked_because}
        </Alert>
      )}
      <Section title="What was signed">
        <Stack>
          <Facts
            facts={[
              ["About", name],
              ["Who tells", consent.discloser],
              ["Who is told", consent.recipient],
              [
                "What",
                <ul key="what" style={{ margin: 0, paddingInlineStart: "1.1rem" }}>
                  {consent.topics.map((topic) => (
                    <li key={topic}>{tellable[topic as Topic] ?? topic}</li>
                  ))}
                </ul>,
              ],
              ["Why", consent.purpose],
              ["From", dates.day(consent.valid_from)],
              ["Until", consent.expires_on && dates.day(consent.expires_on)],
              ["Ends when", consent.expiry_event],
            ]}
          />
          <RightToRevoke agency={consent.discloser} criminalJustice={criminalJustice} />
          <Facts
            facts={[
              [
                "Signed by",
                consent.signers.map((one) => signerWords(one, law.guardian)).join("; "),
              ],
              ["On", `${dates.day(consent.signed_on)}, ${manners[consent.manner]}`],
              ["Recorded by", `${consent.recorded_by}, ${dates.instant(consent.created_at)}`],
            ]}
          />
          <NoticeToRecipient />
        </Stack>
      </Section>
      {!consent.revoked && <Revoke />}
    </>
  );
}

const manners: Record<string, string> = { paper: "on paper", electronic: "electronically" };

function Revoke() {
  const sending = useSending();
  const field = useFields();
  return (
    <div className="no-print">
      <Section title="Revoke it">
        <Form>
          <Stack align="flex-start" gap="sm">
            <Text size="sm">
              When the person takes it back, or the event that ends it has happened. What was told
              before stays on the record. This cannot be undone: a new consent would be signed.
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
            <Button type="submit" color="red.8" loading={sending}>
              Revoke this consent
            </Button>
          </Stack>
        </Form>
      </Section>
    </div>
  );
}
