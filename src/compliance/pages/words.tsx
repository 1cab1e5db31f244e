import { Badge } from "@mantine/core";
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleX,
  IconHelpCircle,
  IconHourglass,
  IconMinus,
  IconScissors,
  IconSend,
} from "@tabler/icons-react";
import type { Verdict } from "../../policy/judgement.ts";
import { useDates, useMe } from "../../web/use-me.ts";
import type { ClaimState, NotReady } from "../claim.ts";
import { sayExplanation } from "../explanation.ts";
import { formatMoney } from "../money.ts";

/** What each state of a claim is called, and what it means for the biller. */
export const states: Record<
  ClaimState | "not-applicable",
  { word: string; about: string; color: string; icon: typeof IconSend }
> = {
  payable: {
    word: "Payable",
    about: "Every clause is met. Ready to be released.",
    color: "teal",
    icon: IconCircleCheck,
  },
  reduced: {
    word: "Reduced",
    about: "A limit leaves only some of the units. Ready to be released with these.",
    color: "blue",
    icon: IconScissors,
  },
  denied: {
    word: "Denied",
    about:
      "A clause is breached: nothing can be claimed. A question to the signer may show that a fact was wrongly recorded.",
    color: "red",
    icon: IconCircleX,
  },
  pended: {
    word: "Pended",
    about: "A fact is missing, so a clause cannot be judged. Ask the signer for it.",
    color: "yellow",
    icon: IconHelpCircle,
  },
  "not-ready": {
    word: "Not ready",
    about: "Payable, but something has to happen first.",
    color: "orange",
    icon: IconHourglass,
  },
  released: {
    word: "Released",
    about: "Claimed. What was released is never changed; it can be reversed with a reason.",
    color: "gray",
    icon: IconSend,
  },
  "not-applicable": {
    word: "No bulletin applies",
    about: "No bulletin is for this service on its day.",
    color: "gray",
    icon: IconMinus,
  },
};

/** A state in its word, its sign and its colour. */
export function StateBadge({ state }: { state: ClaimState | "not-applicable" }) {
  const { word, color, icon: Icon } = states[state];
  return (
    <Badge color={color} leftSection={<Icon size={13} aria-hidden />}>
      {word}
    </Badge>
  );
}

/** Why a payable line waits. */
export const waiting: Record<NotReady, string> = {
  cosign: "Awaits the supervisor's co-signature",
  correction: "A correction awaits the supervisor",
  rate: "No rate is set for its day",
};

const verdicts: Record<Verdict, { word: string; color: string; icon: typeof IconSend }> = {
  met: { word: "Met", color: "teal", icon: IconCircleCheck },
  breached: { word: "Breached", color: "red", icon: IconCircleX },
  unknown: { word: "Unknown", color: "yellow", icon: IconHelpCircle },
  "not-applicable": { word: "Not counted", color: "gray", icon: IconMinus },
};

/** A verdict; one that only advises never denies, and looks so. */
export function VerdictBadge({ verdict, advises }: { verdict: Verdict; advises: boolean }) {
  const mild = advises && verdict === "breached";
  const { word, color, icon } = verdicts[verdict];
  const Icon = mild ? IconAlertTriangle : icon;
  return (
    <Badge color={mild ? "orange" : color} leftSection={<Icon size={13} aria-hidden />}>
      {advises ? `${word}, advice` : word}
    </Badge>
  );
}

/** Shows whole cents as money of the agency's country. */
export function useMoney(): (cents: number) => string {
  const { locale } = useMe().agency;
  return (cents) => formatMoney(cents, locale);
}

/** "1 line", "2 lines". */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString("en-US")} ${count === 1 ? one : many}`;
}

/**
 * Shows an explanation without ids, and with the agency's way of writing days and times.
 *
 * @param starts when other lines began, by id, where the page knows it
 */
export function useExplained(
  starts: Readonly<Record<string, string | null>> = {},
): (explanation: string) => string {
  const dates = useDates();
  const start = (id: string) => {
    const time = starts[id];
    return time ? dates.time(time) : null;
  };
  return (explanation) => sayExplanation(explanation, { day: dates.day, start });
}
