import { type Day, parseDay } from "../kernel/day.ts";

/** Where a service stands on the way to being claimed. */
export const claimStates = [
  "payable",
  "reduced",
  "denied",
  "pended",
  "not-ready",
  "released",
] as const;
export type ClaimState = (typeof claimStates)[number];

/** What may be released: judged payable, whole or in part, and nothing waits. */
export const readyStates: readonly ClaimState[] = ["payable", "reduced"];

/** What a list of claims is narrowed to. Nothing in it names a consumer: it stands in the address. */
export type ClaimFilter = {
  readonly from: Day | null;
  readonly to: Day | null;
  readonly program: string | null;
  readonly performer: string | null;
};

/** Lines on a page of the list, and the most that one batch takes. */
export const LINES_SHOWN = 50;
export const MOST_IN_BATCH = 500;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Whether it has the form of the product's ids. */
export function isId(text: string | null | undefined): text is string {
  return text != null && UUID.test(text);
}

/** Reads an address; what makes no sense in it is left out. */
export function readFilter(search: URLSearchParams): ClaimFilter & { tab: ClaimState } {
  const id = (name: string) => {
    const given = search.get(name);
    return isId(given) ? given : null;
  };
  const tab = claimStates.find((state) => state === search.get("tab"));
  return {
    from: parseDay(search.get("from") ?? ""),
    to: parseDay(search.get("to") ?? ""),
    program: id("program"),
    performer: id("performer"),
    tab: tab ?? "payable",
  };
}

/** The same as an address's search, with some parts changed. */
export function writeFilter(
  filter: Partial<ClaimFilter> & { tab?: ClaimState; page?: number; batch?: string },
): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(filter)) {
    if (value != null && !(name === "page" && value === 1)) search.set(name, String(value));
  }
  const text = search.toString();
  return text ? `?${text}` : "";
}

/** Why a line that is payable cannot be released yet. */
export type NotReady = "cosign" | "correction" | "rate";

/** Everything that keeps a line waiting, in the order in which it is worth looking at. */
export function notReadyBecause(line: {
  readonly awaitsCosign: boolean;
  readonly awaitsCorrection: boolean;
  readonly centsPerUnit: number | null;
}): readonly NotReady[] {
  return [
    ...(line.awaitsCosign ? (["cosign"] as const) : []),
    ...(line.awaitsCorrection ? (["correction"] as const) : []),
    ...(line.centsPerUnit === null ? (["rate"] as const) : []),
  ];
}
