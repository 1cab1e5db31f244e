import {
  Anchor,
  Button,
  FileInput,
  Grid,
  NativeSelect,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
} from "@mantine/core";
import { type FormEvent, useState } from "react";
import { Link, useLoaderData } from "react-router";
import { z } from "zod";
import { jurisdictionName } from "../../agency/agency.ts";
import { addDays, type Day } from "../../kernel/day.ts";
import { may } from "../../people/access.ts";
import type { Bulletin } from "../../policy/bulletin.ts";
import { logAccess, OF_NOBODY } from "../../storage/access-log.ts";
import { actingFor } from "../../storage/database.ts";
import {
  day,
  done,
  Form,
  optionalText,
  parseForm,
  refuse,
  refuseField,
  text,
  useFields,
  useSending,
} from "../../web/form.tsx";
import { actWithFiles, type FilesVisit, page, type Visit } from "../../web/guard.ts";
import { Empty, PageHead, Section } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { MOST_UPLOADED } from "../../web/upload.ts";
import { useDates, useWords } from "../../web/use-me.ts";
import { CREDENTIAL_COLUMNS, LINE_COLUMNS } from "../audit/columns.ts";
import { runUpload } from "../audit/file-run.ts";
import { runOwn } from "../audit/own-run.ts";
import { countRunning, type NewRun, startRun } from "../audit-run-store.ts";
import { findLiveScopes, reasonOf } from "../audit-scope-store.ts";
import { benchOf } from "../judge.ts";

export const meta = () => [{ title: "New audit · Throughcare" }];

/** As many of one's own may wait or run. */
const MOST_RUNNING = 5;

export const loader = page("audit.run", async (visit) => {
  const { db, me, services, today } = visit;
  const scopes = await findLiveScopes(db);
  const ofOwn = may(me.roles, "record.read");
  return {
    ofOwn,
    bulletins: ownBulletins(visit).map(choiceOf),
    shelf: services.shelf.flatMap(({ bulletin }) =>
      bulletin.about === "service" ? [choiceOf(bulletin)] : [],
    ),
    scopes: scopes.map(({ id, title, firstDay, lastDay, bulletin }) => ({
      ...{ id, title, firstDay, lastDay, bulletin },
    })),
    from: scopes[0]?.firstDay ?? addDays(today, -365),
    to: scopes[0] && scopes[0].lastDay < today ? scopes[0].lastDay : today,
    agencyJurisdiction: me.agency.jurisdiction,
    most: MOST_UPLOADED,
    columns: [LINE_COLUMNS, CREDENTIAL_COLUMNS].map((columns) => ({
      needed: columns.filter(({ needed }) => needed).map(({ name }) => name),
      more: columns.filter(({ needed }) => !needed).map(({ name }) => name),
    })),
  };
});

/** Those of the agency that are about services, one of each number. */
function ownBulletins({ me, services }: Pick<Visit, "me" | "services">): readonly Bulletin[] {
  const { bulletins } = benchOf(me, services.shelf);
  return [...new Map(bulletins.map((one) => [keyOf(one), one])).values()];
}

function keyOf({ jurisdiction, number, effective }: Bulletin): string {
  return `${jurisdiction}/${number}/${effective.from}`;
}

function choiceOf(bulletin: Bulletin) {
  const { title, number, jurisdiction } = bulletin;
  return {
    value: keyOf(bulletin),
    label: `${title}, ${number} (${jurisdictionName(jurisdiction)})`,
  };
}

const own = z
  .object({ bulletin: text(), scope: optionalText(36), from: day(), to: day() })
  .refine(({ from, to }) => to >= from, {
    path: ["to"],
    message: "The last day is before the first",
  });

export const action = actWithFiles("audit.run", async (visit) => {
  const { form } = visit;
  if ((await countRunning(visit.db)) >= MOST_RUNNING) {
    const message = `${MOST_RUNNING} of your audits run or wait already: wait for one, or stop one`;
    return refuseField(form, "form", message);
  }
  return form.get("intent") === "file" ? auditFile(visit) : auditOwnRecords(visit);
});

