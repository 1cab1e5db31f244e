import { Alert, Anchor, Badge, Button, Grid, Group, List, Table, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { Link, redirect, useLoaderData } from "react-router";
import { z } from "zod";
import { benchOf, findStanding } from "../../compliance/judge.ts";
import { findReferrals } from "../../liaison/store.ts";
import { findBarriers } from "../../plans/barrier-store.ts";
import { findDischargePoints } from "../../plans/discharge-store.ts";
import { findRelapsePlan } from "../../plans/relapse-store.ts";
import { done, identifier, optionalText, parseForm, refuse, text } from "../../web/form.tsx";
import { act, noSuchPage, page } from "../../web/guard.ts";
import { LinkButton, PageHead, Section } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useDates, useWords } from "../../web/use-me.ts";
import { type CorrectableFact, correctable, correctableFacts } from "../correction.ts";
import { findCorrections } from "../correction-store.ts";
import { mayCorrect, mayCosign, mayDecide, mayVoid, noteState, noteStateWords } from "../note.ts";
import {
  addAddendum,
  answerCosign,
  findNote,
  findNoteParts,
  markAgreement,
  standingOf,
  voidConference,
} from "../note-store.ts";
import { findService } from "../session-store.ts";
import { CorrectDialog, Corrections, useSayFact } from "./corrections.tsx";
import { findMoved } from "./find-moved.ts";
import { AddAddendum, Cosign, VoidDialog } from "./note-forms.tsx";
import { Found, Present } from "./note-parts.tsx";
import { showStanding } from "./show-standing.ts";
import { actor, correctFrom, decideFrom } from "./signed-actions.ts";
import { Verdicts } from "./verdicts.tsx";
import { Moved } from "./what-moved.tsx";

export const meta = () => [{ title: "Note of a Family Conference · Throughcare" }];

export const loader = page("record.read", async (visit) => {
  const { db, consumerId, params, me, services } = visit;
  const conferenceId = params.conferenceId ?? "";
  const note = await findNote(db, { consumerId, conferenceId });
  if (!note) throw noSuchPage();
  if (note.signed_at === null) throw redirect(paths.conference(consumerId, conferenceId));
  const service = note.service_id ? await findService(db, consumerId, note.service_id) : null;
  const bench = benchOf(me, services.shelf);
  const standing = service ? (await findStanding(db, [service.id])).get(service.id) : undefined;
  const corrections = service ? await findCorrections(db, consumerId, service.id) : [];
  const relapse = await findRelapsePlan(db, consumerId);
  const here = <T extends { conference_id: string | null }>(rows: readonly T[]) =>
    rows.filter((row) => row.conference_id === conferenceId);
  const decides = standingOf(note);
  const who = actor(visit);
  return {
    consumerId,
    note,
    service,
    state: noteState(decides),
    standing: standing ? await showStanding(db, consumerId, standing, bench.bulletins) : null,
    moved: service ? await findMoved(db, consumerId, service.moved) : [],
    parts: await findNoteParts(db, conferenceId),
    found: {
      barriers: here(await findBarriers(db, consumerId)),
      triggers: here(relapse.triggers),
      strategies: here(relapse.strategies),
      points: here(await findDischargePoints(db, consumerId)),
      referrals: here(await findReferrals(db, consumerId)),
    },
    corrections: corrections.map((one) => ({
      ...one,
      at: one.at.toISOString(),
      decided_at: one.decided_at?.toISOString() ?? null,
      mayDecide: mayDecide(one, who),
    })),
    may: {
      cosign: mayCosign(decides, who),
      void: mayVoid(decides, who),
      correct: service !== null && mayCorrect(decides, who),
    },
  };
});

const addendum = z.object({ text: text(4000) });
const cosigning = z.object({ decision: z.enum(["cosign", "return"]), remark: optionalText(1000) });
const returning = cosigning.extend({ remark: text(1000) });
const voiding = z.object({ reason: text(1000) });
const marking = z.object({ id: identifier(), done: z.enum(["yes", "no"]) });

export const action = act("record.write", async (visit) => {
  const { db, consumerId, params, form, me, services } = visit;
  const which = { consumerId, conferenceId: params.conferenceId ?? "" };
  const back = paths.note(consumerId, which.conferenceId);
  const bench = benchOf(me, services.shelf);
  const late = () => done(back, "Nothing was changed: it is not open to that any more");
  switch (form.get("intent")) {
    case "addendum": {
      const parsed = parseForm(addendum, form);
      if (parsed.invalid) return refuse(parsed.invalid);
      const added = await addAddendum(db, me, which, parsed.value.text);
      return added ? done(back, "Added") : late();
    }
    case "cosign": {
      const schema = form.get("decision") === "return" ? returning : cosigning;
      const parsed = parseForm(schema, form);
      if (parsed.invalid) return refuse(parsed.invalid);
      const cosign = parsed.value.decision === "cosign";
      const answer = { cosign, remark: parsed.value.remark ?? null };
      const answered = await answerCosign(db, bench, actor(visit), which, answer);
      return answered ? done(back, cosign ? "Co-signed" : "Given back to its author") : late();
    }
    case "agreement": {
      const parsed = parseForm(marking, form);
      if (parsed.invalid) return refuse(parsed.invalid);
      const { id, done: isDone } = parsed.value;
      const mark = { id, doneOn: isDone === "yes" ? visit.today : null };
      const marked = await markAgreement(db, me, which, mark);
      return marked ? done(back, isDone === "yes" ? "Done" : "Not done after all") : late();
    }
    case "void": {
      const parsed = parseForm(voiding, form);
      if (parsed.invalid) return refuse(parsed.invalid);
      const voided = await voidConference(db, bench, actor(visit), which, parsed.value.reason);
      return voided ? done(back, "Voided") : late();
    }
    case "decide":
      return decideFrom(visit, back);
    default: {
      const note = await findNote(db, which);
      if (!note?.service_id) throw noSuchPage();
      return correctFrom(visit, note.service_id, back);
    }
  }
});

