import {
  Alert,
  Button,
  Group,
  NativeSelect,
  Paper,
  SimpleGrid,
  Stack,
  Text,
  Textarea,
  TextInput,
} from "@mantine/core";
import { useState } from "react";
import { useLoaderData } from "react-router";
import { z } from "zod";
import { addDays } from "../../kernel/day.ts";
import {
  day,
  done,
  Form,
  identifier,
  optionalText,
  parseForm,
  refuse,
  refuseField,
  text,
  useFields,
  useSending,
} from "../../web/form.tsx";
import { act, type FormVisit, noSuchPage, page } from "../../web/guard.ts";
import { LinkButton, PageHead } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useMe } from "../../web/use-me.ts";
import { findProvider, findProviderChoices } from "../provider-store.ts";
import {
  OWN_SUPPORT,
  type RelativeConsent,
  type RelativeSent,
  relativeConsent,
  relativeSent,
} from "../relative.ts";
import {
  addRelativeReferral,
  findRelativeNeeds,
  findRelativeOwners,
  findRelativeReferrals,
  type Sent,
  sendRelativeReferral,
} from "../relative-store.ts";
import { getCall, getCallToWrite } from "./call-data.ts";

export const meta = () => [{ title: "A referral for them · Throughcare" }];

export const loader = page("call.read", async (visit) => {
  const { db, url, today } = visit;
  const call = await getCall(visit);
  if (call.consumer_id) await visit.listed([call.consumer_id]);
  const of = url.searchParams.get("of");
  const waits = of ? (await findRelativeReferrals(db, call.id)).find(({ id }) => id === of) : null;
  const [needs] = await findRelativeNeeds(db, call.id);
  return {
    id: call.id,
    caller: call.caller,
    closed: call.closed_on !== null,
    waits: waits?.status === "open" ? waits : null,
    wouldHelp: needs?.would_help ?? needs?.needs ?? null,
    providers: await findProviderChoices(db),
    owners: await findRelativeOwners(db, call.consumer_id),
    today,
    chaseOn: addDays(today, 7),
  };
});

const keys = <T extends Record<string, string>>(of: T) => Object.keys(of) as [keyof T & string];
const sendingForm = z.object({
  how: z.enum(keys(relativeSent)).optional(),
  consent: z.enum(keys(relativeConsent)).optional(),
  consent_on: day("Choose the day on which they agreed").optional(),
  told: optionalText(2000),
  chase_on: day("Choose the day on which you look at it again"),
});
const newForm = sendingForm.extend({
  provider: identifier().optional(),
  what: text(1000),
  owner: identifier("Choose who sees to it"),
});

type Sending = z.output<typeof sendingForm>;

/** What is sent, or the field that is in the way: nothing is told about anybody without their consent. */
function readSending(
  { form, today }: FormVisit,
  given: Sending,
): { sent: Sent | null } | { refused: ReturnType<typeof refuseField> } {
  const no = (field: string, message: string) => ({ refused: refuseField(form, field, message) });
  const { how, consent, consent_on: on = today, told } = given;
  if (given.chase_on < today) return no("chase_on", "Choose today or a later day");
  if (!how) return { sent: null };
  if (how === "themselves") {
    const nothing = { consent: null, told: null };
    return { sent: { how: how as RelativeSent, on: today, ...nothing } };
  }
  if (!consent) {
    return no(
      "consent",
      "Say how they agreed: without it nothing is told. They may call the service themselves",
    );
  }
  if (on > today) return no("consent_on", "They agreed today or on an earlier day");
  if (!told) return no("told", "Write down what the service is told about them");
  const agreed = { how: consent as RelativeConsent, on };
  return { sent: { how: how as RelativeSent, on: today, consent: agreed, told } };
}

export const action = act("call.read", async (visit) => {
  const { db, by, form, today } = visit;
  const call = await getCallToWrite(visit);
  const of = String(form.get("of") ?? "");
  if (of) {
    const one = (await findRelativeReferrals(db, call.id)).find(({ id }) => id === of);
    if (!one) throw noSuchPage();
    const parsed = parseForm(sendingForm, form);
    if (parsed.invalid) return refuse(parsed.invalid);
    const read = readSending(visit, parsed.value);
    if ("refused" in read) return read.refused;
    if (!read.sent) return refuseField(form, "how", "Say how it goes to them");
    const sending = { ...read.sent, chaseOn: parsed.value.chase_on };
    const sent = await sendRelativeReferral(db, by, { callId: call.id, id: of }, sending);
    if (!sent) return refuseField(form, "form", "A colleague has sent or closed it meanwhile");
    return done(paths.call(call.id), "Sent");
  }
  const parsed = parseForm(newForm, form);
  if (parsed.invalid) return refuse(parsed.invalid);
  const { value } = parsed;
  if (call.closed_on) return refuseField(form, "form", "This call is closed: take a new one");
  const provider = value.provider ? await findProvider(db, value.provider) : null;
  if (value.provider && !provider?.active) {
    return refuseField(form, "provider", "Choose one of the directory");
  }
  const owners = await findRelativeOwners(db, call.consumer_id);
  if (!owners.some(({ id }) => id === value.owner)) {
    return refuseField(form, "owner", "Choose a colleague");
  }
  const read = readSending(visit, value);
  if ("refused" in read) return read.refused;
  await addRelativeReferral(db, by, call.id, {
    ...{ providerId: provider?.id ?? null, what: value.what, ownerId: value.owner },
    ...{ chaseOn: value.chase_on, on: today, sent: read.sent },
  });
  return done(paths.call(call.id), read.sent ? "Kept, and sent" : "Kept: to be sent");
});

