import { Anchor, Badge, Box, Group, Stack, Text } from "@mantine/core";
import { Link } from "react-router";
import type { Outcome, Verdict } from "../../policy/judgement.ts";
import { paths } from "../../web/paths.ts";
import { useDates } from "../../web/use-me.ts";

export const outcomeWords: Record<Outcome, { word: string; color: string }> = {
  payable: { word: "Payable", color: "teal" },
  reduced: { word: "Reduced", color: "orange" },
  denied: { word: "Not payable", color: "red" },
  pended: { word: "Pended", color: "yellow" },
  "not-applicable": { word: "No bulletin", color: "gray" },
};

const verdictWords: Record<Verdict, { word: string; color: string }> = {
  met: { word: "Met", color: "teal" },
  breached: { word: "Breached", color: "red" },
  unknown: { word: "Unknown", color: "orange" },
  "not-applicable": { word: "Not counted", color: "gray" },
};

export type ShownFinding = {
  clause: string;
  kind: string;
  verdict: Verdict;
  explanation: string;
  readings: readonly string[];
};

export type ShownStanding = {
  outcome: Outcome;
  unitsBilled: number;
  unitsPayable: number;
  judgements: readonly {
    bulletin: string;
    judgedAt: string;
    contentHash: string;
    findings: readonly ShownFinding[];
  }[];
};

/** The outcome of a claim as a badge with its units. */
export function OutcomeBadge({ outcome }: { outcome: Outcome }) {
  const { word, color } = outcomeWords[outcome];
  return <Badge color={color}>{word}</Badge>;
}

/**
 * What the bulletins say of a service that was held: verdicts, with their reasons and readings. Nothing
 * here says what another fact would do.
 */
export function Verdicts({ standing }: { standing: ShownStanding }) {
  const dates = useDates();
  const { outcome, unitsBilled, unitsPayable, judgements } = standing;
  return (
    <Stack gap="sm">
      <Group gap="sm">
        <OutcomeBadge outcome={outcome} />
        <Text size="sm">
          {unitsBilled} {unitsBilled === 1 ? "unit" : "units"} recorded
          {judgements.length > 0 && `, ${unitsPayable} payable`}
        </Text>
      </Group>
      {judgements.length === 0 && (
        <Text size="sm" c="dimmed">
          No bulletin in force on that day speaks of this service. Its units are counted by our own
          reading: whole units of 15 minutes.
        </Text>
      )}
      {judgements.map(({ bulletin, judgedAt, contentHash, findings }) => (
        <Box key={bulletin}>
          <Text size="xs" c="dimmed">
            By{" "}
            <Anchor underline="always" component={Link} to={paths.bulletin(bulletin)} inherit>
              {bulletin}
            </Anchor>
            , judged {dates.instant(judgedAt)}, edition {contentHash.slice(0, 8)}
          </Text>
          <Stack component="ul" gap={0} p={0} m={0} style={{ listStyle: "none" }}>
            {findings.map((finding) => (
              <Finding key={`${finding.clause} ${finding.kind}`} finding={finding} />
            ))}
          </Stack>
        </Box>
      ))}
    </Stack>
  );
}

function Finding({ finding }: { finding: ShownFinding }) {
  const advice = finding.kind === "should" && finding.verdict === "breached";
  const { word, color } = advice
    ? { word: "Advice not followed", color: "orange" }
    : verdictWords[finding.verdict];
  return (
    <Box
      component="li"
      py={6}
      style={{ borderTop: "1px solid var(--mantine-color-default-border)" }}
    >
      <Group gap="xs">
        <Text size="sm" fw={600} w={64}>
          {finding.clause}
        </Text>
        <Badge color={color}>{word}</Badge>
      </Group>
      <Text size="sm">{finding.explanation}</Text>
      {finding.readings.length > 0 && (
        <Text size="xs" c="dimmed">
          Our readings: {finding.readings.join("; ")}
        </Text>
      )}
    </Box>
  );
}
