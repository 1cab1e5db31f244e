import {
  Anchor,
  Badge,
  Group,
  NativeSelect,
  Paper,
  SimpleGrid,
  Text,
  Textarea,
  TextInput,
} from "@mantine/core";
import { useEffect, useRef } from "react";
import { Link, useLoaderData, useSearchParams } from "react-router";
import { type Day, daysBetween } from "../../kernel/day.ts";
import { fullName } from "../../people/consumer.ts";
import { isId } from "../../storage/id.ts";
import { Form, useFields } from "../../web/form.tsx";
import { act, page } from "../../web/guard.ts";
import { FormButtons } from "../../web/one-form.tsx";
import { Pager, readPage } from "../../web/pager.tsx";
import { Empty, LinkButton, PageHead } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useDates, useMay, useMe, useWords } from "../../web/use-me.ts";
import { capital } from "../../web/words.ts";
import { clockOn, clockWords, urgencies } from "../clock.ts";
import { alarmWords } from "../come-back.ts";
import { offerAnswers, sourceWords } from "../referral-in.ts";
import { countWaiting, findWait, findWaiting, type Waiting } from "../waiting-store.ts";
import classes from "./intake.module.css";
import { HelpForm } from "./interim-help.tsx";
import { waitingAction } from "./waiting-action.ts";

export const meta = () => [{ title: "Waiting · Throughcare" }];

const PAGE = 25;

export const loader = page("record.read", async ({ db, today, url, listed }) => {
  const counts = await countWaiting(db);
  const asked = url.searchParams.get("program");
  const program = counts.find(({ id }) => id === asked)?.id ?? null;
  const at = readPage(url.searchParams);
  const listedRows = await findWaiting(db, {
    ...{ programId: program, skip: (at - 1) * PAGE, most: PAGE },
  });
  // Whose form is asked for stands on the page, wherever on the list they are.
  const of = url.searchParams.get("of") ?? "";
  const asks = isId(of) && !listedRows.some(({ enrolment_id }) => enrolment_id === of);
  const wanted = asks ? await findWait(db, of) : null;
  const rows = wanted ? [wanted, ...listedRows] : listedRows;
  await listed(rows.map(({ consumer_id }) => consumer_id));
  const all = counts.filter(({ id }) => !program || id === program);
  const total = all.reduce((sum, { waiting }) => sum + waiting, 0);
  return { today, counts, program, rows, page: at, pages: Math.ceil(total / PAGE) };
});

export const action = act("record.write", waitingAction);

/** Who waits for my programmes, who comes first, and the next step for each. */
export default function WaitingList() {
  const { counts, program, rows, page: at, pages } = useLoaderData<typeof loader>();
  const words = useWords();
  const mayDo = useMay();
  const total = counts.reduce((sum, { waiting }) => sum + waiting, 0);
  const to = (wanted: string | null, page = 1) => {
    const search = new URLSearchParams({
      ...(wanted && { program: wanted }),
      ...(page > 1 && { page: String(page) }),
    }).toString();
    return search ? `${paths.waiting()}?${search}` : paths.waiting();
  };
  return (
    <>
      <PageHead
        title="Waiting"
        about="Whoever may be in danger first, then priority, then whose next step is due soonest."
        actions={
          mayDo("referral.take") && <LinkButton to={paths.newReferral()}>New referral</LinkButton>
        }
      />
      {counts.length > 1 && (
        <Group component="nav" aria-label={`Narrow to a ${words.program}`} gap={6} mb="sm">
          {[{ id: null, name: "All", waiting: total, overdue: 0 }, ...counts].map((one) => (
            <LinkButton
              key={one.id ?? "all"}
              to={to(one.id)}
              size="compact-sm"
              radius="xl"
              variant={one.id === program ? "filled" : "default"}
              {...(one.id === program ? { "aria-current": "true" } : {})}
            >
              {one.name} ({one.waiting})
            </LinkButton>
          ))}
        </Group>
      )}
      {rows.length === 0 ? (
        <Empty>Nobody waits{program ? ` for this ${words.program}` : ""}.</Empty>
      ) : (
        <Paper component="ul" style={{ listStyle: "none", paddingBlock: 4 }} aria-label="Waiting">
          {rows.map((row) => (
            <Row key={row.enrolment_id} row={row} />
          ))}
        </Paper>
      )}
      <Pager page={at} pages={pages} to={(other) => to(program, other)} />
    </>
  );
}

