import { Badge, Table } from "@mantine/core";
import { useLoaderData } from "react-router";
import { page } from "../../web/guard.ts";
import { Empty, LinkButton, PageHead } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useDates } from "../../web/use-me.ts";
import { type AftercarePlan, findAftercarePlans } from "../aftercare-store.ts";
import { agreedWords, wordsFor } from "../plan.ts";

export const meta = () => [{ title: "Versions of the aftercare plan · Throughcare" }];

export const loader = page("record.read", async ({ db, consumerId }) => ({
  consumerId,
  plans: await findAftercarePlans(db, consumerId),
}));

const states = { draft: "Draft", active: "In force", superseded: "Superseded" };

/** Every version side by side; what differs from the one before stands out. */
export default function AftercareVersions() {
  const { consumerId, plans } = useLoaderData<typeof loader>();
  const dates = useDates();
  const rows: [label: string, say: (plan: AftercarePlan) => string | null][] = [
    ["Call first", (plan) => plan.call_first],
    ["Where to come back to", (plan) => plan.back_where],
    ["Whom to ask for", (plan) => plan.back_who],
    ["Phone", (plan) => plan.back_phone],
    [
      "Seen within, working days",
      (plan) => (plan.back_within_days === null ? null : String(plan.back_within_days)),
    ],
    ["Review", (plan) => plan.review_on && dates.day(plan.review_on)],
    ["Agreed", (plan) => plan.agreed_on && dates.day(plan.agreed_on)],
    ["With", (plan) => (plan.agreed_on ? agreedWords(plan.agreed_by_whom) : null)],
    ["Written by", (plan) => plan.author],
    ["Episode from", (plan) => dates.day(plan.opened_on)],
  ];
  return (
    <>
      <PageHead
        title="Versions of the aftercare plan"
        about="Supports, relapse measures and gains carry their own dates and stand on the plan's page."
        actions={
          <LinkButton to={paths.aftercare(consumerId)} variant="default" size="sm">
            The aftercare plan
          </LinkButton>
        }
      />
      {plans.length === 0 && <Empty>No version has been written yet.</Empty>}
      {plans.length > 0 && (
        <Table.ScrollContainer minWidth={220 + plans.length * 200}>
          <Table verticalSpacing={6}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th w="11rem">Version</Table.Th>
                {plans.map((plan) => (
                  <Table.Th key={plan.id}>
                    {plan.version} <Badge color="gray">{wordsFor(states, plan.state)}</Badge>
                  </Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.map(([label, say]) => (
                <Table.Tr key={label}>
                  <Table.Th scope="row">{label}</Table.Th>
                  {plans.map((plan, index) => {
                    const before = plans[index + 1];
                    const changed = before !== undefined && say(plan) !== say(before);
                    return (
                      <Table.Td key={plan.id} fw={changed ? 600 : 400}>
                        {say(plan) || "–"}
                      </Table.Td>
                    );
                  })}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </>
  );
}
