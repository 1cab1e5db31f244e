import { getDay, monthOf, parseDay } from "../../kernel/day.ts";
import type { Visit } from "../../web/guard.ts";
import { NO_PROGRAM, periodOf } from "../measure.ts";
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
  const before = { id: NO_PROGRAM, name: "Before a start" };
  const program =
    [...programs, before].find(({ id }) => id === url.searchParams.get("program")) ?? null;
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
