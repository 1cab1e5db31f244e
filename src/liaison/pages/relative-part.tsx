import {
  Anchor,
  Badge,
  Group,
  NativeSelect,
  SimpleGrid,
  Stack,
  Text,
  Textarea,
  TextInput,
} from "@mantine/core";
import { Link } from "react-router";
import { addDays, type Day } from "../../kernel/day.ts";
import { Form, useFields } from "../../web/form.tsx";
import { FormButtons, OpenForm, useOneForm } from "../../web/one-form.tsx";
import { LinkButton, Section } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useDates } from "../../web/use-me.ts";
import {
  childrenWords,
  isInDanger,
  lastAnswers,
  OWN_SUPPORT,
  type RelativeConsent,
  type RelativeNeeds,
  type RelativeSent,
  type RelativeStatus,
  relativeConsent,
  relativeDoes,
  relativeNext,
  relativeSent,
  relativeWords,
  safetyWords,
  violenceWords,
} from "../relative.ts";
import type { findRelativeNeeds, findRelativeSteps, RelativeReferral } from "../relative-store.ts";

type Needs = Awaited<ReturnType<typeof findRelativeNeeds>>[number];
type Step = Awaited<ReturnType<typeof findRelativeSteps>>[number];
type Call = { id: string; closed_on: string | null; offered: readonly string[] };

/** Help of the caller's own: what they need, and the referrals for them. */
export function RelativePart({
  call,
  needs,
  referrals,
  steps,
  owners,
  today,
}: {
  call: Call;
  needs: readonly Needs[];
  referrals: readonly RelativeReferral[];
  steps: readonly Step[];
  owners: readonly { id: string; name: string }[];
  today: string;
}) {
  const open = call.closed_on === null;
  const owed = [
    needs.length === 0 &&
      call.offered.includes("carers-assessment") &&
      "An assessment of their own needs was offered, and is not done yet.",
    referrals.length === 0 &&
      call.offered.includes("referral-for-them") &&
      "A referral for themselves was offered, and is not made yet.",
  ].filter(Boolean);
  return (
    <Section
      title="Help of their own"
      actions={
        open && (
          <Group gap="xs">
            <LinkButton to={paths.relativeNeeds(call.id)} size="compact-sm" variant="default">
              {needs.length > 0 ? "Ask again what they need" : "Ask what they need"}
            </LinkButton>
            <LinkButton to={paths.relativeRefer(call.id)} size="compact-sm">
              Refer them
            </LinkButton>
          </Group>
        )
      }
    >
      {owed.map((line) => (
        <Text key={String(line)} size="sm" fw={600} mb={6}>
          {line}
        </Text>
      ))}
      {needs.length === 0 && owed.length === 0 && (
        <Text size="sm" c="dimmed">
          Nobody has asked them yet what they need themselves.
        </Text>
      )}
      {needs[0] && <Told needs={needs[0]} all={needs} />}
      <Stack gap="sm" mt={referrals.length > 0 ? "md" : 0}>
        {referrals.map((one) => (
          <Referral
            key={one.id}
            one={one}
            callId={call.id}
            steps={steps.filter(({ referral_id }) => referral_id === one.id)}
            owners={owners}
            today={today}
          />
        ))}
      </Stack>
      <Text size="xs" c="dimmed" mt="sm">
        Told by the caller about themselves. It is not read out to anybody they called about.
      </Text>
    </Section>
  );
}

function Told({ needs, all }: { needs: Needs; all: readonly Needs[] }) {
  const dates = useDates();
  const earlier = all.length - 1;
  // A question of safety that was left out this time still has its last answer, with its day.
  const last = lastAnswers(all);
  const dated = (text: string, at: Needs["recorded_at"]) =>
    at === needs.recorded_at ? text : `${text} (${dates.instant(at)}; not asked since)`;
  const say = (of: Record<string, string>, one: { said: string; at: Date } | null) =>
    one && dated(of[one.said] ?? one.said, one.at);
  const danger = isInDanger({
    crisis_now: last.crisis_now?.said ?? null,
    violence: (last.violence?.said ?? null) as RelativeNeeds["violence"],
  });
  const facts = [
    ["What they need", needs.needs],
    [
      "In danger at that moment",
      last.crisis_now && dated(last.crisis_now.said ? "Yes" : "No", last.crisis_now.at),
    ],
    ["Safe at home", say(safetyWords, last.safety)],
    ["Hurt, threatened or afraid", say(violenceWords, last.violence)],
    ["Children at home", say(childrenWords, last.children)],
    ["About home", needs.home_note],
    ["Caring", needs.caring],
    ["How they are", needs.health],
    ["Their own use", needs.own_use],
    ["What would help", needs.would_help],
  ] as const;
  return (
    <>
      <Group gap="xs" mb={6}>
        <Text size="xs" c="dimmed">
          Asked {dates.instant(needs.recorded_at)} by {needs.recorded_by}
          {earlier > 0 && `, and ${earlier} ${earlier === 1 ? "time" : "times"} before`}
        </Text>
        {danger && (
          <Badge color="red" c="var(--mantine-color-text)">
            in danger themselves
          </Badge>
        )}
      </Group>
      <SimpleGrid cols={{ base: 1, sm: 2, md: 3 }} spacing="xs">
        {facts
          .filter(([, value]) => value)
          .map(([label, value]) => (
            <div key={label}>
              <Text size="xs" c="dimmed">
                {label}
              </Text>
              <Text size="sm" style={{ whiteSpace: "pre-line" }}>
                {value}
              </Text>
            </div>
          ))}
      </SimpleGrid>
    </>
  );
}

