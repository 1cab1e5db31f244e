import {
  Alert,
  Badge,
  Button,
  Checkbox,
  Group,
  Paper,
  Radio,
  Stack,
  Text,
  Textarea,
} from "@mantine/core";
import { useLoaderData } from "react-router";
import { z } from "zod";
import { judgeCareOnSave } from "../../compliance/care.ts";
import { benchOf } from "../../compliance/judge.ts";
import {
  checkbox,
  done,
  Form,
  identifier,
  optionalText,
  parseForm,
  refuse,
  refuseField,
  useFields,
  useSending,
} from "../../web/form.tsx";
import { act, noSuchPage, page } from "../../web/guard.ts";
import { Empty, LinkButton, PageHead, Section } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useDates, useMay } from "../../web/use-me.ts";
import { findAssessments } from "../assessment-store.ts";
import { clockOn, clockWords, urgencies } from "../clock.ts";
import { questionNames, questions, type Safety } from "../come-back.ts";
import { findSafety } from "../come-back-store.ts";
import { isCurrent } from "../episode.ts";
import { type FoundReferral, findReferrals, insertTriage } from "../intake-store.ts";
import { findInterimHelp, type HelpGiven } from "../interim-help-store.ts";
import {
  closesBecause,
  endsTheWait,
  priorityBecause,
  type TriageOutcome,
  triageOutcomes,
  urgencyChoice,
} from "../referral-in.ts";
import { closeEpisode, endEnrolment, findEnrolments, lockEpisodes } from "../store.ts";
import { HelpForm, HelpTold } from "./interim-help.tsx";
import { helpForm, keepHelp } from "./interim-help-action.ts";
import { ReferralTold, TriageTold } from "./referral-told.tsx";
import { AlertOpen, CallTold } from "./safety-told.tsx";
import { OneOf } from "./yes-no.tsx";

export const meta = () => [{ title: "Referral and triage · Throughcare" }];

export const loader = page("record.read", async ({ db, consumerId, today }) => {
  const referrals = await findReferrals(db, consumerId);
  const enrolments = await findEnrolments(db, consumerId);
  const waiting = referrals.find(({ due_on }) => due_on !== null) ?? null;
  const open = waits(enrolments, today);
  const help = await findInterimHelp(db, consumerId);
  return {
    today,
    consumerId,
    referrals,
    waits: open !== null,
    help: help.filter(({ episode_id }) => episode_id === (open ?? referrals[0]?.episode_id)),
    safety: await findSafety(db, consumerId),
    toTriage: waiting?.id ?? null,
    mayClose: waiting !== null && onlyWaits(enrolments, waiting.episode_id, today),
  };
});

/** The episode in which they wait for a start; null: they do not wait. */
function waits(
  enrolments: Awaited<ReturnType<typeof findEnrolments>>,
  today: Parameters<typeof isCurrent>[1],
): string | null {
  const wait = enrolments.find((one) => one.valid_from === null && isCurrent(one, today));
  return wait?.episode_id ?? null;
}

/** Whether nothing but waiting stands in an episode: then a decision may close it. */
function onlyWaits(
  enrolments: Awaited<ReturnType<typeof findEnrolments>>,
  episodeId: string,
  today: Parameters<typeof isCurrent>[1],
): boolean {
  return enrolments
    .filter((one) => one.episode_id === episodeId && isCurrent(one, today))
    .every((one) => one.valid_from === null);
}

const decision = z.object({
  referral_id: identifier(),
  outcome: z.enum(Object.keys(triageOutcomes) as [TriageOutcome], "Choose what was decided"),
  urgency: z.enum(["emergency", "urgent", "routine"], "Choose how urgent it is"),
  priority: checkbox,
  risk_now: optionalText(1000),
  note: optionalText(2000),
  close: checkbox,
});

export const action = act("record.write", async (visit) => {
  const { db, me, by, consumerId, form, today } = visit;
  if (form.get("intent") === "help") {
    const help = parseForm(helpForm, form);
    if (help.invalid) return refuse(help.invalid);
    const episodeId = waits(await findEnrolments(db, consumerId), today);
    if (!episodeId) return refuseField(form, "form", "They do not wait any longer.");
    const refused = await keepHelp(visit, { consumerId, episodeId }, help.value);
    return refused ?? done(paths.triage(consumerId), "The help is recorded");
  }
  const parsed = parseForm(decision, form);
  if (parsed.invalid) return refuse(parsed.invalid);
  const given = parsed.value;
  await lockEpisodes(db, consumerId);
  const referral = (await findReferrals(db, consumerId)).find(({ id }) => id === given.referral_id);
  if (!referral) throw noSuchPage();
  if (referral.due_on === null) {
    return refuseField(form, "outcome", "A colleague has decided on this referral already.");
  }
  await insertTriage(
    db,
    by,
    { consumerId, referralId: referral.id },
    {
      outcome: given.outcome,
      urgency: given.urgency,
      priority: given.priority,
      riskNow: given.risk_now ?? null,
      note: given.note ?? null,
    },
  );
  if (!endsTheWait(given.outcome)) {
    const assess = given.outcome === "assess";
    // Of this episode one stands already: then it is read first. An earlier one is not this one.
    const stands = (await findAssessments(db, consumerId)).some(
      (one) => one.episode_id === referral.episode_id && one.completed_at !== null,
    );
    const next = stands ? paths.assessment(consumerId) : paths.assessmentEdit(consumerId);
    return done(
      assess ? next : paths.triage(consumerId),
      assess ? "Triaged: the assessment is next" : "Saved: it stays on the list",
    );
  }
  const { reason, note } = closesBecause[given.outcome as keyof typeof closesBecause];
  const enrolments = await findEnrolments(db, consumerId);
  if (given.close && onlyWaits(enrolments, referral.episode_id, today)) {
    const closing = { episodeId: referral.episode_id, on: today, reason, note };
    await closeEpisode(db, by, consumerId, closing);
    await judgeCareOnSave(db, benchOf(me, visit.services.shelf), consumerId);
    return done(paths.consumer(consumerId), "Triaged, and the episode is closed");
  }
  const wait = enrolments.find(
    (one) => one.id === referral.enrolment_id && !one.valid_from && !one.valid_to,
  );
  if (wait) await endEnrolment(db, consumerId, wait.id, { last: today, reason, note });
  return done(paths.triage(consumerId), "Triaged: they wait no longer");
});

