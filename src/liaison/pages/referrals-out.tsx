import { Anchor, Badge, Group, Paper, Stack, Text } from "@mantine/core";
import { Link, useLoaderData } from "react-router";
import { z } from "zod";
import { addDays } from "../../kernel/day.ts";
import { fullName } from "../../people/consumer.ts";
import { act, noSuchPage, page } from "../../web/guard.ts";
import { OpenForm, useOneForm } from "../../web/one-form.tsx";
import { Pager, readPage } from "../../web/pager.tsx";
import { Empty, LinkButton, PageHead } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useDates, useMe, useWords } from "../../web/use-me.ts";
import { findReferralsOut, findWhose } from "../out-store.ts";
import {
  awaitsAnswer,
  closesWithOutcome,
  isOverdue,
  maySend,
  nextDay,
  nextStatuses,
  type ReferralStatus,
  referralStatuses,
  sayNeed,
} from "../referral.ts";
import { takeStep } from "./referral-action.ts";
import { ChaseReferral, MoveReferral, statusWords } from "./referral-forms.tsx";

export const meta = () => [{ title: "Referrals without an answer · Throughcare" }];

const PAGE = 30;

export const loader = page("record.read", async ({ db, me, today, url, listed }) => {
  const whose = url.searchParams.get("whose") === "programs" ? "programs" : "mine";
  const number = readPage(url.searchParams);
  const rows = await findReferralsOut(db, {
    ...{ whose, staffId: me.staffId, skip: (number - 1) * PAGE, most: PAGE + 1 },
  } as const);
  const shown = rows.slice(0, PAGE);
  await listed([...new Set(shown.map(({ consumer_id }) => consumer_id))]);
  return {
    whose,
    number,
    more: rows.length > PAGE,
    today,
    chaseOn: addDays(today, 7),
    lines: shown.map((row) => ({
      ...{ id: row.id, consumerId: row.consumer_id, name: fullName(row) },
      ...{ need: row.need, what: row.what, status: row.status, owner: row.owner },
      ...{ ownerId: row.owner_id, provider: row.provider, phone: row.provider_phone },
      sentOn: row.sent_on,
      nextOn: nextDay(row),
      overdue: isOverdue(row, today),
      maySend: maySend(row.status),
      letterWaits: Boolean(row.letter_waits),
      // What can be said here in a line; what has to be thought over is done on the record.
      next: nextStatuses(row.status).filter(
        (to) =>
          ["accepted", "refused", "attended"].includes(to) ||
          closesWithOutcome(row.status, to) ||
          (row.status === "arranged" && to === "provided"),
      ),
    })),
  };
});

/** A step about one of the list; whose it is, is looked up under row security like anything else. */
export const action = act("record.write", async (visit) => {
  const { db, form, listed, url } = visit;
  const asked = z.uuid().safeParse(form.get("id"));
  const known = z.enum(["move", "chase"]).safeParse(form.get("step"));
  const consumerId = asked.success && known.success ? await findWhose(db, asked.data) : null;
  if (!consumerId) throw noSuchPage();
  await listed([consumerId]);
  const back = url.searchParams.get("whose") === "programs" ? "?whose=programs" : "";
  return takeStep({ ...visit, consumerId }, `${paths.referralsOut()}${back}`);
});

type Line = ReturnType<typeof useLoaderData<typeof loader>>["lines"][number];

