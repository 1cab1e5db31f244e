import { Button, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { IconPrinter } from "@tabler/icons-react";
import { useLoaderData } from "react-router";
import { z } from "zod";
import { page } from "../../web/guard.ts";
import { Empty, LinkButton } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { findProvidersNamed } from "../provider-store.ts";

// A browser prints the title above the sheet, so it says nothing more.
export const meta = () => [{ title: "Addresses" }];

const MOST = 30;

export const loader = page("directory.read", async ({ db, url }) => {
  const ids = url.searchParams.getAll("id").filter((id) => z.uuid().safeParse(id).success);
  return { rows: await findProvidersNamed(db, ids.slice(0, MOST)) };
});

/** A short list to take along: it names neither who it is for nor who gave it. */
export default function DirectoryList() {
  const { rows } = useLoaderData<typeof loader>();
  return (
    <Stack maw={640} gap="md">
      <Group className="no-print" justify="space-between">
        <Text size="sm" c="dimmed" maw="24rem">
          To take along. It names nobody, and not where it comes from.
        </Text>
        <Group gap="xs">
          <LinkButton to={paths.directory()} variant="default">
            Directory
          </LinkButton>
          <Button
            leftSection={<IconPrinter size={16} aria-hidden />}
            onClick={() => window.print()}
            disabled={rows.length === 0}
          >
            Print
          </Button>
        </Group>
      </Group>
      {rows.length === 0 && <Empty>Tick what is to be printed in the directory first.</Empty>}
      {rows.length > 0 && (
        <Paper component="article" p="lg">
          <Title order={1} fz="h2" mb="md">
            Addresses
          </Title>
          <Stack gap="md">
            {rows.map((row) => (
              <div key={row.id}>
                <Text fw={600}>{row.name}</Text>
                {[row.times, row.phone, row.address ?? row.locality].filter(Boolean).map((line) => (
                  <Text key={line} style={{ whiteSpace: "pre-line" }}>
                    {line}
                  </Text>
                ))}
              </div>
            ))}
          </Stack>
        </Paper>
      )}
    </Stack>
  );
}
