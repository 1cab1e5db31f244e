import { Anchor, Badge, Group, Paper, Table, Text } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import { Link } from "react-router";
import { reasonWords } from "../../episodes/episode.ts";
import { ageOn, type Day } from "../../kernel/day.ts";
import { usualKind } from "../../services/service-kinds.ts";
import { Pager } from "../../web/pager.tsx";
import { Empty, LinkButton } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useDates, useMay, useMe, useWords } from "../../web/use-me.ts";
import { capital } from "../../web/words.ts";
import type { CaseloadSort, CaseloadView } from "../caseload.ts";
import type { CaseloadRow } from "../caseload-store.ts";
import { fullName } from "../consumer.ts";

type Props = {
  view: CaseloadView;
  sort: CaseloadSort;
  page: number;
  pages: number;
  counts: Record<CaseloadView, number>;
  rows: CaseloadRow[];
  today: Day;
};

/** The people one works with: mine, my programmes', who waits, who is new, who has left. */
export function Caseload({ view, sort, page, pages, counts, rows, today }: Props) {
  const words = useWords();
  const labels: Record<CaseloadView, string> = {
    mine: "Mine",
    programs: `My ${words.programs}`,
    waiting: "Waiting",
    new: `New, in no ${words.program} yet`,
    left: "Left",
  };
  const shown = (Object.keys(labels) as CaseloadView[]).filter(
    (one) => one === view || counts[one] > 0 || one === "mine" || one === "programs",
  );
  const to = (wanted: { view?: CaseloadView; sort?: CaseloadSort; page?: number }) => {
    const search = new URLSearchParams({ view, sort, ...(wanted as object) });
    return `${paths.people()}?${search}`;
  };
  return (
    <Paper component="section" aria-label="Caseload">
      <Group component="nav" aria-label="Caseload" gap={6} mb="sm">
        {shown.map((one) => (
          <LinkButton
            key={one}
            to={to({ view: one })}
            size="compact-sm"
            radius="xl"
            variant={one === view ? "light" : "subtle"}
            color={one === view ? "tide" : "gray"}
            {...(one === view ? { "aria-current": "page" } : { c: "var(--mantine-color-text)" })}
            rightSection={
              <Badge size="xs" variant="default" circle={counts[one] < 10}>
                {counts[one]}
              </Badge>
            }
          >
            {labels[one]}
          </LinkButton>
        ))}
      </Group>
      {rows.length === 0 ? <Nobody view={view} /> : <Rows {...{ view, sort, rows, today, to }} />}
      <Pager page={page} pages={pages} to={(other) => to({ page: other })} />
    </Paper>
  );
}

function Rows({
  view,
  sort,
  rows,
  today,
  to,
}: Pick<Props, "view" | "sort" | "rows" | "today"> & {
  to: (wanted: { sort: CaseloadSort }) => string;
}) {
  const dates = useDates();
  const words = useWords();
  const kind = usualKind[useMe().agency.locale];
  const records = useMay()("record.write") && (view === "mine" || view === "programs");
  const head = (label: string, by?: CaseloadSort) => (
    <Table.Th aria-sort={by === sort ? (by === "since" ? "descending" : "ascending") : undefined}>
      {by ? (
        <Anchor
          component={Link}
          underline="always"
          inherit
          to={to({ sort: by })}
          style={{ color: "inherit", whiteSpace: "nowrap" }}
        >
          {label}
          {by === sort && <IconChevronDown size={12} aria-hidden style={{ marginLeft: 2 }} />}
        </Anchor>
      ) : (
        label
      )}
    </Table.Th>
  );
  return (
    <Table.ScrollContainer minWidth={640}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            {head("Name", "name")}
            {head("Date of birth")}
            {view === "new" ? head("Added", "since") : head("Next appointment", "next")}
            {view === "left" && head("Left")}
            {view !== "new" && view !== "left" && head(capital(words.program))}
            {view !== "new" && view !== "mine" && view !== "left" && head(capital(words.keyworker))}
            {view !== "new" && view !== "left" && head("Episode since", "since")}
            {records && head("Session")}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={row.id}>
              <Table.Td>
                <Anchor
                  component={Link}
                  underline="always"
                  inherit
                  to={view === "new" ? paths.person(row.id) : paths.consumer(row.id)}
                >
                  {fullName(row)}
                </Anchor>
                <Text size="xs" c="dimmed">
                  {row.number}
                </Text>
              </Table.Td>
              <Table.Td>
                {dates.born(row, row.date_of_birth ? undefined : today)}
                {row.date_of_birth && (
                  <Text size="xs" c="dimmed">
                    {ageOn(row.date_of_birth as Day, today)} years
                  </Text>
                )}
              </Table.Td>
              {view !== "new" && (
                <Table.Td>
                  {row.next_day
                    ? `${dates.weekday(row.next_day)}, ${dates.time(row.next_time ?? "")}`
                    : "none"}
                </Table.Td>
              )}
              {view === "left" && (
                <Table.Td>
                  {row.left_on ? dates.day(row.left_on) : "no day is recorded"}
                  <Text size="xs" c="dimmed">
                    {[
                      row.left_planned === null ? null : row.left_planned ? "planned" : "unplanned",
                      row.left_why && reasonWords(row.left_why),
                    ]
                      .filter(Boolean)
                      .join(" · ")}
                  </Text>
                </Table.Td>
              )}
              {view !== "new" && view !== "left" && (
                <Table.Td>{row.programs ?? "none now"}</Table.Td>
              )}
              {view !== "new" && view !== "mine" && view !== "left" && (
                <Table.Td>{row.keyworker ?? "nobody yet"}</Table.Td>
              )}
              {view !== "left" && (
                <Table.Td>{row.since ? dates.day(row.since) : "closed"}</Table.Td>
              )}
              {records && (
                <Table.Td>
                  <Anchor
                    component={Link}
                    underline="always"
                    inherit
                    to={paths.newService(row.id, kind)}
                    aria-label={`Record a session with ${fullName(row)}`}
                  >
                    Record
                  </Anchor>
                </Table.Td>
              )}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function Nobody({ view }: { view: CaseloadView }) {
  const words = useWords();
  const messages: Record<CaseloadView, string> = {
    mine: `You are nobody's ${words.keyworker} at the moment.`,
    programs: `Nobody is in your ${words.programs} at the moment.`,
    waiting: `Nobody waits for your ${words.programs}.`,
    new: `Nobody new has come who is in no ${words.program} yet.`,
    left: "Nobody has left yet.",
  };
  return <Empty>{messages[view]}</Empty>;
}
