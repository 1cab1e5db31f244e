import { Alert, Button, Group, Modal, Paper, Text, Title } from "@mantine/core";
import { type FormEvent, useEffect } from "react";
import { data, useActionData, useBlocker, useLoaderData } from "react-router";
import { findBanner } from "../../people/banner-store.ts";
import { done, Form, type Invalid, refuseField, useFields, useSending } from "../../web/form.tsx";
import { act, page } from "../../web/guard.ts";
import { Empty, LinkButton, PageHead } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useDates } from "../../web/use-me.ts";
import { type Answers, assessmentSections, missingFrom, stillMissing } from "../assessment.ts";
import { asTyped, readAssessment } from "../assessment-form.ts";
import { findAssessments, NO_DRAFT, saveAssessment } from "../assessment-store.ts";
import { findReferrals } from "../intake-store.ts";
import { findEpisodes } from "../store.ts";
import classes from "./assessment.module.css";
import { Questions } from "./assessment-questions.tsx";
import { DraftStatus } from "./draft-status.tsx";
import { SubstanceRows, type TypedSubstance } from "./substance-rows.tsx";
import { useDraft } from "./use-draft.ts";

export const meta = () => [{ title: "Assessment · Throughcare" }];

export const loader = page("record.write", async ({ db, consumerId, today }) => {
  const episode = (await findEpisodes(db, consumerId)).find((one) => one.closed_on === null);
  if (!episode) return { consumerId, episode: null, draft: null };
  const all = await findAssessments(db, consumerId);
  const draft = all.find((one) => one.completed_at === null && one.episode_id === episode.id);
  const last = all.find((one) => one.completed_at !== null);
  const from = draft ?? last;
  const begin = draft ? {} : await begunWith(db, consumerId, today, last ?? null);
  const answers: Answers = { ...(from ? (from as unknown as Answers) : {}), ...begin };
  return {
    consumerId,
    episode: episode.id,
    draft: {
      version: draft?.saves ?? NO_DRAFT,
      startedBy: draft?.starter ?? null,
      startedOn: draft?.started_on ?? null,
      follows: draft ? null : (last?.completed_at ?? null),
      answers: Object.fromEntries(
        assessmentSections
          .flatMap(({ questions }) => questions)
          .map((question) => [question.name, asTyped(question, answers[question.name])]),
      ),
      chosen: {
        preferred_approaches: from?.preferred_approaches ?? [],
        access_kinds: from?.access_kinds ?? [],
      } as Record<string, string[]>,
      substances: (from?.substances ?? []).map(typedOf),
    },
  };
});

const typedOf = (row: {
  substance: string;
  days_used: number | null;
  route: string | null;
  amount: string | null;
  age_first: number | null;
}): TypedSubstance => ({
  substance: row.substance,
  days_used: row.days_used === null ? "" : String(row.days_used),
  route: row.route ?? "",
  amount: row.amount ?? "",
  age_first: row.age_first === null ? "" : String(row.age_first),
});

/** What is known already, so that it is not asked twice; risk and summary are always found anew. */
async function begunWith(
  db: Parameters<typeof findReferrals>[0],
  consumerId: string,
  today: Parameters<typeof findBanner>[2],
  last: { pregnant: boolean | null } | null,
): Promise<Answers> {
  const anew = { risk_to_self: null, risk_to_others: null, risk_note: null, summary: null };
  // A "no" of then is no answer of today.
  const pregnant = last?.pregnant ? {} : { pregnant: null };
  if (last) return { ...anew, ...pregnant, sharing: null, offending_now: null };
  const [referral] = await findReferrals(db, consumerId);
  const person = (await findBanner(db, consumerId, today))?.consumer;
  const language = person?.interpreter || (person && person.language !== "English");
  return {
    ...anew,
    pregnant: referral?.pregnant ?? null,
    injecting: referral?.injecting ? "now" : null,
    access_needs: person?.access_needs ?? null,
    language_needs: language
      ? person.language + (person.interpreter ? ", with an interpreter" : "")
      : null,
  };
}

const CHANGED =
  "A colleague saved this draft after you opened it. Send again to write yours over theirs.";

export const action = act("record.write", async ({ db, by, consumerId, form, today }) => {
  const episode = (await findEpisodes(db, consumerId)).find((one) => one.closed_on === null);
  if (!episode)
    return refuseField(form, "form", "The episode is closed: nothing can be added to it.");
  const { answers, substances, errors } = readAssessment(form);
  const complete = form.get("intent") === "complete";
  const wrong = { ...(complete ? missingFrom(answers, substances) : {}), ...errors };
  const version = Number(form.get("version"));
  if (Object.keys(wrong).length > 0) {
    return data({ errors: wrong, typed: typedIn(form), version }, { status: 422 });
  }
  const saved = await saveAssessment(
    db,
    by,
    { consumerId, episodeId: episode.id },
    { version, on: today, answers, substances, complete },
  );
  if (saved.state === "closed") {
    return refuseField(form, "form", "A colleague has completed this assessment already.");
  }
  if (saved.state === "conflict") {
    return data(
      { errors: { form: CHANGED }, typed: typedIn(form), version: saved.version },
      { status: 409 },
    );
  }
  return complete
    ? done(paths.assessment(consumerId), "The assessment stands")
    : done(paths.assessmentEdit(consumerId), "Draft saved");
});

/** What was typed, so that nothing has to be typed twice. */
function typedIn(form: FormData): Record<string, string | string[]> {
  return Object.fromEntries(
    [...new Set(form.keys())].map((key) => [
      key,
      key.endsWith("[]") ? form.getAll(key).map(String) : String(form.get(key) ?? ""),
    ]),
  );
}

