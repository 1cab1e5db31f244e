import { Alert, Badge, Group, List, Paper, Text, Title } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useLoaderData } from "react-router";
import { page } from "../../web/guard.ts";
import { Empty, LinkButton, PageHead, Section } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useDates, useMay } from "../../web/use-me.ts";
import {
  type Answers,
  answerWords,
  assessmentSections,
  differences,
  type HighRisk,
  highRiskWords,
  substanceWords,
} from "../assessment.ts";
import { type FoundAssessment, findAssessments, findHighRisk } from "../assessment-store.ts";
import { findCrisisLines } from "../intake-store.ts";
import { findEpisodes } from "../store.ts";
import classes from "./assessment.module.css";

export const meta = () => [{ title: "Assessment · Throughcare" }];

export const loader = page("record.read", async ({ db, consumerId, url }) => {
  const all = await findAssessments(db, consumerId);
  const standing = all.filter((one) => one.completed_at !== null);
  const open = (await findEpisodes(db, consumerId)).some((one) => one.closed_on === null);
  const asked = url.searchParams.get("with");
  return {
    consumerId,
    open,
    draft: all.find((one) => one.completed_at === null) ?? null,
    last: standing[0] ?? null,
    earlier: standing.slice(1),
    before: standing.slice(1).find(({ id }) => id === asked) ?? null,
    highRisk: await findHighRisk(db, consumerId),
    lines: await findCrisisLines(db),
  };
});

/** What was found, the last that stands first; an earlier one can stand beside it. */
export default function Assessment() {
  const { consumerId, open, draft, last, earlier, before, highRisk, lines } =
    useLoaderData<typeof loader>();
  const dates = useDates();
  const write = useMay()("record.write") && open;
  return (
    <>
      <PageHead
        title="Assessment"
        about={
          last?.completed_at
            ? `Completed ${dates.instant(last.completed_at)} by ${last.completer}.`
            : undefined
        }
        actions={
          write && (
            <LinkButton to={paths.assessmentEdit(consumerId)}>
              {draft ? "Go on with the draft" : last ? "Assess again" : "Begin the assessment"}
            </LinkButton>
          )
        }
      />
      {highRisk && <WhatToDo risk={highRisk} lines={lines} />}
      {draft && (
        <Alert color="tide" mb="md" title="A draft is being written">
          Begun by {draft.starter} on {dates.day(draft.started_on)}. It stands once it is completed.
        </Alert>
      )}
      {!last && !draft && (
        <Empty>{open ? "Nobody has assessed yet." : "No assessment was completed."}</Empty>
      )}
      {earlier.length > 0 && (
        <Group component="nav" aria-label="Earlier assessments" gap={6} mb="md">
          <Text size="sm">Beside an earlier one:</Text>
          {earlier.map((one) => (
            <LinkButton
              key={one.id}
              to={
                one.id === before?.id
                  ? paths.assessment(consumerId)
                  : `${paths.assessment(consumerId)}?with=${one.id}`
              }
              size="compact-sm"
              variant={one.id === before?.id ? "filled" : "default"}
              {...(one.id === before?.id ? { "aria-current": "true" } : {})}
            >
              {one.completed_on && dates.day(one.completed_on)}
            </LinkButton>
          ))}
        </Group>
      )}
      {last && <Told last={last} before={before} />}
    </>
  );
}

