import { Paper, Table } from "@mantine/core";
import type { ReactNode } from "react";
import { Empty, LinkButton, PageHead } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";

/** The page of what is behind a number: a table, the way back to all measures, and other pages of it. */
export function Behind({
  title,
  about,
  of: { months, program },
  parts,
  heads,
  rows,
  pager,
}: {
  title: string;
  about: string;
  /** Which measures it came from. */
  of: { months: string; program: string | null };
  parts?: ReactNode;
  heads: ReactNode;
  rows: readonly ReactNode[];
  pager: ReactNode;
}) {
  const back = new URLSearchParams({ months, ...(program && { program }) });
  return (
    <>
      <PageHead
        title={title}
        about={about}
        actions={
          <LinkButton to={`${paths.reports()}?${back}`} variant="default" size="xs">
            All measures
          </LinkButton>
        }
      />
      {parts}
      <Paper>
        {rows.length === 0 ? (
          <Empty>Nobody.</Empty>
        ) : (
          <Table.ScrollContainer minWidth={560} type="native">
            <Table>
              <Table.Thead>
                <Table.Tr>{heads}</Table.Tr>
              </Table.Thead>
              <Table.Tbody>{rows}</Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        )}
        {pager}
      </Paper>
    </>
  );
}
