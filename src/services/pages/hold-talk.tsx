import {
  Group,
  NativeSelect,
  Radio,
  SimpleGrid,
  Stack,
  Text,
  Textarea,
  TextInput,
} from "@mantine/core";
import { useWords } from "../../web/use-me.ts";
import { capital } from "../../web/words.ts";
import type { Draft } from "../conference-draft.ts";
import type { Length } from "../session-facts.ts";
import { newId, Part, type Part as PartProps, Rows } from "./hold-parts.tsx";

export type Room = { id: string; name: string; setting: string };

/** When and where it was held. */
export function HoldTimes({
  draft,
  change,
  rooms,
  length,
}: PartProps & { rooms: readonly Room[]; length: Length | null }) {
  const { times } = draft;
  const set = (part: Partial<Draft["times"]>) => change("times", { ...times, ...part });
  const wrong = times.start !== "" && times.end !== "" && times.end <= times.start;
  return (
    <Part id="times" number={3} title="When and where" about="As it was, not as it was planned.">
      <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="sm">
        <TextInput
          label="Started"
          type="time"
          value={times.start}
          onChange={(event) => set({ start: event.currentTarget.value.slice(0, 5) })}
        />
        <TextInput
          label="Ended"
          type="time"
          value={times.end}
          error={wrong ? "The end has to be later than the start" : undefined}
          onChange={(event) => set({ end: event.currentTarget.value.slice(0, 5) })}
        />
        <NativeSelect
          label="Room"
          value={times.room}
          onChange={(event) => set({ room: event.currentTarget.value })}
        >
          <option value="">Not recorded</option>
          {rooms.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </NativeSelect>
      </SimpleGrid>
      <Text size="sm" c="dimmed" mt="xs" aria-live="polite">
        {sayLength(length)}
      </Text>
    </Part>
  );
}

/** "60 minutes, 10 of them in private: 3 units." */
export function sayLength(length: Length | null): string {
  if (!length) return "The times are not both recorded.";
  const apart = length.private > 0 ? `, ${length.private} of them in private` : "";
  return `${length.minutes} minutes${apart}: ${length.units} ${length.units === 1 ? "unit" : "units"}.`;
}

/** Which plan was talked about. */
export function HoldPlan({ draft, change }: PartProps) {
  const words = useWords();
  return (
    <Part id="plan" number={4} title="What was talked about">
      <Radio.Group
        aria-label="What was talked about"
        value={draft.plan}
        onChange={(value) => change("plan", value as Draft["plan"])}
      >
        <Group>
          <Radio value="treatment-plan" label={`The ${words.carePlan}`} />
          <Radio value="discharge-plan" label="The discharge plan" />
          <Radio value="both" label="Both" />
          <Radio value="none" label="Neither" />
        </Group>
      </Radio.Group>
    </Part>
  );
}

/** Whether a need for family therapy or another referral was looked for (FC 3.1.1.4). */
export function HoldNeed({ draft, change, called, people, colleagues }: PartProps) {
  const words = useWords();
  const { need } = draft;
  const set = (part: Partial<Draft["need"]>) => change("need", { ...need, ...part });
  return (
    <Part
      id="need"
      number={8}
      title="Need for family therapy or other help"
      about="A need becomes a referral with somebody who sees to it and a date."
    >
      <Stack gap="sm">
        <Radio.Group
          aria-label="Need for family therapy or other help"
          value={need.result}
          onChange={(value) => set({ result: value as Draft["need"]["result"] })}
        >
          <Group>
            <Radio value="found" label="A need was found" />
            <Radio value="none" label="None was found" />
            <Radio value="declined" label="Offered and declined" />
          </Group>
        </Radio.Group>
        {need.result === "found" && (
          <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
            <NativeSelect
              label="What kind"
              value={need.kind ?? ""}
              onChange={(event) =>
                set({ kind: (event.currentTarget.value || null) as Draft["need"]["kind"] })
              }
            >
              <option value="">Choose…</option>
              <option value="family-therapy">Family therapy</option>
              <option value="other">Something else</option>
            </NativeSelect>
            <TextInput
              label="What is needed"
              maxLength={500}
              value={need.what}
              onChange={(event) => set({ what: event.currentTarget.value })}
            />
            <NativeSelect
              label="For whom"
              value={need.forWhom === "relative" ? `relative:${need.support}` : "consumer"}
              onChange={(event) => {
                const [forWhom, support = ""] = event.currentTarget.value.split(":");
                set({ forWhom: forWhom === "relative" ? "relative" : "consumer", support });
              }}
            >
              <option value="consumer">
                {called}, the {words.consumer}
              </option>
              {people
                .filter(({ ended, noContact }) => !ended && !noContact)
                .map(({ id, name, relation }) => (
                  <option key={id} value={`relative:${id}`}>
                    {name}, {relation}
                  </option>
                ))}
            </NativeSelect>
            <NativeSelect
              label="Who sees to it"
              value={need.owner}
              onChange={(event) => set({ owner: event.currentTarget.value })}
            >
              <option value="">Choose…</option>
              {colleagues.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </NativeSelect>
            <TextInput
              label="By when"
              type="date"
              value={need.due}
              onChange={(event) => set({ due: event.currentTarget.value })}
            />
          </SimpleGrid>
        )}
        {need.result !== null && (
          <Textarea
            label="Remark"
            autosize
            maxLength={1000}
            value={need.remark}
            onChange={(event) => set({ remark: event.currentTarget.value })}
          />
        )}
      </Stack>
    </Part>
  );
}

/** Who agreed to do what, by when (FC 3.1). */
export function HoldAgreements({ draft, change, called, people, colleagues }: PartProps) {
  const words = useWords();
  return (
    <Part
      id="agreements"
      number={9}
      title="Who does what"
      about={`These lines make the page “what we agreed”, which ${called} approves before anybody else gets it.`}
    >
      <Rows
        label="line"
        addLabel="Add a line"
        rows={draft.agreements}
        add={() => ({ id: newId(), who: "", what: "", due: "" })}
        onChange={(agreements) => change("agreements", agreements)}
      >
        {(row, set) => (
          <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="xs">
            <NativeSelect
              label="Who"
              value={row.who}
              onChange={(event) => set({ who: event.currentTarget.value })}
            >
              <option value="">Choose…</option>
              <option value="consumer">{called}</option>
              <optgroup label={capital(words.supports)}>
                {people
                  .filter(({ ended, noContact }) => !ended && !noContact)
                  .map(({ id, name }) => (
                    <option key={id} value={id}>
                      {name}
                    </option>
                  ))}
              </optgroup>
              <optgroup label="Staff">
                {colleagues.map(({ id, name }) => (
                  <option key={id} value={`staff:${id}`}>
                    {name}
                  </option>
                ))}
              </optgroup>
            </NativeSelect>
            <TextInput
              label="Does what"
              maxLength={500}
              value={row.what}
              onChange={(event) => set({ what: event.currentTarget.value })}
            />
            <TextInput
              label="By when"
              type="date"
              value={row.due}
              onChange={(event) => set({ due: event.currentTarget.value })}
            />
          </SimpleGrid>
        )}
      </Rows>
    </Part>
  );
}

/** What else belongs into the note. */
export function HoldNote({ draft, change }: PartProps) {
  return (
    <Part
      id="note"
      number={10}
      title="Note"
      about="What the lines above do not say. They are part of the note already."
    >
      <Textarea
        aria-label="Note"
        autosize
        minRows={4}
        maxLength={20_000}
        value={draft.note}
        onChange={(event) => change("note", event.currentTarget.value)}
      />
    </Part>
  );
}
