import { Alert, Anchor, Button, Group, Progress, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { Link, useLoaderData } from "react-router";
import { logAccess, OF_NOBODY } from "../../storage/access-log.ts";
import { done, Form, useSending } from "../../web/form.tsx";
import { act, noSuchPage, page } from "../../web/guard.ts";
import { readPage } from "../../web/pager.tsx";
import { LinkButton, PageHead, Section } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useDates } from "../../web/use-me.ts";
import { capital } from "../../web/words.ts";
import { stopWork } from "../audit/running.ts";
import {
  countFindings,
  deleteRun,
  findFindings,
  findRejects,
  findRun,
  stopRun,
} from "../audit-run-store.ts";
import { reasonOf } from "../audit-scope-store.ts";
import { isId } from "../claim.ts";
import { AuditFindings } from "./audit-findings.tsx";
import { AuditRejects } from "./audit-rejects.tsx";
import { AuditReport } from "./audit-report.tsx";
import { AuditSample } from "./audit-sample.tsx";
import { overWhat, RunBadge } from "./audit-words.tsx";
import { isRunning, useStandings } from "./use-standings.ts";

export const meta = () => [{ title: "Audit · Throughcare" }];

const AT_ONCE = 25;
const SHOWN_REJECTS = 5;

export const loader = page("audit.run", async ({ db, params, url, services, listed }) => {
  const run = isId(params.auditRunId) ? await findRun(db, params.auditRunId) : null;
  if (!run) throw noSuchPage();
  const bulletin = services.shelf.find(
    ({ bulletin: one }) => one.number === run.bulletin && one.jurisdiction === run.jurisdiction,
  )?.bulletin;
  const sameText = bulletin?.contentHash === run.contentHash;
  const counts = run.state === "done" ? await countFindings(db, run.id) : [];
  const filter = readFindingFilter(url.searchParams);
  const at = readPage(url.searchParams);
  const asked = counts.filter(
    ({ clause, verdict }) =>
      (filter.clause === null || clause === filter.clause) &&
      (filter.verdict === null || verdict === filter.verdict),
  );
  const total = asked.reduce((sum, { count }) => sum + Number(count), 0);
  const range = { offset: (at - 1) * AT_ONCE, most: AT_ONCE };
  const findings = total === 0 ? [] : await findFindings(db, run.id, filter, range);
  const people = findings.flatMap(({ service }) => service?.consumerId ?? []);
  await listed([...new Set(people)], run.scope ? reasonOf(run.scope) : `Audit ${run.id}`);
  return {
    ...{ run, filter, at, total, findings },
    pages: Math.max(1, Math.ceil(total / AT_ONCE)),
    title: bulletin?.title ?? null,
    sameText,
    rejects: run.summary?.rejected ? await findRejects(db, run.id, SHOWN_REJECTS) : [],
    unmet: Object.values(run.summary?.clauses ?? {}).reduce(
      (sum, { breached, unknown }) => sum + breached + unknown,
      0,
    ),
    kept: counts.reduce((sum, { count }) => sum + Number(count), 0),
    clauses: Object.entries(run.summary?.clauses ?? {}).map(([clause, sums]) => ({
      ...{ clause, ...sums },
      gist: bulletin?.clauses.find(({ number }) => number === clause)?.gist ?? null,
    })),
  };
});

export type AuditData = Awaited<ReturnType<typeof loader>>;

function readFindingFilter(search: URLSearchParams) {
  const verdict = search.get("verdict");
  return {
    clause: search.get("clause")?.slice(0, 40) || null,
    verdict: verdict === "breached" || verdict === "unknown" ? (verdict as typeof verdict) : null,
  };
}

export const action = act("audit.run", async ({ db, me, params, form }) => {
  const id = params.auditRunId;
  if (!isId(id)) throw noSuchPage();
  const asked = form.get("intent");
  if (asked === "stop") {
    const stopped = await stopRun(db, id);
    if (!stopped && !(await findRun(db, id))) throw noSuchPage();
    stopWork(id);
    return done(paths.audit(id), stopped ? "Audit stopped" : "It had ended already");
  }
  if (asked !== "delete") throw noSuchPage();
  // Its work holds on to the row until it hears of it.
  if (await findRun(db, id)) stopWork(id);
  if (!(await deleteRun(db, id))) throw noSuchPage();
  const reason = `Audit ${id} deleted`;
  await logAccess(db, me, { ...OF_NOBODY, action: "write", room: "audit.run /audits/:id", reason });
  return done(paths.audits(), "Audit deleted");
});

