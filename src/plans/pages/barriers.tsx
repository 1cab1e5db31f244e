import { Anchor, Badge, Group, NativeSelect, Stack, Text, Textarea } from "@mantine/core";
import { Link } from "react-router";
import { Form, useFields } from "../../web/form.tsx";
import { FormButtons, OpenForm, useOneForm } from "../../web/one-form.tsx";
import { Section } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useDates } from "../../web/use-me.ts";
import type { findBarriers } from "../barrier-store.ts";
import type { Goal } from "../plan.ts";

type Barrier = Awaited<ReturnType<typeof findBarriers>>[number];

/** What at home stands in the way of a goal (FC 3.1.1.1): for staff, never on paper that goes home. */
export function Barriers({
  consumerId,
  barriers,
  goals,
  write,
}: {
  consumerId: string;
  barriers: readonly Barrier[];
  goals: readonly Goal[];
  write: boolean;
}) {
  const form = useOneForm();
  const standing = barriers.filter((barrier) => !barrier.resolved_on);
  const settled = barriers.filter((barrier) => barrier.resolved_on);
  return (
    <div className="no-print">
      <Section
        title="What stands in the way"
        actions={
          write && goals.length > 0 && <OpenForm to={form.opens("barrier")}>Add something</OpenForm>
        }
      >
        <Text size="sm" c="dimmed" mb="xs">
          For staff. Nothing of this is on a print that goes home.
        </Text>
        {form.isOpen("barrier") && <AddBarrier goals={goals} />}
        {barriers.length === 0 && <Text size="sm">Nothing is recorded.</Text>}
        <Stack gap="xs">
          {standing.map((barrier) => (
            <div key={barrier.id}>
              <Group gap="xs">
                <Text size="sm" fw={500}>
                  {barrier.text}
                </Text>
                {write && (
                  <OpenForm
                    to={form.opens("resolve", barrier.id)}
                    variant="subtle"
                    aria-label={`Settled: ${barrier.text}`}
                  >
                    Settled
                  </OpenForm>
                )}
              </Group>
              <Against barrier={barrier} consumerId={consumerId} />
              {form.isOpen("resolve", barrier.id) && <Resolve id={barrier.id} />}
            </div>
          ))}
          {settled.map((barrier) => (
            <div key={barrier.id}>
              <Group gap="xs">
                <Text size="sm">{barrier.text}</Text>
                <Badge color="teal" size="sm">
                  Settled
                </Badge>
              </Group>
              <Text size="sm">{barrier.resolution}</Text>
              <Against barrier={barrier} consumerId={consumerId} />
            </div>
          ))}
        </Stack>
      </Section>
    </div>
  );
}

function Against({ barrier, consumerId }: { barrier: Barrier; consumerId: string }) {
  return (
    <Text size="xs" c="dimmed">
      In the way of: {barrier.goal ?? "a goal that is no longer on the plan"} · {barrier.author} ·{" "}
      <Named consumerId={consumerId} line={barrier} />
    </Text>
  );
}

/** Where and when a line was named: in a conference, with the way back to it, or on this page. */
export function Named({
  consumerId,
  line,
}: {
  consumerId: string;
  line: { conference_id: string | null; conference_day: string | null; added_at: Date };
}) {
  const dates = useDates();
  if (!line.conference_id) return <>added {dates.instant(line.added_at)}</>;
  return (
    <Anchor
      component={Link}
      to={paths.conference(consumerId, line.conference_id)}
      inherit
      underline="always"
    >
      named in the conference
      {line.conference_day && ` of ${dates.day(line.conference_day)}`}
    </Anchor>
  );
}

function AddBarrier({ goals }: { goals: readonly Goal[] }) {
  const field = useFields({ goal_lineage: goals.length === 1 ? goals[0]?.lineage : "" });
  return (
    <Form style={{ maxWidth: "40rem", marginBottom: "1rem" }}>
      <input type="hidden" name="step" value="barrier" />
      <NativeSelect
        label="The goal it stands in the way of"
        data={[
          { value: "", label: "Choose a goal" },
          ...goals.map((goal) => ({ value: goal.lineage, label: goal.text })),
        ]}
        {...field("goal_lineage")}
      />
      <Textarea label="What stands in the way" autosize minRows={2} mt="sm" {...field("text")} />
      <FormButtons>Save</FormButtons>
    </Form>
  );
}

function Resolve({ id }: { id: string }) {
  const field = useFields();
  return (
    <Form style={{ maxWidth: "40rem" }}>
      <input type="hidden" name="step" value="resolve" />
      <input type="hidden" name="id" value={id} />
      <Textarea label="How was it settled?" autosize minRows={2} {...field("how")} />
      <FormButtons>Save</FormButtons>
    </Form>
  );
}
