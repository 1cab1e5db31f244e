import {
  Badge,
  Button,
  Group,
  NativeSelect,
  SimpleGrid,
  Stack,
  Text,
  Textarea,
  TextInput,
} from "@mantine/core";
import { data, useActionData, useLoaderData } from "react-router";
import { z } from "zod";
import { may } from "../../people/access.ts";
import { fullName } from "../../people/consumer.ts";
import { searchPeople } from "../../people/store.ts";
import { logAccess } from "../../storage/access-log.ts";
import {
  day,
  done,
  Form,
  identifier,
  parseForm,
  refuse,
  refuseField,
  text,
  useFields,
  useSending,
} from "../../web/form.tsx";
import { act, type FormVisit, noSuchPage, page } from "../../web/guard.ts";
import { LinkButton, PageHead, Section } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useDates, useMay } from "../../web/use-me.ts";
import { needWords, offerWords } from "../concern.ts";
import { closeCall, findCallOwners, linkToRecord, ownCall } from "../concern-store.ts";
import {
  findRelativeNeeds,
  findRelativeOwners,
  findRelativeReferrals,
  findRelativeSteps,
} from "../relative-store.ts";
import { getCall, getCallToWrite } from "./call-data.ts";
import { relativeAction } from "./relative-action.ts";
import { RelativePart } from "./relative-part.tsx";

export const meta = () => [{ title: "A call · Throughcare" }];

export const loader = page("call.read", async (visit) => {
  const call = await getCall(visit);
  if (call.consumer_id) await visit.listed([call.consumer_id]);
  const { given_name, family_name, preferred_name, ...rest } = call;
  return {
    call: rest,
    // Whose it is stands here only for those who have the record.
    whose: given_name && family_name ? fullName({ given_name, family_name, preferred_name }) : null,
    owners: await findCallOwners(visit.db, visit.today),
    today: visit.today,
    relative: {
      needs: await findRelativeNeeds(visit.db, call.id),
      referrals: await findRelativeReferrals(visit.db, call.id),
      steps: await findRelativeSteps(visit.db, call.id),
      owners: await findRelativeOwners(visit.db, call.consumer_id),
    },
  };
});

export const action = act("call.read", async (visit) => {
  const { db, form } = visit;
  const call = await getCallToWrite(visit);
  const here = paths.call(call.id);
  const intent = form.get("intent");
  if (intent === "relative") return relativeAction(visit, call);
  if (intent === "own") {
    const parsed = parseForm(
      z.object({ owner: identifier().optional(), follow_up_on: day().optional() }),
      form,
    );
    if (parsed.invalid) return refuse(parsed.invalid);
    const { owner = null, follow_up_on = null } = parsed.value;
    if (owner && !(await findCallOwners(db, visit.today)).some(({ id }) => id === owner)) {
      return refuseField(form, "owner", "Choose a colleague");
    }
    await ownCall(db, call.id, { ownerId: owner, on: follow_up_on });
    return done(here, "Kept");
  }
  if (intent === "close") {
    const parsed = parseForm(z.object({ outcome: text(1000) }), form);
    if (parsed.invalid) return refuse(parsed.invalid);
    await closeCall(db, call.id, { on: visit.today, outcome: parsed.value.outcome });
    return done(here, "Closed");
  }
  if (!may(visit.me.roles, "record.write")) throw noSuchPage();
  return intent === "find" ? find(visit) : link(visit, call.id);
});

/** Looks among the people whose record one has; nothing of it is said to the caller. */
async function find({ db, form, listed }: FormVisit) {
  const words = String(form.get("q") ?? "")
    .trim()
    .slice(0, 100);
  const typed = { intent: "find", q: words };
  if (words.length < 2) return refuse({ errors: { q: "Write at least two letters" }, typed });
  const found = (await searchPeople(db, { words, most: 10 })).filter((one) => one.whole_record);
  await listed(found.map(({ id }) => id));
  return data({
    errors: undefined,
    typed,
    found: found.map((one) => ({
      id: one.id,
      name: fullName(one),
      date_of_birth: one.date_of_birth,
    })),
  });
}

async function link({ db, me, form }: FormVisit, callId: string) {
  const parsed = parseForm(z.object({ consumer: identifier() }), form);
  if (parsed.invalid) return refuse(parsed.invalid);
  const { consumer } = parsed.value;
  if (!(await linkToRecord(db, callId, consumer))) throw noSuchPage();
  await logAccess(db, me, {
    action: "write",
    room: "call.read /calls/:id",
    consumerIds: [consumer],
  });
  return done(paths.call(callId), "It is in the record now. The caller is told nothing");
}

