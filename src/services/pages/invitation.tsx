import { Alert, Button, Group, Paper, Stack, Text } from "@mantine/core";
import { IconBan, IconCalendarPlus, IconCopy, IconPrinter } from "@tabler/icons-react";
import { Form as RouterForm, useFetcher, useLoaderData, useRevalidator } from "react-router";
import { z } from "zod";
import { done, Form, parseForm, refuse, refuseField, useSending } from "../../web/form.tsx";
import { act, page } from "../../web/guard.ts";
import { LinkButton, PageHead } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useDates } from "../../web/use-me.ts";
import { invitationText, languageFor } from "../invitation.ts";
import { recordTold } from "../invitation-store.ts";
import { findInvitation } from "./invite.ts";

// A browser prints the title above the letter, so it says nothing more.
export const meta = () => [{ title: "Invitation" }];

export const loader = page("record.write", async (visit) => {
  const { planned, support, answer, telling, meeting } = await findInvitation(visit);
  const language = languageFor(support.language);
  const cancelled = planned.appointment.status === "cancelled";
  const text =
    answer.yes && telling !== null
      ? invitationText(meeting, {
          to: support.name,
          language: language ?? "en",
          telling: telling === "nothing-new" && cancelled ? "cancelled" : telling,
        })
      : null;
  return {
    back: paths.conference(visit.consumerId, planned.id),
    file: paths.invitationFile(visit.consumerId, planned.id, support.supportId),
    support,
    answer,
    telling,
    text,
    language,
  };
});

const toldForm = z.object({ how: z.enum(["letter", "phone", "in-person"], "Say how") });

export const action = act("record.write", async (visit) => {
  const { db, me, consumerId, form } = visit;
  const { planned, support, answer, telling } = await findInvitation(visit);
  const { value, invalid } = parseForm(toldForm, form);
  if (invalid) return refuse(invalid);
  const told =
    telling !== null &&
    (await recordTold(db, me, {
      ...{ planned, supportId: support.supportId, answer, telling },
      how: value.how,
    }));
  if (!told)
    return refuseField(form, "form", "They may not be told this now; nothing was recorded");
  if (value.how === "letter") return { told: true as const };
  return done(paths.conference(consumerId, planned.id), "Recorded that they were told");
});

const titles = {
  invitation: "Invitation",
  moved: "The new time",
  cancelled: "The meeting is cancelled",
  "nothing-new": "Invitation, told already",
};

export default function Invitation() {
  const { support, telling, text, back, answer, language } = useLoaderData<typeof loader>();
  const dates = useDates();
  return (
    <Stack maw={680} gap="md">
      <div className="no-print">
        <PageHead
          title={telling ? titles[telling] : "Invitation"}
          about={`For ${support.name} (${support.relation}). Neutral on purpose: it does not say whom the meeting is about, or what for.`}
          actions={
            <LinkButton to={back} variant="default">
              Back to the conference
            </LinkButton>
          }
        />
      </div>
      {!answer.yes && (
        <Alert color="red" icon={<IconBan aria-hidden />} title="They may not be told anything">
          {answer.reason} {answer.arrange}
          {support.invitedAt && " If they come or call, say only what anyone is told."}
        </Alert>
      )}
      {answer.yes && telling === null && (
        <Alert color="gray">There is nothing to tell them about this meeting.</Alert>
      )}
      {support.toldAt && answer.yes && (
        <Text size="sm" c="dimmed" className="no-print">
          Last told {dates.instant(support.toldAt)}.
        </Text>
      )}
      {text !== null && (
        <>
          {language === null && (
            <Alert color="orange" className="no-print">
              Their language is {support.language}, and there is no text in it. Arrange an
              interpreter, or read it to them.
            </Alert>
          )}
          <Paper component="article" lang={language ?? "en"} p="lg">
            <Text style={{ whiteSpace: "pre-line" }}>{text}</Text>
          </Paper>
          <Hand text={text} />
        </>
      )}
    </Stack>
  );
}

/** The ways to hand it over. Each of them records that they were told. */
function Hand({ text }: { text: string }) {
  const { file } = useLoaderData<typeof loader>();
  const fetcher = useFetcher();
  const revalidator = useRevalidator();
  const sending = useSending();
  const asLetter = () => void fetcher.submit({ how: "letter" }, { method: "post" });
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    asLetter();
  };
  const print = () => {
    asLetter();
    window.print();
  };
  // The file comes as a download, so the page has to look by itself what was recorded.
  const lookAgain = () => setTimeout(() => void revalidator.revalidate(), 1000);
  return (
    <Stack gap="xs" className="no-print">
      <Group gap="xs">
        <Button onClick={() => void copy()} leftSection={<IconCopy size={16} aria-hidden />}>
          Copy the text
        </Button>
        <Button
          variant="default"
          onClick={print}
          leftSection={<IconPrinter size={16} aria-hidden />}
        >
          Print
        </Button>
        <RouterForm method="post" action={file} reloadDocument onSubmit={lookAgain}>
          <Button
            type="submit"
            variant="default"
            leftSection={<IconCalendarPlus size={16} aria-hidden />}
          >
            Calendar file
          </Button>
        </RouterForm>
      </Group>
      <Form>
        <Group gap="xs">
          <Text size="sm">Told another way:</Text>
          <Button
            type="submit"
            name="how"
            value="phone"
            variant="default"
            size="xs"
            loading={sending}
          >
            By phone
          </Button>
          <Button
            type="submit"
            name="how"
            value="in-person"
            variant="default"
            size="xs"
            loading={sending}
          >
            In person
          </Button>
        </Group>
      </Form>
      <Text size="xs" c="dimmed" role="status">
        {fetcher.data ? "Recorded that they were told. " : ""}
        Each of these records who was told, when, and by which consent. Consent is asked for again
        each time.
      </Text>
    </Stack>
  );
}
