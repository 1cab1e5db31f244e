import { Anchor, Stack, Table, Text } from "@mantine/core";
import { paths } from "../../web/paths.ts";
import { useWords } from "../../web/use-me.ts";
import { inWords } from "../../web/words.ts";
import { type ImportColumn, wordOf } from "../import-column.ts";
import { importKindNames, importKinds } from "../import-kinds.ts";

/** Every kind of file in the order in which one needs another, with its columns and an empty file. */
export function WhatCanCome() {
  const words = useWords();
  return (
    <>
      <Text size="sm" mb="sm">
        In this order, because each names what came before it. Only the columns marked * have to be
        there; a column may have another name, and you match it.
      </Text>
      <Stack component="ol" gap="xs" pl="md" my={0}>
        {importKindNames.map((kind) => {
          const label = inWords(importKinds[kind].label, words);
          const columns: readonly ImportColumn[] = importKinds[kind].columns;
          return (
            <li key={kind}>
              <details>
                <summary>{label}</summary>
                <Text size="sm" my="xs">
                  {inWords(importKinds[kind].about, words)}{" "}
                  <Anchor
                    href={paths.importColumns(kind)}
                    download
                    inherit
                    underline="always"
                    aria-label={`An empty file with these columns: ${label}`}
                  >
                    An empty file with these columns
                  </Anchor>
                </Text>
                <Table verticalSpacing={4} horizontalSpacing={6} fz="sm" mb="sm" maw="48rem">
                  <Table.Thead>
                    <Table.Tr>
                      <Table.Th>Column</Table.Th>
                      <Table.Th>What goes in</Table.Th>
                    </Table.Tr>
                  </Table.Thead>
                  <Table.Tbody>
                    {columns.map((column) => (
                      <Table.Tr key={column.name} style={{ verticalAlign: "top" }}>
                        <Table.Td w="40%">
                          {inWords(column.label, words)}
                          {column.needed && " *"}
                        </Table.Td>
                        <Table.Td style={{ overflowWrap: "anywhere" }}>{takes(column)}</Table.Td>
                      </Table.Tr>
                    ))}
                  </Table.Tbody>
                </Table>
              </details>
            </li>
          );
        })}
      </Stack>
    </>
  );
}

function takes(column: ImportColumn): string {
  const words = Object.keys(column.codes ?? {}).map((code) => wordOf(column, code));
  switch (column.form) {
    case "text":
      return "Text";
    case "email":
      return "An email address";
    case "day":
      return "A date";
    case "yes-no":
      return "Yes or no; empty: no";
    case "count":
      return `A whole number up to ${column.most}`;
    case "words":
      return "Names, with a comma between";
    case "role":
      return "Roles as under Staff, with a comma between";
    case "code":
      return `One of: ${words.join(", ")}`;
    case "codes":
      return `Any of, with a comma between: ${words.join(", ")}`;
  }
}
