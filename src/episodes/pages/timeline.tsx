import { Anchor, Badge, Button, Group, Text, ThemeIcon } from "@mantine/core";
import {
  IconAlertCircle,
  IconArrowsExchange,
  IconBan,
  IconBed,
  IconCalendarEvent,
  IconCalendarPlus,
  IconChartLine,
  IconChecks,
  IconClipboardText,
  IconCoins,
  IconDoorEnter,
  IconEar,
  IconEdit,
  IconFileCertificate,
  IconListCheck,
  IconMapPin,
  IconPhone,
  IconPill,
  IconReportMedical,
  IconShare,
  IconShieldHeart,
  IconStairs,
  IconUserHeart,
  IconUsers,
  IconWalk,
  IconWall,
} from "@tabler/icons-react";
import { Link, useLoaderData, useRouteLoaderData } from "react-router";
import type { loader as layoutLoader } from "../../people/pages/consumer-layout.tsx";
import { findMeasures } from "../../reports/outcome-store.ts";
import { OutcomeSummary } from "../../reports/pages/outcome-charts.tsx";
import { page } from "../../web/guard.ts";
import { Empty, LinkButton, PageHead } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useDates, useMe, useWords } from "../../web/use-me.ts";
import {
  byDay,
  cursorOf,
  detailOf,
  isTimelineGroup,
  type TimelineEntry,
  type TimelineGroup,
  type TimelineKind,
  timelineGroups,
  titleOf,
} from "../timeline.ts";
import { badgeOf, type Badge as EntryBadge } from "../timeline-badge.ts";
import { findTimeline } from "../timeline-store.ts";
import { JourneyStrip } from "./journey-strip.tsx";
import classes from "./timeline.module.css";
import { linkOf } from "./timeline-link.ts";

export const meta = () => [{ title: "Timeline · Throughcare" }];

export const loader = page("record.read", async ({ db, me, url, consumerId, today }) => {
  const asked = url.searchParams.get("kind");
  const group = isTimelineGroup(asked) ? asked : null;
  const before = url.searchParams.get("before");
  const found = await findTimeline(db, consumerId, {
    zone: me.agency.timeZone,
    group,
    before,
  });
  const last = found.entries.at(-1);
  return {
    consumerId,
    today,
    group,
    later: before !== null,
    // How it is going stands above the newest entries, and is not read again for each earlier page.
    measures: before || group ? [] : await findMeasures(db, consumerId),
    days: byDay(found.entries),
    next: found.earlier && last ? cursorOf(last) : null,
  };
});

const icons: Record<TimelineKind, typeof IconUsers> = {
  "episode-opened": IconDoorEnter,
  "episode-closed": IconDoorEnter,
  "come-back": IconDoorEnter,
  "come-back-seen": IconWalk,
  "duty-alert": IconAlertCircle,
  "concern-call": IconEar,
  "open-contact": IconStairs,
  "referral-in": IconDoorEnter,
  triage: IconListCheck,
  "interim-help": IconListCheck,
  assessment: IconReportMedical,
  "start-offer": IconCalendarPlus,
  "start-answer": IconCalendarPlus,
  "enrolment-requested": IconMapPin,
  "enrolment-started": IconMapPin,
  "enrolment-ended": IconMapPin,
  "assignment-started": IconUserHeart,
  "assignment-ended": IconUserHeart,
  appointment: IconUsers,
  service: IconCalendarEvent,
  addendum: IconEdit,
  correction: IconEdit,
  "group-missed": IconCalendarEvent,
  "family-contact": IconEar,
  plan: IconClipboardText,
  "plan-review": IconClipboardText,
  "prescribing-started": IconPill,
  "prescribing-ended": IconPill,
  left: IconWalk,
  "left-contact": IconPhone,
  "aftercare-plan": IconShieldHeart,
  "support-handed": IconUsers,
  "support-answered": IconUsers,
  "support-planned": IconUsers,
  "support-over": IconUsers,
  "gain-named": IconShieldHeart,
  "gain-looked": IconShieldHeart,
  "gain-let-go": IconShieldHeart,
  outcome: IconChartLine,
  "not-obtained": IconChartLine,
  "agreement-done": IconChecks,
  "relapse-lines": IconShieldHeart,
  "discharge-conference": IconStairs,
  "discharge-points": IconStairs,
  barriers: IconWall,
  support: IconUsers,
  "support-ended": IconUsers,
  consent: IconFileCertificate,
  "consent-revoked": IconFileCertificate,
  "no-contact": IconBan,
  "no-contact-lifted": IconBan,
  disclosure: IconShare,
  "placement-asked": IconBed,
  "placement-withdrawn": IconBed,
  "placement-admitted": IconBed,
  "placement-moved": IconBed,
  "placement-ended": IconBed,
  "child-place": IconBed,
  "child-place-left": IconBed,
  "funding-decided": IconCoins,
  leave: IconWalk,
  "leave-back": IconWalk,
  "use-event": IconAlertCircle,
  "use-review": IconAlertCircle,
  "referral-found": IconArrowsExchange,
  "referral-step": IconArrowsExchange,
};

