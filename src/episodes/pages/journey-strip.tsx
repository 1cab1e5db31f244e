import { Paper, Text, Title, VisuallyHidden } from "@mantine/core";
import { IconArrowBackUp } from "@tabler/icons-react";
import { type Day, daysBetween } from "../../kernel/day.ts";
import { useDates, useWords } from "../../web/use-me.ts";
import { reasonWords } from "../episode.ts";
import { type EpisodeJourney, journeyStages, type Stage, statusWords } from "../journey.ts";
import classes from "./journey-strip.module.css";

const stateWords: Record<Stage["state"], string> = {
  done: "",
  now: "now",
  skipped: "not part of it",
  ahead: "not yet",
};

/** The journey from referral to aftercare, with a line for each earlier episode that it came back from. */
export function JourneyStrip({ journey, today }: { journey: EpisodeJourney[]; today: Day }) {
  const dates = useDates();
  const words = useWords();
  const [current, ...earlier] = journey;
  if (!current) return null;
  const [before] = earlier;
  return (
    <Paper component="section" className={classes.strip} aria-labelledby="journey">
      <div className={classes.head}>
        <Title order={2} id="journey">
          Journey
        </Title>
        <Text size="sm" fw={600}>
          {statusWords(current, today, words)}
        </Text>
        <Text size="sm" c="dimmed">
          Episode from {dates.day(current.opened)}
          {current.closed && ` to ${dates.day(current.closed)}: ${reasonWords(current.reason)}`}
        </Text>
      </div>
      <ol className={classes.stages}>
        {current.stages.map((stage) => (
          <StageOf key={stage.key} stage={stage} today={today} />
        ))}
      </ol>
      {before && (
        <ol className={classes.earlier} aria-label="Earlier episodes">
          {before.closed && (
            <li className={classes.branch}>
              <IconArrowBackUp size={16} aria-hidden />
              <span>
                Came back on {dates.day(current.opened)},{" "}
                {span(daysBetween(before.closed, current.opened))} after the episode before
              </span>
            </li>
          )}
          {earlier.map((one, index) => (
            <Earlier key={one.episode} one={one} before={earlier[index + 1]} />
          ))}
        </ol>
      )}
    </Paper>
  );
}

function StageOf({ stage, today }: { stage: Stage; today: Day }) {
  const dates = useDates();
  const { key, state, from, to, days } = stage;
  const stays = days !== null;
  const open = stays && to === null;
  return (
    <li
      className={classes.stage}
      data-state={state}
      aria-current={state === "now" ? "step" : undefined}
    >
      <span className={classes.name}>
        {journeyStages[key]}
        {stateWords[state] && <VisuallyHidden>, {stateWords[state]}</VisuallyHidden>}
      </span>
      {from && (
        <span className={classes.when}>
          {dates.day(from)}
          {stays && (
            <>
              {to && to !== from && ` – ${dates.day(to)}`}
              {" · "}
              {open ? `day ${daysBetween(from, today) + 1}` : lived(days)}
            </>
          )}
        </span>
      )}
    </li>
  );
}

/** An earlier episode in a line: from when to when, what was in it, how it ended. */
function Earlier({ one, before }: { one: EpisodeJourney; before: EpisodeJourney | undefined }) {
  const dates = useDates();
  const stays = one.stages
    .filter(({ days }) => days !== null)
    .map(({ key, days }) => `${journeyStages[key]} ${lived(days ?? 0)}`);
  const parts = [...stays, reasonWords(one.reason)].filter(Boolean).join(" · ");
  return (
    <>
      <li>
        <Text span inherit fw={500}>
          {dates.day(one.opened)}
          {one.closed && ` – ${dates.day(one.closed)}`}
        </Text>
        {parts && (
          <Text span inherit c="dimmed">
            {" · "}
            {parts}
          </Text>
        )}
      </li>
      {before?.closed && (
        <li className={classes.branch}>
          <IconArrowBackUp size={16} aria-hidden />
          <span>
            Came back on {dates.day(one.opened)}, {span(daysBetween(before.closed, one.opened))}{" "}
            after the episode before
          </span>
        </li>
      )}
    </>
  );
}

/** In and out within a day is no night. */
function lived(days: number): string {
  return days === 0 ? "the same day" : span(days);
}

function span(days: number): string {
  if (days < 0) return "0 days";
  if (days < 70) return days === 1 ? "1 day" : `${days} days`;
  return days < 730 ? `${Math.round(days / 7)} weeks` : `${Math.floor(days / 365)} years`;
}