/** What came in, and what was decided about it. */
export default function Triage() {
  const data = useLoaderData<typeof loader>();
  const { referrals, toTriage, today, consumerId, mayClose, safety, help } = data;
  const write = useMay()("record.write");
  const waiting = referrals.find(({ id }) => id === toTriage);
  const settled = referrals.filter(({ id }) => id !== toTriage);
  return (
    <>
      <PageHead
        title="Referral and triage"
        actions={
          write && (
            <LinkButton to={paths.referred(consumerId)} variant={waiting ? "default" : "filled"}>
              Take a referral
            </LinkButton>
          )
        }
      />
      {safety.alert && <AlertOpen alert={safety.alert} />}
      {safety.call && <CallTold call={safety.call} />}
      {waiting && (
        <ToTriage referral={waiting} {...{ today, mayClose, write, help, call: safety.call }} />
      )}
      {(data.waits || help.length > 0) && (
        <Section title="Help until care starts">
          <HelpTold given={help} />
          {help.length === 0 && (
            <Text size="sm">
              {referrals[0]?.interim_help
                ? `With the referral: ${referrals[0].interim_help}`
                : "Nothing is recorded yet."}
            </Text>
          )}
          {write && data.waits && <HelpForm today={today} />}
        </Section>
      )}
      {referrals.length === 0 && (
        <Empty>
          No referral is recorded: they were taken in directly, or came before this was kept.
        </Empty>
      )}
      {settled.map((one) => (
        <Paper key={one.id} mb="md">
          <ReferralTold referral={one} />
          {one.triages.map((triage) => (
            <TriageTold key={triage.id} triage={triage} />
          ))}
        </Paper>
      ))}
    </>
  );
}

function ToTriage({
  referral,
  today,
  mayClose,
  write,
  help,
  call,
}: {
  referral: FoundReferral;
  today: Awaited<ReturnType<typeof loader>>["today"];
  mayClose: boolean;
  write: boolean;
  help: readonly HelpGiven[];
  call: Safety["call"];
}) {
  const dates = useDates();
  const sending = useSending();
  const because = [
    ...priorityBecause(referral),
    ...questionNames.filter((name) => call?.[name]).map((name) => questions[name].reason),
  ];
  const due = referral.due_on as typeof today;
  const clock = clockOn(due, today);
  const field = useFields({
    urgency: urgencyChoice(referral.urgency),
    priority: because.length > 0 ? "on" : "",
    close: "on",
  });
  return (
    <Section
      title="To triage"
      actions={
        <Badge color={clock.state === "overdue" ? "red" : "orange"}>
          {clockWords(clock)} · {dates.weekday(due)}
        </Badge>
      }
    >
      <ReferralTold referral={referral} />
      {referral.triages.map((triage) => (
        <TriageTold key={triage.id} triage={triage} />
      ))}
      {because.length > 0 && !referral.interim_help && help.length === 0 && (
        <Alert color="orange" my="sm" title={`Priority: ${because.join(" and ")}`}>
          Nothing is recorded yet that helps until care starts: naloxone, overdose advice, a number
          to call at any hour.
        </Alert>
      )}
      {write && (
        <Form style={{ maxWidth: "46rem" }}>
          <input type="hidden" name="referral_id" value={referral.id} />
          <Stack mt="md">
            <Radio.Group
              label="What is decided"
              required
              name="outcome"
              defaultValue={field("outcome").defaultValue}
              error={field("outcome").error}
            >
              <Stack gap={6} mt={4}>
                {Object.entries(triageOutcomes).map(([value, label]) => (
                  <Radio key={value} value={value} label={label} />
                ))}
              </Stack>
            </Radio.Group>
            <OneOf
              label="How urgent it is"
              required
              field={field("urgency")}
              options={Object.entries(urgencies)}
            />
            <Checkbox
              name="priority"
              label="Comes before others who wait"
              description={
                because.length > 0
                  ? `Proposed: ${because.join(" and ")}`
                  : "For a risk that you found"
              }
              defaultChecked={field("priority").defaultValue === "on"}
            />
            <Textarea label="Risk now" autosize minRows={2} {...field("risk_now")} />
            <Textarea label="Note" autosize minRows={2} {...field("note")} />
            {mayClose && (
              <Checkbox
                name="close"
                label="Close the episode if the wait ends with this"
                description="With advice, another service, or when they do not want it. A return is a new one."
                defaultChecked={field("close").defaultValue === "on"}
              />
            )}
            <Group>
              <Button type="submit" loading={sending}>
                Save the triage
              </Button>
            </Group>
          </Stack>
        </Form>
      )}
      {!write && <Text size="sm">Waits for a clinician of {referral.program}.</Text>}
    </Section>
  );
}
