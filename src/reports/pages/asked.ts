import { getDay, monthOf, parseDay } from "../../kernel/day.ts";
import type { Visit } from "../../web/guard.ts";
import { paths } from "../../web/paths.ts";
import { type Measure, periodOf } from "../measure.ts";
import { type Asked, findMyPrograms, findTargets } from "../measure-store.ts";

export const periods = { "3": "3 months", "12": "12 months", "36": "3 years" } as const;

/** What the address asks for: so many months up to today, or one month; one programme or all of mine. */
export async function readAsked({ db, me, today, url }: Visit) {
  const programs = await findMyPrograms(db);
  const { wait, back, small } = await findTargets(db);
  const wanted = url.searchParams.get("months") ?? "";
  const months = wanted in periods ? (wanted as keyof typeof periods) : "12";
  const period = periodOf(Number(months), today);
  const month = parseDay(url.searchParams.get("month") ?? "");
  const one = month && month <= today ? monthOf(getDay(month)) : null;
  const program = programs.find(({ id }) => id === url.searchParams.get("program")) ?? null;
  const asked: Asked = {
    from: one?.from ?? period.from,
    to: one && one.to < today ? one.to : period.to,
    program: program?.id ?? null,
    zone: me.agency.timeZone,
    targets: { wait, back },
  };
  return {
    asked,
    programs,
    program,
    months,
    month: one?.from ?? null,
    targets: { wait, back },
    small,
  };
}

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
