import { Badge, Box, Button, Group, Menu, Text } from "@mantine/core";
import {
  IconAlertTriangle,
  IconBan,
  IconChevronDown,
  IconLanguage,
  IconRefreshAlert,
  IconShieldExclamation,
  IconUrgent,
  IconUserCheck,
} from "@tabler/icons-react";
import type { ReactNode } from "react";
import { Link } from "react-router";
import { type HighRisk, highRiskWords } from "../../episodes/assessment.ts";
import type { Safety } from "../../episodes/come-back.ts";
import { type EpisodeJourney, statusWords } from "../../episodes/journey.ts";
import { type Day, daysBetween } from "../../kernel/day.ts";
import { paths } from "../../web/paths.ts";
import { useDates, useWords } from "../../web/use-me.ts";
import { capital } from "../../web/words.ts";
import type { findBanner } from "../banner-store.ts";
import { fullName } from "../consumer.ts";
import classes from "./banner.module.css";

/** A support as the banner shows them: what may be told, or that nothing may. */
export type SupportChip = {
  supportId: string;
  name: string;
  state: "no-contact" | "live" | "ask-again";
  until: Day | null;
};

export type BannerData = NonNullable<Awaited<ReturnType<typeof findBanner>>> & {
  today: Day;
  chips: SupportChip[];
  meter: { limit: number; left: number } | null;
  /** The episodes as they stand today, the newest first. */
  journey: EpisodeJourney[];
  highRisk: HighRisk | null;
  /** A duty alert that is open for them. */
  alert: Safety["alert"];
};

/**
 * Who this record is about, and what one must not overlook, at the head of each of its pages. Never
 * printed: what goes home with one relative must not name another.
 */
export function Banner({ data }: { data: BannerData }) {
  const { consumer, today } = data;
  const dates = useDates();
  const words = useWords();
  const name = fullName(consumer);
  const legal = `${consumer.given_name} ${consumer.family_name}`;
  return (
    <Box
      component="section"
      className={`${classes.banner} no-print`}
      aria-label={capital(words.consumer)}
    >
      <Group className={classes.head} justify="space-between" wrap="nowrap" gap="xs">
        <Group gap="0.1rem 0.7rem" align="baseline" style={{ minWidth: 0 }}>
          <Text fw={700} size="lg" lh={1.25}>
            {name}
          </Text>
          {consumer.preferred_name && (
            <Text size="sm" c="dimmed">
              ({legal})
            </Text>
          )}
          <Text size="sm" c="dimmed">
            {consumer.pronouns && `${consumer.pronouns} · `}
            {dates.born(consumer, today)}
            {" · "}No. {consumer.number}
          </Text>
        </Group>
        <Actions id={consumer.id} />
      </Group>
      <Group className={classes.chips} gap={6}>
        <Chips data={data} />
      </Group>
    </Box>
  );
}

