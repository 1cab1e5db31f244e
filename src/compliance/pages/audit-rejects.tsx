import { Anchor, Table, Text } from "@mantine/core";
import { Section } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import type { AuditData } from "./audit-run.tsx";
import { counted } from "./words.tsx";

/** The rows of a file that are no lines, each with its reason: whoever sent it can mend them. */
export function AuditRejects({ data: { run, rejects } }: { data: AuditData }) {
  const rejected = run.summary?.rejected ?? 0;
  if (rejected === 0) return null;
  return (
    <Section
      title={`${counted(rejected, "row")} could not be read`}
      actions={
        <Anchor href={`${paths.auditFile(run.id)}?what=rejects`} download size="sm">
          These rows (CSV)
        </Anchor>
      }
    >
      <Text size="sm" mb="sm">
        They take no part in anything above. Row 1 is the first after the header.
      </Text>
      <Table.ScrollContainer
        minWidth={420}
        type="native"
        tabIndex={0}
        role="region"
        aria-label="Rows that could not be read"
      >
        <Table fz="sm">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Row</Table.Th>
              <Table.Th>line_id</Table.Th>
              <Table.Th>Why</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rejects.map(({ row, line_id, reason }) => (
              <Table.Tr key={row} style={{ verticalAlign: "top" }}>
                <Table.Td>{row.toLocaleString("en-US")}</Table.Td>
                <Table.Td style={{ overflowWrap: "anywhere" }}>{line_id ?? "–"}</Table.Td>
                <Table.Td style={{ overflowWrap: "anywhere" }}>{reason}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {rejected > rejects.length && (
        <Text size="xs" c="dimmed">
          The first {rejects.length}; the file has the first 10,000.
        </Text>
      )}
    </Section>
  );
}
