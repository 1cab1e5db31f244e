import { Anchor, Box, Button, Group, NativeSelect, Text } from "@mantine/core";
import { Form as GetForm, Link } from "react-router";
import { fullName } from "../../people/consumer.ts";
import { Pager } from "../../web/pager.tsx";
import { Empty, Section } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useDates } from "../../web/use-me.ts";
import { serviceName } from "../service-name.ts";
import type { AuditData } from "./audit-run.tsx";
import { useExplained, VerdictBadge } from "./words.tsx";

type Asked = { clause: string | null; verdict: string | null };

/** The address of an audit's findings, narrowed. */
export function findingsAt(runId: string, { clause, verdict }: Asked, page = 1): string {
  const search = new URLSearchParams();
  if (clause) search.set("clause", clause);
  if (verdict) search.set("verdict", verdict);
  if (page > 1) search.set("page", String(page));
  return `${paths.audit(runId)}${search.size > 0 ? `?${search}` : ""}#findings`;
}

/** Every clause that a line does not meet, a page at a time, each with the way to its record. */
export function AuditFindings({ data }: { data: AuditData }) {
  const { run, findings, total, at, pages, filter, kept, unmet } = data;
  return (
    <div id="findings" style={{ scrollMarginTop: 60 }}>
      <Section
        title={`${total.toLocaleString("en-US")} ${total === 1 ? "finding" : "findings"}${
          total < kept ? ` of ${kept.toLocaleString("en-US")}` : ""
        }`}
      >
        {kept < unmet && (
          <Text size="sm" mb="sm">
            The first {kept.toLocaleString("en-US")} are kept; the numbers above are of all{" "}
            {unmet.toLocaleString("en-US")}.
          </Text>
        )}
        {kept > 0 && <Filter data={data} />}
        {findings.length === 0 && (
          <Empty>
            {kept === 0 ? "Every clause is met by every line." : "Nothing of this was found."}
          </Empty>
        )}
        <Box component="ul" p={0} m={0} style={{ listStyle: "none" }}>
          {findings.map((finding) => (
            <Finding key={finding.place} finding={finding} />
          ))}
        </Box>
        <Pager page={at} pages={pages} to={(to) => findingsAt(run.id, filter, to)} />
      </Section>
    </div>
  );
}

function Filter({ data: { run, clauses, filter } }: { data: AuditData }) {
  return (
    <GetForm method="get" action={`${paths.audit(run.id)}#findings`}>
      <Group align="flex-end" gap="sm" mb="sm">
        <NativeSelect
          key={`clause ${filter.clause}`}
          label="Clause"
          name="clause"
          size="xs"
          maw="100%"
          defaultValue={filter.clause ?? ""}
          data={[
            { value: "", label: "All clauses" },
            ...clauses.map(({ clause, gist }) => ({
              value: clause,
              label: `${clause} ${(gist ?? "").slice(0, 60)}`,
            })),
          ]}
        />
        <NativeSelect
          key={`verdict ${filter.verdict}`}
          label="Verdict"
          name="verdict"
          size="xs"
          defaultValue={filter.verdict ?? ""}
          data={[
            { value: "", label: "Breached and unknown" },
            { value: "breached", label: "Breached" },
            { value: "unknown", label: "Unknown" },
          ]}
        />
        <Button type="submit" size="xs" variant="light">
          Show
        </Button>
        {(filter.clause || filter.verdict) && (
          <Anchor
            component={Link}
            to={findingsAt(run.id, { clause: null, verdict: null })}
            size="sm"
            pb={4}
          >
            Show all
          </Anchor>
        )}
      </Group>
    </GetForm>
  );
}

function Finding({ finding }: { finding: AuditData["findings"][number] }) {
  const { lineId, clause, verdict, explanation, service } = finding;
  const explained = useExplained();
  const dates = useDates();
  return (
    <Box
      component="li"
      py="xs"
      style={{
        borderTop: "1px solid var(--mantine-color-default-border)",
        display: "flex",
        flexWrap: "wrap",
        gap: "0.25rem 1.5rem",
      }}
    >
      <div style={{ flex: "1 1 15rem", minWidth: 0 }}>
        {service ? (
          <>
            <Anchor component={Link} to={paths.auditedService(service.id)} fw={600} size="sm">
              {serviceName(service.kind)}, {dates.day(service.day)}
              {service.starts ? `, ${dates.time(service.starts)}` : ""}
            </Anchor>
            <Text size="xs" c="dimmed">
              {service.number} · {fullName(service)}
              {service.program ? ` · ${service.program}` : ""}
              {service.performer ? ` · ${service.performer}` : ""}
            </Text>
          </>
        ) : (
          <Text size="sm" fw={600} style={{ overflowWrap: "anywhere" }}>
            Line {lineId}
          </Text>
        )}
      </div>
      <div style={{ flex: "2 1 min(20rem, 100%)", minWidth: 0 }}>
        <Group gap="xs" mb={2}>
          <Text size="sm" fw={600}>
            Clause {clause}
          </Text>
          <VerdictBadge verdict={verdict} advises={false} />
        </Group>
        <Text size="sm" style={{ overflowWrap: "anywhere" }}>
          {explained(explanation)}
        </Text>
      </div>
    </Box>
  );
}
