import { Anchor, Badge, Table, Text } from "@mantine/core";
import { Link, useLoaderData } from "react-router";
import { benchOf, findStanding } from "../../compliance/judge.ts";
import { StateBadge } from "../../compliance/pages/words.tsx";
import { now } from "../../kernel/clock.ts";
import { page } from "../../web/guard.ts";
import { Pager, readPage } from "../../web/pager.tsx";
import { Empty, LinkButton, PageHead } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useDates, useMay, useMe } from "../../web/use-me.ts";
import { type AppointmentStatus, CAME, isOver, statusWords } from "../appointment.ts";
import { noteState, noteStateWords } from "../note.ts";
import { sayKind, usualKind } from "../service-kinds.ts";
import { findSessions, type SessionLine } from "../session-store.ts";

export const meta = () => [{ title: "Sessions · Throughcare" }];

const A_PAGE = 50;

export const loader = page("record.read", async ({ db, consumerId, url, me, services }) => {
  const number = readPage(url.searchParams);
  const rows = await findSessions(db, consumerId, {
    most: A_PAGE + 1,
    skip: (number - 1) * A_PAGE,
  });
  const shown = rows.slice(0, A_PAGE);
  const standings = await findStanding(
    db,
    shown.flatMap(({ service_id }) => service_id ?? []),
  );
  const present = now(services.clock, me.agency.timeZone);
  const lines = shown.map((row) => {
    const standing = row.service_id ? standings.get(row.service_id) : undefined;
    return {
      ...{ kind: row.kind, day: row.day, starts: row.starts, ends: row.ends, lead: row.lead },
      ...{ units: row.units, correctionWaits: Boolean(row.correction_waits) },
      conferenceId: row.conference_id,
      serviceId: row.service_id,
      state: stateOf(row, present),
      voided: row.voided_at !== null,
      standing: standing && { outcome: standing.outcome, payable: standing.unitsPayable },
    };
  });
  // Where no bulletin says what may be claimed for a service, nothing is said of units and claims.
  const claims = benchOf(me, services.shelf).bulletins.length > 0;
  return { consumerId, lines, number, claims, more: rows.length > A_PAGE };
});

/** Where a line stands, in words: planned, being written, signed, waiting, voided. */
function stateOf(row: SessionLine, present: { day: string; time: string }): string {
  if (row.conference_id === null) return row.voided_at ? "Voided" : "Recorded";
  if (row.signed_by === null) {
    const status = statusWords[row.status as AppointmentStatus];
    const open = row.status === "scheduled" || row.status === "held";
    if (open && row.draft_saved_at) return "Being written, not signed";
    const over = isOver({ day: row.day, ends: row.ends ?? "" }, present);
    return row.status === "scheduled" && over ? CAME : status;
  }
  const standing = {
    ...{ signedBy: row.signed_by, voided: row.voided_at !== null, cosignBy: row.cosign_by },
    ...{ cosigned: row.cosigned_at !== null, remark: row.cosign_remark },
    serviceWaits: row.awaits_cosign ?? false,
  };
  return noteStateWords[noteState(standing)];
}

export default function Sessions() {
  const { consumerId, lines, number, more, claims } = useLoaderData<typeof loader>();
  const may = useMay();
  const { locale } = useMe().agency;
  const actions = may("record.write") && (
    <>
      <LinkButton to={paths.newConference(consumerId)} variant="default">
        Plan a Family Conference
      </LinkButton>
      <LinkButton to={paths.newService(consumerId, usualKind[locale])}>Record a session</LinkButton>
    </>
  );
  return (
    <>
      <PageHead
        title="Sessions"
        about="Conferences, planned and held, and other services."
        actions={actions}
      />
      {lines.length === 0 ? (
        <Empty>No session is planned or recorded yet.</Empty>
      ) : (
        <Table.ScrollContainer minWidth={640}>
          <Table striped={false} highlightOnHover>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Day</Table.Th>
                <Table.Th>Session</Table.Th>
                <Table.Th>Led by</Table.Th>
                <Table.Th>State</Table.Th>
                {claims && <Table.Th>Units</Table.Th>}
                {claims && <Table.Th>Claim</Table.Th>}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {lines.map((line) => (
                <Line
                  key={line.conferenceId ?? line.serviceId}
                  line={line}
                  consumerId={consumerId}
                  claims={claims}
                />
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      <Pager page={number} more={more} to={(page) => `?page=${page}`} />
    </>
  );
}

type Shown = ReturnType<typeof useLoaderData<typeof loader>>["lines"][number];

function Line({ line, consumerId, claims }: { line: Shown; consumerId: string; claims: boolean }) {
  const dates = useDates();
  const { locale } = useMe().agency;
  const { conferenceId, serviceId, standing, units } = line;
  const to = conferenceId
    ? paths.note(consumerId, conferenceId)
    : paths.service(consumerId, serviceId ?? "");
  const cut = standing && standing.outcome !== "not-applicable" && standing.payable !== units;
  return (
    <Table.Tr style={line.voided ? { textDecoration: "line-through" } : {}}>
      <Table.Td style={{ whiteSpace: "nowrap" }}>
        {dates.day(line.day)}
        <Text size="xs" c="dimmed" style={{ whiteSpace: "nowrap" }}>
          {line.starts && line.ends
            ? `${dates.time(line.starts)} to ${dates.time(line.ends)}`
            : "Times not recorded"}
        </Text>
      </Table.Td>
      <Table.Td>
        <Anchor component={Link} to={to} size="sm">
          {sayKind(line.kind, locale)}
        </Anchor>
      </Table.Td>
      <Table.Td>{line.lead ?? "Not recorded"}</Table.Td>
      <Table.Td>
        {line.state}
        {line.correctionWaits && (
          <Badge color="orange" ml="xs">
            Correction waits
          </Badge>
        )}
      </Table.Td>
      {claims && (
        <Table.Td>
          {units ?? ""}
          {cut && ` (${standing.payable} payable)`}
        </Table.Td>
      )}
      {claims && (
        <Table.Td>{standing && !line.voided && <StateBadge state={standing.outcome} />}</Table.Td>
      )}
    </Table.Tr>
  );
}
