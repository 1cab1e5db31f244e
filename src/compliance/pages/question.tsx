import { Button, Group, Paper, Stack, Text, Textarea } from "@mantine/core";
import { useLoaderData } from "react-router";
import { z } from "zod";
import { getDay } from "../../kernel/day.ts";
import { fullName, type Named } from "../../people/consumer.ts";
import { logAccess } from "../../storage/access-log.ts";
import {
  done,
  Form,
  parseForm,
  refuse,
  refuseField,
  text,
  useFields,
  useSending,
} from "../../web/form.tsx";
import { act, noSuchPage, page } from "../../web/guard.ts";
import { LinkButton, PageHead, Section } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useDates } from "../../web/use-me.ts";
import { isId } from "../claim.ts";
import { benchOf, findStanding, judgeAgain } from "../judge.ts";
import { answer, findQuestion } from "../question-store.ts";
import { serviceName } from "../service-name.ts";
import { Findings } from "./findings.tsx";
import { sayFindings } from "./said.ts";

export const meta = () => [{ title: "A question from billing · Throughcare" }];

export const loader = page("record.read", async ({ db, me, services, params, listed }) => {
  const id = params.questionId;
  const question = isId(id) ? await findQuestion(db, id) : null;
  if (!question) throw noSuchPage();
  await listed([question.consumerId]);
  const { bulletins } = benchOf(me, services.shelf);
  const standing = (await findStanding(db, [question.serviceId])).get(question.serviceId);
  return {
    question,
    mine: question.toStaff === me.staffId,
    // All clauses when none was named: the signer sees what stands against the session.
    judged: (standing?.judgements ?? []).map((judgement) => ({
      bulletin: judgement.bulletin,
      findings: sayFindings(judgement, bulletins).filter(({ clause, verdict }) =>
        question.clause
          ? clause === question.clause
          : verdict === "breached" || verdict === "unknown",
      ),
    })),
  };
});

const schema = z.object({ answer: text(1000) });

export const action = act("record.write", async ({ db, me, services, params, form }) => {
  const id = params.questionId;
  const question = isId(id) ? await findQuestion(db, id) : null;
  if (!question || question.toStaff !== me.staffId) throw noSuchPage();
  const { value, invalid } = parseForm(schema, form);
  if (invalid) return refuse(invalid);
  const answered = await answer(db, { id: question.id, by: me.staffId, text: value.answer });
  if (!answered) return refuseField(form, "form", "This was answered already");
  if (question.day) {
    const bench = benchOf(me, services.shelf);
    await judgeAgain(db, bench, question.consumerId, [getDay(question.day)]);
  }
  const consumerIds = [question.consumerId];
  await logAccess(db, me, { action: "write", room: "question.answer", consumerIds });
  return done(paths.question(question.id), "Answered");
});

export default function Question() {
  const { question, mine, judged } = useLoaderData<typeof loader>();
  const dates = useDates();
  const whose = question.given_name
    ? fullName(question as Named)
    : "Somebody whose record is not yours to see";
  const against = judged.filter(({ findings }) => findings.length > 0);
  const note =
    question.conferenceId && question.given_name
      ? paths.note(question.consumerId, question.conferenceId)
      : null;
  return (
    <>
      <PageHead
        title="A question from billing"
        about={`${whose}${question.day && question.service ? ` · ${serviceName(question.service)}, ${dates.day(question.day)}` : ""}`}
        actions={
          mine ? (
            <LinkButton to={paths.questions()} variant="default" size="xs">
              All questions to you
            </LinkButton>
          ) : undefined
        }
      />
      <Paper mb="md">
        <Text size="xs" c="dimmed">
          {question.askedBy} asked {mine ? "you" : question.toName}
          {question.clause ? ` about clause ${question.clause}` : ""},{" "}
          {dates.instant(question.askedAt)}
        </Text>
        <Text style={{ whiteSpace: "pre-wrap" }}>{question.text}</Text>
      </Paper>
      {against.map(({ bulletin, findings }) => (
        <Section key={bulletin} title={`What stands now, by ${bulletin}`}>
          <Findings bulletin={bulletin} findings={findings} />
        </Section>
      ))}
      {note && question.answer === null && mine && (
        <Section title="First, the record">
          <Text size="sm" mb="sm">
            The note stays as you signed it. If something is missing, add an addendum; if a fact was
            wrongly recorded, correct it there with the reason. The week is then judged again.
          </Text>
          <LinkButton to={note} variant="light">
            Open the signed note
          </LinkButton>
        </Section>
      )}
      {question.answer === null ? mine && <AnswerForm /> : <Answered />}
    </>
  );
}

function AnswerForm() {
  const field = useFields();
  const sending = useSending();
  return (
    <Section title="Your answer">
      <Form>
        <Stack gap="sm">
          <Textarea
            label="Answer"
            description="The biller reads this and no note. Write what settles the claim, and nothing clinical."
            autosize
            minRows={3}
            {...field("answer")}
          />
          <Group>
            <Button type="submit" loading={sending}>
              Send the answer
            </Button>
          </Group>
        </Stack>
      </Form>
    </Section>
  );
}

function Answered() {
  const { question } = useLoaderData<typeof loader>();
  const dates = useDates();
  return (
    <Section title="Answered">
      <Text style={{ whiteSpace: "pre-wrap" }}>{question.answer}</Text>
      <Text size="xs" c="dimmed">
        {question.toName}
        {question.answeredAt ? `, ${dates.instant(question.answeredAt)}` : ""}
      </Text>
    </Section>
  );
}
