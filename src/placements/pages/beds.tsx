import { Anchor, Badge, Group, Paper, SimpleGrid, Text } from "@mantine/core";
import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import { Link, useLoaderData, useSearchParams } from "react-router";
import { addDays, type Day } from "../../kernel/day.ts";
import { act, page } from "../../web/guard.ts";
import { OpenForm, useOneForm } from "../../web/one-form.tsx";
import { Empty, LinkButton, PageHead, Section } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useDates, useMay, useWords } from "../../web/use-me.ts";
import { childrenWords } from "../child.ts";
import { bedsAction } from "./beds-action.ts";
import { BookOnBoard, MakeOverflow } from "./beds-forms.tsx";
import { UnitBoard } from "./board.tsx";
import { DAYS, findBoard } from "./find-board.ts";

export const meta = () => [{ title: "Beds · Throughcare" }];

export const loader = page("bed.read", async (visit) => ({
  ...(await findBoard(visit)),
  days: DAYS,
  today: visit.today,
}));

export const action = act("record.write", bedsAction);

/** Units and beds over time, who waits, who comes and who is to leave. */
export default function Beds() {
  const { boards, first, days, today, waiting, coming, choices } = useLoaderData<typeof loader>();
  const [params] = useSearchParams();
  const form = useOneForm();
  const write = useMay()("record.write");
  const words = useWords();
  const of = params.get("of") ?? "";
  return (
    <>
      <PageHead
        title="Beds"
        about={`Every bed of our units. People of other ${words.programs} are shown only as occupied.`}
        actions={
          <>
            <LinkButton to={paths.units()} variant="default" size="sm">
              Directory of units
            </LinkButton>
            {write && (
              <LinkButton to={form.opens("overflow")} variant="default" size="sm">
                Make an overflow place
              </LinkButton>
            )}
          </>
        }
      />
      <Numbers />
      {(form.isOpen("book", of) || form.isOpen("book-bed", of)) && (
        <Section title="Book a bed">
          <BookOnBoard
            {...{ choices, today }}
            people={[...waiting, ...coming]}
            placementId={params.get("do") === "book" ? of : ""}
            bedId={params.get("do") === "book-bed" ? of : ""}
          />
        </Section>
      )}
      {form.isOpen("overflow") && (
        <Section title="An overflow place">
          <MakeOverflow
            today={today}
            units={boards.filter(({ unit }) => unit.program_id).map(({ unit }) => unit)}
            people={waiting}
          />
        </Section>
      )}
      <Lists />
      <Turn first={first} days={days} today={today} />
      {boards.length === 0 && (
        <Empty action={<LinkButton to={paths.units()}>To the directory</LinkButton>}>
          No unit has beds yet.
        </Empty>
      )}
      {boards.map((board) => (
        <UnitBoard
          key={board.unit.id}
          {...{ board, first, days, today }}
          books={write && waiting.length + coming.length > 0}
        />
      ))}
    </>
  );
}

function Numbers() {
  const { boards, waiting, leaving, away } = useLoaderData<typeof loader>();
  const sum = (part: "beds" | "taken" | "overflow" | "free") =>
    boards.reduce((all, { occupancy }) => all + occupancy[part], 0);
  const late = leaving.filter((one) => one.late).length;
  const numbers = [
    {
      label: "Taken today",
      value: `${sum("taken")} of ${sum("beds")}`,
      more: sum("overflow") ? `and ${sum("overflow")} in overflow` : null,
    },
    { label: "Free today", value: String(sum("free")), more: null },
    { label: "Waiting for a bed", value: String(waiting.length), more: null },
    {
      label: "To leave within a week",
      value: String(leaving.length),
      more: late ? `${late} expected to have left` : null,
    },
    { label: "On leave", value: String(away.length), more: null },
  ];
  return (
    <SimpleGrid cols={{ base: 2, sm: 5 }} spacing="sm" mb="md">
      {numbers.map(({ label, value, more }) => (
        <Paper key={label} p="sm">
          <Text size="xs" c="dimmed">
            {label}
          </Text>
          <Text size="xl" fw={600} lh={1.2}>
            {value}
          </Text>
          {more && (
            <Text size="xs" c="var(--mantine-color-orange-text)" fw={500}>
              {more}
            </Text>
          )}
        </Paper>
      ))}
    </SimpleGrid>
  );
}

const fundingBadges = {
  none: null,
  pending: { label: "Funding pending", color: "orange" },
  agreed: { label: "Funding agreed", color: "teal" },
  refused: { label: "Funding refused", color: "red" },
} as const;