async function auditOwnRecords(visit: FilesVisit) {
  const { db, me, form } = visit;
  const { value, invalid } = parseForm(own, form);
  if (invalid) return refuse(invalid);
  const bulletin = ownBulletins(visit).find((one) => keyOf(one) === value.bulletin);
  if (!bulletin) return refuseField(form, "bulletin", "Choose a bulletin");
  const scopes = await findLiveScopes(db);
  const scope = scopes.find(({ id }) => id === value.scope) ?? null;
  if (!scope && (value.scope || !may(me.roles, "record.read"))) {
    return refuseField(form, "scope", "Choose the scope by which you audit");
  }
  if (scope?.bulletin && scope.bulletin !== bulletin.number) {
    return refuseField(form, "bulletin", `This scope is for ${scope.bulletin} alone`);
  }
  const days = scope ? within(value, scope) : value;
  if (days.to < days.from) return refuseField(form, "to", "The scope names no day of these");
  const { from: firstDay, to: lastDay } = days;
  const scopeId = scope?.id ?? null;
  const run = await begin(visit, bulletin, { over: "own-records", firstDay, lastDay, scopeId });
  const reason = scope ? reasonOf(scope) : `Audit ${run.runId}`;
  void runOwn(run, { agencyId: me.agency.id, ...days, scopeId }, reason);
  return done(paths.audit(run.runId), "The audit runs");
}

function within({ from, to }: { from: Day; to: Day }, scope: { firstDay: Day; lastDay: Day }) {
  return {
    from: from > scope.firstDay ? from : scope.firstDay,
    to: to < scope.lastDay ? to : scope.lastDay,
  };
}

const NO_ROOM =
  "The disk of the server is full, so the file could not be taken in. Nothing of it was kept, and no audit was begun. Tell whoever runs the server; once there is room, send it again.";

async function auditFile(visit: FilesVisit) {
  const { form, services, files, noRoom, takeFiles } = visit;
  if (noRoom) return refuseField(form, "lines", NO_ROOM);
  const chosen = String(form.get("file_bulletin") ?? "");
  const bulletin = services.shelf.find(
    ({ bulletin: one }) => one.about === "service" && keyOf(one) === chosen,
  )?.bulletin;
  if (!bulletin) return refuseField(form, "file_bulletin", "Choose a bulletin");
  const lines = files.get("lines");
  if (!lines) return refuseField(form, "lines", "Choose a file that is not empty");
  const run = await begin(visit, bulletin, { over: "file", fileName: lines.name });
  const credentials = files.get("credentials") ?? null;
  void runUpload(run, { folder: takeFiles(), lines, credentials });
  return done(paths.audit(run.runId), "The file is being audited");
}

/** Writes the run down in a transaction of its own: the work beside it must find it. */
async function begin(
  { services: { database }, me, by }: FilesVisit,
  bulletin: Bulletin,
  run: Omit<NewRun, "jurisdiction" | "bulletin" | "contentHash">,
) {
  const { jurisdiction, number, contentHash } = bulletin;
  const runId = await actingFor(database, me.staffId, async (db) => {
    const id = await startRun(db, by, { ...run, jurisdiction, bulletin: number, contentHash });
    const reason = `Audit ${id} begun, by ${number}, over ${run.over === "file" ? "a file" : "own records"}`;
    await logAccess(db, me, {
      ...OF_NOBODY,
      action: "write",
      room: "audit.run /audits/new",
      reason,
    });
    return id;
  });
  return { database, by, runId, bulletin };
}

export default function NewAudit() {
  const { bulletins, ofOwn, scopes, shelf } = useLoaderData<typeof loader>();
  return (
    <>
      <Anchor component={Link} to={paths.audits()} size="sm">
        All audits
      </Anchor>
      <PageHead
        title="New audit"
        about="It runs beside your other work; you see how far it is and can leave the page."
      />
      <Grid>
        <Grid.Col span={{ base: 12, md: 6 }}>
          <Section title="Own records">
            {bulletins.length === 0 ? (
              <Empty>No bulletin about services is in force for your agency.</Empty>
            ) : !ofOwn && scopes.length === 0 ? (
              <Empty>No audit scope is open for you today. An administrator gives one.</Empty>
            ) : (
              <Own />
            )}
          </Section>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 6 }}>
          <Section title="A file of service lines">
            {shelf.length === 0 ? <Empty>There is no bulletin about services.</Empty> : <Upload />}
          </Section>
        </Grid.Col>
      </Grid>
    </>
  );
}

