import { Anchor, Badge, Group, Paper, Text, Title } from "@mantine/core";
import { Link } from "react-router";
import { addDays, type Day } from "../../kernel/day.ts";
import { OpenForm, useOneForm } from "../../web/one-form.tsx";
import { paths } from "../../web/paths.ts";
import { useDates, useMe } from "../../web/use-me.ts";
import { briefly, type Unit } from "../unit.ts";
import classes from "./board.module.css";

export type Bar = {
  start: number;
  end: number;
  before: boolean;
  after: boolean;
  /** What it shows: in the bed, booked, expected to have left, left, or somebody of others. */
  state: "in" | "booked" | "late" | "gone" | "others";
  name: string | null;
  /** Its placement, where the record may be read. */
  to: string | null;
  from: Day;
  until: Day | null;
  day: number | null;
  /** A child who came along; the name is the parent's. */
  child: boolean;
};

export type BoardUnit = {
  unit: Unit & { rehab: string | null };
  of: string;
  beds: {
    id: string;
    name: string;
    overflow: boolean;
    childPlace: boolean;
    why: string | null;
    freeFrom: Day | null;
    bars: Bar[];
  }[];
  occupancy: { beds: number; taken: number; overflow: number; free: number };
  childPlaces: { all: number; taken: number };
};

/** One unit: its beds as rows, the days as columns; on a phone the same as a list. */
export function UnitBoard({
  board,
  first,
  days,
  today,
  books,
}: {
  board: BoardUnit;
  first: Day;
  days: number;
  today: Day;
  books: boolean;
}) {
  const { unit, beds, occupancy, childPlaces } = board;
  const form = useOneForm();
  const shown = Array.from({ length: days }, (_, index) => addDays(first, index));
  const column = shown.indexOf(today);
  const soon = addDays(today, 14);
  return (
    <Paper component="section" mb="sm" aria-label={unit.name}>
      <Group justify="space-between" gap="xs" mb="xs">
        <Group gap="xs">
          <Title order={2} size="h4">
            <Anchor component={Link} to={paths.unit(unit.id)} inherit c="inherit">
              {unit.name}
            </Anchor>
          </Title>
          <Badge color={occupancy.free > 0 ? "teal" : "gray"}>
            {occupancy.taken} of {occupancy.beds} taken
          </Badge>
          {occupancy.overflow > 0 && <Badge color="orange">{occupancy.overflow} in overflow</Badge>}
          {childPlaces.all > 0 && (
            <Badge color="violet">
              Children's places: {childPlaces.taken} of {childPlaces.all}
            </Badge>
          )}
        </Group>
        <Text size="xs" c="dimmed">
          {[...briefly(unit), unit.rehab && `attached to ${unit.rehab}`]
            .filter(Boolean)
            .join(" · ")}
        </Text>
      </Group>
      <div className={classes.scroll}>
        <div className={classes.board} style={{ "--days": days } as React.CSSProperties}>
          <Days shown={shown} today={today} />
          <ul className={classes.rows}>
            {beds.map((bed) => (
              <li key={bed.id} className={classes.row}>
                {column >= 0 && (
                  <span className={classes.line} style={{ gridColumn: column + 2 }} aria-hidden />
                )}
                <div className={classes.bed}>
                  <span
                    className={`${classes.bedName} ${bed.overflow ? classes.over : ""}`}
                    title={bed.why ?? bed.name}
                  >
                    {bed.name}
                  </span>
                  {bed.overflow && !/overflow/i.test(bed.name) && (
                    <Badge color="orange" size="xs">
                      Overflow
                    </Badge>
                  )}
                  {bed.childPlace && (
                    <Badge color="violet" size="xs">
                      Child
                    </Badge>
                  )}
                  {books &&
                    !bed.childPlace &&
                    bed.freeFrom !== null &&
                    bed.freeFrom <= soon &&
                    !bed.overflow && (
                      <OpenForm
                        to={form.opens("book-bed", bed.id)}
                        size="compact-xs"
                        variant="subtle"
                        aria-label={`Book ${bed.name} in ${unit.name}`}
                      >
                        Book
                      </OpenForm>
                    )}
                  {bed.bars.every(({ state }) => state === "gone") && (
                    <span className={classes.free}>Free</span>
                  )}
                </div>
                {bed.bars.map((bar) => (
                  <BarOf key={`${bar.from}${bar.state}`} bar={bar} />
                ))}
              </li>
            ))}
          </ul>
        </div>
      </div>
    </Paper>
  );
}

/** The days along the top, only for the eye: each bar says its own days. */
function Days({ shown, today }: { shown: Day[]; today: Day }) {
  const { locale } = useMe().agency;
  const { weekday } = useDates();
  const letter = (day: Day) =>
    new Date(`${day}T12:00:00Z`).toLocaleDateString(locale, { weekday: "narrow", timeZone: "UTC" });
  return (
    <div className={classes.head} aria-hidden>
      <span />
      {shown.map((day) => {
        const weekend = /^(Sat|Sun)/.test(weekday(day));
        return (
          <span
            key={day}
            className={day === today ? classes.today : weekend ? classes.weekend : undefined}
          >
            {letter(day)}
            <br />
            {Number(day.slice(8))}
          </span>
        );
      })}
    </div>
  );
}

function BarOf({ bar }: { bar: Bar }) {
  const dates = useDates();
  const who = bar.name ? (bar.child ? `Child with ${bar.name}` : bar.name) : "Occupied";
  const until = bar.until ? ` until ${dates.day(bar.until)}` : ", no end known";
  const said = {
    in: `from ${dates.day(bar.from)}${until}`,
    late: `expected to have left${bar.until ? ` on ${dates.day(bar.until)}` : ""}`,
    booked: `comes ${dates.day(bar.from)}${until}`,
    gone: `from ${dates.day(bar.from)}, left${bar.until ? ` ${dates.day(bar.until)}` : ""}`,
    others: `from ${dates.day(bar.from)}${until}`,
  }[bar.state];
  const sign = { in: "", late: "! ", booked: "→ ", gone: "", others: "" }[bar.state];
  const props = {
    className: [
      classes.bar,
      classes[bar.state],
      bar.before && classes.before,
      bar.after && classes.after,
    ]
      .filter(Boolean)
      .join(" "),
    style: { gridColumn: `${bar.start + 1} / ${bar.end + 1}` },
    title: `${who}: ${said}`,
  };
  const words = (
    <>
      {sign}
      {who}
      {bar.day !== null && ` · day ${bar.day}`}
      <span className={classes.more}> · {said}</span>
    </>
  );
  return bar.to ? (
    <Link to={bar.to} {...props}>
      {words}
    </Link>
  ) : (
    <span {...props}>{words}</span>
  );
}
