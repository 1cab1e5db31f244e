import { Anchor, Badge, Text } from "@mantine/core";
import { Link, useLoaderData } from "react-router";
import { addDays } from "../../kernel/day.ts";
import { page } from "../../web/guard.ts";
import { Empty, PageHead, Section } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useDates, useMe } from "../../web/use-me.ts";
import { inForce } from "../bulletin.ts";
import styles from "./bulletin.module.css";
import { allCounts, carriedTally } from "./clause-rows.ts";
import { findClauseCounts } from "./count-store.ts";
import { VerdictCounts } from "./counts.tsx";

export const loader = page("bulletin.read", async ({ db, me, services, today }) => {
  const { jurisdiction } = me.agency;
  const since = addDays(today, -89);
  const ours = services.shelf.filter(({ bulletin }) => bulletin.jurisdiction === jurisdiction);
  const numbers = ours.map(({ bulletin }) => bulletin.number);
  const counts = await findClauseCounts(db, numbers, since);
  const bulletins = services.shelf.map((shelved) => {
    const { number, title, issuer, status, effective, clauses } = shelved.bulletin;
    return {
      ...{ number, title, issuer, status, effective },
      jurisdiction: shelved.bulletin.jurisdiction,
      folder: shelved.folder,
      inForceHere: ours.includes(shelved) && inForce(shelved.bulletin, today),
      clauses: clauses.length,
      carried: carriedTally(shelved.bulletin),
      counts: ours.includes(shelved) ? allCounts(counts, number) : null,
    };
  });
  return { bulletins, since };
});

export const meta = () => [{ title: "Bulletins · Throughcare" }];

type Row = Awaited<ReturnType<typeof loader>>["bulletins"][number];

export default function Bulletins() {
  const { bulletins } = useLoaderData<typeof loader>();
  const { agency } = useMe();
  const here = bulletins.filter(({ inForceHere }) => inForceHere);
  const others = bulletins.filter(({ inForceHere }) => !inForceHere);
  return (
    <>
      <PageHead
        title="Bulletins"
        about="The documents whose rules are known here: what they ask, what carries each clause, and how the last 90 days went."
      />
      <Section title={`In force for ${agency.name}`}>
        {here.length > 0 ? (
          <BulletinTable rows={here} />
        ) : (
          <Empty>No bulletin for {agency.jurisdiction} is in force today.</Empty>
        )}
      </Section>
      {others.length > 0 && (
        <Section title="Also on the shelf">
          <BulletinTable rows={others} />
        </Section>
      )}
    </>
  );
}

function BulletinTable({ rows }: { rows: readonly Row[] }) {
  return (
    // biome-ignore lint/a11y/noRedundantRoles: laid out as blocks on small screens, it stays a table
    <table className={styles.table} role="table">
      <thead>
        <tr>
          <th scope="col">Bulletin</th>
          <th scope="col" style={{ width: "22%" }}>
            In force
          </th>
          <th scope="col" style={{ width: "22%" }}>
            Clauses, by what carries them
          </th>
          <th scope="col" className={styles.countsColumn}>
            Verdicts of the last 90 days
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.folder} className={styles.group}>
            <th scope="row">
              <Anchor component={Link} to={paths.bulletin(row.number)} fw={600}>
                {row.title}
              </Anchor>
              <Text size="sm">{row.number}</Text>
              <Text size="xs" c="dimmed">
                {row.issuer}
              </Text>
            </th>
            <td>
              <InForce row={row} />
            </td>
            <td>
              {row.clauses} clauses
              <Text size="xs" c="dimmed">
                {Object.entries(row.carried)
                  .filter(([, clauses]) => clauses > 0)
                  .map(([by, clauses]) => `${clauses} ${by.replace("rule ", "")}`)
                  .join(" · ")}
              </Text>
            </td>
            <td>
              {row.counts ? (
                <VerdictCounts counts={row.counts} />
              ) : (
                <Text size="xs" c="dimmed">
                  Judges nothing here
                </Text>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function InForce({ row }: { row: Row }) {
  const dates = useDates();
  const { from, until } = row.effective;
  return (
    <>
      <Text size="sm">
        from {dates.day(from)}
        {until ? ` to ${dates.day(until)}` : ", no end known"}
      </Text>
      <Text component="div" size="xs" c="dimmed">
        {row.jurisdiction} <Badge size="sm">{row.status}</Badge>
      </Text>
    </>
  );
}
