import { Checkbox, NativeSelect, SimpleGrid, Text, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import type { Day } from "../../kernel/day.ts";
import { Form, useFields } from "../../web/form.tsx";
import { FormButtons } from "../../web/one-form.tsx";
import { useWords } from "../../web/use-me.ts";
import { capital } from "../../web/words.ts";
import { endReasons } from "../episode.ts";

type Choice = { id: string; name: string };

const choices = (list: readonly Choice[], first: string) => [
  { value: "", label: first },
  ...list.map(({ id, name }) => ({ value: id, label: name })),
];
const reasons = [
  { value: "", label: "Choose why" },
  ...Object.entries(endReasons).map(([value, label]) => ({ value, label })),
];

/** A form of this page, about one step. */
function Step({ step, id, children }: { step: string; id?: string; children: React.ReactNode }) {
  return (
    <Form style={{ maxWidth: "40rem" }}>
      <input type="hidden" name="step" value={step} />
      {id && <input type="hidden" name="id" value={id} />}
      {children}
    </Form>
  );
}

export function OpenEpisode({ today, again }: { today: Day; again: boolean }) {
  const field = useFields({ opened_on: today });
  return (
    <Step step="open">
      <TextInput
        type="date"
        label="First day of the episode"
        description={again ? "A return is a new episode, linked to the last one." : undefined}
        max={today}
        maw="14rem"
        data-autofocus
        {...field("opened_on")}
      />
      <FormButtons>{again ? "Open a new episode" : "Open the episode"}</FormButtons>
    </Step>
  );
}

export function CloseEpisode({ today, ends }: { today: Day; ends: string[] }) {
  const field = useFields({ closed_on: today });
  return (
    <Step step="close">
      {ends.length > 0 && (
        <Text size="sm" mb="sm">
          With it end: {ends.join(", ")}. A closed episode stays closed; a return is a new one.
        </Text>
      )}
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <TextInput
          type="date"
          label="Last day of the episode"
          max={today}
          {...field("closed_on")}
        />
        <NativeSelect label="Why it closes" data={reasons} {...field("reason")} />
      </SimpleGrid>
      <Textarea label="More about it" autosize minRows={2} mt="sm" {...field("note")} />
      <FormButtons>Close the episode</FormButtons>
    </Step>
  );
}

export function Enrol({ today, programs }: { today: Day; programs: Choice[] }) {
  const words = useWords();
  const field = useFields({ valid_from: today });
  const { defaultValue, ...waits } = field("waits");
  const [waiting, setWaiting] = useState(defaultValue === "on");
  return (
    <Step step="enrol">
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <NativeSelect
          label={`Which ${words.program}`}
          data={choices(programs, `Choose a ${words.program}`)}
          {...field("program_id")}
        />
        <TextInput
          type="date"
          label={`First day in the ${words.program}`}
          disabled={waiting}
          {...field("valid_from")}
        />
      </SimpleGrid>
      <Checkbox
        mt="sm"
        label="No day yet: put them on the waiting list"
        defaultChecked={waiting}
        onChange={(event) => setWaiting(event.currentTarget.checked)}
        {...waits}
      />
      <FormButtons>{waiting ? "Put on the waiting list" : capital(words.enrol)}</FormButtons>
    </Step>
  );
}

export function StartEnrolment({
  id,
  today,
  program,
}: {
  id: string;
  today: Day;
  program: string;
}) {
  const field = useFields({ valid_from: today });
  return (
    <Step step="start" id={id}>
      <TextInput
        type="date"
        label={`First day in ${program}`}
        maw="16rem"
        {...field("valid_from")}
      />
      <FormButtons>Record the first day</FormButtons>
    </Step>
  );
}

export function EndEnrolment({
  id,
  today,
  program,
  waits,
}: {
  id: string;
  today: Day;
  program: string;
  waits: boolean;
}) {
  const field = useFields({ valid_to: today });
  return (
    <Step step="end" id={id}>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <TextInput
          type="date"
          label={waits ? `Stopped waiting for ${program} on` : `Last day in ${program}`}
          {...field("valid_to")}
        />
        <NativeSelect label="Why" data={reasons} {...field("reason")} />
      </SimpleGrid>
      <Textarea label="More about it" autosize minRows={2} mt="sm" {...field("note")} />
      <FormButtons>{waits ? "Take off the waiting list" : "Record the last day"}</FormButtons>
    </Step>
  );
}

export function MoveEnrolment({
  id,
  today,
  program,
  programs,
}: {
  id: string;
  today: Day;
  program: string;
  programs: Choice[];
}) {
  const words = useWords();
  const field = useFields({ valid_from: today });
  return (
    <Step step="move" id={id}>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <NativeSelect
          label={`From ${program} to`}
          data={choices(programs, `Choose a ${words.program}`)}
          {...field("program_id")}
        />
        <TextInput
          type="date"
          label="First day there"
          description="The day before is the last one here."
          inputWrapperOrder={["label", "input", "description", "error"]}
          {...field("valid_from")}
        />
      </SimpleGrid>
      <FormButtons>Move</FormButtons>
    </Step>
  );
}

export function Assign({
  part,
  label,
  today,
  colleagues,
  current,
}: {
  part: "keyworker" | "peer-mentor";
  label: string;
  today: Day;
  colleagues: Choice[];
  current: string | null;
}) {
  const field = useFields({ valid_from: today });
  return (
    <Step step="assign">
      <input type="hidden" name="part" value={part} />
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <NativeSelect
          label={label}
          data={choices(colleagues, "Choose a colleague")}
          {...field("staff_id")}
        />
        <TextInput type="date" label="From" max={today} {...field("valid_from")} />
      </SimpleGrid>
      {part === "keyworker" && current && (
        <Text size="sm" mt="xs">
          {current} hands over: their last day is the day before.
        </Text>
      )}
      <FormButtons>Save</FormButtons>
    </Step>
  );
}

export function EndPart({ id, today, name }: { id: string; today: Day; name: string }) {
  const field = useFields({ valid_to: today });
  return (
    <Step step="end-part" id={id}>
      <TextInput
        type="date"
        label={`Last day of ${name}`}
        max={today}
        maw="16rem"
        {...field("valid_to")}
      />
      <FormButtons>Record the last day</FormButtons>
    </Step>
  );
}