function Lists() {
  const { waiting, coming, leaving, today } = useLoaderData<typeof loader>();
  const dates = useDates();
  const form = useOneForm();
  const write = useMay()("record.write");
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }} spacing="sm" mb="sm">
      <Section title={`Waiting for a bed (${waiting.length})`}>
        {waiting.length === 0 && <Text size="sm">Nobody waits.</Text>}
        {waiting.map((one) => {
          const badge = fundingBadges[one.funding];
          return (
            <Line
              key={one.id}
              to={paths.placement(one.consumerId, one.id)}
              name={one.name}
              says={`${one.unit}, since ${dates.day(one.since)}${one.childrenWith > 0 ? `, with ${childrenWords(one.childrenWith)}` : ""}`}
              badge={badge && <Badge color={badge.color}>{badge.label}</Badge>}
              act={
                write && (
                  <OpenForm
                    to={form.opens("book", one.id)}
                    aria-label={`Book a bed for ${one.name}`}
                  >
                    Book a bed
                  </OpenForm>
                )
              }
            />
          );
        })}
      </Section>
      <Section title={`Comes and goes this week (${coming.length + leaving.length})`}>
        {coming.length + leaving.length === 0 && (
          <Text size="sm">Nobody is to come or to leave within seven days.</Text>
        )}
        {coming.map((one) => (
          <Line
            key={one.id}
            to={paths.placement(one.consumerId, one.id)}
            name={one.name}
            says={`${one.admitted ? "moves" : "comes"} ${dates.weekday(one.on)}: ${one.bed}, ${one.into}`}
            badge={
              <>
                <Badge color="blue">Booked</Badge>
                {one.withoutPlace > 0 && <Badge color="orange">No child's place</Badge>}
              </>
            }
            act={
              // Before the booked day nobody has come yet.
              write &&
              one.on <= today && (
                <LinkButton
                  size="compact-sm"
                  variant="default"
                  to={`${paths.placement(one.consumerId, one.id)}?do=${one.admitted ? "move" : "admit"}`}
                  aria-label={`${one.admitted ? "Move" : "Admit"} ${one.name}`}
                >
                  {one.admitted ? "Move" : "Admit"}
                </LinkButton>
              )
            }
          />
        ))}
        {leaving.map((one) => (
          <Line
            key={one.id}
            to={paths.placement(one.consumerId, one.id)}
            name={one.name}
            says={`${one.late ? "was to leave" : "is to leave"} ${dates.weekday(one.until ?? "")}: ${one.bed ?? one.unit}${one.bed ? `, ${one.unit}` : ""}`}
            badge={one.late && <Badge color="red">Still there</Badge>}
            act={
              write && (
                <LinkButton
                  size="compact-sm"
                  variant="default"
                  to={`${paths.placement(one.consumerId, one.id)}?do=end`}
                  aria-label={`End the stay of ${one.name}`}
                >
                  End
                </LinkButton>
              )
            }
          />
        ))}
      </Section>
    </SimpleGrid>
  );
}

function Line({
  to,
  name,
  says,
  badge,
  act,
}: {
  to: string;
  name: string;
  says: string;
  badge: React.ReactNode;
  act: React.ReactNode;
}) {
  return (
    <Group justify="space-between" gap="xs" py={5} wrap="nowrap" align="flex-start">
      <div style={{ minWidth: 0 }}>
        <Group gap={6}>
          <Anchor component={Link} to={to} size="sm" fw={500}>
            {name}
          </Anchor>
          {badge}
        </Group>
        <Text size="xs" c="dimmed">
          {says}
        </Text>
      </div>
      <div style={{ flexShrink: 0 }}>{act}</div>
    </Group>
  );
}

function Turn({ first, days, today }: { first: Day; days: number; today: Day }) {
  const dates = useDates();
  const to = (day: Day) => `${paths.beds()}?from=${day}`;
  return (
    <Group justify="space-between" mb="xs" gap="xs" visibleFrom="sm">
      <Text size="xs" c="dimmed" style={{ flex: "1 1 20rem" }}>
        {dates.day(first)} – {dates.day(addDays(first, days - 1))}. Solid: in the bed; dashed with
        an arrow: booked; red with an exclamation mark: expected to have left.
      </Text>
      <Group gap={4} wrap="nowrap">
        <LinkButton
          to={to(addDays(first, -14))}
          variant="default"
          size="compact-sm"
          aria-label="Two weeks earlier"
        >
          <IconChevronLeft size={16} aria-hidden />
        </LinkButton>
        <LinkButton to={paths.beds()} variant="default" size="compact-sm">
          {first <= today && today < addDays(first, days) ? "Today" : "Back to today"}
        </LinkButton>
        <LinkButton
          to={to(addDays(first, 14))}
          variant="default"
          size="compact-sm"
          aria-label="Two weeks later"
        >
          <IconChevronRight size={16} aria-hidden />
        </LinkButton>
      </Group>
    </Group>
  );
}
