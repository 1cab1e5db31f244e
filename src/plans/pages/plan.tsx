import { Alert, Anchor, Badge, Button, Group, Stack, Text } from "@mantine/core";
import { Link, Form as PlainForm, useLoaderData } from "react-router";
import { z } from "zod";
import { findEpisodes } from "../../episodes/store.ts";
import { addDays } from "../../kernel/day.ts";
import { done, identifier, parseForm, refuse, refuseField, text } from "../../web/form.tsx";
import { act, noSuchPage, page } from "../../web/guard.ts";
import { OpenForm, useOneForm } from "../../web/one-form.tsx";
import { Empty, LinkButton, PageHead, Section } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useDates, useMay, useWords } from "../../web/use-me.ts";
import { capital, wordsOf } from "../../web/words.ts";
import { addBarriers, findBarriers, resolveBarrier } from "../barrier-store.ts";
import { agreedWords, type Goal, type Objective, reviewState } from "../plan.ts";
import { notBegun, plannedKinds } from "../prescribing.ts";
import { findCourses } from "../prescribing-store.ts";
import { findReviews } from "../review-store.ts";
import { beginDraft, findGoals, findPlans, setLineStatus } from "../store.ts";
import { Barriers } from "./barriers.tsx";
import { GoalsByDomain } from "./goal-view.tsx";
import { reviewAction, reviewForm } from "./plan-review-form.ts";
import { RecordReview, Reviews } from "./plan-reviews.tsx";

export const meta = () => [{ title: "Plan · Throughcare" }];

export const loader = page("record.read", async ({ db, consumerId, today }) => {
  const plans = await findPlans(db, consumerId);
  const open = await findOpenEpisode(db, consumerId);
  const draft =
    plans.find((plan) => plan.state === "draft" && plan.episode_id === open?.id) ?? null;
  // The plan in force of the open episode; after closing, the last one that was.
  const inForce = plans.find((plan) => plan.state === "active") ?? null;
  const goals = inForce ? await findGoals(db, consumerId, [inForce.id]) : null;
  return {
    consumerId,
    today,
    episodeOpen: open !== null,
    fromEarlier: open !== null && inForce !== null && inForce.episode_id !== open.id,
    inForce,
    draft,
    goals: (inForce && goals?.get(inForce.id)) ?? [],
    courses: (await findCourses(db, consumerId)).map(({ intervention_lineage }) => ({
      intervention_lineage,
    })),
    barriers: await findBarriers(db, consumerId),
    reviews: await findReviews(db, consumerId),
    review: reviewState(inForce?.review_on ?? null, today, addDays(today, 14)),
  };
});

async function findOpenEpisode(
  db: Parameters<typeof findPlans>[0],
  consumerId: string,
): Promise<{ id: string } | null> {
  const episodes = await findEpisodes(db, consumerId);
  return episodes.find((episode) => episode.closed_on === null) ?? null;
}

const steps = z.discriminatedUnion("step", [
  z.object({ step: z.literal("begin"), empty: z.enum(["yes"]).optional() }),
  z.object({
    step: z.literal("mark"),
    kind: z.enum(["goal", "objective"]),
    id: identifier(),
    status: z.enum(["open", "met", "dropped"]),
  }),
  z.object({
    step: z.literal("barrier"),
    goal_lineage: identifier("Choose the goal it stands in the way of"),
    text: text(1000),
  }),
  reviewForm,
  z.object({ step: z.literal("resolve"), id: identifier(), how: text(1000) }),
]);

