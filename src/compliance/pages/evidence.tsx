import { Badge, Box, Group, Stack, Table, Text } from "@mantine/core";
import type { Outcome, Verdict } from "../../policy/judgement.ts";
import { Section } from "../../web/parts.tsx";
import { useDates } from "../../web/use-me.ts";
import type { SaidFact } from "./said.ts";
import { StateBadge } from "./words.tsx";

/** The facts that were judged, as they were that moment. */
export function Facts({ facts, judged = true }: { facts: readonly SaidFact[]; judged?: boolean }) {
  const dates = useDates();
  return (
    <Section title={judged ? "Facts used" : "What is recorded"}>
      <Table verticalSpacing={4} horizontalSpacing={0} withRowBorders={false}>
        <Table.Tbody>
          {facts.map(({ label, value, time }) => (
            <Table.Tr key={label} style={{ verticalAlign: "top" }}>
              <Table.Th fw={400} c="dimmed" fz="sm" pr="sm" w="50%">
                {label}
              </Table.Th>
              <Table.Td>
                {value === null ? (
                  <Text size="sm" fs="italic" c="dimmed">
                    not recorded
                  </Text>
                ) : (
                  <Text size="sm">{time ? dates.time(value) : value}</Text>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Section>
  );
}

type Correction = {
  id: string;
  label: string;
  was: string | null;
  becomes: string | null;
  at: Date;
  state: string;
  by: string;
  decidedBy: string | null;
};

const correctionStates: Record<string, { word: string; color: string }> = {
  applied: { word: "Applied", color: "teal" },
  waiting: { word: "Awaits the supervisor", color: "orange" },
  refused: { word: "Refused", color: "gray" },
};

/** Facts that were wrongly recorded, what stood before, and who corrected them. */
export function Corrections({ corrections }: { corrections: readonly Correction[] }) {
  const dates = useDates();
  return (
    <Section title="Corrections">
      <Stack gap="sm">
        {corrections.map((one) => {
          const state = correctionStates[one.state];
          return (
            <Box key={one.id}>
              <Group justify="space-between" gap="xs">
                <Text size="sm" fw={600}>
                  {one.label}
                </Text>
                <Badge color={state?.color ?? "gray"}>{state?.word ?? one.state}</Badge>
              </Group>
              <Text size="sm">
                {one.was ?? "not recorded"} → {one.becomes ?? "not recorded"}
              </Text>
              <Text size="xs" c="dimmed">
                {one.by}, {dates.instant(one.at)}
                {one.decidedBy ? ` · decided by ${one.decidedBy}` : ""}
              </Text>
            </Box>
          );
        })}
      </Stack>
    </Section>
  );
}

type Past = {
  id: string;
  bulletin: string;
  contentHash: string;
  outcome: Outcome;
  unitsBilled: number;
  unitsPayable: number;
  judgedAt: Date;
  supersededAt: Date | null;
  against: readonly { clause: string; verdict: Verdict }[];
};

/** Every judgement there ever was of this service; nothing is overwritten. */
export function History({ history }: { history: readonly Past[] }) {
  const dates = useDates();
  return (
    <Section title="Judgement history">
      <Stack gap="sm">
        {history.map((one) => (
          <Box key={one.id}>
            <Group justify="space-between" gap="xs">
              <StateBadge state={one.outcome} />
              <Text size="sm">
                {one.unitsPayable} of {one.unitsBilled} units
              </Text>
            </Group>
            {one.against.length > 0 && (
              <Text size="sm">
                {one.against
                  .map(
                    ({ clause, verdict }) =>
                      `${clause} ${verdict === "not-applicable" ? "not counted" : verdict}`,
                  )
                  .join(", ")}
              </Text>
            )}
            <Text size="xs" c="dimmed">
              Judged {dates.instant(one.judgedAt)}
              {one.supersededAt ? `, replaced ${dates.instant(one.supersededAt)}` : ", stands"} ·{" "}
              {one.bulletin} <span title={one.contentHash}>{one.contentHash.slice(0, 8)}</span>
            </Text>
          </Box>
        ))}
      </Stack>
    </Section>
  );
}
