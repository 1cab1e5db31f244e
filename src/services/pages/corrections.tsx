import {
  Badge,
  Button,
  Group,
  Modal,
  NativeSelect,
  Stack,
  Text,
  Textarea,
  TextInput,
} from "@mantine/core";
import { useState } from "react";
import { Form, useFields, useSending } from "../../web/form.tsx";
import { useDates } from "../../web/use-me.ts";
import { type CorrectableFact, correctable, correctableFacts, sayFact } from "../correction.ts";

export type ShownCorrection = {
  id: string;
  fact: string;
  was: unknown;
  becomes: unknown;
  reason: string;
  at: string;
  state: string;
  author: string;
  decider: string | null;
  decision: string | null;
  decided_at: string | null;
  changes_payment: boolean;
  mayDecide: boolean;
};

/** A fact's value in words, times the way the agency's country writes them. */
export function useSayFact() {
  const dates = useDates();
  return (fact: CorrectableFact, value: unknown) =>
    correctable[fact].input === "time" && typeof value === "string"
      ? dates.time(value)
      : sayFact(fact, value);
}

/** What was said to be wrongly recorded, and what came of it; the supervisor decides here. */
export function Corrections({ corrections }: { corrections: readonly ShownCorrection[] }) {
  const dates = useDates();
  const say = useSayFact();
  return (
    <Stack gap="sm">
      {corrections.map((one) => {
        const fact = one.fact as CorrectableFact;
        return (
          <div key={one.id}>
            <Group gap="xs">
              <Text fw={600} size="sm">
                {correctable[fact].label}
              </Text>
              <State state={one.state} />
            </Group>
            <Text size="sm">
              It said “{say(fact, one.was)}”; it was “{say(fact, one.becomes)}”. {one.reason}
            </Text>
            <Text size="xs" c="dimmed">
              {one.author}, {dates.instant(one.at)}
              {one.decider &&
                one.decided_at &&
                `. Decided by ${one.decider}, ${dates.instant(one.decided_at)}`}
              {one.decision && `: ${one.decision}`}
            </Text>
            {one.mayDecide && <Decide id={one.id} />}
          </div>
        );
      })}
    </Stack>
  );
}

function State({ state }: { state: string }) {
  if (state === "applied") return <Badge color="teal">Corrected</Badge>;
  if (state === "refused") return <Badge color="gray">Refused</Badge>;
  return <Badge color="orange">Waits for a supervisor: it changes payment</Badge>;
}

function Decide({ id }: { id: string }) {
  const sending = useSending();
  return (
    <Form>
      <input type="hidden" name="intent" value="decide" />
      <input type="hidden" name="correction" value={id} />
      <Stack gap="xs" mt="xs" maw={480}>
        <TextInput name="remark" label="Remark" maxLength={1000} />
        <Group gap="xs">
          <Button type="submit" name="decision" value="apply" size="xs" loading={sending}>
            Correct it
          </Button>
          <Button type="submit" name="decision" value="refuse" size="xs" variant="default">
            Refuse
          </Button>
        </Group>
      </Stack>
    </Form>
  );
}

/** A fact is corrected as wrongly recorded, one at a time, with the reason. */
export function CorrectDialog({
  opened,
  onClose,
  values,
  facts = correctableFacts,
}: {
  opened: boolean;
  onClose: () => void;
  /** Those that a service of its kind has. */
  facts?: readonly CorrectableFact[];
  values: Readonly<Record<CorrectableFact, unknown>>;
}) {
  const field = useFields();
  const sending = useSending();
  const say = useSayFact();
  const [fact, setFact] = useState<CorrectableFact>("start_time");
  const kind = correctable[fact];
  return (
    <Modal opened={opened} onClose={onClose} title="Wrongly recorded">
      <Form>
        <input type="hidden" name="intent" value="correct" />
        <Stack>
          <Text size="sm">
            For a fact that was typed wrong, not for one that should have been otherwise. It becomes
            a dated addendum. If anything would be paid otherwise, a supervisor looks at it first.
          </Text>
          <NativeSelect
            label="Which fact"
            name="fact"
            value={fact}
            onChange={(event) => setFact(event.currentTarget.value as CorrectableFact)}
            data={facts.map((name) => ({ value: name, label: correctable[name].label }))}
          />
          <Text size="sm">
            It says: <b>{say(fact, values[fact])}</b>
          </Text>
          {kind.input === "choice" ? (
            <NativeSelect
              key={fact}
              label="It was"
              {...field("becomes")}
              defaultValue=""
              data={[
                { value: "", label: "Choose…" },
                ...Object.entries(kind.choices).map(([value, label]) => ({ value, label })),
              ]}
            />
          ) : (
            <TextInput key={fact} label="It was" type={kind.input} min={0} {...field("becomes")} />
          )}
          <Textarea
            label="How it came to be recorded wrong"
            autosize
            minRows={2}
            maxLength={1000}
            {...field("reason")}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Go back
            </Button>
            <Button type="submit" loading={sending}>
              Say that it was wrongly recorded
            </Button>
          </Group>
        </Stack>
      </Form>
    </Modal>
  );
}
