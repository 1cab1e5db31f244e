import { isDeepStrictEqual } from "node:util";
import { Anchor, Badge, Text } from "@mantine/core";
import { Link, useLoaderData } from "react-router";
import { jurisdictionName } from "../../agency/agency.ts";
import { bulletinsOf } from "../../compliance/chosen.ts";
import { addDays } from "../../kernel/day.ts";
import { page } from "../../web/guard.ts";
import { Empty, LinkButton, PageHead, Section } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useDates, useMay, useMe } from "../../web/use-me.ts";
import { inForce } from "../bulletin.ts";
import styles from "./bulletin.module.css";
import { allCounts, carriedTally } from "./clause-rows.ts";
import { findClauseCounts } from "./count-store.ts";
import { VerdictCounts } from "./counts.tsx";

export const loader = page("bulletin.read", async ({ db, me, services, today }) => {
  const since = addDays(today, -89);
  const all = services.shelf.map(({ bulletin, folder }) => ({
    ...{ bulletin, folder },
    held: bulletinsOf(me.agency, [bulletin]),
  }));
  const counts = await findClauseCounts(
    db,
    all.flatMap(({ held }) => held),
    since,
  );
  const bulletins = all.map(({ bulletin, folder, held }) => {
    const { number, title, issuer, jurisdiction, status, effective, clauses } = bulletin;
    return {
      ...{ number, title, issuer, jurisdiction, status, effective, folder },
      inForceHere: held.some((one) => inForce(one, today)),
      // What the agency chose, where that is not all of it.
      here: held.map((one) => one.effective).filter((span) => !isDeepStrictEqual(span, effective)),
      clauses: clauses.length,
      carried: carriedTally(bulletin),
      about: bulletin.about,
      counts: held.length > 0 ? allCounts(counts, number) : null,
    };
  });
  return { bulletins, since };
});

export const meta = () => [{ title: "Bulletins · Throughcare" }];

type Row = Awaited<ReturnType<typeof loader>>["bulletins"][number];

export default function Bulletins() {
  const { bulletins } = useLoaderData<typeof loader>();
  const { agency } = useMe();
  const manages = useMay()("agency.manage");
  const here = bulletins.filter(({ inForceHere }) => inForceHere);
  const others = bulletins.filter(({ inForceHere }) => !inForceHere);
  return (
    <>
      <PageHead
        title="Bulletins"
        about="The documents whose rules are known here: what they ask, what carries each clause, and how that goes."
        actions={
          manages ? (
            <LinkButton to={paths.chosenBulletins()} variant="default" size="xs">
              Choose which are in force
            </LinkButton>
          ) : undefined
        }
      />
      <Section title={`In force for ${agency.name}`}>
        {here.length > 0 ? (
          <BulletinTable rows={here} />
        ) : (
          <Empty>No bulletin is in force today.</Empty>
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
            Verdicts
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
                <>
                  <VerdictCounts counts={row.counts} />
                  <Text size="xs" c="dimmed">
                    {row.about === "service"
                      ? "services of the last 90 days"
                      : "records as of today"}
                  </Text>
                </>
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
      {row.here.map((span) => (
        <Text size="xs" key={span.from}>
          here from {dates.day(span.from)}
          {span.until ? ` to ${dates.day(span.until)}` : ""}
        </Text>
      ))}
      <Text component="div" size="xs" c="dimmed">
        {jurisdictionName(row.jurisdiction)} <Badge size="sm">{row.status}</Badge>
      </Text>
    </>
  );
}