function Own() {
  const { bulletins, scopes, ofOwn, from, to } = useLoaderData<typeof loader>();
  const words = useWords();
  const dates = useDates();
  const sending = useSending();
  const field = useFields(
    { bulletin: bulletins[0]?.value, scope: scopes[0]?.id ?? "", from, to },
    "own",
  );
  return (
    <Form intent="own">
      <Stack gap="sm">
        <NativeSelect label="Bulletin" {...field("bulletin")} data={bulletins} />
        {scopes.length > 0 && (
          <NativeSelect
            label="By which scope"
            {...field("scope")}
            data={[
              ...(ofOwn ? [{ value: "", label: `Your own ${words.programs}` }] : []),
              ...scopes.map(({ id, title, firstDay, lastDay }) => ({
                value: id,
                label: `${title} (${dates.day(firstDay)} to ${dates.day(lastDay)})`,
              })),
            ]}
          />
        )}
        <SimpleGrid cols={2}>
          <TextInput type="date" label="Services from" {...field("from")} />
          <TextInput type="date" label="Services to" {...field("to")} />
        </SimpleGrid>
        <Text size="xs" c="dimmed">
          {scopes.length > 0
            ? "Days outside the scope are left out. What lies around it counts towards a week's limit and is not shown."
            : `Services of everybody whose record you may open through your ${words.programs}, as they are recorded now.`}
        </Text>
        <div>
          <Button type="submit" loading={sending}>
            Audit them
          </Button>
        </div>
      </Stack>
    </Form>
  );
}

function Upload() {
  const { shelf, agencyJurisdiction, most } = useLoaderData<typeof loader>();
  const sending = useSending();
  const [tooLong, setTooLong] = useState(false);
  const first = shelf.find(({ value }) => value.startsWith(`${agencyJurisdiction}/`)) ?? shelf[0];
  const field = useFields({ file_bulletin: first?.value }, "file");
  const [lines, credentials] = [field("lines"), field("credentials")];
  const megabytes = Math.round(most / 1024 / 1024);
  // A longer body is cut off before anybody reads it, so it is said before it is sent.
  const measure = (event: FormEvent<HTMLFormElement>) => {
    const sent = [...new FormData(event.currentTarget).values()];
    const size = sent.reduce((sum, one) => sum + (one instanceof File ? one.size : 0), 0);
    setTooLong(size > most);
    if (size > most) event.preventDefault();
  };
  const problem = tooLong
    ? `More than ${megabytes} MB: split it by months, save it as Parquet, or use throughcare audit on the command line`
    : lines.error;
  return (
    <Form intent="file" encType="multipart/form-data" onSubmit={measure}>
      <Stack gap="sm">
        <NativeSelect label="Bulletin" {...field("file_bulletin")} data={shelf} />
        <FileInput
          label="Service lines"
          description={`CSV or Parquet, at most ${megabytes} MB (as CSV some two million lines)`}
          placeholder="Choose a file"
          accept=".csv,.parquet"
          name={lines.name}
          error={problem}
        />
        <FileInput
          label="Credentials, if the lines have no qualification"
          description="CSV or Parquet: who held what, from when to when"
          placeholder="Choose a file"
          accept=".csv,.parquet"
          name={credentials.name}
          error={credentials.error}
        />
        <Columns />
        <Text size="xs" c="dimmed">
          The file is read in a folder of its own and removed as soon as it is audited. What was
          found is kept for thirty days, or until you delete it, and only you see it.
        </Text>
        <div>
          <Button type="submit" loading={sending}>
            Audit the file
          </Button>
        </div>
      </Stack>
    </Form>
  );
}

/** What the two files hold, by the contract of service lines. */
function Columns() {
  const { columns } = useLoaderData<typeof loader>();
  return (
    <Text component="details" size="sm">
      <summary style={{ cursor: "pointer" }}>Which columns are read</summary>
      {columns.map(({ needed, more }, place) => (
        <Text size="xs" mt={6} key={needed.join()} style={{ overflowWrap: "anywhere" }}>
          <b>{place === 0 ? "Service lines" : "Credentials"}:</b> <code>{needed.join(", ")}</code>{" "}
          must be there; <code>{more.join(", ")}</code>{" "}
          {place === 0 ? "are read where they are." : "too, and may be empty."}
        </Text>
      ))}
      <Text size="xs" mt={6}>
        Found by name, in any order; other columns are named and not read. Dates are written
        2026-03-09, times 09:30, yes and no true and false. A row that can't be read is listed with
        its reason and takes no part.
      </Text>
    </Text>
  );
}
