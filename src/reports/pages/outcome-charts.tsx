import { Sparkline } from "@mantine/charts";
import { Anchor, Box, Group, Paper, SimpleGrid, Text, Title } from "@mantine/core";
import { useMounted } from "@mantine/hooks";
import { Link } from "react-router";
import { useDates } from "../../web/use-me.ts";
import { moreIsBetter, mostOf, type Question, questions, questionsIn } from "../outcome.ts";
import type { OutcomeRow } from "../outcome-store.ts";

const drawn = (Object.keys(questions) as Question[]).filter(
  (name) => questions[name].kind !== "flag",
);

/** Small charts, one a question that was answered above nought at least once; the newest number large. */
export function OutcomeCharts({ measures }: { measures: readonly OutcomeRow[] }) {
  const shown = drawn.filter((name) => everAbove(name, measures));
  return (
    <SimpleGrid cols={{ base: 2, sm: 3, lg: 5 }} spacing="sm" mb="md">
      {shown.map((name) => (
        <OneQuestion key={name} name={name} measures={measures} />
      ))}
    </SimpleGrid>
  );
}

/** What most of it is about, in a row: the substance used on most days, and the three scales. */
export function OutcomeSummary({ measures, to }: { measures: readonly OutcomeRow[]; to: string }) {
  const most = (name: Question) => Math.max(0, ...measures.map((one) => Number(one[name] ?? 0)));
  const [substance] = questionsIn("Substance use")
    .filter((name) => name !== "tobacco_days")
    .sort((a, b) => most(b) - most(a));
  const shown = [substance, ...drawn.filter((name) => questions[name].kind === "scale")].filter(
    (name): name is Question => name !== undefined && everAbove(name, measures),
  );
  if (shown.length === 0) return null;
  return (
    <Box component="section" mb="md" aria-labelledby="how-it-is-going">
      <Group justify="space-between" mb={6}>
        <Title order={2} size="h4" id="how-it-is-going">
          How is it going
        </Title>
        <Anchor component={Link} to={to} size="sm">
          All outcomes
        </Anchor>
      </Group>
      <SimpleGrid cols={{ base: 2, sm: 4 }} spacing="sm">
        {shown.map((name) => (
          <OneQuestion key={name} name={name} measures={measures} />
        ))}
      </SimpleGrid>
    </Box>
  );
}

function everAbove(name: Question, measures: readonly OutcomeRow[]): boolean {
  return measures.some((one) => Number(one[name] ?? 0) > 0);
}

function OneQuestion({ name, measures }: { name: Question; measures: readonly OutcomeRow[] }) {
  const dates = useDates();
  const mounted = useMounted();
  const told = measures.filter((one) => one[name] !== null);
  const values = told.map((one) => Number(one[name]));
  const first = values[0] ?? 0;
  const last = values.at(-1) ?? 0;
  const better = moreIsBetter(name) ? last > first : last < first;
  const change = last === first ? "no change" : better ? "better" : "worse";
  return (
    <Paper p="xs">
      <Text size="xs" fw={500} truncate>
        {questions[name].label}
      </Text>
      <Group justify="space-between" align="flex-end" wrap="nowrap" gap={6}>
        <Text fw={700} size="lg" lh={1.1}>
          {last}
          <Text span size="xs" c="dimmed" fw={400}>
            {" "}
            of {mostOf(name)}
          </Text>
        </Text>
        {mounted && values.length > 1 && (
          <Sparkline
            aria-hidden
            inert
            w={72}
            h={28}
            data={values}
            curveType="linear"
            strokeWidth={1.5}
            color={change === "worse" ? "orange" : "tide"}
            fillOpacity={0.15}
          />
        )}
      </Group>
      <Text size="xs" c="dimmed">
        {values.length > 1 ? `from ${first}, ${change}` : told[0] && dates.day(told[0].measured_on)}
      </Text>
    </Paper>
  );
}
