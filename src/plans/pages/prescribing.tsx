import { Badge, Box, Group, Stack, Text } from "@mantine/core";
import { useLoaderData } from "react-router";
import { z } from "zod";
import { benchOf } from "../../compliance/judge.ts";
import { findCareVerdicts } from "../../compliance/pages/care-said.ts";
import { CareVerdicts } from "../../compliance/pages/care-verdicts.tsx";
import { findEpisodes } from "../../episodes/store.ts";
import { day, done, identifier, parseForm, refuse, refuseField, text } from "../../web/form.tsx";
import { act, page } from "../../web/guard.ts";
import { OpenForm, useOneForm } from "../../web/one-form.tsx";
import { Empty, PageHead, Section } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useDates, useMay } from "../../web/use-me.ts";
import { wordsFor } from "../plan.ts";
import {
  notBegun,
  prescribingKinds,
  runs,
  settings,
  whyNotBegin,
  whyNotEnd,
} from "../prescribing.ts";
import {
  beginCourse,
  type Course,
  endCourse,
  findCourses,
  findPlannedCourses,
  findStays,
  putOnPlan,
} from "../prescribing-store.ts";
import { careSaved } from "./care-saved.ts";
import { BeginCourse, EndCourse, OnPlan, PutOnPlan } from "./prescribing-forms.tsx";

export const meta = () => [{ title: "Prescribing · Throughcare" }];

export const loader = page("record.read", async ({ db, me, services, consumerId, today, url }) => {
  const courses = await findCourses(db, consumerId);
  const planned = await findPlannedCourses(db, consumerId);
  const running = courses.filter((course) => runs(course, today));
  const toBegin = notBegun(planned, running);
  const asked = url.searchParams.get("of");
  const [latest] = await findEpisodes(db, consumerId);
  const stays = await findStays(db, consumerId);
  return {
    consumerId,
    today,
    care: await findCareVerdicts(db, benchOf(me, services.shelf), consumerId),
    running,
    planned,
    toBegin,
    // Asked for from the plan, or the only one that waits for its course.
    first:
      toBegin.find(({ lineage }) => lineage === asked) ??
      (toBegin.length === 1 ? toBegin[0] : null) ??
      null,
    past: courses.filter((course) => !runs(course, today)),
    episodeOpen: latest !== undefined && latest.closed_on === null,
    stays: stays
      .filter((stay) => stay.episode_id === latest?.id)
      .map(({ id, unit, admitted_on }) => ({ id, unit, admitted_on: admitted_on ?? "" })),
  };
});

const codes = <T extends string>(of: Record<T, string>) => Object.keys(of) as [T, ...T[]];
const steps = z.discriminatedUnion("step", [
  z.object({
    step: z.literal("begin"),
    kind: z.enum(codes(prescribingKinds), "Choose what it is for"),
    what: text(300),
    prescriber: text(200),
    setting: z.enum(codes(settings), "Choose where"),
    placement_id: identifier().optional(),
    valid_from: day(),
    lineage: identifier().optional(),
  }),
  z.object({ step: z.literal("plan"), id: identifier(), lineage: identifier("Choose one") }),
  z.object({ step: z.literal("end"), id: identifier(), valid_to: day(), reason: text(300) }),
]);

