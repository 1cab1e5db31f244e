import { Alert, Button, Group, NativeSelect, Paper, Stack, Text, TextInput } from "@mantine/core";
import { IconBan, IconPrinter } from "@tabler/icons-react";
import { useLoaderData } from "react-router";
import { z } from "zod";
import { now } from "../../kernel/clock.ts";
import { addDays, parseDay } from "../../kernel/day.ts";
import { confidentialityOf } from "../../people/confidentiality.ts";
import type { Topic } from "../../people/consent.ts";
import { type Basis, groundLabel } from "../../people/disclosure.ts";
import { recordDisclosure } from "../../people/disclosure-store.ts";
import {
  day,
  done,
  Form,
  parseForm,
  refuse,
  refuseField,
  useFields,
  useSending,
} from "../../web/form.tsx";
import { act, noSuchPage, page, type Visit } from "../../web/guard.ts";
import { LinkButton, PageHead } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useDates } from "../../web/use-me.ts";
import { readLetter } from "../letter.ts";
import { sendReferral } from "../out-store.ts";
import { purposeOf, sayNeed } from "../referral.ts";
import { findLetterhead, findSending, markSent, type SentHow, sentHow } from "../sending-store.ts";
import { LetterSheet, Slip } from "./letter-sheet.tsx";
import { judgeSince } from "./referral-action.ts";
import { findCarrying, getReferral } from "./send-action.ts";

// A browser prints the title above the sheet, so it says nothing more.
export const meta = () => [{ title: "Letter" }];

/** What goes with it by law, and whether it is missing. */
function noticeFor({ me }: Visit, basis: string): { text: string | null; missing: string | null } {
  const { notice } = confidentialityOf(me.agency.jurisdiction);
  if (!notice.prescribed || basis !== "consent") return { text: null, missing: null };
  const text = me.agency.redisclosureNotice;
  return { text, missing: text ? null : notice.missing };
}

async function getSending(visit: Visit) {
  const referral = await getReferral(visit);
  return { referral, sending: await findSending(visit.db, visit.consumerId, referral.id) };
}

export const loader = page("record.write", async (visit) => {
  const { db, me, consumerId, today, url } = visit;
  const { referral, sending } = await getSending(visit);
  const notice = noticeFor(visit, sending?.basis ?? "");
  const waits = sending !== null && sending.sent_at === null;
  const carried =
    !waits || sending.basis !== "consent"
      ? true
      : (await findCarrying(visit, sending.provider_id, sending.topics as Topic[])) !== null;
  return {
    consumerId,
    referral: {
      id: referral.id,
      sentOn: referral.sent_on,
      what: `${sayNeed(referral.need)}: ${referral.what}`,
    },
    sending: sending && {
      provider: sending.provider,
      address: sending.address,
      phone: sending.phone,
      times: sending.times,
      basis: sending.basis,
      ground:
        sending.basis === "self"
          ? null
          : groundLabel(me.agency.jurisdiction, sending.basis as Basis),
      writer: sending.writer,
      writerTitle: sending.writer_title,
      sentAt: sending.sent_at?.toISOString() ?? null,
      sentHow: sending.sent_how as SentHow | null,
      sender: sending.sender,
      // Without its notice nothing is put on paper, and nothing is made up instead.
      letter: notice.missing || !carried ? null : readLetter(sending.letter),
    },
    notice,
    carried,
    head: await findLetterhead(db),
    written: today,
    chaseOn: parseDay(url.searchParams.get("chase") ?? "") ?? addDays(today, 7),
  };
});

const leftForm = z.object({
  how: z.enum(Object.keys(sentHow) as [SentHow, ...SentHow[]], "Say how it left"),
  chase_on: day("Choose the day on which you ask what came of it"),
});

