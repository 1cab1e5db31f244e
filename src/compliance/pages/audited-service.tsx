import { Anchor, Badge, Grid, Group, Stack, Text } from "@mantine/core";
import { Link, useLoaderData } from "react-router";
import { fullName } from "../../people/consumer.ts";
import { logAccess } from "../../storage/access-log.ts";
import { noSuchPage, page } from "../../web/guard.ts";
import { Empty, LinkButton, PageHead, Section } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useDates, useMay } from "../../web/use-me.ts";
import { findScopeOf, reasonOf } from "../audit-scope-store.ts";
import {
  findAuditedClaims,
  findAuditedNote,
  findAuditedService,
  findAuditedSession,
} from "../audited-store.ts";
import { isId } from "../claim.ts";
import { benchOf, findStanding } from "../judge.ts";
import { serviceName } from "../service-name.ts";
import { Facts } from "./evidence.tsx";
import { Findings } from "./findings.tsx";
import { sayFacts, sayFindings } from "./said.ts";
import { StateBadge, useMoney } from "./words.tsx";

export const meta = () => [{ title: "A service, for audit · Throughcare" }];

export const loader = page("audit.run", async ({ db, me, params, services }) => {
  const id = params.serviceId;
  const service = isId(id) ? await findAuditedService(db, id) : null;
  if (!service) throw noSuchPage();
  const scope = await findScopeOf(db, service.id);
  await logAccess(db, me, {
    ...{ action: "read", room: "audit.run /audits/services/:id" },
    consumerIds: [service.consumer_id],
    reason: scope ? reasonOf(scope) : "Audit of one's own records",
  });
  const standing = (await findStanding(db, [service.id])).get(service.id);
  const { bulletins } = benchOf(me, services.shelf);
  const decides = standing?.judgements.find((judgement) => judgement.decides);
  return {
    ...{ service, scope },
    outcome: decides?.outcome ?? null,
    units: { billed: service.units, payable: decides?.unitsPayable ?? null },
    // What no bulletin asked about is still on record.
    facts: sayFacts(decides?.facts ?? recordedOf(service)),
    judgements: (standing?.judgements ?? []).map((judgement) => ({
      ...{ id: judgement.id, bulletin: judgement.bulletin, judgedAt: judgement.judgedAt },
      findings: sayFindings(judgement, bulletins),
    })),
    claims: await findAuditedClaims(db, service.id),
    note: service.conference_id ? await findAuditedNote(db, service.conference_id) : null,
    session: service.conference_id ? null : await findAuditedSession(db, service.id),
  };
});

function recordedOf({ start_time, end_time, setting }: Recorded) {
  return { start_time, end_time, setting };
}

type Recorded = Record<"start_time" | "end_time" | "setting", string | null>;

export default function AuditedService() {
  const { service, scope, outcome, judgements, facts } = useLoaderData<typeof loader>();
  const dates = useDates();
  const may = useMay();
  return (
    <>
      <Anchor
        component={Link}
        to={scope ? paths.auditedServices(scope.id) : paths.audits()}
        size="sm"
        className="no-print"
      >
        {scope ? `All services of “${scope.title}”` : "All audits"}
      </Anchor>
      <PageHead
        title={
          <Group gap="sm" component="span">
            {serviceName(service.kind)}, {dates.day(service.day)}
            {outcome && <StateBadge state={outcome} />}
          </Group>
        }
        about={
          <>
            {fullName(service)} · {service.number}
            {service.program ? ` · ${service.program}` : ""}
            {service.performer ? ` · held by ${service.performer}` : ""} · recorded by{" "}
            {service.recorder}, {dates.instant(service.recorded_at)}
            {scope && ` · you look by the scope “${scope.title}”`}
          </>
        }
        actions={
          may("record.read") && service.conference_id ? (
            <LinkButton
              to={paths.note(service.consumer_id, service.conference_id)}
              variant="default"
              size="xs"
            >
              Open in the record
            </LinkButton>
          ) : undefined
        }
      />
      <Grid>
        <Grid.Col span={{ base: 12, md: 7 }}>
          {judgements.length === 0 && (
            <Section title="Judged">
              <Empty>No bulletin in force is for this service.</Empty>
            </Section>
          )}
          {judgements.map(({ id, bulletin, findings, judgedAt }) => (
            <Section key={id} title={`By ${bulletin}`}>
              <Text size="xs" c="dimmed" mb="xs">
                As it stands, judged {dates.instant(judgedAt)}
              </Text>
              <Findings bulletin={bulletin} findings={findings} />
            </Section>
          ))}
          <Note />
          <SessionNotes />
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 5 }}>
          {facts.length > 0 && <Facts facts={facts} judged={judgements.length > 0} />}
          <Claims />
        </Grid.Col>
      </Grid>
    </>
  );
}

