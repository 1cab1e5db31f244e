import { Anchor, Badge, Text } from "@mantine/core";
import { Link } from "react-router";
import styles from "./bulletin.module.css";
import type { CarriedBy } from "./carried.ts";
import type { CarriageRow, ClauseRow, HeaderRow } from "./clause-rows.ts";
import { VerdictCounts } from "./counts.tsx";
import type { SubjectWords } from "./subject-words.ts";

const colors: Record<CarriedBy, string> = {
  "rule must": "tide",
  "rule should": "cyan",
  limit: "indigo",
  work: "grape",
  note: "gray",
  dates: "tide",
};

/** The document, clause by clause: what it says, what carries it and where, how it went lately. */
export function ClauseTable({
  header,
  rows,
  subject,
}: {
  header: { gist: string; english: string; row: HeaderRow };
  rows: readonly ClauseRow[];
  subject: SubjectWords;
}) {
  return (
    // biome-ignore lint/a11y/noRedundantRoles: laid out as blocks on small screens, it stays a table
    <table className={styles.table} role="table">
      <thead>
        <tr>
          <th scope="col" style={{ width: "30%" }}>
            Clause
          </th>
          <th scope="col" className={styles.badgeColumn}>
            Carried by
          </th>
          <th scope="col">How it is judged or done, and where</th>
          <th scope="col" className={styles.countsColumn}>
            {subject.counted}
          </th>
        </tr>
      </thead>
      <tbody id="clause-header" className={styles.group}>
        <tr>
          <th scope="row">
            <Anchor href="#clause-header" size="sm" className={styles.number} c="inherit">
              Header
            </Anchor>{" "}
            {header.gist}
          </th>
          <td>
            <Badge color={colors.dates}>dates</Badge>
          </td>
          <td>
            <How carriage={{ ...header.row.carriage, english: header.english }} />
          </td>
          <td>
            <Text size="xs">
              {header.row.lines === 1 ? subject.one : `${header.row.lines} ${subject.many}`} judged
            </Text>
          </td>
        </tr>
      </tbody>
      {rows.map((row) => (
        <tbody key={row.number} id={`clause-${row.number}`} className={styles.group}>
          {row.carriages.map((carriage, index) => (
            <tr key={carriage.by}>
              {index === 0 && (
                <th scope="rowgroup" rowSpan={row.carriages.length}>
                  <ClauseHead row={row} />
                </th>
              )}
              <td>
                <Badge color={colors[carriage.by]}>{carriage.by}</Badge>
              </td>
              <td>
                <How carriage={carriage} />
              </td>
              <td>
                {carriage.counts ? (
                  <VerdictCounts counts={carriage.counts} />
                ) : (
                  <Text size="xs" c="dimmed">
                    {carriage.by === "work" ? "Done, not judged" : "Not judged"}
                  </Text>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      ))}
    </table>
  );
}

function ClauseHead({ row }: { row: ClauseRow }) {
  return (
    <>
      <Anchor href={`#clause-${row.number}`} size="sm" className={styles.number} c="inherit">
        {row.number}
      </Anchor>{" "}
      {row.gist}
      {row.readings.length > 0 && (
        <Text size="xs" c="dimmed" mt={4}>
          Leans on {row.readings.length === 1 ? "a reading: " : `${row.readings.length} readings: `}
          {row.readings.map((name, index) => (
            <span key={name}>
              {index > 0 && ", "}
              <Anchor href={`#reading-${name}`} size="xs" underline="always">
                {name.replaceAll("-", " ")}
              </Anchor>
            </span>
          ))}
        </Text>
      )}
    </>
  );
}

function How({ carriage }: { carriage: Omit<CarriageRow, "counts"> }) {
  return (
    <>
      {carriage.english && <Text size="sm">{carriage.english}</Text>}
      {carriage.otherwise && (
        <Text size="sm" c="dimmed">
          {carriage.otherwise}
        </Text>
      )}
      {carriage.places.map(({ page, to, how }) => (
        <Text key={to} size="sm" c="dimmed">
          {to.startsWith("#") ? (
            <Anchor href={to} underline="always">
              {page}
            </Anchor>
          ) : (
            <Anchor component={Link} to={to} underline="always">
              {page}
            </Anchor>
          )}
          : {how}
        </Text>
      ))}
    </>
  );
}
