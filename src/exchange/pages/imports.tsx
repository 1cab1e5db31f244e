import {
  Anchor,
  Badge,
  Button,
  FileInput,
  Group,
  NativeSelect,
  Stack,
  Table,
  Text,
} from "@mantine/core";
import { Link, useLoaderData } from "react-router";
import { z } from "zod";
import {
  done,
  Form,
  parseForm,
  refuse,
  refuseField,
  useFields,
  useSending,
} from "../../web/form.tsx";
import { act, page } from "../../web/guard.ts";
import { Empty, PageHead, Section } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useDates, useWords } from "../../web/use-me.ts";
import { inWords } from "../../web/words.ts";
import { readTable } from "../import-file.ts";
import { type ImportKindName, importKindNames, importKinds } from "../import-kinds.ts";
import { findImports, keepFile } from "../import-store.ts";
import { WhatCanCome } from "./what-can-come.tsx";

export const meta = () => [{ title: "Bring data in · Throughcare" }];

export const loader = page("agency.manage", async ({ db }) => ({ imports: await findImports(db) }));

const schema = z.object({ kind: z.enum(importKindNames, "Choose what is in the file") });

export const action = act("agency.manage", async ({ db, by, form }) => {
  const { value, invalid } = parseForm(schema, form);
  if (invalid) return refuse(invalid);
  const file = form.get("file");
  if (!(file instanceof File) || file.size === 0) return refuseField(form, "file", "Choose a file");
  const table = await readTable(file.name, new Uint8Array(await file.arrayBuffer()));
  if ("problem" in table) return refuseField(form, "file", table.problem);
  const id = await keepFile(db, by, { kind: value.kind, name: file.name, table });
  return done(paths.import(id), "The file was read; nothing is written yet");
});

export default function Imports() {
  const { imports } = useLoaderData<typeof loader>();
  const words = useWords();
  const dates = useDates();
  return (
    <>
      <PageHead
        title="Bring data in"
        about="From another system, as CSV or as a spreadsheet (.xlsx). You match the columns and see everything that is wrong, by row and column; then all of it is written or nothing. It can be undone until somebody works on it. A file that waits to be written is yours alone, and is thrown away after seven days."
      />
      <Section title="A new file">
        <Upload />
      </Section>
      <Section title="What can come">
        <WhatCanCome />
      </Section>
      <Section title="Files that came in">
        {imports.length === 0 ? (
          <Empty>
            {inWords(
              "None yet. Begin with staff or programmes: people and episodes name them.",
              words,
            )}
          </Empty>
        ) : (
          <Table.ScrollContainer
            minWidth={560}
            type="native"
            tabIndex={0}
            role="region"
            aria-label="Files that came in"
          >
            <Table>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>File</Table.Th>
                  <Table.Th>What</Table.Th>
                  <Table.Th ta="right">Rows</Table.Th>
                  <Table.Th>Standing</Table.Th>
                  <Table.Th>By</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {imports.map((one) => (
                  <Table.Tr key={one.id}>
                    <Table.Td>
                      <Anchor component={Link} to={paths.import(one.id)} inherit underline="always">
                        {one.file_name}
                      </Anchor>
                    </Table.Td>
                    <Table.Td>
                      {inWords(importKinds[one.kind as ImportKindName].label, words)}
                    </Table.Td>
                    <Table.Td ta="right">{one.row_count}</Table.Td>
                    <Table.Td>
                      <Badge color={one.undone_at ? "gray" : one.imported_at ? "teal" : "orange"}>
                        {one.undone_at ? "Undone" : one.imported_at ? "Written" : "Not written yet"}
                      </Badge>
                    </Table.Td>
                    <Table.Td>
                      {one.author}
                      <Text size="xs" c="dimmed">
                        {dates.instant(one.created_at)}
                      </Text>
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        )}
      </Section>
    </>
  );
}

function Upload() {
  const field = useFields({ kind: "staff" });
  const words = useWords();
  const { name, error } = field("file");
  return (
    <Form encType="multipart/form-data">
      <Stack gap="sm" align="flex-start">
        <Group align="flex-start" gap="sm">
          <NativeSelect
            label="What is in it"
            {...field("kind")}
            data={importKindNames.map((value) => ({
              value,
              label: inWords(importKinds[value].label, words),
            }))}
          />
          <FileInput
            label="File"
            placeholder="Choose a CSV or .xlsx file"
            accept=".csv,.txt,.tsv,.xlsx"
            w="18rem"
            name={name}
            error={error}
          />
        </Group>
        <Button type="submit" loading={useSending()}>
          Read it
        </Button>
      </Stack>
    </Form>
  );
}