export const action = act("record.write", async (visit) => {
  const { db, me, by, consumerId, form, today } = visit;
  const parsed = parseForm(steps, form);
  if (parsed.invalid) return refuse(parsed.invalid);
  const given = parsed.value;
  const here = paths.plan(consumerId);
  switch (given.step) {
    case "begin": {
      const episode = await findOpenEpisode(db, consumerId);
      if (!episode) return done(here, "Open an episode first: a plan belongs to one");
      const plans = await findPlans(db, consumerId);
      const copyOf = given.empty
        ? null
        : (plans.find((plan) => plan.state === "active")?.id ?? null);
      const begun = await beginDraft(db, by, consumerId, { episodeId: episode.id, copyOf });
      const words = wordsOf(me.agency.locale);
      return done(
        paths.planEdit(consumerId),
        begun ? "Draft begun" : `A draft of this ${words.carePlan} was begun already: here it is`,
      );
    }
    case "mark": {
      if (!(await setLineStatus(db, consumerId, { ...given, on: today }))) throw noSuchPage();
      return done(here, "Saved");
    }
    case "barrier": {
      const plans = await findPlans(db, consumerId);
      const inForce = plans.filter((plan) => plan.state === "active").map((plan) => plan.id);
      const goals = [...(await findGoals(db, consumerId, inForce)).values()].flat();
      if (!goals.some((goal) => goal.lineage === given.goal_lineage)) throw noSuchPage();
      await addBarriers(db, by, consumerId, [
        { goalLineage: given.goal_lineage, text: given.text },
      ]);
      return done(here, "Saved");
    }
    case "review": {
      const plans = await findPlans(db, consumerId);
      return reviewAction(visit, given, plans.find((plan) => plan.state === "active") ?? null);
    }
    case "resolve": {
      const resolved = { id: given.id, on: today, how: given.how };
      if (await resolveBarrier(db, by, consumerId, resolved)) return done(here, "Saved");
      return refuseField(form, "how", "This was settled by somebody else meanwhile.");
    }
  }
});

/** The treatment plan in force: goals by domain, steps, what staff do, and what stands in the way. */
export default function PlanPage() {
  const { consumerId, inForce, draft, goals, barriers, reviews, today, episodeOpen, fromEarlier } =
    useLoaderData<typeof loader>();
  const words = useWords();
  const write = useMay()("record.write");
  const form = useOneForm();
  const reviewing = form.isOpen("review");
  // What the last review asked for stands until a newer version is in force.
  const reviewable = write && episodeOpen && !fromEarlier;
  const asked = reviews.find((review) => review.plan_id === inForce?.id && review.changes);
  const marks =
    write && episodeOpen && !fromEarlier ? (...line: MarkLine) => <Marks line={line} /> : undefined;
  return (
    <>
      <PageHead
        title={capital(words.carePlan)}
        actions={
          <>
            {inForce && (
              <>
                <LinkButton to={paths.planVersions(consumerId)} variant="default" size="sm">
                  Versions
                </LinkButton>
                <LinkButton to={paths.planPrint(consumerId)} variant="default" size="sm">
                  Print
                </LinkButton>
              </>
            )}
            {reviewable && inForce && (
              <OpenForm to={form.opens("review")} size="sm">
                Record a review
              </OpenForm>
            )}
            {write && episodeOpen && inForce && !draft && <Begin label="Begin a new version" />}
          </>
        }
      />
      {asked && (
        <Alert color="yellow" mb="md" role="note" className="no-print" title="The review asks for">
          <Text size="sm">{asked.changes}</Text>
        </Alert>
      )}
      {draft && (
        <Alert
          color="orange"
          mb="md"
          title={`Version ${draft.version} is being written`}
          className="no-print"
        >
          <Group gap="sm">
            <Text size="sm">Begun by {draft.author}. It is not in force until it is agreed.</Text>
            {write && (
              <LinkButton to={paths.planEdit(consumerId)} size="compact-sm">
                Go on with the draft
              </LinkButton>
            )}
          </Group>
        </Alert>
      )}
      {!inForce && !draft && (
        <Empty
          action={write && episodeOpen ? <Begin label={`Begin the ${words.carePlan}`} /> : null}
        >
          {episodeOpen
            ? `No ${words.carePlan} has been agreed yet.`
            : `No ${words.carePlan}. It begins with an open episode.`}
        </Empty>
      )}
      {inForce && reviewable && reviewing && (
        <Section title="Record a review">
          <RecordReview today={today} />
        </Section>
      )}
      {inForce && (
        <Section title={<Head />}>
          <Agreed earlier={fromEarlier} />
          <GoalsByDomain
            goals={goals}
            today={today}
            {...(marks && { marks })}
            extra={(goal) => <CoursesOf goal={goal} write={write && !fromEarlier} />}
          />
        </Section>
      )}
      {inForce && <Reviews reviews={reviews} />}
      {(inForce || barriers.length > 0) && (
        <Barriers consumerId={consumerId} barriers={barriers} goals={goals} write={write} />
      )}
    </>
  );
}

