import {
  Anchor,
  Box,
  Group,
  Paper,
  Progress,
  Stack,
  Text,
  ThemeIcon,
  Title,
  VisuallyHidden,
} from "@mantine/core";
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleX,
  IconClock,
  IconInfoCircle,
  IconTool,
} from "@tabler/icons-react";
import { Link } from "react-router";
import { paths } from "../../web/paths.ts";
import { useDates } from "../../web/use-me.ts";
import type { Advice, ClauseAdvice, ClauseState } from "../advice.ts";

const states: Record<ClauseState, { word: string; color: string; icon: typeof IconClock }> = {
  breached: { word: "Breached", color: "red", icon: IconCircleX },
  arrange: { word: "Not known: to arrange", color: "orange", icon: IconTool },
  "when-held": { word: "To do when held", color: "blue", icon: IconClock },
  met: { word: "Met", color: "teal", icon: IconCircleCheck },
  "not-counted": { word: "Not counted yet", color: "gray", icon: IconInfoCircle },
};

/** What the bulletins say of a conference before it is held. It advises; it never stops a booking. */
export function RulePanel({ advice, pending }: { advice: Advice | null; pending?: boolean }) {
  return (
    <Paper component="aside" aria-label="Rules" aria-busy={pending ?? false} p="md">
      <Title order={2} mb={4}>
        Rules before it is held
      </Title>
      <Text size="xs" c="dimmed" mb="sm">
        This advises and never stops a booking. It says what a claim would meet, by what is known
        now.
      </Text>
      <VisuallyHidden aria-live="polite">{advice ? summary(advice) : ""}</VisuallyHidden>
      {advice === null ? (
        <Text size="sm" c="dimmed">
          Give a date, a start and an end after it, and the rules are looked up.
        </Text>
      ) : (
        <Stack gap="sm" style={{ opacity: pending ? 0.6 : 1, transition: "opacity 120ms" }}>
          <WeekUnits advice={advice} />
          {advice.units === 0 && (
            <Text size="sm">
              So short a session completes no whole unit, so there would be nothing to claim. It can
              be held and written up all the same.
            </Text>
          )}
          <Stack component="ul" gap={0} p={0} m={0} style={{ listStyle: "none" }}>
            {inOrder(advice.clauses).map((clause) => (
              <Clause
                key={`${clause.bulletin} ${clause.clause} ${clause.advises}`}
                clause={clause}
              />
            ))}
          </Stack>
        </Stack>
      )}
    </Paper>
  );
}

function Clause({ clause }: { clause: ClauseAdvice }) {
  const state = states[clause.state];
  const color = clause.state === "breached" && clause.advises ? "orange" : state.color;
  const Icon = clause.state === "breached" && clause.advises ? IconAlertTriangle : state.icon;
  const word = clause.state === "breached" && clause.advises ? "Worth mending" : state.word;
  const open = clause.state !== "met" && clause.state !== "not-counted";
  return (
    <Box
      component="li"
      py={8}
      style={{ borderTop: "1px solid var(--mantine-color-default-border)" }}
    >
      <Group gap="xs" wrap="nowrap" align="flex-start">
        <ThemeIcon variant="light" color={color} size={22} radius="xl" mt={1} aria-hidden>
          <Icon size={15} />
        </ThemeIcon>
        <Box style={{ minWidth: 0, flex: 1 }}>
          <Group justify="space-between" gap={4} wrap="nowrap" align="baseline">
            <Text size="sm" fw={600}>
              {word}
              {clause.advises && clause.state !== "breached" && " (advice)"}
            </Text>
            <Anchor
              component={Link}
              to={`${paths.bulletin(clause.bulletin)}#clause-${clause.clause}`}
              size="xs"
              style={{ whiteSpace: "nowrap" }}
            >
              Clause {clause.clause}
            </Anchor>
          </Group>
          <Text size="xs" c="dimmed">
            {clause.gist}
          </Text>
          {clause.state === "breached" && <Text size="sm">{clause.explanation}</Text>}
          {open &&
            clause.arrange.map((what) => (
              <Text size="sm" key={what}>
                → {what}
              </Text>
            ))}
          {clause.readings.length > 0 && (
            <Text component="details" size="xs" c="dimmed" mt={2}>
              <summary style={{ cursor: "pointer" }}>By our reading</summary>
              {clause.readings.join("; ")}.
            </Text>
          )}
        </Box>
      </Group>
    </Box>
  );
}

/** "6 of 8 units, 2 left", and what this session would take of them. */
function WeekUnits({ advice: { meter, units, booked } }: { advice: Advice }) {
  const dates = useDates();
  const takes = `This session would take ${unitWords(units)}`;
  if (!meter) return <Text size="sm">{takes}.</Text>;
  const over = units > meter.left;
  const overWithBooked = !over && units + booked.units > meter.left;
  const share = (value: number) => (value / meter.limit) * 100;
  const words = `${meter.used} of ${unitWords(meter.limit)} used, ${meter.left} left`;
  return (
    <Box>
      <Group justify="space-between" gap={4}>
        <Text size="sm" fw={600}>
          {words}
        </Text>
        <Text size="xs" c="dimmed">
          {dates.weekday(meter.from)} – {dates.weekday(meter.to)}
        </Text>
      </Group>
      <Progress.Root size="lg" my={4} aria-hidden>
        <Progress.Section value={share(meter.used)} color="gray" />
        <Progress.Section
          value={share(Math.min(units, meter.left))}
          color={over ? "orange" : "tide"}
          striped
        />
      </Progress.Root>
      <Text size="sm">
        {takes}
        {over && `, ${meter.left === 0 ? "and none is" : `and only ${meter.left} are`} left`}.
        {booked.sessions > 0 &&
          ` ${booked.sessions === 1 ? "Another session is" : `${booked.sessions} other sessions are`} booked in these days, up to ${unitWords(booked.units)}.`}
      </Text>
      {overWithBooked && (
        <Text size="sm" fw={600}>
          Together that is more than the {unitWords(meter.left)} left: whichever is held last would
          not be paid in full.
        </Text>
      )}
      <Text size="xs" c="dimmed">
        By this agency's own records; what others deliver is not seen here.
      </Text>
    </Box>
  );
}

/** What needs somebody first, what is settled last. */
function inOrder(clauses: readonly ClauseAdvice[]): readonly ClauseAdvice[] {
  const order: ClauseState[] = ["breached", "arrange", "when-held", "not-counted", "met"];
  return clauses.toSorted((a, b) => order.indexOf(a.state) - order.indexOf(b.state));
}

function summary({ clauses, units, meter }: Advice): string {
  const count = (state: ClauseState) => clauses.filter((clause) => clause.state === state).length;
  const parts = [
    `${count("met")} clauses met`,
    `${count("breached")} breached`,
    `${count("arrange")} to arrange`,
    `${count("when-held")} to do when held`,
    `would take ${unitWords(units)}`,
    ...(meter ? [`${meter.left} of ${meter.limit} left`] : []),
  ];
  return `Rules: ${parts.join(", ")}.`;
}

function unitWords(units: number): string {
  return units === 1 ? "1 unit" : `${units} units`;
}
