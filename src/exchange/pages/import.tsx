import { Alert, Button, Group, NativeSelect, SimpleGrid, Table, Text } from "@mantine/core";
import { IconAlertTriangle, IconCheck } from "@tabler/icons-react";
import { useLoaderData } from "react-router";
import { done, Form, refuseField, useSending } from "../../web/form.tsx";
import { act, noSuchPage, page, type Visit } from "../../web/guard.ts";
import { LinkButton, PageHead, Section } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useDates, useWords } from "../../web/use-me.ts";
import { inWords } from "../../web/words.ts";
import type { ImportColumn, ImportKind } from "../import-column.ts";
import { importKinds } from "../import-kinds.ts";
import { type ImportRow, type Problem, readRows, unmatched } from "../import-rows.ts";
import {
  dropImport,
  findImport,
  findMisfits,
  keepColumns,
  runImport,
  undoImport,
} from "../import-store.ts";

export const meta = () => [{ title: "Bring data in · Throughcare" }];

/** Problems shown at once; the count says how many there are. */
const SHOWN = 200;

export const loader = page("agency.manage", async (visit) => {
  const batch = await getBatch(visit);
  const { id, kind, file_name, header, columns, row_count, imported_at, undone_at, rows } = batch;
  const { problems, ready } = await dryRun(visit, batch);
  return {
    ...{ id, kind, file_name, header, columns, row_count, imported_at, undone_at, ready },
    problems: problems.slice(0, SHOWN),
    problemCount: problems.length,
    sample: (rows ?? []).slice(0, 3),
  };
});

async function getBatch({ db, params }: Visit) {
  const id = params.importBatchId ?? "";
  const found = await findImport(db, id);
  if (!found) throw noSuchPage();
  return found;
}

/** Everything that is wrong: in the file itself, and against what is here. */
async function dryRun({ db, me }: Visit, batch: Awaited<ReturnType<typeof getBatch>>) {
  const kind: ImportKind = importKinds[batch.kind];
  if (!batch.rows) return { problems: [], ready: [] as ImportRow[] };
  const missing = unmatched(kind, batch.columns);
  if (missing.length > 0) {
    const problem = "No column of the file is matched to this";
    return {
      problems: missing.map(({ name }): Problem => ({ row: 1, column: name, problem })),
      ready: [],
    };
  }
  const read = readRows(kind, batch.columns, batch.rows, me.agency.locale === "en-GB");
  const wrong = new Set(read.problems.map(({ row }) => row));
  const sound = read.rows.filter(({ row }) => !wrong.has(row));
  const misfits = await findMisfits(db, batch.kind, sound);
  const problems = [...read.problems, ...misfits].toSorted((a, b) => a.row - b.row);
  return { problems, ready: problems.length === 0 ? read.rows : [] };
}

export const action = act("agency.manage", async (visit) => {
  const batch = await getBatch(visit);
  const { db, form } = visit;
  const here = paths.import(batch.id);
  switch (form.get("intent")) {
    case "columns": {
      const columns: Record<string, number> = {};
      for (const { name } of (importKinds[batch.kind] as ImportKind).columns) {
        const place = Number(form.get(name) ?? "");
        if (
          form.get(name) !== "" &&
          Number.isInteger(place) &&
          place >= 0 &&
          place < batch.header.length
        ) {
          columns[name] = place;
        }
      }
      await keepColumns(db, batch.id, columns);
      return done(here, "Columns matched");
    }
    case "run": {
      const { ready } = await dryRun(visit, batch);
      const written = ready.length > 0 ? await runImport(db, batch.id, ready) : null;
      if (written === null)
        return refuseField(form, "", "Something is wrong with it now: see below.");
      return done(here, `${written} rows written`);
    }
    case "undo": {
      const said = await undoImport(db, batch.id);
      if (said === "edited") {
        const why =
          "Somebody has worked on it since, so it cannot be undone any more. Nothing was changed.";
        return refuseField(form, "", why);
      }
      return done(
        here,
        said === "undone" ? "Undone: nothing of it is left" : "It was undone already",
      );
    }
    default:
      await dropImport(db, batch.id);
      return done(paths.imports(), "Thrown away");
  }
});

