import { Anchor, Badge, Group, Paper, Stack, Text } from "@mantine/core";
import { Link, useLoaderData } from "react-router";
import { z } from "zod";
import { benchOf, judgeAgain, lockConsumer } from "../../compliance/judge.ts";
import { findColleagues } from "../../episodes/store.ts";
import { addDays, type Day } from "../../kernel/day.ts";
import {
  day,
  done,
  identifier,
  optionalText,
  parseForm,
  refuse,
  refuseField,
  text,
} from "../../web/form.tsx";
import { act, type FormVisit, noSuchPage, page } from "../../web/guard.ts";
import { OpenForm, useOneForm } from "../../web/one-form.tsx";
import { Empty, PageHead, Section } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useDates, useMay, useWords } from "../../web/use-me.ts";
import {
  isOverdue,
  needs,
  nextStatuses,
  type ReferralStatus,
  referralStatuses,
  stands,
} from "../referral.ts";
import {
  addReferral,
  findReferralSteps,
  findReferrals,
  findServiceDaysSince,
  findSupportNames,
  moveReferral,
  reassignReferral,
} from "../store.ts";
import { AddReferral, MoveReferral, Reassign, statusWords } from "./referral-forms.tsx";

export const meta = () => [{ title: "Referrals · Throughcare" }];

export const loader = page("record.read", async ({ db, consumerId, today }) => {
  const steps = await findReferralSteps(db, consumerId);
  const referrals = await findReferrals(db, consumerId);
  const colleagues = await findColleagues(db, consumerId);
  return {
    consumerId,
    today,
    dueOn: addDays(today, 14),
    referrals: referrals.map((referral) => ({
      ...referral,
      overdue: isOverdue(referral, today),
      next: nextStatuses(referral.status),
      steps: steps.filter((step) => step.referral_id === referral.id),
    })),
    owners: colleagues.map(({ id, name }) => ({ id, name })),
    supports: await findSupportNames(db, consumerId),
  };
});

const steps = z.discriminatedUnion("step", [
  z.object({
    step: z.literal("add"),
    need: z.enum(needs),
    what: text(1000),
    for_whom: z.enum(["consumer", "relative"]),
    support_id: identifier().optional(),
    owner_id: identifier("Choose a colleague"),
    found_on: day(),
    due_on: day(),
  }),
  z.object({
    step: z.literal("move"),
    id: identifier(),
    status: z.enum(referralStatuses),
    on: day(),
    outcome: optionalText(1000),
  }),
  z.object({
    step: z.literal("reassign"),
    id: identifier(),
    owner_id: identifier("Choose a colleague"),
    due_on: day(),
  }),
]);

export const action = act("record.write", async (visit) => {
  const { db, me, consumerId, form, today } = visit;
  const parsed = parseForm(steps, form);
  if (parsed.invalid) return refuse(parsed.invalid);
  const given = parsed.value;
  const by = { staffId: me.staffId, agencyId: me.agency.id };
  const here = paths.referrals(consumerId);
  await lockConsumer(db, consumerId);
  const referrals = await findReferrals(db, consumerId);
  const referral = "id" in given ? referrals.find(({ id }) => id === given.id) : undefined;
  if ("owner_id" in given && given.owner_id !== referral?.owner_id) {
    const owners = await findColleagues(db, consumerId);
    if (!owners.some(({ id }) => id === given.owner_id)) throw noSuchPage();
  }
  switch (given.step) {
    case "add": {
      if (given.found_on > today) {
        return refuseField(form, "found_on", "It was found today or on an earlier day.");
      }
      if (given.due_on < given.found_on) {
        return refuseField(form, "due_on", "It is due after the day it was found.");
      }
      const supportId = given.for_whom === "relative" ? (given.support_id ?? null) : null;
      const supports = await findSupportNames(db, consumerId);
      if (supportId && !supports.some(({ id }) => id === supportId)) throw noSuchPage();
      await addReferral(db, by, consumerId, {
        need: given.need,
        what: given.what,
        forWhom: given.for_whom,
        supportId,
        ownerId: given.owner_id,
        foundOn: given.found_on,
        dueOn: given.due_on,
      });
      await judgeSince(visit, given.found_on);
      return done(here, "Referral added");
    }
    case "move": {
      if (!referral) throw noSuchPage();
      if (given.on > today) return refuseField(form, "on", "Choose today or an earlier day.");
      if (given.on < referral.found_on) {
        return refuseField(form, "on", "The need was found after that day.");
      }
      if (referral.arranged_on && given.on < referral.arranged_on) {
        return refuseField(form, "on", "It was arranged after that day.");
      }
      if (["open", "declined", "closed"].includes(given.status) && !given.outcome) {
        return refuseField(form, "outcome", "Say why.");
      }
      const moved = await moveReferral(db, by, consumerId, given.id, {
        status: given.status,
        on: given.on,
        outcome: given.outcome ?? null,
      });
      if (!moved) return refuseField(form, "form", "Somebody changed this referral meanwhile.");
      await judgeSince(visit, referral.found_on as Day);
      return done(here, "Saved");
    }
    case "reassign": {
      const to = { ownerId: given.owner_id, dueOn: given.due_on, on: today };
      if (await reassignReferral(db, by, consumerId, given.id, to)) return done(here, "Saved");
      return refuseField(form, "form", "This referral no longer stands.");
    }
  }
});

