import { Alert, Badge, Button, Grid, Table, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { redirect, useLoaderData } from "react-router";
import { z } from "zod";
import { benchOf, findStanding } from "../../compliance/judge.ts";
import { done, Form, parseForm, refuse, text } from "../../web/form.tsx";
import { act, type FormVisit, noSuchPage, page } from "../../web/guard.ts";
import { PageHead, Section } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useDates, useMe, useWords } from "../../web/use-me.ts";
import { capital } from "../../web/words.ts";
import { type CorrectableFact, correctable, factsOf } from "../correction.ts";
import { findCorrections } from "../correction-store.ts";
import { cosignService, findSessionCosigners } from "../cosign-store.ts";
import { mayCorrect, mayDecide, mayVoid } from "../note.ts";
import { voidService } from "../note-store.ts";
import { heldOn, ownQualification, sayKind } from "../service-kinds.ts";
import {
  addSessionNote,
  findGoalTexts,
  findGroupOf,
  findSessionNotes,
} from "../session-note-store.ts";
import { findHolders, findService } from "../session-store.ts";
import { CorrectDialog, Corrections, useSayFact } from "./corrections.tsx";
import { findMoved } from "./find-moved.ts";
import { VoidDialog } from "./note-forms.tsx";
import { SessionNotes } from "./session-notes.tsx";
import { showStanding } from "./show-standing.ts";
import { actor, correctFrom, decideFrom } from "./signed-actions.ts";
import { Verdicts } from "./verdicts.tsx";
import { Moved } from "./what-moved.tsx";

export const meta = () => [{ title: "A service · Throughcare" }];

export const loader = page("record.read", async (visit) => {
  const { db, consumerId, params, me, services } = visit;
  const service = await findService(db, consumerId, params.serviceId ?? "");
  if (!service) throw noSuchPage();
  if (service.conference_id) throw redirect(paths.note(consumerId, service.conference_id));
  const standing = (await findStanding(db, [service.id])).get(service.id);
  const signed = { signedBy: service.signed_by, voided: service.voided_at !== null };
  const who = actor(visit);
  const own = ownQualification[service.kind];
  const holders = own ? await findHolders(db, [own.code]) : [];
  const notes = await findSessionNotes(db, consumerId, service.id);
  const goals = await findGoalTexts(
    db,
    consumerId,
    notes.flatMap((note) => note.goals),
  );
  const cosigners = service.awaits_cosign ? await findSessionCosigners(db, service.id) : [];
  return {
    consumerId,
    service,
    cosigners: cosigners.map(({ name }) => name),
    standing: standing
      ? await showStanding(db, consumerId, standing, benchOf(me, services.shelf).bulletins)
      : null,
    moved: await findMoved(db, consumerId, service.moved),
    notes: notes.map((note) => ({
      id: note.id,
      text: note.text,
      goals: note.goals.flatMap((lineage) => goals.get(lineage) ?? []),
      author: note.author,
      at: note.recorded_at.toISOString(),
    })),
    group: await findGroupOf(db, consumerId, service.id),
    counted: benchOf(me, services.shelf).bulletins.length > 0,
    corrections: (await findCorrections(db, consumerId, service.id)).map((one) => ({
      ...one,
      at: one.at.toISOString(),
      decided_at: one.decided_at?.toISOString() ?? null,
      mayDecide: mayDecide(one, who),
    })),
    unqualified:
      own && !heldOn(holders, service.performer_id, service.service_date) ? own.label : null,
    may: {
      void: mayVoid(signed, who),
      correct: mayCorrect(signed, who),
      cosign:
        who.supervisor &&
        service.awaits_cosign &&
        cosigners.some(({ staff_id }) => staff_id === me.staffId),
    },
  };
});

const voiding = z.object({ reason: text(1000) });

export const action = act("record.write", async (visit) => {
  const { db, consumerId, params, form, me, services } = visit;
  const serviceId = params.serviceId ?? "";
  const back = paths.service(consumerId, serviceId);
  if (form.get("intent") === "decide") return decideFrom(visit, back);
  if (form.get("intent") === "correct") return correctFrom(visit, serviceId, back);
  if (form.get("intent") === "note") return addNote(visit, back);
  if (form.get("intent") === "cosign") {
    const which = { consumerId, serviceId };
    const signed = await cosignService(db, benchOf(me, services.shelf), actor(visit), which);
    return done(back, signed ? "Co-signed" : "Nothing was changed: it does not wait for you");
  }
  const parsed = parseForm(voiding, form);
  if (parsed.invalid) return refuse(parsed.invalid);
  const bench = benchOf(me, services.shelf);
  const which = { consumerId, serviceId };
  const voided = await voidService(db, bench, actor(visit), which, parsed.value.reason);
  return done(back, voided ? "Voided" : "Nothing was changed: it is not open to that");
});

