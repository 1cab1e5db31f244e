import { BarChart } from "@mantine/charts";
import { Box, Grid, Group, Loader, Paper, SimpleGrid, Table, Text, TextInput } from "@mantine/core";
import { useMounted } from "@mantine/hooks";
import { useEffect, useRef, useState } from "react";
import { useFetcher } from "react-router";
import type { Change, DraftEffect } from "../../compliance/audit/draft-effect.ts";
import { formatMoney } from "../../compliance/money.ts";
import { Empty, Section } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useDates, useMe, useWords } from "../../web/use-me.ts";
import { capital } from "../../web/words.ts";
import { getFact, sayValue } from "../facts.ts";
import type { EffectAnswer } from "./draft-effect.ts";

const PAUSE_MS = 900;
const say = (count: number) => count.toLocaleString("en-US");
const services = (count: number) => `${say(count)} ${count === 1 ? "service" : "services"}`;

/** What the draft would change of the agency's own services, worked out again whenever it changes. */
export function DraftEffects({
  draft,
  text,
  ready,
  period,
}: {
  draft: { id: string; against: { number: string } };
  text: string;
  ready: boolean;
  period: { from: string; to: string };
}) {
  const [from, setFrom] = useState(period.from);
  const [to, setTo] = useState(period.to);
  const { submit, state, data } = useFetcher<EffectAnswer>();
  const asked = useRef("");
  useEffect(() => {
    const key = JSON.stringify([text, from, to]);
    if (!ready || state !== "idle" || asked.current === key) return;
    const pause = setTimeout(
      () => {
        asked.current = key;
        void submit(
          { yaml: text, from, to },
          { method: "post", action: paths.draftEffect(draft.id) },
        );
      },
      asked.current === "" ? 0 : PAUSE_MS,
    );
    return () => clearTimeout(pause);
  }, [text, from, to, ready, state, submit, draft.id]);
  return (
    <Section
      title="Effect on your own records"
      actions={state !== "idle" && <Loader size="xs" role="status" aria-label="Being worked out" />}
    >
      <Group gap="sm" align="flex-end" mb="sm">
        <TextInput
          type="date"
          label="Services from"
          size="xs"
          value={from}
          onChange={(event) => setFrom(event.currentTarget.value)}
        />
        <TextInput
          type="date"
          label="Services to"
          size="xs"
          value={to}
          onChange={(event) => setTo(event.currentTarget.value)}
        />
        <Text size="xs" c="dimmed" maw="34rem">
          Both are judged as if in force on all these days. Counts of your whole agency; nobody's
          record is shown. Money is units at the rates of their days.
        </Text>
      </Group>
      <div aria-live="polite">
        {!ready && <Empty>Once the file has nothing wrong in it, its effect is shown here.</Empty>}
        {ready && !data && <Empty>Being worked out …</Empty>}
        {ready && data && "problem" in data && <Empty>{data.problem}</Empty>}
        {ready && data && "effect" in data && (
          <Effect effect={data.effect} seconds={data.seconds} against={draft.against.number} />
        )}
      </div>
    </Section>
  );
}

function Effect({
  effect,
  seconds,
  against,
}: {
  effect: DraftEffect;
  seconds: number;
  against: string;
}) {
  const { all, people, before, after } = effect;
  const money = useMoney();
  const words = useWords();
  const dates = useDates();
  const judged = (way: DraftEffect["before"]) =>
    way.lines.payable + way.lines.reduced + way.lines.denied + way.lines.pended;
  if (all.lines === 0) {
    return (
      <Empty>
        Nothing would change: {services(judged(before))}, {say(before.units.payable)} of{" "}
        {say(before.units.billed)} units payable either way.
      </Empty>
    );
  }
  return (
    <>
      <SimpleGrid cols={{ base: 2, md: 4 }} spacing="sm" mb="md">
        <Tile label="Services that come out otherwise" value={say(all.lines)}>
          of {say(judged(before))} judged by {against}
        </Tile>
        <Tile label="Units gained" value={`+${say(all.gained.units)}`}>
          {services(all.gained.lines)} · {money(all.gained.cents)}
        </Tile>
        <Tile label="Units lost" value={`−${say(all.lost.units)}`}>
          {services(all.lost.lines)} · {money(all.lost.cents)}
        </Tile>
        <Tile label={capital(words.consumers)} value={say(people.gaining + people.losing)}>
          {say(people.losing)} would lose units, {say(people.gaining)} gain
        </Tile>
      </SimpleGrid>
      <Grid>
        <Grid.Col span={{ base: 12, lg: 6 }}>
          <Outcomes before={before} after={after} />
          <Changes title="By clause" heading="Clause" rows={effect.byClause} />
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 6 }}>
          <MonthChart rows={effect.byMonth} />
          <Changes
            title="By month"
            heading="Month"
            rows={effect.byMonth}
            sayKey={(key) => dates.month(`${key}-01`)}
          />
          <Changes
            title={`By ${words.program}`}
            heading={capital(words.program)}
            rows={effect.byProgram}
            sayKey={(code) => sayValue(getFact("service", "program"), code)}
          />
        </Grid.Col>
      </Grid>
      <Text size="xs" c="dimmed">
        Worked out in {seconds} s. A service counts under every clause that decides its change.
        {effect.withoutRate > 0 &&
          ` Without a rate on their day, so without money: ${services(effect.withoutRate)}.`}
      </Text>
    </>
  );
}

