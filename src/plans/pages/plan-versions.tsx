import { Anchor, Button, Group, NativeSelect, Table, Text } from "@mantine/core";
import { Link, Form as PlainForm, useLoaderData } from "react-router";
import { page } from "../../web/guard.ts";
import { Empty, LinkButton, PageHead, Section } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useDates, useWords } from "../../web/use-me.ts";
import { agreedWords } from "../plan.ts";
import { findPlans, type Plan } from "../store.ts";
import { State } from "./plan-state.tsx";

export const meta = () => [{ title: "Versions of the plan · Throughcare" }];

export const loader = page("record.read", async ({ db, consumerId }) => ({
  consumerId,
  plans: await findPlans(db, consumerId),
}));

/** Every version, and two of them side by side. */
export default function PlanVersions() {
  const { consumerId, plans } = useLoaderData<typeof loader>();
  const words = useWords();
  const dates = useDates();
  const nameOf = (plan: Plan) =>
    `Version ${plan.version}${plan.agreed_on ? `, ${dates.day(plan.agreed_on)}` : ", draft"}`;
  const choices = plans.map((plan) => ({ value: plan.id, label: nameOf(plan) }));
  return (
    <>
      <PageHead
        title={`Versions of the ${words.carePlan}`}
        actions={
          <LinkButton to={paths.plan(consumerId)} variant="default" size="sm">
            The {words.carePlan} in force
          </LinkButton>
        }
      />
      {plans.length === 0 && <Empty>No version has been written yet.</Empty>}
      {plans.length > 1 && (
        <Section title="Two versions side by side">
          <PlainForm
            method="get"
            action={paths.planCompare(consumerId, "", "").split("?")[0] ?? ""}
          >
            <Group align="flex-end">
              <NativeSelect
                label="Before"
                name="before"
                data={choices}
                defaultValue={plans[1]?.id ?? ""}
              />
              <NativeSelect
                label="After"
                name="after"
                data={choices}
                defaultValue={plans[0]?.id ?? ""}
              />
              <Button type="submit" variant="default">
                Compare
              </Button>
            </Group>
          </PlainForm>
        </Section>
      )}
      {plans.length > 0 && (
        <Table.ScrollContainer minWidth={620}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Version</Table.Th>
                <Table.Th>State</Table.Th>
                <Table.Th>Agreed</Table.Th>
                <Table.Th>With</Table.Th>
                <Table.Th>Review</Table.Th>
                <Table.Th>Why it changed</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {plans.map((plan) => (
                <Table.Tr key={plan.id}>
                  <Table.Td>
                    <Anchor component={Link} to={paths.planVersion(consumerId, plan.id)} size="sm">
                      Version {plan.version}
                    </Anchor>
                    <Text size="xs" c="dimmed">
                      {plan.author}
                    </Text>
                  </Table.Td>
                  <Table.Td>
                    <State plan={plan} />
                  </Table.Td>
                  <Table.Td>{plan.agreed_on ? dates.day(plan.agreed_on) : "–"}</Table.Td>
                  <Table.Td>{plan.state === "draft" ? "–" : agreedWords(plan.agreed_by)}</Table.Td>
                  <Table.Td>{plan.review_on ? dates.day(plan.review_on) : "–"}</Table.Td>
                  <Table.Td>{plan.change_reason ?? "–"}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </>
  );
}