/** A high risk, and what one does about it now: nothing here is forbidden or held back by it. */
function WhatToDo({ risk, lines }: { risk: HighRisk; lines: readonly string[] }) {
  return (
    <Alert
      id="risk"
      className={classes.section}
      color="red"
      mb="md"
      icon={<IconAlertTriangle aria-hidden />}
      title={highRiskWords(risk)}
    >
      <List size="sm" spacing={2}>
        {risk.self && (
          <>
            <List.Item>Ask today how they are, and do not leave them alone with it.</List.Item>
            <List.Item>
              Agree a safety plan: who is with them, what is put out of reach, whom they call.
            </List.Item>
          </>
        )}
        {risk.others && (
          <List.Item>
            Agree with your supervisor who has to be warned, and on what ground.
          </List.Item>
        )}
        {risk.home && (
          <List.Item>
            See them alone. Ask what is safe before you call, write or invite anybody.
          </List.Item>
        )}
        <List.Item>
          Tell the duty clinician or your supervisor today, and write down what was done.
        </List.Item>
        {lines.length > 0 && <List.Item>At any hour: {lines.join(" · ")}</List.Item>}
      </List>
    </Alert>
  );
}

function Told({ last, before }: { last: FoundAssessment; before: FoundAssessment | null }) {
  const dates = useDates();
  const answers = last as unknown as Answers;
  const old = before as unknown as Answers | null;
  const changed = new Set(old ? differences(old, answers) : []);
  const at = (one: FoundAssessment) => (one.completed_on ? dates.day(one.completed_on) : "");
  const answered = assessmentSections.map((section) => ({
    ...section,
    shown: section.questions.filter(
      (one) => answerWords(one, answers[one.name]) ?? (old && answerWords(one, old[one.name])),
    ),
  }));
  const silent = answered.filter(({ key, shown }) => shown.length === 0 && key !== "substances");
  return (
    <>
      {answered.map(({ key, title, questions, shown }) => {
        if (silent.some((one) => one.key === key)) return null;
        const unasked = questions.length - shown.length;
        return (
          <Section key={key} title={title}>
            {key === "substances" && <Substances last={last} before={before} />}
            <dl className={old ? `${classes.answers} ${classes.both}` : classes.answers}>
              {before && (
                <>
                  <dt />
                  <dd className={classes.head}>{at(last)}</dd>
                  <dd className={classes.head}>{at(before)}</dd>
                </>
              )}
              {shown.map((one) => {
                const words = answerWords(one, answers[one.name]) ?? "Not asked";
                const high =
                  (one.name === "risk_to_self" || one.name === "risk_to_others") &&
                  answers[one.name] === "high";
                return (
                  <div key={one.name} style={{ display: "contents" }}>
                    <dt>{one.label}</dt>
                    <dd className={changed.has(one.name) ? classes.changed : undefined}>
                      {high ? <Badge color="red">{words}</Badge> : words}
                      {changed.has(one.name) && (
                        <Text span size="xs" c="dimmed">
                          {" "}
                          (changed)
                        </Text>
                      )}
                    </dd>
                    {old && <dd>{answerWords(one, old[one.name]) ?? "Not asked"}</dd>}
                  </div>
                );
              })}
            </dl>
            {unasked > 0 && (
              <Text size="xs" c="dimmed" mt="xs">
                Not asked:{" "}
                {questions
                  .filter((one) => !shown.includes(one))
                  .map(({ label }) => label.toLowerCase())
                  .join(", ")}
              </Text>
            )}
          </Section>
        );
      })}
      {silent.length > 0 && (
        <Text size="sm" c="dimmed">
          Nothing was asked about: {silent.map(({ title }) => title.toLowerCase()).join(", ")}.
        </Text>
      )}
    </>
  );
}

function Substances({ last, before }: { last: FoundAssessment; before: FoundAssessment | null }) {
  const list = (of: FoundAssessment) => (
    <List size="sm" type="ordered" spacing={2}>
      {of.substances.map((one) => (
        <List.Item key={one.substance}>
          <Text span inherit fw={600}>
            {one.substance}
          </Text>
          {" · "}
          {substanceWords(one) || "no more is known"}
        </List.Item>
      ))}
    </List>
  );
  return (
    <Paper p={0} withBorder={false} mb="sm" bg="transparent">
      {list(last)}
      {before && (
        <>
          <Title order={3} size="sm" mt="xs">
            Before
          </Title>
          {list(before)}
        </>
      )}
    </Paper>
  );
}