function useMoney(): (cents: number) => string {
  const { locale } = useMe().agency;
  return (cents) => formatMoney(cents, locale);
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
    <Paper withBorder p="sm">
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

const outcomes = [
  ["payable", "Payable"],
  ["reduced", "Reduced"],
  ["denied", "Denied"],
  ["pended", "Pended"],
  ["not-applicable", "Not for it"],
] as const;

function Outcomes({ before, after }: Pick<DraftEffect, "before" | "after">) {
  return (
    <Table.ScrollContainer
      minWidth={360}
      type="native"
      mb="md"
      tabIndex={0}
      role="region"
      aria-label="What the draft would change"
    >
      <Table fz="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Outcome</Table.Th>
            <Table.Th ta="right">As it is</Table.Th>
            <Table.Th ta="right">By the draft</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {outcomes.map(([name, label]) => (
            <Table.Tr key={name}>
              <Table.Td>{label}</Table.Td>
              <Table.Td ta="right">{say(before.lines[name])}</Table.Td>
              <Table.Td ta="right">{say(after.lines[name])}</Table.Td>
            </Table.Tr>
          ))}
          <Table.Tr>
            <Table.Th>Units payable</Table.Th>
            <Table.Td ta="right">{say(before.units.payable)}</Table.Td>
            <Table.Td ta="right">{say(after.units.payable)}</Table.Td>
          </Table.Tr>
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function Changes({
  title,
  heading,
  rows,
  sayKey = (key) => key,
}: {
  title: string;
  heading: string;
  rows: readonly (Change & { key: string | null })[];
  sayKey?: (key: string) => string;
}) {
  const money = useMoney();
  return (
    <Table.ScrollContainer
      minWidth={420}
      type="native"
      mb="md"
      tabIndex={0}
      role="region"
      aria-label="What the draft would change, part by part"
    >
      <Table fz="sm" aria-label={title}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{heading}</Table.Th>
            <Table.Th ta="right">Services</Table.Th>
            <Table.Th ta="right">Units gained</Table.Th>
            <Table.Th ta="right">Units lost</Table.Th>
            <Table.Th ta="right">Money</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(({ key, lines, gained, lost }) => (
            <Table.Tr key={key ?? "none"}>
              <Table.Td>{key === null ? "not recorded" : sayKey(key)}</Table.Td>
              <Table.Td ta="right">{say(lines)}</Table.Td>
              <Table.Td ta="right">{say(gained.units)}</Table.Td>
              <Table.Td ta="right">{say(lost.units)}</Table.Td>
              <Table.Td ta="right" style={{ whiteSpace: "nowrap" }}>
                {gained.cents > 0 && `+${money(gained.cents)}`}
                {gained.cents > 0 && lost.cents > 0 && ", "}
                {lost.cents > 0 && `−${money(lost.cents)}`}
                {gained.cents === 0 && lost.cents === 0 && "–"}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

const HEIGHT = 180;

/** Units gained and lost by month; the table below it says the same in numbers. */
function MonthChart({ rows }: { rows: DraftEffect["byMonth"] }) {
  const mounted = useMounted();
  const dates = useDates();
  return (
    <Box h={HEIGHT} mb="sm" aria-hidden>
      {mounted && (
        <BarChart
          h={HEIGHT}
          dataKey="name"
          data={rows.map(({ key, gained, lost }) => ({
            name: dates.month(`${key}-01`),
            gained: gained.units,
            lost: lost.units,
          }))}
          series={[
            { name: "gained", label: "Units gained", color: "teal.6" },
            { name: "lost", label: "Units lost", color: "red.6" },
          ]}
          withLegend
          legendProps={{ verticalAlign: "top", height: 28 }}
          gridAxis="x"
          tickLine="none"
          yAxisProps={{ width: 44, allowDecimals: false }}
          barProps={{ isAnimationActive: false }}
          // The table says the same: the chart takes no focus.
          barChartProps={{ accessibilityLayer: false }}
        />
      )}
    </Box>
  );
}
