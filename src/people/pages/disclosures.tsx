import {
  Anchor,
  Button,
  Checkbox,
  Group,
  NativeSelect,
  SimpleGrid,
  Stack,
  Table,
  Text,
  Textarea,
  TextInput,
} from "@mantine/core";
import { useState } from "react";
import { Link, useActionData, useLoaderData } from "react-router";
import { z } from "zod";
import { now } from "../../kernel/clock.ts";
import { addDays } from "../../kernel/day.ts";
import {
  done,
  Form,
  type Invalid,
  optionalText,
  parseForm,
  refuse,
  refuseField,
  text,
  useFields,
  useSending,
} from "../../web/form.tsx";
import { act, page } from "../../web/guard.ts";
import { Pager, readPage } from "../../web/pager.tsx";
import { Empty, PageHead, Section } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useDates, useWords } from "../../web/use-me.ts";
import { wordsOf } from "../../web/words.ts";
import { confidentialityOf } from "../confidentiality.ts";
import { type Topic, topicLabels, topics } from "../consent.ts";
import { bases, groundLabel, groundsOf } from "../disclosure.ts";
import { findDisclosures, findLiveConsents, recordDisclosure } from "../disclosure-store.ts";
import { dayField } from "./person-fields.tsx";

export const meta = () => [{ title: "What was disclosed · Throughcare" }];

const PAGE = 25;

export const loader = page("record.read", async ({ db, me, services, consumerId, today, url }) => {
  const at = readPage(url.searchParams);
  const { jurisdiction } = me.agency;
  const { days } = confidentialityOf(jurisdiction).accounting;
  const rows = await findDisclosures(db, consumerId, {
    since: days === null ? null : addDays(today, -days),
    skip: (at - 1) * PAGE,
    most: PAGE,
  });
  return {
    consumerId,
    jurisdiction,
    rows,
    page: at,
    pages: Math.max(1, Math.ceil((rows[0]?.total ?? 0) / PAGE)),
    consents: await findLiveConsents(db, consumerId),
    now: now(services.clock, me.agency.timeZone),
  };
});

const disclosureForm = z.object({
  basis: z.enum(bases, "Choose what makes it lawful"),
  consent_id: z.uuid().optional(),
  topics: z.array(z.enum(topics)).default([]),
  recipient: optionalText(200),
  facility: optionalText(200),
  what: text(1000),
  purpose: text(500),
  day: dayField("Give the day"),
  time: z.string("Give the time").regex(/^\d\d:\d\d$/, "Give the time"),
});

export const action = act("record.write", async (visit) => {
  const { db, me, services, consumerId, form } = visit;
  const parsed = parseForm(disclosureForm, form);
  if (parsed.invalid) return refuse(parsed.invalid);
  const { basis, consent_id, recipient, facility, what, purpose, day, time } = parsed.value;
  const about = topics.filter((topic) => parsed.value.topics.includes(topic));
  const ground = groundsOf(me.agency.jurisdiction).find((one) => one.basis === basis);
  if (!ground) return refuseField(form, "basis", "The law here knows no such ground");
  const present = now(services.clock, me.agency.timeZone);
  if (day > present.day || (day === present.day && time > present.time)) {
    return refuseField(form, "day", "That is still to come: record it once it has been told");
  }
  const told = { basis, what, purpose, day, time };
  if (basis === "consent") {
    const consents = await findLiveConsents(db, consumerId);
    const consent = consents.find(({ id }) => id === consent_id);
    if (!consent) return refuseField(form, "consent_id", "Choose the consent it rests on");
    if (about.length === 0) return refuseField(form, "topics", "Say what it was about");
    const beyond = about.filter((topic) => !consent.topics.includes(topic));
    if (beyond.length > 0) {
      const labels = topicLabels(wordsOf(me.agency.locale));
      const named = beyond.map((topic) => labels[topic]).join(", ");
      return refuseField(form, "topics", `The consent does not name: ${named}`);
    }
    await recordDisclosure(db, me, consumerId, {
      ...told,
      recipient: consent.recipient,
      consentId: consent.id,
      supportId: consent.support_id,
      providerId: consent.provider_id,
      topics: about,
    });
  } else {
    if (!recipient) return refuseField(form, "recipient", "Say who was told, by name");
    if (ground.facility && !facility) return refuseField(form, "facility", ground.facility);
    await recordDisclosure(db, me, consumerId, {
      ...told,
      recipient: [recipient, facility].filter(Boolean).join(", "),
      consentId: null,
      supportId: null,
      topics: about,
    });
  }
  return done(paths.disclosures(consumerId), "Recorded");
});

