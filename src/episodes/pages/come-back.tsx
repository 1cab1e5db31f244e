import { Button, Grid, Group, Stack, Text } from "@mantine/core";
import { IconDoorEnter } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { useFetcher, useLoaderData, useRevalidator } from "react-router";
import { may } from "../../people/access.ts";
import { fullName } from "../../people/consumer.ts";
import { findFreeBeds } from "../../placements/pages/free-beds.ts";
import { Form, useFields, useSending } from "../../web/form.tsx";
import { act, noSuchPage, page } from "../../web/guard.ts";
import { LinkButton, PageHead, Section } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useDates, useMe, useWords } from "../../web/use-me.ts";
import { capital } from "../../web/words.ts";
import { dutyWords } from "../../worklist/duty.ts";
import { findOnDuty } from "../../worklist/duty-store.ts";
import { type Answers, callWords, type Question, questionNames } from "../come-back.ts";
import {
  findComeBack,
  findNextTime,
  findStanding,
  findTargets,
  findToHand,
  findWho,
} from "../come-back-store.ts";
import { actOnCall, findSlots } from "./come-back-action.ts";
import { FreeBeds } from "./come-back-beds.tsx";
import { Loop } from "./come-back-loop.tsx";
import { QuestionFields, WhatNow } from "./come-back-parts.tsx";

export const meta = () => [{ title: "Call for help · Throughcare" }];

export const loader = page("come-back.take", async (visit) => {
  const { db, me, today, consumerId } = visit;
  const person = await findWho(db, consumerId);
  if (!person) throw noSuchPage();
  const call = await findComeBack(db, consumerId);
  const { crisis_lines, return_target_days } = await findTargets(db);
  const books = may(me.roles, "appointment.write");
  const next = await findNextTime(db, consumerId, today);
  const stands = call !== null && call.seen_at === null;
  const knows = person.whole_record ? await findStanding(db, consumerId) : null;
  const bedless = !stands || !person.whole_record || !may(me.roles, "record.write");
  return {
    person,
    standing: stands ? call.standing : knows,
    onDuty: await findOnDuty(db),
    today,
    call,
    next,
    books,
    crisisLines: crisis_lines,
    targetDays: return_target_days,
    slots: stands && !next && books ? await findSlots(visit, call.told_id) : [],
    beds: bedless ? null : await findFreeBeds(visit),
    toHand: person.whole_record ? await findToHand(db, consumerId) : null,
  };
});

export const action = act("come-back.take", actOnCall);

type Data = Awaited<ReturnType<typeof loader>>;
const POLL = 10_000;

export default function ComeBack() {
  const data = useLoaderData<typeof loader>();
  const { person, today, call, crisisLines, targetDays, standing: stand } = data;
  const dates = useDates();
  const { locale } = useMe().agency;
  const words = useWords();
  const stands = call !== null && call.seen_at === null;
  const [said, setSaid] = useState<Partial<Answers>>({});
  const dealtAt = String(call?.alert_closed_at ?? "");
  useEffect(() => {
    if (dealtAt) setSaid({});
  }, [dealtAt]);
  const answers = { ...standing(call), ...said };
  // On a telephone the advice comes before the questions as soon as there is danger.
  const danger = questionNames.some((name) => answers[name] === true);
  useWatch(stands && call.alert_id && !call.alert_closed_at ? call : null, person.id);
  return (
    <>
      <PageHead
        title={`${callWords(stand).title}: ${fullName(person)}`}
        about={`${dates.born(person, today)} · No. ${person.number}${person.phone ? ` · ${person.phone}` : ""} · ${person.safe_to_call ?? "Ask how it is safe to reach them"}`}
        actions={
          <LinkButton
            to={person.whole_record ? paths.consumer(person.id) : paths.person(person.id)}
            variant="default"
          >
            {person.whole_record ? "The record" : "Their card"}
          </LinkButton>
        }
      />
      {call && <Loop data={data} call={call} />}
      <Grid gap="md">
        <Grid.Col span={{ base: 12, md: 7 }} order={{ base: danger ? 2 : 1, md: 1 }}>
          <CallForm
            data={data}
            stands={stands}
            answers={answers}
            onAnswer={(name, value) => setSaid({ ...said, [name]: value })}
          />
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 5 }} order={{ base: danger ? 1 : 2, md: 2 }}>
          <Section title="What to do now">
            <Text size="sm" fw={600} mb="sm">
              In danger: the duty clinician now. {dutyWords(data.onDuty)}
            </Text>
            <WhatNow answers={answers} locale={locale} crisisLines={crisisLines} />
          </Section>
          {!stands && (
            <Text size="xs" c="dimmed" mb="md">
              {withinWords(data.toHand?.promised_days ?? null, targetDays, person.whole_record)}{" "}
              Working days are Monday to Friday. No rule holds up a way back.
            </Text>
          )}
          {stands && !person.whole_record && (
            <Text size="sm" c="dimmed" mb="md">
              A bed, if they need one, is looked for by their {words.keyworker} or the duty
              clinician, who see this call.
            </Text>
          )}
          {data.beds && <FreeBeds beds={data.beds} consumerId={person.id} />}
          {data.toHand && (
            <ToHand id={person.id} toHand={data.toHand} matching={data.beds === null} />
          )}
        </Grid.Col>
      </Grid>
    </>
  );
}

