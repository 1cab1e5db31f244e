import {
  Anchor,
  Badge,
  Button,
  Checkbox,
  Group,
  NativeSelect,
  Paper,
  Stack,
  Text,
  TextInput,
} from "@mantine/core";
import { IconPrinter, IconSearch } from "@tabler/icons-react";
import { Form, Link, useLoaderData } from "react-router";
import { page } from "../../web/guard.ts";
import { Pager, readPage } from "../../web/pager.tsx";
import { Empty, LinkButton, PageHead } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useMay } from "../../web/use-me.ts";
import { providerKindCodes, providerKinds, readLooked, sayProviderKind } from "../provider.ts";
import { findProviders } from "../provider-store.ts";

export const meta = () => [{ title: "Directory · Throughcare" }];

const PAGE = 30;

export const loader = page("directory.read", async ({ db, url }) => {
  const looked = readLooked(url.searchParams);
  const number = readPage(url.searchParams);
  const rows = await findProviders(db, looked, { skip: (number - 1) * PAGE, most: PAGE + 1 });
  return { looked, number, rows: rows.slice(0, PAGE), more: rows.length > PAGE };
});

/** Services, meetings and drop-ins of others: what, when, where; some of it to take along. */
export default function Directory() {
  const { looked, rows, number, more } = useLoaderData<typeof loader>();
  const may = useMay();
  const search = new URLSearchParams({
    ...(looked.words && { q: looked.words }),
    ...(looked.kind && { kind: looked.kind }),
    ...(looked.openAccess && { open: "on" }),
    ...(looked.womenOnly && { women: "on" }),
  });
  const add = may("directory.write") && (
    <LinkButton to={paths.newProvider()}>Add an entry</LinkButton>
  );
  return (
    <Stack maw={960} gap={0}>
      <PageHead
        title="Directory"
        about="Services, meetings, drop-ins and groups of others, with times and places."
        actions={add}
      />
      <Paper mb="md">
        <Form method="get" role="search" key={search.toString()}>
          <Group align="flex-end" gap="sm">
            <TextInput
              label="Words"
              name="q"
              defaultValue={looked.words}
              placeholder="A name, a town, a day"
              style={{ flex: "2 1 12rem" }}
            />
            <NativeSelect
              label="Helps with"
              name="kind"
              defaultValue={looked.kind ?? ""}
              data={[
                { value: "", label: "Anything" },
                ...providerKindCodes.map((kind) => ({ value: kind, label: providerKinds[kind] })),
              ]}
              style={{ flex: "1 1 11rem" }}
            />
            <Button type="submit" leftSection={<IconSearch size={16} aria-hidden />}>
              Look
            </Button>
          </Group>
          <Group gap="lg" mt="sm">
            <Checkbox name="open" label="Open to anybody" defaultChecked={looked.openAccess} />
            <Checkbox name="women" label="Women only" defaultChecked={looked.womenOnly} />
          </Group>
        </Form>
      </Paper>
      {rows.length === 0 ? (
        <Empty action={add}>Nothing like that is in the directory.</Empty>
      ) : (
        <Form method="get" action={paths.directoryList()}>
          <Paper component="section" aria-label="Found">
            <Stack gap={0}>
              {rows.map((row, index) => (
                <Entry key={row.id} row={row} first={index === 0} />
              ))}
            </Stack>
          </Paper>
          <Group mt="md" justify="space-between">
            <Button
              type="submit"
              variant="default"
              leftSection={<IconPrinter size={16} aria-hidden />}
            >
              Print what is ticked
            </Button>
          </Group>
        </Form>
      )}
      <Pager
        page={number}
        more={more}
        to={(page) => {
          const next = new URLSearchParams(search);
          next.set("page", String(page));
          return `${paths.directory()}?${next}`;
        }}
      />
    </Stack>
  );
}

type Row = ReturnType<typeof useLoaderData<typeof loader>>["rows"][number];

function Entry({ row, first }: { row: Row; first: boolean }) {
  return (
    <Group
      align="flex-start"
      gap="sm"
      wrap="nowrap"
      pb="sm"
      pt={first ? 0 : "sm"}
      style={first ? {} : { borderTop: "1px solid var(--mantine-color-default-border)" }}
    >
      <Checkbox name="id" value={row.id} aria-label={`Print: ${row.name}`} mt={2} />
      <div style={{ minWidth: 0, flex: 1 }}>
        <Group gap={6}>
          <Anchor
            component={Link}
            to={paths.provider(row.id)}
            fw={600}
            size="sm"
            underline="always"
          >
            {row.name}
          </Anchor>
          {row.open_access && <Badge>Open to anybody</Badge>}
          {row.women_only && <Badge color="grape">Women only</Badge>}
        </Group>
        {row.what && (
          <Text size="sm" lineClamp={2}>
            {row.what}
          </Text>
        )}
        <Text size="sm">{[row.times, row.locality, row.phone].filter(Boolean).join(" · ")}</Text>
        <Text size="xs" c="dimmed">
          {row.kinds.map(sayProviderKind).join(", ")}
        </Text>
      </div>
    </Group>
  );
}
