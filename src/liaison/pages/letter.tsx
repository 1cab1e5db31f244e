import { Alert, Button, Group, NativeSelect, Paper, Stack, Text, TextInput } from "@mantine/core";
import { IconBan, IconPrinter } from "@tabler/icons-react";
import { useLoaderData } from "react-router";
import { addDays, parseDay } from "../../kernel/day.ts";
import { findCarrying } from "../../people/carrying-store.ts";
import type { Topic } from "../../people/consent.ts";
import { type Basis, groundLabel } from "../../people/disclosure.ts";
import { Form, useFields, useSending } from "../../web/form.tsx";
import { act, page } from "../../web/guard.ts";
import { LinkButton, PageHead } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useDates } from "../../web/use-me.ts";
import { readLetter } from "../letter.ts";
import { type SentHow, sayNeed, sentHow } from "../referral.ts";
import { findLetterhead } from "../sending-store.ts";
import { getSending, letterLeft, noticeFor } from "./letter-left.ts";
import { LetterSheet, Slip } from "./letter-sheet.tsx";

// A browser prints the title above the sheet, so it says nothing more.
export const meta = () => [{ title: "Letter" }];

export const loader = page("record.write", async (visit) => {
  const { db, me, consumerId, today, url } = visit;
  const { referral, sending } = await getSending(visit);
  const notice = noticeFor(visit, sending?.basis ?? "");
  const carried =
    sending?.basis !== "consent" ||
    (await findCarrying(visit, sending.provider_id, sending.topics as Topic[])) !== null;
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
      // Without its notice or a ground nothing is put on paper; what has left may be seen as it left.
      letter: sending.sent_at || (carried && !notice.missing) ? readLetter(sending.letter) : null,
    },
    notice,
    carried,
    head: await findLetterhead(db),
    written: today,
    chaseOn: parseDay(url.searchParams.get("chase") ?? "") ?? addDays(today, 7),
  };
});

export const action = act("record.write", letterLeft);

export default function LetterPage() {
  const { consumerId, referral, sending, notice, carried, head, written } =
    useLoaderData<typeof loader>();
  const dates = useDates();
  const sent = sending?.sentAt ?? null;
  const self = sending?.basis === "self";
  const prints = Boolean(sent && sending?.letter && carried && !notice.missing);
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
            title={sent ? "It is not printed again" : "There is no letter to print"}
            mb="sm"
          >
            {notice.missing}
          </Alert>
        )}
        {!carried && sent && (
          <Alert
            color="orange"
            role="note"
            icon={<IconBan aria-hidden />}
            title="A copy of what left, for the accounting"
            mb="sm"
          >
            The consent it went with was revoked since, has run out, or does not name all of this
            any more. It may be looked at here; it is not printed, and not sent again.
          </Alert>
        )}
        {!carried && !sent && (
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
        {(self || prints) && (
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
        <div className={prints ? undefined : "no-print"}>
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