async function addNote({ db, by, consumerId, params, form }: FormVisit, back: string) {
  const service = await findService(db, consumerId, params.serviceId ?? "");
  if (!service || service.conference_id) throw noSuchPage();
  const parsed = parseForm(z.object({ text: text(8000) }), form);
  if (parsed.invalid) return refuse(parsed.invalid);
  const note = { text: parsed.value.text, goals: [] };
  await addSessionNote(db, by, { consumerId, serviceId: service.id }, note);
  return done(back, "Added");
}

export default function Service() {
  const data = useLoaderData<typeof loader>();
  const { consumerId, service, standing, may, unqualified } = data;
  const dates = useDates();
  const say = useSayFact();
  const facts = factsOf(service as { kind: string } & Partial<Record<CorrectableFact, unknown>>);
  const words = useWords();
  const { locale } = useMe().agency;
  const [correcting, correct] = useDisclosure(false);
  const [voiding, voidIt] = useDisclosure(false);
  const times =
    service.start_time && service.end_time
      ? `, ${dates.time(service.start_time)} to ${dates.time(service.end_time)}`
      : "";
  return (
    <>
      <PageHead
        title={
          <>
            {sayKind(service.kind, locale)}{" "}
            {service.voided_at && <Badge color="gray">Voided</Badge>}
          </>
        }
        about={`${dates.day(service.service_date)}${times}, by ${service.performer ?? "nobody recorded"}`}
        actions={
          may.void && (
            <Button variant="subtle" color="gray" onClick={voidIt.open}>
              Void…
            </Button>
          )
        }
      />
      {service.awaits_cosign && !service.voided_at && (
        <Alert
          color="orange"
          mb="md"
          title={
            data.cosigners.length === 0
              ? "No supervisor works here who could co-sign this"
              : `Waits for ${data.cosigners.join(" or ")} to co-sign`
          }
        >
          {data.cosigners.length === 0
            ? "Nothing is claimed for it before one does: ask whoever manages the team."
            : "Nothing is claimed for it until then."}
          {may.cosign && (
            <Form intent="cosign" style={{ marginTop: "0.5rem" }}>
              <Button type="submit" size="xs">
                Co-sign
              </Button>
            </Form>
          )}
        </Alert>
      )}
      {service.voided_at && (
        <Alert
          color="gray"
          mb="md"
          title={`Voided by ${service.voider}, ${dates.instant(service.voided_at)}`}
        >
          {service.void_reason}
        </Alert>
      )}
      {unqualified && !service.voided_at && (
        <Alert
          color="orange"
          mb="md"
          title={`No qualification as ${unqualified} on file for that day`}
        >
          Family Therapy stays with its own qualified staff (clause 3.2). Which credential that is,
          the bulletin does not say: our reading is a credential of the kind “{unqualified}” held by
          whoever performed it on that day. It is recorded all the same.
        </Alert>
      )}
      <Moved moved={data.moved} consumerId={consumerId} />
      <SessionNotes notes={data.notes} group={data.group} />
      <Grid>
        <Grid.Col span={{ base: 12, md: 6 }}>
          <Section
            title="Facts"
            actions={
              may.correct && (
                <Button size="xs" variant="default" onClick={correct.open}>
                  Wrongly recorded…
                </Button>
              )
            }
          >
            <Table>
              <Table.Tbody>
                {facts.map((fact) => (
                  <Row key={fact} label={correctable[fact].label}>
                    {say(fact, service[fact])}
                  </Row>
                ))}
                {data.counted && <Row label="Units">{service.units}</Row>}
                <Row label={capital(words.program)}>{service.program ?? "None"}</Row>
              </Table.Tbody>
            </Table>
            <Text size="xs" c="dimmed" mt="xs">
              Recorded by {service.recorder}, {dates.instant(service.recorded_at)}
            </Text>
          </Section>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 6 }}>
          {standing && data.counted && (
            <Section title="Claim">
              <Verdicts standing={standing} />
            </Section>
          )}
          {data.corrections.length > 0 && (
            <Section title="Corrections">
              <Corrections corrections={data.corrections} />
            </Section>
          )}
        </Grid.Col>
      </Grid>
      <CorrectDialog
        opened={correcting}
        onClose={correct.close}
        facts={facts}
        values={service as Record<CorrectableFact, unknown>}
      />
      <VoidDialog opened={voiding} onClose={voidIt.close}>
        The service stays readable, marked as voided, and is not claimed. The week is judged again
        without it.
      </VoidDialog>
    </>
  );
}

function Row({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <Table.Tr>
      <Table.Th scope="row" fw={500}>
        {label}
      </Table.Th>
      <Table.Td>{children}</Table.Td>
    </Table.Tr>
  );
}
