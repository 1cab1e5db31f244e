import { Group, Text } from "@mantine/core";
import { useLoaderData } from "react-router";
import { noSuchPage, page } from "../../web/guard.ts";
import { LinkButton, PageHead, Section } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useDates, useWords } from "../../web/use-me.ts";
import { agreedWords } from "../plan.ts";
import { findGoals, findPlans } from "../store.ts";
import { GoalsByDomain } from "./goal-view.tsx";
import { State } from "./plan-state.tsx";

export const meta = () => [{ title: "A version of the plan · Throughcare" }];

export const loader = page("record.read", async ({ db, consumerId, params, today }) => {
  const plans = await findPlans(db, consumerId);
  const plan = plans.find((one) => one.id === params.planId);
  if (!plan) throw noSuchPage();
  const goals = await findGoals(db, consumerId, [plan.id]);
  const before = plans.find(
    (one) => one.episode_id === plan.episode_id && one.version === plan.version - 1,
  );
  return { consumerId, today, plan, goals: goals.get(plan.id) ?? [], before: before ?? null };
});

/** One version of the plan as it stands or stood. */
export default function PlanVersion() {
  const { consumerId, plan, goals, before, today } = useLoaderData<typeof loader>();
  const dates = useDates();
  const words = useWords();
  return (
    <>
      <PageHead
        title={
          <Group gap="xs">
            Version {plan.version} of the {words.carePlan} <State plan={plan} />
          </Group>
        }
        actions={
          <>
            {before && (
              <LinkButton
                to={paths.planCompare(consumerId, before.id, plan.id)}
                variant="default"
                size="sm"
              >
                Compare with version {before.version}
              </LinkButton>
            )}
            <LinkButton to={paths.planVersions(consumerId)} variant="default" size="sm">
              Versions
            </LinkButton>
          </>
        }
      />
      <Section title="What it says">
        <Text size="sm" c="dimmed">
          {plan.agreed_on &&
            `Agreed ${dates.day(plan.agreed_on)} with ${agreedWords(plan.agreed_by)}; `}
          written by {plan.author}.{plan.review_on && ` Review ${dates.day(plan.review_on)}.`}
          {plan.change_reason && ` Why it changed: ${plan.change_reason}`}
        </Text>
        <GoalsByDomain goals={goals} today={today} />
      </Section>
    </>
  );
}
