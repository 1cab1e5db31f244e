import { Badge, Button, Group, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { Form as PlainForm, useLoaderData } from "react-router";
import { z } from "zod";
import { findEpisodes } from "../../episodes/store.ts";
import { findPlannedDischarges } from "../../services/planned-discharge-store.ts";
import {
  day,
  done,
  Form,
  identifier,
  optionalText,
  parseForm,
  refuse,
  refuseField,
  text,
  useFields,
} from "../../web/form.tsx";
import { act, page } from "../../web/guard.ts";
import { FormButtons, OpenForm, useOneForm } from "../../web/one-form.tsx";
import { Empty, LinkButton, PageHead, Section } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useDates, useMay } from "../../web/use-me.ts";
import { findDischargeConferences, findFamilyParts } from "../discharge-conference-store.ts";
import {
  addDischargePoints,
  changeDischargePoint,
  findDischargePoints,
  type PointChange,
} from "../discharge-store.ts";
import { Named } from "./barriers.tsx";
import { dischargeConferenceForm, recordConference } from "./discharge-conference-form.ts";
import { DischargeConferences } from "./discharge-conferences.tsx";

export const meta = () => [{ title: "Discharge plan · Throughcare" }];

export const loader = page("record.read", async ({ db, consumerId, today }) => {
  const [latest] = await findEpisodes(db, consumerId);
  const points = await findDischargePoints(db, consumerId);
  const held = await findDischargeConferences(db, consumerId);
  return {
    consumerId,
    today,
    episode: latest ?? null,
    conferences: held.filter((one) => one.episode_id === latest?.id),
    familyParts: latest ? await findFamilyParts(db, consumerId, latest.id) : [],
    planned: await findPlannedDischarges(db, consumerId),
    points: points.filter((point) => point.episode_id === latest?.id),
    earlier: points.filter((point) => point.episode_id !== latest?.id),
  };
});

const steps = z.discriminatedUnion("step", [
  dischargeConferenceForm,
  z.object({
    step: z.literal("add"),
    text: text(1000),
    responsible: optionalText(200),
    due_on: day().optional(),
  }),
  z.object({
    step: z.literal("change"),
    id: identifier(),
    responsible: optionalText(200),
    due_on: day().optional(),
  }),
  z.object({ step: z.literal("done"), id: identifier(), done: z.enum(["yes", "no"]) }),
  z.object({ step: z.literal("drop"), id: identifier(), reason: text(500) }),
]);

export const action = act("record.write", async (visit) => {
  const { db, by, consumerId, form, today } = visit;
  const parsed = parseForm(steps, form);
  if (parsed.invalid) return refuse(parsed.invalid);
  const given = parsed.value;
  const here = paths.dischargePlan(consumerId);
  if (given.step === "conference") return recordConference(visit, given);
  if (given.step === "add") {
    if ((await findEpisodes(db, consumerId)).length === 0) {
      return refuseField(form, "form", "Open an episode first: a discharge plan belongs to one.");
    }
    await addDischargePoints(db, by, consumerId, [
      { text: given.text, responsible: given.responsible ?? null, dueOn: given.due_on ?? null },
    ]);
    return done(here, "Saved");
  }
  const change: PointChange =
    given.step === "done"
      ? { doneOn: given.done === "yes" ? today : null }
      : given.step === "drop"
        ? { droppedOn: today, droppedReason: given.reason }
        : { responsible: given.responsible ?? null, dueOn: given.due_on ?? null };
  if (await changeDischargePoint(db, consumerId, given.id, change)) return done(here, "Saved");
  return refuseField(form, "form", "This point was dropped by somebody else meanwhile.");
});

type Point = Awaited<ReturnType<typeof findDischargePoints>>[number];

/** What has to be in place when care ends, by whom and when (FC 3.1, 3.1.1.3). */
export default function DischargePlan() {
  const { consumerId, points, earlier, episode, conferences, familyParts, today, planned } =
    useLoaderData<typeof loader>();
  const form = useOneForm();
  const write = useMay()("record.write") && episode !== null;
  const standing = points.filter((point) => !point.dropped_on);
  const dropped = points.filter((point) => point.dropped_on);
  const add = (
    <OpenForm to={form.opens("add")} size="sm" variant="filled">
      Add a point
    </OpenForm>
  );
  return (
    <>
      <PageHead
        title="Discharge plan"
        about="What has to be in place when care ends: what, who sees to it, by when."
        actions={
          standing.length > 0 && (
            <>
              <LinkButton to={paths.dischargePrint(consumerId)} variant="default" size="sm">
                Print
              </LinkButton>
              {write && add}
            </>
          )
        }
      />
      {episode && (
        <DischargeConferences
          consumerId={consumerId}
          conferences={conferences}
          familyParts={familyParts}
          planned={planned}
          write={write}
          today={today}
        />
      )}
      {form.isOpen("add") && (
        <Section title="A point">
          <AddPoint />
        </Section>
      )}
      {standing.length === 0 && !form.isOpen("add") && (
        <Empty action={write ? add : null}>
          {episode
            ? "Nothing is on the discharge plan yet."
            : "A discharge plan begins with an episode."}
        </Empty>
      )}
      {standing.length > 0 && (
        <Section title="This episode">
          <Stack gap="sm">
            {standing.map((point) => (
              <PointView key={point.id} point={point} write={write} />
            ))}
          </Stack>
        </Section>
      )}
      {dropped.length > 0 && (
        <details>
          <summary>No longer needed ({dropped.length})</summary>
          <Stack gap="xs" mt="xs" mb="md">
            {dropped.map((point) => (
              <Text key={point.id} size="sm">
                {point.text}{" "}
                <Text span size="xs" c="dimmed">
                  {point.dropped_reason}
                </Text>
              </Text>
            ))}
          </Stack>
        </details>
      )}
      {earlier.length > 0 && (
        <details>
          <summary>Earlier episodes ({earlier.length})</summary>
          <Stack gap="xs" mt="xs">
            {earlier.map((point) => (
              <PointView key={point.id} point={point} write={false} />
            ))}
          </Stack>
        </details>
      )}
    </>
  );
}

