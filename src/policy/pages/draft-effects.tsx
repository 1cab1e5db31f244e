import {
  Grid,
  Group,
  Loader,
  Paper,
  SimpleGrid,
  Text,
  TextInput,
  VisuallyHidden,
} from "@mantine/core";
import { useState } from "react";
import type { DraftEffect } from "../../compliance/audit/draft-effect.ts";
import { Empty, Section } from "../../web/parts.tsx";
import { useDates, useWords } from "../../web/use-me.ts";
import { capital } from "../../web/words.ts";
import { getFact, sayValue } from "../facts.ts";
import { Changes, MonthChart, Outcomes, say, useMoney } from "./draft-effect-tables.tsx";
import { useWorkedOut } from "./use-worked-out.ts";

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
  const { answer, busy } = useWorkedOut(draft.id, { text, from, to }, ready);
  return (
    <Section
      title="Effect on your own records"
      actions={busy && <Loader size="xs" role="status" aria-label="Being worked out" />}
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
      {!ready && <Empty>Once the file has nothing wrong in it, its effect is shown here.</Empty>}
      {ready && !answer && <Empty>Being worked out …</Empty>}
      {ready && answer && "problem" in answer && <Empty>{answer.problem}</Empty>}
      {ready && answer && "effect" in answer && (
        <Effect effect={answer.effect} seconds={answer.seconds} against={draft.against.number} />
      )}
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
      <VisuallyHidden role="status">
        {services(all.lines)} would come out otherwise: {say(all.gained.units)} units gained,{" "}
        {say(all.lost.units)} lost.
      </VisuallyHidden>
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