const tones: Record<EntryBadge["tone"], string> = {
  done: "teal",
  open: "blue",
  attention: "orange",
  undone: "gray",
};

/** Everything that happened, the newest first. */
export default function Timeline() {
  const { consumerId, days, group, measures, next, later, today } = useLoaderData<typeof loader>();
  const dates = useDates();
  const layout = useRouteLoaderData<typeof layoutLoader>("people/pages/consumer-layout");
  const here = paths.consumer(consumerId);
  const narrowed = (kind: TimelineGroup | null) => (kind ? `${here}?kind=${kind}` : here);
  return (
    <>
      {layout && <JourneyStrip journey={layout.journey} today={layout.today} />}
      <OutcomeSummary measures={measures} to={paths.outcomes(consumerId)} />
      <PageHead title="Timeline" />
      <Group
        component="nav"
        gap={6}
        mb="md"
        aria-label="Narrow the timeline to"
        className="no-print"
      >
        <Filter to={narrowed(null)} current={group === null}>
          Everything
        </Filter>
        {(Object.keys(timelineGroups) as TimelineGroup[]).map((kind) => (
          <Filter key={kind} to={narrowed(kind)} current={group === kind}>
            {timelineGroups[kind]}
          </Filter>
        ))}
      </Group>
      {days.length === 0 && (
        <Empty>{group ? "Nothing of this kind yet." : "Nothing has been recorded yet."}</Empty>
      )}
      {days.map(({ day, entries }) => (
        <section key={day} className={classes.day} aria-labelledby={`day-${day}`}>
          <h2 className={classes.heading} id={`day-${day}`}>
            {dates.day(day)}
            {day === today && " · Today"}
            {day > today && " · Coming up"}
          </h2>
          <ol className={classes.list}>
            {entries.map((entry) => (
              <Entry key={`${entry.kind} ${entry.id}`} entry={entry} consumerId={consumerId} />
            ))}
          </ol>
        </section>
      ))}
      <Group className="no-print">
        {later && (
          <LinkButton to={narrowed(group)} variant="default">
            Back to the newest
          </LinkButton>
        )}
        {next && (
          <LinkButton
            to={`${here}?${new URLSearchParams({ ...(group && { kind: group }), before: next })}`}
            variant="default"
          >
            Show earlier
          </LinkButton>
        )}
      </Group>
    </>
  );
}

function Filter({ to, current, children }: { to: string; current: boolean; children: string }) {
  return (
    <Button
      component={Link}
      to={to}
      size="compact-sm"
      radius="xl"
      variant={current ? "filled" : "default"}
      aria-current={current ? "true" : undefined}
      preventScrollReset
    >
      {children}
    </Button>
  );
}

function Entry({ entry, consumerId }: { entry: TimelineEntry; consumerId: string }) {
  const dates = useDates();
  const words = useWords();
  const Icon = icons[entry.kind];
  const { locale } = useMe().agency;
  const title = titleOf(entry, words, locale);
  const detail = detailOf(entry, locale);
  const badge = badgeOf(entry);
  const link = linkOf(consumerId, entry);
  const alarm = entry.kind === "no-contact";
  return (
    <li className={classes.entry}>
      <ThemeIcon variant="light" color={alarm ? "red" : "tide"} size={26} aria-hidden>
        <Icon size={16} />
      </ThemeIcon>
      <div>
        <Group gap={8} align="center">
          {link ? (
            <Anchor component={Link} to={link} fw={500} size="sm">
              {title}
            </Anchor>
          ) : (
            <Text fw={500} size="sm">
              {title}
            </Text>
          )}
          {badge && (
            <Badge size="sm" color={tones[badge.tone]}>
              {badge.label}
            </Badge>
          )}
        </Group>
        {detail && (
          <Text size="sm" c="dimmed" lineClamp={3} style={{ overflowWrap: "anywhere" }}>
            {detail}
          </Text>
        )}
      </div>
      <div className={classes.aside}>
        {entry.timed && <Text size="sm">{dates.time(entry.at.slice(11, 16))}</Text>}
        {entry.author && (
          <Text size="xs" c="dimmed">
            {entry.author}
          </Text>
        )}
      </div>
    </li>
  );
}