const EVERY_MS = 1000;

export default function AuditPage() {
  const data = useLoaderData<typeof loader>();
  const { title } = data;
  const [run = data.run] = useStandings([data.run], EVERY_MS);
  const dates = useDates();
  const running = isRunning(run);
  return (
    <>
      <Anchor component={Link} to={paths.audits()} size="sm" className="no-print">
        All audits
      </Anchor>
      <PageHead
        title={
          <Group gap="sm" component="span">
            Audit by {run.bulletin}
            <RunBadge run={run} />
          </Group>
        }
        about={
          <>
            {title && `${title}. `}
            {overWhat(run, dates.day)}
            {run.scope && `, by the scope “${run.scope.title}”`}. Begun{" "}
            {dates.instant(run.startedAt)}.
          </>
        }
        actions={
          <Group gap="md">
            {run.state === "done" && <Downloads data={data} />}
            {running ? <Stop /> : <Delete file={run.over === "file"} />}
          </Group>
        }
      />
      {running && (
        <Section title="Running">
          <Text size="sm" mb={6} role="status">
            {capital(run.doing ?? "waiting for its turn: audits run one after another")} …{" "}
            {Math.round(run.share * 100)}%
          </Text>
          <Progress
            value={Math.max(2, run.share * 100)}
            animated
            aria-label="How far the audit is"
          />
          <Text size="xs" c="dimmed" mt="xs">
            You can leave this page; it goes on.
          </Text>
        </Section>
      )}
      {run.cutOff && (
        <Broken text="Nothing was heard of it for a minute: it was cut off, perhaps by a restart. Nothing was kept. Run it again." />
      )}
      {run.state === "failed" && <Broken text={run.problem ?? ""} />}
      {run.state === "stopped" && (
        <Broken text="It was stopped before its end. Nothing was kept." />
      )}
      {run.summary && !data.sameText && (
        <Alert color="yellow" mb="md" icon={<IconAlertTriangle aria-hidden />}>
          The bulletin's file has changed since. This audit was by its earlier text; run it again
          for today's. Its report as a page can't be made any more, its numbers and findings can.
        </Alert>
      )}
      {run.warnings.map((text) => (
        <Alert key={text} color="yellow" mb="md" icon={<IconAlertTriangle aria-hidden />}>
          <Text size="sm" style={{ overflowWrap: "anywhere" }}>
            {text}
          </Text>
        </Alert>
      ))}
      {run.summary && (
        <>
          <AuditReport data={data} />
          <AuditRejects data={data} />
          {data.kept > 0 && <AuditSample data={data} />}
          <AuditFindings data={data} />
        </>
      )}
    </>
  );
}

function Broken({ text }: { text: string }) {
  return (
    <Alert
      color="red"
      title="This audit has no result"
      mb="md"
      icon={<IconAlertTriangle aria-hidden />}
    >
      <Text size="sm" mb="sm">
        {text}
      </Text>
      <LinkButton to={paths.newAudit()} size="xs" variant="default">
        New audit
      </LinkButton>
    </Alert>
  );
}

function Downloads({ data: { run, sameText } }: { data: AuditData }) {
  const file = (what: string) => `${paths.auditFile(run.id)}?what=${what}`;
  return (
    <Group gap="sm" component="nav" aria-label="Files">
      {sameText && (
        <Anchor href={file("report")} download size="sm">
          Report
        </Anchor>
      )}
      <Anchor href={file("summary")} download size="sm">
        Numbers (JSON)
      </Anchor>
      <Anchor href={file("findings")} download size="sm">
        Findings (CSV)
      </Anchor>
    </Group>
  );
}

function Stop() {
  const sending = useSending();
  return (
    <Form intent="stop">
      <Button type="submit" size="xs" variant="default" loading={sending}>
        Stop it
      </Button>
    </Form>
  );
}

function Delete({ file }: { file: boolean }) {
  const sending = useSending();
  return (
    <details>
      <Text component="summary" size="sm" style={{ cursor: "pointer" }}>
        Delete …
      </Text>
      <Form intent="delete">
        <Text size="xs" c="dimmed" my={4} maw="14rem">
          {file
            ? "What was found in the file goes for good."
            : "The report and its findings go for good. The records stay as they are."}
        </Text>
        <Button type="submit" size="xs" color="red" variant="light" loading={sending}>
          Delete this audit
        </Button>
      </Form>
    </details>
  );
}