function PointView({ point, write }: { point: Point; write: boolean }) {
  const { consumerId, today } = useLoaderData<typeof loader>();
  const dates = useDates();
  const form = useOneForm();
  const overdue = !point.done_on && point.due_on !== null && point.due_on < today;
  return (
    <div>
      <Group gap="xs" justify="space-between" align="flex-start">
        <div style={{ flex: "1 1 16rem" }}>
          <Group gap="xs">
            <Text size="sm" fw={500}>
              {point.text}
            </Text>
            {point.done_on && (
              <Badge color="teal" size="sm">
                Done {dates.day(point.done_on)}
              </Badge>
            )}
            {overdue && (
              <Badge color="orange" size="sm">
                Overdue
              </Badge>
            )}
          </Group>
          <Text size="sm">
            {point.responsible ?? "Nobody named"}
            {point.due_on && ` · by ${dates.day(point.due_on)}`}
          </Text>
          <Text size="xs" c="dimmed">
            {point.author}, <Named consumerId={consumerId} line={point} />
          </Text>
        </div>
        {write && (
          <Group gap={4}>
            <PlainForm method="post" preventScrollReset>
              <input type="hidden" name="step" value="done" />
              <input type="hidden" name="id" value={point.id} />
              <Button
                type="submit"
                name="done"
                value={point.done_on ? "no" : "yes"}
                size="compact-sm"
                variant="default"
                aria-label={`${point.done_on ? "Not done after all" : "Done"}: ${point.text}`}
              >
                {point.done_on ? "Not done after all" : "Done"}
              </Button>
            </PlainForm>
            {!point.done_on && (
              <>
                <OpenForm
                  to={form.opens("change", point.id)}
                  variant="subtle"
                  aria-label={`Change who and when: ${point.text}`}
                >
                  Change
                </OpenForm>
                <OpenForm
                  to={form.opens("drop", point.id)}
                  variant="subtle"
                  aria-label={`Drop, no longer needed: ${point.text}`}
                >
                  Drop
                </OpenForm>
              </>
            )}
          </Group>
        )}
      </Group>
      {form.isOpen("change", point.id) && <ChangePoint point={point} />}
      {form.isOpen("drop", point.id) && <DropPoint id={point.id} />}
    </div>
  );
}

function AddPoint() {
  const field = useFields();
  return (
    <Form style={{ maxWidth: "40rem" }}>
      <input type="hidden" name="step" value="add" />
      <Textarea label="What has to be in place" autosize minRows={1} autoFocus {...field("text")} />
      <Group mt="sm" grow align="flex-start">
        <TextInput label="Who sees to it" {...field("responsible")} />
        <TextInput type="date" label="By when" {...field("due_on")} />
      </Group>
      <FormButtons>Add to the plan</FormButtons>
    </Form>
  );
}

function ChangePoint({ point }: { point: Point }) {
  const field = useFields({ responsible: point.responsible, due_on: point.due_on });
  return (
    <Form style={{ maxWidth: "40rem" }}>
      <input type="hidden" name="step" value="change" />
      <input type="hidden" name="id" value={point.id} />
      <Group mt="sm" grow align="flex-start">
        <TextInput label="Who sees to it" autoFocus {...field("responsible")} />
        <TextInput type="date" label="By when" {...field("due_on")} />
      </Group>
      <FormButtons>Save</FormButtons>
    </Form>
  );
}

function DropPoint({ id }: { id: string }) {
  const field = useFields();
  return (
    <Form style={{ maxWidth: "40rem" }}>
      <input type="hidden" name="step" value="drop" />
      <input type="hidden" name="id" value={id} />
      <TextInput label="Why it is no longer needed" autoFocus {...field("reason")} />
      <FormButtons>Drop it</FormButtons>
    </Form>
  );
}
