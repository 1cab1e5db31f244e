import { Alert, Box, Button, List, Paper, Text, Title } from "@mantine/core";
import { IconPrinter } from "@tabler/icons-react";
import { redirect, useLoaderData } from "react-router";
import { z } from "zod";
import { consentStanding } from "../../people/consent-store.ts";
import { findDischargePoints } from "../../plans/discharge-store.ts";
import { languageFor, languages } from "../../plans/stay-well.ts";
import { logAccess } from "../../storage/access-log.ts";
import { done, identifier, parseForm, refuse, refuseField } from "../../web/form.tsx";
import { act, noSuchPage, page, type Visit } from "../../web/guard.ts";
import { LinkButton, PageHead, Section } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useDates, useMe } from "../../web/use-me.ts";
import { type ApprovalWay, approvalWays, mayHand, topicsOn } from "../agreed.ts";
import { approveAgreed, findHandedOver, getConsent, handOver } from "../agreed-store.ts";
import { agreedWords, dayIn, namesIn } from "../agreed-words.ts";
import { findNote, findNoteParts } from "../note-store.ts";
import { Approve, Approved, Copies } from "./agreed-forms.tsx";

export const meta = () => [{ title: "What we agreed · Throughcare" }];

/** The page, with the answer for each support who was there: may they have it, and if not why not. */
async function findAgreed({ db, consumerId, params, today }: Visit) {
  const conferenceId = params.conferenceId ?? "";
  const note = await findNote(db, { consumerId, conferenceId });
  if (!note) throw noSuchPage();
  const parts = await findNoteParts(db, conferenceId);
  const points = (await findDischargePoints(db, consumerId)).filter(
    ({ conference_id, dropped_on }) => conference_id === conferenceId && dropped_on === null,
  );
  const topics = topicsOn({
    planDiscussed: note.plan_discussed,
    agreements: parts.agreements.length,
    points: points.length,
  });
  const standings = await consentStanding(db, consumerId, today);
  const when = { day: note.day, time: note.held_from ?? note.starts };
  const handed = await findHandedOver(db, consumerId, when);
  const page = {
    signed: note.signed_at !== null,
    voided: note.voided_at !== null,
    approved: note.agreed_approved_at !== null,
    topics,
  };
  const supports = parts.supports
    .filter((support) => support.came)
    .flatMap((support) => {
      const standing = standings.find(({ supportId }) => supportId === support.id);
      if (!standing) return [];
      const answer = mayHand(page, { came: true, standing }, standing.person, today);
      const before = handed.find(({ support_id }) => support_id === support.id);
      return [{ ...support, answer, handedAt: before?.at.toISOString() ?? null }];
    });
  return { note, parts, points, supports, page, when };
}

export const loader = page("record.read", async (visit) => {
  const { consumerId, url } = visit;
  const { note, parts, points, supports, page } = await findAgreed(visit);
  if (!page.signed) throw redirect(paths.conference(consumerId, note.id));
  return {
    ...{ consumerId, supports, page, conferenceId: note.id },
    language: languageFor(url.searchParams.get("language"), null),
    day: note.day,
    called: note.called,
    staff: parts.attendance.filter(({ part }) => part === "staff").map(({ name }) => name ?? ""),
    agreements: parts.agreements,
    points: points.map(({ id, text, responsible, due_on }) => ({ id, text, responsible, due_on })),
    approvedAt: note.agreed_approved_at?.toISOString() ?? null,
    approvedHow: note.agreed_approved_how as ApprovalWay | null,
  };
});

const approval = z.object({
  how: z.enum(Object.keys(approvalWays) as [ApprovalWay, ...ApprovalWay[]], "Say how"),
});
const copy = z.object({ support: identifier() });