/** FC 3.2 watches how long a need stays open, so what was recorded since it was found is judged again. */
async function judgeSince({ db, me, services, consumerId }: FormVisit, found: Day) {
  const days = await findServiceDaysSince(db, consumerId, found);
  if (days.length > 0) await judgeAgain(db, benchOf(me, services.shelf), consumerId, days);
}

/** Needs found in the family, with who sees to each and by when (FC 3.1.1.4, 3.2). */
export default function Referrals() {
  const { referrals, today, dueOn, owners, supports } = useLoaderData<typeof loader>();
  const form = useOneForm();
  const write = useMay()("record.write");
  const add = (
    <OpenForm to={form.opens("add")} size="sm" variant="filled">
      Add a referral
    </OpenForm>
  );
  const standing = referrals.filter(({ status }) => stands(status));
  const ended = referrals.filter(({ status }) => !stands(status));
  return (
    <>
      <PageHead
        title="Referrals"
        about="Needs that were found, who sees to each, and what came of it."
        actions={write && referrals.length > 0 && add}
      />
      {form.isOpen("add") && (
        <Section title="A referral">
          <AddReferral {...{ today, dueOn, owners, supports }} />
        </Section>
      )}
      {referrals.length === 0 && !form.isOpen("add") && (
        <Empty action={write ? add : null}>No need for a referral was found yet.</Empty>
      )}
      <Stack gap="sm">
        {standing.map((referral) => (
          <ReferralCard key={referral.id} referral={referral} write={write} />
        ))}
      </Stack>
      {ended.length > 0 && (
        <Stack gap="sm" mt="lg" component="section" aria-label="No longer open">
          <Text size="sm" fw={600} c="dimmed">
            No longer open
          </Text>
          {ended.map((referral) => (
            <ReferralCard key={referral.id} referral={referral} write={write} />
          ))}
        </Stack>
      )}
    </>
  );
}

type Referral = ReturnType<typeof useLoaderData<typeof loader>>["referrals"][number];

function ReferralCard({ referral, write }: { referral: Referral; write: boolean }) {
  const { consumerId, today, owners } = useLoaderData<typeof loader>();
  const dates = useDates();
  const words = useWords();
  const form = useOneForm();
  const { id } = referral;
  const status = statusWords[referral.status as ReferralStatus];
  const forWhom =
    referral.for_whom === "relative"
      ? `for ${referral.support ?? "a relative"}`
      : `for the ${words.consumer}`;
  const opened = referralStatuses.find((to) => form.isOpen(to, id));
  return (
    <Paper component="article" aria-label={referral.what}>
      <Group justify="space-between" align="flex-start" gap="xs">
        <div style={{ flex: "1 1 18rem" }}>
          <Group gap="xs">
            <Text fw={600} size="sm">
              {referral.what}
            </Text>
            <Badge color={status.color}>{status.label}</Badge>
            {referral.overdue && <Badge color="red">Overdue</Badge>}
          </Group>
          <Text size="sm">
            {referral.need === "family-therapy" ? "Family therapy" : "Another referral"}, {forWhom}
          </Text>
          <Text size="sm">
            {referral.owner} sees to it
            {stands(referral.status) && ` · to be arranged by ${dates.day(referral.due_on)}`}
          </Text>
          <Text size="xs" c="dimmed">
            Found {dates.day(referral.found_on)}
            {referral.conference_id && (
              <>
                {" "}
                <Anchor
                  component={Link}
                  to={paths.conference(consumerId, referral.conference_id)}
                  inherit
                >
                  in the conference
                  {referral.conference_day && ` of ${dates.day(referral.conference_day)}`}
                </Anchor>
              </>
            )}
            {referral.arranged_on && ` · arranged ${dates.day(referral.arranged_on)}`}
            {referral.ended_on &&
              ` · ${status.label.toLowerCase()} ${dates.day(referral.ended_on)}`}
          </Text>
          {referral.outcome && <Text size="sm">{referral.outcome}</Text>}
        </div>
        {write && (
          <Group gap={4}>
            {referral.next.map((to) => (
              <OpenForm
                key={to}
                to={form.opens(to, id)}
                aria-label={`${statusWords[to].verb}: ${referral.what}`}
              >
                {statusWords[to].verb}
              </OpenForm>
            ))}
            {stands(referral.status) && (
              <OpenForm
                to={form.opens("reassign", id)}
                variant="subtle"
                aria-label={`Hand on or change the date: ${referral.what}`}
              >
                Hand on
              </OpenForm>
            )}
          </Group>
        )}
      </Group>
      {opened && <MoveReferral key={opened} id={id} status={opened} today={today} />}
      {form.isOpen("reassign", id) && (
        <Reassign id={id} ownerId={referral.owner_id} dueOn={referral.due_on} owners={owners} />
      )}
      {referral.steps.length > 0 && <History steps={referral.steps} />}
    </Paper>
  );
}

function History({ steps }: { steps: Referral["steps"] }) {
  const dates = useDates();
  return (
    <details>
      <summary>
        <Text span size="xs">
          What became of it ({steps.length})
        </Text>
      </summary>
      {steps.map((step) => (
        <Text key={step.id} size="xs" c="dimmed">
          {[
            dates.day(step.on_day),
            step.status
              ? statusWords[step.status as ReferralStatus].label
              : `Handed to ${step.owner}, due ${step.due_on && dates.day(step.due_on)}`,
            step.remark,
            step.author,
          ]
            .filter(Boolean)
            .join(" · ")}
        </Text>
      ))}
    </details>
  );
}