function Note() {
  const { note, service } = useLoaderData<typeof loader>();
  const dates = useDates();
  if (!note) {
    if (!service.conference_id) return null;
    return (
      <Section title="Note">
        <Empty>No signed note.</Empty>
      </Section>
    );
  }
  return (
    <Section title="Signed note">
      <Text size="sm" style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
        {note.note}
      </Text>
      <Text size="xs" c="dimmed" mt="sm">
        {note.purposes.length > 0 && `Functions ${note.purposes.join(", ")}. `}
        Signed by {note.signer}
        {note.signed_at && `, ${dates.instant(note.signed_at)}`}.
        {note.cosigner &&
          ` Co-signature of ${note.cosigner}: ${note.cosigned_at ? dates.instant(note.cosigned_at) : "awaited"}.`}
      </Text>
      {note.addenda.map(({ id, text, at, by }) => (
        <Text key={id} size="sm" mt="sm" style={{ whiteSpace: "pre-wrap" }}>
          <b>
            Added by {by}, {dates.instant(at)}:
          </b>{" "}
          {text}
        </Text>
      ))}
    </Section>
  );
}

function SessionNotes() {
  const { session } = useLoaderData<typeof loader>();
  const dates = useDates();
  if (!session) return null;
  return (
    <Section title="Note">
      {session.notes.length === 0 && session.register === null && <Empty>No note.</Empty>}
      {session.notes.map(({ id, text, at, by }, place) => (
        <Text key={id} size="sm" mt={place > 0 ? "sm" : 0} style={{ whiteSpace: "pre-wrap" }}>
          <b>
            {place > 0 ? "Added by" : "Written by"} {by}, {dates.instant(at)}:
          </b>{" "}
          {text}
        </Text>
      ))}
      {session.register !== null && (
        <Text size="sm" style={{ whiteSpace: "pre-wrap" }}>
          <b>In the group’s register:</b> {session.register}
        </Text>
      )}
    </Section>
  );
}

function Claims() {
  const { claims, units } = useLoaderData<typeof loader>();
  const money = useMoney();
  return (
    <Section title="Units and claims">
      <Text size="sm" mb={claims.length > 0 ? "sm" : 0}>
        {units.billed} recorded
        {units.payable !== null && `, ${units.payable} payable`}.
        {claims.length === 0 && " Nothing was claimed for it."}
      </Text>
      <Stack gap="xs">
        {claims.map((claim) => (
          <div key={claim.id}>
            <Group gap="xs">
              <Text size="sm">
                {claim.units} units of {claim.code}, {money(claim.cents)}
              </Text>
              <Badge color={claim.reversed_at ? "gray" : "teal"}>
                {claim.reversed_at ? "Reversed" : "Released"}
              </Badge>
            </Group>
            {claim.reversal_reason && (
              <Text size="xs" c="dimmed">
                {claim.reversal_reason}
              </Text>
            )}
          </div>
        ))}
      </Stack>
    </Section>
  );
}
