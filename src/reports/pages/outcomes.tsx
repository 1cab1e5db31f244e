import {
  Box,
  Group,
  NativeSelect,
  NumberInput,
  Radio,
  SimpleGrid,
  Text,
  TextInput,
  Title,
} from "@mantine/core";
import { useLoaderData } from "react-router";
import { z } from "zod";
import {
  day,
  done,
  Form,
  identifier,
  parseForm,
  refuse,
  refuseField,
  text,
  useFields,
} from "../../web/form.tsx";
import { act, noSuchPage, page } from "../../web/guard.ts";
import { FormButtons, OpenForm, useOneForm } from "../../web/one-form.tsx";
import { Empty, PageHead, Section } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useDates } from "../../web/use-me.ts";
import {
  type Answer,
  type Answers,
  mostOf,
  nextMeasure,
  type Question,
  questions,
  questionsIn,
  type Stage,
  sections,
  stages,
  whyNot,
} from "../outcome.ts";
import { addNotObtained, addOutcome, findOutcomes, voidOutcome } from "../outcome-store.ts";
import { OutcomeCharts } from "./outcome-charts.tsx";
import { Told } from "./outcomes-told.tsx";

export const meta = () => [{ title: "Outcomes · Throughcare" }];

export const loader = page("record.read", async ({ db, consumerId, today }) => {
  const { episodes, measures, missed } = await findOutcomes(db, consumerId);
  const of = (id: string) => measures.filter(({ episode_id }) => episode_id === id);
  return {
    today,
    episodes: episodes.map((episode) => ({
      ...episode,
      next: nextMeasure(episode, [
        ...of(episode.id),
        ...missed
          .filter(({ episode_id }) => episode_id === episode.id)
          .map(({ what, on_day }) => ({ stage: what, measured_on: on_day })),
      ]),
      measures: of(episode.id),
    })),
    measures,
    missed,
  };
});

const names = Object.keys(questions) as Question[];
const answer = (name: Question) =>
  questions[name].kind === "flag"
    ? z
        .enum(["yes", "no"])
        .optional()
        .transform((said): Answer => (said === undefined ? null : said === "yes"))
    : z.coerce
        .number(`A whole number from 0 to ${mostOf(name)}`)
        .int(`A whole number from 0 to ${mostOf(name)}`)
        .min(0, "At least 0")
        .max(mostOf(name), `At most ${mostOf(name)}`)
        .optional()
        .transform((said): Answer => said ?? null);
const schema = z.object({
  episode_id: identifier(),
  stage: z.enum(Object.keys(stages) as [Stage, ...Stage[]], "Choose when this is asked"),
  measured_on: day(),
  ...(Object.fromEntries(names.map((name) => [name, answer(name)])) as unknown as {
    [Name in Question]: z.ZodType<Answers[Name]>;
  }),
});
const voiding = z.object({ id: identifier(), reason: text(300) });
const missing = z.object({
  episode_id: identifier(),
  stage: z.enum(Object.keys(stages) as [Stage, ...Stage[]]),
  reason: text(300),
});

export const action = act("record.write", async ({ db, by, consumerId, today, form }) => {
  if (form.get("intent") === "missed") {
    const { value, invalid } = parseForm(missing, form);
    if (invalid) return refuse(invalid);
    const { episodes } = await findOutcomes(db, consumerId);
    if (!episodes.some(({ id }) => id === value.episode_id)) throw noSuchPage();
    const of = { consumerId, episodeId: value.episode_id };
    await addNotObtained(db, by, of, { what: value.stage, on: today, reason: value.reason });
    return done(paths.outcomes(consumerId), "Kept: it could not be asked");
  }
  if (form.get("intent") !== "measure") {
    const { value, invalid } = parseForm(voiding, form);
    if (invalid) return refuse(invalid);
    const gone = await voidOutcome(db, by, consumerId, value);
    return done(paths.outcomes(consumerId), gone ? "Taken out" : "It was taken out already");
  }
  const { value, invalid } = parseForm(schema, form);
  if (invalid) return refuse(invalid);
  const { episode_id, stage, measured_on, ...answers } = value;
  if (measured_on > today)
    return refuseField(form, "measured_on", "Choose today or an earlier day.");
  const { episodes } = await findOutcomes(db, consumerId);
  const episode = episodes.find(({ id }) => id === episode_id);
  if (!episode) throw noSuchPage();
  if (measured_on < episode.opened_on) {
    return refuseField(form, "measured_on", "The episode opened after that day.");
  }
  const [wrong] = Object.entries(whyNot(answers));
  if (wrong) return refuseField(form, wrong[0], wrong[1]);
  await addOutcome(db, by, consumerId, { episodeId: episode_id, stage, on: measured_on, answers });
  return done(paths.outcomes(consumerId), "Recorded");
});