export default function Disclosures() {
  const { consumerId, jurisdiction, rows, page: at, pages } = useLoaderData<typeof loader>();
  const dates = useDates();
  const labels = topicLabels(useWords());
  return (
    <>
      <PageHead
        title="What was disclosed"
        about={confidentialityOf(jurisdiction).accounting.about}
      />
      <Section title="Told">
        {rows.length === 0 ? (
          <Empty>Nothing was disclosed.</Empty>
        ) : (
          <Table.ScrollContainer minWidth={720}>
            <Table>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>When</Table.Th>
                  <Table.Th>To whom</Table.Th>
                  <Table.Th>Ground</Table.Th>
                  <Table.Th>What</Table.Th>
                  <Table.Th>Why</Table.Th>
                  <Table.Th>By</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {rows.map((row) => (
                  <Table.Tr key={row.id}>
                    <Table.Td>{dates.instant(row.at)}</Table.Td>
                    <Table.Td>{row.recipient}</Table.Td>
                    <Table.Td>
                      {row.consent_id ? (
                        <Anchor
                          component={Link}
                          to={paths.consent(consumerId, row.consent_id)}
                          inherit
                          underline="always"
                        >
                          Consent
                        </Anchor>
                      ) : (
                        groundLabel(jurisdiction, row.basis)
                      )}
                    </Table.Td>
                    <Table.Td>
                      {row.what}
                      {row.topics && row.topics.length > 0 && (
                        <Text size="xs" c="dimmed">
                          {row.topics.map((topic) => labels[topic as Topic] ?? topic).join(", ")}
                        </Text>
                      )}
                    </Table.Td>
                    <Table.Td>{row.purpose}</Table.Td>
                    <Table.Td>{row.disclosed_by}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        )}
        <Pager
          page={at}
          pages={pages}
          to={(other) => `${paths.disclosures(consumerId)}?page=${other}`}
        />
      </Section>
      {/* A new form after each save, so that nothing of the last one stays in it. */}
      <RecordOne key={rows[0]?.id ?? "first"} />
    </>
  );
}

function RecordOne() {
  const { consents, jurisdiction, now: present } = useLoaderData<typeof loader>();
  const grounds = groundsOf(jurisdiction);
  const field = useFields({ day: present.day, time: present.time });
  const words = useWords();
  const sending = useSending();
  const first = field("basis");
  const [basis, setBasis] = useState(first.defaultValue);
  const onConsent = basis === "consent";
  const [consentId, setConsentId] = useState(field("consent_id").defaultValue);
  const named = consents.find(({ id }) => id === consentId)?.topics;
  const about = onConsent && named ? topics.filter((topic) => named.includes(topic)) : topics;
  const labels = topicLabels(words);
  const answer = useActionData() as Partial<Invalid> | undefined;
  const typed = answer?.typed?.["topics[]"];
  const ground = grounds.find((one) => one.basis === basis);
  return (
    <div className="no-print">
      <Section title="Record a disclosure">
        <Form>
          <Stack>
            <SimpleGrid cols={{ base: 1, sm: 2 }}>
              <NativeSelect
                label="What makes it lawful"
                required
                data={[
                  { value: "", label: "Choose one" },
                  ...grounds.map(({ basis: value, label }) => ({ value, label })),
                ]}
                {...first}
                onChange={(event) => setBasis(event.currentTarget.value)}
              />
              {onConsent && (
                <NativeSelect
                  label="The consent"
                  required
                  data={[
                    { value: "", label: consents.length ? "Choose one" : "None is in force" },
                    ...consents.map(({ id, recipient }) => ({ value: id, label: recipient })),
                  ]}
                  {...field("consent_id")}
                  onChange={(event) => setConsentId(event.currentTarget.value)}
                />
              )}
            </SimpleGrid>
            {ground?.hint && (
              <Text size="sm">
                {ground.hint}
                {/emergency/.test(ground.label) &&
                  " This is not emergency access, with which a colleague opens a record."}
              </Text>
            )}
            {!onConsent && (
              <SimpleGrid cols={{ base: 1, sm: 2 }}>
                <TextInput label="Who was told" autoComplete="off" {...field("recipient")} />
                <TextInput
                  label="Their facility or office"
                  required={ground?.facility !== undefined}
                  autoComplete="off"
                  {...field("facility")}
                />
              </SimpleGrid>
            )}
            <Checkbox.Group
              label="What it was about"
              description={
                onConsent && named ? "Only what the consent names can be told." : undefined
              }
              defaultValue={Array.isArray(typed) ? typed : []}
              error={answer?.errors?.topics}
            >
              <Group gap="md" mt={6}>
                {about.map((topic) => (
                  <Checkbox key={topic} name="topics[]" value={topic} label={labels[topic]} />
                ))}
              </Group>
            </Checkbox.Group>
            <SimpleGrid cols={{ base: 1, sm: 2 }}>
              <Textarea label="What was told" required autosize minRows={2} {...field("what")} />
              <Textarea
                label="Why"
                placeholder="What it was for; for an emergency, what it was"
                required
                autosize
                minRows={2}
                {...field("purpose")}
              />
              <TextInput label="Day" type="date" required {...field("day")} />
              <TextInput label="Time" type="time" required {...field("time")} />
            </SimpleGrid>
            <div>
              <Button type="submit" loading={sending}>
                Record it
              </Button>
              <Text size="sm" c="dimmed" mt="xs">
                It stays as it is saved, on the {words.consumer}'s record.
              </Text>
            </div>
          </Stack>
        </Form>
      </Section>
    </div>
  );
}
