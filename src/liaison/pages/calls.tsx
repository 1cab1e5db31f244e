import { Anchor, Badge, Group, Table, Text } from "@mantine/core";
import { IconPhonePlus } from "@tabler/icons-react";
import { Link, useLoaderData } from "react-router";
import { page } from "../../web/guard.ts";
import { Pager, readPage } from "../../web/pager.tsx";
import { Empty, LinkButton, PageHead, Section } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useDates } from "../../web/use-me.ts";
import { findCalls } from "../concern-store.ts";

export const meta = () => [{ title: "Calls · Throughcare" }];

const PAGE = 25;

export const loader = page("call.read", async ({ db, url, today, listed }) => {
  const closed = url.searchParams.get("show") === "closed";
  const at = readPage(url.searchParams);
  const found = await findCalls(db, { closed, skip: (at - 1) * PAGE, most: PAGE + 1 });
  const rows = found.slice(0, PAGE);
  await listed([...new Set(rows.flatMap(({ consumer_id }) => consumer_id ?? []))]);
  return {
    today,
    closed,
    at,
    more: found.length > PAGE,
    rows: rows.map(({ consumer_id, ...row }) => ({ ...row, linked: consumer_id !== null })),
  };
});

export default function Calls() {
  const { today, closed, at, more, rows } = useLoaderData<typeof loader>();
  const dates = useDates();
  return (
    <>
      <PageHead
        title="Calls about somebody"
        about="What relatives and others told us. They were heard, offered help of their own, and told nothing."
        actions={
          <LinkButton to={paths.newCall()} leftSection={<IconPhonePlus size={16} aria-hidden />}>
            Take a call
          </LinkButton>
        }
      />
      <Section
        title={closed ? "Closed" : "To follow up"}
        actions={
          <Anchor
            component={Link}
            to={closed ? paths.calls() : `${paths.calls()}?show=closed`}
            size="sm"
          >
            {closed ? "Those to follow up" : "Closed ones"}
          </Anchor>
        }
      >
        {rows.length === 0 && (
          <Empty>{closed ? "None is closed yet." : "No call waits for anybody."}</Empty>
        )}
        {rows.length > 0 && (
          <Table.ScrollContainer minWidth={520}>
            <Table>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>When</Table.Th>
                  <Table.Th>Who called</Table.Th>
                  <Table.Th>Taken by</Table.Th>
                  <Table.Th>Follow up</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {rows.map((row) => (
                  <Table.Tr key={row.id}>
                    <Table.Td>{dates.instant(row.at)}</Table.Td>
                    <Table.Td>
                      <Group gap={6}>
                        <Anchor component={Link} to={paths.call(row.id)} underline="always" inherit>
                          {row.caller}
                        </Anchor>
                        {row.danger_now && (
                          <Badge color="red" c="var(--mantine-color-text)">
                            danger told
                          </Badge>
                        )}
                        {row.linked && <Badge color="gray">in a record</Badge>}
                      </Group>
                    </Table.Td>
                    <Table.Td>{row.taker}</Table.Td>
                    <Table.Td>
                      {row.closed_on ? (
                        `closed ${dates.day(row.closed_on)}`
                      ) : (
                        <>
                          {row.owner ?? "the team"}
                          {row.follow_up_on && (
                            <Text
                              size="xs"
                              {...(row.follow_up_on < today ? { fw: 600 } : { c: "dimmed" })}
                            >
                              {row.follow_up_on < today ? "overdue since " : ""}
                              {dates.weekday(row.follow_up_on)}
                            </Text>
                          )}
                        </>
                      )}
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        )}
        <Pager
          page={at}
          more={more}
          to={(to) => `${paths.calls()}?${closed ? "show=closed&" : ""}page=${to}`}
        />
      </Section>
    </>
  );
}