/** Within how many days they are seen, and who says so: before the call it is only to come. */
function withinWords(promised: number | null, target: number, knows: boolean): string {
  const days = (count: number) => `${count} working ${count === 1 ? "day" : "days"}`;
  if (promised !== null) {
    return `To be seen within ${days(promised)}: so their own aftercare plan promises (the agency's general number is ${target}).`;
  }
  return `To be seen within ${days(target)}: the agency's general number, an assumption that its administrator sets under Settings, Clocks and lists.${
    knows
      ? " No aftercare plan of theirs promises another."
      : " What an aftercare plan promises goes before it."
  }`;
}

function standing(call: Data["call"]): Partial<Answers> {
  if (!call || call.seen_at) return {};
  // What the duty clinician has dealt with is asked afresh: a yes from now on alerts again.
  const dealt = call.alert_closed_at !== null;
  return Object.fromEntries(
    questionNames.map((name) => [name, dealt && call[name] ? null : call[name]]),
  );
}

type Watched = { taken: string | null; closed: boolean };

/**
 * Looks every few seconds whether somebody has taken the alert up, and only then loads the page anew:
 * looking is nobody at the keyboard, and keeps no session alive.
 */
function useWatch(call: Data["call"], id: string) {
  const { revalidate } = useRevalidator();
  const { load, data } = useFetcher<Watched>({ key: "call-watch" });
  const wanted = call !== null;
  useEffect(() => {
    if (!wanted) return;
    const timer = setInterval(() => void load(paths.comeBackWatch(id)), POLL);
    return () => clearInterval(timer);
  }, [wanted, load, id]);
  const known = `${call?.alert_taken_by ?? ""} ${Boolean(call?.alert_closed_at)}`;
  const seen = data ? `${data.taken ?? ""} ${data.closed}` : known;
  useEffect(() => {
    if (wanted && seen !== known) void revalidate();
  }, [wanted, seen, known, revalidate]);
}

function CallForm({
  data,
  stands,
  answers,
  onAnswer,
}: {
  data: Data;
  stands: boolean;
  answers: Partial<Answers>;
  onAnswer: (question: Question, answer: boolean | null) => void;
}) {
  const words = useWords();
  const sending = useSending();
  const intent = stands ? "answers" : "open";
  const field = useFields(
    {
      callback: data.person.phone,
      what_and_when: stands ? data.call?.what_and_when : null,
      relapsed_on: stands ? data.call?.relapsed_on : null,
    },
    intent,
  );
  const press = (
    <Button
      type="submit"
      loading={sending}
      size={stands ? "sm" : "md"}
      leftSection={stands ? undefined : <IconDoorEnter size={18} aria-hidden />}
    >
      {stands ? "Keep the answers" : callWords(data.standing).press}
    </Button>
  );
  return (
    <Section title={stands ? "Six short questions" : "One press, and the team knows"}>
      <Form intent={intent} autoComplete="off">
        <Stack gap="md">
          {!stands && (
            <>
              <Group gap="sm">
                {press}
                <Text size="sm" c="dimmed" style={{ flex: "1 1 14rem" }}>
                  {callWords(data.standing).does} tells their {words.keyworker} and starts the
                  clock. The questions can wait.
                </Text>
              </Group>
              <Text fw={600} size="sm" mb={-8}>
                Six short questions, now or afterwards. Each can be skipped.
              </Text>
            </>
          )}
          <QuestionFields
            field={field}
            answers={answers}
            onAnswer={onAnswer}
            today={data.today}
            told={stands ? data.call : null}
          />
          <Group gap="sm">
            {press}
            <Text size="xs" c="dimmed">
              A yes alerts the duty clinician at once.
            </Text>
          </Group>
        </Stack>
      </Form>
    </Section>
  );
}

function ToHand({
  id,
  toHand,
  matching,
}: {
  id: string;
  toHand: NonNullable<Data["toHand"]>;
  /** Where no bed is named above. */
  matching: boolean;
}) {
  const words = useWords();
  return (
    <Section title="To hand">
      <Group gap="xs">
        {toHand.plan_id && (
          <LinkButton to={paths.planVersion(id, toHand.plan_id)} variant="default" size="xs">
            Last {words.carePlan}
          </LinkButton>
        )}
        <LinkButton to={paths.relapsePlan(id)} variant="default" size="xs">
          Relapse prevention
        </LinkButton>
        <LinkButton to={paths.supports(id)} variant="default" size="xs">
          {toHand.supports} {words.supports}, {toHand.consents} live consents
        </LinkButton>
        {toHand.aftercare && (
          <LinkButton to={paths.aftercare(id)} variant="default" size="xs">
            Aftercare plan
          </LinkButton>
        )}
        {matching && (
          <LinkButton to={paths.matching(id)} variant="default" size="xs">
            Find a place
          </LinkButton>
        )}
        <LinkButton to={paths.enrolments(id)} variant="default" size="xs">
          {capital(words.programs)} and team
        </LinkButton>
      </Group>
    </Section>
  );
}
