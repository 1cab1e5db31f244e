import { Sparkline } from "@mantine/charts";
import { Group, Paper, SimpleGrid, Text } from "@mantine/core";
import { useMounted } from "@mantine/hooks";
import { useDates } from "../../web/use-me.ts";
import { moreIsBetter, mostOf, type Question, questions } from "../outcome.ts";
import type { OutcomeRow } from "../outcome-store.ts";

const drawn = (Object.keys(questions) as Question[]).filter(
  (name) => questions[name].kind !== "flag",
);

/** Small charts, one a question that was answered above nought at least once; the newest number large. */
export function OutcomeCharts({ measures }: { measures: readonly OutcomeRow[] }) {
  const dates = useDates();
  const mounted = useMounted();
  const shown = drawn.filter((name) => measures.some((one) => Number(one[name] ?? 0) > 0));
  return (
    <SimpleGrid cols={{ base: 2, sm: 3, lg: 5 }} spacing="sm" mb="md">
      {shown.map((name) => {
        const told = measures.filter((one) => one[name] !== null);
        const values = told.map((one) => Number(one[name]));
        const first = values[0] ?? 0;
        const last = values.at(-1) ?? 0;
        const better = moreIsBetter(name) ? last > first : last < first;
        const change = last === first ? "no change" : better ? "better" : "worse";
        return (
          <Paper key={name} p="xs">
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
              {values.length > 1
                ? `from ${first}, ${change}`
                : told[0] && dates.day(told[0].measured_on)}
            </Text>
          </Paper>
        );
      })}
    </SimpleGrid>
  );
}