/** The comprehensive assessment: it keeps itself while it is typed, and stands once it is completed. */
export default function AssessmentEdit() {
  const { draft, consumerId } = useLoaderData<typeof loader>();
  if (!draft) {
    return (
      <>
        <PageHead title="Assessment" />
        <Empty
          action={
            <LinkButton to={paths.referred(consumerId)} variant="default">
              Take a referral
            </LinkButton>
          }
        >
          No episode is open: an assessment belongs to one.
        </Empty>
      </>
    );
  }
  return <Editor draft={draft} consumerId={consumerId} />;
}

type Draft = NonNullable<Awaited<ReturnType<typeof loader>>["draft"]>;

function Editor({ draft, consumerId }: { draft: Draft; consumerId: string }) {
  const dates = useDates();
  const sending = useSending();
  const answer = useActionData() as (Partial<Invalid> & { version?: number }) | undefined;
  const asked = useFields(draft.answers);
  const keep = useDraft(paths.assessmentDraft(consumerId), { version: draft.version, at: null });
  const { knows, wrong } = keep;
  const errors = wrong ? { ...stillMissing(answer?.errors), ...wrong } : (answer?.errors ?? {});
  const field = (name: string) => ({ ...asked(name), error: errors[name] });
  const leaving = useBlocker(
    ({ currentLocation, nextLocation }) =>
      keep.lost && currentLocation.pathname !== nextLocation.pathname,
  );
  useEffect(() => {
    if (answer?.version !== undefined) knows(answer.version);
  }, [answer, knows]);
  const typed = answer?.typed;
  const listOf = (name: string) => {
    const all = typed?.[name];
    return Array.isArray(all) ? all : null;
  };
  const names = listOf("substance[]");
  const substances = names
    ? names.map((substance, index) => ({
        substance,
        days_used: listOf("days_used[]")?.[index] ?? "",
        route: listOf("route[]")?.[index] ?? "",
        amount: listOf("amount[]")?.[index] ?? "",
        age_first: listOf("age_first[]")?.[index] ?? "",
      }))
    : draft.substances;
  /** A save on its way is waited for, so that two do not meet. */
  const submit = (event: FormEvent<HTMLFormElement>) => {
    const form = event.currentTarget;
    const { submitter } = event.nativeEvent as SubmitEvent;
    if (!keep.busy()) return void keep.settle();
    event.preventDefault();
    void keep.settle().then(() => setTimeout(() => form.requestSubmit(submitter)));
  };
  return (
    <>
      <PageHead
        title="Assessment"
        about={
          draft.startedOn
            ? `A draft, begun by ${draft.startedBy} on ${dates.day(draft.startedOn)}. It stands once it is completed.`
            : draft.follows
              ? `Begins with what the last one found, on ${dates.instant(draft.follows)}. Risk and summary are found anew.`
              : "Keeps itself while you type, and stands once it is completed. What is not asked stays open."
        }
        actions={
          <LinkButton to={paths.assessment(consumerId)} variant="default">
            Back
          </LinkButton>
        }
      />
      <div className={classes.form}>
        <nav className={classes.menu} aria-label="Sections">
          {assessmentSections.map(({ key, title }) => (
            <a key={key} href={`#${key}`}>
              {title}
            </a>
          ))}
        </nav>
        <Form onSubmit={submit} onChange={keep.changed}>
          <input type="hidden" name="version" value={keep.version} />
          {assessmentSections.map((section) => (
            <Paper
              key={section.key}
              component="section"
              id={section.key}
              className={classes.section}
              mb="md"
              aria-labelledby={`${section.key}-title`}
            >
              <Title order={2} id={`${section.key}-title`} mb={section.about ? 2 : "sm"}>
                {section.title}
              </Title>
              {section.about && (
                <Text size="sm" c="dimmed" mb="sm">
                  {section.about}
                </Text>
              )}
              {section.key === "substances" && (
                <SubstanceRows saved={substances} errors={errors} onRemove={keep.again} />
              )}
              <Questions
                questions={section.questions}
                field={field}
                chosenOf={(name) => listOf(`${name}[]`) ?? draft.chosen[name] ?? []}
              />
            </Paper>
          ))}
          <div className={classes.bar}>
            <Group justify="space-between" gap="xs">
              <DraftStatus
                state={keep.state}
                wrong={Object.keys(wrong ?? {}).length}
                onWriteOver={keep.writeOver}
              />
              <Group gap="xs">
                <Button type="submit" name="intent" value="save" variant="default">
                  Save draft
                </Button>
                <Button type="submit" name="intent" value="complete" loading={sending}>
                  Complete
                </Button>
              </Group>
            </Group>
          </div>
        </Form>
      </div>
      <Modal
        opened={leaving.state === "blocked"}
        onClose={() => leaving.reset?.()}
        title="Not everything is saved"
        closeButtonProps={{ "aria-label": "Stay on the page" }}
      >
        <Text size="sm" mb="md">
          {Object.keys(errors).length > 0
            ? "What is marked could not be kept as it is. If you leave now, it is lost; the rest is saved."
            : "What you typed last is only on this page. If you leave now, it is lost."}
        </Text>
        <Group gap="xs">
          <Button onClick={() => leaving.reset?.()} data-autofocus>
            Stay
          </Button>
          <Button variant="default" onClick={() => leaving.proceed?.()}>
            Leave without it
          </Button>
        </Group>
      </Modal>
      {keep.state.kind === "closed" && (
        <Alert color="orange" mt="md">
          A colleague has completed this assessment: what you typed after that is only on this page.
        </Alert>
      )}
    </>
  );
}