export default function ReferralsOut() {
  const { lines, whose, number, more } = useLoaderData<typeof loader>();
  const words = useWords();
  const tabs = [
    ["mine", "Mine", paths.referralsOut()],
    ["programs", `My ${words.programs}`, `${paths.referralsOut()}?whose=programs`],
  ] as const;
  return (
    <Stack maw={900} gap={0}>
      <PageHead
        title="Referrals without an answer"
        about="Who was asked and has not said, and what is still to be asked; the longest overdue first."
        actions={
          <LinkButton to={paths.directory()} variant="default">
            Directory
          </LinkButton>
        }
      />
      <Group component="nav" aria-label="Whose" gap={6} mb="md">
        {tabs.map(([one, label, to]) => (
          <LinkButton
            key={one}
            to={to}
            size="compact-sm"
            radius="xl"
            variant={one === whose ? "light" : "subtle"}
            color={one === whose ? "tide" : "gray"}
            {...(one === whose ? { "aria-current": "page" } : { c: "var(--mantine-color-text)" })}
          >
            {label}
          </LinkButton>
        ))}
      </Group>
      {lines.length === 0 && <Empty>Nothing waits: every referral has its answer.</Empty>}
      <Stack gap="sm">
        {lines.map((line) => (
          <One key={line.id} line={line} />
        ))}
      </Stack>
      <Pager
        page={number}
        more={more}
        to={(page) => `?${new URLSearchParams({ whose, page: String(page) })}`}
      />
    </Stack>
  );
}

function One({ line }: { line: Line }) {
  const { today, chaseOn, whose } = useLoaderData<typeof loader>();
  const dates = useDates();
  const me = useMe();
  const form = useListForm(whose);
  const status = statusWords[line.status as ReferralStatus];
  const opened = referralStatuses.find((to) => form.isOpen(to, line.id));
  const about = [line.provider, line.phone].filter(Boolean).join(", ");
  return (
    <Paper component="article" aria-label={`${sayNeed(line.need)} for ${line.name}`}>
      <Group justify="space-between" align="flex-start" gap="xs">
        <div style={{ flex: "1 1 16rem" }}>
          <Group gap="xs">
            <Anchor
              component={Link}
              to={paths.referrals(line.consumerId)}
              fw={600}
              size="sm"
              underline="always"
            >
              {line.name}
            </Anchor>
            <Badge color={status.color}>{status.label}</Badge>
            {line.letterWaits && <Badge color="orange">Letter not sent</Badge>}
            {line.nextOn && (
              <Badge color={line.overdue ? "red" : "gray"}>
                {line.overdue ? "Overdue since " : ""}
                {dates.weekday(line.nextOn)}
              </Badge>
            )}
          </Group>
          <Text size="sm">
            {sayNeed(line.need)}: {line.what}
          </Text>
          <Text size="xs" c="dimmed">
            {[
              about,
              line.sentOn && line.status !== "open" && `asked ${dates.day(line.sentOn)}`,
              line.ownerId !== me.staffId && `${line.owner} sees to it`,
            ]
              .filter(Boolean)
              .join(" · ")}
          </Text>
        </div>
        <Group gap={4} maw="24rem">
          {line.maySend && (
            <LinkButton
              to={(line.letterWaits ? paths.letter : paths.sendReferral)(line.consumerId, line.id)}
              size="compact-sm"
            >
              {line.letterWaits ? "The letter" : "Send it"}
            </LinkButton>
          )}
          {line.next.map((to) => (
            <OpenForm key={to} to={form.opens(to, line.id)}>
              {closesWithOutcome(line.status, to) ? "Close with outcome" : statusWords[to].verb}
            </OpenForm>
          ))}
          {(awaitsAnswer(line.status) || line.status === "accepted") && (
            <OpenForm to={form.opens("chase", line.id)}>Asked again</OpenForm>
          )}
        </Group>
      </Group>
      {opened && (
        <MoveReferral
          key={opened}
          {...{ id: line.id, today, chaseOn }}
          from={line.status}
          status={opened}
        />
      )}
      {form.isOpen("chase", line.id) && <ChaseReferral {...{ id: line.id, today, chaseOn }} />}
    </Paper>
  );
}

/** The one form that is open, on the list it was opened from. */
function useListForm(whose: string) {
  const form = useOneForm();
  return {
    ...form,
    opens: (what: string, of: string) =>
      whose === "mine" ? form.opens(what, of) : `${form.opens(what, of)}&whose=${whose}`,
  };
}