export default function Import() {
  const data = useLoaderData<typeof loader>();
  const { kind, file_name, row_count, imported_at, undone_at, ready } = data;
  const dates = useDates();
  const words = useWords();
  const sending = useSending();
  return (
    <>
      <PageHead
        title={inWords(importKinds[kind].label, words)}
        about={`${file_name}, ${row_count} rows. ${inWords(importKinds[kind].about, words)}`}
        actions={
          <LinkButton to={paths.imports()} variant="default" size="xs">
            All files
          </LinkButton>
        }
      />
      {imported_at ? (
        <Section title={undone_at ? "Undone" : "Written"}>
          <Text size="sm" mb="sm">
            {undone_at
              ? `Written ${dates.instant(imported_at)} and undone ${dates.instant(undone_at)}: nothing of it is left.`
              : `All ${row_count} rows were written ${dates.instant(imported_at)}. Until somebody works on one of them it can be undone as a whole.`}
          </Text>
          {!undone_at && (
            <Form intent="undo">
              <Button type="submit" color="red" variant="light" size="sm" loading={sending}>
                Undo this import
              </Button>
            </Form>
          )}
        </Section>
      ) : (
        <>
          <Columns />
          <Section title={ready.length > 0 ? "Nothing is wrong" : "What is wrong"}>
            {ready.length > 0 ? (
              <Alert color="teal" icon={<IconCheck aria-hidden />} mb="sm">
                All {ready.length} rows can be written. Nothing is written until you say so.
              </Alert>
            ) : (
              <Problems />
            )}
            <Group gap="sm" align="flex-start">
              <Form intent="run">
                <Button type="submit" disabled={ready.length === 0} loading={sending}>
                  Write all {row_count} rows
                </Button>
              </Form>
              <Form intent="drop">
                <Button type="submit" variant="subtle" color="red">
                  Throw this file away
                </Button>
              </Form>
            </Group>
          </Section>
        </>
      )}
    </>
  );
}

function Columns() {
  const { kind, header, columns, sample } = useLoaderData<typeof loader>();
  const words = useWords();
  const ours: readonly ImportColumn[] = importKinds[kind].columns;
  return (
    <Section title="Which column is which">
      <Form intent="columns" key={JSON.stringify(columns)}>
        <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }} spacing="sm" mb="sm">
          {ours.map(({ name, label, needed }) => {
            const place = columns[name];
            const examples =
              place === undefined ? [] : sample.map((row) => row[place]).filter(Boolean);
            return (
              <NativeSelect
                key={name}
                name={name}
                label={inWords(label, words)}
                withAsterisk={needed ?? false}
                defaultValue={place === undefined ? "" : String(place)}
                description={
                  examples.length > 0
                    ? `such as ${examples.slice(0, 2).join(" · ")}`.slice(0, 60)
                    : " "
                }
                inputWrapperOrder={["label", "input", "description", "error"]}
                data={[
                  { value: "", label: "not in the file" },
                  ...header.map((said, at) => ({
                    value: String(at),
                    label: said || `column ${at + 1}`,
                  })),
                ]}
              />
            );
          })}
        </SimpleGrid>
        <Button type="submit" variant="default" size="sm">
          Use these columns, and check again
        </Button>
      </Form>
    </Section>
  );
}

function Problems() {
  const { kind, problems, problemCount, header, columns } = useLoaderData<typeof loader>();
  const words = useWords();
  const ours: readonly ImportColumn[] = importKinds[kind].columns;
  const label = (name: string) =>
    inWords(ours.find((column) => column.name === name)?.label ?? name, words);
  const theirs = (name: string) => {
    const place = columns[name];
    return place === undefined ? "" : ` (${header[place]})`;
  };
  return (
    <>
      <Alert color="orange" icon={<IconAlertTriangle aria-hidden />} mb="sm">
        {problemCount === 1 ? "One thing has" : `${problemCount} things have`} to be mended in the
        file or in the matching; nothing was written. Rows are counted as in the file: 1 is the
        names of the columns.
      </Alert>
      <Table.ScrollContainer
        minWidth={420}
        type="native"
        mb="sm"
        tabIndex={0}
        role="region"
        aria-label="Problems, row by row"
      >
        <Table verticalSpacing={4}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th ta="right">Row</Table.Th>
              <Table.Th>Column</Table.Th>
              <Table.Th>What is wrong</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {problems.map(({ row, column, problem }) => (
              <Table.Tr key={`${row} ${column} ${problem}`}>
                <Table.Td ta="right">{row}</Table.Td>
                <Table.Td>
                  {label(column)}
                  {theirs(column)}
                </Table.Td>
                <Table.Td>{problem}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {problemCount > problems.length && (
        <Text size="sm" mb="sm">
          The first {problems.length} of {problemCount} are shown.
        </Text>
      )}
    </>
  );
}
