import { Anchor, Badge, Group, Paper, Stack, Text } from "@mantine/core";
import { Link, useLoaderData } from "react-router";
import { findColleagues } from "../../episodes/store.ts";
import { addDays } from "../../kernel/day.ts";
import { act, page } from "../../web/guard.ts";
import { OpenForm, useOneForm } from "../../web/one-form.tsx";
import { Empty, PageHead, Section } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useDates, useMay, useWords } from "../../web/use-me.ts";
import {
  isOverdue,
  nextStatuses,
  type ReferralStatus,
  referralStatuses,
  stands,
} from "../referral.ts";
import { findReferralSteps, findReferrals, findSupportNames } from "../store.ts";
import { referralAction } from "./referral-action.ts";
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

export const action = act("record.write", referralAction);

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
                  underline="always"
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
