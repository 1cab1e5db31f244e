import type { Draft } from "./conference-draft.ts";

/** What the draft says of who took part; null is "not recorded", never "no". */
export function presenceOf(
  draft: Draft,
  expected: readonly string[],
): { consumerPresent: boolean | null; supportsPresent: number | null } {
  const came = draft.here.supports.filter((support) => support.came === "yes").length;
  const answered = new Set(
    draft.here.supports.filter((support) => support.came !== null).map(({ id }) => id),
  );
  const open = expected.some((id) => !answered.has(id));
  const nobodyAsked = answered.size === 0 && draft.here.consumer === null;
  return {
    consumerPresent: draft.here.consumer === null ? null : draft.here.consumer === "yes",
    supportsPresent: came === 0 && (open || nobodyAsked) ? null : came,
  };
}
