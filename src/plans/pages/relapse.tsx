import { Group, Paper, Stack, Text, TextInput } from "@mantine/core";
import { useLoaderData } from "react-router";
import { z } from "zod";
import {
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
import { act, noSuchPage, page } from "../../web/guard.ts";
import { FormButtons, OpenForm, useOneForm } from "../../web/one-form.tsx";
import { Empty, LinkButton, PageHead, Section } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useDates, useMay } from "../../web/use-me.ts";
import { standingPlan } from "../relapse.ts";
import { addStrategies, addTriggers, endRelapseLine, findRelapsePlan } from "../relapse-store.ts";
import { Named } from "./barriers.tsx";

export const meta = () => [{ title: "Relapse prevention plan · Throughcare" }];

export const loader = page("record.read", async ({ db, consumerId }) => {
  const plan = await findRelapsePlan(db, consumerId);
  const ended = [...plan.triggers, ...plan.strategies].filter((line) => line.ended_at);
  return { consumerId, ...standingPlan(plan), ended };
});

const steps = z.discriminatedUnion("step", [
  z.object({
    step: z.literal("trigger"),
    text: text(500),
    strategy: optionalText(500),
    helper: optionalText(200),
  }),
  z.object({
    step: z.literal("strategy"),
    trigger_id: identifier().optional(),
    text: text(500),
    helper: optionalText(200),
  }),
  z.object({
    step: z.literal("end"),
    kind: z.enum(["trigger", "strategy"]),
    id: identifier(),
    reason: text(500),
  }),
]);

export const action = act("record.write", async ({ db, me, consumerId, form }) => {
  const parsed = parseForm(steps, form);
  if (parsed.invalid) return refuse(parsed.invalid);
  const given = parsed.value;
  const by = { staffId: me.staffId, agencyId: me.agency.id };
  const here = paths.relapsePlan(consumerId);
  switch (given.step) {
    case "trigger": {
      const [triggerId] = await addTriggers(db, by, consumerId, [{ text: given.text }]);
      if (given.strategy && triggerId) {
        const strategy = { text: given.strategy, helper: given.helper ?? null, triggerId };
        await addStrategies(db, by, consumerId, [strategy]);
      }
      return done(here, "Saved");
    }
    case "strategy": {
      const { triggers } = standingPlan(await findRelapsePlan(db, consumerId));
      const triggerId = given.trigger_id ?? null;
      if (triggerId && !triggers.some(({ id }) => id === triggerId)) throw noSuchPage();
      const strategy = { text: given.text, helper: given.helper ?? null, triggerId };
      await addStrategies(db, by, consumerId, [strategy]);
      return done(here, "Saved");
    }
    case "end": {
      if (await endRelapseLine(db, by, consumerId, given)) return done(here, "Ended");
      return refuseField(form, "reason", "This was ended by somebody else meanwhile.");
    }
  }
});

/** What brings a return to use nearer, what to do then, and who helps (FC 3.1.1.2). */
export default function RelapsePlan() {
  const { consumerId, triggers, anyTime, ended } = useLoaderData<typeof loader>();
  const form = useOneForm();
  const write = useMay()("record.write");
  const empty = triggers.length === 0 && anyTime.length === 0;
  const add = (
    <OpenForm to={form.opens("trigger")} size="sm" variant="filled">
      Add a trigger
    </OpenForm>
  );
  return (
    <>
      <PageHead
        title="Relapse prevention plan"
        about="What makes it harder, what to do then, and who helps. What a conference names stands here too."
        actions={
          <>
            {!empty && (
              <LinkButton to={paths.relapsePrint(consumerId)} variant="default" size="sm">
                Print
              </LinkButton>
            )}
            {write && !empty && add}
          </>
        }
      />
      {form.isOpen("trigger") && (
        <Paper mb="md">
          <AddTrigger />
        </Paper>
      )}
      {empty && !form.isOpen("trigger") && (
        <Empty action={write ? add : null}>Nothing is on this plan yet.</Empty>
      )}
      <Stack gap="sm" mb="md">
        {triggers.map((trigger) => (
          <Paper key={trigger.id} component="article" aria-label={trigger.text}>
            <Line kind="trigger" line={trigger} />
            <Stack component="ul" gap="xs" mt="xs" mb={0} pl="lg">
              {trigger.strategies.map((strategy) => (
                <li key={strategy.id}>
                  <Line kind="strategy" line={strategy} />
                </li>
              ))}
            </Stack>
            {trigger.strategies.length === 0 && (
              <Text size="sm" c="orange.9" mt={4}>
                Nothing to do about it is written yet.
              </Text>
            )}
            {write && (
              <OpenForm
                to={form.opens("strategy", trigger.id)}
                mt="xs"
                aria-label={`Add what helps: ${trigger.text}`}
              >
                Add what helps
              </OpenForm>
            )}
            {form.isOpen("strategy", trigger.id) && <AddStrategy triggerId={trigger.id} />}
          </Paper>
        ))}
      </Stack>
      {!empty && (
        <Section
          title="What helps at any time"
          actions={write && <OpenForm to={form.opens("strategy")}>Add what helps</OpenForm>}
        >
          {form.isOpen("strategy") && <AddStrategy />}
          {anyTime.length === 0 && <Text size="sm">Nothing is written.</Text>}
          <Stack gap="xs">
            {anyTime.map((strategy) => (
              <Line key={strategy.id} kind="strategy" line={strategy} />
            ))}
          </Stack>
        </Section>
      )}
      {ended.length > 0 && <Ended />}
    </>
  );
}