export default function OneCall() {
  const { call, whose, relative, today } = useLoaderData<typeof loader>();
  const dates = useDates();
  const links = useMay()("record.write");
  const facts: [string, string | null][] = [
    ["About whom, as they said it", call.about_whom],
    ["What they said", call.said],
    ["Call back on", call.callback],
    ["When it is safe", call.safe_to_call_back],
    ["What they need themselves", call.own_needs.map(needWords).join(" · ") || null],
    ["Offered", call.offered.map(offerWords).join(" · ") || null],
  ];
  return (
    <>
      <PageHead
        title={`Call of ${call.caller}`}
        about={`${dates.instant(call.at)}, taken by ${call.taker}. Neither confirm nor deny when you call back.`}
        actions={
          <LinkButton to={paths.calls()} variant="default">
            All calls
          </LinkButton>
        }
      />
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
        <Section
          title="Heard"
          actions={
            call.danger_now && (
              <Badge color="red" c="var(--mantine-color-text)">
                danger told
              </Badge>
            )
          }
        >
          <Stack gap="xs">
            {facts.map(([label, value]) => (
              <div key={label}>
                <Text size="xs" c="dimmed">
                  {label}
                </Text>
                <Text size="sm" style={{ whiteSpace: "pre-line" }}>
                  {value ?? "Not said"}
                </Text>
              </div>
            ))}
          </Stack>
        </Section>
        <div>
          {call.closed_on ? (
            <Section title={`Closed ${dates.day(call.closed_on)}`}>
              <Text size="sm">{call.outcome}</Text>
            </Section>
          ) : (
            <FollowUp />
          )}
          {whose && call.consumer_id ? (
            <Section title="In the record of">
              <LinkButton to={paths.consumer(call.consumer_id)} variant="default">
                {whose}
              </LinkButton>
            </Section>
          ) : (
            links && <Whose />
          )}
        </div>
      </SimpleGrid>
      <RelativePart call={call} {...relative} today={today} />
    </>
  );
}

function FollowUp() {
  const { call, owners } = useLoaderData<typeof loader>();
  const own = useFields({ owner: call.owner_id, follow_up_on: call.follow_up_on }, "own");
  const close = useFields({}, "close");
  const sending = useSending();
  return (
    <Section title="Follow up">
      <Form intent="own">
        <Group align="flex-end" gap="sm">
          <NativeSelect
            label="Who"
            data={[
              { value: "", label: "The team" },
              ...owners.map(({ id, name }) => ({ value: id, label: name })),
            ]}
            style={{ flex: "1 1 10rem" }}
            {...own("owner")}
          />
          <TextInput label="When" type="date" {...own("follow_up_on")} />
          <Button type="submit" variant="default" loading={sending}>
            Keep
          </Button>
        </Group>
      </Form>
      <Form intent="close">
        <Stack gap="xs" mt="md">
          <Textarea
            label="What came of it"
            autosize
            minRows={2}
            maxLength={1000}
            required
            {...close("outcome")}
          />
          <div>
            <Button type="submit" loading={sending}>
              Close
            </Button>
          </div>
        </Stack>
      </Form>
    </Section>
  );
}

function Whose() {
  const answer = useActionData<typeof action>();
  const field = useFields({}, "find");
  const sending = useSending();
  const dates = useDates();
  const found = answer && "found" in answer ? answer.found : null;
  return (
    <Section title="Whose record does it belong to?">
      <Text size="sm" c="dimmed" mb="xs">
        Only among people whose record you have. It is said once, and the caller never learns it.
      </Text>
      <Form intent="find" role="search">
        <Group align="flex-end" gap="xs">
          <TextInput label="Name or number" autoComplete="off" {...field("q")} />
          <Button type="submit" variant="default" loading={sending}>
            Find
          </Button>
        </Group>
      </Form>
      {found && (
        <Stack gap={6} mt="sm" aria-live="polite">
          {found.length === 0 && <Text size="sm">Nobody of that name whose record you have.</Text>}
          {found.map((one) => (
            <Form key={one.id} intent="link">
              <Group justify="space-between" gap="xs">
                <Text size="sm">
                  {one.name}, {dates.born(one)}
                </Text>
                <input type="hidden" name="consumer" value={one.id} />
                <Button type="submit" size="compact-sm" loading={sending}>
                  It is theirs
                </Button>
              </Group>
            </Form>
          ))}
        </Stack>
      )}
    </Section>
  );
}