export const action = act("record.write", async (visit) => {
  const { db, by, consumerId, form, today } = visit;
  const parsed = parseForm(steps, form);
  if (parsed.invalid) return refuse(parsed.invalid);
  const given = parsed.value;
  const here = paths.prescribing(consumerId);
  const courses = await findCourses(db, consumerId);
  const planned = await findPlannedCourses(db, consumerId);
  const onPlan = (lineage: string) => planned.some((line) => line.lineage === lineage);
  if (given.step === "plan") {
    if (!onPlan(given.lineage)) return refuseField(form, "lineage", "Choose one of the plan.");
    if (!(await putOnPlan(db, consumerId, given))) {
      return refuseField(form, "form", "Somebody said meanwhile where it is on the plan.");
    }
    return careSaved(visit, done(here, "It is on the plan"));
  }
  if (given.step === "begin") {
    if (given.lineage && !onPlan(given.lineage)) {
      return refuseField(form, "lineage", "Choose one of the plan in force.");
    }
    const [latest] = await findEpisodes(db, consumerId);
    const episode = latest?.closed_on === null ? latest : null;
    const why = whyNotBegin(episode, given.valid_from, today);
    if (why || !episode) return refuseField(form, why?.field ?? "form", why?.message ?? "");
    const stay = (await findStays(db, consumerId)).find(({ id }) => id === given.placement_id);
    if (given.placement_id && stay?.episode_id !== episode.id) {
      return refuseField(form, "placement_id", "Choose a stay of this episode.");
    }
    await beginCourse(
      db,
      by,
      { consumerId, episodeId: episode.id },
      {
        ...{ kind: given.kind, what: given.what, prescriber: given.prescriber },
        ...{ setting: given.setting, placementId: stay?.id ?? null, from: given.valid_from },
        lineage: given.lineage ?? null,
      },
    );
    return careSaved(visit, done(here, "Noted"));
  }
  const course = courses.find(({ id }) => id === given.id);
  const why = course && whyNotEnd(course, given.valid_to, today);
  if (why) return refuseField(form, why.field, why.message);
  const ending = { id: given.id, on: given.valid_to, reason: given.reason };
  if (!(await endCourse(db, by, consumerId, ending))) {
    return refuseField(form, "form", "This was ended by somebody else meanwhile.");
  }
  return careSaved(visit, done(here, "Ended"));
});

/** Courses that somebody prescribes within a package of care (MC A3): a note of them. */
export default function Prescribing() {
  const { running, past, episodeOpen } = useLoaderData<typeof loader>();
  const form = useOneForm();
  const write = useMay()("record.write");
  const empty = running.length + past.length === 0;
  const add = (
    <OpenForm to={form.opens("begin")} size="sm" variant="filled">
      Note a course
    </OpenForm>
  );
  return (
    <>
      <PageHead
        title="Prescribing"
        about="A note of what somebody prescribes within a package of care. It is not a prescription, and nothing is dispensed from it. What was noted is not changed: end it and note it again."
        actions={write && episodeOpen && !empty && add}
      />
      {form.isOpen("begin") && <BeginCourse />}
      {empty && !form.isOpen("begin") && (
        <Empty action={write && episodeOpen ? add : null}>Nothing is noted.</Empty>
      )}
      {running.length > 0 && (
        <Section title="Now">
          <Stack gap="md">
            {running.map((course) => (
              <CourseView key={course.id} course={course} mayEnd={write} />
            ))}
          </Stack>
        </Section>
      )}
      {past.length > 0 && (
        <Section title="Before">
          <Stack gap="md">
            {past.map((course) => (
              <CourseView key={course.id} course={course} mayEnd={false} />
            ))}
          </Stack>
        </Section>
      )}
    </>
  );
}

function CourseView({ course, mayEnd }: { course: Course; mayEnd: boolean }) {
  const dates = useDates();
  const form = useOneForm();
  const { care } = useLoaderData<typeof loader>();
  return (
    <article aria-label={course.what}>
      <Group justify="space-between" align="flex-start" gap="xs">
        <div style={{ flex: "1 1 18rem" }}>
          <Text size="sm" fw={600}>
            {course.what}
          </Text>
          <Text size="sm">
            {wordsFor(prescribingKinds, course.kind)} · {course.prescriber}
          </Text>
          <Text size="sm">
            {course.unit ?? wordsFor(settings, course.setting)} ·{" "}
            {course.valid_to
              ? `${dates.day(course.valid_from)} to ${dates.day(course.valid_to)}`
              : `since ${dates.day(course.valid_from)}`}
            {course.end_reason && `: ${course.end_reason}`}
          </Text>
          <OnPlan course={course} mayEnd={mayEnd} />
          <Text size="xs" c="dimmed">
            Noted by {course.author}
            {course.ender && `, ended by ${course.ender}`}
          </Text>
        </div>
        <Group gap="xs">
          {course.valid_to ? (
            <Badge color="gray">Ended</Badge>
          ) : (
            mayEnd && (
              <OpenForm to={form.opens("end", course.id)} aria-label={`End: ${course.what}`}>
                End
              </OpenForm>
            )
          )}
        </Group>
      </Group>
      {form.isOpen("plan", course.id) && <PutOnPlan id={course.id} />}
      {form.isOpen("end", course.id) && <EndCourse id={course.id} />}
      <Box mt="xs">
        <CareVerdicts records={care} of={course.id} />
      </Box>
    </article>
  );
}
