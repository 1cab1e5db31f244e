import { Anchor, Button, Paper, Stack, Text } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { Link, useLoaderData } from "react-router";
import { fullName } from "../../people/consumer.ts";
import { noSuchPage, page } from "../../web/guard.ts";
import { Empty, LinkButton, PageHead, Section } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useDates } from "../../web/use-me.ts";
import { isId, writeFilter } from "../claim.ts";
import { findBatchLines } from "../claim-store.ts";
import { findBatch, findReversed } from "../release-store.ts";
import { LineTable } from "./line-table.tsx";
import { counted, useMoney } from "./words.tsx";

export const meta = () => [{ title: "A batch of claims · Throughcare" }];

export const loader = page("claim.read", async ({ db, params, listed }) => {
  const id = params.batchId;
  const batch = isId(id) ? await findBatch(db, id) : null;
  if (!batch) throw noSuchPage();
  const lines = await findBatchLines(db, batch.id);
  const reversed = await findReversed(db, batch.id);
  await listed([...new Set([...lines, ...reversed].map(({ consumerId }) => consumerId))]);
  return { batch, lines, reversed };
});

export default function Batch() {
  const { batch, lines, reversed } = useLoaderData<typeof loader>();
  const dates = useDates();
  const money = useMoney();
  return (
    <>
      <PageHead
        title={`Batch ${batch.number}`}
        about={`Released ${dates.instant(batch.releasedAt)} by ${batch.releasedBy}: ${counted(batch.lines, "claim")}, ${counted(batch.units, "unit")}, ${money(batch.cents)}.`}
        actions={
          <>
            <LinkButton to={paths.batches()} variant="default" size="xs">
              All batches
            </LinkButton>
            <Button
              component="a"
              href={paths.claimExport() + writeFilter({ batch: batch.id })}
              download
              variant="default"
              size="xs"
              leftSection={<IconDownload size={14} aria-hidden />}
            >
              Export CSV
            </Button>
          </>
        }
      />
      <Paper mb="md">
        {lines.length === 0 ? (
          <Empty>Every claim of this batch was reversed.</Empty>
        ) : (
          <LineTable
            lines={lines}
            caption={counted(lines.length, "claim that stands", "claims that stand")}
          />
        )}
      </Paper>
      {reversed.length > 0 && (
        <Section title="Reversed">
          <Stack gap="sm">
            {reversed.map((claim) => (
              <div key={claim.id}>
                <Text size="sm">
                  <Anchor
                    component={Link}
                    to={paths.claim(claim.serviceId)}
                    size="sm"
                    fw={500}
                    underline="always"
                  >
                    {fullName(claim)}
                  </Anchor>
                  , {dates.day(claim.day)}: {counted(claim.units, "unit")}, {money(claim.cents)}.{" "}
                  {claim.reason}
                </Text>
                <Text size="xs" c="dimmed">
                  {claim.reversedAt ? dates.instant(claim.reversedAt) : ""} by {claim.reversedBy}
                </Text>
              </div>
            ))}
          </Stack>
        </Section>
      )}
    </>
  );
}
