import { Anchor, Badge, Text } from "@mantine/core";
import styles from "./bulletin.module.css";
import type { ReadingRow } from "./clause-rows.ts";
import type { SubjectWords } from "./subject-words.ts";

/** Where the document is silent: how it is read here, why, and how else it could be. */
export function ReadingTable({
  rows,
  subject,
}: {
  rows: readonly ReadingRow[];
  subject: SubjectWords;
}) {
  return (
    // biome-ignore lint/a11y/noRedundantRoles: laid out as blocks on small screens, it stays a table
    <table className={styles.table} role="table">
      <thead>
        <tr>
          <th scope="col" style={{ width: "28%" }}>
            Left open, and how it is read
          </th>
          <th scope="col">Why</th>
          <th scope="col" style={{ width: "26%" }}>
            Could also be
          </th>
          <th scope="col" style={{ width: "8.5rem" }}>
            Clause
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.name} id={`reading-${row.name}`} className={styles.group}>
            <th scope="row">
              <Text size="xs" c="dimmed">
                {row.question}
              </Text>
              <Text size="sm" fw={600}>
                {row.meaning}
              </Text>
              <Badge size="sm" color="orange" variant="outline">
                reading
              </Badge>
            </th>
            <td data-label="Why">{row.because}</td>
            <td data-label="Could also be">
              <Alternatives row={row} />
            </td>
            <td data-label="Clause">
              <Anchor href={`#clause-${row.clause}`} size="sm">
                {row.clause}
              </Anchor>
              <Text size="xs" c="dimmed">
                {row.lines === 1
                  ? `${subject.one} leans`
                  : `${row.lines || "No"} ${subject.many} lean`}{" "}
                on it
              </Text>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Alternatives({ row }: { row: ReadingRow }) {
  if (row.alternatives.length === 0) return "another number of days";
  return (
    <ul className={styles.plain}>
      {row.alternatives.map(({ meaning, unjudgeable }) => (
        <li key={meaning}>
          {meaning}
          {unjudgeable && (
            <Text span size="xs" c="dimmed">
              {" "}
              (can’t be judged: {unjudgeable})
            </Text>
          )}
        </li>
      ))}
    </ul>
  );
}
