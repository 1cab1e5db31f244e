import { Alert, Table, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useDates, useWords } from "../../web/use-me.ts";
import { inWords } from "../../web/words.ts";
import { type ImportColumn, wordOf } from "../import-column.ts";
import type { ImportRow, Matching, Problem } from "../import-rows.ts";

/** The first rows as they would be written: whether a date was read as it was meant shows here. */
export function FirstRows({
  columns,
  rows,
  of,
}: {
  columns: readonly ImportColumn[];
  rows: readonly ImportRow[];
  of: number;
}) {
  const dates = useDates();
  const words = useWords();
  const filled = columns.filter(({ name }) => rows.some((row) => String(row[name] ?? "") !== ""));
  const say = (column: ImportColumn, row: ImportRow) => {
    const value = row[column.name];
    if (value === null || value === undefined || String(value) === "") return "–";
    if (column.form === "day") return dates.day(String(value));
    if (typeof value === "boolean") return value ? "yes" : "no";
    const said = Array.isArray(value) ? value : [value];
    return said.map((one) => wordOf(column, String(one))).join(", ");
  };
  return (
    <Scrolled label="The first rows as they would be written" wide={filled.length * 110}>
      <Table.Caption style={{ captionSide: "top", textAlign: "left" }}>
        {rows.length < of ? `The first ${rows.length} as they` : "As they"} would be written
      </Table.Caption>
      <Table.Thead>
        <Table.Tr>
          {filled.map(({ name, label }) => (
            <Table.Th key={name}>{inWords(label, words)}</Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map((row) => (
          <Table.Tr key={row.row}>
            {filled.map((column) => (
              <Table.Td key={column.name}>{say(column, row)}</Table.Td>
            ))}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Scrolled>
  );
}

/** Everything that is wrong, by row and column, as far as it is shown. */
export function Problems({
  columns,
  matching,
  header,
  problems,
  problemCount,
  wrongRows,
}: {
  columns: readonly ImportColumn[];
  matching: Matching;
  header: readonly string[];
  problems: readonly Problem[];
  problemCount: number;
  wrongRows: number;
}) {
  const words = useWords();
  const label = (name: string) =>
    inWords(columns.find((column) => column.name === name)?.label ?? name, words);
  const theirs = (name: string) => {
    const place = matching[name];
    return place === undefined ? "" : ` (${header[place]})`;
  };
  return (
    <>
      <Alert color="orange" icon={<IconAlertTriangle aria-hidden />} mb="sm">
        {problemCount === 1 ? "One thing has" : `${problemCount} things have`} to be mended in the
        file or in the matching{wrongRows > 1 && `, in ${wrongRows} rows`}. Nothing was written.
        Rows are counted as in the file: 1 is the names of the columns.
      </Alert>
      <Scrolled label="Problems, row by row" wide={0}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th ta="right">Row</Table.Th>
            <Table.Th>Column</Table.Th>
            <Table.Th>What is wrong</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {problems.map(({ row, column, problem }) => (
            <Table.Tr key={`${row} ${column} ${problem}`}>
              <Table.Td ta="right">{row}</Table.Td>
              <Table.Td>
                {label(column)}
                {theirs(column)}
              </Table.Td>
              <Table.Td>{inWords(problem, words)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Scrolled>
      {problemCount > problems.length && (
        <Text size="sm" mb="sm">
          The first {problems.length} of {problemCount} are shown.
        </Text>
      )}
    </>
  );
}

function Scrolled({ label, wide, children }: { label: string; wide: number; children: ReactNode }) {
  return (
    <Table.ScrollContainer
      minWidth={wide}
      type="native"
      mb="sm"
      tabIndex={0}
      role="region"
      aria-label={label}
    >
      <Table verticalSpacing={4} horizontalSpacing={6} fz={{ base: "xs", sm: "sm" }}>
        {children}
      </Table>
    </Table.ScrollContainer>
  );
}
