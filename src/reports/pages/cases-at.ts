import { paths } from "../../web/paths.ts";
import type { Measure } from "../measure.ts";

/** Which cases of a measure a list shows. */
export type Part = "counting" | "rest";

/** The address of the stays that made up the days taken: of one unit, in one month, or of them all. */
export function occupancyAt(of: {
  months: string;
  program?: string | null;
  month?: string | null;
  unit?: string | null;
  page?: number;
}): string {
  const search = new URLSearchParams({ months: of.months });
  if (of.program) search.set("program", of.program);
  if (of.month) search.set("month", of.month);
  if (of.unit) search.set("unit", of.unit);
  if (of.page && of.page > 1) search.set("page", String(of.page));
  return `${paths.reportOccupancy()}?${search}`;
}

/** The address of the cases behind a number. */
export function casesAt(
  measure: Measure,
  of: {
    months: string;
    program?: string | null;
    month?: string | null;
    part?: Part;
    /** By their value, as a median is found, and not by the day. */
    byValue?: boolean;
    page?: number;
  },
): string {
  const search = new URLSearchParams({ months: of.months });
  if (of.program) search.set("program", of.program);
  if (of.month) search.set("month", of.month);
  if (of.part) search.set("part", of.part);
  if (of.byValue) search.set("by", "value");
  if (of.page && of.page > 1) search.set("page", String(of.page));
  return `${paths.reportCases(measure)}?${search}`;
}