function Chips({ data }: { data: BannerData }) {
  const { consumer, today, keyworker, emergencyUntil, meter, highRisk } = data;
  const dates = useDates();
  const words = useWords();
  const stops = data.chips.filter(({ state }) => state === "no-contact");
  const again = data.chips.filter(({ state }) => state === "ask-again");
  const live = data.chips.filter(({ state }) => state === "live");
  const shown = live.slice(0, 3);
  return (
    <>
      {emergencyUntil && (
        <Chip color="red" icon={<IconShieldExclamation size={14} aria-hidden />} filled>
          Emergency access until {dates.instant(emergencyUntil)}
        </Chip>
      )}
      {highRisk && (
        <Chip
          color="red"
          filled
          icon={<IconAlertTriangle size={14} aria-hidden />}
          to={`${paths.assessment(consumer.id)}#risk`}
        >
          {highRiskWords(highRisk)}
        </Chip>
      )}
      {data.alert && (
        <Chip
          color="red"
          filled
          icon={<IconUrgent size={14} aria-hidden />}
          to={paths.alert(data.alert.id)}
        >
          Duty alert open{data.alert.taken_by ? `: ${data.alert.taken_by}` : ", not taken up"}
        </Chip>
      )}
      {!consumer.date_of_birth && (
        <Chip color="orange" to={paths.editPerson(consumer.id)}>
          Ask for the date of birth
        </Chip>
      )}
      {stops.map(({ supportId, name }) => (
        <Chip
          key={supportId}
          color="red"
          filled
          icon={<IconBan size={14} aria-hidden />}
          to={paths.support(consumer.id, supportId)}
        >
          No contact: {name}
        </Chip>
      ))}
      <Chip color="gray">{episodeWords(data, words)}</Chip>
      <Chip color="gray">
        {capital(words.keyworker)}: {keyworker?.name ?? "nobody yet"}
      </Chip>
      {meter && (
        <Chip color={meter.left === 0 ? "orange" : "tide"}>
          {meter.left} of {meter.limit} units left this week
        </Chip>
      )}
      {(consumer.interpreter || consumer.language !== "English") && (
        <Chip color="grape" icon={<IconLanguage size={14} aria-hidden />}>
          {consumer.language}
          {consumer.interpreter && " · interpreter"}
        </Chip>
      )}
      {consumer.access_needs && <Chip color="grape">{consumer.access_needs}</Chip>}
      {again.map(({ supportId, name }) => (
        <Chip
          key={supportId}
          color="orange"
          icon={<IconRefreshAlert size={14} aria-hidden />}
          to={paths.support(consumer.id, supportId)}
        >
          Ask again: consent for {name}
        </Chip>
      ))}
      {shown.map(({ supportId, name, until }) => {
        const days = until ? daysBetween(today, until) : null;
        const soon = days !== null && days <= 14;
        return (
          <Chip
            key={supportId}
            color={soon ? "orange" : "teal"}
            icon={
              soon ? (
                <IconAlertTriangle size={14} aria-hidden />
              ) : (
                <IconUserCheck size={14} aria-hidden />
              )
            }
            to={paths.support(consumer.id, supportId)}
          >
            Consent: {name}
            {soon && ` · ${expiryWords(days)}`}
          </Chip>
        );
      })}
      {live.length > shown.length && (
        <Chip color="teal" to={paths.supports(consumer.id)}>
          and {live.length - shown.length} more
        </Chip>
      )}
    </>
  );
}

function Chip({
  color,
  icon,
  to,
  filled,
  children,
}: {
  color: string;
  icon?: ReactNode;
  to?: string;
  filled?: boolean;
  children: ReactNode;
}) {
  const link = to ? { component: Link, to, style: { cursor: "pointer" } } : {};
  return (
    <Badge
      color={filled ? `${color}.8` : color}
      variant={filled ? "filled" : "light"}
      leftSection={icon}
      maw="100%"
      {...(filled ? {} : { c: "var(--mantine-color-text)" })}
      {...(link as object)}
    >
      {children}
    </Badge>
  );
}

/** "expires today", "expires in 9 days". */
export function expiryWords(days: number): string {
  if (days < 0) return "expired";
  if (days === 0) return "expires today";
  return days === 1 ? "expires tomorrow" : `expires in ${days} days`;
}

/** "Residential, day 12 · Alder House": the same words as the journey's. */
function episodeWords(
  { journey, enrolments, today }: BannerData,
  words: ReturnType<typeof useWords>,
): string {
  const [current] = journey;
  if (!current) return "No episode yet";
  const status = statusWords(current, today, words);
  if (current.closed) return status;
  const names = enrolments.map(({ name, valid_from }) =>
    valid_from === null ? `waits for ${name}` : valid_from > today ? `${name} soon` : name,
  );
  return [status, ...names].join(" · ");
}

function Actions({ id }: { id: string }) {
  const words = useWords();
  const items = [
    { label: "Plan a Family Conference", to: paths.newConference(id) },
    { label: "Record a session", to: paths.newService(id) },
    { label: "Call for help, or back in", to: paths.comeBack(id) },
    { label: `Add a ${words.support}`, to: paths.newSupport(id) },
    { label: "Episode and team", to: paths.enrolments(id) },
    { label: "Identity and contact", to: paths.person(id) },
    { label: "What was disclosed", to: paths.disclosures(id) },
  ];
  return (
    <Menu position="bottom-end" width={230}>
      <Menu.Target>
        <Button
          variant="default"
          size="xs"
          className="no-print"
          style={{ flex: "none" }}
          rightSection={<IconChevronDown size={14} aria-hidden />}
        >
          Actions
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {items.map(({ label, to }) => (
          <Menu.Item key={to} component={Link} to={to}>
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
