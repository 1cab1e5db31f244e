import { Anchor, Badge, Box, Group, Text, Title } from "@mantine/core";
import { Link } from "react-router";
import { Empty, Section } from "../../web/parts.tsx";
import { useDates } from "../../web/use-me.ts";
import { type AppointmentStatus, CAME, statusWords } from "../appointment.ts";

type Line = {
  id: string;
  name: string;
  to: string;
  day: string;
  starts: string;
  ends: string;
  status: AppointmentStatus;
  /** It is over, and nobody has said what became of it. */
  asks: boolean;
  staff: string;
  room: string;
  /** A discharge conference, where whoever looks may know. */
  discharge: boolean;
};

/** The calendar as a list: what a screen reader, a phone and a printer show. */
export function Agenda({ lines, today }: { lines: readonly Line[]; today: string }) {
  const dates = useDates();
  const days = Map.groupBy(lines, ({ day }) => day);
  return (
    <Section title="As a list">
      {lines.length === 0 && <Empty>Nothing is booked in these days.</Empty>}
      {[...days].map(([day, ofDay]) => (
        <Box key={day} mb="sm">
          <Title order={3} size="h4" mb={2}>
            {dates.weekday(day)}
            {day === today && (
              <Text span size="sm" c="dimmed">
                {" "}
                · today
              </Text>
            )}
          </Title>
          <Box component="ul" m={0} p={0} style={{ listStyle: "none" }}>
            {ofDay.map((line) => (
              <Box
                component="li"
                key={line.id}
                py={6}
                style={{ borderTop: "1px solid var(--mantine-color-default-border)" }}
              >
                <Group gap="xs" wrap="nowrap" align="baseline">
                  <Text size="sm" w={150} style={{ flexShrink: 0 }} visibleFrom="xs">
                    {dates.time(line.starts)} – {dates.time(line.ends)}
                  </Text>
                  <Box style={{ minWidth: 0 }}>
                    <Text size="sm" hiddenFrom="xs">
                      {dates.time(line.starts)} – {dates.time(line.ends)}
                    </Text>
                    <Group gap={6}>
                      <Anchor component={Link} to={line.to} size="sm" fw={500}>
                        {line.name}
                      </Anchor>
                      {line.asks && <Badge color="orange">{CAME}</Badge>}
                      {line.status !== "scheduled" && (
                        <Badge color="gray">{statusWords[line.status]}</Badge>
                      )}
                    </Group>
                    <Text size="xs" c="dimmed">
                      {line.discharge && "Discharge conference · "}
                      {line.staff} · {line.room}
                    </Text>
                  </Box>
                </Group>
              </Box>
            ))}
          </Box>
        </Box>
      ))}
    </Section>
  );
}
