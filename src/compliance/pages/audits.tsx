import { Anchor, Badge, Group, Paper, SimpleGrid, Table, Text } from "@mantine/core";
import { Link, useLoaderData } from "react-router";
import { may } from "../../people/access.ts";
import { page } from "../../web/guard.ts";
import { Empty, LinkButton, PageHead, Section } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useDates, useWords } from "../../web/use-me.ts";
import { findRuns } from "../audit-run-store.ts";
import { findLiveScopes } from "../audit-scope-store.ts";
import { overWhat, RunBadge } from "./audit-words.tsx";
import { useStandings } from "./use-standings.ts";

export const meta = () => [{ title: "Audits · Throughcare" }];

export const loader = page("audit.run", async ({ db, me }) => {
  return {
    scopes: await findLiveScopes(db),
    runs: await findRuns(db),
    // Everybody else who may audit has records of their own.
    needsScope: !may(me.roles, "record.read"),
  };
});

const EVERY_MS = 5000;

export default function Audits() {
  const { scopes, runs, needsScope } = useLoaderData<typeof loader>();
  useStandings(runs, EVERY_MS);
  return (
    <>
      <PageHead
        title="Audits"
        about="A bulletin held against many services at once: the agency's own records, or a file of service lines. It changes nothing. What you look at is in the access log."
        actions={<LinkButton to={paths.newAudit()}>New audit</LinkButton>}
      />
      {(needsScope || scopes.length > 0) && (
        <Section title="What you may look at">
          {scopes.length === 0 ? (
            <Empty>
              No audit scope is open for you today, so no record is. An administrator gives one. A
              file of service lines you can audit without.
            </Empty>
          ) : (
            <SimpleGrid cols={{ base: 1, md: 2 }}>
              {scopes.map((scope) => (
                <Scope key={scope.id} scope={scope} />
              ))}
            </SimpleGrid>
          )}
        </Section>
      )}
      <Section title="Your audits">
        {runs.length === 0 ? <Empty>None yet.</Empty> : <Runs />}
      </Section>
    </>
  );
}

type Scope = Awaited<ReturnType<typeof loader>>["scopes"][number];

function Scope({ scope }: { scope: Scope }) {
  const dates = useDates();
  const words = useWords();
  const programs = scope.programs.length > 0 ? scope.programs.join(", ") : `all ${words.programs}`;
  return (
    <Paper withBorder p="sm">
      <Anchor component={Link} to={paths.auditedServices(scope.id)} fw={600}>
        {scope.title}
      </Anchor>
      <Text size="sm">
        {scope.bulletin ? `Services that ${scope.bulletin} is for` : "Every service"} from{" "}
        {dates.day(scope.firstDay)} to {dates.day(scope.lastDay)}, {programs}
      </Text>
      <Text size="xs" c="dimmed">
        {scope.reason}
      </Text>
      <Text size="xs" c="dimmed">
        Open to you until {dates.day(scope.validTo)}. Given by {scope.givenBy}.
      </Text>
    </Paper>
  );
}

function Runs() {
  const { runs } = useLoaderData<typeof loader>();
  const dates = useDates();
  return (
    <Table.ScrollContainer
      minWidth={640}
      type="native"
      tabIndex={0}
      role="region"
      aria-label="Your audits"
    >
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Audit</Table.Th>
            <Table.Th>Over</Table.Th>
            <Table.Th>Standing</Table.Th>
            <Table.Th ta="right">Lines judged</Table.Th>
            <Table.Th ta="right">Payable in full</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {runs.map((run) => {
            const lines = run.summary?.lines;
            const judged = lines
              ? lines.payable + lines.reduced + lines.denied + lines.pended
              : null;
            return (
              <Table.Tr key={run.id} style={{ verticalAlign: "top" }}>
                <Table.Td>
                  <Anchor component={Link} to={paths.audit(run.id)} inherit underline="always">
                    {run.bulletin}
                  </Anchor>
                  <Text size="xs" c="dimmed">
                    {dates.instant(run.startedAt)}
                  </Text>
                </Table.Td>
                <Table.Td>
                  {overWhat(run, dates.day)}
                  {run.scope && (
                    <Text size="xs" c="dimmed">
                      {run.scope.title}
                    </Text>
                  )}
                </Table.Td>
                <Table.Td>
                  <Group gap="xs">
                    <RunBadge run={run} />
                    {run.over === "file" && <Badge color="gray">kept 30 days</Badge>}
                  </Group>
                </Table.Td>
                <Table.Td ta="right">{judged?.toLocaleString("en-US") ?? "–"}</Table.Td>
                <Table.Td ta="right">{lines?.payable.toLocaleString("en-US") ?? "–"}</Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
