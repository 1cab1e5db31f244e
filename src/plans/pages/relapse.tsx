import { Group, Paper, Stack, Text, Title } from "@mantine/core";
import { useLoaderData } from "react-router";
import { z } from "zod";
import { parseForm, refuse } from "../../web/form.tsx";
import { act, page } from "../../web/guard.ts";
import { OpenForm, useOneForm } from "../../web/one-form.tsx";
import { Empty, LinkButton, PageHead, Section } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useDates, useMay } from "../../web/use-me.ts";
import { standingPlan } from "../relapse.ts";
import { findRelapsePlan } from "../relapse-store.ts";
import { Named } from "./barriers.tsx";
import { careSaved } from "./care-saved.ts";
import { relapseAction, relapseSteps } from "./relapse-action.ts";
import { AddStrategy, AddTrigger, EndLine } from "./relapse-forms.tsx";

export const meta = () => [{ title: "Relapse prevention plan · Throughcare" }];

export const loader = page("record.read", async ({ db, consumerId }) => {
  const plan = await findRelapsePlan(db, consumerId);
  const ended = [...plan.triggers, ...plan.strategies].filter((line) => line.ended_at);
  return { consumerId, ...standingPlan(plan), ended };
});

export const action = act("record.write", async (visit) => {
  const parsed = parseForm(z.discriminatedUnion("step", relapseSteps), visit.form);
  if (parsed.invalid) return refuse(parsed.invalid);
  const here = paths.relapsePlan(visit.consumerId);
  return careSaved(visit, await relapseAction(visit, parsed.value, here));
});

/** What brings a return to use nearer, what to do then, and who helps (FC 3.1.1.2). */
export default function RelapsePlan() {
  const { consumerId, triggers, anyTime, ended } = useLoaderData<typeof loader>();
  const form = useOneForm();
  const write = useMay()("record.write");
  const empty = triggers.length === 0 && anyTime.length === 0;
  const add = (
    <Group gap="xs" justify="center">
      <OpenForm to={form.opens("trigger")} size="sm" variant="filled">
        Add a trigger
      </OpenForm>
      <OpenForm to={form.opens("sign")} size="sm">
        Add an early sign
      </OpenForm>
    </Group>
  );
  const adding = form.isOpen("trigger") || form.isOpen("sign");
  const parts = [
    { title: "Early signs", of: triggers.filter(({ sign }) => sign) },
    { title: "What makes it harder", of: triggers.filter(({ sign }) => !sign) },
  ].filter(({ of }) => of.length > 0);
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
      {adding && (
        <Paper mb="md">
          <AddTrigger sign={form.isOpen("sign")} />
        </Paper>
      )}
      {empty && !adding && <Empty action={write ? add : null}>Nothing is on this plan yet.</Empty>}
      {parts.map(({ title, of }) => (
        <section key={title} aria-label={title}>
          <Title order={2} mb="xs">
            {title}
          </Title>
          <Stack gap="sm" mb="md">
            {of.map((trigger) => (
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
        </section>
      ))}
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
  line: Omit<AnyLine, "strategies" | "sign"> & { helper?: string | null };
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
