import { Button, Group, Modal, NumberInput, Radio, Stack, Text, Textarea } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useEffect } from "react";
import { Form, useSending } from "../../web/form.tsx";
import type { Draft } from "../conference-draft.ts";
import { Part, type Part as PartProps } from "./hold-parts.tsx";

type Before = Draft["before"];

/**
 * The word alone with the consumer. It closes as soon as somebody is checked in and shows nothing
 * then, so that nobody who glances at the screen reads it.
 */
export function HoldBefore({ draft, change, called, fresh }: PartProps & { fresh: boolean }) {
  const { before } = draft;
  const others = draft.here.supports.some(({ came }) => came === "yes");
  const [opened, view] = useDisclosure(fresh && !others);
  const [closing, close] = useDisclosure(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only somebody's arrival closes it
  useEffect(() => {
    if (others) view.close();
  }, [others]);
  const set = (part: Partial<Before>) => change("before", { ...before, ...part });
  if (!opened) {
    return (
      <Part id="before" number={1} title="Before we start">
        <Group justify="space-between">
          <Text size="sm" c="dimmed">
            {before.word === null ? "Nothing noted." : "Noted."}
          </Text>
          <Button variant="default" size="xs" onClick={view.open}>
            Show
          </Button>
        </Group>
      </Part>
    );
  }
  return (
    <Part
      id="before"
      number={1}
      title="Before we start"
      about={`A few minutes with ${called} alone, before anybody else joins. They are not part of the session's units.`}
    >
      <Stack>
        <Choice
          label="Did the two of you have a word alone?"
          value={before.word}
          onChange={(word) => set({ word })}
        />
        {before.word === "yes" && (
          <>
            <NumberInput
              label="Minutes of the session spent alone"
              description="They come off the units."
              min={0}
              max={600}
              maw={220}
              value={before.minutes ?? ""}
              onChange={(value) => set({ minutes: value === "" ? null : Number(value) })}
            />
            <Choice
              label="Is it safe to go on?"
              value={before.safe}
              onChange={(safe) => set({ safe })}
            />
            <Textarea
              label="What is not to be said"
              autosize
              minRows={2}
              maxLength={2000}
              value={before.notSaid}
              onChange={(event) => set({ notSaid: event.currentTarget.value })}
            />
          </>
        )}
        <Group>
          <Button variant="default" onClick={view.close}>
            Done, hide this
          </Button>
          <Button variant="subtle" color="gray" onClick={close.open}>
            Close for today
          </Button>
        </Group>
      </Stack>
      <CloseForToday before={before} opened={closing} onClose={close.close} />
    </Part>
  );
}

function CloseForToday({
  before,
  opened,
  onClose,
}: {
  before: Before;
  opened: boolean;
  onClose: () => void;
}) {
  const sending = useSending();
  return (
    <Modal opened={opened} onClose={onClose} title="Close for today?">
      <Form>
        <input type="hidden" name="intent" value="close" />
        <input type="hidden" name="before" value={JSON.stringify(before)} />
        <Text size="sm" mb="sm">
          Nothing is claimed and nothing is held against anybody. The calendar says no more than
          “Not held”. What is noted under “Before we start” stays on the record; the rest of this
          page is dropped.
        </Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Go back
          </Button>
          <Button type="submit" loading={sending}>
            Close for today
          </Button>
        </Group>
      </Form>
    </Modal>
  );
}

function Choice({
  label,
  value,
  onChange,
}: {
  label: string;
  value: "yes" | "no" | null;
  onChange: (value: "yes" | "no") => void;
}) {
  return (
    <Radio.Group label={label} value={value} onChange={(next) => onChange(next as "yes" | "no")}>
      <Group mt={6}>
        <Radio value="yes" label="Yes" />
        <Radio value="no" label="No" />
      </Group>
    </Radio.Group>
  );
}