function Row({ row }: { row: Waiting }) {
  const { today, counts } = useLoaderData<typeof loader>();
  const { locale } = useMe().agency;
  const dates = useDates();
  const words = useWords();
  const form = useOpen();
  const days = daysBetween(row.since as Day, today);
  const start = clockOn(row.due_on as Day, today);
  const step = stepOf(row, today);
  const help =
    [
      row.helped && `${row.helped} (${dates.day(row.helped_on ?? "")})`,
      row.interim_help && `${row.interim_help}${row.helped ? " (with the referral)" : ""}`,
    ]
      .filter(Boolean)
      .join(" · ") || null;
  const told = [
    counts.length > 1 ? row.program : null,
    row.source && `Referred by: ${sourceWords(row.source, locale)}`,
    `${capital(words.keyworker)}: ${row.keyworker ?? "nobody yet"}`,
  ].filter(Boolean);
  return (
    <li className={classes.wait}>
      <div className={classes.row}>
        <div>
          <Group gap="xs">
            <Anchor component={Link} to={paths.consumer(row.consumer_id)} fw={600}>
              {fullName(row)}
            </Anchor>
            {row.priority && (
              <Badge color="orange">
                Priority{row.pregnant ? ": pregnant" : row.injecting ? ": injecting" : ""}
                {row.pregnant && row.injecting && ", injecting"}
              </Badge>
            )}
            {row.urgency && row.urgency !== "routine" && (
              <Badge color="red">{urgencies[row.urgency]}</Badge>
            )}
            {row.alert_id && (
              <Badge
                component={Link}
                to={paths.alert(row.alert_id)}
                color="red.8"
                variant="filled"
                style={{ cursor: "pointer" }}
              >
                Duty alert open{row.alert_taken_by ? `: ${row.alert_taken_by}` : ", not taken up"}
              </Badge>
            )}
          </Group>
          {row.alarms && row.alarms.length > 0 && (
            <Text size="sm" fw={600}>
              Said when they called: {alarmWords(row.alarms)}
            </Text>
          )}
          <Text size="sm" mt={2}>
            Waits {days === 0 ? "since today" : days === 1 ? "1 day" : `${days} days`}
            {" · "}
            {row.offer_id ? (
              <>start offered for {dates.weekday(row.offered_for ?? "")}</>
            ) : (
              <Text span inherit fw={start.state === "overdue" ? 700 : undefined}>
                a start by {dates.day(row.due_on)}: {clockWords(start).toLowerCase()}
              </Text>
            )}
          </Text>
          {step.clock && (
            <Text size="sm" fw={step.clock.state === "overdue" ? 700 : undefined}>
              Triage by {dates.day(row.triage_due ?? "")}: {clockWords(step.clock).toLowerCase()}
              {row.triage_outcome === "could-not-reach" && " · not reached yet"}
            </Text>
          )}
          <Text size="sm" c="dimmed">
            {told.join(" · ")}
          </Text>
          <Text size="sm" c="dimmed">
            Until then: {help ?? "no help is recorded"}
            {row.safe_to_call && ` · Reach: ${row.safe_to_call}`}
          </Text>
        </div>
        <div className={classes.does}>
          {step.buttons.map(({ label, to, first }) => (
            <LinkButton
              key={label}
              {...(to ? {} : { preventScrollReset: true })}
              to={
                to ?? form.opens(label === "Offer a start" ? "offer" : "answer", row.enrolment_id)
              }
              size="compact-sm"
              variant={first ? "filled" : "default"}
            >
              {label}
            </LinkButton>
          ))}
          <LinkButton
            to={form.opens("help", row.enrolment_id)}
            preventScrollReset
            size="compact-sm"
            variant={row.priority && !help ? "light" : "subtle"}
          >
            Record help given
          </LinkButton>
        </div>
      </div>
      {form.isOpen("help", row.enrolment_id) && <Help row={row} today={today} />}
      {form.isOpen("offer", row.enrolment_id) && <Offer row={row} today={today} />}
      {form.isOpen("answer", row.enrolment_id) && <Answer row={row} />}
    </li>
  );
}

