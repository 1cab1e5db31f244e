import {
  Alert,
  Button,
  Checkbox,
  Fieldset,
  Group,
  Radio,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
} from "@mantine/core";
import { data, useActionData, useLoaderData } from "react-router";
import { z } from "zod";
import { addDays } from "../../kernel/day.ts";
import { findProviderChoices } from "../../liaison/provider-store.ts";
import {
  checkbox,
  done,
  Form,
  optionalText,
  parseForm,
  refuse,
  refuseField,
  text,
  useFields,
  useSending,
} from "../../web/form.tsx";
import { act, noSuchPage, page, type Visit } from "../../web/guard.ts";
import { LinkButton, PageHead } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useWords } from "../../web/use-me.ts";
import { capital } from "../../web/words.ts";
import { confidentialityOf } from "../confidentiality.ts";
import { kindFor, topics, topicWords } from "../consent.ts";
import { checkSigning } from "../consent-form.ts";
import { ageOfConsent, hasComeOfAge, whoSigns } from "../consent-law.ts";
import { findSigningFacts, saveConsent } from "../consent-store.ts";
import { ChooseService } from "./choose-service.tsx";
import { RightToRevoke } from "./consent-words.tsx";
import { dayField, optionalDay } from "./person-fields.tsx";
import { findRecipient, type Recipient } from "./recipient.ts";

export const meta = () => [{ title: "Record a consent · Throughcare" }];

export const loader = page("record.write", async (visit) => {
  const recipient = await findRecipient(visit);
  const facts = await getFacts(visit);
  const { me, today } = visit;
  const who = whoSigns(me.agency.jurisdiction, { ...facts, on: today });
  const { name, jurisdiction } = me.agency;
  const ofAge = ageOfConsent(jurisdiction);
  const shown = { name: facts.name, who, today, agency: name, jurisdiction, ofAge };
  // Asked for nobody in particular: first whom it is to name.
  return { recipient, providers: recipient ? [] : await findProviderChoices(visit.db), ...shown };
});

const consentForm = z.object({
  recipient: text(300),
  topics: z.array(z.enum(topics)).min(1, "Choose what may be told"),
  purpose: text(300),
  signed_on: dayField("Give the day it was signed"),
  manner: z.enum(["paper", "electronic"], "Say how it was signed"),
  valid_from: optionalDay,
  expires_on: optionalDay,
  expiry_event: optionalText(200),
  consumer_signed: checkbox,
  guardian: optionalText(200),
  evidence: optionalText(300),
  understands: optionalText(300),
});

export const action = act("record.write", async (visit) => {
  const { db, me, consumerId, today, form } = visit;
  const recipient = await findRecipient(visit);
  const facts = await getFacts(visit);
  if (!recipient) throw noSuchPage();
  const parsed = parseForm(consentForm, form);
  if (parsed.invalid) return refuse(parsed.invalid);
  const given = parsed.value;
  const signing = {
    signedOn: given.signed_on,
    validFrom: given.valid_from ?? given.signed_on,
    expiresOn: given.expires_on ?? null,
    expiryEvent: given.expiry_event ?? null,
    consumerSigned: given.consumer_signed,
    guardian: given.guardian ?? null,
    evidence: given.evidence ?? null,
    understands: given.understands ?? null,
  };
  const { jurisdiction } = me.agency;
  const who = whoSigns(jurisdiction, { ...facts, on: given.signed_on });
  if (hasComeOfAge(jurisdiction, { born: facts.born, signed: given.signed_on, today })) {
    return refuseField(
      form,
      "signed_on",
      "Signed before they came of age: it no longer holds. Ask again",
    );
  }
  const guardianIs = confidentialityOf(jurisdiction).guardian;
  const checked = checkSigning(signing, { name: facts.name, today, who, guardianIs });
  if ("errors" in checked) {
    const { invalid } = parseForm(z.never(), form);
    return data({ errors: checked.errors, typed: invalid?.typed ?? {} }, { status: 422 });
  }
  const id = await saveConsent(db, me, consumerId, {
    supportId: recipient.supportId,
    providerId: recipient.providerId,
    kind: kindFor(recipient),
    discloser: me.agency.name,
    // A service of the directory is named as the directory has it.
    recipient: recipient.providerId ? recipient.called : given.recipient,
    topics: topics.filter((topic) => given.topics.includes(topic)),
    purpose: given.purpose,
    signedOn: signing.signedOn,
    signers: checked.signers,
    manner: given.manner,
    validFrom: signing.validFrom,
    expiresOn: signing.expiresOn,
    expiryEvent: signing.expiryEvent,
  });
  return done(
    recipient.goesOn ?? paths.consent(consumerId, id),
    "Consent saved. It can be revoked, never changed",
  );
});

async function getFacts({ db, consumerId, today }: Visit) {
  const facts = await findSigningFacts(db, consumerId, today);
  if (!facts) throw noSuchPage();
  const { born } = facts;
  if (!born) {
    throw done(paths.editPerson(consumerId), "First the date of birth: who signs depends on it");
  }
  return { ...facts, born };
}