export default function Note() {
  const data = useLoaderData<typeof loader>();
  const { consumerId, note, service, parts, found, may, state, standing } = data;
  const dates = useDates();
  const say = useSayFact();
  const words = useWords();
  const [correcting, correct] = useDisclosure(false);
  const [voiding, voidNote] = useDisclosure(false);
  return (
    <>
      <PageHead
        title={
          <>
            Family Conference{" "}
            <Badge
              color={
                state === "voided"
                  ? "gray"
                  : state === "waits" || state === "given-back"
                    ? "orange"
                    : "teal"
              }
            >
              {noteStateWords[state]}
            </Badge>
          </>
        }
        about={`${dates.day(note.day)}, ${note.held_from && note.held_to ? `${dates.time(note.held_from)} to ${dates.time(note.held_to)}, ` : ""}led by ${note.lead}`}
        actions={
          <>
            <LinkButton to={paths.agreed(consumerId, note.id)} variant="default">
              What we agreed
            </LinkButton>
            {may.void && (
              <Button variant="subtle" color="gray" onClick={voidNote.open}>
                Void…
              </Button>
            )}
          </>
        }
      />
      {note.voided_at && (
        <Alert
          color="gray"
          mb="md"
          title={`Voided by ${note.voider}, ${dates.instant(note.voided_at)}`}
        >
          {note.void_reason}
        </Alert>
      )}
      {(state === "waits" || state === "given-back") && (
        <Alert
          color="orange"
          mb="md"
          title={`Waits for ${(!note.cosigner_lost && note.cosigner) || "a supervisor"} to co-sign`}
        >
          {note.cosign_remark && <Text size="sm">Given back: {note.cosign_remark}</Text>}
          {may.cosign ? <Cosign /> : <Text size="sm">It is not claimed before that.</Text>}
        </Alert>
      )}
      <Moved moved={data.moved} consumerId={consumerId} />
      <Grid>
        <Grid.Col span={{ base: 12, md: 7 }}>
          <Section title="Note">
            <Text style={{ whiteSpace: "pre-wrap" }}>
              {note.note || "No words besides what is below."}
            </Text>
            <Text size="xs" c="dimmed" mt="sm">
              Signed by {note.signer}, {note.signed_at && dates.instant(note.signed_at)}
              {note.cosigned_at &&
                `. Co-signed by ${note.cosigner}, ${dates.instant(note.cosigned_at)}`}
              {note.cosigned_at && note.cosign_remark && `: ${note.cosign_remark}`}
            </Text>
          </Section>
          <Section title="Who was there">
            <Present note={note} parts={parts} />
          </Section>
          <Section title="What came of it">
            <Found
              found={found}
              note={note}
              agreements={parts.agreements}
              consumerId={consumerId}
            />
          </Section>
          <Section title="Addenda">
            <List spacing="sm" listStyleType="none" mb="md">
              {parts.addenda.map(({ id, text, at, author }) => (
                <List.Item key={id}>
                  <Text size="sm" style={{ whiteSpace: "pre-wrap" }}>
                    {text}
                  </Text>
                  <Text size="xs" c="dimmed">
                    {author}, {dates.instant(at)}
                  </Text>
                </List.Item>
              ))}
            </List>
            <AddAddendum />
          </Section>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 5 }}>
          <Section title="Claim">
            {standing ? (
              <Verdicts standing={standing} />
            ) : (
              <Text size="sm">
                The times came to no whole unit, so there is no service and nothing to claim. The
                note stands.
              </Text>
            )}
          </Section>
          {service && (
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
                  {correctableFacts.map((fact) => (
                    <Table.Tr key={fact}>
                      <Table.Th scope="row" fw={500}>
                        {correctable[fact].label}
                      </Table.Th>
                      <Table.Td>{say(fact, service[fact])}</Table.Td>
                    </Table.Tr>
                  ))}
                  <Table.Tr>
                    <Table.Th scope="row" fw={500}>
                      {words.program === "program" ? "Program" : "Programme"}
                    </Table.Th>
                    <Table.Td>{note.program}</Table.Td>
                  </Table.Tr>
                </Table.Tbody>
              </Table>
              <Group mt="xs">
                <Anchor component={Link} size="sm" to={paths.services(consumerId)}>
                  All sessions
                </Anchor>
              </Group>
            </Section>
          )}
          {data.corrections.length > 0 && (
            <Section title="Corrections">
              <Corrections corrections={data.corrections} />
            </Section>
          )}
        </Grid.Col>
      </Grid>
      {service && (
        <CorrectDialog
          opened={correcting}
          onClose={correct.close}
          values={service as Record<CorrectableFact, unknown>}
        />
      )}
      <VoidDialog opened={voiding} onClose={voidNote.close}>
        The note stays readable, marked as voided, and its service is not claimed. What it put on
        the plans and the referrals stays there.
      </VoidDialog>
    </>
  );
}
