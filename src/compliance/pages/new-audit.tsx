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
import { Link, useLoaderData } from "react-router";
import { z } from "zod";
import { jurisdictionName } from "../../agency/agency.ts";
import { addDays, type Day } from "../../kernel/day.ts";
import { may } from "../../people/access.ts";
import type { Bulletin } from "../../policy/bulletin.ts";
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
import { act, type FormVisit, page, type Visit } from "../../web/guard.ts";
import { Empty, PageHead, Section } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useDates, useWords } from "../../web/use-me.ts";
import { runOwn, runUpload } from "../audit/running.ts";
import { type NewRun, startRun } from "../audit-run-store.ts";
import { findLiveScopes } from "../audit-scope-store.ts";
import { benchOf } from "../judge.ts";

export const meta = () => [{ title: "New audit · Throughcare" }];

const MOST_BYTES = 32 * 1024 * 1024;

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

export const action = act("audit.run", async (visit) => {
  return visit.form.get("intent") === "file" ? auditFile(visit) : auditOwnRecords(visit);
});

async function auditOwnRecords(visit: FormVisit) {
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
  void runOwn(run, { agencyId: me.agency.id, ...days, scopeId });
  return done(paths.audit(run.runId), "The audit runs");
}

function within({ from, to }: { from: Day; to: Day }, scope: { firstDay: Day; lastDay: Day }) {
  return {
    from: from > scope.firstDay ? from : scope.firstDay,
    to: to < scope.lastDay ? to : scope.lastDay,
  };
}

async function auditFile(visit: FormVisit) {
  const { form, services } = visit;
  const chosen = String(form.get("file_bulletin") ?? "");
  const bulletin = services.shelf.find(
    ({ bulletin: one }) => one.about === "service" && keyOf(one) === chosen,
  )?.bulletin;
  if (!bulletin) return refuseField(form, "file_bulletin", "Choose a bulletin");
  const lines = fileOf(form, "lines");
  const credentials = fileOf(form, "credentials");
  if (!lines) return refuseField(form, "lines", "Choose a file");
  if (lines.size + (credentials?.size ?? 0) > MOST_BYTES) {
    const message =
      "More than 32 MB: split it by months, or use throughcare audit on the command line";
    return refuseField(form, "lines", message);
  }
  const run = await begin(visit, bulletin, { over: "file", fileName: lines.name });
  void runUpload(run, { lines, credentials });
  return done(paths.audit(run.runId), "The file is being audited");
}

function fileOf(form: FormData, name: string): File | null {
  const file = form.get(name);
  return file instanceof File && file.size > 0 ? file : null;
}

/** Writes the run down in a transaction of its own: the work beside it must find it. */
async function begin(
  { services: { database }, me }: FormVisit,
  bulletin: Bulletin,
  run: Omit<NewRun, "jurisdiction" | "bulletin" | "contentHash">,
) {
  const by = { agencyId: me.agency.id, staffId: me.staffId };
  const { jurisdiction, number, contentHash } = bulletin;
  const runId = await actingFor(database, me.staffId, (db) =>
    startRun(db, by, { ...run, jurisdiction, bulletin: number, contentHash }),
  );
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
  const { shelf, agencyJurisdiction } = useLoaderData<typeof loader>();
  const sending = useSending();
  const first = shelf.find(({ value }) => value.startsWith(`${agencyJurisdiction}/`)) ?? shelf[0];
  const field = useFields({ file_bulletin: first?.value }, "file");
  const [lines, credentials] = [field("lines"), field("credentials")];
  return (
    <Form intent="file" encType="multipart/form-data">
      <Stack gap="sm">
        <NativeSelect label="Bulletin" {...field("file_bulletin")} data={shelf} />
        <FileInput
          label="Service lines"
          description="CSV or Parquet, at most 32 MB, with the columns of service lines"
          placeholder="Choose a file"
          accept=".csv,.parquet"
          name={lines.name}
          error={lines.error}
        />
        <FileInput
          label="Credentials, if the lines have no qualification"
          placeholder="Choose a file"
          accept=".csv,.parquet"
          name={credentials.name}
          error={credentials.error}
        />
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