type AnyLine = ReturnType<typeof useLoaderData<typeof loader>>["triggers"][number] & {
  helper?: string | null;
};

function Line({
  kind,
  line,
}: {
  kind: "trigger" | "strategy";
  line: Omit<AnyLine, "strategies"> & { helper?: string | null };
}) {
  const { consumerId } = useLoaderData<typeof loader>();
  const form = useOneForm();
  const write = useMay()("record.write");
  const what = kind === "trigger" ? "trigger" : "line";
  return (
    <>
      <Group gap="xs" justify="space-between" wrap="nowrap" align="flex-start">
        <div>
          <Text size="sm" fw={kind === "trigger" ? 600 : 400}>
            {line.text}
            {line.helper && ` · ${line.helper} helps`}
          </Text>
          <Text size="xs" c="dimmed">
            {line.author}, <Named consumerId={consumerId} line={line} />
          </Text>
        </div>
        {write && (
          <OpenForm
            to={form.opens(`end-${kind}`, line.id)}
            variant="subtle"
            aria-label={`End this ${what}: ${line.text}`}
          >
            End
          </OpenForm>
        )}
      </Group>
      {form.isOpen(`end-${kind}`, line.id) && <EndLine kind={kind} id={line.id} />}
    </>
  );
}

function AddTrigger() {
  const field = useFields();
  return (
    <Form style={{ maxWidth: "40rem" }}>
      <input type="hidden" name="step" value="trigger" />
      <TextInput label="What makes it harder" autoFocus {...field("text")} />
      <Group align="flex-start" mt="sm" grow>
        <TextInput label="What to do then" {...field("strategy")} />
        <TextInput label="Who helps" {...field("helper")} />
      </Group>
      <FormButtons>Add to the plan</FormButtons>
    </Form>
  );
}

function AddStrategy({ triggerId }: { triggerId?: string }) {
  const field = useFields();
  return (
    <Form style={{ maxWidth: "40rem", marginBlock: "0.75rem" }}>
      <input type="hidden" name="step" value="strategy" />
      {triggerId && <input type="hidden" name="trigger_id" value={triggerId} />}
      <Group align="flex-start" grow>
        <TextInput
          label={triggerId ? "What to do then" : "What helps"}
          autoFocus
          {...field("text")}
        />
        <TextInput label="Who helps" {...field("helper")} />
      </Group>
      <FormButtons>Add to the plan</FormButtons>
    </Form>
  );
}

function EndLine({ kind, id }: { kind: "trigger" | "strategy"; id: string }) {
  const field = useFields();
  return (
    <Form style={{ maxWidth: "40rem" }}>
      <input type="hidden" name="step" value="end" />
      <input type="hidden" name="kind" value={kind} />
      <input type="hidden" name="id" value={id} />
      <TextInput
        label="Why it is no longer on the plan"
        {...(kind === "trigger" && { description: "What to do about it ends with it." })}
        autoFocus
        {...field("reason")}
      />
      <FormButtons>End it</FormButtons>
    </Form>
  );
}

function Ended() {
  const { ended } = useLoaderData<typeof loader>();
  const dates = useDates();
  return (
    <details>
      <summary>Ended ({ended.length})</summary>
      <Stack gap="xs" mt="xs">
        {ended.map((line) => (
          <div key={line.id}>
            <Text size="sm">{line.text}</Text>
            <Text size="xs" c="dimmed">
              Ended {line.ended_at && dates.instant(line.ended_at)}: {line.ended_reason}
            </Text>
          </div>
        ))}
      </Stack>
    </details>
  );
}
