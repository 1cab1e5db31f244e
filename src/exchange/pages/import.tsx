import { Alert, Button, Group, NativeSelect, SimpleGrid, Text } from "@mantine/core";
import { IconCheck, IconLock } from "@tabler/icons-react";
import { useLoaderData } from "react-router";
import { done, Form, refuseField, useSending } from "../../web/form.tsx";
import { act, noSuchPage, page, type Visit } from "../../web/guard.ts";
import { LinkButton, PageHead, Section } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useDates, useWords } from "../../web/use-me.ts";
import { inWords } from "../../web/words.ts";
import type { ImportColumn, ImportKind } from "../import-column.ts";
import { type ImportKindName, importKinds } from "../import-kinds.ts";
import { type ImportRow, type Problem, readRows, unmatched, unused } from "../import-rows.ts";
import {
  dropImport,
  findImport,
  findMisfits,
  isWorkedOn,
  KEPT_DAYS,
  keepColumns,
  runImport,
  undoImport,
} from "../import-store.ts";
import { FirstRows, Problems } from "./import-rows-shown.tsx";

export const meta = () => [{ title: "Bring data in · Throughcare" }];

const ABOUT_PEOPLE = new Set<ImportKindName>(["consumers", "supports", "episodes", "stays"]);

/** Problems shown at once; the count says how many there are. */
const SHOWN = 200;
/** Rows that are shown as they would be written. */
const FIRST = 5;

export const loader = page("agency.manage", async (visit) => {
  const batch = await getBatch(visit);
  const { id, kind, file_name, header, columns, row_count, imported_at, undone_at, rows } = batch;
  const { problems, ready } = await dryRun(visit, batch);
  const stands = imported_at !== null && undone_at === null;
  return {
    ...{ id, kind, file_name, header, columns, row_count, imported_at, undone_at },
    workedOn: stands && (await isWorkedOn(visit.db, id)),
    // The file itself stays here: a count and a few rows tell whether it was read as it was meant.
    readyCount: ready.length,
    first: ready.slice(0, FIRST),
    problems: problems.slice(0, SHOWN),
    problemCount: problems.length,
    wrongRows: new Set(problems.map(({ row }) => row)).size,
    sample: (rows ?? []).slice(0, 3),
    notUsed: unused(header, columns),
    keptUntil: new Date(new Date(batch.created_at).getTime() + KEPT_DAYS * 86_400_000),
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
  const misfits = await findMisfits(db, batch.id, sound);
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
      return done(here, written === 1 ? "One row written" : `${written} rows written`);
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
  const { kind, file_name, row_count, imported_at, undone_at, readyCount, workedOn } = data;
  const dates = useDates();
  const words = useWords();
  const sending = useSending();
  return (
    <>
      <PageHead
        title={inWords(importKinds[kind].label, words)}
        about={`${file_name}, ${row_count} ${row_count === 1 ? "row" : "rows"}. ${inWords(importKinds[kind].about, words)}`}
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
              : `${row_count === 1 ? "Its one row was" : `All ${row_count} rows were`} written ${dates.instant(imported_at)}. The file itself was forgotten then.`}
          </Text>
          {!undone_at &&
            (workedOn ? (
              <Alert color="gray" icon={<IconLock aria-hidden />}>
                Somebody has worked on what came with it, so it cannot be undone as a whole any
                more. What is wrong in it is mended row by row where it stands.
              </Alert>
            ) : (
              <Form intent="undo">
                <Text size="sm" c="dimmed" mb="xs">
                  Nobody has worked on any of it yet. Until somebody does, it can be undone as a
                  whole.
                </Text>
                <Button type="submit" color="red" variant="light" size="sm" loading={sending}>
                  Undo this import
                </Button>
              </Form>
            ))}
        </Section>
      ) : (
        <>
          <Section title={readyCount > 0 ? "Nothing is wrong" : "What is wrong"}>
            {readyCount > 0 ? (
              <>
                <Alert color="teal" icon={<IconCheck aria-hidden />} mb="sm">
                  {readyCount === 1 ? "Its one row" : `All ${readyCount} rows`} can be written.
                  Nothing is written until you say so.
                </Alert>
                <FirstRows columns={importKinds[kind].columns} rows={data.first} of={readyCount} />
              </>
            ) : (
              <Problems {...data} columns={importKinds[kind].columns} matching={data.columns} />
            )}
            <Group gap="sm" align="flex-start">
              <Form intent="run">
                <Button type="submit" disabled={readyCount === 0} loading={sending}>
                  {row_count === 1 ? "Write the row" : `Write all ${row_count} rows`}
                </Button>
              </Form>
              <Form intent="drop">
                <Button type="submit" variant="subtle" color="red">
                  Throw this file away
                </Button>
              </Form>
            </Group>
            <Text size="xs" c="dimmed" mt="sm">
              Only you can open this file. It is thrown away once it is written, or on{" "}
              {dates.instant(data.keptUntil)}.
              {ABOUT_PEOPLE.has(kind) &&
                " Checking it tells you whether people are here already: that is written into the access log."}
            </Text>
          </Section>
          <Columns />
        </>
      )}
    </>
  );
}

function Columns() {
  const { kind, header, columns, sample, notUsed } = useLoaderData<typeof loader>();
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
        {notUsed.length > 0 && (
          <Text size="sm" mb="sm">
            Not used, and not brought in:{" "}
            <Text span c="dimmed">
              {notUsed.slice(0, 60).join(", ")}
              {notUsed.length > 60 && ` and ${notUsed.length - 60} more`}
            </Text>
          </Text>
        )}
        <Button type="submit" variant="default" size="sm">
          Check with these columns
        </Button>
      </Form>
    </Section>
  );
}
