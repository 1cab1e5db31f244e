import { findEpisodes } from "../../episodes/store.ts";
import { type Day, formatDay } from "../../kernel/day.ts";
import { findDischargePoints } from "../../plans/discharge-store.ts";
import { findRelapsePlan } from "../../plans/relapse-store.ts";
import { findGoals, findPlans } from "../../plans/store.ts";
import type { Visit } from "../../web/guard.ts";
import { capital, wordsOf } from "../../web/words.ts";
import type { Letter, Sayable } from "../letter.ts";
import { sayNeed } from "../referral.ts";
import { findLetterPerson } from "../sending-store.ts";

type Referral = { need: string; what: string; for_whom: string; support: string | null };

/** What the record could say in a letter, by topic; which of it may be told is decided afterwards. */
export async function findSayable(visit: Visit, referral: Referral): Promise<Sayable> {
  const { db, consumerId, me } = visit;
  const words = wordsOf(me.agency.locale);
  const date = (day: string) => formatDay(day as Day, me.agency.locale);
  const [episode] = await findEpisodes(db, consumerId);
  const plan = (await findPlans(db, consumerId)).find(({ state }) => state === "active");
  const goals = plan ? ((await findGoals(db, consumerId, [plan.id])).get(plan.id) ?? []) : [];
  const points = (await findDischargePoints(db, consumerId)).filter(
    (point) => point.episode_id === episode?.id && !point.done_on && !point.dropped_on,
  );
  const { triggers, strategies } = await findRelapsePlan(db, consumerId);
  const standing = <T extends { ended_at: Date | null }>(lines: readonly T[]) =>
    lines.filter((line) => line.ended_at === null);
  return {
    attendance: {
      heading: "Contact with us",
      lines: [
        ...(episode ? [`They have been coming to us since ${date(episode.opened_on)}.`] : []),
        `${me.name} of ${me.agency.name} writes this and can be asked.`,
      ],
    },
    needs: {
      heading: "What we ask you for",
      lines: [
        `${sayNeed(referral.need)}: ${referral.what}`,
        ...(referral.for_whom === "relative" ? ["It is for a relative of theirs."] : []),
      ],
    },
    "treatment-plan": {
      heading: capital(words.carePlan),
      lines: goals
        .filter(({ status }) => status === "open")
        .flatMap((goal) => [
          goal.text,
          ...goal.objectives
            .filter(({ status }) => status === "open")
            .map(({ text }) => `Step: ${text}`),
        ]),
    },
    "discharge-plan": {
      heading: "Plans for when they leave",
      lines: points.map(({ text }) => text),
    },
    "relapse-plan": {
      heading: "Relapse prevention",
      lines: [
        ...standing(triggers).map(({ text }) => `What brings it nearer: ${text}`),
        ...standing(strategies).map(({ text }) => `What helps: ${text}`),
      ],
    },
    progress: {
      heading: "How it goes",
      lines: goals.filter(({ status }) => status === "met").map(({ text }) => `Reached: ${text}`),
    },
  };
}

/** Whom the letter is about; how they are rung only where whoever receives it has to, and as it was agreed. */
export async function findWho(
  { db, consumerId, me }: Visit,
  ring: Pick<Letter["who"], "phone" | "reach"> | null,
): Promise<Letter["who"] | null> {
  const person = await findLetterPerson(db, consumerId);
  if (!person) return null;
  return {
    name: `${person.given_name} ${person.family_name}`,
    born: person.date_of_birth ? formatDay(person.date_of_birth as Day, me.agency.locale) : null,
    phone: ring?.phone ?? null,
    reach: ring?.reach ?? null,
  };
}
