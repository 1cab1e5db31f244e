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
      <Text id="cases" className={styles.inside} size="sm" c="dimmed" my="sm">
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
          </tr>
        </thead>
        {cases.rows.map((row) => (
          <tbody key={row.name} className={styles.group}>
            {row.lines.map((line, index) => (
              <tr key={line.id}>
                {index === 0 && (
                  <th scope="rowgroup" rowSpan={row.lines.length}>
                    {row.name} <Result row={row} />
                    {row.readings.map((reading) => (
                      <Text key={reading} size="xs" c="dimmed">
                        Read otherwise: {reading}
                      </Text>
                    ))}
                  </th>
                )}
                <td data-label="Given">
                  {row.lines.length > 1 && <strong>{line.id} </strong>}
                  {line.given.length > 0 ? line.given.join("; ") : "a usual line"}
                </td>
                <td data-label="Expected">
                  {line.expected.length > 0 ? line.expected.join("; ") : "–"}
                </td>
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
      <Badge size="sm" color="teal" leftSection={<IconCheck size={12} aria-hidden />}>
        passes
      </Badge>
    );
  }
  return (
    <>
      <Badge size="sm" color="red" leftSection={<IconAlertTriangle size={12} aria-hidden />}>
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
