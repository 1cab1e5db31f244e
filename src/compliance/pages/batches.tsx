import { Anchor, Paper, Table } from "@mantine/core";
import { Link, useLoaderData } from "react-router";
import { page } from "../../web/guard.ts";
import { Pager, readPage } from "../../web/pager.tsx";
import { Empty, LinkButton, PageHead } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useDates } from "../../web/use-me.ts";
import { findBatches } from "../release-store.ts";
import { useMoney } from "./words.tsx";

export const meta = () => [{ title: "Batches of claims · Throughcare" }];

const SHOWN = 50;

export const loader = page("claim.read", async ({ db, url }) => {
  const number = readPage(url.searchParams);
  const found = await findBatches(db, { offset: (number - 1) * SHOWN, most: SHOWN + 1 });
  return { number, more: found.length > SHOWN, batches: found.slice(0, SHOWN) };
});

export default function Batches() {
  const { number, more, batches } = useLoaderData<typeof loader>();
  const dates = useDates();
  const money = useMoney();
  return (
    <>
      <PageHead
        title="Batches"
        about="Claims that were released together, the newest first. Sums are of the claims that stand."
        actions={
          <LinkButton to={paths.claims()} variant="default" size="xs">
            Ready to claim
          </LinkButton>
        }
      />
      <Paper>
        {batches.length === 0 ? (
          <Empty action={<LinkButton to={paths.claims()}>See what is ready</LinkButton>}>
            No claim has been released yet.
          </Empty>
        ) : (
          <Table.ScrollContainer minWidth={560} type="native">
            <Table>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>Batch</Table.Th>
                  <Table.Th>Released</Table.Th>
                  <Table.Th ta="right">Claims</Table.Th>
                  <Table.Th ta="right">Units</Table.Th>
                  <Table.Th ta="right">Amount</Table.Th>
                  <Table.Th ta="right">Reversed</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {batches.map((batch) => (
                  <Table.Tr key={batch.id}>
                    <Table.Td>
                      <Anchor component={Link} to={paths.batch(batch.id)} fw={500}>
                        Batch {batch.number}
                      </Anchor>
                    </Table.Td>
                    <Table.Td>
                      {dates.instant(batch.releasedAt)} by {batch.releasedBy}
                    </Table.Td>
                    <Table.Td ta="right">{batch.lines}</Table.Td>
                    <Table.Td ta="right">{batch.units}</Table.Td>
                    <Table.Td ta="right">{money(batch.cents)}</Table.Td>
                    <Table.Td ta="right">{batch.reversed || "–"}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        )}
        <Pager page={number} more={more} to={(to) => `${paths.batches()}?page=${to}`} />
      </Paper>
    </>
  );
}
