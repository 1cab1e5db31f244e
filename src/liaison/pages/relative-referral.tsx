import { Anchor, Badge, Group, NativeSelect, Text, Textarea, TextInput } from "@mantine/core";
import { Link } from "react-router";
import { addDays, type Day } from "../../kernel/day.ts";
import { Form, useFields } from "../../web/form.tsx";
import { FormButtons, OpenForm, useOneForm } from "../../web/one-form.tsx";
import { LinkButton } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useDates } from "../../web/use-me.ts";
import {
  OWN_SUPPORT,
  type RelativeConsent,
  type RelativeSent,
  type RelativeStatus,
  relativeConsent,
  relativeDoes,
  relativeNext,
  relativeSent,
  relativeWords,
} from "../relative.ts";
import type { findRelativeSteps, RelativeReferral } from "../relative-store.ts";

export type Step = Awaited<ReturnType<typeof findRelativeSteps>>[number];

/** A referral for whoever called: to whom, where it stands, what became of it. */
export function Referral({
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