export const action = act("record.write", async (visit) => {
  const { db, consumerId, params, form, me, by } = visit;
  const which = { consumerId, conferenceId: params.conferenceId ?? "" };
  const back = paths.agreed(consumerId, which.conferenceId);
  const intent = form.get("intent");
  if (intent === "approve") {
    const parsed = parseForm(approval, form);
    if (parsed.invalid) return refuse(parsed.invalid);
    const kept = await approveAgreed(db, which, parsed.value.how);
    return done(back, kept ? "Approved" : "Nothing was changed");
  }
  const { supports, when, page } = await findAgreed(visit);
  if (intent === "take-back") {
    if (supports.some(({ handedAt }) => handedAt !== null)) {
      return refuseField(form, "form", "It has gone out already, so the approval stands.");
    }
    await approveAgreed(db, which, null);
    return done(back, "The approval is taken back");
  }
  const parsed = parseForm(copy, form);
  if (parsed.invalid) return refuse(parsed.invalid);
  const support = supports.find(({ id }) => id === parsed.value.support);
  if (!support) throw noSuchPage();
  if (!support.answer.yes) return refuseField(form, "form", support.answer.reason);
  const consent = await getConsent(db, support.answer.consentId);
  const written = await handOver(db, by, consumerId, {
    ...{ supportId: support.id, consent, when, topics: page.topics },
  });
  if (!written) return done(back, "They have it already");
  await logAccess(db, me, {
    ...{ action: "disclosed", room: "what we agreed", consumerIds: [consumerId] },
  });
  return done(back, "Written into the accounting of what left the agency");
});

export default function Agreed() {
  const data = useLoaderData<typeof loader>();
  const { page, approvedAt, approvedHow, called, language } = data;
  const other = language === "es" ? "en" : "es";
  const dates = useDates();
  return (
    <>
      <Box className="no-print">
        <PageHead
          title="What we agreed"
          about={`${called} approves it before anybody else gets it.`}
          actions={
            <>
              <LinkButton
                to={`${paths.agreed(data.consumerId, data.conferenceId)}?language=${other}`}
                variant="default"
              >
                {languages[other]}
              </LinkButton>
              <Button
                variant="default"
                leftSection={<IconPrinter size={16} aria-hidden />}
                onClick={() => window.print()}
              >
                Print
              </Button>
            </>
          }
        />
        {page.voided && (
          <Alert color="gray" mb="md">
            The note behind it was voided. It goes to nobody any more.
          </Alert>
        )}
      </Box>
      <Sheet />
      <Box className="no-print" mt="md">
        {!page.voided && (
          <Section title="Approval">
            {approvedAt && approvedHow ? (
              <Approved
                at={dates.instant(approvedAt)}
                how={approvalWays[approvedHow]}
                mayTakeBack={data.supports.every(({ handedAt }) => handedAt === null)}
              />
            ) : (
              <Approve called={called} />
            )}
          </Section>
        )}
        <Section title="Copies for those who were there">
          <Copies supports={data.supports} />
        </Section>
      </Box>
    </>
  );
}

/** The page itself: plain, and with nothing on it that says what kind of help this is. */
function Sheet() {
  const { day, called, staff, supports, agreements, points, language } =
    useLoaderData<typeof loader>();
  const { agency } = useMe();
  const words = agreedWords[language];
  const on = (due: string) => dayIn(language, due, agency.locale);
  const there = [called, ...supports.map(({ name }) => name), ...staff];
  return (
    <Paper p="xl" maw={720} component="article" aria-label="The page" lang={language}>
      <Text size="sm" c="dimmed">
        {agency.neutralName}
        {agency.phone && `, ${agency.phone}`}
      </Text>
      <Title order={2} mt="xs">
        {words.title}
      </Title>
      <Text mb="lg">{words.talked(on(day), namesIn(language, there))}</Text>
      {agreements.length === 0 && points.length === 0 && <Text>{words.nothing}</Text>}
      {agreements.length > 0 && (
        <>
          <Title order={3} mb="xs">
            {words.whoDoesWhat}
          </Title>
          <List mb="lg" spacing="xs">
            {agreements.map(({ id, who, what, due_on }) => (
              <List.Item key={id}>
                <b>{who}</b>: {what}
                {due_on && words.by(on(due_on))}
              </List.Item>
            ))}
          </List>
        </>
      )}
      {points.length > 0 && (
        <>
          <Title order={3} mb="xs">
            {words.later}
          </Title>
          <List spacing="xs">
            {points.map(({ id, text, responsible, due_on }) => (
              <List.Item key={id}>
                {text}
                {responsible && ` (${responsible})`}
                {due_on && words.by(on(due_on))}
              </List.Item>
            ))}
          </List>
        </>
      )}
    </Paper>
  );
}
