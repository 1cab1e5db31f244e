import { Anchor, Grid, Paper, SimpleGrid, Table, Text } from "@mantine/core";
import { Link } from "react-router";
import { getFact, sayValue } from "../../policy/facts.ts";
import { Section } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useDates, useWords } from "../../web/use-me.ts";
import { capital } from "../../web/words.ts";
import type { Summary } from "../audit/summary.ts";
import { OutcomeBars, outcomeParts } from "./audit-bars.tsx";
import { findingsAt } from "./audit-findings.tsx";
import type { AuditData } from "./audit-run.tsx";
import { useMoney } from "./words.tsx";

const say = (count: number) => count.toLocaleString("en-US");

/** The numbers of an audit: what is in summary.json, for people. */
export function AuditReport({ data }: { data: AuditData }) {
  const { run } = data;
  const words = useWords();
  const dates = useDates();
  const money = useMoney();
  const summary = run.summary as Summary;
  const judged = summary.lines.payable + short(summary);
  return (
    <>
      <SimpleGrid cols={{ base: 2, md: 4 }} mb="md" spacing="sm">
        <Tile label="Lines judged" value={say(judged)}>
          {say(summary.lines["not-applicable"])} more that it is not for
        </Tile>
        <Tile label="Not payable in full" value={say(short(summary))}>
          {say(summary.lines.denied)} denied, {say(summary.lines.pended)} pended,{" "}
          {say(summary.lines.reduced)} reduced
        </Tile>
        <Tile label="Units payable" value={say(summary.units.payable)}>
          of {say(summary.units.billed)} billed
        </Tile>
        {run.over === "file" ? (
          <Tile label="Money at risk" value={money(summary.amount_at_risk_cents)}>
            billed for units that are not payable
            {summary.lines_without_amount > 0 &&
              `; ${say(summary.lines_without_amount)} lines have no amount`}
          </Tile>
        ) : (
          <Tile label="Findings" value={say(data.kept)}>
            a service can have several
          </Tile>
        )}
      </SimpleGrid>
      <Section title="Clauses that are not met">
        <Clauses data={data} />
      </Section>
      <Grid>
        <Grid.Col span={{ base: 12, lg: 6 }}>
          <Section title="By month">
            <Shares
              heading="Month"
              rows={summary.by_month.map(({ month, ...share }) => ({
                label: month ? dates.month(`${month}-01`) : "not recorded",
                ...share,
              }))}
            />
          </Section>
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 6 }}>
          <Section title={`By ${words.program}`}>
            <Shares
              heading={capital(words.program)}
              rows={summary.by_program.map(({ program, ...share }) => ({
                label: program === null ? "not recorded" : sayProgram(program),
                ...share,
              }))}
            />
          </Section>
        </Grid.Col>
      </Grid>
      {summary.by_agency.length > 1 && (
        <Section title="By agency">
          <Shares
            heading="Agency"
            rows={summary.by_agency.map(({ agency_id, ...share }) => ({
              label: agency_id ?? "not recorded",
              ...share,
            }))}
          />
        </Section>
      )}
      <Readings summary={summary} />
    </>
  );
}

/** A known code in words, another as it is. */
function sayProgram(code: string): string {
  return sayValue(getFact("service", "program"), code);
}

function short({ lines }: Summary): number {
  return lines.reduced + lines.denied + lines.pended;
}

function Tile({
  label,
  value,
  children,
}: {
  label: string;
  value: string;
  children: React.ReactNode;
}) {
  return (
    <Paper p="sm">
      <Text size="xs" c="dimmed">
        {label}
      </Text>
      <Text fz="xl" fw={650}>
        {value}
      </Text>
      <Text size="xs" c="dimmed">
        {children}
      </Text>
    </Paper>
  );
}

function Clauses({ data: { run, clauses } }: { data: AuditData }) {
  return (
    <Table.ScrollContainer
      minWidth={300}
      type="native"
      tabIndex={0}
      role="region"
      aria-label="The numbers of the audit"
    >
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Clause</Table.Th>
            <Table.Th ta="right">Breached</Table.Th>
            <Table.Th ta="right">Unknown</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {clauses.map(({ clause, gist, breached, unknown }) => (
            <Table.Tr key={clause} style={{ verticalAlign: "top" }}>
              <Table.Td>
                <Anchor
                  underline="always"
                  component={Link}
                  inherit
                  to={`${paths.bulletin(run.bulletin)}#clause-${clause}`}
                >
                  {clause}
                </Anchor>{" "}
                <Text span size="sm">
                  {gist}
                </Text>
              </Table.Td>
              {(["breached", "unknown"] as const).map((verdict) => {
                const count = verdict === "breached" ? breached : unknown;
                return (
                  <Table.Td ta="right" key={verdict}>
                    {count === 0 ? (
                      "0"
                    ) : (
                      <Anchor
                        underline="always"
                        component={Link}
                        inherit
                        to={findingsAt(run.id, { clause, verdict })}
                        aria-label={`${count} ${verdict}, clause ${clause}: show them`}
                      >
                        {say(count)}
                      </Anchor>
                    )}
                  </Table.Td>
                );
              })}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

type Row = { label: string; lines: Summary["lines"]; units: Summary["units"] };

const MOST_SHOWN = 36;

function Shares({ heading, rows }: { heading: string; rows: readonly Row[] }) {
  const shown = rows.slice(0, MOST_SHOWN);
  return (
    <>
      <OutcomeBars rows={shown} />
      <Table.ScrollContainer
        minWidth={420}
        type="native"
        tabIndex={0}
        role="region"
        aria-label="The numbers of the audit"
      >
        <Table fz="xs">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{heading}</Table.Th>
              {outcomeParts.map(({ name, label }) => (
                <Table.Th key={name} ta="right">
                  {label}
                </Table.Th>
              ))}
              <Table.Th ta="right">Units payable</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {shown.map(({ label, lines, units }) => (
              <Table.Tr key={label}>
                <Table.Th scope="row" fw={500}>
                  {label}
                </Table.Th>
                {outcomeParts.map(({ name }) => (
                  <Table.Td key={name} ta="right">
                    {say(lines[name])}
                  </Table.Td>
                ))}
                <Table.Td ta="right">
                  {say(units.payable)} of {say(units.billed)}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {rows.length > shown.length && (
        <Text size="xs" c="dimmed">
          The first {shown.length} of {say(rows.length)}; all are in the file of numbers.
        </Text>
      )}
    </>
  );
}

function Readings({ summary: { readings } }: { summary: Summary }) {
  if (readings.length === 0) return null;
  return (
    <Section title="How the bulletin is read where it is silent">
      <Text component="details" size="sm">
        <summary style={{ cursor: "pointer" }}>{readings.length} readings</summary>
        <ul>
          {readings.map(({ name, clause, meaning, because }) => (
            <li key={name}>
              <b>{capital(meaning)}</b> (clause {clause}). {because}
            </li>
          ))}
        </ul>
      </Text>
    </Section>
  );
}
