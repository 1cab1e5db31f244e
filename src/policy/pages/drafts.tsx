import { Anchor, Table, Text } from "@mantine/core";
import { Link, useLoaderData } from "react-router";
import { page } from "../../web/guard.ts";
import { Empty, LinkButton, PageHead, Section } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useDates } from "../../web/use-me.ts";
import { findDrafts } from "./draft-store.ts";

export const meta = () => [{ title: "Drafts · Throughcare" }];

export const loader = page("draft.write", async ({ db }) => ({ drafts: await findDrafts(db) }));

export default function Drafts() {
  const { drafts } = useLoaderData<typeof loader>();
  const dates = useDates();
  return (
    <>
      <PageHead
        title="Drafts"
        about="Bulletins in the making. A draft judges nobody; beside it you see what it says, and what it would change of your agency's own services, in counts."
        actions={<LinkButton to={paths.newDraft()}>New draft</LinkButton>}
      />
      <Section title="Your agency's drafts">
        {drafts.length === 0 ? (
          <Empty>None yet. Begin with the text of a bulletin that is in force.</Empty>
        ) : (
          <Table.ScrollContainer
            minWidth={480}
            type="native"
            tabIndex={0}
            role="region"
            aria-label="Drafts"
          >
            <Table>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>Draft</Table.Th>
                  <Table.Th>Compared with</Table.Th>
                  <Table.Th>Last saved</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {drafts.map(({ id, title, against, savedAt, savedBy }) => (
                  <Table.Tr key={id} style={{ verticalAlign: "top" }}>
                    <Table.Td>
                      <Anchor component={Link} to={paths.draft(id)} inherit fw={600}>
                        {title}
                      </Anchor>
                    </Table.Td>
                    <Table.Td>{against.number}</Table.Td>
                    <Table.Td>
                      {dates.instant(savedAt)}
                      <Text size="xs" c="dimmed">
                        {savedBy}
                      </Text>
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        )}
      </Section>
    </>
  );
}