/** It left: the disclosure is logged with its ground, and the clock of the answer starts. */
export const action = act("record.write", async (visit) => {
  const { db, me, consumerId, form, today, services } = visit;
  const { referral, sending } = await getSending(visit);
  if (!sending) throw noSuchPage();
  const here = paths.letter(consumerId, referral.id);
  if (sending.sent_at) return done(here, "It was recorded as sent already");
  const parsed = parseForm(leftForm, form);
  if (parsed.invalid) return refuse(parsed.invalid);
  const { how, chase_on } = parsed.value;
  if (chase_on < today) return refuseField(form, "chase_on", "Choose today or a later day");
  const { missing } = noticeFor(visit, sending.basis);
  if (missing && how !== "telephone" && how !== "in-person") {
    return refuseField(form, "how", missing);
  }
  const told = sending.topics as Topic[];
  const consent =
    sending.basis === "consent" ? await findCarrying(visit, sending.provider_id, told) : null;
  if (sending.basis === "consent" && !consent) {
    return refuseField(form, "form", "No live consent carries it any more: nothing may be sent.");
  }
  const by = { staffId: me.staffId, agencyId: me.agency.id };
  const at = now(services.clock, me.agency.timeZone);
  const asked = await sendReferral(db, by, consumerId, referral.id, {
    ...{ status: "sent", providerId: sending.provider_id, on: today, chaseOn: chase_on },
    remark: sentHow[how],
  });
  if (!asked) return refuseField(form, "form", "Somebody changed this referral meanwhile.");
  const disclosureId = await recordDisclosure(db, me, consumerId, {
    basis: sending.basis as Basis,
    recipient: sending.provider,
    supportId: null,
    providerId: sending.provider_id,
    consentId: consent?.id ?? null,
    topics: told,
    what: `A referral, ${sentHow[how].toLowerCase()}: ${sayNeed(referral.need)}`,
    purpose: sending.purpose ?? purposeOf(referral.need),
    ...at,
  });
  await markSent(db, by, consumerId, sending.id, { how, disclosureId });
  await judgeSince(visit, referral.found_on);
  return done(here, "Recorded as sent, and written into the accounting of what left the agency");
});

export default function LetterPage() {
  const { consumerId, referral, sending, notice, carried, head, written } =
    useLoaderData<typeof loader>();
  const dates = useDates();
  const sent = sending?.sentAt ?? null;
  const self = sending?.basis === "self";
  return (
    <Stack maw={720} gap="md">
      <div className="no-print">
        <PageHead
          title={self ? "A slip to take along" : "Letter of referral"}
          about={referral.what}
          actions={
            <LinkButton to={paths.referrals(consumerId)} variant="default">
              Back to the referrals
            </LinkButton>
          }
        />
        {!sending && (
          <Alert color="gray">
            No letter is prepared for this referral.{" "}
            <LinkButton to={paths.sendReferral(consumerId, referral.id)} size="compact-sm">
              Send it
            </LinkButton>
          </Alert>
        )}
        {sending && !self && (
          <Text size="sm" mb="sm">
            Ground: {sending.ground}.{" "}
            {sent
              ? `${sending.sentHow ? sentHow[sending.sentHow] : "Sent"}, ${dates.instant(sent)}, by ${sending.sender}.`
              : "Nothing has left yet."}
          </Text>
        )}
        {notice.missing && (
          <Alert
            color="red"
            icon={<IconBan aria-hidden />}
            title="There is no letter to print"
            mb="sm"
          >
            {notice.missing}
          </Alert>
        )}
        {!carried && (
          <Alert
            color="red"
            icon={<IconBan aria-hidden />}
            title="No live consent carries this letter"
            mb="sm"
          >
            It was revoked, has run out, or does not name all of this. Nothing may be sent: prepare
            another one, or ask for a new consent.
          </Alert>
        )}
        {sending && !self && !sent && <Left />}
        {(self || (sent && sending?.letter)) && (
          <Button
            leftSection={<IconPrinter size={16} aria-hidden />}
            onClick={() => window.print()}
          >
            Print
          </Button>
        )}
      </div>
      {self && sending && <Slip place={sending} />}
      {sending?.letter && (
        <div className={sent ? undefined : "no-print"}>
          {!sent && (
            <Text size="sm" c="dimmed" mb={4}>
              This is what will be told. It is printed once it is recorded as sent.
            </Text>
          )}
          <LetterSheet
            letter={sending.letter}
            head={head}
            date={dates.day((sent && referral.sentOn) || written)}
            address={sending.address}
            writer={[sending.writer, sending.writerTitle].filter(Boolean).join(", ")}
            notice={notice.text}
          />
        </div>
      )}
    </Stack>
  );
}

function Left() {
  const { chaseOn, written, consumerId, referral } = useLoaderData<typeof loader>();
  const field = useFields({ chase_on: chaseOn, how: "letter" });
  const sending = useSending();
  return (
    <Paper mb="sm">
      <Form>
        <Group align="flex-end" gap="sm">
          <NativeSelect
            label="How it leaves"
            data={Object.entries(sentHow).map(([value, label]) => ({ value, label }))}
            {...field("how")}
          />
          <TextInput
            type="date"
            label="Ask what came of it on"
            min={written}
            {...field("chase_on")}
          />
          <Button type="submit" loading={sending}>
            Record as sent
          </Button>
          <LinkButton to={paths.sendReferral(consumerId, referral.id)} variant="subtle">
            Write it again
          </LinkButton>
        </Group>
      </Form>
    </Paper>
  );
}
