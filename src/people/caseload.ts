/** The ways to look at the people one works with. */
export const caseloadViews = ["mine", "programs", "waiting", "new", "left"] as const;
export type CaseloadView = (typeof caseloadViews)[number];

export const caseloadSorts = ["name", "next", "since"] as const;
export type CaseloadSort = (typeof caseloadSorts)[number];

/** What an address asks for; anything else is the default. */
export function readCaseload(search: URLSearchParams, fallback: CaseloadView) {
  const view = caseloadViews.find((one) => one === search.get("view")) ?? fallback;
  const sort = caseloadSorts.find((one) => one === search.get("sort")) ?? "name";
  return { view, sort };
}
