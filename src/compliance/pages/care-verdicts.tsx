import { Anchor, Badge, Box, Group, List, Stack, Text } from "@mantine/core";
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleX,
  IconHelpCircle,
} from "@tabler/icons-react";
import { Link } from "react-router";
import type { Verdict } from "../../policy/judgement.ts";
import { paths } from "../../web/paths.ts";
import { useDates } from "../../web/use-me.ts";
import type { SaidCare, SaidRecord } from "./care-said.ts";
import { useExplained } from "./words.tsx";

/**
 * What bulletins say of a record of care, on the page where it can be mended: what falls short, why, and
 * what would mend it. Shows nothing where nothing is asked.
 *
 * @param of the record's id; without it, all that are given
 */
export function CareVerdicts({ records, of }: { records: readonly SaidRecord[]; of?: string }) {
  const shown = of ? records.filter(({ id }) => id === of) : records;
  const said = shown.flatMap((record) => record.said);
  const short = said.filter(({ verdict }) => verdict !== "met").toSorted(byWeight);
  if (said.length === 0) return null;
  if (short.length === 0) {
    return (
      <Group gap={6} align="center" role="status">
        <IconCircleCheck size={16} color="var(--mantine-color-teal-6)" aria-hidden />
        <Text size="sm" c="dimmed">
          Nothing falls short of <Clauses said={said} />.
        </Text>
      </Group>
    );
  }
  const requires = short.some(({ advises }) => !advises);
  const title = requires ? "What falls short" : "Advice";
  return (
    <Box
      component="section"
      aria-label={title}
      pl="sm"
      mb="sm"
      style={{ borderLeft: `3px solid var(--mantine-color-${requires ? "orange" : "gray"}-5)` }}
    >
      <Text size="sm" fw={600} mb={4}>
        {title}
      </Text>
      <Stack component="ul" gap="sm" p={0} m={0} style={{ listStyle: "none" }}>
        {short.map((one) => (
          <li key={`${one.bulletin} ${one.clause} ${one.advises}`}>
            <CareShort said={one} />
          </li>
        ))}
      </Stack>
      <Text size="xs" c="dimmed" mt="xs">
        Treatment never waits for this: it says what the record still lacks.
      </Text>
    </Box>
  );
}

/** One thing that falls short: the clause, why, and what would mend it. */
export function CareShort({ said }: { said: SaidCare }) {
  const explained = useExplained();
  const dates = useDates();
  return (
    <Box>
      <Group gap="xs" align="baseline">
        <CareBadge verdict={said.verdict} advises={said.advises} />
        <ClauseLink said={said} />
        {said.since && (
          <Text size="xs" c="dimmed">
            since {dates.instant(said.since)}
          </Text>
        )}
      </Group>
      {said.mend.length > 0 && (
        <List size="sm" mt={2} withPadding aria-label="What would mend it">
          {said.mend.map((mend) => (
            <List.Item key={mend}>{mend}</List.Item>
          ))}
        </List>
      )}
      <Text size="xs" c="dimmed" mt={2}>
        {explained(said.explanation)}
      </Text>
      {(said.gist || said.readings.length > 0) && (
        <Text component="details" size="xs" c="dimmed" mt={4}>
          <summary style={{ cursor: "pointer" }}>
            {said.readings.length > 0
              ? "The clause, and how it is read where it is silent"
              : "The clause"}
          </summary>
          {said.gist && <Text size="xs">{said.gist}</Text>}
          {said.readings.map(({ says, because }) => (
            <Text size="xs" key={says} mt={4}>
              <b>Our reading:</b> {says}. {because}
            </Text>
          ))}
        </Text>
      )}
    </Box>
  );
}

const verdicts: Record<Verdict, { word: string; color: string; icon: typeof IconCircleX }> = {
  met: { word: "Met", color: "teal", icon: IconCircleCheck },
  breached: { word: "Falls short", color: "red", icon: IconCircleX },
  unknown: { word: "Can’t be told", color: "yellow", icon: IconHelpCircle },
  "not-applicable": { word: "Not asked", color: "gray", icon: IconHelpCircle },
};

/** A verdict on a record of care; one that only advises looks so. */
function CareBadge({ verdict, advises }: { verdict: Verdict; advises: boolean }) {
  const { word, color, icon } = verdicts[verdict];
  const mild = advises && verdict === "breached";
  const Icon = mild ? IconAlertTriangle : icon;
  return (
    <Badge color={mild ? "orange" : color} leftSection={<Icon size={13} aria-hidden />}>
      {mild ? "Advice" : advises ? `${word}, advice` : word}
    </Badge>
  );
}

function ClauseLink({ said: { bulletin, clause } }: { said: SaidCare }) {
  return (
    <Anchor
      component={Link}
      to={`${paths.bulletin(bulletin)}#clause-${clause}`}
      size="sm"
      fw={600}
      underline="always"
    >
      Clause {clause}
    </Anchor>
  );
}

/** The clauses that were asked, each once. */
function Clauses({ said }: { said: readonly SaidCare[] }) {
  const each = [...new Map(said.map((one) => [`${one.bulletin} ${one.clause}`, one])).values()];
  return each.map((one, index) => (
    <span key={`${one.bulletin} ${one.clause}`}>
      {index > 0 && ", "}
      <Anchor
        component={Link}
        to={`${paths.bulletin(one.bulletin)}#clause-${one.clause}`}
        size="sm"
        underline="always"
      >
        clause {one.clause}
      </Anchor>
    </span>
  ));
}

/** What is required before what is advised; what is breached before what is unknown. */
function byWeight(a: SaidCare, b: SaidCare): number {
  return Number(a.advises) - Number(b.advises) || (a.verdict < b.verdict ? -1 : 1);
}
