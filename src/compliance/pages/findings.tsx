import { Anchor, Box, Group, Stack, Text } from "@mantine/core";
import { Link } from "react-router";
import { paths } from "../../web/paths.ts";
import type { SaidFinding } from "./said.ts";
import { useExplained, VerdictBadge } from "./words.tsx";

const ORDER = { breached: 0, unknown: 1, met: 2, "not-applicable": 3 };

/** What stands against the claim first, advice last. */
export function byWeight(findings: readonly SaidFinding[]): readonly SaidFinding[] {
  return findings.toSorted(
    (a, b) => Number(a.advises) - Number(b.advises) || ORDER[a.verdict] - ORDER[b.verdict],
  );
}

/** Every clause's verdict with why, and which readings it leans on. */
export function Findings({
  bulletin,
  findings,
  starts,
}: {
  bulletin: string;
  findings: readonly SaidFinding[];
  /** When other lines that are named began, by id, where the page knows it. */
  starts?: Readonly<Record<string, string | null>>;
}) {
  const explained = useExplained(starts);
  return (
    <Stack component="ul" gap={0} p={0} m={0} style={{ listStyle: "none" }}>
      {byWeight(findings).map((finding) => (
        <Box
          component="li"
          key={`${finding.clause} ${finding.advises}`}
          py="xs"
          style={{ borderTop: "1px solid var(--mantine-color-default-border)" }}
        >
          <Group gap="xs" justify="space-between" align="baseline">
            <Anchor
              component={Link}
              to={`${paths.bulletin(bulletin)}#clause-${finding.clause}`}
              size="sm"
              fw={600}
            >
              Clause {finding.clause}
            </Anchor>
            <VerdictBadge verdict={finding.verdict} advises={finding.advises} />
          </Group>
          <Text size="sm">{explained(finding.explanation)}</Text>
          {(finding.gist || finding.readings.length > 0) && (
            <Text component="details" size="xs" c="dimmed" mt={2}>
              <summary style={{ cursor: "pointer" }}>
                {finding.readings.length > 0
                  ? "The clause, and how it is read where it is silent"
                  : "The clause"}
              </summary>
              {finding.gist && <Text size="xs">{finding.gist}</Text>}
              {finding.readings.map(({ says, because }) => (
                <Text size="xs" key={says} mt={4}>
                  <b>Our reading:</b> {says}. {because}
                </Text>
              ))}
            </Text>
          )}
        </Box>
      ))}
    </Stack>
  );
}
