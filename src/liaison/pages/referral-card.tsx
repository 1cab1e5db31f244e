import { Anchor, Badge, Group, Paper, Text } from "@mantine/core";
import { Link } from "react-router";
import type { Day } from "../../kernel/day.ts";
import { OpenForm, useOneForm } from "../../web/one-form.tsx";
import { LinkButton } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useDates, useWords } from "../../web/use-me.ts";
import {
  awaitsAnswer,
  closesWithOutcome,
  type ReferralStatus,
  referralStatuses,
  sayNeed,
  stands,
} from "../referral.ts";
import { ChaseReferral, MoveReferral, Reassign, statusWords } from "./referral-forms.tsx";
import type { ShownReferral } from "./referrals.tsx";

type Of = {
  consumerId: string;
  today: Day;
  chaseOn: Day;
  owners: { id: string; name: string }[];
};

/** One need: what, from whom, where it stands, and the next step. */
export function ReferralCard({
  referral,
  write,
  of,
}: {
  referral: ShownReferral;
  write: boolean;
  of: Of;
}) {
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
            {referral.letter?.waits && <Badge color="orange">Letter not sent</Badge>}
          </Group>
          <Text size="sm">
            {sayNeed(referral.need)}, {forWhom}
            {referral.provider && (
              <>
                {" · "}
                <Anchor
                  component={Link}
                  to={paths.provider(referral.provider_id ?? "")}
                  inherit
                  underline="always"
                >
                  {referral.provider}
                </Anchor>
                {referral.provider_phone && `, ${referral.provider_phone}`}
              </>
            )}
          </Text>
          <Text size="sm">
            {referral.owner} sees to it
            {referral.nextOn && ` · ${whatNext(referral)} ${dates.day(referral.nextOn)}`}
          </Text>
          <Text size="xs" c="dimmed">
            Found {dates.day(referral.found_on)}
            {referral.conference_id && (
              <>
                {" "}
                <Anchor
                  component={Link}
                  to={paths.conference(of.consumerId, referral.conference_id)}
                  inherit
                  underline="always"
                >
                  in the conference
                  {referral.conference_day && ` of ${dates.day(referral.conference_day)}`}
                </Anchor>
              </>
            )}
            {referral.sent_on &&
              referral.status !== "open" &&
              ` · asked ${dates.day(referral.sent_on)}`}
            {referral.arranged_on && ` · arranged ${dates.day(referral.arranged_on)}`}
            {referral.ended_on &&
              ` · ${status.label.toLowerCase()} ${dates.day(referral.ended_on)}`}
          </Text>
          {referral.outcome && <Text size="sm">{referral.outcome}</Text>}
        </div>
        {write && <Steps referral={referral} consumerId={of.consumerId} />}
      </Group>
      {opened && (
        <MoveReferral
          key={opened}
          {...{ id, today: of.today, chaseOn: of.chaseOn }}
          from={referral.status}
          status={opened}
        />
      )}
      {form.isOpen("chase", id) && <ChaseReferral id={id} today={of.today} chaseOn={of.chaseOn} />}
      {form.isOpen("reassign", id) && (
        <Reassign id={id} ownerId={referral.owner_id} dueOn={referral.due_on} owners={of.owners} />
      )}
      {referral.steps.length > 0 && <History steps={referral.steps} />}
    </Paper>
  );
}

/** What its owner does on the day that is next. */
function whatNext({ status, provider }: { status: string; provider: string | null }): string {
  if (status === "open") return provider ? "to be sent by" : "somebody to be asked by";
  if (awaitsAnswer(status)) return "ask again on";
  return status === "refused" ? "somebody else to be asked by" : "look at it again on";
}

/** What is said seldom stands behind what is said often. */
const aside: readonly ReferralStatus[] = ["open", "declined", "closed"];
const asideLast = (a: ReferralStatus, b: ReferralStatus) =>
  Number(aside.includes(a)) - Number(aside.includes(b));

function Steps({ referral, consumerId }: { referral: ShownReferral; consumerId: string }) {
  const form = useOneForm();
  const { id } = referral;
  return (
    <Group gap={4} maw="26rem">
      {referral.letter?.waits ? (
        <LinkButton to={paths.letter(consumerId, id)} size="compact-sm">
          The letter
        </LinkButton>
      ) : (
        referral.maySend && (
          <LinkButton
            to={paths.sendReferral(consumerId, id)}
            size="compact-sm"
            aria-label={`Send it: ${referral.what}`}
          >
            Send it
          </LinkButton>
        )
      )}
      {referral.letter && !referral.letter.waits && (
        <LinkButton to={paths.letter(consumerId, id)} size="compact-sm" variant="subtle">
          {referral.letter.self ? "The slip" : "The letter"}
        </LinkButton>
      )}
      {(awaitsAnswer(referral.status) || ["accepted", "arranged"].includes(referral.status)) && (
        <OpenForm to={form.opens("chase", id)} aria-label={`Asked again: ${referral.what}`}>
          Asked again
        </OpenForm>
      )}
      {[...referral.next].sort(asideLast).map((to) => {
        const verb = closesWithOutcome(referral.status, to)
          ? "Close with outcome"
          : statusWords[to].verb;
        return (
          <OpenForm
            key={to}
            to={form.opens(to, id)}
            {...(aside.includes(to) ? { variant: "subtle" } : {})}
            aria-label={`${verb}: ${referral.what}`}
          >
            {verb}
          </OpenForm>
        );
      })}
      {stands(referral.status) && (
        <OpenForm
          to={form.opens("reassign", id)}
          variant="subtle"
          aria-label={`Hand on: ${referral.what}`}
        >
          Hand on
        </OpenForm>
      )}
    </Group>
  );
}

function History({ steps }: { steps: ShownReferral["steps"] }) {
  const dates = useDates();
  const say = (step: ShownReferral["steps"][number]) => {
    if (step.status) return statusWords[step.status as ReferralStatus].label;
    if (step.owner) return `Handed to ${step.owner}, due ${step.due_on && dates.day(step.due_on)}`;
    return `Asked again, next on ${step.chase_on && dates.day(step.chase_on)}`;
  };
  return (
    <details>
      <summary>
        <Text span size="xs">
          What became of it ({steps.length})
        </Text>
      </summary>
      {steps.map((step) => (
        <Text key={step.id} size="xs" c="dimmed">
          {[dates.day(step.on_day), say(step), step.provider, step.remark, step.author]
            .filter(Boolean)
            .join(" · ")}
        </Text>
      ))}
    </details>
  );
}