export default function NewConsent() {
  const { recipient, providers } = useLoaderData<typeof loader>();
  return recipient ? (
    <ConsentForm recipient={recipient} />
  ) : (
    <ChooseService providers={providers} />
  );
}

function ConsentForm({ recipient }: { recipient: Recipient }) {
  const { name, who, today, agency, jurisdiction, ofAge } = useLoaderData<typeof loader>();
  const words = useWords();
  const tellable = topicWords(words);
  const law = confidentialityOf(jurisdiction);
  const answer = useActionData<typeof action>();
  const sending = useSending();
  const field = useFields({
    recipient: recipient.called,
    purpose: recipient.purpose,
    signed_on: today,
    expires_on: addDays(today, 365),
    consumer_signed: "",
  });
  const typed = answer?.typed?.["topics[]"];
  const chosen = Array.isArray(typed) ? typed : recipient.usualTopics;
  const guardian = who.mustSign.includes("parent-or-guardian");
  const manner = field("manner");
  return (
    <>
      <PageHead
        title={`Consent: ${recipient.name}`}
        about={(recipient.criminalJustice ? law.criminalJustice : law.consent).about}
      />
      <Form>
        <Stack>
          <Fieldset legend="Who may tell whom">
            <SimpleGrid cols={{ base: 1, sm: 2 }}>
              <TextInput label="Who tells" value={agency} readOnly variant="filled" />
              <TextInput
                label="Who is told"
                required
                readOnly={recipient.providerId !== null}
                {...(recipient.providerId ? { variant: "filled" } : {})}
                {...field("recipient")}
              />
            </SimpleGrid>
          </Fieldset>
          <Checkbox.Group
            label="What may be told"
            required
            defaultValue={chosen}
            error={answer?.errors?.topics}
          >
            <Stack gap="xs" mt={6}>
              {topics.map((topic) => (
                <Checkbox key={topic} name="topics[]" value={topic} label={tellable[topic]} />
              ))}
            </Stack>
          </Checkbox.Group>
          <TextInput label="Why" required {...field("purpose")} />
          <Fieldset legend="How long">
            <SimpleGrid cols={{ base: 1, sm: 3 }}>
              <TextInput
                label="From"
                type="date"
                description="Empty: from the day it is signed"
                inputWrapperOrder={["label", "input", "description", "error"]}
                {...field("valid_from")}
              />
              <TextInput label="Last day" type="date" {...field("expires_on")} />
              <TextInput
                label="Or the event that ends it"
                placeholder={`When I leave the ${words.program}`}
                {...field("expiry_event")}
              />
            </SimpleGrid>
          </Fieldset>
          <RightToRevoke agency={agency} criminalJustice={recipient.criminalJustice} />
          <Fieldset legend="Signed">
            <Stack>
              {who.because && (
                <Alert color="orange" title={`Assumption, to be checked with ${law.adviser}`}>
                  {who.because}
                  {who.mustSign.length > 1 &&
                    ` They are asked again at ${ofAge}: a consent signed before lapses that day.`}
                </Alert>
              )}
              {law.capacity && (
                <Text size="sm" c="dimmed">
                  {law.capacity}
                </Text>
              )}
              <SimpleGrid cols={{ base: 1, sm: 2 }}>
                <TextInput label="Day it was signed" type="date" required {...field("signed_on")} />
                <Radio.Group
                  label="How"
                  required
                  name="manner"
                  defaultValue={manner.defaultValue || "paper"}
                  error={manner.error}
                >
                  <Group mt={8}>
                    <Radio value="paper" label="On paper" />
                    <Radio value="electronic" label="Electronically" />
                  </Group>
                </Radio.Group>
              </SimpleGrid>
              <Checkbox
                name="consumer_signed"
                label={`${name} has signed it, and was offered a copy`}
                defaultChecked={field("consumer_signed").defaultValue === "on"}
                error={answer?.errors?.consumer_signed}
              />
              {who.oneIsEnough && (
                <TextInput
                  label="If they sign it alone: what shows that they understand it"
                  placeholder="Said in their own words what is told, to whom and why"
                  {...field("understands")}
                />
              )}
              {guardian && (
                <SimpleGrid cols={{ base: 1, sm: 2 }}>
                  <TextInput
                    label={`${capital(law.guardian)} who signed${who.oneIsEnough ? ", if one did" : ""}`}
                    required={!who.oneIsEnough}
                    autoComplete="off"
                    {...field("guardian")}
                  />
                  <TextInput
                    label="What shows that they are"
                    placeholder="Birth certificate seen; court order of …"
                    required={!who.oneIsEnough}
                    {...field("evidence")}
                  />
                </SimpleGrid>
              )}
              <Text size="sm" c="dimmed">
                Once saved it is never edited: a mistake is revoked, and a new one is signed.
              </Text>
            </Stack>
          </Fieldset>
          <Group>
            <Button type="submit" loading={sending}>
              Save the consent
            </Button>
            <LinkButton to={recipient.back} variant="default">
              Leave it
            </LinkButton>
          </Group>
        </Stack>
      </Form>
    </>
  );
}
