import {
  Anchor,
  Badge,
  Box,
  List,
  NativeSelect,
  SimpleGrid,
  Stack,
  Text,
  Textarea,
  TextInput,
} from "@mantine/core";
import { Link } from "react-router";
import { paths } from "../../web/paths.ts";
import { useDates, useWords } from "../../web/use-me.ts";
import { newId, Part, type Part as PartProps, Rows } from "./hold-parts.tsx";

export type OnPlans = {
  goals: readonly { lineage: string; text: string }[];
  barriers: readonly { id: string; text: string; goal: string | null }[];
  triggers: readonly { id: string; text: string }[];
  strategies: readonly {
    id: string;
    text: string;
    trigger_id: string | null;
    helper: string | null;
  }[];
  points: readonly { id: string; text: string; due_on: string | null }[];
};

/** What at home stands in the way of a goal (FC 3.1.1.1). */
export function HoldBarriers({ draft, change, consumerId, on }: PartProps & { on: OnPlans }) {
  const words = useWords();
  return (
    <Part
      id="barriers"
      number={5}
      title="What stands in the way at home"
      about="Each barrier once, under the goal it stands in the way of. It never goes home on paper."
    >
      <Standing title="Noted before">
        {on.barriers.map(({ id, text, goal }) => (
          <List.Item key={id}>
            {text}
            {goal && (
              <Text span inherit c="dimmed">
                {" "}
                · {goal}
              </Text>
            )}
          </List.Item>
        ))}
      </Standing>
      {on.goals.length === 0 ? (
        <Text size="sm">
          There is no active {words.carePlan} yet, so there is no goal to tie a barrier to. Write it
          in the note, or{" "}
          <Anchor underline="always" component={Link} to={paths.plan(consumerId)}>
            open the {words.carePlan}
          </Anchor>
          .
        </Text>
      ) : (
        <Rows
          label="barrier"
          addLabel="Add a barrier"
          rows={draft.barriers}
          add={() => ({
            id: newId(),
            goal: on.goals.length === 1 ? (on.goals[0]?.lineage ?? "") : "",
            text: "",
          })}
          onChange={(barriers) => change("barriers", barriers)}
        >
          {(row, set) => (
            <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="xs">
              <TextInput
                label="Barrier"
                maxLength={1000}
                value={row.text}
                onChange={(event) => set({ text: event.currentTarget.value })}
              />
              <NativeSelect
                label="Goal"
                value={row.goal}
                onChange={(event) => set({ goal: event.currentTarget.value })}
              >
                <option value="">Choose…</option>
                {on.goals.map(({ lineage, text }) => (
                  <option key={lineage} value={lineage}>
                    {text}
                  </option>
                ))}
              </NativeSelect>
            </SimpleGrid>
          )}
        </Rows>
      )}
    </Part>
  );
}

/** Triggers and what helps (FC 3.1.1.2); what is on the plan already is shown, not typed again. */
export function HoldTriggers({ draft, change, consumerId, on }: PartProps & { on: OnPlans }) {
  const named = draft.triggers.filter(({ text }) => text.trim() !== "");
  return (
    <Part
      id="triggers"
      number={6}
      title="Triggers and what helps"
      about={
        <>
          They go straight onto the{" "}
          <Anchor underline="always" component={Link} to={paths.relapsePlan(consumerId)}>
            relapse prevention plan
          </Anchor>
          . Nothing is on it twice.
        </>
      }
    >
      <Standing title="On the plan already">
        {on.triggers.map(({ id, text }) => (
          <List.Item key={id}>
            {text}
            {on.strategies
              .filter(({ trigger_id }) => trigger_id === id)
              .map((strategy) => (
                <Text key={strategy.id} size="sm" c="dimmed">
                  What helps: {strategy.text}
                  {strategy.helper && ` (${strategy.helper})`}
                </Text>
              ))}
          </List.Item>
        ))}
      </Standing>
      <Stack gap="lg">
        <Rows
          label="trigger"
          addLabel="Add a trigger"
          rows={draft.triggers}
          add={() => ({ id: newId(), text: "" })}
          onChange={(triggers) => change("triggers", triggers)}
        >
          {(row, set) => (
            <TextInput
              label="Trigger"
              maxLength={500}
              value={row.text}
              onChange={(event) => set({ text: event.currentTarget.value })}
            />
          )}
        </Rows>
        <Rows
          label="strategy"
          addLabel="Add what helps"
          rows={draft.strategies}
          add={() => ({ id: newId(), trigger: named.at(-1)?.id ?? "", text: "", helper: "" })}
          onChange={(strategies) => change("strategies", strategies)}
        >
          {(row, set) => (
            <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="xs">
              <TextInput
                label="What helps"
                maxLength={500}
                value={row.text}
                onChange={(event) => set({ text: event.currentTarget.value })}
              />
              <NativeSelect
                label="Against which trigger"
                value={row.trigger}
                onChange={(event) => set({ trigger: event.currentTarget.value })}
              >
                <option value="">At any time</option>
                {[...named, ...on.triggers].map(({ id, text }) => (
                  <option key={id} value={id}>
                    {text}
                  </option>
                ))}
              </NativeSelect>
              <TextInput
                label="Who helps"
                maxLength={200}
                value={row.helper}
                onChange={(event) => set({ helper: event.currentTarget.value })}
              />
            </SimpleGrid>
          )}
        </Rows>
      </Stack>
    </Part>
  );
}

/** Points of the discharge plan (FC 3.1.1.3). */
export function HoldPoints({ draft, change, consumerId, on }: PartProps & { on: OnPlans }) {
  const dates = useDates();
  return (
    <Part
      id="points"
      number={7}
      title="Discharge plan"
      about={
        <>
          Points for when treatment ends. They go onto the{" "}
          <Anchor underline="always" component={Link} to={paths.dischargePlan(consumerId)}>
            discharge plan
          </Anchor>
          .
        </>
      }
    >
      <Standing title="On the plan already">
        {on.points.map(({ id, text, due_on }) => (
          <List.Item key={id}>
            {text}
            {due_on && (
              <Badge ml="xs" color="gray">
                by {dates.day(due_on)}
              </Badge>
            )}
          </List.Item>
        ))}
      </Standing>
      <Rows
        label="point"
        addLabel="Add a point"
        rows={draft.points}
        add={() => ({ id: newId(), text: "", responsible: "", due: "" })}
        onChange={(points) => change("points", points)}
      >
        {(row, set) => (
          <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="xs">
            <Textarea
              label="Point"
              autosize
              maxLength={1000}
              value={row.text}
              onChange={(event) => set({ text: event.currentTarget.value })}
            />
            <TextInput
              label="Who sees to it"
              maxLength={200}
              value={row.responsible}
              onChange={(event) => set({ responsible: event.currentTarget.value })}
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

/** What stands already: folded, for not everybody in the room may be told of it. */
function Standing({ title, children }: { title: string; children: React.ReactNode[] }) {
  if (children.length === 0) return null;
  return (
    <Box component="details" mb="md">
      <Text component="summary" size="sm" fw={600} style={{ cursor: "pointer" }}>
        {title}: {children.length}
      </Text>
      <List size="sm" spacing={4} mt={4}>
        {children}
      </List>
    </Box>
  );
}
