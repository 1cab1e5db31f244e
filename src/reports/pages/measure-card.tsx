import { Anchor, Group, Paper, Table, Text, Title } from "@mantine/core";
import { Link } from "react-router";
import { useDates, useWords } from "../../web/use-me.ts";
import { capital } from "../../web/words.ts";
import {
  type Measure,
  type Measured,
  measures,
  NO_PROGRAM,
  noneOf,
  share,
  type Total,
  type TotalRow,
} from "../measure.ts";
import { casesAt, type Part } from "./cases-at.ts";
import { Headlined } from "./headlined.tsx";
import { MonthBars } from "./month-bars.tsx";
import styles from "./reports.module.css";

const nothing: Total = { cases: 0, counting: 0, median: null };

/** One measure: the number that matters, its months, and its programmes, each opening its cases. */
export function MeasureCard({
  measure,
  totals,
  programs,
  months,
  period,
  program,
}: {
  measure: Measure;
  totals: readonly TotalRow[];
  programs: readonly { id: string; name: string }[];
  months: readonly string[];
  period: string;
  program: string | null;
}) {
  const words = useWords();
  const says: Measured = measures[measure];
  const whole = totals.find(({ month, by_program }) => month === null && !by_program) ?? nothing;
  const byMonth = new Map<string | null, Total>(totals.map((total) => [total.month, total]));
  const of = (month: string) => byMonth.get(month) ?? nothing;
  const lines = totals.filter(({ month, by_program }) => month === null && by_program);
  const name = (id: string | null) =>
    programs.find((one) => one.id === id)?.name ?? noneOf(measure);
  const at = { months: period, program };

  return (
    <Paper component="section" aria-label={says.title}>
      <Group justify="space-between" align="flex-start" wrap="nowrap" mb={4}>
        <div>
          <Title order={2} size="h4">
            {says.title}
          </Title>
          <Text size="xs" c="dimmed">
            {says.cases}, by {says.on}. {says.about}
          </Text>
        </div>
        <Headline {...{ measure, at }} total={whole} />
      </Group>
      {whole.cases === 0 ? (
        <Text size="sm" my="md">
          Nothing in this period.
        </Text>
      ) : (
        <>
          <MonthBars
            labels={[says.counts ?? says.cases, says.counts ? "the rest" : null]}
            rows={months.map((month) => {
              const total = of(month);
              const counting = says.counts ? total.counting : total.cases;
              return { month, first: counting, second: total.cases - counting };
            })}
            to={(month) => casesAt(measure, { ...at, month })}
          />
          <Table.ScrollContainer
            minWidth={0}
            type="native"
            tabIndex={0}
            role="region"
            aria-label={`${says.title} by ${words.program}`}
          >
            <Table verticalSpacing={4} horizontalSpacing={5} fz={{ base: "xs", sm: "sm" }}>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>By {words.program}</Table.Th>
                  <Table.Th ta="right">Cases</Table.Th>
                  {says.counts && <Table.Th ta="right">{capital(says.counts)}</Table.Th>}
                  {says.value && <Table.Th ta="right">Median days</Table.Th>}
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {lines.map((line) => (
                  <Line
                    key={line.program_id}
                    name={name(line.program_id)}
                    {...{ measure, line }}
                    at={{ months: period, program: line.program_id ?? NO_PROGRAM }}
                  />
                ))}
                {lines.length > 1 && <Line name="All" line={whole} {...{ measure, at }} />}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
          <Months {...{ measure, months, of, at }} />
        </>
      )}
    </Paper>
  );
}

function Line({
  name,
  measure,
  line,
  at,
}: {
  name: string;
  measure: Measure;
  line: Total;
  at: { months: string; program: string | null };
}) {
  const { counts, value } = measures[measure];
  return (
    <Table.Tr>
      <Table.Td>{name}</Table.Td>
      <Table.Td ta="right">
        <Count n={line.cases} to={casesAt(measure, at)} />
      </Table.Td>
      {counts && (
        <Table.Td ta="right">
          <Count n={line.counting} to={casesAt(measure, { ...at, part: "counting" })}>
            <Text span size="xs" c="dimmed">
              {` ${share(line)}%`}
            </Text>
          </Count>
        </Table.Td>
      )}
      {value && (
        <Table.Td ta="right">
          <Median of={line.median} to={casesAt(measure, { ...at, byValue: true })} />
        </Table.Td>
      )}
    </Table.Tr>
  );
}

/** The bars in numbers; nothing stands in a month that had none. */
function Months({
  measure,
  months,
  of,
  at,
}: {
  measure: Measure;
  months: readonly string[];
  of: (month: string) => Total;
  at: { months: string; program: string | null };
}) {
  const dates = useDates();
  const { counts, value } = measures[measure];
  return (
    <details className={styles.details}>
      <summary>Month by month</summary>
      <table className={styles.months}>
        <thead>
          <tr>
            <th scope="col">Month</th>
            <th scope="col">Cases</th>
            {counts && <th scope="col">{capital(counts)}</th>}
            {value && <th scope="col">Median days</th>}
          </tr>
        </thead>
        <tbody>
          {months.map((month) => {
            const { cases, counting, median } = of(month);
            const to = (part?: Part) => casesAt(measure, { ...at, month, ...(part && { part }) });
            const by = () => casesAt(measure, { ...at, month, byValue: true });
            return (
              <tr key={month}>
                <th scope="row">{dates.month(month)}</th>
                <td>{cases === 0 ? 0 : <Link to={to()}>{cases}</Link>}</td>
                {counts && (
                  <td>{counting === 0 ? 0 : <Link to={to("counting")}>{counting}</Link>}</td>
                )}
                {value && <td>{median === null ? "–" : <Link to={by()}>{days(median)}</Link>}</td>}
              </tr>
            );
          })}
        </tbody>
      </table>
    </details>
  );
}

function Headline({
  measure,
  total,
  at,
}: {
  measure: Measure;
  total: Total;
  at: { months: string; program: string | null };
}) {
  const { counts } = measures[measure];
  const percent = share(total);
  if (percent === null) return null;
  const [number, words, to] = counts
    ? [`${percent}%`, counts, casesAt(measure, { ...at, part: "counting" })]
    : [days(total.median), "days, the median", casesAt(measure, { ...at, byValue: true })];
  return (
    <div style={{ textAlign: "right", flex: "none", maxWidth: "8rem" }}>
      <Headlined to={to}>{number}</Headlined>
      <Text size="xs" c="dimmed">
        {words}
      </Text>
    </div>
  );
}

function Count({ n, to, children }: { n: number; to: string; children?: React.ReactNode }) {
  if (n === 0) return <>0{children}</>;
  return (
    <Anchor component={Link} to={to} inherit underline="always">
      {n}
      {children}
    </Anchor>
  );
}

function Median({ of, to }: { of: number | null; to: string }) {
  if (of === null) return <>–</>;
  return (
    <Anchor component={Link} to={to} inherit underline="always">
      {days(of)}
    </Anchor>
  );
}

function days(median: number | null): string {
  return median === null ? "–" : String(Math.round(median * 10) / 10);
}
