import { Badge, Table, Text } from "@mantine/core";
import { useLoaderData } from "react-router";
import { noSuchPage, page } from "../../web/guard.ts";
import { Empty, LinkButton, PageHead } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useDates, useMe } from "../../web/use-me.ts";
import { type Change, type Compared, comparePlans } from "../compare.ts";
import { domains, interventionWords, lineStatuses, wordsFor } from "../plan.ts";
import { findGoals, findPlans } from "../store.ts";

export const meta = () => [{ title: "Two versions of the plan · Throughcare" }];

export const loader = page("record.read", async ({ db, consumerId, url }) => {
  const plans = await findPlans(db, consumerId);
  const find = (name: string) => plans.find((plan) => plan.id === url.searchParams.get(name));
  const before = find("before");
  const after = find("after");
  if (!before || !after) throw noSuchPage();
  const goals = await findGoals(db, consumerId, [before.id, after.id]);
  return {
    consumerId,
    before,
    after,
    goals: comparePlans(goals.get(before.id) ?? [], goals.get(after.id) ?? []),
  };
});

const changes: Record<Change, { label: string; color: string }> = {
  added: { label: "Added", color: "teal" },
  removed: { label: "Left out", color: "red" },
  changed: { label: "Changed", color: "orange" },
  same: { label: "Same", color: "gray" },
};

/** Two versions side by side, line by line. */
export default function PlanCompare() {
  const { consumerId, before, after, goals } = useLoaderData<typeof loader>();
  const dates = useDates();
  const kinds = interventionWords(useMe().agency.locale);
  const head = (plan: typeof before) =>
    `Version ${plan.version}${plan.agreed_on ? `, agreed ${dates.day(plan.agreed_on)}` : ", draft"}`;
  const step = (line: { text: string; target_on: string | null; status: string }) =>
    [
      line.text,
      line.target_on && `by ${dates.day(line.target_on)}`,
      line.status !== "open" && wordsFor(lineStatuses, line.status).toLowerCase(),
    ]
      .filter(Boolean)
      .join(" · ");
  return (
    <>
      <PageHead
        title="Two versions side by side"
        {...(after.change_reason && { about: `Why it changed: ${after.change_reason}` })}
        actions={
          <LinkButton to={paths.planVersions(consumerId)} variant="default" size="sm">
            Versions
          </LinkButton>
        }
      />
      {goals.length === 0 && <Empty>Neither version has a goal.</Empty>}
      {goals.length > 0 && (
        <Table.ScrollContainer minWidth={640}>
          <Table layout="fixed" verticalSpacing={6}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th w="6.5rem">Change</Table.Th>
                <Table.Th>{head(before)}</Table.Th>
                <Table.Th>{head(after)}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            {goals.map((goal) => (
              <Table.Tbody
                key={goal.lineage}
                style={{ borderTop: "1px solid var(--mantine-color-default-border)" }}
              >
                <Line
                  compared={goal}
                  strong
                  say={(it) =>
                    `${it.text} (${wordsFor(domains, it.domain)}, ${wordsFor(lineStatuses, it.status).toLowerCase()})`
                  }
                />
                {goal.objectives.map((line) => (
                  <Line key={line.lineage} compared={line} say={step} />
                ))}
                {goal.interventions.map((line) => (
                  <Line
                    key={line.lineage}
                    compared={line}
                    say={(it) =>
                      [`${wordsFor(kinds, it.kind)}: ${it.text}`, it.frequency, it.responsible]
                        .filter(Boolean)
                        .join(" · ")
                    }
                  />
                ))}
              </Table.Tbody>
            ))}
          </Table>
        </Table.ScrollContainer>
      )}
    </>
  );
}

function Line<T>({
  compared,
  say,
  strong = false,
}: {
  compared: Compared<T>;
  say: (line: T) => string;
  strong?: boolean;
}) {
  const { label, color } = changes[compared.change];
  const cell = (line: T | null) => (
    <Text size="sm" fw={strong ? 600 : 400} pl={strong ? 0 : "md"} {...(!line && { c: "dimmed" })}>
      {line ? say(line) : "–"}
    </Text>
  );
  return (
    <Table.Tr>
      <Table.Td style={{ verticalAlign: "top" }}>
        <Badge size="sm" color={color}>
          {label}
        </Badge>
      </Table.Td>
      <Table.Td style={{ verticalAlign: "top" }}>{cell(compared.before)}</Table.Td>
      <Table.Td style={{ verticalAlign: "top" }}>{cell(compared.after)}</Table.Td>
    </Table.Tr>
  );
}