export default function RelativeRefer() {
  const { id, caller, closed, waits, wouldHelp, providers, owners, today, chaseOn } =
    useLoaderData<typeof loader>();
  const me = useMe();
  const field = useFields({
    ...{ what: wouldHelp, chase_on: chaseOn, consent_on: today },
    owner: owners.some((one) => one.id === me.staffId) ? me.staffId : "",
  });
  const sending = useSending();
  const [how, setHow] = useState(String(field("how").defaultValue));
  const telling = how !== "" && how !== "themselves";
  return (
    <Stack gap={0} maw={760}>
      <PageHead
        title={waits ? "Send the referral" : "A referral for them"}
        about={`${caller}. Help of their own: nothing of it says whom they called about, or whether we know anyone.`}
        actions={
          <LinkButton to={paths.call(id)} variant="default">
            Back to the call
          </LinkButton>
        }
      />
      {closed && !waits && <Alert color="gray">This call is closed: take a new one.</Alert>}
      {(!closed || waits) && (
        <Paper>
          <Form autoComplete="off">
            <Stack>
              {waits ? (
                <div>
                  <input type="hidden" name="of" value={waits.id} />
                  <Text fw={600}>{waits.provider ?? OWN_SUPPORT}</Text>
                  <Text size="sm">{waits.what}</Text>
                </div>
              ) : (
                <>
                  <SimpleGrid cols={{ base: 1, sm: 2 }}>
                    <NativeSelect
                      label="To whom"
                      data={[
                        { value: "", label: OWN_SUPPORT },
                        ...sorted(providers).map((one) => ({ value: one.id, label: one.label })),
                      ]}
                      {...field("provider")}
                    />
                    <NativeSelect
                      label="Who sees to it"
                      data={[
                        { value: "", label: "Choose" },
                        ...owners.map((one) => ({ value: one.id, label: one.name })),
                      ]}
                      required
                      {...field("owner")}
                    />
                  </SimpleGrid>
                  <Textarea
                    label="What for"
                    autosize
                    minRows={2}
                    maxLength={1000}
                    required
                    {...field("what")}
                  />
                </>
              )}
              <NativeSelect
                label="How it goes to them"
                data={[
                  { value: "", label: waits ? "Choose" : "Not yet: keep it to be sent" },
                  ...Object.entries(relativeSent).map(([value, label]) => ({ value, label })),
                ]}
                {...field("how")}
                onChange={(event) => setHow(event.currentTarget.value)}
              />
              {telling && (
                <>
                  <SimpleGrid cols={{ base: 1, sm: 2 }}>
                    <NativeSelect
                      label="How they agreed to it"
                      description="The caller's own consent; nothing is told without it"
                      data={[
                        { value: "", label: "They have not been asked" },
                        ...Object.entries(relativeConsent).map(([value, label]) => ({
                          value,
                          label,
                        })),
                      ]}
                      {...field("consent")}
                    />
                    <TextInput
                      label="On"
                      description="The day on which they agreed"
                      type="date"
                      max={today}
                      {...field("consent_on")}
                    />
                  </SimpleGrid>
                  <Textarea
                    label="What the service is told"
                    description="About the caller alone: not whom they are worried about, and not whether we know anyone"
                    autosize
                    minRows={2}
                    maxLength={2000}
                    {...field("told")}
                  />
                </>
              )}
              <TextInput
                label={how === "" && !waits ? "To be sent by" : "Ask what came of it on"}
                type="date"
                min={today}
                maw="14rem"
                required
                {...field("chase_on")}
              />
              <Group>
                <Button type="submit" loading={sending}>
                  {telling ? "It is sent" : "Keep it"}
                </Button>
                <LinkButton to={paths.call(id)} variant="default">
                  Leave it
                </LinkButton>
              </Group>
            </Stack>
          </Form>
        </Paper>
      )}
    </Stack>
  );
}

const FOR_FAMILIES = ["family-service", "domestic-abuse", "relationships", "crisis"];

/** Services for families first. */
function sorted(
  providers: readonly { id: string; name: string; kinds: string[]; locality: string | null }[],
) {
  const rank = (kinds: string[]) => Number(!kinds.some((kind) => FOR_FAMILIES.includes(kind)));
  return providers
    .toSorted((a, b) => rank(a.kinds) - rank(b.kinds))
    .map(({ id, name, locality }) => ({ id, label: locality ? `${name}, ${locality}` : name }));
}
