import { Badge, Text } from "@mantine/core";
import { IconAlertTriangle, IconCheck } from "@tabler/icons-react";
import styles from "./bulletin.module.css";
import type { CaseRow, WorkedCases } from "./case-rows.ts";

/** What is given and what is expected, each run now: closed until somebody wants to look. */
export function CaseTable({ cases }: { cases: WorkedCases }) {
  const failing = cases.rows.filter(({ failures }) => failures.length > 0).length;
  const summary =
    failing > 0
      ? `${failing} of ${cases.rows.length} cases do not come true`
      : `All ${cases.rows.length} cases come true`;
  return (
    <details className={styles.cases} open={failing > 0}>
      <summary>{summary}; they were judged just now. Show or hide them.</summary>
      <Text size="sm" c="dimmed" my="sm">
        Unless a case says otherwise, a line has {cases.usual.join("; ")}. The lines of a case
        belong to one person.
      </Text>
      {/* biome-ignore lint/a11y/noRedundantRoles: laid out as blocks on small screens, it stays a table */}
      <table className={styles.table} role="table">
        <thead>
          <tr>
            <th scope="col" style={{ width: "28%" }}>
              Case
            </th>
            <th scope="col">Given</th>
            <th scope="col" style={{ width: "28%" }}>
              Expected
            </th>
            <th scope="col" style={{ width: "6rem" }}>
              Now
            </th>
          </tr>
        </thead>
        {cases.rows.map((row) => (
          <tbody key={row.name} className={styles.group}>
            {row.lines.map((line, index) => (
              <tr key={line.id}>
                {index === 0 && (
                  <th scope="rowgroup" rowSpan={row.lines.length}>
                    {row.name}
                    {row.readings.map((reading) => (
                      <Text key={reading} size="xs" c="dimmed">
                        Read otherwise: {reading}
                      </Text>
                    ))}
                  </th>
                )}
                <td>
                  {row.lines.length > 1 && <strong>{line.id} </strong>}
                  {line.given.length > 0 ? line.given.join("; ") : "a usual line"}
                </td>
                <td>{line.expected.length > 0 ? line.expected.join("; ") : "–"}</td>
                {index === 0 && (
                  <td rowSpan={row.lines.length}>
                    <Result row={row} />
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        ))}
      </table>
    </details>
  );
}

function Result({ row }: { row: CaseRow }) {
  if (row.failures.length === 0) {
    return (
      <Badge color="teal" leftSection={<IconCheck size={12} aria-hidden />}>
        passes
      </Badge>
    );
  }
  return (
    <>
      <Badge color="red" leftSection={<IconAlertTriangle size={12} aria-hidden />}>
        fails
      </Badge>
      {row.failures.map((failure) => (
        <Text key={failure} size="xs">
          {failure}
        </Text>
      ))}
    </>
  );
}
