import { Badge, Group, Text } from "@mantine/core";
import { useDates, useMe } from "../../web/use-me.ts";
import { urgencies } from "../clock.ts";
import type { FoundReferral } from "../intake-store.ts";
import { sourceWords, type TriageOutcome, triagedWords } from "../referral-in.ts";
import classes from "./intake.module.css";

const told = (yes: boolean | null) => (yes === null ? "not asked" : yes ? "yes" : "no");

/** A referral as it was taken down. */
export function ReferralTold({ referral }: { referral: FoundReferral }) {
  const { locale } = useMe().agency;
  const dates = useDates();
  const from = sourceWords(referral.source, locale);
  return (
    <>
      <Group gap="xs" mb={4}>
        <Text fw={600}>{referral.source_name ? `${from}: ${referral.source_name}` : from}</Text>
        <Badge color={referral.urgency === "routine" ? "gray" : "orange"}>
          {urgencies[referral.urgency as keyof typeof urgencies]}
        </Badge>
        <Text size="sm" c="dimmed">
          {dates.instant(referral.received_at)} · taken by {referral.taken_by}
          {referral.program && ` · for ${referral.program}`}
        </Text>
      </Group>
      <Text size="sm" style={{ whiteSpace: "pre-line", overflowWrap: "anywhere" }}>
        {referral.reason}
      </Text>
      <Text size="sm" mt={4}>
        Pregnant: {told(referral.pregnant)} · Injecting: {told(referral.injecting)}
      </Text>
      <Text size="sm">
        Until then: {referral.interim_help ?? "nothing is recorded that helps until care starts"}
      </Text>
    </>
  );
}

/** A decision about it. */
export function TriageTold({ triage }: { triage: FoundReferral["triages"][number] }) {
  const dates = useDates();
  const lines = [triage.risk_now && `Risk: ${triage.risk_now}`, triage.note].filter(Boolean);
  return (
    <Text component="div" size="sm" mt="xs" pl="sm" className={classes.aside}>
      <Text span inherit fw={600}>
        {triagedWords[triage.outcome as TriageOutcome]}
        {triage.priority && ", before others"}
      </Text>
      {" · "}
      {urgencies[triage.urgency as keyof typeof urgencies].toLowerCase()} ·{" "}
      {dates.instant(triage.decided_at)} · {triage.by}
      {lines.map((line) => (
        <div key={line}>{line}</div>
      ))}
    </Text>
  );
}
