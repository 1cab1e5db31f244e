import { paths } from "../../web/paths.ts";
import type { Measure } from "../measure.ts";

/** Which cases of a measure a list shows. */
export type Part = "counting" | "rest";

/** The address of the cases behind a number. */
export function casesAt(
  measure: Measure,
  of: {
    months: string;
    program?: string | null;
    month?: string | null;
    part?: Part;
    page?: number;
  },
): string {
  const search = new URLSearchParams({ months: of.months });
  if (of.program) search.set("program", of.program);
  if (of.month) search.set("month", of.month);
  if (of.part) search.set("part", of.part);
  if (of.page && of.page > 1) search.set("page", String(of.page));
  return `${paths.reportCases(measure)}?${search}`;
}