function Begin({ label }: { label: string }) {
  return (
    <PlainForm method="post">
      <input type="hidden" name="step" value="begin" />
      <Button type="submit" size="sm">
        {label}
      </Button>
    </PlainForm>
  );
}

function Head() {
  const { inForce, review } = useLoaderData<typeof loader>();
  const dates = useDates();
  if (!inForce) return null;
  const color = { overdue: "orange", soon: "yellow", later: "gray", none: "gray" }[review];
  const due = inForce.review_on ? dates.day(inForce.review_on) : "not set";
  return (
    <Group gap="xs">
      Version {inForce.version}
      <Badge color={color}>
        {review === "overdue" ? `Review was due ${due}` : `Review ${due}`}
      </Badge>
    </Group>
  );
}

function Agreed({ earlier }: { earlier: boolean }) {
  const { inForce } = useLoaderData<typeof loader>();
  const dates = useDates();
  if (!inForce) return null;
  return (
    <Text size="sm" c="dimmed">
      {inForce.agreed_on && `Agreed ${dates.day(inForce.agreed_on)} with `}
      {agreedWords(inForce.agreed_by)}; written by {inForce.author}.
      {inForce.change_reason && ` Why it changed: ${inForce.change_reason.replace(/[.!]?$/, ".")}`}
      {earlier && " This is the plan of an earlier episode."}
    </Text>
  );
}

/** What the goal says is prescribed, and whether its course is recorded: written once, there or here. */
function CoursesOf({ goal, write }: { goal: Goal; write: boolean }) {
  const { consumerId, courses, episodeOpen } = useLoaderData<typeof loader>();
  const planned = goal.interventions.filter(({ kind }) => kind in plannedKinds);
  if (planned.length === 0 || goal.status === "dropped") return null;
  const open = notBegun(planned, courses);
  return (
    <Stack gap={2} className="no-print">
      {planned.map((line) => (
        <Text key={line.id} size="sm">
          {!open.includes(line) ? (
            <Anchor component={Link} to={paths.prescribing(consumerId)} inherit underline="always">
              The course is recorded: {line.text}
            </Anchor>
          ) : write && episodeOpen ? (
            <Anchor
              component={Link}
              to={`${paths.prescribing(consumerId)}?do=begin&of=${line.lineage}`}
              inherit
              underline="always"
            >
              Record the course: {line.text}
            </Anchor>
          ) : (
            `No course is recorded: ${line.text}`
          )}
        </Text>
      ))}
    </Stack>
  );
}

type MarkLine = [kind: "goal" | "objective", line: Goal | Objective];

/** Says what became of a goal or a step; every mark can be taken back. */
function Marks({ line: [kind, line] }: { line: MarkLine }) {
  const to = line.status === "open" ? (["met", "dropped"] as const) : (["open"] as const);
  const labels = { met: "Met", dropped: "Drop", open: "Reopen" };
  return (
    <PlainForm method="post" className="no-print" preventScrollReset>
      <input type="hidden" name="step" value="mark" />
      <input type="hidden" name="kind" value={kind} />
      <input type="hidden" name="id" value={line.id} />
      <Group gap={2}>
        {to.map((status) => (
          <Button
            key={status}
            type="submit"
            name="status"
            value={status}
            size="compact-xs"
            variant="subtle"
            aria-label={`${labels[status]}: ${line.text}`}
          >
            {labels[status]}
          </Button>
        ))}
      </Group>
    </PlainForm>
  );
}
