import { Badge, Button, Group, NativeSelect, Paper, Table, Text } from "@mantine/core";
import { Form as GetForm, useLoaderData } from "react-router";
import { z } from "zod";
import { page } from "../../web/guard.ts";
import { Pager, readPage } from "../../web/pager.tsx";
import { Empty, PageHead } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useDates } from "../../web/use-me.ts";
import { type LookedAction, lookedActions, mergeLooks, pageWords } from "../looked.ts";
import { findLookers, findLooks } from "../looked-store.ts";

export const meta = () => [{ title: "Who looked · Throughcare" }];

const PAGE = 50;
const actions = Object.keys(lookedActions) as LookedAction[];

export const loader = page("record.read", async ({ db, consumerId, url }) => {
  const asked = z.uuid().safeParse(url.searchParams.get("by"));
  const staffId = asked.success ? asked.data : null;
  const action = actions.find((one) => one === url.searchParams.get("did")) ?? null;
  const at = readPage(url.searchParams);
  // One more than is shown tells whether there is a next page, without counting them all.
  const found = await findLooks(db, consumerId, {
    staffId,
    action,
    skip: (at - 1) * PAGE,
    most: PAGE + 1,
  });
  return {
    consumerId,
    staffId,
    action,
    page: at,
    more: found.length > PAGE,
    looks: mergeLooks(
      found.slice(0, PAGE).map((look) => ({ ...look, where: pageWords(look.room) })),
    ),
    lookers: await findLookers(db, consumerId),
  };
});

export default function WhoLooked() {
  const data = useLoaderData<typeof loader>();
  const { consumerId, staffId, action, looks, lookers, more, page: at } = data;
  const dates = useDates();
  const to = (number: number) => {
    const search = new URLSearchParams({ page: String(number) });
    if (staffId) search.set("by", staffId);
    if (action) search.set("did", action);
    return `${paths.whoLooked(consumerId)}?${search}`;
  };
  return (
    <>
      <PageHead
        title="Who looked"
        about="Every look at this record and every change, by whom and when. It can be added to and never changed; the person may ask for it."
      />
      <Paper>
        <GetForm>
          <Group align="flex-end" gap="sm" mb="md" className="no-print">
            <NativeSelect
              label="Who"
              name="by"
              defaultValue={staffId ?? ""}
              data={[
                { value: "", label: "Everybody" },
                ...lookers.map((one) => ({ value: one.staff_id, label: one.staff_name })),
              ]}
            />
            <NativeSelect
              label="What they did"
              name="did"
              defaultValue={action ?? ""}
              data={[
                { value: "", label: "Anything" },
                ...actions.map((one) => ({ value: one, label: lookedActions[one] })),
              ]}
            />
            <Button type="submit" variant="default">
              Show
            </Button>
          </Group>
        </GetForm>
        {looks.length === 0 ? (
          <Empty>Nobody, as far as this was asked.</Empty>
        ) : (
          <Table.ScrollContainer minWidth={300}>
            <Table>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>When</Table.Th>
                  <Table.Th>Who</Table.Th>
                  <Table.Th>What</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {looks.map((look) => (
                  <Table.Tr
                    key={`${look.minute}${look.staff_id}${look.where}${look.action}${look.reason}`}
                  >
                    <Table.Td>{dates.instant(look.minute)}</Table.Td>
                    <Table.Td>{look.staff_name}</Table.Td>
                    <Table.Td>
                      <Group gap={6}>
                        <Badge
                          color={look.action === "emergency" ? "red" : "gray"}
                          c="var(--mantine-color-text)"
                        >
                          {lookedActions[look.action]}
                        </Badge>
                        {look.where}
                        {/* One look is several entries: the record's head and the page log apart. */}
                        {look.times > 1 && look.action !== "read" && (
                          <Text span size="xs" c="dimmed">
                            {look.times} times
                          </Text>
                        )}
                      </Group>
                      {look.reason && (
                        <Text size="sm" c="dimmed">
                          {look.reason}
                        </Text>
                      )}
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        )}
        <Pager page={at} more={more} to={to} />
      </Paper>
    </>
  );
}