type Does = { label: string; to?: string; first?: boolean };

/** What comes next for somebody who waits, that step first; the others stay within reach. */
function stepOf(row: Waiting, today: Day) {
  const id = row.consumer_id;
  const triage: Does = { label: "Triage", to: paths.triage(id) };
  const assess: Does = {
    label: row.draft_id ? "Go on assessing" : "Assess",
    to: paths.assessmentEdit(id),
  };
  const offer: Does = { label: "Offer a start" };
  const answer: Does = { label: "Record the answer" };
  const all: Record<Waiting["next"], Does[]> = {
    triage: [triage, assess, offer],
    assess: [assess, offer],
    offer: [offer],
    answer: [answer],
  };
  const [next, ...others] = all[row.next];
  return {
    buttons: next ? [{ ...next, first: true }, ...others] : [],
    clock: row.next === "triage" && row.triage_due ? clockOn(row.triage_due as Day, today) : null,
  };
}

/** Opens one form of the list and keeps the list as it is narrowed. */
function useOpen() {
  const { program, page: at } = useLoaderData<typeof loader>();
  const kept = { ...(program && { program }), ...(at > 1 && { page: String(at) }) };
  const [params] = useSearchParams();
  return {
    isOpen: (what: string, of: string) => params.get("do") === what && params.get("of") === of,
    opens: (what: string, of: string) =>
      `${paths.waiting()}?${new URLSearchParams({ ...kept, do: what, of })}`,
  };
}

/** What was just opened is in view, and the keyboard is in it. */
function useInView() {
  const mark = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const form = mark.current?.closest("form");
    form?.scrollIntoView({ block: "center" });
    form
      ?.querySelector<HTMLElement>("input:not([type=hidden]), select")
      ?.focus({ preventScroll: true });
  }, []);
  return mark;
}

function Help({ row, today }: { row: Waiting; today: Day }) {
  const here = useInView();
  return (
    <HelpForm today={today}>
      <span ref={here} />
      <input type="hidden" name="id" value={row.enrolment_id} />
    </HelpForm>
  );
}

function Offer({ row, today }: { row: Waiting; today: Day }) {
  const field = useFields({}, "offer");
  const here = useInView();
  return (
    <Form intent="offer" style={{ maxWidth: "36rem", marginTop: 12 }}>
      <span ref={here} />
      <input type="hidden" name="id" value={row.enrolment_id} />
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <TextInput
          type="date"
          label={`First day in ${row.program}`}
          min={today}
          {...field("start_on")}
        />
        <TextInput label="Note" placeholder="Time and place" {...field("note")} />
      </SimpleGrid>
      <FormButtons>Offer this start</FormButtons>
    </Form>
  );
}

function Answer({ row }: { row: Waiting }) {
  const dates = useDates();
  const field = useFields({}, "answer");
  const here = useInView();
  return (
    <Form intent="answer" style={{ maxWidth: "36rem", marginTop: 12 }}>
      <span ref={here} />
      <input type="hidden" name="id" value={row.enrolment_id} />
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <NativeSelect
          label={`Answer to the start on ${dates.weekday(row.offered_for ?? "")}`}
          data={[
            { value: "", label: "Choose the answer" },
            ...Object.entries(offerAnswers).map(([value, label]) => ({ value, label })),
          ]}
          {...field("answer")}
        />
        <Textarea label="Note" autosize minRows={1} {...field("note")} />
      </SimpleGrid>
      <FormButtons>Record the answer</FormButtons>
    </Form>
  );
}