function Referral({
  one,
  callId,
  steps,
  owners,
  today,
}: {
  one: RelativeReferral;
  callId: string;
  steps: readonly Step[];
  owners: readonly { id: string; name: string }[];
  today: string;
}) {
  const dates = useDates();
  const form = useOneForm();
  const name = one.provider ?? OWN_SUPPORT;
  const words = relativeWords[one.status as RelativeStatus];
  const closed = one.status === "closed";
  const late = !closed && one.chase_on < today;
  const opened = relativeNext(one.status).find((to) => form.isOpen(to, one.id));
  const sent = [
    one.sent_on && `${dates.day(one.sent_on)}: ${relativeSent[one.sent_how as RelativeSent]}`,
    one.consent_on &&
      `${relativeConsent[one.consent_how as RelativeConsent]} ${dates.day(one.consent_on)} to ${one.consent_by}`,
  ].filter(Boolean);
  return (
    <article aria-label={`Referral to ${name}`}>
      <Group justify="space-between" align="flex-start" gap="xs">
        <div style={{ flex: "1 1 16rem" }}>
          <Group gap="xs">
            <Text size="sm" fw={600}>
              {one.provider_id ? (
                <Anchor
                  component={Link}
                  to={paths.provider(one.provider_id)}
                  inherit
                  underline="always"
                >
                  {name}
                </Anchor>
              ) : (
                name
              )}
            </Text>
            <Badge color={words.color} c="var(--mantine-color-text)">
              {words.says}
            </Badge>
            {late && <Badge color="red">Overdue</Badge>}
          </Group>
          <Text size="sm">{one.what}</Text>
          {(one.phone || one.times) && (
            <Text size="sm">{[one.phone, one.times].filter(Boolean).join(" · ")}</Text>
          )}
          <Text size="sm">
            {one.owner} sees to it
            {!closed && ` · ${relativeDoes(one.status)} ${dates.day(one.chase_on)}`}
            {one.ended_on && ` · closed ${dates.day(one.ended_on)}`}
          </Text>
          {sent.length > 0 && (
            <Text size="xs" c="dimmed">
              {sent.join(" · ")}
            </Text>
          )}
          {one.told && (
            <Text size="xs" c="dimmed">
              Told: {one.told}
            </Text>
          )}
          {one.outcome && <Text size="sm">{one.outcome}</Text>}
        </div>
        {!closed && (
          <Group gap={4} maw="24rem">
            {one.status === "open" && (
              <LinkButton
                to={`${paths.relativeRefer(callId)}?of=${one.id}`}
                size="compact-sm"
                aria-label={`Send it to ${name}`}
              >
                Send it
              </LinkButton>
            )}
            {relativeNext(one.status).map((to) => (
              <OpenForm
                key={to}
                to={form.opens(to, one.id)}
                {...(to === "closed" ? { variant: "subtle" } : {})}
                aria-label={`${relativeWords[to].does}: ${name}`}
              >
                {relativeWords[to].does}
              </OpenForm>
            ))}
            <OpenForm
              to={form.opens("again", one.id)}
              variant="subtle"
              aria-label={`Later, or hand on: ${name}`}
            >
              Later, or hand on
            </OpenForm>
          </Group>
        )}
      </Group>
      {opened && <StepForm key={opened} id={one.id} status={opened} today={today} />}
      {form.isOpen("again", one.id) && (
        <StepForm
          id={one.id}
          today={today}
          owners={owners}
          owner={{ id: one.owner_id, name: one.owner }}
        />
      )}
      {steps.length > 1 && (
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
                  ? relativeWords[step.status as RelativeStatus].says
                  : step.owner
                    ? `Handed to ${step.owner}`
                    : "Asked again",
                step.remark,
                step.author,
              ]
                .filter(Boolean)
                .join(" · ")}
            </Text>
          ))}
        </details>
      )}
    </article>
  );
}

function StepForm({
  id,
  status,
  today,
  owners,
  owner,
}: {
  id: string;
  status?: RelativeStatus;
  today: string;
  /** Whom it may be handed to. */
  owners?: readonly { id: string; name: string }[];
  /** Who sees to it now. */
  owner?: { id: string; name: string };
}) {
  const again = addDays(today as Day, status === "accepted" ? 14 : 7);
  const field = useFields({ on: today, chase_on: again }, "relative");
  return (
    <Form intent="relative" style={{ maxWidth: "36rem", marginTop: "0.5rem" }}>
      <input type="hidden" name="id" value={id} />
      {status && <input type="hidden" name="status" value={status} />}
      <Group grow align="flex-start">
        {status && <TextInput type="date" label="On" max={today} {...field("on")} />}
        {owners && owner && (
          <NativeSelect
            label="Who sees to it"
            data={[
              { value: "", label: `As now: ${owner.name}` },
              ...owners
                .filter(({ id }) => id !== owner.id)
                .map((one) => ({ value: one.id, label: one.name })),
            ]}
            {...field("owner")}
          />
        )}
        {status !== "closed" && (
          <TextInput type="date" label="Look at it again on" min={today} {...field("chase_on")} />
        )}
      </Group>
      <Textarea
        mt="sm"
        label={status === "closed" ? "What came of it" : "Anything to add"}
        autosize
        minRows={1}
        maxLength={1000}
        {...field("remark")}
      />
      <FormButtons>{status ? relativeWords[status].does : "Keep"}</FormButtons>
    </Form>
  );
}
