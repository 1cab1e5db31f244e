import { Stack, Table, Text } from "@mantine/core";
import { Section } from "../../web/parts.tsx";
import { useDates } from "../../web/use-me.ts";
import { contactKindCodes, contactWords, type WeekCount } from "../open-contact.ts";

/** How many came, by week and kind. */
export function Weeks({ weeks }: { weeks: readonly WeekCount[] }) {
  const dates = useDates();
  const kinds = contactKindCodes.filter((code) => weeks.some(({ counts }) => counts[code]));
  if (weeks.length === 0) return null;
  return (
    <Section title="By week">
      <Stack gap={6} hiddenFrom="sm">
        {weeks.map(({ week, counts }) => (
          <Text key={week} size="sm">
            <Text span inherit fw={600}>
              {dates.weekday(week)}: {counts.all ?? 0}
            </Text>
            {kinds
              .filter((code) => counts[code])
              .map((code) => ` · ${contactWords(code)} ${counts[code]}`)}
            {counts.naloxone ? ` · Naloxone given ${counts.naloxone}` : ""}
          </Text>
        ))}
      </Stack>
      <Table.ScrollContainer minWidth={480} visibleFrom="sm">
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Week of</Table.Th>
              <Table.Th ta="right">Contacts</Table.Th>
              {kinds.map((code) => (
                <Table.Th key={code} ta="right">
                  {contactWords(code)}
                </Table.Th>
              ))}
              <Table.Th ta="right">Naloxone given</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {weeks.map(({ week, counts }) => (
              <Table.Tr key={week}>
                <Table.Td style={{ whiteSpace: "nowrap" }}>{dates.weekday(week)}</Table.Td>
                <Table.Td ta="right">{counts.all ?? 0}</Table.Td>
                {kinds.map((code) => (
                  <Table.Td key={code} ta="right">
                    {counts[code] ?? 0}
                  </Table.Td>
                ))}
                <Table.Td ta="right">{counts.naloxone ?? 0}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Text size="xs" c="dimmed" mt="xs">
        Monday to Sunday, the whole agency; a contact of several kinds counts once in Contacts.
      </Text>
    </Section>
  );
}