export default function Outcomes() {
  const { episodes, measures, missed, today } = useLoaderData<typeof loader>();
  const dates = useDates();
  const form = useOneForm();
  const [latest] = episodes;
  const due = latest?.next;
  return (
    <>
      <PageHead
        order={2}
        title="Outcomes"
        about="How the last 28 days went, in the person's own words and numbers. What they did not tell stays empty."
        actions={
          latest && (
            <>
              {due && (
                <OpenForm to={form.opens("missed")} variant="subtle">
                  Could not be asked…
                </OpenForm>
              )}
              <OpenForm to={form.opens("measure")}>Ask now</OpenForm>
            </>
          )
        }
      />
      {due && (
        <Text size="sm" mb="md">
          Next: {stages[due.stage].toLowerCase()}, {due.due < today ? "was due" : "due"}{" "}
          {dates.day(due.due)}.
        </Text>
      )}
      {latest && due && form.isOpen("missed") && <Missed of={latest.id} stage={due.stage} />}
      {latest && form.isOpen("measure") && <Ask key={latest.id} />}
      {measures.length === 0 ? (
        <Empty>Nothing has been asked yet.</Empty>
      ) : (
        <>
          <OutcomeCharts measures={measures} />
          {episodes
            .filter((episode) => episode.measures.length > 0)
            .map((episode) => (
              <Section
                key={episode.id}
                title={`Episode of ${dates.day(episode.opened_on)}${episode.closed_on ? ` to ${dates.day(episode.closed_on)}` : ""}`}
              >
                <Told measures={episode.measures} />
              </Section>
            ))}
        </>
      )}
      {missed.length > 0 && (
        <Section title="Could not be asked">
          {missed.map(({ id, what, on_day, reason, author }) => (
            <Text key={id} size="sm">
              {stages[what as Stage]}, {dates.day(on_day)}: {reason}
              <Text span size="xs" c="dimmed">
                {" "}
                {author}
              </Text>
            </Text>
          ))}
        </Section>
      )}
    </>
  );
}

/** What is due and cannot be had: it leaves the list with the reason, and the next is asked in its time. */
function Missed({ of, stage }: { of: string; stage: Stage }) {
  const field = useFields({}, "missed");
  return (
    <Section title={`${stages[stage]}: could not be asked`}>
      <Form intent="missed">
        <input type="hidden" name="episode_id" value={of} />
        <input type="hidden" name="stage" value={stage} />
        <TextInput
          label="Not obtained, because"
          description="Said once, it is no longer due. A gap stays a gap in the charts."
          {...field("reason")}
        />
        <FormButtons>Keep the reason</FormButtons>
      </Form>
    </Section>
  );
}

function Ask() {
  const { episodes, today } = useLoaderData<typeof loader>();
  const dates = useDates();
  const [latest] = episodes;
  const field = useFields(
    { stage: latest?.next?.stage ?? "review", measured_on: today, episode_id: latest?.id ?? "" },
    "measure",
  );
  return (
    <Section title="How did the last 28 days go?">
      <Form intent="measure">
        <Group align="flex-start" gap="sm" mb="md">
          <NativeSelect
            label="When in the journey"
            {...field("stage")}
            data={Object.entries(stages).map(([value, label]) => ({ value, label }))}
          />
          <TextInput type="date" label="Asked on" max={today} {...field("measured_on")} />
          <NativeSelect
            label="Episode"
            {...field("episode_id")}
            data={episodes.map(({ id, opened_on }) => ({
              value: id,
              label: `since ${dates.day(opened_on)}`,
            }))}
          />
        </Group>
        {sections.map((section) => (
          <Box
            component="fieldset"
            key={section}
            style={{ border: 0, margin: 0, padding: 0 }}
            mb="md"
          >
            <Title order={3} component="legend" size="h5" mb={4}>
              {section}
            </Title>
            <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }} spacing="sm">
              {questionsIn(section).map((name) => (
                <AskOne key={name} name={name} field={field(name)} />
              ))}
            </SimpleGrid>
            {section === "Crime" && (
              <Text size="xs" c="dimmed" mt={4}>
                Asked to help, never to decide what somebody may have.
              </Text>
            )}
          </Box>
        ))}
        <FormButtons>Record it</FormButtons>
      </Form>
    </Section>
  );
}

function AskOne({
  name,
  field,
}: {
  name: Question;
  field: { name: string; defaultValue: string; error: string | undefined };
}) {
  const { kind, label } = questions[name];
  if (kind === "flag") {
    return (
      <Radio.Group label={label} {...field}>
        <Group gap="md" mt={4}>
          <Radio value="yes" label="Yes" />
          <Radio value="no" label="No" />
        </Group>
      </Radio.Group>
    );
  }
  return (
    <NumberInput
      label={label}
      description={kind === "days" ? "days of 28" : "0 poor to 20 good"}
      min={0}
      max={mostOf(name)}
      clampBehavior="none"
      allowDecimal={false}
      {...field}
    />
  );
}
